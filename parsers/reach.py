"""How far a transceiver reaches, from the distances that devices print for each kind of fibre."""

import re
from collections.abc import Iterable
from typing import Final

_DISTANCE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(km|m)?(?=\s*(?:\(|,|$))", re.IGNORECASE)
_METRES: Final = {"m": 1, "km": 1000}


def reach_m(printed: Iterable[str], unit: str = "m") -> float | None:
    """Give the longest distance in metres; None where none is printed.

    Read from `80(OM2),300(OM3)`, `10km(SMF),10(Optical Cable)`, `10 km`; a number without a unit is
    in `unit`, which the label names.
    """
    found = (match for text in printed for match in _DISTANCE.finditer(text.strip()))
    metres = (float(match[1]) * _METRES[(match[2] or unit).lower()] for match in found)
    return max(metres, default=None)
