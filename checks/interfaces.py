"""Interfaces and links."""

from collections.abc import Mapping, Sequence

from checks.check import Context, check, value_of
from checks.verdict import (
    Result,
    Severity,
    failed,
    lacking,
    not_applicable,
    not_assessed,
    passed,
)
from parsers.facts import Fact, Interface, Lag, LldpNeighbor, Reason, Unknown
from parsers.seen import Seen


@check("IF-001", "interfaces", also=("lags",))
def uplinks(context: Context) -> list[Result]:
    """The interfaces that must be up; aggregations and their members belong to L2-009."""
    expected = context.device.expect.uplinks
    if not expected:
        return [not_assessed(Reason.NO_BASELINE, "清单没有登记该设备的上行口（expect.uplinks）")]
    rows = {row.name.lower(): row for row in value_of(context.facts.interfaces)}
    aggregated = {name for lag in _lags(context.facts.lags) for name in _names(lag)}
    looked_in = context.facts.interfaces.sources
    return [
        not_applicable("属于链路聚合，由 L2-009 判定", name)
        if name.lower() in aggregated
        else _uplink(name, rows.get(name.lower()), looked_in)
        for name in expected
    ]


def _uplink(name: str, row: Interface | None, looked_in: Sequence[Seen]) -> Result:
    if row is None:
        return lacking(name, Severity.MAJOR, "登记为上行口，但设备没有列出该接口", *looked_in)
    if not row.admin_up:
        return failed(name, Severity.MAJOR, "登记为上行口，但接口被人工关闭", row.seen)
    if not row.oper_up:
        return failed(name, Severity.MAJOR, "登记为上行口，管理状态 up，物理状态 down", row.seen)
    if row.protocol_up is False:
        return failed(name, Severity.MAJOR, "登记为上行口，物理状态 up，协议状态 down", row.seen)
    return passed(name, "上行口 up", row.seen)


def _lags(fact: Fact[tuple[Lag, ...]]) -> tuple[Lag, ...]:
    """The aggregations as far as they are known; a check that wants them for more than that needs them."""
    return () if isinstance(fact, Unknown) else fact.value


def _names(lag: Lag) -> set[str]:
    return {lag.name.lower(), *(member.interface.lower() for member in lag.members)}


@check("IF-005", "interfaces", "lags")
def speed_and_duplex(context: Context) -> list[Result]:
    """Each Ethernet interface that is up: full duplex, and as fast as it ought to be."""
    rows = [row for row in value_of(context.facts.interfaces) if row.kind == "ethernet" and row.oper_up]
    wanted = {name.lower(): mbps for name, mbps in context.device.expect.port_speed_mbps.items()}
    fastest = _fastest_of_aggregation(rows, value_of(context.facts.lags))
    results = [_negotiated(row, wanted.get(row.name.lower()), fastest.get(row.name.lower())) for row in rows]
    return results or [not_applicable("没有 up 的以太网口")]


def _fastest_of_aggregation(rows: Sequence[Interface], lags: Sequence[Lag]) -> Mapping[str, int]:
    """For each member that is up: the speed of the fastest member that is up, Mbit/s."""
    speeds = {row.name.lower(): row.speed_mbps for row in rows}
    fastest: dict[str, int] = {}
    for lag in lags:
        members = {member.interface.lower() for member in lag.members}
        known = [speed for name, speed in speeds.items() if name in members and speed is not None]
        fastest |= dict.fromkeys(members, max(known, default=0))
    return fastest


def _negotiated(row: Interface, wanted: int | None, fastest: int | None) -> Result:
    if row.duplex == "half":
        return failed(row.name, Severity.MAJOR, "接口 up，协商为半双工", row.seen)
    speed = row.speed_mbps
    if speed is not None and wanted is not None and speed < wanted:
        return failed(row.name, Severity.MAJOR, f"速率 {speed} Mbit/s，基线要求 {wanted} Mbit/s", row.seen)
    if speed is not None and fastest is not None and speed < fastest:
        said = f"速率 {speed} Mbit/s，低于同一聚合组成员的 {fastest} Mbit/s"
        return failed(row.name, Severity.MAJOR, said, row.seen)
    if row.duplex is None or (speed is None and (wanted or fastest)):
        what = "双工" if row.duplex is None else "速率"
        return not_assessed(Reason.UNSUPPORTED, f"接口 up，设备未给出{what}", row.name, row.seen)
    return passed(row.name, f"全双工，{speed} Mbit/s" if speed is not None else "全双工", row.seen)


@check("IF-008", "err_disabled")
def shut_by_protection(context: Context) -> list[Result]:
    """Each interface that a protection has shut."""
    rows = value_of(context.facts.err_disabled)
    results = [
        failed(row.interface, Severity.MAJOR, f"被保护关闭，原因：{row.reason}", row.seen) for row in rows
    ]
    return results or [passed("", "没有被保护关闭的接口", *context.facts.err_disabled.sources)]


@check("IF-012", "lldp")
def neighbors(context: Context) -> list[Result]:
    """The neighbours that ought to be heard; without a plan they are only noted down."""
    rows = value_of(context.facts.lldp)
    expected = context.device.expect.neighbors
    looked_in = context.facts.lldp.sources
    if expected:
        return [_neighbor(port, name, rows, looked_in) for port, name in expected.items()]
    if not rows:
        why = "未收到 LLDP 邻居，也没有登记设计拓扑，分不清是未启用还是没有邻居"
        return [not_assessed(Reason.NO_BASELINE, why, "", *looked_in)]
    return [
        passed("", f"采集到 {len(rows)} 个 LLDP 邻居；未登记设计拓扑，不作核对", *(row.seen for row in rows))
    ]


def _neighbor(port: str, name: str, rows: Sequence[LldpNeighbor], looked_in: Sequence[Seen]) -> Result:
    here = [row for row in rows if row.local_port.lower() == port.lower()]
    if not here:
        return lacking(port, Severity.INFO, f"应见邻居 {name}，实际未收到 LLDP 通告", *looked_in)
    seen = [row.seen for row in here]
    if any(row.remote_system.lower() == name.lower() for row in here):
        return passed(port, f"邻居为 {name}，与设计一致", *seen)
    heard = "、".join(sorted({row.remote_system for row in here}))
    return failed(port, Severity.INFO, f"应见邻居 {name}，实际为 {heard}", *seen)
