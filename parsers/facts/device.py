"""All facts of one device."""

from dataclasses import dataclass, fields

from parsers.config_tree import ConfigTree
from parsers.facts.access import Acl, LocalUser, Snmp, Ssh, Telnet, Vty
from parsers.facts.hardware import (
    Board,
    Cpu,
    Fan,
    Identity,
    Memory,
    Module,
    PowerSupply,
    Software,
    Temperature,
    Uptime,
)
from parsers.facts.interfaces import ErrDisabled, Interface, Optic
from parsers.facts.known import Fact, Reason, Unknown
from parsers.facts.logs import Clock, InfoCenter, LogEvent, Ntp
from parsers.facts.network import Lag, LldpNeighbor, OspfNeighbor, Stack, Stp
from parsers.facts.software import License, Patch, SavedState, Startup

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
    config: Fact[ConfigTree] = NOT_ASKED
    """The running configuration itself, for feature conditions of advisories."""


FACT_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Facts))
