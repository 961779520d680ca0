"""The demo's switches and those of tests/switches, read from their texts and judged, nothing connected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from baselines.advisories.collection import demo
from baselines.baseline import Baseline, load_baseline
from checks.check import Check, Context, run
from checks.evaluation import VersionJudge
from checks.fleet import Fleet, Member
from checks.growth import CounterSample
from checks.metrics import Sample, Series, metrics
from checks.verdict import Verdict
from collector.capture import Capture, CaptureStatus
from collector.inventory import Device, Expected
from collector.platform import Platform, platforms
from collector.simulator.device import load_outputs
from collector.simulator.site import DEMO, load_plan
from collector.simulator.texts import render
from parsers.facts import FACT_NAMES, Facts
from parsers.reader import read_facts
from parsers.stored_facts import masked

NOW = datetime(2026, 3, 1, 4, 5, 6, 789000, tzinfo=UTC)
GAP_S = 60.0
"""Between the two answers of what holds counters."""
DAYS = 30
"""Since the last inspection, and between those before it."""
MORE = Path(__file__).parents[1] / "switches"


@dataclass(frozen=True, kw_only=True)
class Switch:
    """One switch: what it printed, and all that is known besides."""

    device: Device
    platform: Platform
    texts: Mapping[str, str]
    """What it prints by command, with placeholders for what moves."""
    captures: Mapping[str, Capture]
    """By command."""
    facts: Facts
    earlier: Facts
    """What holds counters, GAP_S before."""
    series: Series = field(default_factory=dict)

    def with_answers(self, *answers: Capture) -> "Switch":
        """The same switch when it printed this instead; facts of other commands are not read again."""
        given = {answer.command for answer in answers}
        captures = {**self.captures, **{answer.command: answer for answer in answers}}
        return self._read_again(captures, given)

    def printing(self, texts: Mapping[str, str], facts: Iterable[str] = FACT_NAMES) -> "Switch":
        """The same switch when it prints these by command, with placeholders, the first time too.

        Read again are only the facts named.
        """
        wanted = set(facts)
        answers = {command: self._printed(command, text) for command, text in texts.items()}
        changed = self._read_again({**self.captures, **answers}, texts, wanted)
        counting = [name for name in resting_on(self.platform, texts) if name in self.platform.counters]
        if not wanted.intersection(counting):
            return replace(changed, texts={**self.texts, **texts})
        first = [self._printed(c, t, age_s=0.0) for c, t in {**self.texts, **texts}.items()]
        again = read_facts(self.platform, first, counting)
        earlier = replace(self.earlier, **{name: getattr(again, name) for name in counting})
        return replace(changed, texts={**self.texts, **texts}, earlier=earlier)

    def _printed(self, command: str, text: str, age_s: float = GAP_S) -> Capture:
        return _capture(self.device, self.platform, command, text, frozenset(), age_s)

    def without(self, *commands: str) -> "Switch":
        """The same switch when these were never asked."""
        return self._read_again({c: a for c, a in self.captures.items() if c not in commands}, commands)

    def _read_again(
        self, captures: Mapping[str, Capture], changed: Iterable[str], wanted: Iterable[str] = FACT_NAMES
    ) -> "Switch":
        names = [name for name in resting_on(self.platform, changed) if name in set(wanted)]
        again = read_facts(self.platform, list(captures.values()), names)
        facts = replace(self.facts, **{name: getattr(again, name) for name in names})
        return replace(self, captures=captures, facts=facts)


def resting_on(platform: Platform, commands: Iterable[str]) -> list[str]:
    """Facts that some of these commands may be asked for."""
    asked = set(commands)
    return [name for name, steps in platform.facts.items() if any(asked & set(step.any_of) for step in steps)]


@cache
def switches() -> dict[str, Switch]:
    """Every switch by name, the demo's first."""
    plan = load_plan()
    devices = [
        (
            Device(
                name=planned.name,
                host=str(planned.mgmt),
                role=planned.role,
                location="机房",
                expect=plan.expect.get(planned.name, Expected()),
            ),
            platforms()[planned.platform],
            DEMO / planned.name,
            plan.denied(planned.name),
        )
        for planned in plan.devices
        if planned.name not in plan.unreachable
    ]
    none: frozenset[str] = frozenset()
    for number, folder in enumerate(sorted(MORE.iterdir()), start=101):
        device = Device(name=folder.name, host=f"192.0.2.{number}", role="access", location="机房")
        devices.append((device, platforms()[folder.name], folder, none))
    return {
        device.name: _switch(device, platform, folder, denied) for device, platform, folder, denied in devices
    }


def _switch(device: Device, platform: Platform, folder: Path, denied: frozenset[str]) -> Switch:
    outputs = load_outputs(folder, platform)
    captures = {c: _capture(device, platform, c, t, denied) for c, t in outputs.items()}
    before = [_capture(device, platform, c, t, denied, age_s=0.0) for c, t in outputs.items()]
    facts = read_facts(platform, list(captures.values()))
    earlier = read_facts(platform, before, platform.counters)
    series: dict[tuple[str, str], tuple[Sample, ...]] = {}
    for metric in metrics(facts):
        times = [NOW - timedelta(days=DAYS * ago) for ago in range(6, 0, -1)]
        series[metric.name, metric.object] = tuple(Sample(at, metric.value) for at in times)
    return Switch(
        device=device,
        platform=platform,
        texts=outputs,
        captures=captures,
        facts=facts,
        earlier=earlier,
        series=series,
    )


def _capture(
    device: Device,
    platform: Platform,
    command: str,
    text: str,
    denied: frozenset[str],
    age_s: float = GAP_S,
) -> Capture:
    refused = any(pattern.search(text) for pattern in platform.refused)
    status = CaptureStatus.REFUSED if refused else CaptureStatus.OK
    return Capture(
        device=device.name,
        command=command,
        status=CaptureStatus.NO_PRIVILEGE if command in denied else status,
        raw=render(text, NOW - timedelta(seconds=GAP_S - age_s), age_s).encode(),
        started_at=NOW,
        elapsed_s=0.2,
        detail="" if status is CaptureStatus.OK and command not in denied else "refused",
    )


@cache
def baseline() -> Baseline:
    return load_baseline()


@cache
def _judge() -> VersionJudge:
    return VersionJudge(demo().advisories, baseline(), "demo", NOW.date())


@cache
def previous(name: str) -> Facts:
    """What the last inspection knew: the same."""
    return masked(switches()[name].facts)


def fleet(*instead: Switch) -> Fleet:
    """All switches, some of them perhaps changed."""
    changed = {switch.device.name: switch for switch in instead}
    return Fleet(
        Member(device=each.device, facts=each.facts, platform=each.platform.id, collected_at=NOW)
        for each in ({**switches(), **changed}).values()
    )


def judge(switch: Switch, checks: Iterable[Check], around: Fleet, **instead: Any) -> dict[str, Verdict]:
    """Judge one switch by checks, those that sum up others last; `instead` lies over every context."""
    given: dict[str, Verdict] = {}
    for check in sorted(checks, key=lambda each: bool(each.of)):
        verdicts = {id_: given[id_] for id_ in check.of if id_ in given}
        given[check.id] = run(check, replace(context_of(switch, check, around), verdicts=verdicts, **instead))
    return given


def context_of(switch: Switch, check: Check, around: Fleet) -> Context:
    """All that a check may look at of a switch, but the verdicts of other checks."""
    seconds = dict.fromkeys(switch.platform.counters, GAP_S)
    exposures, evaluation = _judge().of(switch.device, switch.platform, switch.facts)
    return Context(
        device=switch.device,
        facts=switch.facts,
        params=baseline().params(check.id, switch.device),
        collected_at=NOW,
        sample=CounterSample(switch.earlier, seconds) if seconds else None,
        previous=previous(switch.device.name),
        previous_at=NOW - timedelta(days=DAYS),
        series=switch.series,
        exposures=exposures,
        evaluation=evaluation,
        fleet=around,
    )
