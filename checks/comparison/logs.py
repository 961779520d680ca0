"""Records of the log as things that are compared: those that can be news."""

from datetime import datetime
from typing import Any

from parsers.facts import Facts, Unknown

Records = dict[str, dict[str, Any]]
"""By time and kind."""


def news(was: Facts, now: Facts, severity: int) -> tuple[Records, Records]:
    """Give the records of both sides that are severe enough and no older than the first look.

    What the device had logged before that is no change: a buffer that shows it once and not the other time
    has moved on, or its clock was set. Where a clock was not read every record is compared.
    """
    since = _first_look(was, now)
    return _events(was, severity, since), _events(now, severity, since)


def _first_look(was: Facts, now: Facts) -> datetime | None:
    """The earlier of the device's own times at both inspections."""
    if isinstance(was.clock, Unknown) or isinstance(now.clock, Unknown):
        return None
    return min(_local(fact.value.device_time) for fact in (was.clock, now.clock))


def _events(facts: Facts, severity: int, since: datetime | None) -> Records:
    """Those with one time and kind are numbered."""
    found: Records = {}
    for row in () if isinstance(facts.log_events, Unknown) else facts.log_events.value:
        if row.severity <= severity and (since is None or _local(row.time) >= since):
            key, number = f"{row.time:%Y-%m-%d %H:%M:%S} {row.mnemonic}", 2
            name = key
            while name in found:
                name, number = f"{key} #{number}", number + 1
            found[name] = {"event": row.text}
    return found


def _local(moment: datetime) -> datetime:
    """A device prints its log by its own clock, with a zone or without."""
    return moment.replace(tzinfo=None)
