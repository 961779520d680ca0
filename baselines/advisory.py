"""Advisories in our own YAML form (`docs/advisories.md`): what they say, read strictly."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from baselines.explanation import explained
from collector.errors import XunjianError
from collector.platform import platforms
from parsers.versions import Order, Version, VersionError, compare, find_patch, parse_version


class AdvisoryError(XunjianError):
    """An advisory file cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"advisory file {file} cannot be used, {len(problems)} to correct:\n{lines}")


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no valid regular expression: {error}") from None
    return text


def _platform(name: str) -> str:
    if name not in platforms():
        raise ValueError(f"no such platform; known are {', '.join(platforms())}")
    return name


Text = Annotated[str, Field(min_length=1)]
Expression = Annotated[str, Field(min_length=1), AfterValidator(_expression)]
PlatformId = Annotated[str, AfterValidator(_platform)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Affected(_Strict):
    """One range of affected versions; what is said must all be true of a device."""

    base: Text | None = None
    """This base version alone."""
    base_from: Text | None = None
    """Base versions from this one on, itself included."""
    base_before: Text | None = None
    """Base versions below this one, itself not included."""
    patch_before: Text | None = None
    """With patches below this one, or with none."""

    @model_validator(mode="after")
    def _says_which_versions(self) -> Self:
        bounded = self.base_from is not None or self.base_before is not None
        if self.base is not None and bounded:
            raise ValueError("base is one version alone: write it without base_from and base_before")
        if self.base is None and not bounded:
            raise ValueError("write base, or at least one of base_from and base_before")
        return self


class Feature(_Strict):
    """What has to be in use before a device can be hit."""

    detail: Text
    pattern: Expression | None = None
    """Matches a whole line of the configuration when the feature is on; None: not told by a line."""


class Workaround(_Strict):
    """What can be done short of an upgrade."""

    text: Text
    pattern: Expression | None = None
    """Matches a whole line of the configuration when it is in place; None: not told by a line."""


class Advisory(_Strict):
    """One bulletin."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    aliases: tuple[Text, ...] = ()
    """Numbers of the same problem elsewhere (CVE, CNVD, ...)."""
    title: Text
    vendor: Text
    platforms: Annotated[tuple[PlatformId, ...], Field(min_length=1)]
    models: Annotated[tuple[Expression, ...], Field(min_length=1)]
    """Each matches the whole of a product model."""
    affected: Annotated[tuple[Affected, ...], Field(min_length=1)]
    fixed_in: tuple[Text, ...] = ()
    """Versions and patches to go to, as the bulletin names them; empty: no fix yet."""
    feature: Feature | None = None
    """None: every configuration is concerned."""
    remote: bool
    """Can be triggered from anywhere that reaches the device."""
    severity: Literal["严重", "高", "中", "低"]
    cvss: Annotated[float, Field(ge=0, le=10)] | None = None
    workaround: Workaround | None = None
    source: Text
    published: date
    updated: date

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        problems = list(self._unreadable_versions())
        if self.updated < self.published:
            problems.append(f"updated {self.updated} is before published {self.published}")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _unreadable_versions(self) -> Iterator[str]:
        """Every bound must be a version on each platform named, and a range must not be empty."""
        for scheme in sorted({platforms()[name].version_scheme for name in self.platforms}):
            for number, span in enumerate(self.affected):
                for name in ("base", "base_from", "base_before", "patch_before"):
                    if (said := getattr(span, name)) is not None and _read(scheme, name, said) is None:
                        yield f"affected.{number}.{name}: value {said!r}: must be a version of this platform"
                if _is_empty(scheme, span):
                    yield f"affected.{number}: base_from {span.base_from} must be below {span.base_before}"


def _read(scheme: str, name: str, text: str) -> Version | None:
    if name == "patch_before":
        return find_patch(scheme, text)
    try:
        return parse_version(scheme, text)
    except VersionError:
        return None


def _is_empty(scheme: str, span: Affected) -> bool:
    if span.base_from is None or span.base_before is None:
        return False
    low, high = _read(scheme, "base_from", span.base_from), _read(scheme, "base_before", span.base_before)
    return low is not None and high is not None and compare(low, high).order is not Order.LESS


class AdvisoryFile(_Strict):
    """One source of advisories."""

    name: Text
    as_of: date
    """The day up to which the source is complete."""
    note: str = ""
    advisories: Annotated[tuple[Advisory, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [advisory.id for advisory in self.advisories]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"these ids stand twice: {', '.join(twice)}")
        return self

    @property
    def dated(self) -> str:
        """The day up to which the source is complete, as reports print it."""
        return self.as_of.isoformat()


def load_advisories(path: Path) -> AdvisoryFile:
    """Read one file of advisories.

    Raises AdvisoryError naming file, place, value and what was expected, for all errors at once.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AdvisoryError(str(path), [f"cannot be read: {error}"]) from error
    return _loaded(str(path), text)


def builtin_advisories() -> AdvisoryFile:
    """The fictional advisories of the demo, used when no file is named."""
    return _loaded("demo.yaml", (files("baselines") / "advisories" / "demo.yaml").read_text("utf-8"))


def _loaded(file: str, text: str) -> AdvisoryFile:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise AdvisoryError(file, [f"no valid YAML: {error}"]) from error
    try:
        return AdvisoryFile.model_validate(_as_tuples(data))
    except ValidationError as error:
        raise AdvisoryError(file, explained("", AdvisoryFile, error)) from error


def _as_tuples(data: Any) -> Any:
    """YAML knows lists only; strict fields are tuples."""
    if isinstance(data, Mapping):
        return {key: _as_tuples(value) for key, value in data.items()}
    return tuple(_as_tuples(item) for item in data) if isinstance(data, list) else data
