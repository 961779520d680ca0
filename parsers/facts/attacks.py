"""What the limit in front of the processor threw away, and whom the device itself names as an attacker."""

from dataclasses import dataclass

from parsers.facts.known import FactRow, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPlaneDrop(FactRow):
    """What was thrown away of one kind of traffic on its way to one processor, since its counter began.

    Rows are kinds that the device counts; one that never lost anything has zero.
    """

    location: Location
    """Of the processor; without any part where the device has one or the main board's is meant."""
    protocol: str
    """The device's own word for the kind of traffic: a protocol, or the class of a policy."""
    dropped: int | None
    """Packets."""
    dropped_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackSource(FactRow):
    """One source of too many packets for the processor, by what the device knows it by."""

    location: Location
    mac: str | None = None
    ip: str | None = None
    interface: str | None = None
    vlan: int | None = None
    """Outer VLAN."""
    protocol: str | None = None
    packets: int | None = None
    """Counted as part of the attack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackTracing(FactRow):
    """The device's own search for attackers: sources of ARP floods, or of any traffic for the processor."""

    enabled: bool
    sources: tuple[AttackSource, ...]
    """At present; the devices forget one some minutes after its last packet."""
