"""What a configuration says of the device's own protection, as far as no output shows it at work."""

from dataclasses import dataclass
from typing import Literal

from parsers.facts.known import FactRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NtpAuth(FactRow):
    """Whether time servers must prove who they are."""

    enabled: bool
    sources: int
    """Servers and peers that are configured."""
    keyed: int
    """Those with a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner(FactRow):
    """A text shown to whoever logs in."""

    text: str
    """First line of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAudit(FactRow):
    """Whether a server is told, and asked, of each command."""

    accounting: bool
    authorization: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingAuth(FactRow):
    """Authentication of one process of IS-IS, RIP or OSPFv3."""

    protocol: Literal["isis", "rip", "ospfv3"]
    process: str
    bare: tuple[str, ...]
    """Interfaces on which it runs without any."""
    protected: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IpSetting(FactRow):
    """One thing that a layer 3 interface does with IP packets, which hosts hardly need and attackers use."""

    interface: str
    feature: Literal["redirects", "source_routes", "directed_broadcasts"]
    """Telling hosts of better gateways; obeying the route that a packet brings along; flooding what is sent
    to the broadcast address of a network from elsewhere."""
    on: bool | None
    """None: the configuration does not say, and no source tells what the platform does then."""
    said: bool
    """False: by default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArpDetection(FactRow):
    """Checking ARP against the bindings of DHCP snooping."""

    vlans: tuple[int, ...]
