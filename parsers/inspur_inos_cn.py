"""Readers of Inspur INOS-CN, the NX-OS lineage."""

from collections.abc import Mapping
from typing import Final

from parsers import inos_config, inos_hardware, inos_network, inos_system
from parsers.reader import Reader

READERS: Final[Mapping[str, Reader]] = {
    "identity": inos_system.identity,
    "software": inos_system.software,
    "uptime": inos_system.uptime,
    "boards": inos_hardware.boards,
    "inventory": inos_hardware.inventory,
    "cpu": inos_system.cpu,
    "memory": inos_system.memory,
    "temperatures": inos_hardware.temperatures,
    "fans": inos_hardware.fans,
    "power_supplies": inos_hardware.power_supplies,
    "interfaces": inos_network.interfaces,
    "err_disabled": inos_network.err_disabled,
    "optics": inos_network.optics,
    "lldp": inos_network.lldp,
    "lags": inos_network.lags,
    "stack": inos_system.stack,
    "ospf": inos_network.ospf,
    "stp": inos_network.stp,
    "clock": inos_system.clock,
    "ntp": inos_system.ntp,
    "log_events": inos_system.log_events,
    "info_center": inos_config.info_center,
    "patches": inos_system.patches,
    "startup": inos_system.startup,
    "licenses": inos_system.licenses,
    "users": inos_config.users,
    "snmp": inos_config.snmp,
    "telnet": inos_config.telnet,
    "vty": inos_config.vty,
    "ssh": inos_config.ssh,
    "acls": inos_config.acls,
    "saved_state": inos_config.saved_state,
    "config": inos_config.config,
}
