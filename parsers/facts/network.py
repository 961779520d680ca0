"""Neighbours, aggregation, stacking, routing, spanning tree."""

from dataclasses import dataclass
from typing import Literal

from parsers.facts.known import FactRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LldpNeighbor(FactRow):
    """One neighbour heard on one port."""

    local_port: str
    remote_system: str
    remote_port: str
    chassis_id: str | None = None
    """As printed, mostly a MAC address."""
    port_description: str | None = None
    system_description: str | None = None
    """The neighbour's own words, of several lines."""
    capabilities: tuple[str, ...] = ()
    """What it can be, in the device's words; empty where it is not printed."""
    enabled_capabilities: tuple[str, ...] = ()
    """What it is at present."""
    management_address: str | None = None
    """The first where there are several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LagMember:
    """One member port of an aggregation."""

    interface: str
    selected: bool
    """Carries traffic in the aggregation (Selected, Up, P)."""
    oper_up: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag(FactRow):
    """One link aggregation."""

    name: str
    mode: Literal["static", "lacp"]
    oper_up: bool | None
    members: tuple[LagMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackMember(FactRow):
    """One member of an IRF, stack or CSS."""

    member: int
    role: Literal["master", "standby", "slave"]
    state: str | None = None
    """In the device's words; None where the platform prints only the role."""
    priority: int | None = None
    mac: str | None = None
    software_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The stack; a device that runs alone has no members or one."""

    enabled: bool
    members: tuple[StackMember, ...]
    topology: Literal["ring", "chain"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OspfNeighbor(FactRow):
    """One OSPF neighbour."""

    router_id: str
    interface: str
    state: str
    """Upper case without role suffix: `FULL`, `2WAY`, `EXSTART`, `INIT`, ..."""
    role: Literal["DR", "BDR", "DROTHER"] | None = None
    """The neighbour's role on the segment; None on point-to-point links or where not printed."""
    local_role: Literal["DR", "BDR", "DROTHER"] | None = None
    up_s: int | None = None
    """Seconds since it came up; None where that is not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stp(FactRow):
    """Spanning tree, globally."""

    enabled: bool
    mode: Literal["stp", "rstp", "mstp", "pvst", "rapid-pvst", "vbst"] | None
    bridge_id: str | None = None
    root_bridge: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StpProtection(FactRow):
    """Protections of spanning tree that are set for the whole device."""

    bpdu_guard: bool
    """Edge ports that hear another bridge are shut."""
    tc_protection: bool | None
    """Floods of topology change messages are held back; None where the platform knows no such setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vlan(FactRow):
    """One VLAN and the ports in it."""

    vlan: int
    name: str | None = None
    ports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceAddress(FactRow):
    """One address of a routed interface."""

    interface: str
    address: str
    prefix_length: int
    vrf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArpEntry(FactRow):
    """One entry of the ARP table."""

    ip: str
    mac: str
    """As printed."""
    interface: str | None
    vlan: int | None = None
    vrf: str | None = None
    """None for the public table, and where the table does not say."""
    age_s: int | None = None
    """Seconds since it was learned or renewed; None where the device prints how long it will stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MacEntry(FactRow):
    """One entry of the MAC address table."""

    mac: str
    vlan: int | None
    interface: str
    static: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUse(FactRow):
    """Use of the MAC, ARP or routing table as a whole."""

    table: Literal["mac", "arp", "route"]
    used: int
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MacMove(FactRow):
    """A MAC address seen moving between ports."""

    mac: str
    vlan: int | None
    count: int | None
    last_at: str | None
    """Time as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StpPort(FactRow):
    """One port in spanning tree."""

    name: str
    role: str
    state: str
    instance: int | None = None
    protection: str | None = None
    """Why a protection blocks it; None for not blocked or not printed."""
    tc_received: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDetection(FactRow):
    """DLDP or UDLD on one port."""

    interface: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopDetection(FactRow):
    """Loop detection, globally."""

    enabled: bool
    looped_ports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DhcpSnooping(FactRow):
    """DHCP snooping, globally."""

    enabled: bool
    everywhere: bool = False
    """It works in every VLAN; else in `vlans` alone, which may be none."""
    vlans: tuple[int, ...] = ()
    trusted_ports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpPeer(FactRow):
    """One BGP peer."""

    address: str
    remote_as: str
    state: str
    """Upper case: `ESTABLISHED`, `IDLE`, ..."""
    admin_up: bool = True
    prefixes_received: int | None = None
    prefixes_accepted: int | None = None
    prefixes_sent: int | None = None
    up_s: int | None = None
    vrf: str | None = None
    local_as: str | None = None
    router_id: str | None = None
    """Of this device, in the peer's VRF."""
    family: Literal["ipv4", "ipv6"] | None = None
    """Address family (unicast) of the table it was read from; None for a list of sessions of any family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IsisNeighbor(FactRow):
    """One IS-IS neighbour."""

    system_id: str
    interface: str
    state: str
    """`UP`, `INIT`, `DOWN`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BfdSession(FactRow):
    """One BFD session."""

    peer: str
    interface: str | None
    state: str
    """`UP`, `DOWN`, `ADMINDOWN`, `INIT`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fhrp(FactRow):
    """One VRRP or HSRP group on one interface."""

    interface: str
    group: int
    vip: str | None
    state: Literal["master", "backup", "init"]
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(FactRow):
    """One tracked object."""

    id: str
    state: Literal["positive", "negative", "notready"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(FactRow):
    """One route of the active table."""

    prefix: str
    protocol: str
    next_hop: str | None
    interface: str | None
    vrf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StackPort(FactRow):
    """One stacking port or IRF port."""

    name: str
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mad(FactRow):
    """Multi-active detection of a stack."""

    modes: tuple[str, ...]
    """Enabled ways of detection in lower case: `bfd`, `lacp`, `arp`, `direct`, `relay`, ..."""
    faulty: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MlagMember(FactRow):
    """One dual-homed aggregation."""

    name: str
    local_up: bool
    peer_up: bool | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mlag(FactRow):
    """Cross-device aggregation (M-LAG, vPC)."""

    role: Literal["primary", "secondary"] | None
    peer_reachable: bool | None
    keepalive_ok: bool | None
    peer_link_up: bool | None
    consistent: bool | None
    inconsistent_types: tuple[Literal[1, 2], ...] = ()
    """In what the two differ: settings of type 1 stop traffic, those of type 2 only ought to be the same.
    Empty also where the device does not tell the types apart."""
    peer_version: str | None = None
    """What the other device runs, as printed."""
    members: tuple[MlagMember, ...] = ()
    peer_link: str | None = None
    """Interface that connects the two devices."""
