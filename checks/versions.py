"""Software versions, patches, known vulnerabilities, versions within a stack."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checks.check import Context, check, value_of
from checks.exposure import Exposure, ExposureState
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from checks.words import REASON_WORDS
from parsers.facts import Board, Known, Patch, Reason, Stack, StackMember, Unknown
from parsers.seen import Seen

_MILDER = {
    Severity.CRITICAL: Severity.MAJOR,
    Severity.MAJOR: Severity.MINOR,
    Severity.MINOR: Severity.INFO,
}


_BY_WORD = {
    "严重": Severity.CRITICAL,
    "高": Severity.MAJOR,
    "中": Severity.MINOR,
    "低": Severity.MINOR,
    "未定": Severity.MAJOR,
}
"""The advisory's own words, for one that gives no score: no score is not a low one."""


@check("VER-001", "software")
def software_version(context: Context) -> list[Result]:
    """Collected only."""
    software = value_of(context.facts.software)
    if not software.version:
        return [not_assessed(Reason.UNPARSED, "回显中没有软件版本", "", software.seen)]
    second = f"，平台版本 {software.platform_version}" if software.platform_version else ""
    return [passed("", f"{software.os} {software.version}{second}", software.seen)]


@check("VER-002", "patches")
def patches(context: Context) -> list[Result]:
    """Each patch by name: in force on every member, and surviving a restart."""
    by_name: dict[str, list[Patch]] = defaultdict(list)
    for patch in value_of(context.facts.patches):
        by_name[patch.name].append(patch)
    results = [_patch(name, rows) for name, rows in by_name.items()]
    return results or [not_applicable("设备没有安装补丁")]


def _patch(name: str, rows: Sequence[Patch]) -> Result:
    idle = [row for row in rows if not row.effective]
    if not idle:
        return passed(name, f"补丁状态 {rows[0].state}，已生效", *(row.seen for row in rows))
    where = "、".join(f"{row.location} 状态 {row.state}".strip() for row in idle)
    return failed(name, Severity.MAJOR, f"补丁未生效或重启后失效：{where}", *(row.seen for row in idle))


@check("VER-004", "software", also=("identity", "patches", "config"))
def vulnerabilities(context: Context) -> list[Result]:
    """Each advisory that names this platform; with none the device is not covered, and so not safe."""
    results = [_exposure(exposure, context.params) for exposure in context.exposures]
    return results or [not_assessed(Reason.NO_BASELINE, "所用公告没有覆盖该平台，不能据此认为没有漏洞")]


def _exposure(exposure: Exposure, params: Mapping[str, Any]) -> Result:
    because = "；".join(exposure.because)
    said = f"{exposure.title}：{because}"
    match exposure.state:
        case ExposureState.NOT_AFFECTED:
            return passed(exposure.advisory_id, f"不受影响：{because}", *exposure.seen)
        case ExposureState.MITIGATED:
            return passed(exposure.advisory_id, f"受影响但已规避，未修复：{because}", *exposure.seen)
        case ExposureState.UNDETERMINED:
            reason = exposure.reason or Reason.NO_BASELINE
            return not_assessed(reason, said, exposure.advisory_id, *exposure.seen)
    severity = _severity(exposure, params)
    score = "未给出 CVSS 评分" if exposure.cvss is None else f"CVSS {exposure.cvss}"
    fix = f"修复版本 {'、'.join(exposure.fixed_in)}" if exposure.fixed_in else "厂商尚未给出修复版本"
    unsure = "" if exposure.trigger_known else "，待核实"
    return failed(exposure.advisory_id, severity, f"{said}；{score}；{fix}{unsure}", *exposure.seen)


def _severity(exposure: Exposure, params: Mapping[str, Any]) -> Severity:
    """By score, else by the advisory's word, and by reach; milder where the feature may be off."""
    severity = _BY_WORD[exposure.severity] if exposure.cvss is None else _by_score(exposure.cvss, params)
    if severity is Severity.MAJOR and exposure.remote is not False:
        severity = Severity.CRITICAL
    return severity if exposure.trigger_known else _MILDER[severity]


def _by_score(score: float, params: Mapping[str, Any]) -> Severity:
    if score >= params["cvss_crit"]:
        return Severity.CRITICAL
    return Severity.MAJOR if score >= params["cvss_high"] else Severity.MINOR


@check("VER-008", "stack", also=("boards", "patches"))
def stack_versions(context: Context) -> list[Result]:
    """Software of all members of a stack, as the stack or its boards print it; then their patches."""
    stack: Stack = value_of(context.facts.stack)
    if not stack.enabled or len(stack.members) < 2:
        return [not_applicable("设备独立运行，没有堆叠")]
    versions = {member.member: _software(member, context) for member in stack.members}
    missing = [number for number, (version, _) in versions.items() if version is None]
    if missing:
        numbers = "、".join(map(str, missing))
        return [not_assessed(Reason.UNSUPPORTED, f"设备没有给出成员 {numbers} 的软件版本")]
    return [_alike("软件版本", versions), *_patches_alike(stack, context)]


_Said = Mapping[int, tuple[str | None, tuple[Seen, ...]]]
"""By member: what it runs and where that was read."""


def _alike(what: str, said: _Said) -> Result:
    seen = [place for _, places in said.values() for place in places]
    shown = "，".join(f"成员 {number}：{value or '无'}" for number, (value, _) in said.items())
    if len({value for value, _ in said.values()}) > 1:
        return failed("", Severity.CRITICAL, f"堆叠成员{what}不一致：{shown}", *seen)
    return passed("", f"堆叠成员{what}一致：{shown}", *seen)


def _software(member: StackMember, context: Context) -> tuple[str | None, tuple[Seen, ...]]:
    if member.software_version is not None:
        return member.software_version, (member.seen,)
    boards = context.facts.boards
    if isinstance(boards, Known):
        for board in boards.value:
            if _sits_in(board, member.member) and board.software_version is not None:
                return board.software_version, (board.seen,)
    return None, ()


def _sits_in(row: Board | Patch, member: int) -> bool:
    """A member is a slot of its own where the device does not speak of members or chassis."""
    place = row.location
    number = place.member if place.member is not None else place.chassis
    return number == member if number is not None else place.slot == str(member)


def _patches_alike(stack: Stack, context: Context) -> Iterator[Result]:
    """Patches are compared where the device lists them for each member, not once for the stack."""
    fact = context.facts.patches
    if not isinstance(fact, Known):
        reason = fact.reason if isinstance(fact, Unknown) else Reason.UNPARSED
        yield not_assessed(reason, f"成员补丁是否一致未能核对：{REASON_WORDS[reason]}", "", *fact.sources)
        return
    rows: Sequence[Patch] = fact.value
    if not rows or any(not str(row.location) for row in rows):
        return
    by_member = {
        member.member: [row for row in rows if _sits_in(row, member.member)] for member in stack.members
    }
    yield _alike(
        "补丁",
        {
            number: ("、".join(sorted(row.name for row in mine)) or None, tuple(row.seen for row in mine))
            for number, mine in by_member.items()
        },
    )
