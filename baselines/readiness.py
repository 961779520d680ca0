"""By what a site is held ready for a critical period: data, with its schema (`readiness.yaml`)."""

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from baselines.parameters import ROWS
from baselines.waivers import Severity

ANY_CHECK = "*"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadinessRule(_Strict):
    """One line of the checklist."""

    id: str
    title: str
    """In Chinese."""
    about: Literal["devices", "findings", "licences", "changes", "lead_time", "change_plan"]
    """What it looks at beside the findings of its checks."""
    checks: tuple[str, ...] = ()
    """`*` alone: all."""
    blocks: Severity | None = None
    """A finding this severe or severer makes the site not ready; None: none does."""
    limits: Severity | None = None
    """A finding this severe or severer makes it ready under conditions only."""
    missing: Literal["limits", "blocks"]
    """What follows where something was not looked at."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        unknown = [check for check in self.checks if check != ANY_CHECK and check not in ROWS]
        if unknown:
            raise ValueError(f"no such check: {', '.join(unknown)}")
        if bool(self.checks) != (self.blocks is not None or self.limits is not None):
            raise ValueError("checks go with blocks or limits, and these with checks")
        return self


class ReadinessRules(_Strict):
    """The whole checklist."""

    rules: Annotated[tuple[ReadinessRule, ...], Field(min_length=1)]
    undocumented: tuple[str, ...]
    """Kinds of changes, as comparisons name them."""


@cache
def readiness_rules() -> ReadinessRules:
    """The rules that ship with the program."""
    text = (files("baselines") / "readiness.yaml").read_text("utf-8")
    return ReadinessRules.model_validate(yaml.safe_load(text))
