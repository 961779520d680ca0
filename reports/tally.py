"""Counting what the inspection holds; nothing is judged here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from checks.inspection import DeviceReport, Finding, Inspection
from checks.verdict import SEVEREST_FIRST, WORST_FIRST, Outcome, Severity, Verdict


def by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, zeros included, the worst first."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in SEVEREST_FIRST}


def by_outcome(verdicts: Iterable[Verdict]) -> dict[Outcome, int]:
    """How many verdicts of each outcome, zeros included."""
    counted = Counter(verdict.outcome for verdict in verdicts)
    return {outcome: counted[outcome] for outcome in WORST_FIRST}


def findings_of(inspection: Inspection, device: str) -> tuple[Finding, ...]:
    """The findings on one device."""
    return tuple(f for f in inspection.findings if f.device == device)


def groups(inspection: Inspection) -> dict[str, list[str]]:
    """Check ids by group, both in catalogue order."""
    grouped: dict[str, list[str]] = {}
    for check in inspection.texts.values():
        grouped.setdefault(check.group, []).append(check.id)
    return grouped


def verdicts_of(inspection: Inspection, checks: Iterable[str]) -> list[Verdict]:
    """What these checks say of all devices."""
    wanted = frozenset(checks)
    return [v for report in inspection.devices for v in report.verdicts if v.check_id in wanted]


def worst_of(report: DeviceReport, checks: Iterable[str]) -> tuple[Outcome, Severity | None] | None:
    """The worst verdict of these checks on one device with its severity; None when none was run."""
    wanted = frozenset(checks)
    verdicts = [v for v in report.verdicts if v.check_id in wanted]
    outcomes = {v.outcome for v in verdicts}
    severities = {v.severity for v in verdicts}
    outcome = next((o for o in WORST_FIRST if o in outcomes), None)
    if outcome is None:
        return None
    return outcome, next((s for s in SEVEREST_FIRST if s in severities), None)


def merged(findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    """Findings by check, the check with the severest finding first."""
    cards: dict[str, list[Finding]] = {}
    for finding in findings:
        cards.setdefault(finding.check_id, []).append(finding)
    return cards


def group_of(inspection: Inspection, check_id: str) -> str:
    """The catalogue group of a check."""
    return inspection.texts[check_id].group
