"""Rows of a baseline: logs, alarms, clocks."""

from typing import Annotated

from pydantic import Field, Strict

from baselines.parameters.fields import AtLeastZero, Count, LogLevel, Number, Row, Words


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


class TimeZone(Row):
    """Minutes east of UTC of the site."""

    utc_offset_min: Annotated[int, Strict(), Field(ge=-720, le=840)]


class ClockOffset(Row):
    """Seconds; minutes east of UTC for clocks that print no zone."""

    offset_warn_s: AtLeastZero
    offset_crit_s: AtLeastZero
    utc_offset_min: Annotated[int, Strict(), Field(ge=-720, le=840)] | None


class TopEvents(Row):
    """How many kinds of events to name."""

    top: Count


class LogBuffer(Row):
    """Least number of records that the buffer holds."""

    buffer_min: Count


class ActiveAlarms(Row):
    """By name of a fact: words in the name of an alarm that its checks judge."""

    judged_by: dict[str, Words]


class TimeSources(Row):
    """Number of time sources."""

    min_sources: Count


ROWS: dict[str, type[Row]] = {
    "LOG-001": LogCounts,
    "LOG-002": TopEvents,
    "LOG-003": LogServers,
    "LOG-004": Row,
    "LOG-005": LogBuffer,
    "LOG-006": ActiveAlarms,
    "LOG-007": Row,
    "NTP-001": Stratum,
    "NTP-002": TimeSources,
    "NTP-003": Row,
    "NTP-004": ClockOffset,
    "NTP-005": TimeZone,
}
