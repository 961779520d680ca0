"""What the counters of a device can be compared with, and how long before that was."""

from dataclasses import dataclass

from checks.check import Context
from parsers.facts import Facts, Unknown

HOUR_S, DAY_S = 3600.0, 86400.0
NO_SECOND = "只有一次采样，也没有上次巡检可比，计数器的增长未知"
RESET = "计数器在两次采样之间被清零或回绕，增长未知，请再次采样"


@dataclass(frozen=True, slots=True)
class Interval:
    """Something to compare with: facts of earlier, and how long before."""

    facts: Facts
    seconds: float
    words: str


def intervals(context: Context, fact: str) -> list[Interval]:
    """The earlier answer of this visit, then the last inspection; both where both are there."""
    found = []
    if context.sample is not None and fact in context.sample.seconds:
        seconds = context.sample.seconds[fact]
        found.append(Interval(context.sample.facts, seconds, f"本次采样的 {_lasting(seconds)}内"))
    if context.previous is not None and context.previous_at is not None and context.collected_at is not None:
        seconds = (context.collected_at - context.previous_at).total_seconds()
        found.append(Interval(context.previous, seconds, f"上次巡检以来的 {_lasting(seconds)}内"))
    return [each for each in found if not isinstance(getattr(each.facts, fact), Unknown)]


def _lasting(seconds: float) -> str:
    if seconds >= DAY_S:
        return f"{seconds / DAY_S:.1f} 天"
    return f"{seconds / HOUR_S:.1f} 小时" if seconds >= HOUR_S else f"{seconds:.0f} 秒"


def since_start(context: Context) -> float | None:
    """Seconds since the device started, and its counters with it."""
    fact = context.facts.uptime
    return None if isinstance(fact, Unknown) else float(fact.value.uptime_s)
