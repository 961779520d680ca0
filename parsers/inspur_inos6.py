"""Readers of Inspur INOS 6, the Centec lineage."""

from collections.abc import Mapping
from typing import Final

from parsers import inos6_config, inos6_hardening, inos6_hardware, inos6_network, inos6_system
from parsers.reader import Reader

READERS: Final[Mapping[str, Reader]] = {
    "identity": inos6_system.identity,
    "software": inos6_system.software,
    "uptime": inos6_system.uptime,
    "boot": inos6_system.boot,
    "inventory": inos6_hardware.inventory,
    "cpu": inos6_system.cpu,
    "processes": inos6_system.processes,
    "memory": inos6_system.memory,
    "temperatures": inos6_hardware.temperatures,
    "fans": inos6_hardware.fans,
    "power_supplies": inos6_hardware.power_supplies,
    "interfaces": inos6_network.interfaces,
    "err_disabled": inos6_network.err_disabled,
    "optics": inos6_hardware.optics,
    "lags": inos6_network.lags,
    "lldp": inos6_network.lldp,
    "ospf": inos6_network.ospf,
    "stp": inos6_network.stp,
    "stp_ports": inos6_network.stp_ports,
    "vlans": inos6_network.vlans,
    "addresses": inos6_network.addresses,
    "arp": inos6_network.arp,
    "macs": inos6_network.macs,
    "routes": inos6_network.routes,
    "clock": inos6_system.clock,
    "ntp": inos6_system.ntp,
    "log_events": inos6_system.log_events,
    "login_sessions": inos6_system.login_sessions,
    "info_center": inos6_config.info_center,
    "startup": inos6_system.startup,
    "users": inos6_config.users,
    "snmp": inos6_config.snmp,
    "snmp_groups": inos6_config.snmp_groups,
    "trap_hosts": inos6_config.trap_hosts,
    "telnet": inos6_config.telnet,
    "vty": inos6_config.vty,
    "console": inos6_config.console,
    "aaa": inos6_config.aaa,
    "ssh": inos6_config.ssh,
    "services": inos6_config.services,
    "acls": inos6_config.acls,
    "saved_state": inos6_config.saved_state,
    "config": inos6_config.config,
    **inos6_hardening.READERS,
}
