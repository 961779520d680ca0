"""Routing protocols."""

from collections.abc import Mapping
from typing import Any

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import OspfNeighbor, Reason


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
