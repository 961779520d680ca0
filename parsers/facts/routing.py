"""What the configuration sets for routing: authentication, static routes, what gateway groups watch."""

from dataclasses import dataclass
from typing import Literal

from parsers.facts.known import FactRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjacencyAuth(FactRow):
    """How one OSPF area, OSPF interface or BGP peer is authenticated; keys are never read."""

    scope: Literal["area", "interface", "peer"]
    name: str
    """Area, interface or address of the peer, as printed."""
    kind: Literal["none", "plain", "hash"]
    """`plain`: the password crosses the wire as it is. Areas and peers that say nothing are `none`; of
    interfaces only those that say something have a row."""
    external: bool | None = None
    """Of a peer: in another AS; None where the configuration does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute(FactRow):
    """One static route that leads somewhere; those that drop what they match are left out."""

    prefix: str
    """`192.0.2.0/24`."""
    next_hop: str | None
    interface: str | None
    preference: int
    """The lower the better; the platform's default where nothing is said."""
    vrf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FhrpTracking(FactRow):
    """What one VRRP or HSRP group watches."""

    interface: str
    group: int
    watched: tuple[str, ...]
    """What follows `track`, as printed; empty where it watches nothing but its own interface."""
