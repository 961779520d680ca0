"""Trends: a date where the line earns it, and a reason where not."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselines.trend_rules import trend_rules
from checks.metrics import METRICS, Metric, Sample
from checks.trends import Trend, soonest_first, trend
from tests.records import BEGAN, MONTH

RULES = trend_rules()


def of(name: str, *values: float, limit: float | None = None, days: float = 30) -> Trend | None:
    samples = [Sample(BEGAN + n * timedelta(days=days), value) for n, value in enumerate(values)]
    return trend("sw-1", Metric(name=name, object="x", value=values[-1], limit=limit), samples, RULES)


def test_a_straight_rise_reaches_its_limit_on_the_day() -> None:
    found = of("memory_pct", 50, 55, 60, 65, 70)
    assert found is not None
    assert found.limit == 85
    assert found.reaches == BEGAN + 4 * MONTH + 3 * MONTH
    assert found.r_squared == pytest.approx(1)
    assert found.per_day == pytest.approx(5 / 30)


def test_a_power_that_falls_runs_towards_the_limit_of_the_module() -> None:
    found = of("rx_power_dbm", -10, -11, -12, -13, limit=-15)
    assert found is not None
    assert found.reaches == BEGAN + 5 * MONTH


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("memory_pct", (50, 55)),
        ("memory_pct", (70, 65, 60, 55)),
        ("memory_pct", (50, 70, 45, 72, 48)),
        ("memory_pct", (50, 50, 50, 50)),
        ("rx_power_dbm", (-12, -11, -10, -9)),
        ("errors", (10, 20, 30, 0)),
    ],
)
def test_what_does_not_get_worse_is_no_trend(name: str, values: tuple[float, ...]) -> None:
    assert of(name, *values) is None


@pytest.mark.parametrize(
    ("name", "values", "days", "why"),
    [
        ("memory_pct", (50, 55, 60), 30, "只有 3 次数据，满 4 次才推算"),
        ("memory_pct", (50, 55, 60, 65), 7, "跨度不足 60 天"),
        ("temperature_c", (30, 35, 40, 45), 30, "没有门限"),
        ("memory_pct", (70, 75, 80, 86), 30, "已达到门限"),
        ("memory_pct", (10, 10.1, 10.2, 10.3), 30, "365 天内不会达到"),
        ("errors", (10, 20, 30, 40), 30, "没有门限"),
    ],
)
def test_why_there_is_no_date(name: str, values: tuple[float, ...], days: float, why: str) -> None:
    found = of(name, *values, days=days)
    assert found is not None
    assert (found.reaches, found.why) == (None, why)


def test_a_counter_begins_anew_where_it_falls() -> None:
    found = of("errors", 900, 950, 3, 6, 9)
    assert found is not None
    assert [sample.value for sample in found.samples] == [3, 6, 9]


def test_the_soonest_comes_first() -> None:
    late, soon, none = (
        of("memory_pct", 50, 55, 60, 65),
        of("memory_pct", 60, 67, 74, 81),
        of("errors", 1, 2, 3, 4),
    )
    assert late
    assert soon
    assert none
    assert list(soonest_first([none, late, soon])) == [soon, late, none]


def test_there_is_a_rule_for_every_metric() -> None:
    assert set(RULES.metrics) == set(METRICS)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=12))
def test_a_date_is_never_told_without_its_grounds(values: list[float]) -> None:
    found = of("memory_pct", *values)
    if found is None:
        return
    assert found.r_squared >= RULES.r_squared_min
    assert found.per_day > 0
    assert (found.reaches is None) == bool(found.why)
    if found.reaches is not None:
        assert len(values) >= RULES.samples_min
        assert (
            found.samples[-1].at <= found.reaches <= found.samples[-1].at + timedelta(days=RULES.horizon_days)
        )
