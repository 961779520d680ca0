"""Working days in China: weekends, public holidays, and the weekend days that are worked instead.

The library `holidays` has the State Council's arrangements for every year that is announced. Of later years
it knows the holidays, not the days that are shifted: those are announced in autumn, and come with an update.
"""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@cache
def _china() -> "HolidayBase":
    # A heavy import, for commands about dates alone.
    from holidays import country_holidays

    return country_holidays("CN")


def is_working_day(day: date) -> bool:
    """Tell whether people work on this day."""
    return bool(_china().is_working_day(day))


def working_days_after(day: date, count: int) -> date:
    """Give the `count`-th working day after a day, which does not count itself; count is at least 1."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def not_after(day: date) -> date:
    """Give the last working day that is not after a day."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def not_before(day: date) -> date:
    """Give the first working day that is not before a day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
