"""What ought to be at one site: the default baseline with a customer's own laid over it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from baselines.approved import Approved
from baselines.explanation import explained
from baselines.hardening import HardeningValues
from baselines.layers import (
    BaselineError,
    Fragment,
    Layer,
    Origin,
    fragments,
    merged,
    read_layer,
    read_layers,
)
from baselines.lifecycle import Milestones
from baselines.parameters import ROWS
from baselines.parameters.fields import AtLeastZero, Number
from baselines.risk import RiskFormula
from collector.inventory import Device

__all__ = ["Baseline", "BaselineError", "Effective", "load_baseline"]

Grade = Literal["优", "良", "中", "差"]
Points = Annotated[Number, Field(ge=0, le=100)]
Severity = Literal["critical", "major", "minor", "info"]
Weights = dict[Severity, AtLeastZero]
DEFAULT = "baselines/default.yaml"
ROLES: tuple[str, ...] = get_args(Device.model_fields["role"].annotation)


class NotAssessedMax(BaseModel):
    """Percent of checks not assessed up to which there is a score: of a device, and of the whole site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device: Points
    site: Points


class Scoring(BaseModel):
    """How a device's score and a site's grade come about; `default.yaml` explains each number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    deduct: Annotated[Weights, Field(min_length=4)]
    above_worst_group: Points
    """Points by which a score may be above that of the worst group of checks."""
    not_assessed_max_pct: NotAssessedMax
    grades: Annotated[dict[Literal["优", "良", "中"], Points], Field(min_length=3)]
    grade_caps: dict[Literal["critical", "major", "minor", "not_assessed"], Grade]
    deadlines: Annotated[dict[Severity, str], Field(min_length=4)]


@dataclass(frozen=True, slots=True)
class Effective:
    """One parameter as it holds for one device."""

    check_id: str
    name: str
    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Baseline:
    """What ought to be, for one site."""

    layers: tuple[Layer, ...]
    """The most general file first; every combination of role and device in them is valid."""
    scoring: Scoring
    hardening: HardeningValues
    """What fills the placeholders of remedies."""
    risk: RiskFormula
    approved: tuple[Approved, ...] = ()
    """Of all files, the most particular first."""
    lifecycle: tuple[Milestones, ...] = ()
    """Of all files, the most particular first."""
    _known: dict[tuple[str, str, str], Mapping[str, Any]] = field(default_factory=dict, compare=False)

    def params(self, check_id: str, device: Device | None = None) -> Mapping[str, Any]:
        """Give the parameters of one check by name; lists come as tuples, words in small letters.

        Without a device: as they hold for one of unknown role that is named nowhere.
        """
        role, name = ("unknown", "") if device is None else (device.role, self._named(device))
        key = (check_id, role, name)
        if key not in self._known:
            row, _ = merged(list(fragments(self.layers, role, name)), check_id)
            self._known[key] = ROWS[check_id].model_validate(row).model_dump()
        return self._known[key]

    def effective(self, device: Device) -> Iterator[Effective]:
        """Every parameter that holds for a device, with the file and line it came from."""
        here = list(fragments(self.layers, device.role, device.name))
        for check_id in ROWS:
            _, origins = merged(here, check_id)
            for name, value in self.params(check_id, device).items():
                yield Effective(check_id, name, value, origins[name])

    @property
    def devices(self) -> frozenset[str]:
        """Names of devices that have rows of their own."""
        return frozenset(str(name) for layer in self.layers for name in layer.data.get("devices", {}))

    def _named(self, device: Device) -> str:
        """The device's name where it makes a difference, so that what is known is shared otherwise."""
        return device.name if device.name in self.devices else ""


def load_baseline(path: Path | None = None) -> Baseline:
    """Read the default baseline and lay the given file, and those it extends, over it.

    Raises BaselineError naming file, place, value and what was expected, for all errors at once.
    """
    return _built_in() if path is None else _laid_together((_default(), *read_layers(path)))


@cache
def _built_in() -> Baseline:
    """The default alone, validated once: that costs more than anything else does with it."""
    return _laid_together((_default(),))


def _laid_together(layers: tuple[Layer, ...]) -> Baseline:
    problems = [*_problems(layers), *_unknown_roles(layers)]
    scoring = _section(layers, "scoring", Scoring, problems)
    hardening = _section(layers, "hardening", HardeningValues, problems)
    risk = _section(layers, "risk", RiskFormula, problems)
    approved = _list(layers, "approved", Approved, problems)
    lifecycle = _list(layers, "lifecycle", Milestones, problems)
    if problems or scoring is None or hardening is None or risk is None:
        raise BaselineError(layers[-1].file, problems)
    return Baseline(layers, scoring, hardening, risk, approved, lifecycle)


_Model = TypeVar("_Model", bound=BaseModel)


def _section(layers: tuple[Layer, ...], name: str, form: type[_Model], problems: list[str]) -> _Model | None:
    """Lay a section of all files over one another; None, with the problems added, where it is wrong."""
    data: Any = {}
    for layer in layers:
        data = _laid_over(data, layer.data.get(name, {}))
    try:
        return form.model_validate(data)
    except ValidationError as error:
        problems += explained(name, form, error)
        return None


def _list(
    layers: tuple[Layer, ...], name: str, form: type[_Model], problems: list[str]
) -> tuple[_Model, ...]:
    """Put together the lists of all files, the most particular first; adds what is wrong."""
    rows = []
    for layer in reversed(layers):
        for number, row in enumerate(layer.data.get(name, [])):
            try:
                rows.append(form.model_validate(row))
            except ValidationError as error:
                place = f"{name}.{number}"
                problems += (
                    f"{layer.origin((name, number))}: {each}" for each in explained(place, form, error)
                )
    return tuple(rows)


@cache
def _default() -> Layer:
    with as_file(files("baselines") / "default.yaml") as path:
        return read_layer(DEFAULT, path)


def _laid_over(under: object, over: object) -> Any:
    """Replace what `over` says and keep the rest; anything but a mapping is replaced whole."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    return under | {key: _laid_over(under.get(key), value) for key, value in over.items()}


def _unknown_roles(layers: tuple[Layer, ...]) -> Iterator[str]:
    for layer in layers:
        for role in layer.data.get("roles", {}):
            if role not in ROLES:
                place = layer.origin(("roles", str(role)))
                yield f"{place}: roles.{role}: no such role; known are {', '.join(ROLES)}"


def _problems(layers: tuple[Layer, ...]) -> list[str]:
    """What is wrong in the rows as they hold for any device, each thing once."""
    problems: dict[str, None] = {}
    names = sorted({str(name) for layer in layers for name in layer.data.get("devices", {})})
    for role in ROLES:
        for name in (None, *names):
            here = list(fragments(layers, role, name))
            # What is said of no device in particular is looked at once per role, and only there.
            touched = {c for f in here if name is None or f.place[0] == "devices" for c in f.rows}
            for check_id in touched:
                problems |= dict.fromkeys(_problems_of_row(here, str(check_id)))
    return list(problems)


def _problems_of_row(here: list[Fragment], check_id: str) -> Iterator[str]:
    last = next(f for f in reversed(here) if check_id in f.rows)
    place = ".".join((*map(str, last.place), check_id))
    if check_id not in ROWS:
        yield f"{last.origin((check_id,))}: {place}: no such check; `xunjian checks list` names them all"
        return
    row, origins = merged(here, check_id)
    try:
        ROWS[check_id].model_validate(row)
    except ValidationError as error:
        for line in explained(place, ROWS[check_id], error):
            parameter = line.removeprefix(f"{place}.").partition(":")[0].partition(".")[0]
            yield f"{origins.get(parameter) or last.origin((check_id,))}: {line}"
