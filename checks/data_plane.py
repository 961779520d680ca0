"""The data plane: what protects the users' ports, and what is left behind on them."""

from collections.abc import Iterator

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, passed
from parsers.facts import DhcpSnooping, MirrorSession


@check("DAT-003", "dhcp_snooping")
def dhcp_snooping(context: Context) -> list[Result]:
    """Switches with users on DHCP let only the uplinks answer for the DHCP server."""
    if context.device.role not in context.params["roles"]:
        return [not_applicable("清单中的角色不是接入，用户端口不在本设备")]
    if set(context.device.tags) & set(context.params["static_tags"]):
        return [not_applicable("清单注明本设备的终端使用静态地址")]
    row: DhcpSnooping = value_of(context.facts.dhcp_snooping)
    if not row.enabled:
        return [lacking("", Severity.MAJOR, "DHCP Snooping 没有启用", row.seen)]
    if not row.everywhere and not row.vlans:
        said = "DHCP Snooping 只在全局启用，没有在任何 VLAN 启用，不起作用"
        return [lacking("", Severity.MAJOR, said, row.seen)]
    if not row.trusted_ports:
        said = "DHCP Snooping 已启用，但没有信任口，终端获取不到地址"
        return [lacking("", Severity.MAJOR, said, row.seen)]
    where = "全部 VLAN" if row.everywhere else f"VLAN {'、'.join(map(str, row.vlans))}"
    said = f"DHCP Snooping 在{where}启用，信任口 {'、'.join(row.trusted_ports)}"
    return [passed("", said, row.seen)]


@check("DAT-008", "mirrors")
def mirrors(context: Context) -> list[Result]:
    """Nobody's traffic is copied without anybody knowing."""
    rows: tuple[MirrorSession, ...] = value_of(context.facts.mirrors)
    if not rows:
        return [passed("", "没有端口镜像", *context.facts.mirrors.sources)]
    return list(_sessions(rows, context))


def _sessions(rows: tuple[MirrorSession, ...], context: Context) -> Iterator[Result]:
    registered = context.params["sessions"]
    for row in rows:
        name = f"镜像 {row.id}"
        said = f"{name} 把 {'、'.join(row.sources) or '（无源）'} 复制到 {row.destination or '（无目的）'}"
        if registered is None:
            said += "，基线没有镜像登记表，请客户确认"
            yield failed(name, Severity.MINOR, said, row.seen)
        elif row.id in registered:
            yield passed(name, f"{said}，已登记", row.seen)
        else:
            yield failed(name, Severity.MAJOR, f"{said}，不在登记之列", row.seen)
