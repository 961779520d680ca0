"""Stacks."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, lacking, not_applicable, passed
from parsers.facts import Stack, StackMember, Unknown


@check("HA-001", "stack")
def stack_members(context: Context) -> list[Result]:
    """The number of members, one master, and each member's state."""
    stack: Stack = value_of(context.facts.stack)
    wanted, why = _wanted(context)
    if wanted is None and len(stack.members) < 2:
        return [not_applicable("设备独立运行，基线未要求堆叠")]
    overall = _overall(stack.members, wanted, why)
    looked_in = context.facts.stack.sources
    results = [lacking("", Severity.CRITICAL, overall, *looked_in)] if overall else []
    return [*results, *(_member(row, context) for row in stack.members)]


def _wanted(context: Context) -> tuple[int | None, str]:
    """How many members there ought to be, and who says so; the inventory before the last inspection."""
    if context.device.expect.stack_members is not None:
        return context.device.expect.stack_members, "基线要求"
    before = None if context.previous is None else context.previous.stack
    if before is None or isinstance(before, Unknown) or len(before.value.members) < 2:
        return None, ""
    return len(before.value.members), "上次巡检为"


def _overall(members: Sequence[StackMember], wanted: int | None, why: str) -> str:
    """What is wrong with the stack as a whole; empty for nothing."""
    masters = sum(member.role == "master" for member in members)
    wrong = []
    if wanted is not None and len(members) < wanted:
        wrong.append(f"成员 {len(members)} 台，{why} {wanted} 台")
    if members and masters != 1:
        wrong.append(f"主设备 {masters} 台，应为 1 台")
    return "；".join(wrong)


def _member(row: StackMember, context: Context) -> Result:
    object_ = f"member {row.member}"
    if row.state is None:
        return passed(object_, f"角色 {row.role}", row.seen)
    said = f"角色 {row.role}，设备自报状态 {row.state}"
    word = standing(row.state, context.params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "joining":
        return _joining(row, context, object_, said)
    if word == "bad":
        return failed(object_, Severity.CRITICAL, said, row.seen)
    return passed(object_, said, row.seen)


def _joining(row: StackMember, context: Context, object_: str, said: str) -> Result:
    """Joining takes minutes: a member that was at it the last time already has stuck."""
    before = None if context.previous is None else context.previous.stack
    if before is not None and not isinstance(before, Unknown):
        then = [member for member in before.value.members if member.member == row.member]
        if any(m.state and standing(m.state, context.params) == "joining" for m in then):
            return failed(object_, Severity.CRITICAL, f"{said}，上次巡检时已在加入", row.seen)
    return failed(object_, Severity.INFO, f"{said}，正在加入堆叠，请稍后复查", row.seen)
