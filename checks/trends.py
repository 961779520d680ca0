"""Where measured values are going, from three inspections on; a date only where their line earns it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baselines.trend_rules import Course, TrendRules
from checks.metrics import Metric, Sample

DAY_S = 86_400.0
LEAST = 3
"""Inspections without which nothing is a trend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One value of one device that gets worse from inspection to inspection."""

    device: str
    metric: str
    """Its name in METRICS."""
    object: str
    samples: tuple[Sample, ...]
    """The oldest first, the present one last."""
    per_day: float
    """Slope of the line through them."""
    r_squared: float
    """Share of their variation that the line explains."""
    limit: float | None
    reaches: datetime | None
    """When the line reaches the limit; None: `why` says why no date is told."""
    why: str
    """In Chinese; empty where there is a date."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Least squares through values over days before the last of them."""

    now: float
    """Value of the line at the last sample."""
    per_day: float
    r_squared: float


def trend(device: str, metric: Metric, samples: Sequence[Sample], rules: TrendRules) -> Trend | None:
    """Judge one series with the present value last; None where it is too short or does not get worse.

    It gets worse when the line through it runs towards the limit and explains as much as the rules demand.
    """
    course = rules.metrics.get(metric.name)
    if course is None:
        return None
    taken = _since_reset(samples) if course.counter else tuple(samples)
    line = _line(taken) if len(taken) >= LEAST else None
    if line is None or line.r_squared < rules.r_squared_min:
        return None
    if line.per_day == 0 or (line.per_day > 0) != (course.toward == "up"):
        return None
    limit = course.limit if metric.limit is None else metric.limit
    reaches, why = _reaches(taken, line, limit, course, rules)
    return Trend(
        device=device,
        metric=metric.name,
        object=metric.object,
        samples=taken,
        per_day=line.per_day,
        r_squared=line.r_squared,
        limit=limit,
        reaches=reaches,
        why=why,
    )


def soonest_first(trends: Sequence[Trend]) -> Iterator[Trend]:
    """Those with a date first, then as they came."""
    dated = [each for each in trends if each.reaches is not None]
    yield from sorted(dated, key=lambda each: each.reaches or each.samples[-1].at)
    yield from (each for each in trends if each.reaches is None)


def _since_reset(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    begins = 0
    for number in range(1, len(samples)):
        if samples[number].value < samples[number - 1].value:
            begins = number
    return tuple(samples[begins:])


def _line(samples: Sequence[Sample]) -> _Line | None:
    """None where the values or the times are all the same."""
    last = samples[-1].at
    xs = [(sample.at - last).total_seconds() / DAY_S for sample in samples]
    ys = [sample.value for sample in samples]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    sxx = sum((x - mean_x) ** 2 for x in xs)
    syy = sum((y - mean_y) ** 2 for y in ys)
    if sxx == 0 or syy == 0:
        return None
    sxy = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    slope = sxy / sxx
    return _Line(now=mean_y - slope * mean_x, per_day=slope, r_squared=sxy * sxy / (sxx * syy))


def _reaches(
    samples: Sequence[Sample], line: _Line, limit: float | None, course: Course, rules: TrendRules
) -> tuple[datetime | None, str]:
    first, last = samples[0], samples[-1]
    if len(samples) < rules.samples_min:
        return None, f"只有 {len(samples)} 次数据，满 {rules.samples_min} 次才推算"
    if (last.at - first.at) < timedelta(days=rules.span_days_min):
        return None, f"跨度不足 {rules.span_days_min:g} 天"
    if limit is None:
        return None, "没有门限"
    up = course.toward == "up"
    if last.value >= limit if up else last.value <= limit:
        return None, "已达到门限"
    days = (limit - line.now) / line.per_day
    if days > rules.horizon_days:
        return None, f"{rules.horizon_days:g} 天内不会达到"
    return last.at + timedelta(days=max(days, 0.0)), ""
