"""Times and stretches of time as devices print them."""

import re
from datetime import datetime, timedelta

from parsers.template import UnreadableError

_SECONDS = {"y": 365 * 86400, "w": 7 * 86400, "d": 86400, "h": 3600, "m": 60, "s": 1}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEAP_YEARS = 8
"""Within so many years there is always one with a 29th of February."""
_PART = re.compile(r"(\d+)\s*([a-z]+)(?:\(s\))?", re.IGNORECASE)
_MOMENT = re.compile(r"(\d+-\d+-\d+ \d+:\d+:\d+)(?:\.\d+)?\s*(.*)")


def stretch_s(text: str) -> int:
    """Read `01:05:37`, `1d02h`, `0099h36m`, `8week(s) 5day(s)` or `10 weeks 3 days 5 hours 3 minutes`.

    Raises UnreadableError for anything else. A unit goes by its first letter, so `m` is minutes, and
    months are none.
    """
    if clock := re.fullmatch(r"(\d+):(\d\d):(\d\d)(?:\.\d+)?", text):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    parts = _PART.findall(text)
    rest = re.sub(r"[\s,]", "", _PART.sub("", text))
    if not parts or rest or any(unit.lower().startswith("mo") for _, unit in parts):
        raise UnreadableError(f"{text!r} is no stretch of time")
    try:
        return sum(int(number) * _SECONDS[unit[0].lower()] for number, unit in parts)
    except KeyError:
        raise UnreadableError(f"{text!r} is no stretch of time") from None


def since_s(now: str, *moments: str) -> int | None:
    """Seconds from the latest of these moments until now, all by the device's own clock.

    None where one of them was not printed or is of another zone, and where the clock was set back.
    Raises UnreadableError for what is no time.
    """
    printed = [_moment(text) for text in moments if text]
    if not now or not printed:
        return None
    told, zone = _moment(now)
    if any(other != zone for _, other in printed):
        return None
    passed = int((told - max(moment for moment, _ in printed)).total_seconds())
    return passed if passed >= 0 else None


def _moment(text: str) -> tuple[datetime, str]:
    """Give a time and its zone, which one device may write `+08:00` here and `UTC+08:00` there."""
    match = _MOMENT.fullmatch(text)
    try:
        told = datetime.strptime(match[1] if match else "", "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - see the zone
    except ValueError:
        raise UnreadableError(f"{text!r} is no time") from None
    return told, match[2].removeprefix("UTC") if match else ""


def told_without_year(month: str, day: str, clock: str, now: datetime) -> datetime:
    """Give a time as `Mar`, `1`, `04:05:06` the year in which it last was.

    By the device's clock, a day spared. What lies more than a year back is taken for younger. Raises
    UnreadableError for what is no time.
    """
    latest = now.replace(tzinfo=None) + timedelta(days=1)
    for year in range(latest.year, latest.year - _LEAP_YEARS, -1):
        try:
            number = _MONTHS.index(month) + 1
            told = datetime.fromisoformat(f"{year}-{number:02}-{int(day):02}T{clock}")
        except ValueError:
            continue
        if told <= latest:
            return told
    raise UnreadableError(f"{month} {day} {clock} is no time")
