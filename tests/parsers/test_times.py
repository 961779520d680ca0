"""Stretches of time, how long ago something was, and times without a year."""

from datetime import datetime

import pytest

from parsers.template import UnreadableError
from parsers.times import since_s, stretch_s, told_without_year

STRETCHES = {
    "01:05:37": 3937,
    "100:00:01": 360001,
    "1d02h": 93600,
    "0099h36m": 358560,
    "1y10w": 37584000,
    "974week(s) 3day(s)": 589334400,
    "10 weeks 3 days 5 hours 3 minutes": 6325380,
    "4 hours 3 minutes 2 seconds": 14582,
}


@pytest.mark.parametrize(("text", "seconds"), STRETCHES.items())
def test_a_stretch(text: str, seconds: int) -> None:
    assert stretch_s(text) == seconds


@pytest.mark.parametrize("text", ["", "never", "5", "3 months", "2 fortnights", "1d!", "12:3"])
def test_what_is_no_stretch(text: str) -> None:
    with pytest.raises(UnreadableError, match="no stretch of time"):
        stretch_s(text)


NOW = "2026-03-29 12:46:00+07:00"
MOMENTS = {
    "the latest counts": (NOW, ("2026-03-29 12:45:10+07:00", "2026-03-28 12:46:00+07:00"), 50),
    "a zone in two ways": (NOW, ("2026-03-29 12:45:00 UTC+07:00", ""), 60),
    "fractions of a second": ("2026-03-29 12:46:00.750", ("2026-03-29 12:45:00.100",), 60),
    "never": (NOW, ("", ""), None),
    "nobody knows what time it is": ("", ("2026-03-29 12:45:00",), None),
    "another zone": (NOW, ("2026-03-29 12:45:00",), None),
    "the clock was set back": (NOW, ("2026-03-29 12:46:01+07:00",), None),
}


@pytest.mark.parametrize("case", MOMENTS)
def test_how_long_ago(case: str) -> None:
    now, moments, seconds = MOMENTS[case]
    assert since_s(now, *moments) == seconds


def test_what_is_no_time() -> None:
    with pytest.raises(UnreadableError, match="'2026-02-30 12:45:00' is no time"):
        since_s(NOW, "2026-02-30 12:45:00")


@pytest.mark.parametrize(
    ("month", "day", "now", "expected"),
    [
        ("Feb", "28", "2026-03-01T04:05:06", "2026-02-28T23:59:58"),
        ("Dec", "31", "2026-03-01T04:05:06", "2025-12-31T23:59:58"),
        # The log may be ahead of the clock that was asked before it, or in another zone.
        ("Mar", "1", "2026-03-01T04:05:06", "2026-03-01T23:59:58"),
        ("Mar", "3", "2026-03-01T04:05:06", "2025-03-03T23:59:58"),
        ("Jan", "1", "2025-12-31T23:00:00", "2025-01-01T23:59:58"),
        ("Feb", "29", "2026-03-01T04:05:06", "2024-02-29T23:59:58"),
    ],
)
def test_a_time_without_a_year_is_the_last_such(month: str, day: str, now: str, expected: str) -> None:
    told = told_without_year(month, day, "23:59:58", datetime.fromisoformat(now))
    assert told.isoformat() == expected


@pytest.mark.parametrize("text", ["Feb 30 01:02:03", "Xyz 1 01:02:03", "Mar 1 25:02:03"])
def test_what_is_no_time_in_any_year(text: str) -> None:
    month, day, clock = text.split()
    with pytest.raises(UnreadableError, match="is no time"):
        told_without_year(month, day, clock, datetime.fromisoformat("2026-03-01T04:05:06"))
