"""Whether a site is ready for a critical period or a change: the checklist on top of an inspection."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from baselines.assurance_event import Event
from baselines.readiness import ANY_CHECK, ReadinessRule, ReadinessRules
from checks.comparison import ChangeVerdict
from checks.inspection import DeviceReport, Finding, Inspection
from checks.verdict import SEVEREST_FIRST, Outcome, Severity
from checks.words import REASON_WORDS, SEVERITY_WORDS
from parsers.facts import Partial, Unknown


class Standing(StrEnum):
    """What one line of the checklist says, the worst first."""

    BLOCKS = "blocks"
    """It keeps the site from being ready."""
    LIMITS = "limits"
    """It is a condition."""
    NOT_ASSESSED = "not_assessed"
    """Nobody has looked, or not at everything: a condition too."""
    MET = "met"


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.BLOCKS: "不满足",
    Standing.LIMITS: "有条件",
    Standing.NOT_ASSESSED: "未检查",
    Standing.MET: "满足",
}
_WORST_FIRST = tuple(Standing)
SITE = "局点"
"""In place of a device, for what concerns the site as a whole."""


class Readiness(StrEnum):
    """The verdict."""

    READY = "ready"
    CONDITIONAL = "conditional"
    NOT_READY = "not_ready"


READINESS_WORDS: Mapping[Readiness, str] = {
    Readiness.READY: "具备",
    Readiness.CONDITIONAL: "有条件具备",
    Readiness.NOT_READY: "不具备",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that a line of the checklist rests on."""

    standing: Standing
    device: str
    """Empty for the site as a whole."""
    text: str
    """In Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One line of the checklist."""

    rule: str
    """Id of the rule."""
    title: str
    standing: Standing
    remarks: tuple[Remark, ...]
    """What led to it, the worst first; empty where everything was looked at and is in order."""
    accepted: int = 0
    """Findings that are accepted until after the period's end, and count for nothing."""

    @property
    def merged(self) -> tuple[tuple[Standing, tuple[str, ...], str], ...]:
        """Standing, devices and text of its remarks; what is the same on several devices once."""
        devices: dict[tuple[Standing, str], list[str]] = {}
        for remark in self.remarks:
            devices.setdefault((remark.standing, remark.text), []).append(remark.device or SITE)
        return tuple((standing, tuple(names), text) for (standing, text), names in devices.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessReport:
    """Whether a site is ready, and by what."""

    site: str
    run_id: str
    """The inspection that it rests on."""
    at: datetime
    verdict: Readiness
    items: tuple[ChecklistItem, ...]
    expiring: tuple[str, ...]
    """Accepted risks that end before the period does, and so count as not accepted; in Chinese."""

    def led(self, standing: Standing) -> tuple[ChecklistItem, ...]:
        """The lines of this standing."""
        return tuple(item for item in self.items if item.standing is standing)


@dataclass(frozen=True, slots=True)
class _Case:
    inspection: Inspection
    event: Event
    undocumented: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """Of the period, at the site."""
        return self.event.period.end.astimezone(self.inspection.site.zone).date()


def assess(inspection: Inspection, event: Event, rules: ReadinessRules) -> ReadinessReport:
    """Go through the checklist; pure. What was not looked at can make no line 满足."""
    case = _Case(inspection, event, rules.undocumented)
    items = tuple(_item(rule, case) for rule in rules.rules if rule.about != "change_plan" or event.is_change)
    standings = {item.standing for item in items}
    if Standing.BLOCKS in standings:
        verdict = Readiness.NOT_READY
    else:
        verdict = Readiness.READY if standings == {Standing.MET} else Readiness.CONDITIONAL
    return ReadinessReport(
        site=inspection.site.name,
        run_id=inspection.run_id,
        at=inspection.started_at,
        verdict=verdict,
        items=items,
        expiring=tuple(_expiring(case)),
    )


def _item(rule: ReadinessRule, case: _Case) -> ChecklistItem:
    concerned = [f for f in case.inspection.findings if rule.checks and _is_of(rule, f.check_id)]
    holding = [f for f in concerned if _holds(f, case.last_day)]
    remarks = [
        *_findings(rule, (f for f in concerned if not _holds(f, case.last_day))),
        *_unassessed(rule, case.inspection),
        *_LOOKING[rule.about](rule, case),
    ]
    remarks.sort(key=lambda remark: _WORST_FIRST.index(remark.standing))
    standing = remarks[0].standing if remarks else Standing.MET
    if standing is Standing.NOT_ASSESSED and rule.missing == "blocks":
        standing = Standing.BLOCKS
    return ChecklistItem(
        rule=rule.id, title=rule.title, standing=standing, remarks=tuple(remarks), accepted=len(holding)
    )


# --- findings ------------------------------------------------------------------------------------


def _is_of(rule: ReadinessRule, check_id: str) -> bool:
    return rule.checks == (ANY_CHECK,) or check_id in rule.checks


def _holds(finding: Finding, last_day: date) -> bool:
    """Whether somebody accepts it up to the last day of the period."""
    return finding.waiver is not None and not finding.waiver.expired(last_day)


def _findings(rule: ReadinessRule, findings: Iterable[Finding]) -> Iterator[Remark]:
    for finding in findings:
        standing = _weight(rule, finding.severity)
        if standing is not None:
            where = f"{finding.object}：" if finding.object else ""
            ends = "" if finding.waiver is None else f"（接受期至 {finding.waiver.expires}，不覆盖保障期）"
            said = (
                f"{finding.number} {SEVERITY_WORDS[finding.severity]} {finding.check_id} "
                f"{where}{finding.message}{ends}"
            )
            yield Remark(standing=standing, device=finding.device, text=said)


def _weight(rule: ReadinessRule, severity: Severity) -> Standing | None:
    if rule.blocks is not None and _as_severe(severity, rule.blocks):
        return Standing.BLOCKS
    if rule.limits is not None and _as_severe(severity, rule.limits):
        return Standing.LIMITS
    return None


def _as_severe(severity: Severity, least: str) -> bool:
    return SEVEREST_FIRST.index(severity) <= SEVEREST_FIRST.index(Severity(least))


def _unassessed(rule: ReadinessRule, inspection: Inspection) -> Iterator[Remark]:
    """One remark for each device: which of the rule's checks have looked at nothing, or not at all."""
    if not rule.checks:
        return
    never = [] if rule.checks == (ANY_CHECK,) else [c for c in rule.checks if c not in inspection.texts]
    if never:
        yield _missing("", f"本次没有做的检查项：{'、'.join(never)}")
    for report in inspection.devices:
        gaps = [
            verdict.check_id
            for verdict in report.verdicts
            if _is_of(rule, verdict.check_id)
            and any(result.outcome is Outcome.NOT_ASSESSED for result in verdict.results)
        ]
        if gaps:
            named = "、".join(gaps[:6]) + (f" 等 {len(gaps)} 项" if len(gaps) > 6 else "")
            yield _missing(report.device.name, f"{named} 未检查或未全部检查{_why(report, gaps)}")


def _why(report: DeviceReport, gaps: Sequence[str]) -> str:
    reasons = {
        REASON_WORDS[result.reason]
        for verdict in report.verdicts
        if verdict.check_id in gaps
        for result in verdict.results
        if result.reason is not None
    }
    return f"（{'、'.join(sorted(reasons))}）"


def _missing(device: str, text: str) -> Remark:
    return Remark(standing=Standing.NOT_ASSESSED, device=device, text=text)


# --- what else lines look at ---------------------------------------------------------------------


def _nothing_else(_rule: ReadinessRule, _case: _Case) -> Iterator[Remark]:
    return iter(())


def _devices(_rule: ReadinessRule, case: _Case) -> Iterator[Remark]:
    inspection = case.inspection
    for report in inspection.devices:
        if not report.reached:
            why = REASON_WORDS[report.reason] if report.reason else "原因未知"
            yield _missing(report.device.name, f"没有完成检查：{why}")
        elif report.broken_off is not None:
            yield _missing(report.device.name, f"检查中断：{REASON_WORDS[report.broken_off]}")
    if inspection.interrupted:
        yield _missing("", f"巡检被中断：{inspection.interrupted}")


def _licences(_rule: ReadinessRule, case: _Case) -> Iterator[Remark]:
    """Licences that end before the period does, however long that is from now."""
    for report in case.inspection.reached:
        fact = report.facts.licenses
        name = report.device.name
        if isinstance(fact, Unknown):
            yield _missing(name, f"授权有效期：{REASON_WORDS[fact.reason]}")
            continue
        if isinstance(fact, Partial):
            yield _missing(name, "授权有效期：回显未能完整识别")
        for row in fact.value:
            if row.expires_on is not None and date.fromisoformat(row.expires_on) <= case.last_day:
                said = f"授权 {row.feature} 于 {row.expires_on} 到期，不晚于保障期末日 {case.last_day}"
                yield Remark(standing=Standing.BLOCKS, device=name, text=said)


def _changes(_rule: ReadinessRule, case: _Case) -> Iterator[Remark]:
    """What differs from the last inspection and nobody has declared."""
    comparison = case.inspection.comparison
    if comparison is None:
        yield _missing("", "没有可对比的上次巡检，不知道其后改过什么")
        return
    for change in comparison.changes:
        if change.kind in case.undocumented and change.verdict is ChangeVerdict.UNEXPLAINED:
            what = " ".join(part for part in (change.label, change.object, change.field) if part)
            yield Remark(standing=Standing.LIMITS, device=change.device, text=f"{what}有变化，没有说明")
    labels: dict[str, list[str]] = {}
    for gap in comparison.gaps:
        labels.setdefault(gap.device, []).append(gap.label)
    for device, gaps in labels.items():
        yield _missing(device, f"未与上次比较或只比较了一部分：{'、'.join(dict.fromkeys(gaps))}")


def _lead_time(_rule: ReadinessRule, case: _Case) -> Iterator[Remark]:
    at, event = case.inspection.ended_at, case.event
    if at > event.check_by:
        left = max(event.period.start - at, timedelta())
        said = f"检查距开始只有 {left.days} 天 {left.seconds // 3600} 小时，少于要求的 {event.lead_days} 天"
        yield Remark(standing=Standing.LIMITS, device="", text=said)


def _change_plan(_rule: ReadinessRule, case: _Case) -> Iterator[Remark]:
    plan = case.event.plan
    missing = () if plan is None else plan.missing
    if missing:
        said = f"变更方案缺少：{'、'.join(missing)}"
        yield Remark(standing=Standing.BLOCKS, device="", text=said)
    if case.event.is_change and not case.event.expected:
        yield Remark(standing=Standing.LIMITS, device="", text="没有事先声明变更的预期效果")


_Looking = Callable[[ReadinessRule, _Case], Iterator[Remark]]
_LOOKING: Mapping[str, _Looking] = {
    "devices": _devices,
    "findings": _nothing_else,
    "licences": _licences,
    "changes": _changes,
    "lead_time": _lead_time,
    "change_plan": _change_plan,
}


def _expiring(case: _Case) -> Iterator[str]:
    for use in case.inspection.waivers:
        waiver = use.waiver
        if use.findings and waiver.expired(case.last_day):
            where = waiver.device if waiver.device != "*" else "所有设备"
            yield (
                f"{waiver.check} {where}：{waiver.owner} 接受至 {waiver.expires}（{waiver.reference}），"
                f"早于保障期末日，{'、'.join(use.findings)} 按未接受计"
            )
