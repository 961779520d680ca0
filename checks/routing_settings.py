"""What is configured for routing: authentication, static routes that lead nowhere, what gateways watch."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.gateways import object_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import (
    AdjacencyAuth,
    BgpPeer,
    Fhrp,
    FhrpTracking,
    OspfNeighbor,
    Reason,
    Route,
    StaticRoute,
    Unknown,
)


@check("L3-003", "ospf", "adjacency_auth")
def ospf_authentication(context: Context) -> list[Result]:
    """Interfaces with neighbours: by their own setting, else by that of the areas."""
    rows: tuple[OspfNeighbor, ...] = value_of(context.facts.ospf)
    settings: tuple[AdjacencyAuth, ...] = value_of(context.facts.adjacency_auth)
    if not rows:
        return [not_applicable("没有 OSPF 邻居")]
    own = {row.name.lower(): row for row in settings if row.scope == "interface"}
    areas = [row for row in settings if row.scope == "area"]
    seen = {row.interface: row for row in rows}
    return [_interface(name, row, own.get(name.lower()), areas) for name, row in seen.items()]


def _interface(
    name: str, neighbor: OspfNeighbor, own: AdjacencyAuth | None, areas: Sequence[AdjacencyAuth]
) -> Result:
    kinds = {row.kind for row in areas}
    if own is None and len(kinds) > 1:
        why = "各区域的认证方式不同，不能确定该接口属于哪个区域"
        return not_assessed(Reason.UNSUPPORTED, why, name, neighbor.seen)
    kind = own.kind if own is not None else next(iter(kinds), "none")
    seen = (neighbor.seen, *([own.seen] if own else [row.seen for row in areas]))
    if kind == "none":
        return lacking(name, Severity.MAJOR, "有 OSPF 邻居，接口与区域都没有认证", *seen)
    if kind == "plain":
        return failed(name, Severity.MINOR, "OSPF 认证为明文口令", *seen)
    return passed(name, "OSPF 认证为加密方式", *seen)


@check("L3-005", "bgp", "adjacency_auth")
def bgp_authentication(context: Context) -> list[Result]:
    """Peers have a password; one that nobody configured by address takes it from where we do not see it."""
    peers: dict[str, BgpPeer] = {row.address: row for row in value_of(context.facts.bgp)}
    settings = {row.name: row for row in value_of(context.facts.adjacency_auth) if row.scope == "peer"}
    results = [_peer(row, settings.get(address)) for address, row in peers.items() if "." in address]
    return results or [not_applicable("没有 BGP 对等体")]


def _peer(row: BgpPeer, setting: AdjacencyAuth | None) -> Result:
    if setting is None:
        why = "配置中没有逐个写出该对等体，认证方式未知"
        return not_assessed(Reason.UNSUPPORTED, why, row.address, row.seen)
    if setting.kind != "none":
        return passed(row.address, "BGP 会话已配置认证", setting.seen)
    if setting.external is False:
        return lacking(row.address, Severity.INFO, "IBGP 会话没有认证", setting.seen)
    return lacking(row.address, Severity.MINOR, "EBGP 会话没有认证", setting.seen)


@check("L3-008", "fhrp", "fhrp_tracking", also=("tracks",))
def watched_uplinks(context: Context) -> list[Result]:
    """The master of a group watches its uplink, and what it watches is well."""
    rows: tuple[Fhrp, ...] = value_of(context.facts.fhrp)
    settings = {(row.interface.lower(), row.group): row for row in value_of(context.facts.fhrp_tracking)}
    results = [_watching(row, settings.get((row.interface.lower(), row.group)), context) for row in rows]
    return results or [not_applicable("没有配置 VRRP/HSRP")]


def _watching(row: Fhrp, setting: FhrpTracking | None, context: Context) -> Result:
    object_ = object_of(row)
    if setting is None:
        return not_assessed(Reason.UNSUPPORTED, "配置中没有找到该备份组", object_, row.seen)
    down = _down(setting, context)
    if down:
        return failed(object_, Severity.MAJOR, f"监视对象 {down} 为 down（negative）", row.seen, setting.seen)
    if setting.watched:
        return passed(object_, f"监视：{'；'.join(setting.watched)}", setting.seen)
    if row.state != "master":
        return not_applicable("不是主设备，没有监视上行", object_)
    said = "主设备没有监视上行，上行中断时仍会占着网关"
    return lacking(object_, Severity.MINOR, said, row.seen, setting.seen)


def _down(setting: FhrpTracking, context: Context) -> str:
    """The tracked object that is down; empty for none, or where nothing is known of them."""
    fact = context.facts.tracks
    down = [] if isinstance(fact, Unknown) else [row.id for row in fact.value if row.state == "negative"]
    # What is watched begins with the object's name, which may be of several words.
    return next((name for name in down for text in setting.watched if f"{text} ".startswith(f"{name} ")), "")


@check("L3-012", "static_routes", "routes")
def static_routes(context: Context) -> list[Result]:
    """Static routes are in use; one that waits for a better one to fail need not be."""
    rows: tuple[StaticRoute, ...] = value_of(context.facts.static_routes)
    table: dict[tuple[str, str | None], list[Route]] = {}
    for route in value_of(context.facts.routes):
        table.setdefault((route.prefix, route.vrf), []).append(route)
    best: dict[tuple[str, str | None], int] = {}
    for row in rows:
        key = (row.prefix, row.vrf)
        best[key] = min(row.preference, best.get(key, row.preference))
    results = [_static(row, table.get((row.prefix, row.vrf), []), best, context) for row in rows]
    return results or [not_applicable("没有静态路由")]


def _static(
    row: StaticRoute, routes: Sequence[Route], best: dict[tuple[str, str | None], int], context: Context
) -> Result:
    object_ = " ".join(part for part in (row.prefix, row.next_hop or row.interface, row.vrf) if part)
    mine = [route for route in routes if route.protocol.lower().startswith("static")]
    if any(row.next_hop in (None, route.next_hop) for route in mine):
        return passed(object_, "已进入路由表", row.seen)
    if row.preference > best[row.prefix, row.vrf]:
        return not_applicable("浮动备份路由，优先级低于同前缀的另一条静态路由", object_)
    if routes and not mine:
        return not_applicable(f"同前缀由 {routes[0].protocol} 生效，静态路由作备份", object_)
    return lacking(object_, Severity.MINOR, "静态路由没有进入路由表", row.seen, *context.facts.routes.sources)
