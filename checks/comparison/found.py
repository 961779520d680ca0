"""What comparing has found so far, and the verdict on each difference by the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from baselines.comparing import ComparisonRules, ExpectedChange, Place
from checks.comparison.difference import Change, ChangeVerdict, Gap

PRESENCE = ""
"""Field of a change of a thing as a whole."""


@dataclass(slots=True)
class Found:
    """What comparing has found so far."""

    rules: ComparisonRules
    changes: list[Change] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    unchanged: dict[str, int] = field(default_factory=dict)

    def same(self, label: str) -> None:
        """Count a thing that is as it was."""
        self.unchanged[label] = self.unchanged.get(label, 0) + 1

    def add(self, change: Change, field_name: str) -> None:
        """Take a change up, unless it is to be ignored; `field_name` is the field as rules name it."""
        if not any(_is_there(place, change, field_name) for place in self.rules.ignored):
            self.changes.append(_judged(change, field_name, self.rules.expected))


def _judged(change: Change, field_name: str, expected: Sequence[ExpectedChange]) -> Change:
    for rule in expected:
        if (
            _is_there(rule, change, field_name)
            and rule.change in ("any", change.change)
            and _values(rule, change)
        ):
            return replace(change, verdict=ChangeVerdict.EXPECTED, why=rule.why)
    return change


def _values(rule: ExpectedChange, change: Change) -> bool:
    return fnmatchcase(change.before, rule.before) and fnmatchcase(change.after, rule.after)


def _is_there(place: Place, change: Change, field_name: str) -> bool:
    return (
        fnmatchcase(change.kind, place.kind)
        and fnmatchcase(change.device, place.device)
        and fnmatchcase(change.object, place.object)
        and (place.field == "*" or fnmatchcase(field_name, place.field))
    )
