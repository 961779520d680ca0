"""The readers of H3C and HPE switches under Comware 7."""

from collections.abc import Mapping

from parsers import comware_config, comware_hardware, comware_network, comware_optics, comware_system
from parsers.reader import Reader

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
    "stack": comware_network.stack,
    "ospf": comware_network.ospf,
    "stp": comware_network.stp,
    "clock": comware_system.clock,
    "ntp": comware_system.ntp,
    "log_events": comware_system.log_events,
    "info_center": comware_config.info_center,
    "patches": comware_system.patches,
    "startup": comware_system.startup,
    "licenses": comware_system.licenses,
    "users": comware_config.users,
    "snmp": comware_config.snmp,
    "telnet": comware_config.telnet,
    "vty": comware_config.vty,
    "ssh": comware_config.ssh,
    "acls": comware_config.acls,
    "saved_state": comware_config.saved_state,
    "config": comware_config.config,
}
