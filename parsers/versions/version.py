"""What a version is, and how two are compared: only where the vendor's numbering says so."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, Self

from collector.errors import XunjianError


class VersionError(XunjianError):
    """A text is not a version of the scheme it was read by."""


class IncomparableError(XunjianError):
    """Two versions were sorted that have no order; says why."""


class Order(StrEnum):
    """How one version stands to another."""

    LESS = "less"
    EQUAL = "equal"
    GREATER = "greater"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The order, and in Chinese why there is none."""

    order: Order
    reason: str = ""
    """Set for INCOMPARABLE and for nothing else."""
    other_line: bool = False
    """INCOMPARABLE because the two belong to different lines, not because one is vague."""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version, as printed and as understood; each scheme has a type of its own with its parts.

    `==` means that all parts are the same, however they were written. `<` and its kin raise
    IncomparableError where there is no order; `compare` says so instead.
    """

    text: str
    """As printed."""
    line: tuple[str | None, ...]
    """What must agree for an order to exist (code line, train, kind of build); None agrees with all."""
    key: tuple[int, ...]
    """Order within the line, the weightiest first; a shorter key is a less precise version."""
    variant: tuple[str | None, ...] = ()
    """Builds of the same level that may hold other code; None agrees with all."""
    patch: tuple[int, ...] = field(default=(), kw_only=True)
    """Number of the patch that is named in the same text; none is below every one."""

    of: "Version | None" = field(default=None, kw_only=True)
    """Of a patch: the release that it is made for."""
    written: int = field(default=0, kw_only=True)
    """How many places of `key` the text names; the others are what their absence means."""

    names: ClassVar[tuple[str, ...]] = ()
    """What the places of `key` are called; `explain` tells by them what decided."""

    @property
    def base(self) -> Self:
        """The same without its patch."""
        return replace(self, patch=()) if self.patch else self

    @property
    def branch(self) -> tuple[int, ...]:
        """What of `key` makes a branch that gets its fixes on its own; empty: the whole line is one."""
        return ()

    def holds(self, other: "Version") -> bool:
        """Whether the other is this one or lies under it: `V200R019C10` holds V200R019C10SPC800."""
        if type(self) is not type(other) or _disagreement(self.line, other.line):
            return False
        named = self.key[: self.written]
        return other.key[: self.written] == named and not _disagreement(self.variant, other.variant)

    def shares_branch(self, other: "Version") -> bool:
        """Whether a fix of the one is a statement about the other, if the order allows it."""
        return (
            type(self) is type(other)
            and _disagreement(self.line, other.line) is None
            and self.branch == other.branch
        )

    @property
    def _parts(self) -> tuple[object, ...]:
        return type(self), self.line, self.key, self.variant, self.patch

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __lt__(self, other: "Version") -> bool:
        return _sortable(self, other) is Order.LESS

    def __le__(self, other: "Version") -> bool:
        return _sortable(self, other) is not Order.GREATER

    def __gt__(self, other: "Version") -> bool:
        return _sortable(self, other) is Order.GREATER

    def __ge__(self, other: "Version") -> bool:
        return _sortable(self, other) is not Order.LESS


def _sortable(left: Version, right: Version) -> Order:
    how = compare(left, right)
    if how.order is Order.INCOMPARABLE:
        raise IncomparableError(how.reason)
    return how.order


def compare(left: Version, right: Version) -> Comparison:
    """Say how `left` stands to `right`."""
    if left.text == right.text:
        return Comparison(Order.EQUAL)
    if type(left) is not type(right):
        return _none(left, right, "编号规则不同", other_line=True)
    if apart := _disagreement(left.line, right.line):
        why = f"{apart[0]} 与 {apart[1]} 分属不同版本线，编号不能互相比较"
        return _none(left, right, why, other_line=True)
    shared = min(len(left.key), len(right.key))
    if left.key[:shared] != right.key[:shared]:
        if left.patch or right.patch:
            return _none(left, right, "热补丁中的修复是否包含在另一版本中没有依据")
        return Comparison(_order(left.key[:shared], right.key[:shared]))
    if len(left.key) != len(right.key):
        return _none(left, right, "其中一个写得不完整")
    if _disagreement(left.variant, right.variant):
        return _none(left, right, "同一级别的不同构建，是否含同样的代码没有依据")
    return Comparison(_order(left.patch, right.patch))


def _disagreement(left: tuple[str | None, ...], right: tuple[str | None, ...]) -> tuple[str, str] | None:
    for mine, other in zip(left, right, strict=False):
        if mine is not None and other is not None and mine != other:
            return mine, other
    return None


def _order(left: tuple[int, ...], right: tuple[int, ...]) -> Order:
    if left == right:
        return Order.EQUAL
    return Order.LESS if left < right else Order.GREATER


def _none(left: Version, right: Version, why: str, *, other_line: bool = False) -> Comparison:
    return Comparison(Order.INCOMPARABLE, f"{left.text} 与 {right.text} 无法比较：{why}", other_line)


_WORDS = {Order.LESS: "低于", Order.GREATER: "高于"}


def explain(left: Version, right: Version) -> str:
    """Say in Chinese what decided how `left` stands to `right`."""
    how = compare(left, right)
    if how.order is Order.INCOMPARABLE:
        return how.reason
    if how.order is Order.EQUAL:
        return f"{left.text} 与 {right.text} 是同一版本"
    for place, (mine, other) in enumerate(zip(left.key, right.key, strict=False)):
        if mine != other:
            return f"{left.text} {_WORDS[how.order]} {right.text}：由{left.names[place]}决定"
    return f"{left.text} {_WORDS[how.order]} {right.text}：由热补丁号决定"
