from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.schedule.due import DueState, months_later, owed
from baselines.service_levels import ServiceLevels, load_service_levels
from collector.inventory import Device, Site

LEVELS = load_service_levels()
TODAY = date(2026, 11, 20)
DEVICE = Device(name="sw1", host="192.0.2.1")


def site(level: str = "铂金", **more: Any) -> Site:
    return Site(name="hq", customer="示例客户", service_level=level, devices=(DEVICE,), **more)


def due(the_site: Site, delivered: dict[str, list[date]], levels: ServiceLevels = LEVELS) -> list[Any]:
    found, nothing = owed(the_site, delivered, levels, TODAY)
    assert bool(found) != bool(nothing)
    return [(d.deliverable, d.due_on, d.state, d.days_left) for d in found]


OVERDUE, DUE, UPCOMING = DueState.OVERDUE, DueState.DUE, DueState.UPCOMING


def test_a_year_after_the_last_one() -> None:
    found = due(site(), {"inspection": [date(2024, 1, 1), date(2025, 12, 1)]})
    assert found == [("inspection", date(2026, 12, 1), DUE, 11)]


def test_a_quarter_after_the_last_one() -> None:
    found = due(site("浪潮钻石"), {"inspection": [date(2026, 8, 3)]})
    assert found == [("inspection", date(2026, 11, 3), OVERDUE, -17)]


def test_on_the_last_working_day_before() -> None:
    # 1 October 2027 is a holiday.
    found = due(site(), {"inspection": [date(2026, 10, 1)]})
    assert found == [("inspection", date(2027, 9, 30), UPCOMING, 314)]


def test_never_delivered_counts_from_the_beginning_of_the_service() -> None:
    assert due(site(service_from=date(2026, 1, 1)), {}) == [("inspection", date(2026, 12, 31), UPCOMING, 41)]


def test_never_delivered_and_no_beginning_is_owed_at_once() -> None:
    ((_, by, state, _),) = due(site(), {})
    assert (by, state) == (TODAY, DUE)


def test_what_is_owed_at_once_is_not_overdue_on_a_sunday() -> None:
    (due_at_once,), _ = owed(site(), {}, LEVELS, date(2026, 11, 29))
    assert (due_at_once.due_on, due_at_once.state) == (date(2026, 11, 30), DUE)


def test_what_is_owed_by_the_end_of_the_service() -> None:
    the_site = site(service_from=date(2026, 6, 1), service_until=date(2026, 12, 31))
    assert due(the_site, {}) == [("inspection", date(2026, 12, 31), UPCOMING, 41)]
    found, (nothing,) = owed(the_site, {"inspection": [date(2026, 7, 1)]}, LEVELS, TODAY)
    assert found == []
    assert "nothing that is not done" in nothing.why


@pytest.mark.parametrize(
    ("the_site", "why"),
    [
        (site(""), "no service_level"),
        (site("白金至尊"), "unknown service level '白金至尊'"),
        (site("金牌（7×24×4）"), "浪潮金牌 owes nothing"),
        (site(service_until=date(2026, 11, 19)), "ended on 2026-11-19"),
    ],
)
def test_why_nothing_is_owed(the_site: Site, why: str) -> None:
    found, (nothing,) = owed(the_site, {}, LEVELS, TODAY)
    assert found == []
    assert why in nothing.why


def test_everything_that_a_level_promises() -> None:
    found = due(site("H3C", service_from=date(2026, 1, 1)), {})
    assert [deliverable for deliverable, *_ in found] == [
        "ticket_analysis",
        "daily_guide",
        "hardening",
        "inspection",
        "version_evaluation",
        "version_list",
    ]
    assert found[0][1:] == (date(2026, 3, 31), OVERDUE, -234)


def test_what_has_to_follow() -> None:
    said = LEVELS.model_dump()
    said["follow_ups"]["record"]["levels"] = ("浪潮铂金",)
    levels = ServiceLevels.model_validate(said)
    delivered = {"inspection": [date(2026, 11, 13)]}
    assert due(site(), delivered, levels)[0] == ("record", date(2026, 11, 24), DUE, 4)
    delivered["record"] = [date(2026, 11, 16)]
    assert [d[0] for d in due(site(), delivered, levels)] == ["inspection"]


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 48))
def test_months(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later.replace(day=28) != later or day.day > 28))


def test_the_end_of_february() -> None:
    assert months_later(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
