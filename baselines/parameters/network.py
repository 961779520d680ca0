"""Rows of a baseline: switching, routing, redundancy."""

from ipaddress import IPv4Network

from baselines.parameters.fields import AtLeastZero, Count, Coverage, Percent, Row, States, Words


class SpanningTree(Row):
    """Modes that converge too slowly."""

    weak_modes: Words


class StackMembers(States):
    """Members: words for one that is still joining."""

    state_joining: Words


class MacMoves(Row):
    """Moves of one address, and different addresses that moved; openings of virtual addresses."""

    moves_warn: Count
    macs_warn: Count
    virtual_macs: Words


class BfdSessions(States):
    """Sessions: words for one that somebody shut."""

    state_absent: Words


class EqualPaths(Row):
    """Next hops that a registered prefix must have."""

    ecmp_min: Count


class PeerLink(Row):
    """Use of its busiest cable, percent."""

    warn_pct: Percent


class TopologyChanges(Row):
    """Topology changes at a port between two readings: fewest that are judged, and rate per hour."""

    growth_min: Count
    tc_per_hour_warn: AtLeastZero


class RootBridge(Row):
    """Planned roots of spanning tree: names of devices, or addresses of bridges."""

    root_bridges: tuple[str, ...]


class Trunks(Row):
    """Number of VLANs that is as good as all."""

    all_from: Count


class Flaps(Row):
    """Hours that a neighbour ought to have lasted; seconds after a start in which neighbours come up."""

    window_h: AtLeastZero
    start_s: AtLeastZero


class Duplicates(Row):
    """Prefixes whose addresses several devices share on purpose."""

    shared: tuple[IPv4Network, ...]


class AddressConflicts(Row):
    """IP addresses that one MAC address may answer for; those that may for any number."""

    ip_per_mac_warn: Count
    gateways: Words


ROWS: dict[str, type[Row]] = {
    "L2-001": SpanningTree,
    "L2-002": RootBridge,
    "L2-003": Row,
    "L2-004": TopologyChanges,
    "L2-005": Coverage,
    "L2-006": Row,
    "L2-007": Row,
    "L2-008": MacMoves,
    "L2-009": Row,
    "L2-010": Row,
    "L2-011": Trunks,
    "L2-012": Row,
    "L3-001": States,
    "L3-002": Flaps,
    "L3-003": Row,
    "L3-004": States,
    "L3-005": Row,
    "L3-006": States,
    "L3-007": Row,
    "L3-008": Row,
    "L3-009": BfdSessions,
    "L3-010": AddressConflicts,
    "L3-011": Row,
    "L3-012": Row,
    "L3-013": EqualPaths,
    "L3-014": Duplicates,
    "HA-001": StackMembers,
    "HA-002": Row,
    "HA-003": Row,
    "HA-004": Row,
    "HA-005": Row,
    "HA-006": Row,
    "HA-007": Row,
    "HA-008": PeerLink,
    "HA-009": Row,
    "HA-010": Row,
    "HA-011": Row,
}
