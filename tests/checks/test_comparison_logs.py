"""Which records of a log are news between two inspections."""

from datetime import UTC, datetime, timedelta

from checks.comparison.logs import news
from parsers.facts import Clock, Facts, LogEvent
from tests.checks.case import NOW, SEEN, facts_of

MONTH = timedelta(days=30)
OLD, FRESH = "2026-10-19 08:00:00 FAN/OLD", "2026-11-19 08:00:00 FAN/FRESH"


def look(at: datetime, *events: LogEvent, clock: bool = True) -> Facts:
    told = Clock(seen=SEEN, device_time=at, asked_at=at, round_trip_s=0.1)
    return facts_of({"log_events": events} | ({"clock": told} if clock else {}))


def event(time: datetime, name: str, severity: int = 2) -> LogEvent:
    return LogEvent(seen=SEEN, time=time, severity=severity, mnemonic=f"FAN/{name}", text=name)


# Thirty-one days ago: before the first look. Yesterday, printed without a zone: after it.
BEFORE = event(NOW - MONTH - timedelta(days=2), "OLD")
AFTER = event((NOW - timedelta(days=1)).replace(tzinfo=None), "FRESH")


def test_what_was_logged_before_the_first_look_is_no_news() -> None:
    assert news(look(NOW - MONTH), look(NOW, BEFORE, AFTER), 4) == ({}, {FRESH: {"event": "FRESH"}})
    assert news(look(NOW, BEFORE, AFTER), look(NOW - MONTH), 4) == ({FRESH: {"event": "FRESH"}}, {})


def test_without_a_clock_every_record_is_compared() -> None:
    _, new = news(look(NOW - MONTH, clock=False), look(NOW, BEFORE, AFTER), 4)
    assert new.keys() == {OLD, FRESH}


def test_mild_records_are_left_out_and_equal_ones_numbered() -> None:
    mild = event(datetime(2026, 11, 19, 9, tzinfo=UTC), "MILD", severity=6)
    _, new = news(look(NOW - MONTH), look(NOW, AFTER, AFTER, mild), 4)
    assert list(new) == [FRESH, f"{FRESH} #2"]
