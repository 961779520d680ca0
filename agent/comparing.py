"""Comparing two runs of a site: from their folders to what differs."""

from dataclasses import asdict
from pathlib import Path

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.history.store import load_record
from agent.run_facts import EarlierRun
from baselines.comparing import load_comparison_rules
from checks.comparison import (
    VERDICT_WORDS,
    Change,
    ChangeVerdict,
    Comparison,
    Inspected,
    Side,
    compare,
    known_fields,
)
from collector.errors import XunjianError
from collector.run_record import RunState
from collector.runs import open_run

_SHOWN = 60


class IncomparableError(XunjianError):
    """These two runs are not compared."""


def compare_runs(
    before: str,
    after: str,
    rules: Path | None,
    data: Path,
    xlsx: Path | None,
    console: Console,
    *,
    incomplete: bool = False,
) -> ExitCode:
    """Compare two runs by id or folder, say what differs, and write it down where that is wanted.

    Exit code 1 says that something needs an explanation, 3 that something could not be compared. Raises
    IncomparableError for a run with itself, other sites, or, unless told, a run that is not complete.
    """
    comparison = comparison_of(before, after, rules, data, incomplete=incomplete)
    if xlsx is not None:
        from reports.comparison_workbook import write_comparison

        try:
            write_comparison(comparison, xlsx, open_run(after, data).plan.site.zone)
        except OSError as error:
            raise IncomparableError(f"{xlsx} cannot be written: {error}") from error
    _tell(comparison, console)
    console.result(as_data(comparison))
    if comparison.count(ChangeVerdict.UNEXPLAINED):
        return ExitCode.FINDINGS
    return ExitCode.INCOMPLETE if comparison.gaps else ExitCode.CLEAN


def comparison_of(
    before: str, after: str, rules: Path | None, data: Path, *, incomplete: bool = False
) -> Comparison:
    """Compare two runs; raises IncomparableError, RunFolderError, ComparisonRulesError."""
    first, second = (side_of(name, data, incomplete=incomplete) for name in (before, after))
    try:
        return compare(first, second, load_comparison_rules(rules, known_fields()))
    except ValueError as error:
        raise IncomparableError(str(error)) from error


def side_of(name: str, data: Path, *, incomplete: bool = False) -> Side:
    """Give one run as far as it is compared; raises IncomparableError where it ought to be complete."""
    run = open_run(name, data)
    if run.state in (RunState.PLANNED, RunState.COLLECTING):
        raise IncomparableError(f"run {name} is {run.state}: nothing of it can be compared yet")
    earlier = EarlierRun(run)
    outcomes, _ = run.outcomes()
    missed = [outcome.device for outcome in outcomes if not outcome.reached]
    if not incomplete and (run.interrupted or missed):
        why = run.interrupted or f"not reached: {', '.join(missed)}"
        raise IncomparableError(f"run {name} is not complete ({why}); --incomplete compares what there is")
    text = run.record()
    record = None if text is None else load_record(text)
    found = {} if record is None else {device.name: device for device in record.devices}
    return Side(
        run_id=earlier.plan.run_id,
        site=earlier.plan.site.name,
        at=earlier.plan.created_at,
        devices=tuple(
            Inspected(
                name=outcome.device,
                facts=earlier.facts(outcome.device) if outcome.reached else None,
                why="" if outcome.reached else outcome.detail or str(outcome.reason),
                record=found.get(outcome.device) if outcome.reached else None,
                checks=() if record is None else record.checks,
            )
            for outcome in outcomes
        ),
        inventory=tuple(device.name for device in earlier.plan.site.devices),
    )


def as_data(comparison: Comparison) -> dict[str, object]:
    """Give a comparison for JSON."""
    told = asdict(comparison)
    return told | {
        "before_at": comparison.before_at.isoformat(),
        "after_at": comparison.after_at.isoformat(),
        "unexplained": comparison.count(ChangeVerdict.UNEXPLAINED),
        "expected": comparison.count(ChangeVerdict.EXPECTED),
    }


def _tell(comparison: Comparison, console: Console) -> None:
    rows = [_row(change) for change in comparison.changes]
    title = f"{comparison.site}: {comparison.before} against {comparison.after}"
    console.table(("verdict", "device", "kind", "object", "before", "after"), rows, title=title, long="after")
    for gap in comparison.gaps:
        console.say(f"not compared: {gap.device} {gap.label}: {gap.why}")
    counted = ", ".join(f"{VERDICT_WORDS[verdict]} {comparison.count(verdict)}" for verdict in ChangeVerdict)
    same = sum(comparison.unchanged.values())
    console.say(
        f"devices compared: {comparison.devices}; {counted}, 无变化 {same}, 未比较 {len(comparison.gaps)}"
    )


def _row(change: Change) -> tuple[str, ...]:
    thing = " ".join(part for part in (change.object or "整机", change.field) if part)
    verdict = VERDICT_WORDS[change.verdict] + (f"（{change.why}）" if change.why else "")
    return verdict, change.device, change.label, thing, _short(change.before), _short(change.after)


def _short(text: str) -> str:
    shown = text.replace("\n", " ⏎ ") or "—"
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
