"""What was read of the devices of a run: out of their captures, or as it was kept when the run was judged."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from checks.growth import CounterSample
from checks.identity import serial_numbers
from collector.platform import Platform, platforms
from collector.profile import ProfileName, profiles
from collector.run_folder import RunFolder
from collector.run_record import Damage, DeviceOutcome, Stored
from parsers.facts import FACT_NAMES, Facts, Reason, Unknown
from parsers.guarded import Printed, ReadDevice, read_device, read_devices
from parsers.stored_facts import StoredFactsError, dump_facts, load_facts, masked
from parsers.time_limit import Budget


@dataclass(frozen=True, slots=True)
class Work:
    """One device of the run, as long as it is being read: what it printed can be much."""

    outcome: DeviceOutcome
    stored: tuple[Stored, ...]
    earlier: tuple[Stored, ...] = ()
    """Of what holds counters: answers from before the ones among `stored`."""

    @property
    def platform(self) -> Platform | None:
        """None where nobody could tell."""
        return platforms().get(self.outcome.platform) if self.outcome.platform else None

    @property
    def printed(self) -> Printed | None:
        """What is to be read; None for a device that gave nothing."""
        if self.platform is None or not self.outcome.reached:
            return None
        captures, earlier = (tuple(s.capture for s in stored) for stored in (self.stored, self.earlier))
        return Printed(platform=self.platform.id, captures=captures, earlier=earlier)


def read_in_order(
    run: RunFolder, outcomes: Sequence[DeviceOutcome], damage: list[Damage]
) -> Iterator[tuple[Work, ReadDevice | None]]:
    """Read every device, a few at a time; adds what is damaged. None for one that gave nothing."""
    index, before = run.index(damage), run.earlier()
    begun: deque[tuple[Work, bool]] = deque()

    def to_read() -> Iterator[Printed]:
        for outcome in outcomes:
            mine = (run.load(records.get(outcome.device, ()), damage) for records in (index, before))
            work = Work(outcome, *mine)
            printed = work.printed
            begun.append((work, printed is not None))
            if printed is not None:
                yield printed

    def gave_nothing() -> Iterator[tuple[Work, None]]:
        while begun and not begun[0][1]:
            yield begun.popleft()[0], None

    for _, read in read_devices(to_read(), sum(outcome.reached for outcome in outcomes), budget=Budget()):
        yield from gave_nothing()
        yield begun.popleft()[0], read
    yield from gave_nothing()


def facts_of(work: Work, read: ReadDevice, profile: ProfileName) -> Facts:
    """Give what is known of a device, with the reason for what was not asked."""
    if work.platform is None:
        raise ValueError(f"{work.outcome.device} was read, but nobody says as what")
    return without(_explained(read.facts, work.outcome), work.platform, profile)


def sample_of(work: Work, read: ReadDevice) -> CounterSample | None:
    """Give what holds counters as it was at the earlier answers, and how long before; None without any.

    What has no known time, as in some logs, is no sample.
    """
    if work.platform is None or read.earlier is None:
        return None
    then, last = (
        {s.capture.command: s.capture.collected_at for s in stored} for stored in (work.earlier, work.stored)
    )
    seconds: dict[str, float] = {}
    for fact, commands in work.platform.counters.items():
        times = [(then.get(command), last.get(command)) for command in commands if command in then]
        known = [(a, b) for a, b in times if a is not None and b is not None and b > a]
        if known and len(known) == len(times):
            seconds[fact] = min((b - a).total_seconds() for a, b in known)
    return CounterSample(read.earlier, seconds) if seconds else None


def keep(run: RunFolder, device: str, facts: Facts) -> Damage | None:
    """Keep what was read of a device in the run's folder, unless it is there; say when that cannot be."""
    text = dump_facts(facts)
    try:
        if run.facts(device) != text:
            run.keep_facts(device, text)
    except OSError as error:
        said = f"what was read of {device} cannot be kept: {error}; later inspections read its captures again"
        return Damage(file="facts", detail=said)
    return None


class EarlierRun:
    """A run that was judged before, as far as it is compared with."""

    def __init__(self, run: RunFolder) -> None:
        """Raises RunFolderError when the run cannot be read."""
        self.run = run
        self.plan = run.plan
        outcomes, _ = run.outcomes()
        self.outcomes = {outcome.device: outcome for outcome in outcomes if outcome.reached}
        """Of the devices that were reached, by name."""
        self._serials: dict[str, frozenset[str]] = {}

    @cached_property
    def _index(self) -> dict[str, list[dict[str, Any]]]:
        return self.run.index([])

    def serials(self, device: str) -> frozenset[str]:
        """Give the serial numbers of a device that was reached."""
        if device not in self._serials:
            self._serials[device] = serial_numbers(self.facts(device))
        return self._serials[device]

    def facts(self, device: str) -> Facts:
        """Give what was known of a device that was reached, secrets masked.

        Its captures are read again only where nothing is kept that this version of the program can read;
        what is damaged in them is unknown, and was told when the run was judged.
        """
        text = self.run.facts(device)
        if text is not None:
            with suppress(StoredFactsError):
                return load_facts(text)
        work = Work(self.outcomes[device], self.run.load(self._index.get(device, ()), []))
        printed = work.printed
        facts = Facts() if printed is None else facts_of(work, read_device(printed), self.plan.profile)
        keep(self.run, device, facts)
        return masked(facts)


def without(facts: Facts, platform: Platform, profile: ProfileName) -> Facts:
    """Make unknown what the profile leaves out, also where commands of other facts happen to tell it.

    A fact made without the rest of its commands would look whole.
    """
    how = profiles()[profile]
    left = {name: commands for name in FACT_NAMES if (commands := how.left_out(platform, name))}
    unknown = {
        name: Unknown(Reason.NOT_COLLECTED, f"「{how.label}」档位不采集：{' / '.join(commands)}")
        for name, commands in left.items()
    }
    return replace(facts, **unknown)


def _explained(facts: Facts, outcome: DeviceOutcome) -> Facts:
    """Say why commands were never sent, where the work on the device ended early."""
    if outcome.reason is None:
        return facts
    reason = Reason(outcome.reason)
    values = {name: getattr(facts, name) for name in FACT_NAMES}
    return Facts(
        **{
            name: Unknown(reason, f"{fact.detail}：{outcome.detail}")
            if isinstance(fact, Unknown) and fact.reason is Reason.NOT_COLLECTED
            else fact
            for name, fact in values.items()
        }
    )
