"""Addresses, routes, routing protocols and what guards them on a Comware 7 switch."""

import re
from collections.abc import Iterator
from ipaddress import ip_interface
from typing import Literal

from parsers.comware_config import RUNNING, configuration
from parsers.comware_network import full_name
from parsers.comware_rows import printed, required
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    ArpEntry,
    BfdSession,
    BgpPeer,
    Fhrp,
    InterfaceAddress,
    IsisNeighbor,
    Route,
    Track,
)
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.times import stretch_s

_VRRP_STATES: dict[str, Literal["master", "backup", "init"]] = {
    "Master": "master",
    "Backup": "backup",
    "Initialize": "init",
    "Inactive": "init",
}
_TRACK_STATES: dict[str, Literal["positive", "negative", "notready"]] = {
    "Positive": "positive",
    "Negative": "negative",
    "NotReady": "notready",
}


def addresses(outputs: Outputs) -> tuple[InterfaceAddress, ...]:
    """Read the addresses that the configuration gives to interfaces.

    Raises UnreadableError where an interface gets its address from elsewhere, since the
    configuration does not show it.
    """
    tree = configuration(outputs)
    # A tunnel's mode stands behind its name.
    found = tree.find(r"interface (\S+)(?: mode .+)?")
    return tuple(address for line, m in found for address in _of(tree, line, m[1]))


def _of(tree: ConfigTree, line: ConfigLine, interface: str) -> Iterator[InterfaceAddress]:
    vrfs = [match[1] for _, match in line.find(r"ip binding vpn-instance (\S+)")]
    for said, match in line.find(r"(?:ip|ipv6) address (.+)"):
        form = re.fullmatch(r"(\S+?)(?:[/ ](\d[\d.]*))?(?: sub| link-local| eui-64| anycast)?", match[1])
        if form is None or form[1] in {"dhcp-alloc", "bootp-alloc", "unnumbered", "auto", "ppp-negotiate"}:
            raise UnreadableError(f"{RUNNING}: {interface} gets its address from elsewhere: {match[1]!r}")
        length = "128" if form[2] is None and ":" in form[1] else form[2]
        yield InterfaceAddress(
            seen=tree.seen(line, said),
            interface=interface,
            address=form[1],
            prefix_length=_prefix_length(form[1], length),
            vrf=vrfs[-1] if vrfs else None,
        )


def _prefix_length(address: str, mask: str | None) -> int:
    try:
        return ip_interface(f"{address}/{mask}").network.prefixlen
    except ValueError:
        raise UnreadableError(f"{RUNNING}: address {address!r} with mask {mask!r}") from None


def arp(outputs: Outputs) -> tuple[ArpEntry, ...]:
    """Read the ARP table; a switch that knows nobody prints the header alone."""
    return tuple(_arp(row) for row in printed(outputs, "display arp"))


def _arp(row: Row) -> ArpEntry:
    required(row, "MAC", "INTERFACE")
    interface = row.maybe("INTERFACE")
    return ArpEntry(
        seen=row.seen,
        ip=row["IP"],
        mac=row["MAC"],
        interface=None if interface is None else full_name(interface),
        vlan=row.integer("VLAN"),
    )


def routes(outputs: Outputs) -> tuple[Route, ...]:
    """Read the active routes of the public network; those of VPN instances are printed elsewhere."""
    return tuple(_route(row) for row in printed(outputs, "display ip routing-table"))


def _route(row: Row) -> Route:
    required(row, "PREFIX", "PROTOCOL", "NEXT_HOP", "INTERFACE")
    return Route(
        seen=row.seen,
        prefix=row["PREFIX"],
        protocol=row["PROTOCOL"],
        next_hop=row["NEXT_HOP"],
        interface=full_name(row["INTERFACE"]),
    )


def bgp(outputs: Outputs) -> tuple[BgpPeer, ...]:
    """Read the IPv4 peers of the public network; none without BGP in the configuration.

    Raises UnreadableError where peers of a VPN instance are configured, which the command leaves out.
    """
    return bgp_peers(outputs, "display bgp peer ipv4", r"ip vpn-instance .+")


def bgp_peers(outputs: Outputs, command: str, of_instance: str) -> tuple[BgpPeer, ...]:
    """Do as `bgp` does, with the command and the block of a VPN instance as the platform has them."""
    processes = [line for line, _ in configuration(outputs).find(r"bgp \S+(?: .+)?")]
    if not processes:
        return ()
    for instance in (line for process in processes for line, _ in process.find(of_instance)):
        if any(line.text.startswith("peer ") for line in instance.walk()):
            raise UnreadableError(f"{command}: peers of {instance.text} are not among them")
    return tuple(_bgp_peer(row) for row in printed(outputs, command))


def _bgp_peer(row: Row) -> BgpPeer:
    required(row, "AS", "STATE", "SINCE")
    word = row["STATE"]
    state = word.split("(")[0].strip().upper()
    return BgpPeer(
        seen=row.seen,
        address=row["PEER"],
        remote_as=row["AS"],
        state=state,
        admin_up="(Admin)" not in word,
        prefixes_received=row.integer("PREFIXES"),
        up_s=stretch_s(row["SINCE"]) if state == "ESTABLISHED" else None,
        local_as=row.maybe("LOCAL_AS"),
        router_id=row.maybe("ROUTER_ID"),
        family="ipv4",
    )


def isis(outputs: Outputs) -> tuple[IsisNeighbor, ...]:
    """Read the neighbours of every IS-IS process; none without IS-IS in the configuration."""
    if not any(configuration(outputs).find(r"isis(?: \d+)?(?: .+)?")):
        return ()
    rows = printed(outputs, "display isis peer")
    for row in rows:
        required(row, "INTERFACE", "STATE")
    return tuple(
        IsisNeighbor(
            seen=row.seen,
            system_id=row["SYSTEM"],
            interface=full_name(row["INTERFACE"]),
            state=row["STATE"].upper(),
        )
        for row in rows
    )


def bfd(outputs: Outputs) -> tuple[BfdSession, ...]:
    """Read the BFD sessions; the sums come even when there is none."""
    rows = printed(outputs, "display bfd session")
    for row in rows:
        required(row, "STATE", "INTERFACE")
    return tuple(
        BfdSession(
            seen=row.seen,
            peer=row["PEER"],
            interface=full_name(row["INTERFACE"]) if row.maybe("INTERFACE") else None,
            state=row["STATE"].upper(),
        )
        for row in rows
    )


def fhrp(outputs: Outputs) -> tuple[Fhrp, ...]:
    """Read the IPv4 virtual routers; none where the configuration gives no interface one.

    `vip` is the first address of a virtual router that has several.
    """
    if not any(line.text.startswith("vrrp vrid ") for line in configuration(outputs).walk()):
        return ()
    return tuple(_fhrp(row) for row in printed(outputs, "display vrrp verbose"))


def _fhrp(row: Row) -> Fhrp:
    required(row, "VRID", "STATE")
    if row["STATE"] not in _VRRP_STATES:
        raise UnreadableError(f"display vrrp verbose: state {row['STATE']!r}")
    return Fhrp(
        seen=row.seen,
        interface=row["INTERFACE"],
        group=int(row["VRID"]),
        vip=next(iter(row.all("VIP")), None),
        state=_VRRP_STATES[row["STATE"]],
        priority=row.integer("PRIORITY"),
    )


def tracks(outputs: Outputs) -> tuple[Track, ...]:
    """Read the track entries; nothing is printed where there is none."""
    rows = outputs.need("display track all").rows
    for row in rows:
        required(row, "STATE")
    return tuple(Track(seen=row.seen, id=row["ID"], state=_TRACK_STATES[row["STATE"]]) for row in rows)
