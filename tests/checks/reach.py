"""On which platforms the data of a check differ, which verdicts it can give there, and which are reached.

Platforms *share* the data of a check when each of its facts is read there by one function with the same
templates, or is not there at all: what is proved of one of them is proved of all. A verdict is reached when
it comes out of what a switch prints: as it stands, with a fault planted (`planted.py`), or, for not assessed,
with an answer that never came.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import yaml

from checks.check import Check
from checks.registry import CHECKS
from checks.verdict import SEVEREST_FIRST, Outcome, Verdict
from collector.platform import Platform, platforms
from parsers.facts import FACT_TABLES, Reason
from parsers.template import template_path
from tests.checks.inspected import fleet, judge, switches
from tests.checks.planted import planted
from tests.checks.test_matrix import VERDICTS
from tests.checks.test_versions import VERDICTS as OF_VERSIONS

KINDS = (Outcome.PASS, *SEVEREST_FIRST, Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED)
"""What a verdict can be, the severity in place of fail."""
UNREACHABLE = Path(__file__).parent / "faults" / "unreachable.yml"
ABSENT, MISSING = "such a device has none", "not printed, or not read"


@dataclass(frozen=True)
class Cell:
    """A check on the platforms that share its data."""

    check: Check
    platforms: tuple[str, ...]
    possible: frozenset[str]
    """Verdicts that it can give there, of KINDS."""


def _source(platform: Platform, fact: str) -> Hashable:
    """What makes a fact of a platform: the function that reads it, and the templates of its commands."""
    if fact in platform.without:
        return ABSENT
    if fact not in platform.facts:
        return MISSING
    reader = import_module(f"parsers.{platform.id}").READERS[fact]
    commands = [command for step in platform.facts[fact] for command in step.any_of]
    templates = sorted({str(template_path(platform, command)) for command in commands})
    return (reader.__module__, reader.__qualname__, *templates)


@cache
def cells() -> tuple[Cell, ...]:
    """Every check on every group of platforms that share its data."""
    return tuple(cell for check in CHECKS for cell in _cells(check))


def _cells(check: Check) -> Iterator[Cell]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for name, platform in platforms().items():
        groups[tuple(_source(platform, fact) for fact in check.facts)].append(name)
    for members in groups.values():
        yield Cell(check, tuple(members), _possible(check, platforms()[members[0]]))


def _possible(check: Check, platform: Platform) -> frozenset[str]:
    """Where a fact that it needs is absent or missing, little is left to say (`checks.check.run`)."""
    sources = {fact: _source(platform, fact) for fact in check.needs}
    absent = {fact for fact, source in sources.items() if source == ABSENT}
    if absent - FACT_TABLES or (absent and len(sources) == len(absent)):
        return frozenset({Outcome.NOT_APPLICABLE})
    if absent:
        return frozenset({Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED})
    if MISSING in sources.values():
        return frozenset({Outcome.NOT_ASSESSED})
    said = {kind.removesuffix(" lacking") for kind in {**VERDICTS, **OF_VERSIONS}[check.id].split(", ")}
    own = said - set(Reason)
    return frozenset({*own, Outcome.NOT_ASSESSED} if check.needs or own != said else own)


def kinds(verdict: Verdict) -> set[str]:
    """All that a verdict's results say, of KINDS."""
    return {result.severity or result.outcome for result in verdict.results}


@cache
def reached() -> Mapping[tuple[str, str], frozenset[str]]:
    """By check and platform: what comes out of the outputs at hand."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for switch in switches().values():
        for id_, verdict in judge(switch, CHECKS, fleet()).items():
            found[id_, switch.platform.id] |= kinds(verdict)
        for id_ in _not_assessed(switch.device.name):
            found[id_, switch.platform.id].add(Outcome.NOT_ASSESSED)
    for case in planted():
        found[case.check, case.platform] |= {_kind(words) for words in case.gives}
    return {key: frozenset(kinds) for key, kinds in found.items()}


def _not_assessed(name: str) -> Iterator[str]:
    """Checks that say so when what a fact they need rests on was never answered."""
    switch = switches()[name]
    rests = {(step.any_of, fact) for fact, steps in switch.platform.facts.items() for step in steps[:1]}
    for commands in {commands for commands, _ in rests}:
        lost = {fact for each, fact in rests if each == commands}
        mine = [check for check in CHECKS if lost & set(check.needs)]
        found = judge(switch.without(*commands), mine, fleet())
        yield from (id_ for id_, verdict in found.items() if verdict.outcome is Outcome.NOT_ASSESSED)


def _kind(words: str) -> str:
    """Of a result in short: `fail major Eth1/1` is major."""
    outcome, *more = words.split(" ")
    return more[0] if outcome == Outcome.FAIL else outcome


@cache
def unreachable() -> Mapping[tuple[str, str, str], str]:
    """By check, platform and verdict: why it cannot be reached."""
    found: dict[tuple[str, str, str], str] = {}
    for reason, by_check in yaml.safe_load(UNREACHABLE.read_text("utf-8")).items():
        for check, by_platform in by_check.items():
            for platform, verdicts in by_platform.items():
                for kind in verdicts.split(" "):
                    assert (check, platform, kind) not in found, (check, platform, kind)
                    found[check, platform, kind] = reason
    return found


def lacking(cell: Cell) -> frozenset[str]:
    """Verdicts that nothing reaches, and that nobody says cannot be reached."""
    had = frozenset().union(*(reached().get((cell.check.id, name), ()) for name in cell.platforms))
    excused = {kind for id_, name, kind in unreachable() if id_ == cell.check.id and name in cell.platforms}
    return cell.possible - had - excused
