"""The hardening plan of one inspection. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from baselines.hardening import HardeningValues
from checks.hardening.filling import Values, filled_for, stepping_back
from checks.hardening.steps import Entry, Placeholders, Step, guide, in_order
from checks.hardening.values import FREE_ACL, values_for
from checks.inspection import CheckText, DeviceReport, Finding, Inspection
from checks.verdict import Outcome, Result, Severity, Verdict

ACTION = "action"
"""Key of a remedy that is the same for every platform."""


class PreconditionState(StrEnum):
    """How a check that must be in order first stands on the device."""

    MET = "met"
    PLANNED = "planned"
    """An earlier item of this plan sees to it."""
    UNKNOWN = "unknown"
    """It was not assessed: a person has to make sure."""
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Precondition:
    """A check that must be in order before an item is begun."""

    check_id: str
    title: str
    state: PreconditionState
    item: str = ""
    """Number of the item that sees to it, for PLANNED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardeningItem:
    """What is to be changed on one device because of one check."""

    number: str
    """`G001`, in the order in which a device's items are carried out."""
    device: str
    step: Step
    check: CheckText
    findings: tuple[Finding, ...]
    """At least one, none of them accepted."""
    severity: Severity
    """The severest of the findings."""
    advice: tuple[str, ...]
    """What is to be done beside the commands, or where no command can do it."""
    commands: tuple[str, ...]
    """Lines to type from the global view; empty: the catalogue has none for this platform."""
    rollback: tuple[str, ...]
    checked: bool
    """Whether somebody has looked the commands and the way back up for this platform; else they are printed
    with 待核实. Means nothing without commands."""
    left: tuple[str, ...]
    """Placeholders that are still in commands or rollback."""
    preconditions: tuple[Precondition, ...]


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """What one hardening check says of one device."""

    step: Step
    check: CheckText
    verdict: Verdict
    item: str
    """Number of the item that deals with it; empty where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePlan:
    """All hardening of one device."""

    report: DeviceReport
    entry: Entry | None
    """How to enter and leave configuring; None: platform unknown."""
    rows: tuple[ChecklistRow, ...]
    items: tuple[HardeningItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HardeningPlan:
    """What an inspection says of hardening."""

    inspection: Inspection
    devices: tuple[DevicePlan, ...]
    placeholders: Placeholders
    unselected: tuple[str, ...]
    """Hardening checks that the inspection did not run at all."""

    @property
    def items(self) -> tuple[HardeningItem, ...]:
        """Every item, device by device."""
        return tuple(item for device in self.devices for item in device.items)


def plan_hardening(inspection: Inspection, customer: HardeningValues) -> HardeningPlan:
    """Make the plan; devices that were not reached have rows without items."""
    steps = tuple(step for step in in_order() if step.check in inspection.texts)
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in inspection.findings:
        if finding.waiver is None:
            findings.setdefault((finding.device, finding.check_id), []).append(finding)
    numbers = (f"G{number:03d}" for number in range(1, len(inspection.findings) + 1))
    return HardeningPlan(
        inspection=inspection,
        devices=tuple(
            _device(report, steps, inspection.texts, findings, customer, numbers)
            for report in inspection.devices
        ),
        placeholders=guide().placeholders,
        unselected=tuple(step.check for step in guide().steps if step.check not in inspection.texts),
    )


def _device(
    report: DeviceReport,
    steps: Sequence[Step],
    texts: Mapping[str, CheckText],
    findings: Mapping[tuple[str, str], Sequence[Finding]],
    customer: HardeningValues,
    numbers: Iterator[str],
) -> DevicePlan:
    verdicts = {verdict.check_id: verdict for verdict in report.verdicts}
    items: dict[str, HardeningItem] = {}
    given: set[str] = set()
    values_of = partial(values_for, report, customer=customer, taken=given)
    for step in steps:
        found = tuple(findings.get((report.device.name, step.check), ()))
        if found:
            items[step.check] = _item(next(numbers), report, step, texts, found, values_of, verdicts, items)
            if f"<{FREE_ACL}>" in _said(texts[step.check].remediation, report.platform or ""):
                given.add(values_of(()).single.get(FREE_ACL, ""))
    return DevicePlan(
        report=report,
        entry=guide().platforms.get(report.platform or ""),
        rows=tuple(
            ChecklistRow(step, texts[step.check], verdicts[step.check], _number(items, step.check))
            for step in steps
        ),
        items=tuple(items.values()),
    )


def _open_fails(verdict: Verdict) -> list[Result]:
    return [r for r in verdict.results if r.outcome is Outcome.FAIL and r.waiver is None]


def _number(items: Mapping[str, HardeningItem], check_id: str) -> str:
    return items[check_id].number if check_id in items else ""


def _item(
    number: str,
    report: DeviceReport,
    step: Step,
    texts: Mapping[str, CheckText],
    findings: tuple[Finding, ...],
    values_of: Callable[[Sequence[Result]], Values],
    verdicts: Mapping[str, Verdict],
    before: Mapping[str, HardeningItem],
) -> HardeningItem:
    check = texts[step.check]
    platform = report.platform or ""
    back = guide().platforms[platform].back if platform in guide().platforms else ""
    own = check.remediation.get(platform, "")
    typed = own if _is_typed(own) else ""
    advice = [check.remediation[ACTION]] if ACTION in check.remediation else []
    advice += [own] if own and not typed else []
    fails = _open_fails(verdicts[step.check])
    commands = filled_for(typed, fails, values_of)
    rollback = filled_for(_said(check.rollback, platform), fails, values_of)
    return HardeningItem(
        number=number,
        device=report.device.name,
        step=step,
        check=check,
        findings=findings,
        severity=findings[0].severity,
        advice=tuple(line for text in advice for line in text.splitlines()),
        commands=stepping_back(commands.lines, back),
        rollback=stepping_back(rollback.lines, back),
        checked=bool(typed) and check.remediation_checked.get(platform, False),
        left=tuple(dict.fromkeys((*commands.left, *rollback.left))),
        preconditions=tuple(_precondition(check_id, texts, verdicts, before) for check_id in step.after),
    )


def _is_typed(text: str) -> bool:
    """Tell whether a remedy has lines for a device; the others are remarks in Chinese."""
    return any(line.strip()[:1].isascii() for line in text.splitlines() if line.strip())


def _said(texts: Mapping[str, str], platform: str) -> str:
    return texts.get(platform) or texts.get(ACTION) or ""


def _precondition(
    check_id: str,
    texts: Mapping[str, CheckText],
    verdicts: Mapping[str, Verdict],
    before: Mapping[str, HardeningItem],
) -> Precondition:
    """How a check stands that must be in order first; one that was not run is as good as unknown."""
    if check_id in before:
        return Precondition(
            check_id, before[check_id].check.title, PreconditionState.PLANNED, before[check_id].number
        )
    title = texts[check_id].title if check_id in texts else check_id
    outcome = verdicts[check_id].outcome if check_id in verdicts else Outcome.NOT_ASSESSED
    state = {
        Outcome.PASS: PreconditionState.MET,
        Outcome.NOT_APPLICABLE: PreconditionState.NOT_APPLICABLE,
    }.get(outcome, PreconditionState.UNKNOWN)
    return Precondition(check_id, title, state)
