"""Counters judged by growth: between two answers of one visit, and since the last inspection.

What a counter shows says nothing by itself. Growth is not known where the value fell, as it was cleared or
wrapped; where a device started, or a counter was cleared, within the interval, it grew from zero since.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from parsers.facts import Facts

HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class CounterSample:
    """What holds counters, as it was earlier in the same visit."""

    facts: Facts
    """Known are only the facts that `seconds` names."""
    seconds: Mapping[str, float]
    """By name of the fact: from the earlier answer to the one that the facts rest on."""


@dataclass(frozen=True, slots=True)
class Growth:
    """By how much a counter grew, and in which time."""

    by: int
    seconds: float

    @property
    def per_hour(self) -> float:
        """The rate over the interval."""
        return self.by * HOUR_S / self.seconds


def growth(
    now: int | None, then: int | None, seconds: float, *, from_zero_s: float | None = None
) -> Growth | None:
    """Give the growth of one counter; None where it cannot be known.

    `from_zero_s` is how long ago the device started or the counter was cleared, where that is known: within
    the interval, what the counter shows is all that it grew since.
    """
    if now is None:
        return None
    if from_zero_s is not None and 0 < from_zero_s < seconds:
        return Growth(now, from_zero_s)
    if then is None or now < then or seconds <= 0:
        return None
    return Growth(now - then, seconds)
