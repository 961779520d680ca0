"""Rows of a baseline: logs, alarms, clocks."""

from typing import Annotated

from pydantic import Field, Strict

from baselines.parameters.fields import AtLeastZero, Count, LogLevel, Number, Row


class LogCounts(Row):
    """Window in days; numbers of events; mnemonics left out."""

    window_d: Annotated[Number, Field(gt=0)]
    crit_warn: Count
    err_warn: Count
    whitelist: tuple[str, ...]


class LogServers(Row):
    """Number of servers, and the least severe level they must be sent."""

    min_hosts: Count
    min_level: LogLevel


class Stratum(Row):
    """Highest NTP stratum."""

    stratum_max: Annotated[int, Strict(), Field(ge=1, le=15)]


class ClockOffset(Row):
    """Seconds; minutes east of UTC for clocks that print no zone."""

    offset_warn_s: AtLeastZero
    offset_crit_s: AtLeastZero
    utc_offset_min: Annotated[int, Strict(), Field(ge=-720, le=840)] | None


ROWS: dict[str, type[Row]] = {
    "LOG-001": LogCounts,
    "LOG-003": LogServers,
    "NTP-001": Stratum,
    "NTP-004": ClockOffset,
}
