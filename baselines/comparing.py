"""What is no change and what change is expected, when two inspections are compared: data, with its schema."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from baselines.explanation import explained
from collector.errors import XunjianError


class ComparisonRulesError(XunjianError):
    """A file of rules cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"rules of comparison {file} cannot be used, {len(problems)} to correct:\n{lines}")


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return text


Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tolerance(_Strict):
    """A difference within one of the two is none."""

    absolute: Annotated[float, Field(ge=0)] = 0.0
    """In the unit of the value."""
    percent: Annotated[float, Field(ge=0)] = 0.0
    """Of the larger of the two values."""

    def covers(self, before: float, after: float) -> bool:
        """Tell whether the two count as the same; it matters not which came first."""
        difference = abs(after - before)
        return difference <= max(self.absolute, self.percent / 100 * max(abs(before), abs(after)))


class Place(_Strict):
    """Where a change is; `*` and `?` stand for anything."""

    kind: Text
    device: Text = "*"
    object: Text = "*"
    field: Text = "*"


class ExpectedChange(Place):
    """A change that was declared beforehand, or that is always harmless."""

    change: Literal["added", "removed", "changed", "any"] = "any"
    before: Text = "*"
    after: Text = "*"
    """The values, where it matters which."""
    why: Text


class ComparisonRules(_Strict):
    """All rules of one comparison."""

    tolerances: Mapping[str, Tolerance] = Field(default_factory=dict)
    """By `kind.field`."""
    ignored: tuple[Place, ...] = ()
    volatile_lines: tuple[Annotated[str, AfterValidator(_expression)], ...] = ()
    log_severity: Annotated[int, Field(ge=0, le=7)] = 3
    expected: tuple[ExpectedChange, ...] = ()


class _File(ComparisonRules):
    log_severity: Annotated[int, Field(ge=0, le=7)] | None = None  # type: ignore[assignment]


Known = Mapping[str, Collection[str]]
"""The kinds that are compared, each with its fields."""


def load_comparison_rules(path: Path | None, known: Known) -> ComparisonRules:
    """Read the built-in rules, with those of a file added to them (docs/comparison.md).

    Raises ComparisonRulesError naming file, place, value and what was expected, for all errors at once.
    """
    if path is None:
        return _builtin()
    own = _read(path, known)
    base = _builtin()
    return ComparisonRules(
        tolerances={**base.tolerances, **own.tolerances},
        ignored=(*base.ignored, *own.ignored),
        volatile_lines=(*base.volatile_lines, *own.volatile_lines),
        log_severity=base.log_severity if own.log_severity is None else own.log_severity,
        expected=(*own.expected, *base.expected),
    )


@cache
def _builtin() -> ComparisonRules:
    text = (files("baselines") / "comparison.yaml").read_text("utf-8")
    return ComparisonRules.model_validate(yaml.safe_load(text))


def _read(path: Path, known: Known) -> _File:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ComparisonRulesError(str(path), [f"cannot be read: {error}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ComparisonRulesError(str(path), [f"no valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise ComparisonRulesError(str(path), [f"value {data!r}: must be YAML with `key: value` lines"])
    try:
        rules = _File.model_validate(data)
    except ValidationError as error:
        raise ComparisonRulesError(str(path), explained("", _File, error)) from error
    if unknown := list(_unknown(rules, known)):
        raise ComparisonRulesError(str(path), unknown)
    return rules


def _unknown(rules: _File, known: Known) -> Any:
    """What names a kind or field that is not compared."""
    for name in rules.tolerances:
        kind, _, field = name.partition(".")
        if field not in known.get(kind, ()):
            yield f"tolerances.{name}: is not compared; known are {', '.join(_fields(known))}"
    for list_, places in (("ignored", rules.ignored), ("expected", rules.expected)):
        for number, place in enumerate(places):
            if place.kind != "*" and place.kind not in known:
                yield f"{list_}.{number}.kind: value {place.kind!r}: known are {', '.join(known)}"


def _fields(known: Known) -> list[str]:
    return [f"{kind}.{field}" for kind, fields in known.items() for field in fields]
