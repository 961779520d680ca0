"""All facts of one device."""

from dataclasses import dataclass, fields
from typing import get_args, get_origin, get_type_hints

from parsers.config_tree import ConfigTree
from parsers.facts.access import (
    AaaMethod,
    Acl,
    Console,
    ControlPlane,
    LocalUser,
    LoginPolicy,
    LoginSession,
    PasswordPolicy,
    Service,
    Snmp,
    SnmpGroup,
    Ssh,
    Telnet,
    TrapHost,
    Vty,
)
from parsers.facts.attacks import AttackTracing, ControlPlaneDrop
from parsers.facts.hardening import (
    ArpDetection,
    Banner,
    CommandAudit,
    IpSetting,
    NtpAuth,
    RoutingAuth,
)
from parsers.facts.hardware import (
    Alarm,
    Board,
    Cpu,
    Crash,
    Diagnostic,
    Fan,
    FileSystem,
    HardwareResource,
    Identity,
    Memory,
    Module,
    Poe,
    PowerSupply,
    ProcessLoad,
    Software,
    StoredFile,
    Temperature,
    Uptime,
)
from parsers.facts.interfaces import ErrDisabled, Interface, MirrorSession, Optic, PortSetting
from parsers.facts.known import Fact, Reason, Unknown
from parsers.facts.logs import Clock, InfoCenter, LogEvent, Ntp
from parsers.facts.network import (
    ArpEntry,
    BfdSession,
    BgpPeer,
    DhcpSnooping,
    Fhrp,
    InterfaceAddress,
    IsisNeighbor,
    Lag,
    LinkDetection,
    LldpNeighbor,
    LoopDetection,
    MacEntry,
    MacMove,
    Mad,
    Mlag,
    OspfNeighbor,
    Route,
    Stack,
    StackPort,
    Stp,
    StpPort,
    StpProtection,
    TableUse,
    Track,
    Vlan,
)
from parsers.facts.routing import AdjacencyAuth, FhrpTracking, StaticRoute
from parsers.facts.software import BootInfo, License, Patch, SavedState, Startup

NOT_ASKED = Unknown(Reason.NOT_COLLECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything known about one device. A field's name is the name of the fact."""

    identity: Fact[Identity] = NOT_ASKED
    software: Fact[Software] = NOT_ASKED
    uptime: Fact[Uptime] = NOT_ASKED
    boards: Fact[tuple[Board, ...]] = NOT_ASKED
    inventory: Fact[tuple[Module, ...]] = NOT_ASKED
    cpu: Fact[tuple[Cpu, ...]] = NOT_ASKED
    memory: Fact[tuple[Memory, ...]] = NOT_ASKED
    temperatures: Fact[tuple[Temperature, ...]] = NOT_ASKED
    fans: Fact[tuple[Fan, ...]] = NOT_ASKED
    power_supplies: Fact[tuple[PowerSupply, ...]] = NOT_ASKED
    interfaces: Fact[tuple[Interface, ...]] = NOT_ASKED
    err_disabled: Fact[tuple[ErrDisabled, ...]] = NOT_ASKED
    optics: Fact[tuple[Optic, ...]] = NOT_ASKED
    lldp: Fact[tuple[LldpNeighbor, ...]] = NOT_ASKED
    lags: Fact[tuple[Lag, ...]] = NOT_ASKED
    stack: Fact[Stack] = NOT_ASKED
    ospf: Fact[tuple[OspfNeighbor, ...]] = NOT_ASKED
    stp: Fact[Stp] = NOT_ASKED
    clock: Fact[Clock] = NOT_ASKED
    ntp: Fact[Ntp] = NOT_ASKED
    log_events: Fact[tuple[LogEvent, ...]] = NOT_ASKED
    info_center: Fact[InfoCenter] = NOT_ASKED
    patches: Fact[tuple[Patch, ...]] = NOT_ASKED
    startup: Fact[Startup] = NOT_ASKED
    licenses: Fact[tuple[License, ...]] = NOT_ASKED
    users: Fact[tuple[LocalUser, ...]] = NOT_ASKED
    snmp: Fact[Snmp] = NOT_ASKED
    telnet: Fact[Telnet] = NOT_ASKED
    vty: Fact[tuple[Vty, ...]] = NOT_ASKED
    ssh: Fact[Ssh] = NOT_ASKED
    acls: Fact[tuple[Acl, ...]] = NOT_ASKED
    saved_state: Fact[SavedState] = NOT_ASKED
    services: Fact[tuple[Service, ...]] = NOT_ASKED
    console: Fact[Console] = NOT_ASKED
    login_policy: Fact[LoginPolicy] = NOT_ASKED
    password_policy: Fact[PasswordPolicy] = NOT_ASKED
    aaa: Fact[tuple[AaaMethod, ...]] = NOT_ASKED
    login_sessions: Fact[tuple[LoginSession, ...]] = NOT_ASKED
    snmp_groups: Fact[tuple[SnmpGroup, ...]] = NOT_ASKED
    trap_hosts: Fact[tuple[TrapHost, ...]] = NOT_ASKED
    filesystems: Fact[tuple[FileSystem, ...]] = NOT_ASKED
    files: Fact[tuple[StoredFile, ...]] = NOT_ASKED
    alarms: Fact[tuple[Alarm, ...]] = NOT_ASKED
    processes: Fact[tuple[ProcessLoad, ...]] = NOT_ASKED
    crashes: Fact[tuple[Crash, ...]] = NOT_ASKED
    diagnostics: Fact[tuple[Diagnostic, ...]] = NOT_ASKED
    poe: Fact[tuple[Poe, ...]] = NOT_ASKED
    hardware_resources: Fact[tuple[HardwareResource, ...]] = NOT_ASKED
    vlans: Fact[tuple[Vlan, ...]] = NOT_ASKED
    addresses: Fact[tuple[InterfaceAddress, ...]] = NOT_ASKED
    arp: Fact[tuple[ArpEntry, ...]] = NOT_ASKED
    macs: Fact[tuple[MacEntry, ...]] = NOT_ASKED
    table_use: Fact[tuple[TableUse, ...]] = NOT_ASKED
    mac_moves: Fact[tuple[MacMove, ...]] = NOT_ASKED
    stp_ports: Fact[tuple[StpPort, ...]] = NOT_ASKED
    link_detection: Fact[tuple[LinkDetection, ...]] = NOT_ASKED
    loop_detection: Fact[LoopDetection] = NOT_ASKED
    dhcp_snooping: Fact[DhcpSnooping] = NOT_ASKED
    port_settings: Fact[tuple[PortSetting, ...]] = NOT_ASKED
    stp_protection: Fact[StpProtection] = NOT_ASKED
    control_plane: Fact[ControlPlane] = NOT_ASKED
    control_plane_drops: Fact[tuple[ControlPlaneDrop, ...]] = NOT_ASKED
    attack_tracing: Fact[AttackTracing] = NOT_ASKED
    adjacency_auth: Fact[tuple[AdjacencyAuth, ...]] = NOT_ASKED
    static_routes: Fact[tuple[StaticRoute, ...]] = NOT_ASKED
    fhrp_tracking: Fact[tuple[FhrpTracking, ...]] = NOT_ASKED
    bgp: Fact[tuple[BgpPeer, ...]] = NOT_ASKED
    isis: Fact[tuple[IsisNeighbor, ...]] = NOT_ASKED
    bfd: Fact[tuple[BfdSession, ...]] = NOT_ASKED
    fhrp: Fact[tuple[Fhrp, ...]] = NOT_ASKED
    tracks: Fact[tuple[Track, ...]] = NOT_ASKED
    routes: Fact[tuple[Route, ...]] = NOT_ASKED
    stack_ports: Fact[tuple[StackPort, ...]] = NOT_ASKED
    mad: Fact[Mad] = NOT_ASKED
    mlag: Fact[Mlag] = NOT_ASKED
    mirrors: Fact[tuple[MirrorSession, ...]] = NOT_ASKED
    boot: Fact[tuple[BootInfo, ...]] = NOT_ASKED
    ntp_auth: Fact[NtpAuth] = NOT_ASKED
    banners: Fact[tuple[Banner, ...]] = NOT_ASKED
    command_audit: Fact[CommandAudit] = NOT_ASKED
    routing_auth: Fact[tuple[RoutingAuth, ...]] = NOT_ASKED
    arp_detection: Fact[ArpDetection] = NOT_ASKED
    ip_settings: Fact[tuple[IpSetting, ...]] = NOT_ASKED
    config: Fact[ConfigTree] = NOT_ASKED
    """The running configuration itself, for feature conditions of advisories."""


FACT_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Facts))

FACT_TABLES: frozenset[str] = frozenset(
    name
    for name, hint in get_type_hints(Facts).items()
    if get_origin(get_args(get_args(hint)[0])[0]) is tuple
)
"""Facts of many rows, which may be none; the others are one record each."""
