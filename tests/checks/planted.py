"""Faults planted into what the switches at hand print: a table of cases, and what each must change.

`faults/<subject>.yaml` holds them: check, platform, a list of cases. A case says what it `gives` and what to
change. A command stands with what it prints instead: the name of a fixture of `tests/parsers/fixtures`,
pieces of text with what replaces them (in the text of `fixture`, where one is named; everywhere, or once each
from the piece on that stands at `after`), or lines that are put at the end of a configuration; nothing, where
it is not answered.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from baselines.advisories.formats.own_form import WrittenFile
from baselines.approved import Approved
from baselines.lifecycle import Milestones
from baselines.parameters import ROWS
from checks.evaluation import Evaluation, VersionJudge
from checks.exposure import Exposure
from checks.fleet import Fleet
from checks.metrics import Sample
from checks.registry import CHECKS, by_id
from checks.verdict import Result
from collector.inventory import Expected, Site
from parsers.stored_facts import masked
from parsers.template import template_path
from tests.checks.case import short
from tests.checks.inspected import DAYS, NOW, Switch, baseline, fleet, judge, switches
from tests.checks.test_site import form

HERE = Path(__file__).parent / "faults"
FIXTURES = Path(__file__).parents[1] / "parsers" / "fixtures"
AFTER = "after"
FIXTURE = "fixture"
Answer = str | dict[str, str] | list[str] | None
"""A fixture's name (empty: it prints nothing), pieces of text and their replacements, lines of configuration;
None: no answer."""


class Said(BaseModel):
    """One case as it stands in the table, but for the commands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gives: str | list[str]
    """All that the check says now and did not say of the switch as it stands, sorted."""
    switch: str = ""
    """Its name; empty: the first one of the platform."""
    first: bool = False
    """There was no inspection before."""
    before: dict[str, Answer] = {}
    """What it printed at the last inspection instead of what it prints as it stands."""
    series: list[float] = []
    """Everything that is measured had these values at the inspections before, a month apart."""
    device: dict[str, Any] = {}
    """Laid over what else the inventory says of it."""
    expect: dict[str, Any] = {}
    """Laid over what the inventory expects."""
    params: dict[str, Any] = {}
    """Laid over the default baseline's row."""
    windows: list[dict[str, Any]] = []
    """When the site may be changed."""
    form: str = ""
    """What somebody filled in on site: entries of the form."""
    advisories: list[dict[str, Any]] = []
    """Instead of the demo's; entries of our own form."""
    approved: list[dict[str, Any]] = []
    lifecycle: list[dict[str, Any]] = []
    """Of the baseline."""
    others: dict[str, dict[str, Answer]] = {}
    """By name of another switch: what that one prints instead."""


@dataclass(frozen=True)
class Planted:
    """One case: a check, a switch, what it prints instead, and what must come of it."""

    check: str
    platform: str
    said: Said
    answers: Mapping[str, Answer]

    def __str__(self) -> str:
        return f"{self.check} {self.platform} {'; '.join(self.gives)}"

    @property
    def gives(self) -> tuple[str, ...]:
        gives = self.said.gives
        return (gives,) if isinstance(gives, str) else tuple(gives)

    @property
    def healthy(self) -> Switch:
        """The switch as it stands."""
        return switches()[self.said.switch] if self.said.switch else first_of(self.platform)

    def changed(self) -> Switch:
        """The switch with this planted."""
        healthy = self.healthy
        expect = {**healthy.device.expect.model_dump(), **self.said.expect}
        device = healthy.device.model_copy(update={**self.said.device, "expect": Expected(**expect)})
        return replace(_printing(healthy, self.answers, self._facts), device=device)

    @property
    def _facts(self) -> set[str]:
        """All that the check and those it sums up look at."""
        check = by_id(self.check)
        return {fact for each in CHECKS if each.id in (check.id, *check.of) for fact in each.facts}

    def news(self) -> tuple[Result, ...]:
        """What the check says with this planted and did not say before."""
        before = _before(self.check, self.healthy.device.name)
        others = [_printing(switches()[name], given, self._facts) for name, given in self.said.others.items()]
        changed = self.changed()
        around = Fleet(fleet(changed, *others).members, _site(self.said))
        found = results(self.check, changed, around, **dict(self._instead(changed)))
        return tuple(result for result in found if short(result) not in before)

    def _instead(self, changed: Switch) -> Iterator[tuple[str, Any]]:
        """What is other than usual in the check's context."""
        said = self.said
        if said.params:
            own = baseline().params(self.check, changed.device)
            yield "params", ROWS[self.check].model_validate({**own, **said.params}).model_dump()
        if said.first:
            yield from {"previous": None, "previous_at": None, "series": {}}.items()
        if said.before:
            yield "previous", masked(_printing(self.healthy, said.before, self._facts).facts)
        if said.series:
            days = [NOW - timedelta(days=DAYS * ago) for ago in range(len(said.series), 0, -1)]
            samples = tuple(Sample(at, value) for at, value in zip(days, said.series, strict=True))
            yield "series", dict.fromkeys(changed.series, samples)
        if said.form:
            yield "form", form(said.form)
        if said.advisories or said.approved or said.lifecycle:
            yield from zip(("exposures", "evaluation"), _judged(said, changed), strict=True)


def _judged(said: Said, switch: Switch) -> tuple[tuple[Exposure, ...], Evaluation]:
    """What its version means by the rules of a case."""
    written = {"name": "planted", "as_of": str(NOW.date()), "advisories": said.advisories}
    advisories = (
        WrittenFile.model_validate_json(json.dumps(written)).meant("planted").advisories
        if said.advisories
        else ()
    )
    rules = replace(
        baseline(),
        approved=tuple(Approved.model_validate(each) for each in said.approved),
        lifecycle=tuple(Milestones.model_validate(each) for each in said.lifecycle),
    )
    judge_versions = VersionJudge(advisories, rules, "demo", NOW.date())
    return judge_versions.of(switch.device, switch.platform, switch.facts)


def _site(said: Said) -> Site | None:
    if not said.windows:
        return None
    site = {
        "name": "demo",
        "customer": "demo",
        "devices": [{"name": "sw1", "host": "192.0.2.1"}],
        "maintenance_windows": said.windows,
    }
    return Site.model_validate_json(json.dumps(site, default=str))


def results(check_id: str, switch: Switch, around: Fleet, **instead: Any) -> tuple[Result, ...]:
    """What a check says of a switch among all; `instead` lies over its context."""
    check = by_id(check_id)
    needed = [each for each in CHECKS if each.id in (check.id, *check.of)]
    return judge(switch, needed, around, **instead)[check.id].results


@cache
def _before(check_id: str, name: str) -> frozenset[str]:
    return frozenset(short(result) for result in results(check_id, switches()[name], fleet()))


def first_of(platform: str) -> Switch:
    """The first switch at hand of a platform."""
    return next(switch for switch in switches().values() if switch.platform.id == platform)


def _printing(switch: Switch, answers: Mapping[str, Answer], facts: set[str]) -> Switch:
    silent = [command for command, answer in answers.items() if answer is None]
    texts = {c: _text(switch, c, answer) for c, answer in answers.items() if answer is not None}
    speaking = switch.printing(texts, facts) if texts else switch
    return speaking.without(*silent) if silent else speaking


def _text(switch: Switch, command: str, answer: str | dict[str, str] | list[str]) -> str:
    if isinstance(answer, str):
        return answer and _fixture(switch, command, answer)
    named = answer.get(FIXTURE) if isinstance(answer, dict) else None
    text = switch.texts[command] if named is None else _fixture(switch, command, named)
    if isinstance(answer, list):
        lines = text.rstrip("\n").split("\n")
        at = len(lines) - 1 if lines[-1].strip() in ("return", "end") else len(lines)
        return "\n".join((*lines[:at], *answer, *lines[at:])) + "\n"
    pieces = {old: new for old, new in answer.items() if old != FIXTURE}
    start = pieces.pop(AFTER, "")
    assert start in text, f"{switch.device.name} does not print {start!r} for {command!r}"
    head, text = text[: text.index(start)], text[text.index(start) :]
    for old, new in pieces.items():
        assert old in text, f"{switch.device.name} does not print {old!r} for {command!r}"
        text = text.replace(old, new, 1 if start else -1)
    return head + text


def _fixture(switch: Switch, command: str, name: str) -> str:
    """The fixture of the platform itself, or of one whose templates it uses."""
    template = template_path(switch.platform, command)
    assert template is not None, f"{switch.platform.id}: no template for {command!r}"
    for platform in (switch.platform.id, *switch.platform.templates_of):
        path = FIXTURES / platform / Path(str(template)).stem / f"{name}.txt"
        if path.exists():
            return path.read_text("utf-8")
    raise AssertionError(f"{switch.platform.id}: no fixture {name} of {command!r}")


@cache
def planted() -> tuple[Planted, ...]:
    """Every case of the table."""
    return tuple(case for path in sorted(HERE.glob("*.yaml")) for case in _read(path))


def _read(path: Path) -> Iterator[Planted]:
    for check, by_platform in yaml.safe_load(path.read_text("utf-8")).items():
        for platform, cases in by_platform.items():
            for case in cases:
                answers = {key: value for key, value in case.items() if key.split(" ")[0] in _VERBS}
                said = {key: value for key, value in case.items() if key not in answers}
                yield Planted(check, platform, Said.model_validate(said), answers)


_VERBS = ("display", "show", "dir")
