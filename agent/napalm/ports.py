"""Interfaces, neighbours and what was learned on them, in NAPALM's shapes.

`-1`, `-1.0` and `""` stand where the device prints nothing, and for what no fact holds.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_interface
from typing import Any

from parsers.facts import ArpEntry, Interface, InterfaceAddress, LldpNeighbor, MacEntry, Vlan

Row = dict[str, Any]

_MAC_DIGITS = 12


def interfaces(rows: Sequence[Interface]) -> dict[str, Row]:
    """`get_interfaces`; speed in Mbit/s."""
    return {
        row.name: {
            "is_up": row.oper_up,
            "is_enabled": row.admin_up,
            "description": row.description or "",
            "last_flapped": float(_count(row.last_flap_s)),
            "speed": float(_count(row.speed_mbps)),
            "mtu": _count(row.mtu_bytes),
            "mac_address": mac_address(row.mac or ""),
        }
        for row in rows
    }


def counters(rows: Sequence[Interface]) -> dict[str, Row]:
    """`get_interfaces_counters`, since the counters were last cleared."""
    return {
        row.name: {
            "rx_errors": _count(row.in_errors),
            "tx_errors": _count(row.out_errors),
            "rx_discards": _count(row.in_drops),
            "tx_discards": _count(row.out_drops),
            "rx_octets": _count(row.in_bytes),
            "tx_octets": _count(row.out_bytes),
            "rx_unicast_packets": _count(row.in_unicast_packets),
            "tx_unicast_packets": _count(row.out_unicast_packets),
            "rx_multicast_packets": _count(row.in_multicast_packets),
            "tx_multicast_packets": _count(row.out_multicast_packets),
            "rx_broadcast_packets": _count(row.in_broadcast_packets),
            "tx_broadcast_packets": _count(row.out_broadcast_packets),
        }
        for row in rows
    }


def addresses(rows: Sequence[InterfaceAddress]) -> dict[str, Row]:
    """`get_interfaces_ip`: interfaces that have an address, each with `ipv4`, `ipv6` or both."""
    found: dict[str, Row] = {}
    for row in rows:
        family = f"ipv{ip_interface(row.address).version}"
        of_interface = found.setdefault(row.interface, {})
        of_interface.setdefault(family, {})[row.address] = {"prefix_length": row.prefix_length}
    return found


def neighbors(rows: Sequence[LldpNeighbor]) -> dict[str, list[Row]]:
    """`get_lldp_neighbors`, by local port."""
    return _by_port(rows, lambda row: {"hostname": row.remote_system, "port": row.remote_port})


def neighbors_detail(rows: Sequence[LldpNeighbor], interface: str) -> dict[str, list[Row]]:
    """`get_lldp_neighbors_detail`, by local port; of one port only where `interface` names it."""
    chosen = [row for row in rows if interface in ("", row.local_port)]
    return _by_port(chosen, _neighbor)


def _neighbor(row: LldpNeighbor) -> Row:
    return {
        "parent_interface": "",
        "remote_chassis_id": row.chassis_id or "",
        "remote_system_name": row.remote_system,
        "remote_port": row.remote_port,
        "remote_port_description": row.port_description or "",
        "remote_system_description": row.system_description or "",
        "remote_system_capab": list(row.capabilities),
        "remote_system_enable_capab": list(row.enabled_capabilities),
    }


def _by_port(rows: Iterable[LldpNeighbor], shown: Callable[[LldpNeighbor], Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.local_port, []).append(shown(row))
    return found


def arp(rows: Sequence[ArpEntry]) -> list[Row]:
    """`get_arp_table`, of every VRF."""
    return [
        {
            "interface": row.interface or "",
            "mac": mac_address(row.mac),
            "ip": row.ip,
            "age": float(_count(row.age_s)),
        }
        for row in rows
    ]


def macs(rows: Sequence[MacEntry]) -> list[Row]:
    """`get_mac_address_table`; what the table lists is in use."""
    return [
        {
            "mac": mac_address(row.mac),
            "interface": row.interface,
            "vlan": _count(row.vlan),
            "static": row.static,
            "active": True,
            "moves": -1,
            "last_move": -1.0,
        }
        for row in rows
    ]


def vlans(rows: Sequence[Vlan]) -> dict[int, Row]:
    """`get_vlans`, by number."""
    return {row.vlan: {"name": row.name or "", "interfaces": list(row.ports)} for row in rows}


def mac_address(printed: str) -> str:
    """Give `00:00:5E:00:53:01` for any way of writing it; empty for an unresolved entry, which has none."""
    digits = re.sub(r"[^0-9A-Fa-f]", "", printed).upper()
    plain = re.fullmatch(r"[0-9A-Fa-f.:-]+", printed) is not None
    if not plain or len(digits) != _MAC_DIGITS:
        return ""
    return ":".join(digits[i : i + 2] for i in range(0, _MAC_DIGITS, 2))


def _count(value: int | None) -> int:
    return -1 if value is None else value
