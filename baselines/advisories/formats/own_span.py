"""One range of affected versions as people write it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from baselines.advisories import spans
from baselines.advisory import Affected, Bound, Origin
from parsers.versions import Order, Version, VersionError, compare, find_patch, parse_version

Text = Annotated[str, Field(min_length=1)]
_VERSIONS = ("base", "branch", "base_from", "base_before", "base_to", "patch_from", "patch_before")


class Span(BaseModel):
    """What is said must all be true of a device. A text alone is what the bulletin writes: `<V200R020C00`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

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
    said: Text | None = None
    """As the bulletin words it; read as in the feeds."""
    condition: str = ""
    """What else must be true, in words."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"said": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_which_versions(self) -> Self:
        bounded = any(bound is not None for bound in (self.base_from, self.base_before, self.base_to))
        if self.base is not None and bounded:
            raise ValueError("base is one version alone: write it without base_from and base_before")
        ways = (self.base is not None, self.branch is not None, bounded, self.all is not None)
        if sum((*ways, self.said is not None)) != 1:
            raise ValueError(
                "write base, branch, all: true, or at least one of base_from and base_before (or base_to)"
            )
        if self.base_before is not None and self.base_to is not None:
            raise ValueError("write base_before or base_to, not both")
        return self

    def meant(self, schemes: Sequence[str], origin: Origin) -> tuple[Affected, ...]:
        """Give it the form that matching knows."""
        if self.said is not None:
            return self._worded(schemes, origin)
        span = Affected(
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
        return (span,)

    def _worded(self, schemes: Sequence[str], origin: Origin) -> tuple[Affected, ...]:
        worded = spans.spoken(schemes, self.said or "", origin, self.condition)
        patch = _bound(self.patch_before, inclusive=False)
        return worded if patch is None else tuple(replace(each, patch_to=patch) for each in worded)

    def problems(self, scheme: str) -> Iterator[str]:
        """Every bound must be a version on this platform, and a range must not be empty."""
        for name in _VERSIONS:
            if (said := getattr(self, name)) is not None and _read(scheme, name, said) is None:
                yield f"{name}: value {said!r}: must be a version of this platform"
        if self.said is not None:
            meant = self._worded((scheme,), Origin(""))
            if not meant or not all(each.understood for each in meant):
                yield f"value {self.said!r}: must be a version of this platform, a range or 全部版本"
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
