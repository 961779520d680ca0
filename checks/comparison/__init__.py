"""Two inspections of one site compared: every difference once, with whether it needs an explanation."""

from checks.comparison.difference import (
    UNCHANGED,
    VERDICT_WORDS,
    WHOLE_DEVICE,
    Change,
    ChangeVerdict,
    Comparison,
    Gap,
)
from checks.comparison.inspections import compare, known_fields
from checks.comparison.sides import Inspected, Side

__all__ = [
    "UNCHANGED",
    "VERDICT_WORDS",
    "WHOLE_DEVICE",
    "Change",
    "ChangeVerdict",
    "Comparison",
    "Gap",
    "Inspected",
    "Side",
    "compare",
    "known_fields",
]
