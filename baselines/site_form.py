"""What an engineer has seen on site and written down: the form, read strictly (docs/manual-checks.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from baselines.explanation import explained
from baselines.layers import Place, lines_of
from collector.errors import XunjianError
from parsers.seen import Seen

TITLE = "现场检查表（人工填写）"


class SiteFormError(XunjianError):
    """A form cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"form {file} cannot be used, {len(problems)} to correct:\n{lines}")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Number = Annotated[float, Field(allow_inf_nan=False)]


class Room(_Strict):
    """One room; None: not filled in."""

    name: Annotated[str, Field(min_length=1)]
    devices: Annotated[list[str], Field(min_length=1)]
    """Names in the inventory."""
    temperature_c: Number | None = None
    humidity_pct: Annotated[Number, Field(ge=0, le=100)] | None = None
    ground_ohm: Annotated[Number, Field(ge=0)] | None = None
    cabling_ok: bool | None = None
    dust_ok: bool | None = None
    note: str | None = None


class OnDevice(_Strict):
    """One device; None: not filled in."""

    power_feeds: list[Annotated[str, Field(min_length=1)]] | None = None
    """Circuit that feeds each power supply."""
    panel_ok: bool | None = None
    removable_media: bool | None = None
    """A USB stick or card is plugged in."""
    backup_on: date | None = None
    """Day of the last good backup of its configuration outside the device."""
    note: str | None = None


class SiteForm(_Strict):
    """The whole form."""

    site: Annotated[str, Field(min_length=1)]
    filled_by: str | None = None
    filled_on: date | None = None
    management_access: Literal["bastion", "two_factor", "none"] | None = None
    rooms: list[Room] = Field(default_factory=list)
    devices: dict[str, OnDevice | None] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _somebody_answers_for_it(self) -> Self:
        entries = [self.management_access]
        entries += [v for room in self.rooms for k, v in room if k not in ("name", "devices")]
        entries += [value for row in self.devices.values() if row for _, value in row]
        if any(entry is not None for entry in entries) and not (self.filled_by and self.filled_on):
            raise ValueError("filled_by and filled_on are needed as soon as anything is filled in")
        return self


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with where each of its lines stands, as evidence."""

    file: str
    form: SiteForm
    sha256: str
    text: tuple[str, ...]
    numbers: Mapping[Place, int]

    def seen(self, *place: str | int) -> Seen:
        """The line of one entry, and those that say who filled the form in and when."""
        who = (self.numbers[key,] for key in ("filled_by", "filled_on") if (key,) in self.numbers)
        return Seen(self.sha256, TITLE, tuple(sorted({*who, self.numbers[place]})))

    @property
    def said(self) -> str:
        """By whom and when, for messages."""
        return f"{self.form.filled_by} 于 {self.form.filled_on} 填写"

    def room_of(self, device: str) -> tuple[int, Room] | None:
        """The room that a device stands in, with its number in the form."""
        rooms = enumerate(self.form.rooms)
        return next(((number, room) for number, room in rooms if device in room.devices), None)


def load_site_form(path: Path) -> FilledForm:
    """Read a form.

    Raises SiteFormError naming file, line, place, value and what was expected, for all errors at once.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise SiteFormError(str(path), [f"cannot be read: {error}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SiteFormError(str(path), [f"no valid YAML: {error}"]) from error
    if not isinstance(data, dict) or node is None:
        raise SiteFormError(str(path), [f"value {data!r}: must be the YAML that `xunjian manual` writes"])
    numbers = dict(lines_of(node, ()))
    try:
        form = SiteForm.model_validate(data)
    except ValidationError as error:
        places = [each["loc"] for each in error.errors(include_url=False)]
        said = explained("", SiteForm, error)
        lined = [f"line {_nearest(numbers, at)}: {what}" for at, what in zip(places, said, strict=False)]
        raise SiteFormError(str(path), lined if len(said) == len(places) else said) from error
    return FilledForm(str(path), form, sha256(raw).hexdigest(), tuple(text.splitlines()), numbers)


def _nearest(numbers: Mapping[Place, int], place: tuple[str | int, ...]) -> int:
    """The line of a place in the file, or of the nearest thing around it."""
    found = (numbers[place[:length]] for length in range(len(place), 0, -1) if place[:length] in numbers)
    return next(found, 1)
