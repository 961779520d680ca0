"""Readers of Huawei VRP8, CloudEngine data centre switches."""

from collections.abc import Mapping
from typing import Final

from parsers import vrp8_hardware, vrp8_network, vrp8_optics, vrp8_system, vrp_config
from parsers.facts import Acl, InfoCenter, LocalUser, SavedState, Snmp, Ssh, Telnet, Vty
from parsers.reader import Outputs, Reader
from parsers.vrp_config import Dialect

DIALECT: Final = Dialect(
    telnet_enabled=True,
    stelnet_enabled=False,
    inbound=("ssh", "telnet"),
    snmp_versions=("v3",),
)
"""Defaults of the CE6800 V300R023C00 command reference: `telnet server disable`, `stelnet server
enable`, `protocol inbound` and `snmp-agent sys-info version`. Of V200R0xx no such reference was at
hand; the same is assumed, which is the stricter assumption for Telnet and login lines."""


def users(outputs: Outputs) -> tuple[LocalUser, ...]:
    """Local accounts of the running configuration."""
    return vrp_config.users(vrp_config.running(outputs))


def snmp(outputs: Outputs) -> Snmp:
    """SNMP agent of the running configuration."""
    return vrp_config.snmp(vrp_config.running(outputs), DIALECT)


def telnet(outputs: Outputs) -> Telnet:
    """Telnet server, from its state where the release prints it, else from the configuration."""
    configured = vrp_config.telnet(vrp_config.running(outputs), DIALECT)
    state = outputs.parsed("display telnet server status")
    if state is None or not state.rows:
        return configured
    row = state.rows[0]
    enabled = "enable" in (row["IPV4"].lower(), row["IPV6"].lower())
    return Telnet(seen=row.seen, enabled=enabled, by_default=False)


def vty(outputs: Outputs) -> tuple[Vty, ...]:
    """Login lines of the running configuration."""
    return vrp_config.vty(vrp_config.running(outputs), DIALECT)


def ssh(outputs: Outputs) -> Ssh:
    """SSH server of the running configuration."""
    return vrp_config.ssh(vrp_config.running(outputs), DIALECT)


def acls(outputs: Outputs) -> tuple[Acl, ...]:
    """Access lists of the running configuration."""
    return vrp_config.acls(vrp_config.running(outputs))


def info_center(outputs: Outputs) -> InfoCenter:
    """Log hosts of the running configuration."""
    return vrp_config.info_center(vrp_config.running(outputs))


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
    "power_supplies": vrp8_hardware.power_supplies,
    "interfaces": vrp8_network.interfaces,
    "err_disabled": vrp8_network.err_disabled,
    "optics": vrp8_optics.optics,
    "lldp": vrp8_network.lldp,
    "lags": vrp8_network.lags,
    "stack": vrp8_system.stack,
    "ospf": vrp8_network.ospf,
    "stp": vrp8_network.stp,
    "clock": vrp8_system.clock,
    "ntp": vrp8_system.ntp,
    "log_events": vrp8_system.log_events,
    "info_center": info_center,
    "patches": vrp8_system.patches,
    "startup": vrp8_system.startup,
    "licenses": vrp8_system.licenses,
    "users": users,
    "snmp": snmp,
    "telnet": telnet,
    "vty": vty,
    "ssh": ssh,
    "acls": acls,
    "saved_state": saved_state,
    "config": vrp_config.running,
}
