"""Software versions, patches, versions within a stack."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from checks.words import REASON_WORDS
from parsers.facts import Board, Known, Patch, Reason, Stack, StackMember, Unknown
from parsers.seen import Seen


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
