from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.schedule.working_days import is_working_day, not_after, working_days_after

# The State Council's arrangement for 2026.
DAYS = {
    date(2026, 9, 30): True,
    date(2026, 10, 1): False,
    date(2026, 10, 7): False,
    date(2026, 10, 8): True,
    date(2026, 10, 10): True,  # a Saturday that is worked
    date(2026, 10, 11): False,
    date(2026, 2, 14): True,  # a Saturday that is worked
    date(2026, 2, 17): False,
    date(2026, 2, 23): False,
    date(2026, 11, 21): False,  # a Saturday
    date(2026, 11, 23): True,
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_days(day: date) -> None:
    assert is_working_day(day) is DAYS[day]


def test_seven_working_days_over_the_national_holidays() -> None:
    # 8, 9, 10 (worked), 12, 13, 14 and 15 October.
    assert working_days_after(date(2026, 9, 30), 7) == date(2026, 10, 15)


def test_the_last_working_day_before_a_holiday() -> None:
    assert not_after(date(2026, 10, 4)) == date(2026, 9, 30)
    assert not_after(date(2026, 10, 8)) == date(2026, 10, 8)


@given(st.dates(date(2020, 1, 1), date(2026, 12, 1)), st.integers(1, 30))
def test_counting_is_what_one_would_count_by_hand(day: date, count: int) -> None:
    end = working_days_after(day, count)
    between = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)
