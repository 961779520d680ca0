"""Interfaces, neighbours, aggregations, OSPF and spanning tree of a VRP8 device."""

import re
from typing import Literal

from parsers.facts import (
    ErrDisabled,
    Interface,
    Lag,
    LagMember,
    LinkDetection,
    LldpNeighbor,
    OspfNeighbor,
    Stp,
)
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.times import since_s, stretch_s

InterfaceKind = Literal["ethernet", "lag", "vlan", "mgmt", "loopback", "other"]
Role = Literal["DR", "BDR", "DROTHER"]

_KINDS: tuple[tuple[str, InterfaceKind], ...] = (
    (r"Eth-Trunk\d+", "lag"),
    (r"(?:Vlanif|Vbdif)\d+", "vlan"),
    (r"MEth\S+", "mgmt"),
    (r"LoopBack\d+", "loopback"),
    # 10GE1/0/1, 100GE1/0/1:2, GE1/0/1, GigabitEthernet0/0/1; never a subinterface, which is no port.
    (r"(?:\d*GE|\w*Ethernet)[\d/:]+", "ethernet"),
)

_DUPLEX: dict[str, Literal["full", "half"]] = {"FULL": "full", "HALF": "half"}


def interfaces(outputs: Outputs) -> tuple[Interface, ...]:
    """Every interface with its state, lifetime counters and the rates of the last minutes."""
    rows = outputs.need("display interface").rows
    if not rows:
        raise UnreadableError("display interface: no interface in it")
    return tuple(_interface(row) for row in rows)


def _interface(row: Row) -> Interface:
    name = row["NAME"]
    protocol = row.maybe("PROTOCOL")
    return Interface(
        seen=row.seen,
        name=name,
        kind=next((kind for form, kind in _KINDS if re.fullmatch(form, name)), "other"),
        admin_up=not row["STATE"].startswith("Administratively"),
        oper_up=row["STATE"] == "UP",
        protocol_up=None if protocol is None else protocol.startswith(("UP", "Mac-flapping blocked (UP)")),
        description=row["DESCRIPTION"] or None,
        speed_mbps=_speed(row),
        duplex=_DUPLEX.get(row["DUPLEX"].upper()),
        mtu_bytes=row.integer("MTU"),
        mac=row.maybe("MAC"),
        last_flap_s=since_s(row["NOW"], row["WENT_UP"], row["WENT_DOWN"]),
        cleared_s=since_s(row["NOW"], row["CLEARED"]),
        in_bytes=row.integer("IN_BYTES"),
        out_bytes=row.integer("OUT_BYTES"),
        in_unicast_packets=row.integer("IN_UNICAST"),
        out_unicast_packets=row.integer("OUT_UNICAST"),
        in_multicast_packets=row.integer("IN_MULTICAST"),
        out_multicast_packets=row.integer("OUT_MULTICAST"),
        in_broadcast_packets=row.integer("IN_BROADCAST"),
        out_broadcast_packets=row.integer("OUT_BROADCAST"),
        in_errors=row.integer("IN_ERRORS"),
        out_errors=row.integer("OUT_ERRORS"),
        crc_errors=row.integer("IN_CRC"),
        in_drops=row.integer("IN_DROPS"),
        out_drops=row.integer("OUT_DROPS"),
        in_bps=row.integer("IN_BPS"),
        out_bps=row.integer("OUT_BPS"),
    )


def _speed(row: Row) -> int | None:
    """Speed of a port, or the present bandwidth of an aggregation or management port, in Mbit/s."""
    if bandwidth := re.fullmatch(r"(\d+)\s*([MG])(?:bps)?", row["BANDWIDTH"]):
        return int(bandwidth[1]) * (1000 if bandwidth[2] == "G" else 1)
    return None if row["SPEED"] == "AUTO" else row.integer("SPEED")


def err_disabled(outputs: Outputs) -> tuple[ErrDisabled, ...]:
    """Interfaces that a protection has shut; without any the list is empty or missing."""
    rows = outputs.need("display error-down recovery").rows
    return tuple(ErrDisabled(seen=row.seen, interface=row["INTERFACE"], reason=row["CAUSE"]) for row in rows)


def lldp(outputs: Outputs) -> tuple[LldpNeighbor, ...]:
    """Neighbours; one that gives no name goes by its chassis ID."""
    parsed = outputs.need("display lldp neighbor")
    if not parsed.rows and not any("has 0 neighbor(s)" in line for line in parsed.lines):
        raise UnreadableError("display lldp neighbor: no neighbour, and not said to be none")
    return tuple(_neighbor(row) for row in parsed.rows)


def _neighbor(row: Row) -> LldpNeighbor:
    system = row.maybe("SYSTEM_NAME") or row.maybe("CHASSIS_ID")
    port = row.maybe("PORT_ID")
    if system is None or port is None:
        raise UnreadableError(f"display lldp neighbor: {row['LOCAL_PORT']} hears a neighbour without a name")
    return LldpNeighbor(
        seen=row.seen,
        local_port=row["LOCAL_PORT"],
        remote_system=system,
        remote_port=port,
        chassis_id=row.maybe("CHASSIS_ID"),
        port_description=row.maybe("PORT_DESCRIPTION"),
        system_description="\n".join(line for line in row.all("DESCRIPTION") if line != "--") or None,
        capabilities=tuple((row.maybe("CAPABILITIES") or "").split()),
        enabled_capabilities=tuple((row.maybe("ENABLED_CAPABILITIES") or "").split()),
        management_address=next((a for a in row.all("MANAGEMENT") if a.strip("-")), None),
    )


def link_detection(outputs: Outputs) -> tuple[LinkDetection, ...]:
    """Ports that DLDP watches, with the state of each; none where it is off."""
    rows = outputs.need("display dldp").rows
    if not any(row["KIND"] == "global" for row in rows):
        raise UnreadableError("display dldp: no global state in it")
    ports = [row for row in rows if row["KIND"] == "Interface"]
    if not all(row["STATE"] for row in ports):
        raise UnreadableError("display dldp: a port without a state")
    return tuple(
        LinkDetection(seen=row.seen, interface=row["INTERFACE"], state=row["STATE"]) for row in ports
    )


_LAG_MODES: dict[str, Literal["static", "lacp"]] = {
    "NORMAL": "static",
    "STATIC": "lacp",
    "DYNAMIC": "lacp",
    "LACP": "lacp",
}


def lags(outputs: Outputs) -> tuple[Lag, ...]:
    """Eth-Trunks; a member is selected when it is `Selected` (LACP) or `Up` (manual)."""
    return tuple(_lag(row) for row in outputs.need("display eth-trunk").rows)


def _lag(row: Row) -> Lag:
    mode = _LAG_MODES.get(row["MODE"].upper())
    if mode is None:
        raise UnreadableError(f"{row['NAME']}: working mode {row['MODE']!r}")
    members = zip(row.all("MEMBERS"), row.all("MEMBER_STATES"), strict=True)
    return Lag(
        seen=row.seen,
        name=row["NAME"],
        mode=mode,
        oper_up=row["STATUS"] == "up" if row["STATUS"] else None,
        members=tuple(_member(name, state) for name, state in members),
    )


def _member(name: str, state: str) -> LagMember:
    """`Unselect` says nothing of the link itself, the other words do."""
    up = {"Up": True, "Selected": True, "Indep": True, "Down": False, "Offline": False}.get(state)
    return LagMember(interface=name, selected=state in ("Selected", "Up"), oper_up=up)


def ospf(outputs: Outputs) -> tuple[OspfNeighbor, ...]:
    """OSPF neighbours of every process; empty where OSPF does not run or hears nobody."""
    return tuple(_ospf_neighbor(row) for row in outputs.need("display ospf peer").rows)


def _ospf_neighbor(row: Row) -> OspfNeighbor:
    if not row["STATE"]:
        raise UnreadableError(f"display ospf peer: {row['ROUTER_ID']} without a state")
    return OspfNeighbor(
        seen=row.seen,
        router_id=row["ROUTER_ID"],
        interface=row["INTERFACE"],
        state=row["STATE"].upper().replace("-", ""),
        role=_role(row, row["ADDRESS"]),
        local_role=_role(row, row["LOCAL_ADDRESS"]),
        up_s=stretch_s(row["UP"]) if row.maybe("UP") else None,
    )


def _role(row: Row, address: str) -> Role | None:
    """Role of an address on its segment; links without an election print no designated router."""
    if row["DR"] in ("", "None", "0.0.0.0"):  # noqa: S104 - the text of a device, nothing is bound
        return None
    return "DR" if address == row["DR"] else "BDR" if address == row["BDR"] else "DROTHER"


_STP_MODES: dict[str, Literal["stp", "rstp", "mstp", "vbst"]] = {
    "STP": "stp",
    "RSTP": "rstp",
    "MSTP": "mstp",
    "VBST": "vbst",
}


def stp(outputs: Outputs) -> Stp:
    """Spanning tree; a device on which it is off prints its status, one on which it is on its mode."""
    rows = outputs.need("display stp").rows
    if not rows or not (rows[0]["MODE"] or rows[0]["STATUS"]):
        raise UnreadableError("display stp: neither a mode nor a status in it")
    row = rows[0]
    return Stp(
        seen=row.seen,
        enabled=row["STATUS"] != "Disabled",
        mode=_STP_MODES.get(row["MODE"]),
        bridge_id=row["BRIDGE"].replace(" ", ""),
        root_bridge=row["ROOT"].replace(" ", "") or None,
    )
