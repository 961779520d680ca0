"""`xunjian assure`: plan, before, during, after; what is said of them, and their exit codes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import yaml

from agent.assurance.folder import AssuranceError
from agent.assurance.holding import Assurance, hold_after, hold_before, hold_round
from agent.assurance.telling import said
from agent.console import Console
from agent.exit_codes import ExitCode, loudest
from agent.run import Selection, now
from baselines.assurance_event import Event, event_from, load_event
from checks.comparison import VERDICT_WORDS, ChangeVerdict, known_fields
from checks.event_readiness import READINESS_WORDS, STANDING_WORDS, Readiness, ReadinessReport
from checks.rounds import Round
from collector.inventory import Site
from collector.inventory_file import load_inventory
from reports.labels import moment
from reports.output import write_atomically

_SHOWN = 5
"""Remarks on each line of the checklist; the report of the event has all."""


def event_of(path: Path) -> Event:
    """Read the file of an event; raises EventError."""
    return load_event(path, known_fields())


def plan(path: Path, said_: Mapping[str, Any], inventory: Path | None, console: Console) -> ExitCode:
    """Write the file of an event where there is none yet, check it, and say what is to be done when.

    FINDINGS says that something of it is too late or missing. Raises EventError for what is wrong with it,
    AssuranceError where a file that is there would be changed.
    """
    if path.exists():
        if said_:
            raise AssuranceError(f"{path} is there already and is not changed: edit it, or leave options out")
        event = event_of(path)
    else:
        event = _written(path, said_)
        console.say(f"written: {path}")
    warnings = _warnings(event, inventory, now())
    rows = [
        ("check before (assure before)", f"until {event.check_by}"),
        ("period, rounds (assure during)", f"{event.period.start} to {event.period.end}"),
        ("digest", f"every day at {event.digest_at:%H:%M}, time of the site"),
        ("check after (assure after)", f"from {event.period.end}"),
    ]
    console.table(("step", "when"), rows, title=f"{event.name} ({event.kind}): {', '.join(event.sites)}")
    for warning in warnings:
        console.say(f"warning: {warning}")
    console.result(
        {
            "event": event.name,
            "kind": event.kind,
            "check_by": event.check_by.isoformat(),
            "start": event.period.start.isoformat(),
            "end": event.period.end.isoformat(),
            "warnings": warnings,
        }
    )
    return ExitCode.FINDINGS if warnings else ExitCode.CLEAN


def _written(path: Path, said_: Mapping[str, Any]) -> Event:
    data = dict(said_)
    if data.get("kind") == "change":
        data["plan"] = dict.fromkeys(
            ("overview", "topology", "steps", "emergency", "rollback", "business_test"), ""
        )
    event = event_from(data, str(path), known_fields())
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    try:
        write_atomically(path, lambda draft: draft.write_text(text, "utf-8"))
    except OSError as error:
        raise AssuranceError(f"{path} cannot be written: {error}") from error
    return event


def _warnings(event: Event, inventory: Path | None, moment_: datetime) -> list[str]:
    found = []
    if moment_ >= event.period.end:
        found.append(f"the period is over since {event.period.end}")
    elif moment_ >= event.period.start:
        found.append("the period has begun: no check before it can be held any more")
    elif moment_ > event.check_by:
        left = event.period.start - moment_
        found.append(
            f"too late: the check before was to be held by {event.check_by}, {event.lead_days} days before; "
            f"{left.days} days and {left.seconds // 3600} hours are left"
        )
    if event.plan is not None and event.plan.missing:
        found.append(f"the change plan lacks {', '.join(event.plan.missing)}")
    if event.is_change and not event.expected:
        found.append("no expected effects are declared: every change will need an explanation")
    if inventory is not None:
        found += _inventory_warnings(event, inventory)
    return found


def _inventory_warnings(event: Event, inventory: Path) -> list[str]:
    """What the inventory does not agree with; raises SelectionError for names it does not have."""
    chosen = Selection(sites=frozenset(event.sites), devices=frozenset(event.devices)).of(
        load_inventory(inventory)
    )
    found = []
    for site, _ in chosen:
        period = event.period
        if not event.is_change and not any(
            each.start <= period.start and period.end <= each.end for each in site.sensitive_periods
        ):
            found.append(
                f"site {site.name}: no sensitive period of the inventory covers the event, "
                "so that other runs could send more than the light profile"
            )
        permission = site.authorization
        if permission is None or not all(permission.open_at(at) for at in (period.start, period.end)):
            found.append(f"site {site.name}: the authorisation does not hold all through the period")
    return found


def before(work: Assurance, console: Console) -> ExitCode:
    """Hold the check before; CLEAN says 具备, FINDINGS anything less, INCOMPLETE a run that is not whole."""
    codes, told = set(), []
    for inspection, report in hold_before(work, console):
        _show_checklist(report, console)
        told.append(_plain(report))
        if not inspection.complete:
            codes.add(ExitCode.INCOMPLETE)
        ready = report.verdict is Readiness.READY
        codes.add(ExitCode.CLEAN if ready else ExitCode.FINDINGS)
    console.result({"event": work.event.name, "readiness": told})
    return loudest(codes)


def _show_checklist(report: ReadinessReport, console: Console) -> None:
    console.say(f"{report.site}: {READINESS_WORDS[report.verdict]}（run {report.run_id}）")
    for item in report.items:
        accepted = f"，另有 {item.accepted} 个问题已接受" if item.accepted else ""
        console.say(f"  {STANDING_WORDS[item.standing]}  {item.title}{accepted}")
        remarks = item.merged
        for _, devices, text in remarks[:_SHOWN]:
            console.say(f"      {'、'.join(devices)}：{text}")
        if len(remarks) > _SHOWN:
            console.say(f"      ……其余 {len(remarks) - _SHOWN} 条见总结报告")
    for each in report.expiring:
        console.say(f"  接受期不足：{each}")


def _plain(report: ReadinessReport) -> dict[str, Any]:
    return {
        "site": report.site,
        "run": report.run_id,
        "verdict": report.verdict.value,
        "word": READINESS_WORDS[report.verdict],
        "items": {item.rule: item.standing.value for item in report.items},
        "expiring": list(report.expiring),
    }


def during(
    work: Assurance, console: Console, *, every_s: float | None = None, until: datetime | None = None
) -> ExitCode:
    """Hold one round, or one every so many seconds until a moment, at the latest the end of the period.

    FINDINGS says that something has changed since the round before, INCOMPLETE that a round was not whole.
    """
    end = work.event.period.end if until is None else min(until, work.event.period.end)
    limit_s = work.options.limits.run_s
    if every_s is not None:
        limit_s = min(limit_s, every_s)
        limits = replace(work.options.limits, run_s=limit_s)
        work = replace(work, options=replace(work.options, limits=limits))
    codes: set[ExitCode] = set()
    while True:
        begun = monotonic()
        rounds = hold_round(work, console)
        codes |= {_show_round(site, held, console) for site, held in rounds}
        # Cut short before its time was over: somebody wants it to end.
        stopped = any(held.interrupted for _, held in rounds) and monotonic() - begun < limit_s
        if every_s is None or stopped:
            return loudest(codes)
        pause = max(every_s - (monotonic() - begun), 0.0)
        if now() + timedelta(seconds=pause) >= end:
            return loudest(codes)
        sleep(pause)


def _show_round(site: Site, held: Round, console: Console) -> ExitCode:
    console.say(
        f"{site.name} {moment(held.at, site.zone)} {held.run_id}: new {len(held.new)}, "
        f"over {len(held.over)}, still differing {len(held.differences)}, "
        f"not reached {len(held.missed)} of {held.devices}"
    )
    for word, changes in (("new", held.new), ("over", held.over)):
        for change in changes:
            console.say(f"  {word}: {said(change)}")
    console.result(
        {
            "site": site.name,
            "run": held.run_id,
            "base": held.base,
            "new": [said(change) for change in held.new],
            "over": [said(change) for change in held.over],
            "differences": len(held.differences),
            "missed": list(held.missed),
            "interrupted": held.interrupted,
        }
    )
    if not held.complete:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if held.alerts else ExitCode.CLEAN


def after(work: Assurance, console: Console) -> ExitCode:
    """Hold the check after.

    FINDINGS says that a change needs an explanation, INCOMPLETE that not everything was looked at.
    """
    codes: set[ExitCode] = set()
    told: list[dict[str, Any]] = []
    for inspection, comparison in hold_after(work, console):
        name = inspection.site.name
        if comparison is None:
            console.say(f"{name}: there was no check before; nothing is compared")
            codes.add(ExitCode.INCOMPLETE)
            told.append({"site": name, "run": inspection.run_id, "before": None})
            continue
        counted = {verdict: comparison.count(verdict) for verdict in ChangeVerdict}
        words = ", ".join(f"{VERDICT_WORDS[verdict]} {count}" for verdict, count in counted.items())
        same = sum(comparison.unchanged.values())
        console.say(f"{name}: {words}, 无变化 {same}, 未比较 {len(comparison.gaps)}")
        codes.add(ExitCode.FINDINGS if counted[ChangeVerdict.UNEXPLAINED] else ExitCode.CLEAN)
        if not inspection.complete:
            codes.add(ExitCode.INCOMPLETE)
        told.append(
            {
                "site": name,
                "run": inspection.run_id,
                "before": comparison.before,
                **{verdict.value: count for verdict, count in counted.items()},
                "unchanged": same,
                "not_compared": len(comparison.gaps),
            }
        )
    console.result({"event": work.event.name, "after": told})
    return loudest(codes)
