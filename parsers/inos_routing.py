"""INOS-CN: addresses, routes, routing neighbours, BFD, gateway redundancy, tracking and vPC."""

import re
from typing import Literal

from parsers.facts import (
    BfdSession,
    BgpPeer,
    Fhrp,
    InterfaceAddress,
    IsisNeighbor,
    Mlag,
    MlagMember,
    Route,
    Track,
)
from parsers.inos_config import feature_on, has_vrfs, of_every_vrf, process_vrfs, running
from parsers.inos_names import long_name
from parsers.inos_switching import headed
from parsers.inos_totals import all_there
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

FhrpState = Literal["master", "backup", "init"]

_DEFAULT_VRF = "default"


def _vrf(name: str) -> str | None:
    return None if name in ("", _DEFAULT_VRF) else name


def addresses(outputs: Outputs) -> tuple[InterfaceAddress, ...]:
    """IPv4 addresses of the configuration; the state command prints them without prefix length."""
    tree = running(outputs)
    found = []
    for block, name in tree.find(r"interface (\S+)"):
        vrf = next((match[1] for _, match in block.find(r"vrf member (\S+)")), "")
        for line, match in block.find(r"ip address (\d+\.\d+\.\d+\.\d+)/(\d+)(?: .*)?"):
            found.append(
                InterfaceAddress(
                    seen=tree.seen(block, line),
                    interface=name[1],
                    address=match[1],
                    prefix_length=int(match[2]),
                    vrf=_vrf(vrf),
                )
            )
    return tuple(found)


def routes(outputs: Outputs) -> tuple[Route, ...]:
    """Best paths of all VRFs."""
    parsed = of_every_vrf(outputs, "show ip route", others=has_vrfs)
    headed(parsed, r"IP Route Table for ")
    return tuple(
        Route(
            seen=row.seen,
            prefix=row["PREFIX"],
            protocol=row["PROTOCOL"],
            next_hop=row.maybe("NEXT_HOP"),
            interface=long_name(row["INTERFACE"]) if row["INTERFACE"] else None,
            vrf=_vrf(row["VRF"]),
        )
        for row in parsed.rows
        if row["BEST"]
    )


# --- neighbours -----------------------------------------------------------------------------------

_BGP_STATES = {
    "I": "IDLE",
    "A": "ACTIVE",
    "O": "OPEN",
    "E": "ESTABLISHED",
    "C": "CLOSING",
    "S": "SHUTDOWN",
}


def bgp(outputs: Outputs) -> tuple[BgpPeer, ...]:
    """Peers of all address families; none where the feature is off, as it is by default.

    `show bgp sessions` alone is of the default VRF: enough where the configuration has peers in no other.
    """
    tree = running(outputs)
    if not feature_on(tree, "bgp"):
        return ()
    parsed = of_every_vrf(outputs, "show bgp sessions", others=process_vrfs("bgp"))
    all_there(parsed, r"Total peers (\d+), established peers \d+")
    headed(parsed, r"Total peers 0,")
    return tuple(
        BgpPeer(
            seen=row.seen,
            address=row["NEIGHBOR"],
            remote_as=row["ASN"],
            state=_BGP_STATES[row["STATE"]],
            admin_up=row["STATE"] != "S",
            up_s=_seconds(row["CHANGED"]) if row["STATE"] == "E" else None,
            vrf=_vrf(row["VRF"]),
            local_as=row.maybe("LOCAL_AS"),
            router_id=row.maybe("ROUTER_ID"),
        )
        for row in parsed.rows
    )


_UNITS = {"y": 365 * 86400, "w": 7 * 86400, "d": 86400, "h": 3600}


def _seconds(printed: str) -> int | None:
    """Read `01:05:37`, `1d02h`, `3w0d` or `1y10w`; None for `never`."""
    if clock := re.fullmatch(r"(\d+):(\d\d):(\d\d)", printed):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    parts = re.findall(r"(\d+)([ywdh])", printed)
    if "".join(number + unit for number, unit in parts) != printed:
        return None
    return sum(int(number) * _UNITS[unit] for number, unit in parts)


def isis(outputs: Outputs) -> tuple[IsisNeighbor, ...]:
    """Adjacencies; none where the feature is off, as it is by default."""
    if not feature_on(running(outputs), "isis"):
        return ()
    parsed = of_every_vrf(outputs, "show isis adjacency", others=process_vrfs("isis"))
    headed(parsed, r"IS-IS adjacency database:")
    return tuple(
        IsisNeighbor(
            seen=row.seen,
            system_id=row["SYSTEM"],
            interface=long_name(row["INTERFACE"]),
            state=row["STATE"],
        )
        for row in parsed.rows
    )


def bfd(outputs: Outputs) -> tuple[BfdSession, ...]:
    """Sessions; none where the feature is off, as it is by default."""
    if not feature_on(running(outputs), "bfd"):
        return ()
    parsed = of_every_vrf(outputs, "show bfd neighbors", others=has_vrfs)
    headed(parsed, r"OurAddr\s+NeighAddr")
    return tuple(
        BfdSession(
            seen=row.seen,
            peer=row["PEER"],
            interface=long_name(row["INTERFACE"]),
            state=row["STATE"].upper(),
        )
        for row in parsed.rows
    )


# --- gateway redundancy ---------------------------------------------------------------------------

_FHRP_STATES: dict[str, FhrpState] = {
    "Active": "master",
    "Standby": "backup",
    "Listen": "backup",
    "Speak": "init",
    "Learn": "init",
    "Initial": "init",
    "Disabled": "init",
    "Master": "master",
    "Backup": "backup",
    "Init": "init",
    "Initialize": "init",
}


def fhrp(outputs: Outputs) -> tuple[Fhrp, ...]:
    """HSRP and VRRP groups; none where both features are off, as they are by default.

    Raises UnreadableError where VRRPv3 is on, whose output is not read.
    """
    tree = running(outputs)
    if feature_on(tree, "vrrpv3"):
        raise UnreadableError("show vrrpv3: its form is not known")
    rows: list[Row] = []
    if feature_on(tree, "hsrp"):
        rows += outputs.need("show hsrp all", "show hsrp brief").rows
    if feature_on(tree, "vrrp"):
        parsed = outputs.need("show vrrp")
        headed(parsed, r"\s*Interface\s+VR\s")
        rows += parsed.rows
    return tuple(_fhrp(row) for row in rows)


def _fhrp(row: Row) -> Fhrp:
    if row["STATE"] not in _FHRP_STATES:
        raise UnreadableError(f"{row.seen.command}: {row['INTERFACE']} group {row['GROUP']} has no state")
    return Fhrp(
        seen=row.seen,
        interface=long_name(row["INTERFACE"]),
        group=int(row["GROUP"]),
        vip=row.maybe("VIP"),
        state=_FHRP_STATES[row["STATE"]],
        priority=row.integer("PRIORITY"),
    )


def tracks(outputs: Outputs) -> tuple[Track, ...]:
    """Tracked objects; nothing is printed where the configuration has none."""
    if next(running(outputs).find(r"track \d+ .*"), None) is None:
        return ()
    rows = outputs.need("show track").rows
    stateless = [row["ID"] for row in rows if not row["STATE"]]
    if not rows or stateless:
        raise UnreadableError(f"show track: no state of {', '.join(stateless) or 'anything'} in it")
    return tuple(
        Track(seen=row.seen, id=row["ID"], state="positive" if row["STATE"] == "UP" else "negative")
        for row in rows
    )


# --- vPC ------------------------------------------------------------------------------------------


def mlag(outputs: Outputs) -> Mlag:
    """The vPC domain; none where the feature is off, as it is by default."""
    tree = running(outputs)
    if not feature_on(tree, "vpc"):
        return Mlag(
            seen=tree.seen(),
            role=None,
            peer_reachable=None,
            keepalive_ok=None,
            peer_link_up=None,
            consistent=None,
        )
    rows = outputs.need("show vpc").rows
    domain = next((row for row in rows if row["NAME"] == "domain"), None)
    if domain is None:
        raise UnreadableError("show vpc: no domain in it")
    peer_link = next((row for row in rows if row["TABLE"].lower() == "peer-link"), None)
    return Mlag(
        seen=domain.seen,
        role=_role(domain["ROLE"]),
        peer_reachable=domain["PEER"] == "peer adjacency formed ok" if domain["PEER"] else None,
        keepalive_ok=domain["KEEPALIVE"] == "peer is alive" if domain["KEEPALIVE"] else None,
        peer_link_up=peer_link["STATE"] == "up" if peer_link else None,
        consistent=_consistent(domain),
        inconsistent_types=_inconsistent_types(domain),
        members=tuple(_member(row) for row in rows if row["TABLE"] == "vPC"),
        peer_link=long_name(peer_link["NAME"]) if peer_link else None,
    )


def _role(printed: str) -> Literal["primary", "secondary"] | None:
    """Read `secondary, operational primary` too, which says what it is at present last."""
    for role in re.findall(r"primary|secondary", printed)[::-1]:
        return "primary" if role == "primary" else "secondary"
    return None


def _consistent(domain: Row) -> bool | None:
    results = [domain[name] for name in ("CONSISTENCY", "PER_VLAN", "TYPE_2") if domain[name]]
    return all(result == "success" for result in results) if results else None


def _inconsistent_types(domain: Row) -> tuple[Literal[1, 2], ...]:
    """Settings of a VLAN are of type 1 too: those that differ stop in that VLAN."""
    first = "failed" in (domain["CONSISTENCY"], domain["PER_VLAN"])
    second = domain["TYPE_2"] == "failed"
    return (1, 2) if first and second else (1,) if first else (2,) if second else ()


def _member(row: Row) -> MlagMember:
    reason = " ".join(row.all("REASON"))
    return MlagMember(
        seen=row.seen,
        name=long_name(row["NAME"]),
        local_up=row["STATE"] == "up",
        peer_up=None,
        reason=None if reason in ("", "success") else reason,
    )
