"""What people write of a bulletin, in YAML or in a table: checked strictly, then made an Advisory."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from baselines.advisory import (
    Advisory,
    AdvisoryFile,
    Affected,
    Bound,
    Feature,
    Fix,
    Origin,
    Product,
    Score,
    Workaround,
)
from collector.platform import platforms
from parsers.versions import Order, Version, VersionError, compare, find_patch, parse_version


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


class Span(_Strict):
    """One range of affected versions; what is said must all be true of a device."""

    base: Text | None = None
    """This base version alone."""
    base_from: Text | None = None
    """Base versions from this one on, itself included."""
    base_before: Text | None = None
    """Base versions below this one, itself not included."""
    base_to: Text | None = None
    """Base versions up to this one, itself included."""
    patch_from: Text | None = None
    """With this patch or a later one."""
    patch_before: Text | None = None
    """With patches below this one, or with none."""
    branch: Text | None = None
    """This release with all that lies under it."""
    all: Literal[True] | None = None
    """Every version."""
    condition: str = ""
    """What else must be true, in words."""

    @model_validator(mode="after")
    def _says_which_versions(self) -> Self:
        bounds = (self.base_from, self.base_before, self.base_to)
        bounded = any(bound is not None for bound in bounds)
        if self.base is not None and bounded:
            raise ValueError("base is one version alone: write it without base_from and base_before")
        if sum((self.base is not None, self.branch is not None, bounded, self.all is not None)) != 1:
            raise ValueError(
                "write base, branch, all: true, or at least one of base_from and base_before (or base_to)"
            )
        if self.base_before is not None and self.base_to is not None:
            raise ValueError("write base_before or base_to, not both")
        return self

    def meant(self, origin: Origin) -> Affected:
        """Give it the form that matching knows."""
        return Affected(
            builds=_maybe(self.base),
            branches=_maybe(self.branch),
            base_from=_bound(self.base_from, inclusive=True),
            base_to=_bound(self.base_before, inclusive=False) or _bound(self.base_to, inclusive=True),
            patch_from=_bound(self.patch_from, inclusive=True),
            patch_to=_bound(self.patch_before, inclusive=False),
            every=self.all is not None,
            condition=self.condition,
            origin=origin,
        )

    def problems(self, scheme: str) -> Iterator[str]:
        """Every bound must be a version on this platform, and a range must not be empty."""
        for name in ("base", "branch", "base_from", "base_before", "base_to", "patch_from", "patch_before"):
            if (said := getattr(self, name)) is not None and _read(scheme, name, said) is None:
                yield f"{name}: value {said!r}: must be a version of this platform"
        if self.base_from is not None and (top := self.base_before or self.base_to) is not None:
            low, high = _read(scheme, "base_from", self.base_from), _read(scheme, "base_to", top)
            if low and high and compare(low, high).order is not Order.LESS:
                yield f"base_from {self.base_from} must be below {top}"


def _maybe(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def _bound(version: str | None, *, inclusive: bool) -> Bound | None:
    return None if version is None else Bound(version, inclusive)


def _read(scheme: str, name: str, text: str) -> Version | None:
    if name.startswith("patch"):
        return find_patch(scheme, text)
    try:
        return parse_version(scheme, text)
    except VersionError:
        return None


class WrittenFeature(_Strict):
    """What has to be in use before a device can be hit."""

    detail: Text
    pattern: Expression | None = None
    hints: tuple[Text, ...] = ()


class WrittenWorkaround(_Strict):
    """What can be done short of an upgrade."""

    text: Text
    commands: tuple[Text, ...] = ()
    pattern: Expression | None = None


class WrittenAdvisory(_Strict):
    """One bulletin."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    aliases: tuple[Text, ...] = ()
    """Numbers of the same problem elsewhere (CVE, CNVD, ...)."""
    title: Text
    vendor: Text
    platforms: Annotated[tuple[PlatformId, ...], Field(min_length=1)]
    models: Annotated[tuple[Expression, ...], Field(min_length=1)]
    """Each matches the whole of a product model."""
    affected: Annotated[tuple[Span, ...], Field(min_length=1)]
    fixed_in: tuple[Text, ...] = ()
    """Versions and patches to go to, as the bulletin names them; empty: no fix yet."""
    feature: WrittenFeature | None = None
    """None: every configuration is concerned."""
    remote: bool
    """Can be triggered from anywhere that reaches the device."""
    severity: Literal["严重", "高", "中", "低"]
    cvss: Annotated[float, Field(ge=0, le=10)] | None = None
    workaround: WrittenWorkaround | None = None
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
        for scheme in self._schemes():
            for number, span in enumerate(self.affected):
                for problem in span.problems(scheme):
                    yield f"affected.{number}{'.' if ': value' in problem else ': '}{problem}"

    def _schemes(self) -> list[str]:
        return sorted({platforms()[name].version_scheme for name in self.platforms})

    def meant(self, origin: Origin) -> Advisory:
        """Make an Advisory of it; `origin` is the file and the place in it."""
        score = None if self.cvss is None else Score(version=None, base=self.cvss, by_vendor=True)
        workarounds = (Workaround(**self.workaround.model_dump(), origin=origin),) if self.workaround else ()
        return Advisory(
            id=self.id,
            aliases=self.aliases,
            title=self.title,
            vendor=self.vendor,
            products=(
                Product(
                    name="、".join(self.models),
                    vendor=self.vendor,
                    platforms=self.platforms,
                    models=self.models,
                    affected=tuple(span.meant(origin) for span in self.affected),
                    fixed=tuple(self._fix(said, origin) for said in self.fixed_in),
                    origin=origin,
                ),
            ),
            feature=Feature(**self.feature.model_dump(), origin=origin) if self.feature else None,
            workarounds=workarounds,
            severity=self.severity,
            scores=(score,) if score else (),
            remote=self.remote,
            source=self.source,
            published=self.published,
            updated=self.updated,
        )

    def _fix(self, said: str, origin: Origin) -> Fix:
        if any(find_patch(scheme, said) for scheme in self._schemes()):
            return Fix(patch=said, origin=origin)
        return Fix(base=said, origin=origin)


class WrittenFile(_Strict):
    """One source of advisories."""

    name: Text
    as_of: date
    """The day up to which the source is complete."""
    note: str = ""
    advisories: Annotated[tuple[WrittenAdvisory, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [advisory.id for advisory in self.advisories]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"these ids stand twice: {', '.join(twice)}")
        return self

    def meant(self, file: str) -> AdvisoryFile:
        """Make Advisories of what it says; `file` is where it was read."""
        return AdvisoryFile(
            name=self.name,
            as_of=self.as_of,
            note=self.note,
            advisories=tuple(
                advisory.meant(Origin(self.name, f"{file} advisories.{number}"))
                for number, advisory in enumerate(self.advisories)
            ),
        )
