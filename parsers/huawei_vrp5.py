"""Readers of Huawei VRP5, campus switches."""

from collections.abc import Mapping
from typing import Final

from parsers import vrp5_hardware, vrp5_ports, vrp5_system, vrp_config
from parsers.config_tree import ConfigTree
from parsers.facts import Acl, LocalUser, SavedState, Snmp, Ssh, Vty
from parsers.reader import Outputs, Reader
from parsers.vrp_config import Dialect

DIALECT: Final = Dialect(
    telnet_enabled=False,
    stelnet_enabled=False,
    inbound=("ssh", "telnet"),
    snmp_versions=("v3",),
)
"""Defaults of the S1720 to S6720 V200R command reference (chapters on user login and SNMP). What a
VTY line accepts where nothing is said has changed from Telnet to SSH between releases, so both are
taken to come in. Telnet and SSH themselves are read from their status, not from these."""


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
    return vrp_config.acls(vrp_config.running(outputs))


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
    "config": config,
}
