"""Readers of Huawei VRP5, campus switches."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from parsers import (
    control_plane,
    ip_settings,
    port_settings,
    routing_settings,
    vrp5_hardware,
    vrp5_ports,
    vrp5_system,
    vrp5_tables,
    vrp5_upkeep,
    vrp8_tables,
    vrp8_upkeep,
    vrp_access,
    vrp_acls,
    vrp_attacks,
    vrp_config,
    vrp_hardening,
    vrp_routing,
    vrp_switching,
)
from parsers.config_tree import ConfigTree
from parsers.facts import (
    AaaMethod,
    Acl,
    Console,
    DhcpSnooping,
    LocalUser,
    LoginPolicy,
    LoopDetection,
    MirrorSession,
    Mlag,
    PasswordPolicy,
    SavedState,
    Service,
    Snmp,
    SnmpGroup,
    Ssh,
    TrapHost,
    Vty,
)
from parsers.reader import Outputs, Reader
from parsers.vrp_config import Dialect

DIALECT: Final = Dialect(
    telnet_enabled=False,
    stelnet_enabled=False,
    inbound=("ssh", "telnet"),
    snmp_versions=("v3",),
    idle_min=10,
    max_fail=3,
    lock_min=5,
    password_length=8,
    password_types=2,
)
"""Defaults of releases from V200R010 on, by the campus switches' command reference (`idle-timeout`,
`local-aaa-user wrong-password`) and its configuration guides (password complexity in AAA, version of
SNMP). That SSH is off, idle lines close after ten minutes and SNMP is of version 3 stands in the command
reference of S1720 to S6720, V200R011C10 (`stelnet server enable`, `idle-timeout`, `snmp-agent sys-info`).
What a VTY line accepts where nothing is said has changed from Telnet to SSH between releases (SSH there),
so both are taken to come in. Telnet, SSH and web servers are read from their status, not from these."""


def users(outputs: Outputs) -> tuple[LocalUser, ...]:
    """Local accounts of the running configuration."""
    return vrp_config.users(vrp_config.running(outputs))


def snmp(outputs: Outputs) -> Snmp:
    """SNMP agent of the running configuration."""
    return vrp_config.snmp(vrp_config.running(outputs), DIALECT)


def vty(outputs: Outputs) -> tuple[Vty, ...]:
    """Login lines of the running configuration."""
    return vrp_config.vty(vrp_config.running(outputs), DIALECT)


def ssh(outputs: Outputs) -> Ssh:
    """SSH server, see `vrp5_system.ssh`."""
    return vrp5_system.ssh(outputs, DIALECT)


def acls(outputs: Outputs) -> tuple[Acl, ...]:
    """Access lists of the running configuration."""
    return vrp_acls.acls(vrp_config.running(outputs))


def services(outputs: Outputs) -> tuple[Service, ...]:
    """Servers of the running configuration, web servers from their status."""
    tree = vrp_config.running(outputs)
    acl = vrp_access.service_acl(tree, "http")
    web = (replace(server, acl=acl) for server in vrp5_system.web(outputs))
    return (*web, *vrp_access.services(tree, DIALECT))


def console(outputs: Outputs) -> Console:
    """Console of the running configuration."""
    return vrp_access.console(vrp_config.running(outputs), DIALECT)


def login_policy(outputs: Outputs) -> LoginPolicy:
    """Locking of local accounts by the running configuration."""
    return vrp_access.login_policy(vrp_config.running(outputs), DIALECT)


def password_policy(outputs: Outputs) -> PasswordPolicy:
    """Demands on local passwords by the running configuration."""
    return vrp_access.password_policy(vrp_config.running(outputs), DIALECT)


def aaa(outputs: Outputs) -> tuple[AaaMethod, ...]:
    """Authentication schemes of the running configuration."""
    return vrp_access.aaa(vrp_config.running(outputs))


def snmp_groups(outputs: Outputs) -> tuple[SnmpGroup, ...]:
    """SNMPv3 groups of the running configuration."""
    return vrp_config.snmp_groups(vrp_config.running(outputs))


def trap_hosts(outputs: Outputs) -> tuple[TrapHost, ...]:
    """Trap targets of the running configuration."""
    return vrp_access.trap_hosts(vrp_config.running(outputs))


def dhcp_snooping(outputs: Outputs) -> DhcpSnooping:
    """DHCP snooping of the running configuration."""
    return vrp_switching.dhcp_snooping(vrp_config.running(outputs))


def loop_detection(outputs: Outputs) -> LoopDetection:
    """Whether loop detection is on, by the running configuration."""
    return vrp_switching.loop_detection(vrp_config.running(outputs))


def mlag(outputs: Outputs) -> Mlag:
    """That there is no M-LAG, by the running configuration."""
    return vrp_switching.no_mlag(vrp_config.running(outputs))


def mirrors(outputs: Outputs) -> tuple[MirrorSession, ...]:
    """Port mirroring of the running configuration."""
    return vrp_switching.mirrors(vrp_config.running(outputs))


def saved_state(outputs: Outputs) -> SavedState:
    """Running against saved configuration; this platform has no candidate."""
    return vrp_config.saved_state(outputs)


def config(outputs: Outputs) -> ConfigTree:
    """The running configuration."""
    return vrp_config.running(outputs)


READERS: Mapping[str, Reader] = {
    "identity": vrp5_system.identity,
    "software": vrp5_system.software,
    "uptime": vrp5_system.uptime,
    "boards": vrp5_hardware.boards,
    "inventory": vrp5_hardware.inventory,
    "cpu": vrp5_hardware.cpu,
    "memory": vrp5_hardware.memory,
    "temperatures": vrp5_hardware.temperatures,
    "fans": vrp5_hardware.fans,
    "power_supplies": vrp5_hardware.power_supplies,
    "interfaces": vrp5_ports.interfaces,
    "err_disabled": vrp5_ports.err_disabled,
    "optics": vrp5_ports.optics,
    "lldp": vrp5_ports.lldp,
    "lags": vrp5_ports.lags,
    "stack": vrp5_system.stack,
    "ospf": vrp5_system.ospf,
    "stp": vrp5_system.stp,
    "clock": vrp5_system.clock,
    "ntp": vrp5_system.ntp,
    "log_events": vrp5_system.log_events,
    "info_center": vrp5_system.info_center,
    "patches": vrp5_system.patches,
    "startup": vrp5_system.startup,
    "users": users,
    "snmp": snmp,
    "telnet": vrp5_system.telnet,
    "vty": vty,
    "ssh": ssh,
    "acls": acls,
    "saved_state": saved_state,
    "services": services,
    "console": console,
    "login_policy": login_policy,
    "password_policy": password_policy,
    "aaa": aaa,
    "snmp_groups": snmp_groups,
    "trap_hosts": trap_hosts,
    "dhcp_snooping": dhcp_snooping,
    "port_settings": lambda o: port_settings.spoken_ports(vrp_config.running(o), port_settings.VRP5),
    "stp_protection": lambda o: port_settings.spoken_protection(vrp_config.running(o), tc_default=True),
    "control_plane": lambda o: control_plane.vrp(vrp_config.running(o)),
    "adjacency_auth": lambda outputs: routing_settings.spoken_auth(vrp_config.running(outputs)),
    "static_routes": lambda outputs: routing_settings.spoken_routes(vrp_config.running(outputs)),
    "ip_settings": lambda outputs: ip_settings.ip_settings(vrp_config.running(outputs), ip_settings.VRP5),
    "fhrp_tracking": lambda outputs: routing_settings.spoken_tracking(vrp_config.running(outputs)),
    "mirrors": mirrors,
    "loop_detection": loop_detection,
    "mlag": mlag,
    "mad": vrp5_upkeep.mad,
    "stack_ports": vrp5_upkeep.stack_ports,
    "licenses": vrp5_upkeep.licenses,
    "link_detection": vrp5_upkeep.link_detection,
    "alarms": vrp5_upkeep.alarms,
    "login_sessions": vrp8_upkeep.login_sessions,
    "filesystems": vrp8_upkeep.filesystems,
    "files": vrp8_upkeep.files,
    "processes": vrp5_hardware.processes,
    "boot": vrp5_hardware.boot,
    "poe": vrp5_tables.poe,
    "vlans": vrp5_tables.vlans,
    "addresses": vrp8_tables.addresses,
    "arp": vrp5_tables.arp,
    "macs": vrp5_tables.macs,
    "mac_moves": vrp5_tables.mac_moves,
    "table_use": vrp5_tables.table_use,
    "stp_ports": vrp5_tables.stp_ports,
    "routes": vrp_routing.routes,
    "bgp": vrp_routing.bgp,
    "isis": vrp_routing.isis,
    "bfd": vrp_routing.bfd,
    "fhrp": vrp_routing.fhrp,
    "tracks": vrp_routing.tracks,
    "config": config,
    **vrp_hardening.READERS,
    **vrp_attacks.VRP5,
}
