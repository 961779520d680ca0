"""INOS 6: ports, aggregation, neighbours, VLANs, addresses and tables."""

import re
from typing import Final, Literal

from parsers.facts import (
    ArpEntry,
    ErrDisabled,
    Interface,
    InterfaceAddress,
    Lag,
    LagMember,
    LldpNeighbor,
    MacEntry,
    OspfNeighbor,
    Route,
    Stp,
    StpPort,
    Vlan,
)
from parsers.inos6_config import interface_blocks, running
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

InterfaceKind = Literal["ethernet", "lag", "vlan", "mgmt", "loopback", "other"]
OspfRole = Literal["DR", "BDR", "DROTHER"]
StpMode = Literal["stp", "rstp", "mstp"]

_KINDS: Final[dict[str, InterfaceKind]] = {
    "eth": "ethernet",
    "agg": "lag",
    "vlan": "vlan",
    "loopback": "loopback",
}
_STP_MODES: Final[dict[str, StpMode]] = {"stp": "stp", "rstp": "rstp", "mstp": "mstp"}
_STP_DEFAULT: Final[StpMode] = "rstp"
_OSPF_ROLES: Final[dict[str, OspfRole]] = {
    "DR": "DR",
    "Backup": "BDR",
    "BDR": "BDR",
    "DROther": "DROTHER",
}
_ROUTES: Final = {
    "K": "kernel",
    "C": "connected",
    "S": "static",
    "R": "rip",
    "B": "bgp",
    "O": "ospf",
    "i": "isis",
    "Dc": "dhcp",
}
_ERR_DISABLED: Final = ("errdisable", "err-disabled")
_MGMT: Final = "mgmt-if"
"""What commands call the management port, which is in a VRF of its own."""


def interfaces(outputs: Outputs) -> tuple[Interface, ...]:
    """Ports and aggregations, without counters; those that the configuration shuts are down by will."""
    rows = outputs.need("show interface status").rows
    if not rows:
        raise UnreadableError("show interface status: no port in it")
    shut = {name for name, block in interface_blocks(running(outputs)) if any(block.find(r"shutdown"))}
    return tuple(_interface(row, shut=row["PORT"] in shut) for row in rows)


def _interface(row: Row, *, shut: bool) -> Interface:
    prefix = re.match(r"[A-Za-z]+", row["PORT"])
    duplex = row["DUPLEX"].removeprefix("a-")
    return Interface(
        seen=row.seen,
        name=row["PORT"],
        kind=_KINDS.get(prefix[0], "other") if prefix else "other",
        admin_up=not shut and row["STATUS"] != "admin down",
        oper_up=row["STATUS"] == "up",
        description=row["DESCRIPTION"] or None,
        speed_mbps=_speed(row["SPEED"]),
        duplex="full" if duplex == "full" else "half" if duplex == "half" else None,
    )


def _speed(printed: str) -> int | None:
    """Read `a-1000`, `10000` or `40G`; None for `auto`, which a port without a link prints."""
    match = re.fullmatch(r"(?:a-)?(\d+(?:\.\d+)?)([MG]?)", printed)
    return None if match is None else round(float(match[1]) * (1000 if match[2] == "G" else 1))


def err_disabled(outputs: Outputs) -> tuple[ErrDisabled, ...]:
    """Ports shut by a protection; the device's word for it stands for the reason, which is not printed."""
    rows = outputs.need("show interface status").rows
    if not rows:
        raise UnreadableError("show interface status: no port in it")
    return tuple(
        ErrDisabled(seen=row.seen, interface=row["PORT"], reason=row["STATUS"])
        for row in rows
        if row["STATUS"] in _ERR_DISABLED
    )


def lags(outputs: Outputs) -> tuple[Lag, ...]:
    """Aggregations with their members; a switch without any prints the heading alone."""
    return tuple(_lag(row) for row in outputs.need("show channel-group summary").rows)


def _lag(row: Row) -> Lag:
    modes: dict[str, Literal["lacp", "static"]] = {"lacp": "lacp", "static": "static"}
    if row["PROTOCOL"].lower() not in modes:
        raise UnreadableError(f"show channel-group summary: protocol {row['PROTOCOL']!r}")
    printed = " ".join((row["PORTS"], *row.all("MORE")))
    return Lag(
        seen=row.seen,
        name=row["NAME"],
        mode=modes[row["PROTOCOL"].lower()],
        oper_up=False if "D" in row["FLAGS"] else "U" in row["FLAGS"] or None,
        members=tuple(_member(name, flags) for name, flags in re.findall(r"(\S+?)\((\w+)\)", printed)),
    )


def _member(name: str, flags: str) -> LagMember:
    """B takes part; D is down; the other flags (s, T, w) are up or not without taking part."""
    bundled = "B" in flags
    return LagMember(interface=name, selected=bundled, oper_up=False if "D" in flags else bundled or None)


def lldp(outputs: Outputs) -> tuple[LldpNeighbor, ...]:
    """Neighbours; none where LLDP is not switched on."""
    if not any(running(outputs).find(r"lldp enable")):
        return ()
    return tuple(
        LldpNeighbor(
            seen=row.seen,
            local_port=row["LOCAL_PORT"],
            remote_system=row["SYSTEM"],
            remote_port=row["REMOTE_PORT"],
        )
        for row in outputs.need("show lldp neighbor brief").rows
    )


def ospf(outputs: Outputs) -> tuple[OspfNeighbor, ...]:
    """OSPF neighbours; none where no process is configured."""
    if not any(running(outputs).find(r"router ospf.*")):
        return ()
    return tuple(
        OspfNeighbor(
            seen=row.seen,
            router_id=row["ROUTER_ID"],
            interface=row["INTERFACE"],
            state=row["STATE"].upper().replace("2-WAY", "2WAY").replace("TWOWAY", "2WAY"),
            role=_OSPF_ROLES.get(row["ROLE"]),
        )
        for row in outputs.need("show ip ospf neighbor").rows
    )


def stp(outputs: Outputs) -> Stp:
    """Spanning tree, which is off without `spanning-tree enable`, and RSTP without a mode."""
    tree = running(outputs)
    on = [line for line, _ in tree.find(r"spanning-tree enable")]
    said = list(tree.find(r"spanning-tree mode (\S+)"))
    mode = said[-1][1][1] if said else _STP_DEFAULT
    if mode not in _STP_MODES:
        raise UnreadableError(f"show running-config: spanning tree of mode {mode!r}")
    seen = tree.seen(*on, *(line for line, _ in said))
    return Stp(seen=seen, enabled=bool(on), mode=_STP_MODES[mode] if on else None)


def stp_ports(outputs: Outputs) -> tuple[StpPort, ...]:
    """Ports of the common spanning tree that are up; none where it is off."""
    rows = outputs.need("show spanning-tree brief").rows
    if not rows or not rows[0]["STATE"]:
        raise UnreadableError("show spanning-tree brief: it does not begin with the state of the whole")
    head, *ports = rows
    return tuple(
        StpPort(
            seen=row.seen,
            name=row["NAME"],
            role=row["ROLE"],
            state=row["PORT_STATE"],
            protection=row["PORT_STATE"] if row["PORT_STATE"].endswith("-inconsistent") else None,
        )
        for row in ports
        if head["STATE"] == "Enabled"
    )


def vlans(outputs: Outputs) -> tuple[Vlan, ...]:
    """VLANs with their ports; VLAN 1 is always there."""
    rows = outputs.need("show vlan all", "show vlan brief").rows
    if not rows:
        raise UnreadableError("show vlan: no VLAN in it")
    return tuple(
        Vlan(seen=row.seen, vlan=int(row["VLAN"]), name=row.maybe("NAME"), ports=_ports(row)) for row in rows
    )


def _ports(row: Row) -> tuple[str, ...]:
    printed = " ".join((row["PORTS"], *row.all("MORE")))
    return tuple(port for port in re.split(r"[,\s]+", re.sub(r"\([ut]\)", "", printed)) if port)


def addresses(outputs: Outputs) -> tuple[InterfaceAddress, ...]:
    """Addresses that are configured, the management port's too; one given by DHCP is not known here."""
    tree = running(outputs)
    form = r"ip(?:v6)? address (\S+)/(\d+).*"
    found = [
        InterfaceAddress(
            seen=tree.seen(line),
            interface=_MGMT,
            address=match[1],
            prefix_length=int(match[2]),
            vrf=_MGMT,
        )
        for line, match in tree.find(f"management {form}")
    ]
    for name, block in interface_blocks(tree):
        vrf = next((match[1] for _, match in block.find(r"ip vrf forwarding (\S+)")), None)
        found += [
            InterfaceAddress(
                seen=tree.seen(block, line),
                interface=name,
                address=match[1],
                prefix_length=int(match[2]),
                vrf=vrf,
            )
            for line, match in block.find(form)
        ]
    return tuple(found)


def arp(outputs: Outputs) -> tuple[ArpEntry, ...]:
    """ARP entries; those still waiting for an answer are left out."""
    return tuple(
        ArpEntry(
            seen=row.seen,
            ip=row["IP"],
            mac=row["MAC"],
            interface=row["INTERFACE"] or None,
            vlan=_vlan(row["INTERFACE"]),
            age_s=None if minutes is None else minutes * 60,
        )
        for row in outputs.need("show ip arp").rows
        for minutes in (row.integer("AGE"),)
        if row["MAC"].lower() != "incomplete"
    )


def _vlan(interface: str) -> int | None:
    match = re.fullmatch(r"vlan(\d+)", interface)
    return None if match is None else int(match[1])


def macs(outputs: Outputs) -> tuple[MacEntry, ...]:
    """MAC addresses; one that goes out of several ports has an entry for each of them."""
    return tuple(
        MacEntry(
            seen=row.seen,
            mac=row["MAC"],
            vlan=int(row["VLAN"]),
            interface=port,
            static=row["TYPE"] == "static",
        )
        for row in outputs.need("show mac address-table").rows
        for port in (*row["PORTS"].replace(",", " ").split(), *row.all("MORE"))
    )


def routes(outputs: Outputs) -> tuple[Route, ...]:
    """The active table of the global VRF; the device's own addresses are `local`."""
    return tuple(_route(row) for row in outputs.need("show ip route").rows)


def _route(row: Row) -> Route:
    letters = row["CODE"].rstrip("*").split()[0]
    if letters not in _ROUTES:
        raise UnreadableError(f"show ip route: code {row['CODE']!r}")
    return Route(
        seen=row.seen,
        prefix=row["PREFIX"],
        protocol="local" if row["HOW"] == "in local loopback" else _ROUTES[letters],
        next_hop=row.maybe("NEXT_HOP"),
        interface=row.maybe("INTERFACE"),
    )
