"""Reading what many devices printed, so that no output, however strange, can stall or end a run.

An output that keeps an expression busy is given up by `time_limit` and costs the facts that rest on it. What
that cannot end, or what fills the memory, ends the process it is read in: where many devices are read, in
processes of their own, that costs its device alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from collector.capture import Capture
from collector.platform import Platform, platforms
from parsers.facts import Facts
from parsers.reader import read_facts, unread_facts
from parsers.text import clean
from parsers.time_limit import Budget, can_limit
from parsers.workers import Lost, Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What one device printed."""

    platform: str
    """Id of the platform."""
    captures: tuple[Capture, ...]
    earlier: tuple[Capture, ...] = ()
    """Of what holds counters: answers from before the ones among `captures`."""
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDevice:
    """What was read of it."""

    facts: Facts
    earlier: Facts | None = None
    """What holds counters, as it was at the earlier answers; None where there are none."""
    lines: dict[str, tuple[str, ...]]
    """The cleaned lines by SHA-256 of the capture; none where the reading was ended from outside."""


POOL_FROM = 60
"""So many devices are worth processes of their own, each of which compiles its templates anew."""


def read_device(printed: Printed) -> ReadDevice:
    """Read one device in this process; its budget holds where `can_limit` says so."""
    platform = platforms()[printed.platform]
    cleaned: dict[str, tuple[str, ...]] = {}
    facts = read_facts(platform, printed.captures, budget=printed.budget, cleaned=cleaned)
    last = {c.command: c.sha256 for c in printed.captures}
    return ReadDevice(
        facts=facts,
        earlier=_earlier(platform, printed),
        lines={
            c.sha256: cleaned[c.command]
            if c.command in cleaned and last[c.command] == c.sha256
            else clean(c.raw, c.command, platform.prompt)
            for c in printed.captures
        },
    )


def _earlier(platform: Platform, printed: Printed) -> Facts | None:
    """Read what holds counters out of the earlier answers, and of the others what it rests on besides."""
    asked = {capture.command for capture in printed.earlier}
    names = [name for name, commands in platform.counters.items() if asked.intersection(commands)]
    if not names:
        return None
    return read_facts(platform, (*printed.captures, *printed.earlier), names, budget=printed.budget)


def read_devices(
    devices: Iterable[Printed], count: int, *, budget: Budget
) -> Iterator[tuple[Printed, ReadDevice]]:
    """Read `count` devices in their order; only a few are held at a time.

    Many are read on all processors, fewer than `POOL_FROM` in this process where time can be limited here.
    """
    if count < POOL_FROM and can_limit():
        yield from ((printed, read_device(printed)) for printed in devices)
        return
    # The clock runs faster than processor time on a busy machine; this only ends what nothing else does.
    with Workers(read_device, limit_s=3 * budget.device_s) as workers:
        for printed, result in workers.results(devices):
            yield printed, _lost(printed, result) if isinstance(result, Lost) else result


def _lost(printed: Printed, lost: Lost) -> ReadDevice:
    facts = unread_facts(
        platforms()[printed.platform], printed.captures, f"reading the device: {lost.detail}"
    )
    return ReadDevice(facts=facts, lines={})
