"""Times that move, and counters that grow, inside the texts a simulated device prints."""

import re
from datetime import UTC, datetime, timedelta

_PLACEHOLDER = re.compile(r"\{\{(.*?)(\}\}|$)", re.MULTILINE)
_FORM = re.compile(r"now(?:(?P<sign>[+-])(?P<offset>(?:\d+[dhms])+))?\|(?P<format>.+)", re.ASCII)
_GROWING = re.compile(r"grow\|(?P<base>\d+)\|(?P<per_s>\d+(?:\.\d+)?)", re.ASCII)
_PART = re.compile(r"(\d+)([dhms])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


class PlaceholderError(ValueError):
    """A placeholder of none of the forms that `render` knows; says where it stands."""


def render(text: str, now: datetime, age_s: float = 0.0) -> str:
    """Put times in place of `{{now|FORMAT}}`, `{{now+90s|FORMAT}}` and `{{now-3d2h|FORMAT}}`.

    `{{grow|100|2.5}}` is a counter of 100 that has grown by 2.5 for each of the `age_s` seconds since.

    FORMAT is that of strftime, plus `%3f` for milliseconds; offsets are of days, hours, minutes and
    seconds. `now` must be timezone-aware; what is printed is UTC. Raises PlaceholderError.
    """
    if now.utcoffset() is None:
        raise ValueError("now must be timezone-aware")

    def expand(found: re.Match[str]) -> str:
        counter = _GROWING.fullmatch(found[1])
        if counter is not None and found[2]:
            return str(int(counter["base"]) + int(age_s * float(counter["per_s"])))
        form = _FORM.fullmatch(found[1])
        if form is None or not found[2]:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise PlaceholderError(f"line {line}, column {column}: unknown placeholder {found[0]}")
        return _shown(now.astimezone(UTC) + _offset(form), form["format"])

    return _PLACEHOLDER.sub(expand, text)


def _offset(form: re.Match[str]) -> timedelta:
    parts = _PART.findall(form["offset"] or "")
    offset = sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
    return -offset if form["sign"] == "-" else offset


def _shown(moment: datetime, form: str) -> str:
    # strftime has no milliseconds; `%%3f` is a literal percent sign and not one of ours.
    milliseconds = f"{moment.microsecond // 1000:03}"
    own = re.sub(r"%(?:%|3f)", lambda found: milliseconds if found[0] == "%3f" else "%%", form)
    return moment.strftime(own)
