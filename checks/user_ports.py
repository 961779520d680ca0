"""Ports that users are attached to: what keeps one of them from harming the others."""

from collections.abc import Callable, Sequence

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from checks.words import REASON_WORDS
from parsers.facts import ArpDetection, DhcpSnooping, Interface, PortSetting, Unknown

NAMED = 8
"""Ports named in a message."""


def _users_ports(context: Context, *, in_use: bool = False) -> list[PortSetting]:
    """Access ports, without those that are known to be shut, or not `in_use` because nothing is attached."""
    known = context.facts.interfaces
    rows: tuple[Interface, ...] = () if isinstance(known, Unknown) else known.value
    shut = {row.name.lower() for row in rows if not row.admin_up or (in_use and not row.oper_up)}
    return [
        row
        for row in value_of(context.facts.port_settings)
        if row.mode == "access" and row.interface.lower() not in shut
    ]


@check("DAT-001", "port_settings", also=("interfaces",))
def storm_control(context: Context) -> list[Result]:
    """Broadcast is limited on most ports that users are attached to."""
    if context.device.role not in context.params["roles"]:
        return [not_applicable("清单中的角色不是接入，用户端口不在本设备")]
    rows = _users_ports(context)
    if not rows:
        return [not_applicable("没有启用的接入口")]
    bare = [row for row in rows if not row.storm_control]
    share = 100.0 * len(bare) / len(rows)
    most = context.params["bare_max_pct"]
    said = f"{len(rows)} 个接入口中 {len(bare)} 个没有广播抑制（{share:.0f}%）"
    if share > most:
        said += f"，多于 {most:g}%：{_named(bare)}"
        return [failed("", Severity.MINOR, said, *(row.seen for row in bare))]
    return [passed("", said, *(row.seen for row in rows))]


def _named(rows: Sequence[PortSetting]) -> str:
    return "、".join(row.interface for row in rows[:NAMED]) + (
        f" 等 {len(rows)} 个" if len(rows) > NAMED else ""
    )


@check("DAT-002", "port_settings", also=("interfaces",))
def limited_addresses(context: Context) -> list[Result]:
    """Where strangers can reach the sockets, a port takes few addresses."""
    said = "接入口都限制了 MAC 地址数"
    return _where_marked(context, lambda row: row.mac_limit is not None, "没有限制 MAC 地址数", said)


@check("DAT-005", "port_settings", also=("interfaces",))
def checked_sources(context: Context) -> list[Result]:
    """Where it is wanted, a port takes only the addresses that DHCP gave."""
    said = "接入口都检查源地址"
    return _where_marked(context, lambda row: row.source_guard, "没有检查源地址（IP 源防护）", said)


def _where_marked(
    context: Context, guarded: Callable[[PortSetting], bool], lacks: str, fine: str
) -> list[Result]:
    """Judge devices that the inventory marks by a tag of the baseline."""
    if not set(context.device.tags) & set(context.params["tags"]):
        return [not_applicable(f"清单标签没有要求（基线：{'、'.join(context.params['tags'])}）")]
    rows = _users_ports(context)
    if not rows:
        return [not_applicable("没有启用的接入口")]
    bare = [row for row in rows if not guarded(row)]
    if bare:
        said = f"{len(bare)} 个接入口{lacks}：{_named(bare)}"
        return [failed("", Severity.MINOR, said, *(row.seen for row in bare))]
    return [passed("", f"{len(rows)} 个{fine}", *(row.seen for row in rows))]


@check("DAT-004", "dhcp_snooping", "arp_detection", "port_settings", also=("interfaces",))
def arp_detection(context: Context) -> list[Result]:
    """VLANs in which the bindings are known have ARP checked against them."""
    snooping: DhcpSnooping = value_of(context.facts.dhcp_snooping)
    row: ArpDetection = value_of(context.facts.arp_detection)
    if not snooping.enabled:
        return [not_applicable("DHCP Snooping 没有启用，没有绑定表可供检查")]
    vlans = (
        {port.vlan for port in _users_ports(context, in_use=True) if port.vlan}
        if snooping.everywhere
        else set()
    )
    wanted = sorted(vlans | set(snooping.vlans))
    if not wanted:
        return [not_applicable("DHCP Snooping 没有在用户所在的 VLAN 起作用")]
    bare = [vlan for vlan in wanted if vlan not in row.vlans]
    interfaces = context.facts.interfaces
    if isinstance(interfaces, Unknown) and bare and not set(bare) & set(snooping.vlans):
        named = "、".join(map(str, bare))
        why = f"接口状态未取得（{REASON_WORDS[interfaces.reason]}），VLAN {named} 有没有用户分不清"
        return [not_assessed(interfaces.reason, why, "", row.seen)]
    if bare:
        said = f"VLAN {'、'.join(map(str, bare))} 有 DHCP Snooping，但没有 ARP 检测"
        return [lacking("", Severity.MINOR, said, row.seen, snooping.seen)]
    return [passed("", f"VLAN {'、'.join(map(str, wanted))} 有 ARP 检测", row.seen)]
