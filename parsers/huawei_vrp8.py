"""Readers of Huawei VRP8, CloudEngine data centre switches."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from parsers import (
    control_plane,
    ip_settings,
    port_settings,
    routing_settings,
    vrp8_hardware,
    vrp8_network,
    vrp8_optics,
    vrp8_pairs,
    vrp8_system,
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
from parsers.facts import Console, LoginPolicy, PasswordPolicy, SavedState, Service, Ssh, Telnet
from parsers.reader import Outputs, Reader
from parsers.template import UnreadableError
from parsers.vrp_config import Dialect

T = TypeVar("T")

DIALECT: Final = Dialect(
    telnet_enabled=True,
    stelnet_enabled=False,
    inbound=("ssh", "telnet"),
    snmp_versions=("v3",),
    idle_min=10,
)
"""Defaults of the CE6800 V300R023C00 command reference: `telnet server disable`, `stelnet server
enable`, `protocol inbound`, `snmp-agent sys-info version` and `idle-timeout` of VTY lines. Of V200R0xx
no such reference was at hand; the same is assumed, which is the stricter assumption for Telnet and
login lines. What either demands of passwords and failed logins by itself is left open."""

_OTHER_DEFAULTS: Final = replace(DIALECT, max_fail=3, lock_min=5, password_length=8, password_types=2)


def _of_config(read: Callable[[ConfigTree], object]) -> Reader:
    """Make a reader of what the running configuration says."""
    return lambda outputs: read(vrp_config.running(outputs))


def _of_dialect(read: Callable[[ConfigTree, Dialect], object]) -> Reader:
    """Make a reader of what the running configuration says, or the release by default."""
    return lambda outputs: read(vrp_config.running(outputs), DIALECT)


def _said(outputs: Outputs, read: Callable[[ConfigTree, Dialect], T]) -> T:
    """Read what does not hang on a default; UnreadableError where another one would change it."""
    tree = vrp_config.running(outputs)
    value = read(tree, DIALECT)
    if value != read(tree, _OTHER_DEFAULTS):
        raise UnreadableError(f"{tree.command}: leaves it to a default that no source names")
    return value


def login_policy(outputs: Outputs) -> LoginPolicy:
    """Locking of local accounts, where the configuration says all of it."""
    return _said(outputs, vrp_access.login_policy)


def password_policy(outputs: Outputs) -> PasswordPolicy:
    """Demands on local passwords, where the configuration says length and kinds of characters."""
    return _said(outputs, vrp_access.password_policy)


def console(outputs: Outputs) -> Console:
    """Console of the running configuration; its default idle time differs between releases."""
    return vrp_access.console(vrp_config.running(outputs), replace(DIALECT, idle_min=None))


def telnet(outputs: Outputs) -> Telnet:
    """Telnet server, from its state where the release prints it, else from the configuration."""
    configured = vrp_config.telnet(vrp_config.running(outputs), DIALECT)
    state = outputs.parsed("display telnet server status")
    if state is None or not state.rows:
        return configured
    row = state.rows[0]
    enabled = "enable" in (row["IPV4"].lower(), row["IPV6"].lower())
    return Telnet(seen=row.seen, enabled=enabled, by_default=False)


def ssh(outputs: Outputs) -> Ssh:
    """SSH server of the running configuration, with the algorithms that it names.

    Version 1 is let in only where a line says so (`ssh server compatible-ssh1x enable`).
    """
    tree = vrp_config.running(outputs)
    server = vrp_access.with_algorithms(vrp_config.ssh(tree, DIALECT), tree)
    old, _ = vrp_config.switch(
        tree,
        "ssh server compatible-ssh1x enable",
        "undo ssh server compatible-ssh1x enable|ssh server compatible-ssh1x disable",
        default=False,
    )
    return replace(server, v1_compatible=old)


def services(outputs: Outputs) -> tuple[Service, ...]:
    """Servers of the running configuration; CloudEngine has no web server unless its `http` view has one.

    What a campus switch on V600 has by default no source at hand says: there it is left out.
    """
    tree = vrp_config.running(outputs)
    cloud_engine = next(tree.find(r"!Software Version V[123]00R.*"), None) is not None
    return vrp_access.services(tree, replace(DIALECT, http_enabled=False if cloud_engine else None))


def saved_state(outputs: Outputs) -> SavedState:
    """Compare running and saved configuration; candidates of other sessions cannot be seen."""
    return vrp_config.saved_state(outputs)


READERS: Final[Mapping[str, Reader]] = {
    "identity": vrp8_system.identity,
    "software": vrp8_system.software,
    "uptime": vrp8_system.uptime,
    "boards": vrp8_hardware.boards,
    "inventory": vrp8_hardware.inventory,
    "cpu": vrp8_hardware.cpu,
    "memory": vrp8_hardware.memory,
    "temperatures": vrp8_hardware.temperatures,
    "fans": vrp8_hardware.fans,
    "poe": vrp8_hardware.poe,
    "power_supplies": vrp8_hardware.power_supplies,
    "interfaces": vrp8_network.interfaces,
    "err_disabled": vrp8_network.err_disabled,
    "optics": vrp8_optics.optics,
    "lldp": vrp8_network.lldp,
    "lags": vrp8_network.lags,
    "link_detection": vrp8_network.link_detection,
    "stack": vrp8_system.stack,
    "ospf": vrp8_network.ospf,
    "stp": vrp8_network.stp,
    "clock": vrp8_system.clock,
    "ntp": vrp8_system.ntp,
    "log_events": vrp8_system.log_events,
    "info_center": _of_config(vrp_config.info_center),
    "patches": vrp8_system.patches,
    "startup": vrp8_system.startup,
    "licenses": vrp8_system.licenses,
    "users": _of_config(vrp_config.users),
    "snmp": _of_dialect(vrp_config.snmp),
    "telnet": telnet,
    "vty": _of_dialect(vrp_config.vty),
    "ssh": ssh,
    "acls": _of_config(vrp_acls.acls),
    "saved_state": saved_state,
    "services": services,
    "console": console,
    "login_policy": login_policy,
    "password_policy": password_policy,
    "aaa": _of_config(vrp_access.aaa),
    "snmp_groups": _of_config(vrp_config.snmp_groups),
    "trap_hosts": _of_config(vrp_access.trap_hosts),
    "dhcp_snooping": _of_config(vrp_switching.dhcp_snooping),
    "port_settings": _of_config(lambda tree: port_settings.spoken_ports(tree, port_settings.VRP8)),
    "stp_protection": _of_config(partial(port_settings.spoken_protection, tc_default=False)),
    "control_plane": _of_config(control_plane.vrp),
    "adjacency_auth": lambda outputs: routing_settings.spoken_auth(vrp_config.running(outputs)),
    "static_routes": lambda outputs: routing_settings.spoken_routes(vrp_config.running(outputs)),
    "ip_settings": lambda outputs: ip_settings.ip_settings(vrp_config.running(outputs), ip_settings.VRP8),
    "fhrp_tracking": lambda outputs: routing_settings.spoken_tracking(vrp_config.running(outputs)),
    "mirrors": _of_config(vrp_switching.mirrors),
    "mad": _of_config(vrp_switching.mad),
    "loop_detection": _of_config(vrp_switching.loop_detection),
    "alarms": vrp8_upkeep.alarms,
    "login_sessions": vrp8_upkeep.login_sessions,
    "filesystems": vrp8_upkeep.filesystems,
    "files": vrp8_upkeep.files,
    "processes": vrp8_upkeep.processes,
    "hardware_resources": vrp8_upkeep.hardware_resources,
    "boot": vrp8_upkeep.boot,
    "stp_ports": vrp8_tables.stp_ports,
    "vlans": vrp8_tables.vlans,
    "addresses": vrp8_tables.addresses,
    "arp": vrp8_tables.arp,
    "macs": vrp8_tables.macs,
    "mac_moves": vrp8_tables.mac_moves,
    "table_use": vrp8_tables.table_use,
    "routes": vrp_routing.routes,
    "bgp": vrp_routing.bgp,
    "isis": vrp_routing.isis,
    "bfd": vrp_routing.bfd,
    "fhrp": vrp_routing.fhrp,
    "tracks": vrp_routing.tracks,
    "stack_ports": vrp8_pairs.stack_ports,
    "mlag": vrp8_pairs.mlag,
    "config": vrp_config.running,
    **vrp_hardening.READERS,
    **vrp_attacks.VRP8,
}
