"""A device's own words for a state, looked up in the lists of a check's baseline row."""

from collections.abc import Mapping
from typing import Any, Literal

from checks.verdict import SEVEREST_FIRST, Result, Severity, not_assessed
from parsers.facts import Reason
from parsers.seen import Seen

Standing = Literal["ok", "warn", "bad", "absent", "joining", "unlisted"]
_LISTS: tuple[Standing, ...] = ("ok", "warn", "bad", "absent", "joining")


def standing(word: str, params: Mapping[str, Any]) -> Standing:
    """Which of the lists `state_ok`, `state_bad`, ... holds this word; case and spacing do not matter."""
    plain = " ".join(word.split()).lower()
    return next((name for name in _LISTS if plain in params.get(f"state_{name}", ())), "unlisted")


def unlisted(object_: str, word: str, *seen: Seen) -> Result:
    """Say that nobody has told us what this word means: it is neither good nor bad."""
    return not_assessed(Reason.UNPARSED, f"设备自报状态“{word}”不在已知状态词中", object_, *seen)


def severest(*found: Severity | None) -> Severity | None:
    """The severest of these; None when there is none."""
    return next((severity for severity in SEVEREST_FIRST if severity in found), None)
