"""Reading a baseline: our default, with a customer's own numbers laid over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from baselines.explanation import explained
from baselines.parameters import ROWS, AtLeastZero, Number, Row
from collector.errors import XunjianError

Grade = Literal["优", "良", "中", "差"]
Points = Annotated[Number, Field(ge=0, le=100)]
Severity = Literal["critical", "major", "minor", "info"]
Weights = dict[Severity, AtLeastZero]


class BaselineError(XunjianError):
    """A baseline cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"baseline {file} cannot be used, {len(problems)} to correct:\n{lines}")


class NotAssessedMax(BaseModel):
    """Percent of checks not assessed up to which there is a score: of a device, and of the whole site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device: Points
    site: Points


class Scoring(BaseModel):
    """How a device's score and a site's grade come about; `default.yaml` explains each number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    deduct: Annotated[Weights, Field(min_length=4)]
    not_assessed_max_pct: NotAssessedMax
    grades: Annotated[dict[Literal["优", "良", "中"], Points], Field(min_length=3)]
    grade_caps: dict[Literal["critical", "major", "minor", "not_assessed"], Grade]
    deadlines: Annotated[dict[Severity, str], Field(min_length=4)]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What ought to be, for one site."""

    rows: Mapping[str, Row]
    """By check id, one for every check."""
    scoring: Scoring

    def params(self, check_id: str) -> Mapping[str, Any]:
        """The parameters of one check by name; lists come as tuples, words in small letters."""
        return self.rows[check_id].model_dump()


def load_baseline(path: Path | None = None) -> Baseline:
    """Read the default baseline and lay the given file over it, parameter by parameter.

    Raises BaselineError naming file, place, value and what was expected, for all errors at once.
    """
    default = _default()
    if path is None:
        return _validated("baselines/default.yaml", default)
    own = _read(str(path), path)
    problems = [
        f"{name}: no such section; known are checks, scoring"
        for name in own
        if name not in ("checks", "scoring")
    ]
    problems += [
        f"{name}: value {own[name]!r}: must be `key: value` lines"
        for name in ("checks", "scoring")
        if not isinstance(own.get(name, {}), dict)
    ]
    if problems:
        raise BaselineError(str(path), problems)
    return _validated(str(path), _laid_over(default, own))


@cache
def _default() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files("baselines") / "default.yaml").read_text("utf-8"))
    return data


def _read(name: str, path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(name, [f"cannot be read: {error}"]) from error
    except yaml.YAMLError as error:
        raise BaselineError(name, [f"no valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise BaselineError(name, [f"value {data!r}: must be YAML with the sections checks and scoring"])
    return data


def _laid_over(under: object, over: object) -> Any:
    """Replace what `over` says and keep the rest; anything but a mapping is replaced whole."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    return under | {key: _laid_over(under.get(key), value) for key, value in over.items()}


def _validated(file: str, data: Mapping[str, Any]) -> Baseline:
    problems: list[str] = []
    rows: dict[str, Row] = {}
    for check_id, row in data["checks"].items():
        if check_id not in ROWS:
            problems.append(f"checks.{check_id}: no such check; `xunjian checks list` names them all")
            continue
        try:
            rows[check_id] = ROWS[check_id].model_validate(row)
        except ValidationError as error:
            problems += explained(f"checks.{check_id}", ROWS[check_id], error)
    try:
        scoring = Scoring.model_validate(data["scoring"])
    except ValidationError as error:
        raise BaselineError(file, [*problems, *explained("scoring", Scoring, error)]) from error
    if problems:
        raise BaselineError(file, problems)
    return Baseline(rows, scoring)
