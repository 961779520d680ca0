"""Accepted risks: what somebody has taken the responsibility for, until when, and on what grounds."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from baselines.explanation import explained
from baselines.parameters import ROWS
from collector.errors import XunjianError

Severity = Literal["critical", "major", "minor", "info"]
_MILDEST_FIRST: tuple[Severity, ...] = ("info", "minor", "major", "critical")


class WaiverError(XunjianError):
    """A file of waivers cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"waivers {file} cannot be used, {len(problems)} to correct:\n{lines}")


def _check(check_id: str) -> str:
    if check_id not in ROWS:
        raise ValueError("no such check; `xunjian checks list` names them all")
    return check_id


Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Waiver(_Strict):
    """One accepted risk."""

    check: Annotated[str, AfterValidator(_check)]
    device: Text
    """Name in the inventory, or `*` for every device."""
    object: str | None = None
    """The object as the report names it, `整机` being the empty text; None: every object."""
    up_to: Severity = "critical"
    """The worst that was accepted: a finding that is severer is not covered."""
    owner: Text
    """Who accepts it."""
    reason: Text
    reference: Text
    """Number or file of the record that says so."""
    expires: date
    """The last day on which it holds, in the site's time zone."""

    def covers(self, check: str, device: str, object_: str, severity: Severity) -> bool:
        """Tell whether it is about this problem, expired or not."""
        about = self.check == check and self.device in ("*", device) and self.object in (None, object_)
        return about and _MILDEST_FIRST.index(severity) <= _MILDEST_FIRST.index(self.up_to)

    def expired(self, today: date) -> bool:
        """Tell whether its last day is over."""
        return today > self.expires


class _File(_Strict):
    waivers: tuple[Waiver, ...]


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """Read a file of waivers (`docs/waivers.md`).

    Raises WaiverError naming file, place, value and what was expected, for all errors at once.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise WaiverError(str(path), [f"cannot be read: {error}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise WaiverError(str(path), [f"no valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise WaiverError(str(path), [f"value {data!r}: must be YAML with the list waivers"])
    try:
        # Strict, but for what YAML has no type of: lists are tuples here.
        listed = data.get("waivers")
        return _File.model_validate(
            {**data, "waivers": tuple(listed)} if isinstance(listed, list) else data
        ).waivers
    except ValidationError as error:
        raise WaiverError(str(path), explained("", _File, error)) from error
