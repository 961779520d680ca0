"""Rows of a baseline: switching, routing, redundancy."""

from baselines.parameters.fields import Row, States, Words


class SpanningTree(Row):
    """Modes that converge too slowly."""

    weak_modes: Words


class StackMembers(States):
    """Members: words for one that is still joining."""

    state_joining: Words


ROWS: dict[str, type[Row]] = {
    "L2-001": SpanningTree,
    "L2-009": Row,
    "L3-001": States,
    "HA-001": StackMembers,
}
