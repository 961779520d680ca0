"""The way to the device: apart from the users' traffic, or among it."""

from ipaddress import ip_address

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_assessed, passed
from parsers.facts import Interface, InterfaceAddress, Reason, Unknown


@check("MGT-016", "addresses", also=("interfaces",))
def management_path(context: Context) -> list[Result]:
    """The address we came by is on a port or in an instance of its own, or the only one there is."""
    rows: tuple[InterfaceAddress, ...] = value_of(context.facts.addresses)
    own = next((row for row in rows if row.address == _plain(context.device.host)), None)
    if own is None:
        why = f"清单中的地址 {context.device.host} 不在设备的接口上，不知道经哪个接口管理"
        return [not_assessed(Reason.NO_BASELINE, why, "", *context.facts.addresses.sources)]
    if own.vrf is not None:
        return [passed("", f"管理地址在 {own.interface}，属于实例 {own.vrf}", own.seen)]
    if own.interface in _management_ports(context):
        return [passed("", f"管理地址在带外管理口 {own.interface}", own.seen)]
    others = [row for row in rows if row.vrf is None and row.interface != own.interface]
    if not others:
        return [passed("", f"只有 {own.interface} 有地址，专供管理", own.seen)]
    severity = Severity.INFO if context.device.role == "access" else Severity.MINOR
    said = (
        f"管理地址在 {own.interface}，与 {others[0].interface} 等 {len(others)} 个业务接口同在公共路由表，"
        "业务故障时可能同时失去管理"
    )
    return [failed("", severity, said, own.seen, *(row.seen for row in others))]


def _plain(host: str) -> str:
    """Write an address the way devices print it; a name stays what it is."""
    try:
        return str(ip_address(host))
    except ValueError:
        return host


def _management_ports(context: Context) -> set[str]:
    known = context.facts.interfaces
    rows: tuple[Interface, ...] = () if isinstance(known, Unknown) else known.value
    return {row.name for row in rows if row.kind == "mgmt"}
