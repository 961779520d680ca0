"""Neighbours, aggregation, stacking, routing, spanning tree."""

from dataclasses import dataclass
from typing import Literal

from parsers.facts.known import FactRow


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
