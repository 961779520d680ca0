"""Ports and the transceivers in them."""

from dataclasses import dataclass
from typing import Literal

from parsers.facts.known import FactRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface(FactRow):
    """One interface with its state, and its counters since they were last cleared."""

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
    """The largest layer-3 packet; None on a port that prints only its largest frame."""
    mac: str | None = None
    """As printed."""
    last_flap_s: int | None = None
    """Seconds since the link last went up or down; None where it never did, or the device does not say."""
    lag: str | None = None
    """Aggregation that the port itself says it belongs to, as printed; None where it does not say."""
    cleared_s: int | None = None
    """Seconds since the counters were cleared; None where they never were, or the device does not say."""
    in_bytes: int | None = None
    out_bytes: int | None = None
    in_unicast_packets: int | None = None
    out_unicast_packets: int | None = None
    in_multicast_packets: int | None = None
    out_multicast_packets: int | None = None
    in_broadcast_packets: int | None = None
    out_broadcast_packets: int | None = None
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
    bias_high_alarm_ma: float | None = None
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
    distance_m: float | None = None
    """The longest reach that is printed, over the best kind of fibre; of a cable its length."""
    certified: bool | None = None
    """False where the device complains that its vendor has not certified the module; silence says nothing."""
    temperature_c: float | None = None
    temp_high_alarm_c: float | None = None
    temp_high_warn_c: float | None = None
    voltage_v: float | None = None
    lanes: tuple[OpticLane, ...] = ()
    """Empty where the module has no digital diagnosis."""
    alarms: tuple[str, ...] | None = None
    """The module's present alarms in the device's words; None where they are not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorSession(FactRow):
    """One port mirroring session."""

    id: str
    sources: tuple[str, ...]
    destination: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortSetting(FactRow):
    """What the configuration sets on one physical port or aggregation, defaults included."""

    interface: str
    mode: Literal["access", "trunk", "hybrid", "routed"] | None
    """None where nothing is said and the default depends on the release, and for a port that takes it from
    its aggregation."""
    vlan: int | None
    """VLAN of frames without a tag; None on a routed port."""
    allowed_vlans: tuple[tuple[int, int], ...] = ()
    """Ranges of VLANs that a trunk lets through, ends included, in order; empty on other ports."""
    edge: bool = False
    """For terminals: spanning tree lets it forward at once."""
    bpdu_guard: bool = False
    """Shuts down when another bridge is heard on it, by its own setting or that of all edge ports."""
    root_guard: bool = False
    storm_control: bool = False
    """Broadcasts are limited."""
    mac_limit: int | None = None
    """How many addresses may be learned on it; None: any number."""
    source_guard: bool = False
    """Packets of addresses that nobody was given are dropped."""
