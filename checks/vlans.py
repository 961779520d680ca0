"""VLANs: trunks that let everything through, VLANs nobody uses, and VLAN 1."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.links import digits, member_ports
from checks.verdict import Result, Severity, failed, not_applicable, passed
from parsers.facts import Interface, PortSetting, Unknown, Vlan

SWITCHED = ("access", "trunk", "hybrid")


@check("L2-011", "port_settings", "vlans", "interfaces", "lags", also=("mlag",))
def trunks(context: Context) -> list[Result]:
    """Trunks let through what is needed; the peer-link of a pair has to carry everything."""
    settings = _settings(context)
    ports = [row for row in settings if row.mode == "trunk"]
    if not ports:
        return [not_applicable("没有 Trunk 端口")]
    spared = _peer_link(context)
    results = [_trunk(row, context.params["all_from"]) for row in ports if row.interface.lower() != spared]
    return [*results, *_unused(context, settings)] or [not_applicable("Trunk 只有 peer-link")]


def _settings(context: Context) -> list[PortSetting]:
    """Ports and aggregations, but not the ports in aggregations."""
    inside = member_ports(value_of(context.facts.lags))
    return [row for row in value_of(context.facts.port_settings) if row.interface.lower() not in inside]


def _peer_link(context: Context) -> str:
    fact = context.facts.mlag
    return "" if isinstance(fact, Unknown) else (fact.value.peer_link or "").lower()


def _trunk(row: PortSetting, limit: int) -> Result:
    count = sum(last - first + 1 for first, last in row.allowed_vlans)
    if count >= limit:
        return failed(row.interface, Severity.MINOR, f"Trunk 放通 {count} 个 VLAN，几乎是全部", row.seen)
    return passed(row.interface, f"Trunk 放通 {count} 个 VLAN", row.seen)


def _unused(context: Context, settings: Sequence[PortSetting]) -> list[Result]:
    """VLANs without a port and without an interface: most are left over."""
    ranges = [
        each
        for row in settings
        for each in row.allowed_vlans
        if each[1] - each[0] < context.params["all_from"]
    ]
    used = {row.vlan for row in settings} | {1}
    used |= {int(digits(row.name)) for row in value_of(context.facts.interfaces) if _is_vlan(row)}
    rows: tuple[Vlan, ...] = value_of(context.facts.vlans)
    idle = [
        row
        for row in rows
        if not row.ports and row.vlan not in used and not any(a <= row.vlan <= b for a, b in ranges)
    ]
    if not idle:
        return []
    names = "、".join(str(row.vlan) for row in idle[:12]) + (f" 等 {len(idle)} 个" if len(idle) > 12 else "")
    said = f"没有端口也没有三层接口的 VLAN：{names}"
    return [failed("idle", Severity.INFO, said, *(row.seen for row in idle))]


def _is_vlan(row: Interface) -> bool:
    return row.kind == "vlan" and digits(row.name).isdigit()


@check("L2-012", "port_settings", "interfaces", "addresses", "lags")
def vlan_one(context: Context) -> list[Result]:
    """Nobody is left in VLAN 1, which every port is in until somebody says otherwise."""
    settings = [row for row in _settings(context) if row.mode in SWITCHED]
    if not settings:
        return [not_applicable("没有二层口")]
    up = {row.name.lower() for row in value_of(context.facts.interfaces) if row.oper_up}
    mine = [row for row in settings if row.vlan == 1 and row.interface.lower() in up]
    access = [row for row in mine if row.mode == "access"]
    native = [row for row in mine if row.mode == "trunk" and any(a <= 1 <= b for a, b in row.allowed_vlans)]
    results = [
        *_ports("access", Severity.MINOR, "up 的接入口仍在 VLAN 1", access),
        *_gateway(context, up),
        *_ports("pvid", Severity.INFO, "Trunk 的 PVID 为 1 且放通 VLAN 1", native),
    ]
    return results or [passed("", "VLAN 1 没有 up 的接入口，也没有地址", *(row.seen for row in settings))]


def _ports(object_: str, severity: Severity, what: str, rows: Sequence[PortSetting]) -> list[Result]:
    if not rows:
        return []
    names = "、".join(row.interface for row in rows[:8]) + (f" 等 {len(rows)} 个" if len(rows) > 8 else "")
    return [failed(object_, severity, f"{what}：{names}", *(row.seen for row in rows))]


def _gateway(context: Context, up: set[str]) -> list[Result]:
    one = {
        row.name.lower()
        for row in value_of(context.facts.interfaces)
        if _is_vlan(row) and digits(row.name) == "1"
    }
    rows = [row for row in value_of(context.facts.addresses) if row.interface.lower() in one & up]
    return [
        failed(row.interface, Severity.MINOR, f"VLAN 1 的三层接口有地址 {row.address}", row.seen)
        for row in rows
    ]
