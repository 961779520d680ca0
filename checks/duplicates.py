"""What must be there once in a network and is there twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface

from checks.check import Context, check, value_of
from checks.fleet import Fleet
from checks.verdict import Result, Severity, failed, not_applicable, passed
from parsers.facts import Fhrp, InterfaceAddress, Unknown


@dataclass(frozen=True, slots=True)
class _Place:
    """An address on one device."""

    device: str
    row: InterfaceAddress
    mac: str | None
    up: bool


@check("L3-014", "addresses", "interfaces", also=("fhrp",))
def duplicates(context: Context) -> list[Result]:
    """Addresses and group numbers of this device that another inspected device has as well.

    Compared are addresses outside VRFs on interfaces that are up. Two interfaces with one MAC share their
    address on purpose (anycast gateways). Reported by the device that stands first in the inventory.
    """
    rows: tuple[InterfaceAddress, ...] = value_of(context.facts.addresses)
    if not rows:
        return [not_applicable("没有 IP 地址")]
    shared = context.params["shared"]
    results = [
        result
        for row in rows
        if row.vrf is None and not any(ip_address(row.address) in net for net in shared)
        if (result := _address(row, context)) is not None
    ]
    results += _groups(context)
    seen = [row.seen for row in rows]
    return results or [passed("", f"{len(rows)} 个地址与其他设备没有冲突", *seen)]


def _address(row: InterfaceAddress, context: Context) -> Result | None:
    places = context.fleet.once(_places).get(row.address, [])
    own = [place for place in places if place.device == context.device.name]
    others = [
        p for p in places if p.device != context.device.name and p.up and own and not _one_mac(own[0], p)
    ]
    if not others or not own[0].up:
        return None
    first = next(place.device for place in places if place.up)
    shown = "、".join(f"{place.device} {place.row.interface}" for place in others)
    if first != context.device.name:
        return not_applicable(f"{row.address} 与 {shown} 重复，由 {first} 报告", row.address)
    said = f"{row.interface} 的地址 {row.address} 与 {shown} 重复"
    return failed(row.address, Severity.MAJOR, said, row.seen)


def _one_mac(a: _Place, b: _Place) -> bool:
    macs = ["".join(c for c in (p.mac or "").lower() if c.isalnum()) for p in (a, b)]
    return bool(macs[0]) and macs[0] == macs[1]


def _places(fleet: Fleet) -> dict[str, list[_Place]]:
    """Every address outside VRFs, with where it is, in the order of the inventory."""
    found: dict[str, list[_Place]] = {}
    for member in fleet.members:
        addresses, interfaces = member.facts.addresses, member.facts.interfaces
        if isinstance(addresses, Unknown) or isinstance(interfaces, Unknown):
            continue
        ports = {row.name.lower(): row for row in interfaces.value}
        for row in addresses.value:
            port = ports.get(row.interface.lower())
            if row.vrf is None:
                place = _Place(
                    member.device.name, row, port.mac if port else None, bool(port and port.oper_up)
                )
                found.setdefault(row.address, []).append(place)
    return found


def _groups(context: Context) -> list[Result]:
    """Gateway groups of one number in one network, but with different addresses: their MACs are the same."""
    fact = context.facts.fhrp
    rows: Sequence[Fhrp] = () if isinstance(fact, Unknown) else fact.value
    known, results = context.fleet.once(_networks), []
    for row in rows:
        network = _network(value_of(context.facts.addresses), row) if row.vip else None
        mine = known.get((row.group, network), []) if network else []
        others = [(device, vip) for device, vip in mine if vip != row.vip and device != context.device.name]
        if others and mine[0][0] == context.device.name:
            shown = "、".join(f"{device}（{vip}）" for device, vip in others)
            said = f"组号 {row.group}（虚地址 {row.vip}）与同网段 {shown} 的组号相同，虚 MAC 冲突"
            results.append(failed(f"{row.interface} {row.group}", Severity.MAJOR, said, row.seen))
    return results


def _network(addresses: Sequence[InterfaceAddress], row: Fhrp) -> str | None:
    """The network of the interface that a group is on."""
    own = (a for a in addresses if a.interface.lower() == row.interface.lower())
    return next((str(ip_interface(f"{a.address}/{a.prefix_length}").network) for a in own), None)


def _networks(fleet: Fleet) -> dict[tuple[int, str | None], list[tuple[str, str]]]:
    """Groups by number and network: device and virtual address, in the order of the inventory."""
    found: dict[tuple[int, str | None], list[tuple[str, str]]] = {}
    for member in fleet.members:
        groups, addresses = member.facts.fhrp, member.facts.addresses
        if isinstance(groups, Unknown) or isinstance(addresses, Unknown):
            continue
        for row in groups.value:
            network = _network(addresses.value, row)
            if network and row.vip:
                found.setdefault((row.group, network), []).append((member.device.name, row.vip))
    return found
