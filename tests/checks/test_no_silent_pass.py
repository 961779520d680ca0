"""Whatever a device does not answer, or answers with something else, no check calls fine what rests on it.

Every answer of every switch at hand is taken away, refused, cut, replaced or given one more line; all checks
that may look at its facts are judged again. A check that needs such a fact is not assessed; one that can do
without it never says anything better than before.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import pytest

from checks.check import Check
from checks.fleet import Fleet
from checks.registry import CHECKS
from checks.verdict import Outcome, Verdict, passed
from collector.capture import Capture, CaptureStatus
from parsers.facts import Unknown
from tests.checks.inspected import Switch, fleet, judge, resting_on, switches

GARBAGE = b"\xff\xfe zq\x01 7@@ #!garbled\r\n~~~ ^^^ wvx 00 \xc3\x28\r\n)(*& no such line of any switch\r\n"
STRANGE = b"  Flux capacitor XJ-7 : Charging 42 %"
CONFIGURATIONS = {
    "display current-configuration",
    "display saved-configuration",
    "show running-config",
    "show startup-config",
}
"""One more line of these is a line of configuration like any other."""
TOLD_ELSEWHERE = {
    ("huawei_vrp5", "display bfd session all"),
    ("huawei_vrp8", "display bfd session all"),
    ("huawei_vrp5", "display bgp peer"),
    ("huawei_vrp8", "display bgp peer"),
    ("huawei_vrp5", "display isis peer"),
    ("huawei_vrp8", "display isis peer"),
    ("huawei_vrp5", "display vrrp brief"),
    ("huawei_vrp8", "display vrrp brief"),
    # Members and their versions; `display stack` says that there are none.
    ("huawei_vrp8", "display version"),
}
"""Where the configuration says that there is no such thing, it does not matter what this says."""
OTHERWISE = {
    ("IF-001", "not_applicable", "pass"): "an uplink that is up is so, whether it is aggregated or not",
    ("HW-014", "pass", "not_applicable"): "what an older VRP5 answers instead has no dates",
}
"""Verdicts that may change so when a fact is lost that the check can do without."""

JUDGED_AT_ONE_END = {"IF-006", "IF-013", "OPT-007"}
"""A link that the other end was to judge is judged here when that end does not hear this one."""


def _answered(status: CaptureStatus) -> Callable[[Capture], Capture]:
    def spoilt(capture: Capture) -> Capture:
        raw = capture.raw[: len(capture.raw) // 2] if status in _HALF else b"% no"
        return replace(capture, status=status, raw=raw, detail=status.value)

    return spoilt


def _with_strange_line(capture: Capture) -> Capture:
    lines = capture.raw.split(b"\n")
    middle = len(lines) // 2
    return replace(capture, raw=b"\n".join((*lines[:middle], STRANGE, *lines[middle:])))


_HALF = (CaptureStatus.CUT, CaptureStatus.TIMED_OUT)
WAYS: Mapping[str, Callable[[Capture], Capture] | None] = {
    "never asked": None,
    **{status.value: _answered(status) for status in CaptureStatus if status is not CaptureStatus.OK},
    "garbage": lambda capture: replace(capture, raw=GARBAGE),
    "a strange line": _with_strange_line,
}


def answers(switch: Switch) -> Iterator[Capture]:
    """What it was asked for by its platform, and answered."""
    asked = set(switch.platform.commands())
    return (c for c in switch.captures.values() if c.command in asked and c.status is CaptureStatus.OK)


def only_source(switch: Switch, command: str) -> set[str]:
    """Facts that cannot be known without the answer to this command."""
    answered = {capture.command for capture in answers(switch)}
    return {
        name
        for name, steps in switch.platform.facts.items()
        for step in steps
        if command in step.any_of and not step.optional and answered.intersection(step.any_of) == {command}
    }


def spoilt(switch: Switch, capture: Capture, way: str) -> Switch:
    spoil = WAYS[way]
    return switch.without(capture.command) if spoil is None else switch.with_answers(spoil(capture))


def touched(switch: Switch, command: str) -> list[Check]:
    """Checks that may look at facts of a command, those that sum them up, and all that these sum up."""
    facts = set(resting_on(switch.platform, [command]))
    direct = {check.id for check in CHECKS if facts & set(check.facts)}
    sums = [check for check in CHECKS if direct & set(check.of)]
    wanted = direct | {id_ for check in sums for id_ in (check.id, *check.of)}
    return [check for check in CHECKS if check.id in wanted and not check.unless(switch.device)]


def _has_none(check: Check, switch: Switch) -> bool:
    """Whether such a device cannot have what the check is about."""
    facts = [getattr(switch.facts, name) for name in check.needs]
    return any(isinstance(fact, Unknown) and fact.absent for fact in facts)


def allowed(check: Check, before: Verdict, now: Outcome, changed: Switch, command: str, way: str) -> bool:
    """Whether a check may say this, now that an answer is spoilt."""
    if _has_none(check, changed):
        return now is Outcome.NOT_APPLICABLE
    kept = way in ("garbage", "a strange line")
    if only_source(switches()[changed.device.name], command) & set(check.needs):
        elsewhere = kept and (changed.platform.id, command) in TOLD_ELSEWHERE
        if elsewhere and now in (Outcome.NOT_APPLICABLE, Outcome.FAIL):
            return now is before.outcome
        # What was read of an output may be wrong with the device, though a line of it is strange.
        return now is Outcome.NOT_ASSESSED or (way == "a strange line" and now is Outcome.FAIL)
    if now in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return now is before.outcome or (check.id, before.outcome.value, now.value) in OTHERWISE
    return True


def wrong(switch: Switch, checks: Sequence[Check] = ()) -> Iterator[str]:
    """Everything that is called better than it may be, by the registry's checks or these in their place."""
    instead = {check.id: check for check in checks}
    before = judge(switch, CHECKS, fleet())
    for capture in answers(switch):
        mine = [c for c in touched(switch, capture.command) if not instead or c.id in instead]
        for way in WAYS:
            if way == "a strange line" and capture.command in CONFIGURATIONS:
                continue
            changed = spoilt(switch, capture, way)
            now = judge(changed, [instead.get(c.id, c) for c in mine], fleet(changed))
            for check in mine:
                said = now[check.id].outcome
                if not allowed(check, before[check.id], said, changed, capture.command, way):
                    yield f"{capture.command}: {way}: {check.id}: {before[check.id].outcome} -> {said}"


@pytest.mark.parametrize("name", switches())
def test_nothing_is_fine_that_rests_on_a_spoilt_answer(name: str) -> None:
    assert list(wrong(switches()[name])) == []


@pytest.mark.parametrize("name", switches())
def test_every_check_that_passes_without_its_facts_is_noticed(name: str) -> None:
    """Every one that needs a fact which one command alone can tell."""
    switch = switches()[name]
    told = {fact for capture in answers(switch) for fact in only_source(switch, capture.command)}
    resting = [check for check in CHECKS if told & set(check.needs) and not check.unless(switch.device)]
    careless = [Check(check.id, (), lambda _: [passed("", "fine")]) for check in resting]
    noticed = {line.split(": ")[2] for line in wrong(switch, careless)}
    absent = {check.id for check in resting if _has_none(check, switch)}
    assert noticed | absent == {check.id for check in resting}


# --- what other devices say -----------------------------------------------------------------------


class _Watched:
    """The fleet, and whether anybody looked at it."""

    def __init__(self, around: Fleet) -> None:
        self._around = around
        self.looked_at = False

    def __getattr__(self, name: str) -> object:
        self.looked_at = True
        return getattr(self._around, name)


def comparing() -> list[Check]:
    """Checks that look at other devices, on any switch."""
    around = fleet()
    found = []
    for check in CHECKS:
        watched = _Watched(around)
        for switch in switches().values():
            if not check.of:
                judge(switch, [check], watched)  # type: ignore[arg-type]
        if watched.looked_at:
            found.append(check)
    return found


@pytest.mark.parametrize("way", ["never asked", "garbage"])
def test_nothing_gets_better_because_another_device_did_not_answer(way: str) -> None:
    checks = comparing()
    assert {check.id for check in checks} >= {"VER-007", "IF-006", "IF-013", "L2-002", "L3-014", "HA-011"}
    before = {name: judge(switch, checks, fleet()) for name, switch in switches().items()}
    better = []
    for switch in switches().values():
        for capture in answers(switch):
            changed = spoilt(switch, capture, way)
            around = fleet(changed)
            for name, other in switches().items():
                if name == switch.device.name:
                    continue
                for id_, verdict in judge(other, checks, around).items():
                    was = before[name][id_].outcome
                    if verdict.outcome is not Outcome.PASS or was is Outcome.PASS:
                        continue
                    if was is not Outcome.NOT_APPLICABLE or id_ not in JUDGED_AT_ONE_END:
                        better.append(f"{switch.device.name} {capture.command}: {name} {id_}: {was}")
    assert better == []
