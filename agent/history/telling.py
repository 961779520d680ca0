"""`xunjian history`: what the store holds, for people and scripts."""

import json
from dataclasses import asdict
from pathlib import Path

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.history.database import HistoryError
from agent.history.decided import export
from agent.history.recording import catch_up, rebuild
from agent.history.store import History, open_history
from checks.lifecycle import follow
from checks.metrics import METRICS
from checks.record import InspectionRecord
from checks.verdict import SEVEREST_FIRST
from reports.output import write_atomically


def list_runs(data: Path, url: str, site: str | None, last: int, console: Console) -> ExitCode:
    """List the last so many runs that are remembered, 0 for all; the newest first."""
    with open_history(data, url) as history:
        _made_up_for(history, data, console)
        runs = history.runs(site, last or None)
    rows = [
        (
            run.id,
            run.site,
            run.kind,
            run.profile,
            f"{run.started_at:%Y-%m-%d %H:%M}",
            "yes" if run.complete else "no",
            run.grade or "-",
            "-" if run.score is None else f"{run.score:.0f}",
        )
        for run in runs
    ]
    console.table(("run", "site", "kind", "profile", "began (UTC)", "complete", "grade", "score"), rows)
    console.result({"runs": [asdict(run) | {"started_at": run.started_at.isoformat()} for run in runs]})
    return ExitCode.CLEAN


def show_run(data: Path, url: str, run_id: str, console: Console) -> ExitCode:
    """Show what is remembered of one run, device by device."""
    with open_history(data, url) as history:
        _made_up_for(history, data, console)
        record = history.get(run_id)
    if record is None:
        raise HistoryError(f"no run {run_id} is remembered; `xunjian history list` names them all")
    rows = []
    for device in record.devices:
        counted = [sum(p.severity is severity for p in device.problems) for severity in SEVEREST_FIRST]
        what = device.model if device.reached else f"({device.reason})"
        score = "-" if device.score is None else f"{device.score:.0f}"
        rows.append(
            (device.name, what or "-", device.version or "-", *(str(n or "-") for n in counted), score)
        )
    title = f"{record.site}: {record.kind}, began {record.started_at:%Y-%m-%d %H:%M} UTC"
    console.table(
        ("device", "model", "version", "crit", "major", "minor", "info", "score"), rows, title=title
    )
    console.result(_plain(record))
    return ExitCode.CLEAN


def show_device(data: Path, url: str, site: str, name: str, console: Console) -> ExitCode:
    """Show one device through all inspections, and its problems as they stand."""
    with open_history(data, url) as history:
        _made_up_for(history, data, console)
        records = history.records(site, measured=0)
    seen = [(r, d) for r in records for d in r.devices if d.name == name]
    if not seen:
        raise HistoryError(f"site {site} has no inspection of a device {name}")
    rows = [
        (
            record.run_id,
            f"{record.started_at:%Y-%m-%d}",
            device.version or (f"({device.reason})" if device.reason else "-"),
            ", ".join(device.serials) or "-",
            str(len(device.problems)),
            "-" if device.score is None else f"{device.score:.0f}",
        )
        for record, device in seen
    ]
    console.table(
        ("run", "date", "version", "serial numbers", "problems", "score"), rows, title=f"{site} {name}"
    )
    problems = [p for p in follow(records) if name in (p.device, *p.former_names)]
    for problem in problems:
        where = problem.object or "整机"
        console.say(f"{problem.id}  {problem.said}  {problem.check_id}  {where}  {problem.message}")
    runs = [
        {"run": r.run_id, "version": d.version, "score": d.score, "problems": len(d.problems)}
        for r, d in seen
    ]
    told = [{"id": p.id, "state": p.state.value, "check": p.check_id, "object": p.object} for p in problems]
    console.result({"device": name, "inspections": runs, "problems": told})
    return ExitCode.CLEAN


def show_metric(data: Path, url: str, site: str, device: str, metric: str, console: Console) -> ExitCode:
    """Show the values of one metric of a device, inspection by inspection; raises HistoryError for none."""
    if metric not in METRICS:
        raise HistoryError(f"no metric {metric}; known are {', '.join(METRICS)}")
    with open_history(data, url) as history:
        _made_up_for(history, data, console)
        values = history.values(site, device, metric)
    if not values:
        raise HistoryError(f"no value of {metric} is remembered of {device} at site {site}")
    rows = [(v.object or "-", f"{v.at:%Y-%m-%d %H:%M}", f"{v.value:g}") for v in values]
    label, unit = METRICS[metric]
    console.table(("object", "date (UTC)", unit), rows, title=f"{device}: {label}")
    console.result(
        {"device": device, "metric": metric, "values": [asdict(v) | {"at": v.at.isoformat()} for v in values]}
    )
    return ExitCode.CLEAN


def rebuild_all(data: Path, url: str, console: Console) -> ExitCode:
    """Make all that is derived anew from the run folders; code INCOMPLETE when one could not be read."""
    made: list[str] = []
    with open_history(data, url) as history, console.working("reading the runs"):
        bad = rebuild(history, data / "runs", made.append)
    for name, why in bad.items():
        console.error(f"{name} was left out: {why}")
    console.say(f"remembered anew: {len(made)} runs")
    console.result({"runs": len(made), "left_out": bad})
    return ExitCode.INCOMPLETE if bad else ExitCode.CLEAN


def export_decided(data: Path, url: str, file: Path | None, console: Console) -> ExitCode:
    """Write down as JSON what is never made again: decisions, waivers, deliveries."""
    with open_history(data, url) as history:
        told = export(history.engine)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if file is None:
        console.say(text.rstrip("\n"))
    else:
        try:
            write_atomically(file, lambda draft: draft.write_text(text, "utf-8"))
        except OSError as error:
            raise HistoryError(f"{file} cannot be written: {error}") from error
        console.say(f"written: {file}")
    console.result({name: len(rows) for name, rows in told.items()})
    return ExitCode.CLEAN


def _made_up_for(history: History, data: Path, console: Console) -> None:
    for name, why in catch_up(history, data / "runs").items():
        console.note(f"run {name} is not in the history: {why}")


def _plain(record: InspectionRecord) -> dict[str, object]:
    from agent.history.store import dump_record

    told: dict[str, object] = json.loads(dump_record(record))
    return told
