"""Rows of a baseline: switching, routing, redundancy."""

from baselines.parameters.fields import AtLeastZero, Count, Percent, Row, States, Words


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


ROWS: dict[str, type[Row]] = {
    "L2-001": SpanningTree,
    "L2-003": Row,
    "L2-004": TopologyChanges,
    "L2-007": Row,
    "L2-008": MacMoves,
    "L2-009": Row,
    "L2-010": Row,
    "L3-001": States,
    "L3-004": States,
    "L3-006": States,
    "L3-007": Row,
    "L3-009": BfdSessions,
    "L3-011": Row,
    "L3-013": EqualPaths,
    "HA-001": StackMembers,
    "HA-002": Row,
    "HA-003": Row,
    "HA-004": Row,
    "HA-005": Row,
    "HA-006": Row,
    "HA-007": Row,
    "HA-008": PeerLink,
}
