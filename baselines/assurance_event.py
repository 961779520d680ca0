"""A critical period (重保) or change window (变更保障), as people write it down (docs/assurance.md)."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from baselines.comparing import ExpectedChange
from baselines.explanation import explained
from collector.errors import XunjianError

Text = Annotated[str, Field(min_length=1)]


class EventError(XunjianError):
    """The file of an event cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"event {file} cannot be used, {len(problems)} to correct:\n{lines}")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Span(_Strict):
    """From when until when; with offsets from UTC."""

    start: AwareDatetime
    end: AwareDatetime

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must be later than start")
        return self


class ChangePlan(_Strict):
    """The six parts of a change plan: a text, or where it is written. Empty: not there yet."""

    overview: str = ""
    topology: str = ""
    steps: str = ""
    emergency: str = ""
    rollback: str = ""
    business_test: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are not there, in Chinese."""
        return tuple(word for name, word in PLAN_PARTS.items() if not getattr(self, name))


PLAN_PARTS: Mapping[str, str] = {
    "overview": "概述",
    "topology": "组网分析",
    "steps": "变更测试步骤",
    "emergency": "应急",
    "rollback": "回退",
    "business_test": "业务总体测试",
}


class Labour(_Strict):
    """Who has worked on it, and how long."""

    who: Text
    days: Annotated[float, Field(gt=0, le=366, allow_inf_nan=False)]
    """Person-days."""
    what: Text


class Event(_Strict):
    """One critical period or change window."""

    name: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\s/\\]+$")]
    """Not used for two events: what was done is kept under it."""
    kind: Literal["重保", "change"] = "重保"
    period: Span
    sites: Annotated[tuple[Text, ...], Field(min_length=1)]
    devices: tuple[Text, ...] = ()
    """Empty: all of the sites."""
    lead_days: Annotated[int, Field(ge=0, le=366)] = 7
    """The check before is held at least so many days before the period."""
    digest_at: time = time(18)
    """When the digest of a day is told, in the time zone of the site."""
    expected: tuple[ExpectedChange, ...] = ()
    """Changes that are declared beforehand."""
    plan: ChangePlan | None = None
    labour: tuple[Labour, ...] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.kind == "change" and self.plan is None:
            raise ValueError("a change needs its plan; write `plan` with the parts that are there")
        if self.kind != "change" and self.plan is not None:
            raise ValueError("plan: only events of kind change have one")
        if self.digest_at.tzinfo is not None:
            raise ValueError("digest_at is a time of the day without an offset, in the zone of the site")
        for what, names in (("sites", self.sites), ("devices", self.devices)):
            if len(set(names)) < len(names):
                raise ValueError(f"{what}: a name stands there twice")
        reasons = [each.why for each in self.expected]
        if len(set(reasons)) < len(reasons):
            raise ValueError("expected: each entry needs a `why` of its own, by which it is told of")
        return self

    @property
    def is_change(self) -> bool:
        """A change window, not a critical period."""
        return self.kind == "change"

    @property
    def word(self) -> str:
        """What it is called in documents."""
        return "变更保障" if self.is_change else "重保"

    @property
    def check_by(self) -> datetime:
        """By when the check before ought to be held."""
        return self.period.start - timedelta(days=self.lead_days)

    @property
    def days(self) -> float:
        """Person-days used."""
        return sum(each.days for each in self.labour)


def load_event(path: Path, kinds: Collection[str]) -> Event:
    """Read the file; `kinds` are the kinds of things that a comparison knows.

    Raises EventError naming file, place, value and what was expected, for all errors at once.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise EventError(str(path), [f"cannot be read: {error}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise EventError(str(path), [f"no valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise EventError(str(path), [f"value {data!r}: must be `key: value` lines"])
    return event_from(data, str(path), kinds)


def event_from(data: Mapping[str, Any], file: str, kinds: Collection[str]) -> Event:
    """Make an event of what a file or a command line says; raises EventError."""
    try:
        event = Event.model_validate(data)
    except ValidationError as error:
        raise EventError(file, explained("", Event, error)) from error
    unknown = [
        f"expected.{number}.kind: value {each.kind!r}: known are {', '.join(kinds)}"
        for number, each in enumerate(event.expected)
        if each.kind != "*" and each.kind not in kinds
    ]
    if unknown:
        raise EventError(file, unknown)
    return event
