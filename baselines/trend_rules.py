"""When a series of values is a trend: data, with its schema."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Course(_Strict):
    """Where one metric runs to when it gets worse."""

    toward: Literal["up", "down"]
    limit: float | None = None
    """Where the device has none of its own; None: there is none."""
    counter: bool = False
    """It only grows, and begins anew where it falls."""


class TrendRules(_Strict):
    """What a line through values must be like to be drawn on."""

    samples_min: Annotated[int, Field(ge=3)]
    span_days_min: Annotated[float, Field(gt=0)]
    r_squared_min: Annotated[float, Field(gt=0, le=1)]
    horizon_days: Annotated[float, Field(gt=0)]
    metrics: Mapping[str, Course]


@cache
def trend_rules() -> TrendRules:
    """The rules that ship with the program (`trends.yaml`)."""
    return TrendRules.model_validate(yaml.safe_load((files("baselines") / "trends.yaml").read_text("utf-8")))
