"""Service levels: what is to be delivered to a site, and how often (`service_levels.yaml`)."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from baselines.explanation import explained
from collector.errors import XunjianError

BUILT_IN = "baselines/service_levels.yaml"
_REMARK = re.compile(r"[（(].*")
"""What follows a level's name in an inventory, e.g. 金牌（7×24×4）."""


class ServiceLevelError(XunjianError):
    """A file of service levels cannot be used; holds everything that is wrong with it."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"service levels {file} cannot be used, {len(problems)} to correct:\n{lines}")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Promise(_Strict):
    """How often one deliverable is owed."""

    every_months: Annotated[int, Field(ge=1, le=120)]


class Level(_Strict):
    """One service level."""

    aliases: tuple[str, ...] = ()
    """Other names that inventories have for it."""
    deliverables: dict[str, Promise]


class FollowUp(_Strict):
    """What has to follow the delivery of something else."""

    after: str
    working_days: Annotated[int, Field(ge=1, le=366)]
    levels: tuple[str, ...]
    """Levels whose contract asks for it."""


class ServiceLevels(_Strict):
    """All levels that are known."""

    deliverables: dict[str, str]
    """Name on the command line to name in Chinese."""
    levels: dict[str, Level]
    follow_ups: dict[str, FollowUp]
    lead_days: Annotated[int, Field(ge=0, le=366)]

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        named = [
            *(name for level in self.levels.values() for name in level.deliverables),
            *self.follow_ups,
            *(follow.after for follow in self.follow_ups.values()),
        ]
        if unknown := sorted(set(named) - self.deliverables.keys()):
            raise ValueError(f"not among the deliverables: {', '.join(unknown)}")
        levels = {name for follow in self.follow_ups.values() for name in follow.levels}
        if unknown := sorted(levels - self.levels.keys()):
            raise ValueError(f"follow_ups of levels that do not exist: {', '.join(unknown)}")
        words = [word for name, level in self.levels.items() for word in (name, *level.aliases)]
        if twice := sorted({word for word in words if words.count(word) > 1}):
            raise ValueError(f"names of more than one level: {', '.join(twice)}")
        return self

    def find(self, said: str) -> str | None:
        """Give the level that an inventory names, remarks in brackets left aside; None for an unknown one."""
        word = _REMARK.sub("", said).strip()
        return next(
            (name for name, level in self.levels.items() if word in (name, *level.aliases)),
            None,
        )


def load_service_levels(path: Path | None = None) -> ServiceLevels:
    """Read the built-in levels and lay the given file over them.

    Raises ServiceLevelError naming file, place, value and what was expected, for all errors at once.
    """
    built_in = yaml.safe_load((files("baselines") / "service_levels.yaml").read_text("utf-8"))
    own = {} if path is None else _read(path)
    try:
        return ServiceLevels.model_validate(_laid_over(built_in, own))
    except ValidationError as error:
        raise ServiceLevelError(str(path or BUILT_IN), explained("", ServiceLevels, error)) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceLevelError(str(path), [f"cannot be read: {error}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ServiceLevelError(str(path), [f"no valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise ServiceLevelError(str(path), [f"value {data!r}: must be `key: value` lines"])
    return data


def _laid_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """A level, deliverable or follow-up of one's own takes the place of the built-in one of its name."""
    joined = dict(under)
    for key, said in over.items():
        both = isinstance(said, dict) and isinstance(under.get(key), dict)
        joined[key] = {**under[key], **said} if both else said
    return joined
