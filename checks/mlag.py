"""Cross-device aggregation: M-LAG, DRNI, vPC.

What both devices of a pair see is reported once, by the one that stands first in the inventory.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from checks.check import Context, check, value_of
from checks.fleet import Fleet
from checks.links import names_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Interface, Lag, Mlag, MlagMember, Reason, Unknown

NONE = "没有配置跨设备聚合"
_ROLES = {"primary": "主", "secondary": "备"}


def _configured(row: Mlag) -> bool:
    said = (row.role, row.peer_reachable, row.keepalive_ok, row.peer_link_up, row.consistent)
    return bool(row.members) or any(each is not None for each in said)


@check("HA-005", "mlag", also=("lldp",))
def roles_and_keepalive(context: Context) -> list[Result]:
    """The two devices hear each other, on both ways, and only one of them is primary."""
    row: Mlag = value_of(context.facts.mlag)
    if not _configured(row):
        return [not_applicable(NONE)]
    peers = _peers(context)
    results = [
        *_heard("keepalive", row, lambda each: each.keepalive_ok, "心跳", peers),
        *_heard("peer", row, lambda each: each.peer_reachable, "与对端的连接", peers),
        *_role(context, row, peers),
    ]
    return results or [not_assessed(Reason.UNSUPPORTED, "设备没有给出心跳、对端与角色", "", row.seen)]


def _heard(
    object_: str, row: Mlag, state: Callable[[Mlag], bool | None], what: str, peers: "_Peers"
) -> list[Result]:
    if state(row) is None:
        return []
    if state(row):
        return [passed(object_, f"{what}正常", row.seen)]
    teller = peers.teller(lambda each: state(each) is False)
    if teller:
        return [not_applicable(f"{what}异常，由 {teller} 报告", object_)]
    return [failed(object_, Severity.CRITICAL, f"{what}异常", row.seen)]


def _role(context: Context, row: Mlag, peers: "_Peers") -> list[Result]:
    if row.role is None:
        return []
    own = _ROLES[row.role]
    twins = [name for name, each in peers.rows.items() if each.role == row.role]
    teller = peers.teller(lambda each: each.role == row.role)
    if teller:
        return [not_applicable(f"两端都是{own}设备，由 {teller} 报告", "role")]
    if twins:
        said = f"本端与对端 {'、'.join(twins)} 都是{own}设备"
        return [failed("role", Severity.CRITICAL, said, row.seen)]
    wanted = context.device.expect.mlag_role
    if wanted is not None and wanted != row.role:
        said = f"本端为{own}设备，规划为{_ROLES[wanted]}设备"
        return [failed("role", Severity.MINOR, said, row.seen)]
    return [passed("role", f"本端为{own}设备", row.seen)]


@dataclass(frozen=True, slots=True)
class _Peers:
    """The inspected neighbours that have dual-homed aggregations of the same names."""

    rows: Mapping[str, Mlag]
    first: frozenset[str]
    """Those that stand before this device in the inventory."""

    def teller(self, same: Callable[[Mlag], bool]) -> str | None:
        """The device that reports what this one sees too; None: it is for this one to report."""
        return next((name for name, row in self.rows.items() if name in self.first and same(row)), None)


def _peers(context: Context) -> _Peers:
    own = _aggregations(value_of(context.facts.mlag))
    near = _neighbors(context)
    rows = {
        name: row
        for name, row in context.fleet.once(_pairs).items()
        if name in near and own & _aggregations(row)
    }
    order = context.fleet.once(_order)
    here = order.get(context.device.name, 0)
    return _Peers(rows, frozenset(name for name in rows if order[name] < here))


def _order(fleet: Fleet) -> dict[str, int]:
    return {member.device.name: number for number, member in enumerate(fleet.members)}


def _neighbors(context: Context) -> set[str]:
    """Names in the inventory of those that LLDP hears, without this device."""
    fact, named = context.facts.lldp, context.fleet.once(names_of)
    heard = () if isinstance(fact, Unknown) else fact.value
    found = {named.get(row.remote_system.casefold(), "") for row in heard}
    return found - {context.device.name, ""}


def _pairs(fleet: Fleet) -> dict[str, Mlag]:
    """Cross-device aggregation of every device that has it, in the order of the inventory."""
    known = [(m.device.name, m.facts.mlag) for m in fleet.members]
    return {
        name: fact.value for name, fact in known if not isinstance(fact, Unknown) and _configured(fact.value)
    }


def _aggregations(row: Mlag) -> set[str]:
    return {member.name.lower() for member in row.members}


@check("HA-006", "mlag", also=("lldp",))
def dual_homed(context: Context) -> list[Result]:
    """Each dual-homed aggregation is up on both devices."""
    row: Mlag = value_of(context.facts.mlag)
    if not _configured(row):
        return [not_applicable(NONE)]
    peers = _peers(context)
    alone = {name.lower() for name in context.device.expect.single_homed}
    results = [
        not_applicable("清单登记为单归接口", member.name)
        if member.name.lower() in alone
        else _member(member, row, peers)
        for member in row.members
    ]
    return results or [not_applicable("没有跨设备聚合的成员接口")]


def _member(member: MlagMember, row: Mlag, peers: _Peers) -> Result:
    """Each device reports what is down on its own side; the peer's where nobody looked at the peer."""
    why = f"，设备给出的原因：{member.reason}" if member.reason else ""
    if not member.local_up and member.peer_up is False:
        teller = peers.teller(lambda each: member.name.lower() in _aggregations(each))
        if teller:
            return not_applicable(f"本端与对端都 down，由 {teller} 报告", member.name)
        return failed(member.name, Severity.CRITICAL, f"本端与对端都 down{why}", row.seen)
    if not member.local_up:
        return failed(member.name, Severity.MAJOR, f"本端 down，下联只剩对端一条路{why}", row.seen)
    if member.peer_up is False:
        if peers.rows:
            return not_applicable(f"本端 up，对端 down，由 {'、'.join(peers.rows)} 报告", member.name)
        return failed(member.name, Severity.MAJOR, f"对端 down，下联只剩本端一条路{why}", row.seen)
    if member.peer_up is None:
        return not_assessed(Reason.UNSUPPORTED, "本端 up，设备没有给出对端状态", member.name, row.seen)
    return passed(member.name, "两端都 up", row.seen)


@check("HA-007", "mlag")
def consistency(context: Context) -> list[Result]:
    """What must be configured alike on both devices is."""
    row: Mlag = value_of(context.facts.mlag)
    if not _configured(row):
        return [not_applicable(NONE)]
    if row.consistent is None:
        why = "设备没有给出一致性检查的结果，或没有启用一致性检查"
        return [not_assessed(Reason.UNSUPPORTED, why, "", row.seen)]
    if not row.consistent:
        return [failed("", Severity.CRITICAL, "设备报告两端配置不一致", row.seen)]
    return [passed("", "设备报告两端配置一致", row.seen)]


@check("HA-008", "mlag", "lags", "interfaces")
def peer_link(context: Context) -> list[Result]:
    """The link between the two devices: up, of several cables, and not full."""
    row: Mlag = value_of(context.facts.mlag)
    if not _configured(row):
        return [not_applicable(NONE)]
    if row.peer_link_up is None:
        return [not_assessed(Reason.UNSUPPORTED, "设备没有给出 peer-link 的状态", "", row.seen)]
    if not row.peer_link_up:
        return [failed("", Severity.CRITICAL, "peer-link down", row.seen)]
    if row.peer_link is None:
        return [not_assessed(Reason.UNSUPPORTED, "peer-link up，设备没有给出它是哪个接口", "", row.seen)]
    lags: tuple[Lag, ...] = value_of(context.facts.lags)
    lag = next((each for each in lags if each.name.lower() == row.peer_link.lower()), None)
    if lag is None:
        said = "peer-link up，但不是链路聚合：断一条线缆即失效"
        return [failed(row.peer_link, Severity.MAJOR, said, row.seen)]
    interfaces = {each.name.lower(): each for each in value_of(context.facts.interfaces)}
    return [_peer_link(lag, row, interfaces, context.params["warn_pct"])]


def _peer_link(lag: Lag, row: Mlag, interfaces: Mapping[str, Interface], limit: float) -> Result:
    good = sum(member.selected for member in lag.members)
    if good < len(lag.members) or good < 2:
        said = f"peer-link 的 {len(lag.members)} 个成员中 {good} 个被选中，至少应有 2 个且全部被选中"
        return failed(lag.name, Severity.MAJOR, said, row.seen, lag.seen)
    busiest = _use(lag, interfaces)
    if busiest is not None and busiest >= limit:
        return failed(
            lag.name, Severity.MINOR, f"peer-link 成员利用率 {busiest:.0f}%，门限 {limit:g}%", lag.seen
        )
    shown = "" if busiest is None else f"，成员利用率最高 {busiest:.0f}%"
    return passed(lag.name, f"peer-link up，{good} 个成员全部被选中{shown}", row.seen, lag.seen)


def _use(lag: Lag, interfaces: Mapping[str, Interface]) -> float | None:
    """The fullest direction of all members, percent; None where no speed or rate is printed."""
    rows = [
        interfaces[member.interface.lower()]
        for member in lag.members
        if member.interface.lower() in interfaces
    ]
    rates: Sequence[float] = [
        100.0 * rate / (each.speed_mbps * 1_000_000)
        for each in rows
        if each.speed_mbps
        for rate in (each.in_bps, each.out_bps)
        if rate is not None
    ]
    return max(rates, default=None)
