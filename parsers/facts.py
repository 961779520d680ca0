"""The vendor-neutral model: what is known about one device, row by row, with where it was read.

Units stand in the names: `_c` degrees Celsius, `_s` seconds, `_pct` percent 0-100, `_dbm` dBm,
`_ma` milliampere, `_v` volt, `_w` watt, `_mbps` megabits per second, `_bytes` bytes. None always
means "this device does not print it", never zero. States (`state`) are the device's own words.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from parsers.config_tree import ConfigTree
from parsers.seen import Seen

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that no rule of the template knows."""

    command: str
    number: int
    text: str


class Reason(StrEnum):
    """Why something is not known; every one of them makes a check 未检查."""

    UNREACHABLE = "unreachable"
    LOGIN_FAILED = "login_failed"
    REFUSED = "refused"
    NO_PRIVILEGE = "no_privilege"
    TIMED_OUT = "timed_out"
    CUT = "cut"
    UNPARSED = "unparsed"
    """Output came, but could not be read, in whole or in the part that matters."""
    UNSUPPORTED = "unsupported"
    """This platform does not print it, or we have no reader for it."""
    NOT_COLLECTED = "not_collected"
    """Nobody asked the device for it in this run."""
    STALE = "stale"
    NO_BASELINE = "no_baseline"
    """Nothing says what ought to be."""


@dataclass(frozen=True, slots=True)
class Known(Generic[T_co]):
    """Read completely."""

    value: T_co
    sources: tuple[Seen, ...] = ()
    """The captures it rests on, with no lines: also a legally empty answer has a source."""


@dataclass(frozen=True, slots=True)
class Partial(Generic[T_co]):
    """Read, but some lines were not understood: a check may fail on it, never pass."""

    value: T_co
    unread: tuple[UnreadLine, ...]
    sources: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known, with the reason."""

    reason: Reason
    detail: str = ""
    sources: tuple[Seen, ...] = ()


Fact = Known[T] | Partial[T] | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a piece of hardware sits; each part None where the device has no such level."""

    chassis: int | None = None
    member: int | None = None
    slot: str | None = None
    port: str | None = None
    lane: int | None = None

    def __str__(self) -> str:
        """Return a stable name such as `chassis 1 member 2 slot 0`, used in problem identities."""
        parts = ((f.name, getattr(self, f.name)) for f in fields(self))
        return " ".join(f"{name} {value}" for name, value in parts if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """What all rows share."""

    seen: Seen


# --- identity, software, uptime -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(FactRow):
    """Who the device says it is."""

    hostname: str
    model: str
    """Product model without the vendor's name, e.g. `S6520X-54QC-EI`, `CE6857-48S6CQ-EI`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Software(FactRow):
    """The running software."""

    os: str
    """`Comware`, `VRP`, `INOS-CN`."""
    version: str
    """What the vendor calls the product version, as printed: `Release 6616P05` (Comware),
    `V200R019C10SPC500` (VRP), `7.0(3)I7(8)` (INOS-CN)."""
    platform_version: str | None = None
    """Comware `7.1.070`, VRP `8.191`; None where there is no such second number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime(FactRow):
    """How long it has been running."""

    uptime_s: int
    reset_reason: str | None = None
    """Reason of the last restart in the device's own words."""


# --- hardware ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(FactRow):
    """One slot of `display device` or `show module`: main board, line card, box switch, stack member."""

    location: Location
    kind: Literal["mpu", "lpu", "fabric", "subcard", "fixed", "other"]
    """`fixed`: a box switch or stack member itself. Power supplies and fans are not boards."""
    model: str | None
    present: bool
    state: str
    role: Literal["master", "standby", "none"] = "none"
    software_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Module(FactRow):
    """One serial-numbered part for the asset list."""

    location: Location
    kind: Literal["chassis", "board", "power", "fan", "optic", "other"]
    model: str | None
    serial: str
    made_on: str | None = None
    """Manufacturing date as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cpu(FactRow):
    """Load of one processor."""

    unit: str
    """The device's name for it, e.g. `Slot 1 CPU 0`; `CPU` when there is one without a name."""
    used_5m_pct: float | None
    """Average over five minutes; None where only `used_now_pct` is printed."""
    used_now_pct: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory(FactRow):
    """Memory of one unit."""

    unit: str
    used_pct: float
    total_bytes: int | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature(FactRow):
    """One sensor with the device's own upper limits."""

    location: Location
    sensor: str
    celsius: float
    warn_c: float | None = None
    alarm_c: float | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan(FactRow):
    """One fan or fan tray."""

    location: Location
    name: str
    """`Fan 1` style; unique on the device together with `location`."""
    present: bool
    state: str
    speed_pct: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerSupply(FactRow):
    """One power supply slot."""

    location: Location
    name: str
    present: bool
    """False for an empty bay, which is not a fault by itself."""
    state: str
    model: str | None = None
    output_w: float | None = None


# --- interfaces and optics -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface(FactRow):
    """One interface with state and lifetime counters."""

    name: str
    """In the device's long form, e.g. `Ten-GigabitEthernet1/0/1`, `10GE1/0/1`, `Ethernet1/1`."""
    kind: Literal["ethernet", "lag", "vlan", "mgmt", "loopback", "other"]
    admin_up: bool
    oper_up: bool
    protocol_up: bool | None = None
    description: str | None = None
    speed_mbps: int | None = None
    duplex: Literal["full", "half"] | None = None
    mtu_bytes: int | None = None
    in_errors: int | None = None
    out_errors: int | None = None
    crc_errors: int | None = None
    in_drops: int | None = None
    out_drops: int | None = None
    in_bps: int | None = None
    out_bps: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrDisabled(FactRow):
    """An interface that a protection has shut."""

    interface: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpticLane:
    """One lane of a transceiver; limits are the module's own."""

    lane: int | None
    """None for a single-lane module."""
    rx_power_dbm: float | None
    """None where nothing is received or the module prints N/A."""
    tx_power_dbm: float | None
    bias_ma: float | None = None
    rx_low_alarm_dbm: float | None = None
    rx_high_alarm_dbm: float | None = None
    rx_low_warn_dbm: float | None = None
    rx_high_warn_dbm: float | None = None
    tx_low_alarm_dbm: float | None = None
    tx_high_alarm_dbm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Optic(FactRow):
    """One transceiver."""

    interface: str
    type: str | None
    vendor: str | None = None
    serial: str | None = None
    wavelength_nm: float | None = None
    temperature_c: float | None = None
    voltage_v: float | None = None
    lanes: tuple[OpticLane, ...] = ()
    """Empty where the module has no digital diagnosis."""
    alarms: tuple[str, ...] | None = None
    """The module's present alarms in the device's words; None where they are not printed."""


# --- neighbours, aggregation, stacking, routing, spanning tree -----------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LldpNeighbor(FactRow):
    """One neighbour heard on one port."""

    local_port: str
    remote_system: str
    remote_port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LagMember:
    """One member port of an aggregation."""

    interface: str
    selected: bool
    """Carries traffic in the aggregation (Selected, Up, P)."""
    oper_up: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag(FactRow):
    """One link aggregation."""

    name: str
    mode: Literal["static", "lacp"]
    oper_up: bool | None
    members: tuple[LagMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackMember(FactRow):
    """One member of an IRF, stack or CSS."""

    member: int
    role: Literal["master", "standby", "slave"]
    state: str | None = None
    """In the device's words; None where the platform prints only the role."""
    priority: int | None = None
    mac: str | None = None
    software_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The stack; a device that runs alone has no members or one."""

    enabled: bool
    members: tuple[StackMember, ...]
    topology: Literal["ring", "chain"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OspfNeighbor(FactRow):
    """One OSPF neighbour."""

    router_id: str
    interface: str
    state: str
    """Upper case without role suffix: `FULL`, `2WAY`, `EXSTART`, `INIT`, ..."""
    role: Literal["DR", "BDR", "DROTHER"] | None = None
    """The neighbour's role on the segment; None on point-to-point links or where not printed."""
    local_role: Literal["DR", "BDR", "DROTHER"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stp(FactRow):
    """Spanning tree, globally."""

    enabled: bool
    mode: Literal["stp", "rstp", "mstp", "pvst", "rapid-pvst", "vbst"] | None
    bridge_id: str | None = None
    root_bridge: str | None = None


# --- time, logs ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(FactRow):
    """The device's clock when it was asked."""

    device_time: datetime
    """Timezone-aware when the device prints an offset or a zone we know, else naive."""
    asked_at: datetime
    """When the command was sent; UTC, aware."""
    round_trip_s: float
    """Seconds until the whole answer was there: the uncertainty of the comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NtpSource(FactRow):
    """One configured time source."""

    address: str
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ntp(FactRow):
    """Time synchronisation."""

    configured: bool
    synchronized: bool
    stratum: int | None = None
    sources: tuple[NtpSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvent(FactRow):
    """One record of the log buffer."""

    time: datetime
    """As the device printed it; naive when it prints no zone."""
    severity: int
    """0 emergency to 7 debugging."""
    mnemonic: str
    """`MODULE/EVENT` style, e.g. `IFNET/PHY_UPDOWN`, `ETHPORT/IF_DOWN_LINK_FAILURE`."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoCenter(FactRow):
    """Where logs go."""

    enabled: bool
    hosts: tuple["LogHost", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHost(FactRow):
    """One log server."""

    address: str
    level: int | None = None
    """Least severe level that is sent, 0 to 7; None where it is the default."""


# --- software management, configuration, access --------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch(FactRow):
    """One patch or hot fix."""

    name: str
    state: str
    effective: bool
    """In force and surviving a restart, in this platform's own terms."""
    location: Location = field(default_factory=Location)


@dataclass(frozen=True, slots=True, kw_only=True)
class Startup(FactRow):
    """Boot files; paths as printed."""

    image_current: str | None
    image_next: str | None
    config_current: str | None
    config_next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class License(FactRow):
    """One licensed feature."""

    feature: str
    state: str
    expires_on: str | None = None
    """ISO date, or None for one without an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalUser(FactRow):
    """One local account; passwords are never read."""

    name: str
    level: int | None = None
    roles: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpCommunity(FactRow):
    """One SNMP community; its name is never kept."""

    access: Literal["ro", "rw"]
    name_class: Literal["default", "other", "hidden"]
    """`default`: public or private; `hidden`: stored enciphered, so nobody can tell."""
    acl: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpUser(FactRow):
    """One SNMPv3 user."""

    security: Literal["noauth", "auth", "priv"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snmp(FactRow):
    """The SNMP agent."""

    enabled: bool
    versions: tuple[Literal["v1", "v2c", "v3"], ...]
    communities: tuple[SnmpCommunity, ...] = ()
    users: tuple[SnmpUser, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telnet(FactRow):
    """The Telnet server, IPv4 or IPv6."""

    enabled: bool
    by_default: bool
    """The configuration does not say; `enabled` is the platform's documented default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vty(FactRow):
    """A range of virtual terminal lines."""

    first: int
    last: int
    acl_in: str | None
    protocols: tuple[Literal["ssh", "telnet"], ...]
    """Protocols that may come in on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ssh(FactRow):
    """The SSH server."""

    enabled: bool
    acl: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acl(FactRow):
    """One access list, as far as login restriction needs it."""

    id: str
    """Number or name."""
    rules: int
    permits_any: bool
    """A rule permits every source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedState(FactRow):
    """Whether the running configuration would survive a restart."""

    differences: tuple[tuple[str, str], ...]
    """(sign, line): `+` only in the running configuration, `-` only in the saved one; each line with
    its block in front, joined by ` / `; secrets masked; times and comments left out."""
    uncommitted: bool | None = None
    """Candidate changes not committed (VRP8); None where the platform has no candidate."""


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
