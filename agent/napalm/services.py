"""Routing, time, accounts and SNMP, in NAPALM's shapes.

`-1`, `-1.0` and `""` stand where the device prints nothing, and for what no fact holds.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from agent.napalm.errors import OptionError
from parsers.facts import BgpPeer, LocalUser, Ntp, Route, Snmp
from parsers.masking import MASK

Row = dict[str, Any]
Network = IPv4Network | IPv6Network

GLOBAL = "global"
"""NAPALM's name of the routing table that belongs to no VRF."""

_LEVELS = {"network-admin": 15, "network-operator": 5}
"""Levels that NAPALM's own drivers give these roles."""


def bgp_neighbors(rows: Sequence[BgpPeer]) -> dict[str, Row]:
    """`get_bgp_neighbors`, by VRF; only the IPv4 unicast peers are asked for."""
    found: dict[str, Row] = {GLOBAL: {"router_id": "", "peers": {}}}
    for row in rows:
        vrf = found.setdefault(row.vrf or GLOBAL, {"router_id": "", "peers": {}})
        vrf["router_id"] = row.router_id or ""
        vrf["peers"][row.address] = {
            "local_as": -1 if row.local_as is None else as_number(row.local_as),
            "remote_as": as_number(row.remote_as),
            "remote_id": "",
            "is_up": row.state == "ESTABLISHED",
            "is_enabled": row.admin_up,
            "description": "",
            "uptime": _count(row.up_s),
            "address_family": {
                "ipv4": {
                    "received_prefixes": _count(row.prefixes_received),
                    "accepted_prefixes": _count(row.prefixes_accepted),
                    "sent_prefixes": _count(row.prefixes_sent),
                }
            },
        }
    return found


def as_number(printed: str) -> int:
    """Give an AS number as one integer, also of the form `65000.1`."""
    high, dot, low = printed.partition(".")
    return (int(high) << 16) + int(low) if dot else int(printed)


def routes_to(
    rows: Sequence[Route], destination: str, protocol: str, *, longer: bool
) -> dict[str, list[Row]]:
    """`get_route_to`, of the active routes of every VRF, by prefix.

    An address without length gives its longest match in each VRF, a prefix itself (`longer`: and all
    within it), an empty destination everything. Raises OptionError for a destination that is neither.
    """
    wanted = [row for row in rows if protocol.lower() in ("", row.protocol.lower())]
    if destination:
        wanted = _matching(wanted, destination, longer=longer)
    found: dict[str, list[Row]] = {}
    for row in wanted:
        found.setdefault(row.prefix, []).append(_route(row))
    return found


def _matching(rows: Sequence[Route], destination: str, *, longer: bool) -> list[Route]:
    try:
        target = ip_network(destination)
    except ValueError as error:
        raise OptionError(f"destination {destination!r}: {error}") from None
    networks = [(ip_network(row.prefix, strict=False), row) for row in rows]
    if "/" in destination:
        return [
            row for network, row in networks if network == target or (longer and _within(network, target))
        ]
    covering = [(network, row) for network, row in networks if _within(target, network)]
    longest: dict[str | None, int] = {}
    for network, row in covering:
        longest[row.vrf] = max(longest.get(row.vrf, 0), network.prefixlen)
    return [row for network, row in covering if network.prefixlen == longest[row.vrf]]


def _within(inner: Network, outer: Network) -> bool:
    """Tell whether one network lies in another of the same family."""
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]


def _route(row: Route) -> Row:
    return {
        "protocol": row.protocol,
        "current_active": True,
        "last_active": True,
        "age": -1,
        "next_hop": row.next_hop or "",
        "outgoing_interface": row.interface or "",
        "selected_next_hop": True,
        "preference": -1,
        "inactive_reason": "",
        "routing_table": row.vrf or GLOBAL,
        "protocol_attributes": {},
    }


def ntp_servers(ntp: Ntp) -> dict[str, Row]:
    """`get_ntp_servers`: every configured source."""
    return {source.address: {} for source in ntp.sources}


def ntp_stats(ntp: Ntp) -> list[Row]:
    """`get_ntp_stats`: milliseconds, and the reach in octal digits, as NAPALM's own drivers have them."""
    return [
        {
            "remote": source.address,
            "referenceid": "",
            "synchronized": ntp.synchronized and source.selected,
            "stratum": _count(source.stratum),
            "type": "",
            "when": "",
            "hostpoll": _count(source.poll_s),
            "reachability": -1 if source.reach is None else int(f"{source.reach:o}"),
            "delay": _milliseconds(source.delay_s),
            "offset": _milliseconds(source.offset_s),
            "jitter": -1.0,
        }
        for source in ntp.sources
    ]


def _milliseconds(seconds: float | None) -> float:
    return -1.0 if seconds is None else round(seconds * 1000, 6)


def users(rows: Sequence[LocalUser]) -> dict[str, Row]:
    """`get_users`; passwords and keys are never read. Level -1 where neither level nor role gives one."""
    return {row.name: {"level": _level(row), "password": "", "sshkeys": []} for row in rows}


def _level(user: LocalUser) -> int:
    if user.level is not None:
        return user.level
    numbered = (re.fullmatch(r"level-(\d+)", role) for role in user.roles)
    return max(
        [_LEVELS.get(role, -1) for role in user.roles] + [int(match[1]) for match in numbered if match],
        default=-1,
    )


def snmp(agent: Snmp) -> Row:
    """`get_snmp_information`; community names are masked and numbered, since nobody keeps them."""
    return {
        "chassis_id": "",
        "contact": agent.contact or "",
        "location": agent.location or "",
        "community": {
            f"{MASK} {number}": {"mode": community.access, "acl": community.acl or "N/A"}
            for number, community in enumerate(agent.communities, 1)
        },
    }


def _count(value: int | None) -> int:
    return -1 if value is None else value
