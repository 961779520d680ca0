"""Rows of a baseline: processors, memory, sessions, tables."""

from typing import Annotated

from pydantic import Field, Strict

from baselines.parameters.fields import AtLeastZero, Count, Load, Override, Percent, Row, States, Words


class Peak(Row):
    """Percent of a peak; present load in percent that SYS-001 judges."""

    peak_warn_pct: Percent
    busy_pct: Percent


class Processes(Row):
    """Load in percent from which a processor is asked what it does, and a process is named."""

    busy_pct: Percent
    process_warn_pct: Percent
    idle_names: Words


class MemoryState(States):
    """The device's own words, also those for a first warning."""

    state_warn: Words


class MemoryTrend(Row):
    """Inspections that make a trend; months until memory is full that are worth a word."""

    runs_min: Annotated[int, Strict(), Field(ge=3)]
    months_to_full_min: Annotated[AtLeastZero, Field(gt=0)]


class Sessions(Row):
    """Percent of the lines in use; seconds a session may be idle; how names of remote lines begin."""

    vty_warn_pct: Percent
    idle_max_s: Count
    remote_lines: Annotated[Words, Field(min_length=1)]


class TableUse(Load, Override):
    """Use in percent, and entries there is room for where the device does not say; null: not known."""

    capacity: Count | None


class TableChange(TableUse):
    """Percent and number of entries by which it may change between two inspections."""

    change_pct: Percent
    change_min: Count


ROWS: dict[str, type[Row]] = {
    "SYS-001": Load,
    "SYS-002": Peak,
    "SYS-003": Processes,
    "SYS-004": Load,
    "SYS-005": MemoryState,
    "SYS-006": MemoryTrend,
    "SYS-007": TableUse,
    "SYS-008": TableChange,
    "SYS-009": TableChange,
    "SYS-010": Load,
    "SYS-011": Sessions,
    "SYS-012": Row,
}
