"""What comparing two inspections gives: the differences, what they mean, and what could not be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class ChangeVerdict(StrEnum):
    """What a difference means; what is the same is counted, not listed."""

    UNEXPLAINED = "unexplained"
    """需解释的变化."""
    EXPECTED = "expected"
    """预期变化: declared beforehand, or harmless by rule."""


VERDICT_WORDS: Mapping[ChangeVerdict, str] = {
    ChangeVerdict.UNEXPLAINED: "需解释的变化",
    ChangeVerdict.EXPECTED: "预期变化",
}
UNCHANGED = "无变化"
WHOLE_DEVICE = "整机"
"""Label of a gap that is a device of which nothing could be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference."""

    device: str
    """Its name in the second inspection, or in the first where the second has it not."""
    kind: str
    label: str
    """The kind in Chinese."""
    object: str
    """Empty for the device as a whole."""
    field: str
    """In Chinese; empty where a thing as a whole came or went, or a block of configuration changed."""
    change: Literal["added", "removed", "changed"]
    before: str
    after: str
    """In Chinese or the device's words; empty for the side that has nothing."""
    verdict: ChangeVerdict = ChangeVerdict.UNEXPLAINED
    why: str = ""
    """By what it is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be compared, or only in part."""

    device: str
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The second inspection against the first."""

    site: str
    before: str
    after: str
    """Ids of the runs."""
    before_at: datetime
    after_at: datetime
    devices: int
    """That were compared: inspected both times."""
    changes: tuple[Change, ...]
    """By device in the second's order, then as KINDS have them."""
    unchanged: Mapping[str, int]
    """By label of the kind how many things are the same, within the tolerances."""
    gaps: tuple[Gap, ...]

    def count(self, verdict: ChangeVerdict) -> int:
        """How many changes are judged so."""
        return sum(change.verdict is verdict for change in self.changes)
