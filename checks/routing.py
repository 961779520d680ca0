"""Routing protocols."""

from collections.abc import Mapping
from typing import Any

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import BfdSession, BgpPeer, IsisNeighbor, OspfNeighbor, Reason, Unknown


@check("L3-001", "ospf")
def ospf_neighbors(context: Context) -> list[Result]:
    """Each neighbour's state, then their number."""
    rows = value_of(context.facts.ospf)
    results = [_neighbor(row, context.params) for row in rows]
    least = context.device.expect.ospf_neighbors
    if least is not None and len(rows) < least:
        looked_in = context.facts.ospf.sources
        said = f"OSPF 邻居 {len(rows)} 个，基线要求 {least} 个"
        results.append(lacking("", Severity.CRITICAL, said, *looked_in))
    return results or [not_applicable("没有 OSPF 邻居，基线也未要求")]


def _neighbor(row: OspfNeighbor, params: Mapping[str, Any]) -> Result:
    object_ = f"{row.router_id} {row.interface}"
    if row.state == "2WAY":
        return _two_way(row, object_)
    word = standing(row.state, params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "bad":
        return failed(object_, Severity.CRITICAL, f"邻居状态 {row.state}，应为 FULL", row.seen)
    return passed(object_, f"邻居状态 {row.state}", row.seen)


def _two_way(row: OspfNeighbor, object_: str) -> Result:
    """Two routers stay in 2-Way for good only where neither is DR or BDR (RFC 2328, 10.4)."""
    roles = (row.role, row.local_role)
    if "DR" in roles or "BDR" in roles:
        said = f"邻居状态 2WAY，本端 {row.local_role or '未知'}、对端 {row.role or '未知'}，应为 FULL"
        return failed(object_, Severity.CRITICAL, said, row.seen)
    if None in roles:
        why = "邻居状态 2WAY，设备未给出双方角色，不能判断是否正常"
        return not_assessed(Reason.UNSUPPORTED, why, object_, row.seen)
    return passed(object_, "邻居状态 2WAY，双方均为 DROther，正常", row.seen)


@check("L3-002", "ospf", "uptime")
def ospf_flaps(context: Context) -> list[Result]:
    """Neighbours that came up of late, and not because this device did."""
    rows: tuple[OspfNeighbor, ...] = value_of(context.facts.ospf)
    results = [_flapped(row, context) for row in rows if row.state == "FULL"]
    return results or [not_applicable("没有状态为 FULL 的 OSPF 邻居")]


def _flapped(row: OspfNeighbor, context: Context) -> Result:
    object_ = f"{row.router_id} {row.interface}"
    if row.up_s is None:
        return not_assessed(Reason.UNSUPPORTED, "设备没有给出邻居已建立多久", object_, row.seen)
    shown = f"邻居已建立 {row.up_s / 3600:.1f} 小时"
    hours, started_s = context.params["window_h"], value_of(context.facts.uptime).uptime_s
    since_last = _seconds_since_last(context)
    if row.up_s >= hours * 3600 or (since_last is not None and row.up_s >= since_last):
        return passed(object_, shown, row.seen)
    if started_s - row.up_s < context.params["start_s"]:
        return passed(object_, f"{shown}，设备自身也刚启动", row.seen)
    return failed(object_, Severity.MAJOR, f"{shown}，{hours:g} 小时内重新建立过，设备没有重启", row.seen)


def _seconds_since_last(context: Context) -> float | None:
    if context.previous_at is None or context.collected_at is None:
        return None
    return (context.collected_at - context.previous_at).total_seconds()


@check("L3-004", "bgp")
def bgp_peers(context: Context) -> list[Result]:
    """Each session that nobody shut: established, and giving routes if it gave some the last time."""
    rows: tuple[BgpPeer, ...] = value_of(context.facts.bgp)
    then = _received(context)
    results = [_peer(row, then.get(_peer_name(row)), context.params) for row in rows]
    return results or [not_applicable("没有 BGP 对等体")]


def _peer_name(row: BgpPeer) -> str:
    return " ".join(part for part in (row.address, row.vrf, row.family) if part)


def _received(context: Context) -> dict[str, int]:
    """Prefixes that each peer gave at the last inspection, as far as they are known."""
    fact = None if context.previous is None else context.previous.bgp
    rows = () if fact is None or isinstance(fact, Unknown) else fact.value
    return {_peer_name(row): row.prefixes_received for row in rows if row.prefixes_received is not None}


def _peer(row: BgpPeer, then: int | None, params: Mapping[str, Any]) -> Result:
    object_ = _peer_name(row)
    if not row.admin_up:
        return not_applicable("对等体被人工关闭", object_)
    word = standing(row.state, params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "bad":
        said = f"AS {row.remote_as} 的对等体状态 {row.state}，应为 ESTABLISHED"
        return failed(object_, Severity.CRITICAL, said, row.seen)
    if row.prefixes_received == 0 and then:
        said = f"会话已建立，但收到 0 条路由，上次巡检时为 {then} 条"
        return failed(object_, Severity.MAJOR, said, row.seen)
    shown = "" if row.prefixes_received is None else f"，收到 {row.prefixes_received} 条路由"
    return passed(object_, f"会话已建立{shown}", row.seen)


@check("L3-006", "isis")
def isis_neighbors(context: Context) -> list[Result]:
    """Each adjacency, then their number."""
    rows: tuple[IsisNeighbor, ...] = value_of(context.facts.isis)
    results = [_adjacency(row, context.params) for row in rows]
    least = context.device.expect.isis_neighbors
    if least is not None and len(rows) < least:
        said = f"IS-IS 邻居 {len(rows)} 个，基线要求 {least} 个"
        results.append(lacking("", Severity.CRITICAL, said, *context.facts.isis.sources))
    return results or [not_applicable("没有 IS-IS 邻居，基线也未要求")]


def _adjacency(row: IsisNeighbor, params: Mapping[str, Any]) -> Result:
    object_ = f"{row.system_id} {row.interface}"
    word = standing(row.state, params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "bad":
        return failed(object_, Severity.CRITICAL, f"邻接状态 {row.state}，应为 UP", row.seen)
    return passed(object_, "邻接状态 UP", row.seen)


@check("L3-009", "bfd", also=("mad",))
def bfd_sessions(context: Context) -> list[Result]:
    """Each session; what somebody shut is worth a word, since nothing watches the path meanwhile."""
    rows: tuple[BfdSession, ...] = value_of(context.facts.bfd)
    mad = context.facts.mad
    by_bfd = not isinstance(mad, Unknown) and "bfd" in mad.value.modes
    results = [_session(row, context.params, by_bfd=by_bfd) for row in rows]
    return results or [not_applicable("没有 BFD 会话")]


def _session(row: BfdSession, params: Mapping[str, Any], *, by_bfd: bool) -> Result:
    """`by_bfd`: a stack watches for a split by a session that is down as long as it is whole."""
    object_ = " ".join(part for part in (row.peer, row.interface) if part)
    word = standing(row.state, params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "absent":
        return failed(object_, Severity.INFO, "会话被人工关闭，路径故障不会被它发现", row.seen)
    if word == "bad" and by_bfd:
        why = f"会话状态 {row.state}；堆叠用 BFD 检测分裂，其会话平时即为 DOWN，设备没有给出是哪一个"
        return not_assessed(Reason.UNSUPPORTED, why, object_, row.seen)
    if word == "bad":
        return failed(object_, Severity.MAJOR, f"会话状态 {row.state}，应为 UP", row.seen)
    return passed(object_, "会话状态 UP", row.seen)
