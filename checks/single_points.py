"""What one broken part would cut off."""

from checks.check import Context, check, value_of
from checks.links import digits, links_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Lag, PowerSupply, Reason, Stack

_LAYERS = ("border", "core", "spine", "aggregation", "leaf", "access")
"""From the top down."""
CHAIN_FROM = 3
"""Members from which a chain is worse than a ring: two can only be a chain, or a ring of two cables."""


@check("HA-010", "lags", "stack", "lldp")
def critical_links(context: Context) -> list[Result]:
    """Links that must not hang on one cable, or on one member of a stack."""
    wanted = context.device.expect.critical_links
    if not wanted:
        return [not_assessed(Reason.NO_BASELINE, "清单没有登记关键链路（expect.critical_links）")]
    lags = {row.name.lower(): row for row in value_of(context.facts.lags)}
    return [_critical(name, lags, context) for name in wanted]


def _critical(name: str, lags: dict[str, Lag], context: Context) -> Result:
    lag = lags.get(name.lower())
    if lag is None:
        return _single(name, context)
    stack: Stack = value_of(context.facts.stack)
    places = {digits(member.interface).split("/")[0] for member in lag.members}
    if len(lag.members) < 2:
        return failed(name, Severity.MAJOR, f"关键链路只有 {len(lag.members)} 个成员", lag.seen)
    if len(stack.members) > 1 and len(places) < 2:
        said = f"{len(lag.members)} 个成员都在堆叠成员 {''.join(places)} 上，该成员故障即中断"
        return failed(name, Severity.MAJOR, said, lag.seen)
    where = f"，分布在堆叠成员 {'、'.join(sorted(places))}" if len(stack.members) > 1 else ""
    return passed(name, f"{len(lag.members)} 个成员{where}", lag.seen)


def _single(name: str, context: Context) -> Result:
    """A port in no aggregation: another cable to the same neighbour, or none."""
    rows = value_of(context.facts.lldp)
    here = [row for row in rows if row.local_port.lower() == name.lower()]
    if not here:
        why = "关键链路不是聚合，也没有收到 LLDP 邻居，不知道它通向哪里"
        return not_assessed(Reason.NOT_COLLECTED, why, name, *context.facts.lldp.sources)
    others = [
        row
        for row in rows
        if row.remote_system == here[0].remote_system and row.local_port.lower() != name.lower()
    ]
    if others:
        said = f"通向 {here[0].remote_system} 还有 {'、'.join(row.local_port for row in others)}"
        return passed(name, said, here[0].seen)
    said = f"关键链路是通向 {here[0].remote_system} 的唯一一条线"
    return failed(name, Severity.MAJOR, said, here[0].seen)


@check("HA-011", "power_supplies", "stack", "lldp")
def single_points(context: Context) -> list[Result]:
    """Power, uplinks and stacking cables that are there once; other checks judge boards and splits."""
    return [*_power(context), *_uplinks(context), *_chain(context)] or [
        not_applicable("没有可以由数据判断的单点")
    ]


def _power(context: Context) -> list[Result]:
    rows: tuple[PowerSupply, ...] = value_of(context.facts.power_supplies)
    present = [row for row in rows if row.present]
    if not present or context.device.role in ("access", "oob", "unknown"):
        return []
    members = max(1, len(value_of(context.facts.stack).members))
    if len(present) < 2 * members:
        said = f"{members} 台设备共 {len(present)} 个电源，有设备只有单电源"
        return [failed("power", Severity.MINOR, said, *(row.seen for row in present))]
    return [passed("power", f"{members} 台设备共 {len(present)} 个电源", *(row.seen for row in present))]


def _uplinks(context: Context) -> list[Result]:
    """Cables to inspected devices of a higher layer."""
    own, role = context.device.name, context.device.role
    if role not in _LAYERS[1:]:
        return []
    up = []
    for link in context.fleet.once(links_of).of.get(own, ()):
        here, there = (link.a, link.b) if link.a.device == own else (link.b, link.a)
        other = context.fleet.get(there.device)
        if other is not None and other.device.role in _LAYERS[: _LAYERS.index(role)]:
            up.append((here.port, there.device))
    planned = len(context.device.expect.uplinks)
    heard = [row.seen for row in value_of(context.facts.lldp)]
    if len(up) == 1 and planned < 2:
        port, other_name = up[0]
        seen = heard or context.facts.lldp.sources
        return [failed("uplink", Severity.MINOR, f"只有一条上行：{port} 至 {other_name}", *seen)]
    return [passed("uplink", f"{max(len(up), planned)} 条上行", *heard)] if up else []


def _chain(context: Context) -> list[Result]:
    stack: Stack = value_of(context.facts.stack)
    seen = [member.seen for member in stack.members]
    if len(stack.members) < CHAIN_FROM or stack.topology is None or context.device.expect.stack_topology:
        return []
    if stack.topology == "chain":
        said = f"{len(stack.members)} 台堆叠为链形，断一条堆叠线即分裂"
        return [failed("stack", Severity.MINOR, said, *seen)]
    return [passed("stack", "堆叠为环形", *seen)]
