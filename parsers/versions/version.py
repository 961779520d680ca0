"""What a version is, and how two are compared: only where the vendor's numbering says so."""

from dataclasses import dataclass, field
from enum import StrEnum

from collector.errors import XunjianError


class VersionError(XunjianError):
    """A text is not a version of the scheme it was read by."""


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


@dataclass(frozen=True, slots=True)
class Version:
    """One version, as printed and as understood. Equal means the same text; use `compare` for order."""

    text: str
    """As printed."""
    line: tuple[str | None, ...] = field(compare=False)
    """What must agree for an order to exist (code line, train, kind of build); None agrees with all."""
    key: tuple[int, ...] = field(compare=False)
    """Order within the line, the weightiest first; a shorter key is a less precise version."""
    variant: str = field(default="", compare=False)
    """A build of the same level that may hold other code."""


def compare(left: Version, right: Version) -> Comparison:
    """Say how `left` stands to `right`."""
    if left.text == right.text:
        return Comparison(Order.EQUAL)
    for mine, other in zip(left.line, right.line, strict=False):
        if mine is not None and other is not None and mine != other:
            why = f"{mine} 与 {other} 分属不同版本线，编号不能互相比较"
            return _none(left, right, why, other_line=True)
    shared = min(len(left.key), len(right.key))
    if left.key[:shared] != right.key[:shared]:
        return Comparison(Order.LESS if left.key[:shared] < right.key[:shared] else Order.GREATER)
    if len(left.key) != len(right.key):
        return _none(left, right, "其中一个写得不完整")
    if left.variant != right.variant:
        return _none(left, right, "同一级别的不同构建，是否含同样的代码没有依据")
    return Comparison(Order.EQUAL)


def _none(left: Version, right: Version, why: str, *, other_line: bool = False) -> Comparison:
    return Comparison(Order.INCOMPARABLE, f"{left.text} 与 {right.text} 无法比较：{why}", other_line)
