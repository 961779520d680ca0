"""The readers of H3C and HP switches under Comware 5: those of Comware 7 where both print the same."""

from collections.abc import Mapping

from parsers import (
    comware5_config,
    comware5_software,
    comware5_switching,
    comware_access,
    comware_attacks,
    comware_config,
    comware_hardening,
    comware_hardware,
    comware_network,
    comware_optics,
    comware_resources,
    comware_routing,
    comware_stack,
    comware_switching,
    comware_system,
    ip_settings,
    routing_settings,
)
from parsers.facts import BgpPeer, Stack
from parsers.reader import Outputs, Reader


def _stack(outputs: Outputs) -> Stack:
    """Read the IRF's members; which software each one runs is not printed."""
    return comware_network.irf(outputs, {})


def _bgp(outputs: Outputs) -> tuple[BgpPeer, ...]:
    """Read the IPv4 peers, for which there is no word in the command yet."""
    return comware_routing.bgp_peers(outputs, "display bgp peer", r"ipv4-family vpn-instance .+")


READERS: Mapping[str, Reader] = {
    "identity": comware_hardware.identity,
    "software": comware_hardware.software,
    "uptime": comware_hardware.uptime,
    "boards": comware_hardware.boards,
    "inventory": comware_hardware.inventory,
    "cpu": comware_hardware.cpu,
    "memory": comware_hardware.memory,
    "temperatures": comware_hardware.temperatures,
    "fans": comware_hardware.fans,
    "power_supplies": comware_hardware.power_supplies,
    "interfaces": comware_network.interfaces,
    "err_disabled": comware_network.err_disabled,
    "optics": comware_optics.optics,
    "lldp": comware_network.lldp,
    "lags": comware_network.lags,
    "stack": _stack,
    "ospf": comware_network.ospf,
    "stp": comware_network.stp,
    "clock": comware_system.clock,
    "ntp": comware_system.ntp,
    "log_events": comware_system.log_events,
    "info_center": comware5_config.info_center,
    "patches": comware5_software.patches,
    "startup": comware5_software.startup,
    "users": comware5_config.users,
    "snmp": comware_config.snmp,
    "telnet": comware5_config.telnet,
    "vty": comware_config.vty,
    "ssh": comware_config.ssh,
    "acls": comware_config.acls,
    "saved_state": comware_config.saved_state,
    "services": comware5_config.services,
    "console": comware5_config.console,
    "login_policy": comware_access.login_policy,
    "password_policy": comware_access.password_policy,
    "aaa": comware_access.aaa,
    "login_sessions": comware_access.login_sessions,
    "snmp_groups": comware_access.snmp_groups,
    "trap_hosts": comware_access.trap_hosts,
    "vlans": comware5_switching.vlans,
    "macs": comware_switching.macs,
    "table_use": comware_switching.table_use,
    "stp_ports": comware_switching.stp_ports,
    "link_detection": comware_switching.link_detection,
    "loop_detection": comware5_switching.loop_detection,
    "dhcp_snooping": comware5_switching.dhcp_snooping,
    "port_settings": comware_switching.port_settings,
    "stp_protection": comware_switching.stp_protection,
    "control_plane": comware_switching.control_plane,
    "adjacency_auth": lambda outputs: routing_settings.spoken_auth(comware_config.configuration(outputs)),
    "static_routes": lambda outputs: routing_settings.spoken_routes(comware_config.configuration(outputs)),
    "ip_settings": lambda outputs: ip_settings.ip_settings(
        comware_config.configuration(outputs), ip_settings.COMWARE5
    ),
    "fhrp_tracking": lambda outputs: routing_settings.spoken_tracking(comware_config.configuration(outputs)),
    "mirrors": comware_switching.mirrors,
    "stack_ports": comware_stack.stack_ports,
    "mad": comware_stack.mad,
    "addresses": comware_routing.addresses,
    "arp": comware_routing.arp,
    "routes": comware_routing.routes,
    "bgp": _bgp,
    "isis": comware_routing.isis,
    "fhrp": comware_routing.fhrp,
    "bfd": comware_routing.bfd,
    "tracks": comware_routing.tracks,
    "filesystems": comware_resources.filesystems,
    "files": comware_resources.files,
    "poe": comware_resources.poe,
    "boot": comware_resources.boot,
    "config": comware_config.config,
    **comware_hardening.READERS,
    "attack_tracing": comware_attacks.switched_off,
}
