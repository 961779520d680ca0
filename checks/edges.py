"""Guards of spanning tree: at the ports of end users, and towards lower layers."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.links import links_of, member_ports
from checks.loops import STP_OFF
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import PortSetting, Reason, Stp, StpProtection

_LAYERS = ("border", "core", "spine", "aggregation", "leaf", "access")
"""From the top down; the root of spanning tree belongs to the top."""


@check("L2-005", "stp", "port_settings", "stp_protection", "lldp", "lags", "interfaces")
def edge_ports(context: Context) -> list[Result]:
    """Ports of end users are edge ports, and shut when a switch is heard there."""
    row: Stp = value_of(context.facts.stp)
    if not row.enabled:
        return [not_applicable(STP_OFF)]
    ports = _for_users(context)
    if not ports:
        return [not_applicable("没有 up 的接入口")]
    protection: StpProtection = value_of(context.facts.stp_protection)
    return [_guard(ports, protection), _edges(ports, context)]


def _for_users(context: Context) -> list[PortSetting]:
    """Access ports that are up, in no aggregation, and where no neighbour is heard."""
    others = {row.local_port.lower() for row in value_of(context.facts.lldp)}
    others |= member_ports(value_of(context.facts.lags))
    up = {row.name.lower() for row in value_of(context.facts.interfaces) if row.oper_up} - others
    rows: tuple[PortSetting, ...] = value_of(context.facts.port_settings)
    return [row for row in rows if row.mode == "access" and row.interface.lower() in up]


def _guard(ports: Sequence[PortSetting], protection: StpProtection) -> Result:
    unguarded = [row for row in ports if row.edge and not row.bpdu_guard]
    guarded = any(row.bpdu_guard for row in ports)
    if protection.bpdu_guard or (guarded and not unguarded):
        return passed("", f"{len(ports)} 个接入口，BPDU 保护已启用", protection.seen)
    said = f"有 {len(ports)} 个接入口，没有启用 BPDU 保护"
    if guarded:
        said = f"{len(unguarded)} 个边缘端口没有启用 BPDU 保护：{_names(unguarded)}"
    return failed("", Severity.MAJOR, said, protection.seen, *(row.seen for row in unguarded or ports))


def _edges(ports: Sequence[PortSetting], context: Context) -> Result:
    without = [row for row in ports if not row.edge]
    share = 100.0 * (len(ports) - len(without)) / len(ports)
    said = f"{len(ports)} 个接入口中 {len(ports) - len(without)} 个是边缘端口（{share:.0f}%）"
    if share >= context.params["coverage_pct_warn"]:
        return passed("edge", said, *(row.seen for row in ports))
    said += f"，要求 {context.params['coverage_pct_warn']:g}%；不是的：{_names(without)}"
    return failed("edge", Severity.MINOR, said, *(row.seen for row in without))


def _names(rows: Sequence[PortSetting], most: int = 8) -> str:
    more = f" 等 {len(rows)} 个" if len(rows) > most else ""
    return "、".join(row.interface for row in rows[:most]) + more


def _no_layer_below(context: Context) -> bool:
    return context.device.role in ("access", "oob")


@check("L2-006", "stp", "port_settings", "stp_protection", "lags")
def root_guards(context: Context) -> list[Result]:
    """Ports towards lower layers must not learn a better root there; topology changes are held back."""
    row: Stp = value_of(context.facts.stp)
    if not row.enabled:
        return [not_applicable(STP_OFF)]
    if _no_layer_below(context):
        return [not_applicable("接入设备没有下联")]
    if context.device.role == "unknown":
        return [not_assessed(Reason.NO_BASELINE, "清单没有登记设备角色，分不清上联与下联", "", row.seen)]
    return [*_downlinks(context), *_changes(value_of(context.facts.stp_protection))] or [
        not_applicable("没有下联到清单中较低层的设备，平台也没有 TC 保护的配置")
    ]


def _downlinks(context: Context) -> list[Result]:
    names = _downlink_names(context)
    ports = [each for each in value_of(context.facts.port_settings) if each.interface.lower() in names]
    ports = [each for each in ports if each.mode != "routed"]
    without = [each for each in ports if not each.root_guard]
    if not ports:
        return []
    if without:
        said = f"{len(ports)} 个下联口中 {len(without)} 个没有根保护：{_names(without)}"
        return [lacking("", Severity.MINOR, said, *(each.seen for each in without))]
    return [passed("", f"{len(ports)} 个下联口都有根保护", *(each.seen for each in ports))]


def _downlink_names(context: Context) -> set[str]:
    """Ports, or the aggregations they are in, that lead to inspected devices of a lower layer."""
    own = context.device.name
    lags: dict[str, str] = {}
    for lag in value_of(context.facts.lags):
        lags |= {member.interface.lower(): lag.name.lower() for member in lag.members}
    names = set()
    for link in context.fleet.once(links_of).of.get(own, ()):
        here, there = (link.a, link.b) if link.a.device == own else (link.b, link.a)
        other = context.fleet.get(there.device)
        if other is not None and _below(context.device.role, other.device.role):
            names.add(lags.get(here.port.lower(), here.port.lower()))
    return names


def _below(role: str, other: str) -> bool:
    return role in _LAYERS and other in _LAYERS and _LAYERS.index(other) > _LAYERS.index(role)


def _changes(row: StpProtection) -> list[Result]:
    if row.tc_protection is None:
        return []
    if row.tc_protection:
        return [passed("tc", "TC 保护已启用", row.seen)]
    return [failed("tc", Severity.MINOR, "TC 保护没有启用", row.seen)]
