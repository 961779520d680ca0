"""Stacks: members, cables, priorities, and what happens when they split."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Mad, Reason, Stack, StackMember, StackPort, Unknown


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


def _stacked(stack: Stack) -> bool:
    return len(stack.members) > 1


ALONE = "设备独立运行，没有堆叠"


@check("HA-002", "stack", "stack_ports")
def stack_links(context: Context) -> list[Result]:
    """Each stacking port that has cables, then the shape they make."""
    stack: Stack = value_of(context.facts.stack)
    if not _stacked(stack):
        return [not_applicable(ALONE)]
    ports: tuple[StackPort, ...] = value_of(context.facts.stack_ports)
    looked_in = context.facts.stack_ports.sources
    if not ports:
        return [lacking("", Severity.CRITICAL, "堆叠有多台成员，但没有列出任何堆叠口", *looked_in)]
    return [*(_stack_port(row) for row in ports), *_shape(context, stack)]


def _stack_port(row: StackPort) -> Result:
    if row.up:
        return passed(row.name, "堆叠口 up", row.seen)
    return failed(row.name, Severity.CRITICAL, "堆叠口的物理链路全部 down", row.seen)


def _shape(context: Context, stack: Stack) -> list[Result]:
    """Ring or chain as planned; a chain nobody planned for is worth no finding."""
    wanted = context.device.expect.stack_topology
    if wanted is None:
        return []
    looked_in = [member.seen for member in stack.members]
    if stack.topology is None:
        why = "清单要求核对堆叠形态，设备没有给出是环形还是链形"
        return [not_assessed(Reason.UNSUPPORTED, why, "topology", *looked_in)]
    if wanted == "ring" and stack.topology == "chain":
        said = "堆叠为链形，清单要求环形：再断一条线缆就会分裂"
        return [failed("topology", Severity.MAJOR, said, *looked_in)]
    return [passed("topology", f"堆叠形态 {_SHAPES[stack.topology]}", *looked_in)]


_SHAPES = {"ring": "环形", "chain": "链形"}


@check("HA-003", "stack")
def stack_priorities(context: Context) -> list[Result]:
    """Who becomes master is decided by priorities, and not by which member boots first."""
    stack: Stack = value_of(context.facts.stack)
    if not _stacked(stack):
        return [not_applicable(ALONE)]
    seen = [member.seen for member in stack.members]
    known = {member.member: member.priority for member in stack.members if member.priority is not None}
    if len(known) < len(stack.members):
        return [not_assessed(Reason.UNSUPPORTED, "设备没有给出每个成员的优先级", "", *seen)]
    shown = "、".join(f"成员 {number} 为 {priority}" for number, priority in sorted(known.items()))
    if len(set(known.values())) == 1:
        return [failed("", Severity.MINOR, f"所有成员的优先级相同（{shown}），主设备由启动先后决定", *seen)]
    wanted, highest = context.device.expect.stack_master, max(known.values())
    if wanted is not None and known.get(wanted) != highest:
        return [
            failed("", Severity.INFO, f"规划的主设备是成员 {wanted}，优先级最高的不是它（{shown}）", *seen)
        ]
    return [passed("", f"优先级有高低之分：{shown}", *seen)]


@check("HA-004", "stack", "mad")
def split_detection(context: Context) -> list[Result]:
    """A stack that splits must notice it: two masters with one address are worse than a lost half."""
    stack: Stack = value_of(context.facts.stack)
    if not _stacked(stack):
        return [not_applicable(ALONE)]
    row: Mad = value_of(context.facts.mad)
    seen = (row.seen, *(member.seen for member in stack.members))
    if not row.modes:
        said = f"堆叠有 {len(stack.members)} 台成员，没有启用任何分裂检测"
        return [lacking("", Severity.CRITICAL, said, *seen)]
    modes = "、".join(mode.upper() for mode in row.modes)
    if row.faulty:
        return [failed("", Severity.MAJOR, f"已启用分裂检测（{modes}），设备报告其状态异常", row.seen)]
    if row.faulty is None:
        return [passed("", f"已配置分裂检测（{modes}）；设备不给出其运行状态", row.seen)]
    return [passed("", f"分裂检测（{modes}）状态正常", row.seen)]
