"""A series of values over time with its line and limit."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine

from checks.metrics import METRICS
from checks.trends import DAY_S, Trend
from reports import style
from reports.charts import SIZE, canvas, words
from reports.fonts import shortened
from reports.labels import day

HEIGHT = 92.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 70.0, 18.0, 16.0


def trend_chart(trend: Trend, zone: ZoneInfo, width: float = style.TEXT_WIDTH) -> Drawing:
    """Draw the values as dots, the line through them on to where it reaches the limit, and the limit."""
    drawing = canvas(width, HEIGHT)
    first, last = trend.samples[0].at, trend.samples[-1].at
    end = max(last, trend.reaches or last)
    days = max((end - first).total_seconds() / DAY_S, 1e-9)
    values = [sample.value for sample in trend.samples]
    limits = [] if trend.limit is None or trend.reaches is None else [trend.limit]
    least, most = min(*values, *limits, values[0]), max(*values, *limits, values[0])
    room = (most - least) * 0.1 or 1.0
    least, most = least - room, most + room

    def x(at_day: float) -> float:
        return LEFT + at_day / days * (width - LEFT - RIGHT)

    def y(value: float) -> float:
        return BOTTOM + (value - least) / (most - least) * (HEIGHT - TOP - BOTTOM)

    points = [((s.at - first).total_seconds() / DAY_S, s.value) for s in trend.samples]
    label, unit = METRICS[trend.metric]
    title = f"{trend.device}　{trend.object}　{label}（{unit}）"
    drawing.add(words(LEFT, HEIGHT - 11, shortened(title, SIZE, width - LEFT)))
    drawing.add(Line(LEFT, BOTTOM, width - RIGHT, BOTTOM, strokeColor=style.SOFT, strokeWidth=0.6))
    drawing.add(Line(LEFT, BOTTOM, LEFT, HEIGHT - TOP, strokeColor=style.SOFT, strokeWidth=0.6))
    for value in (min(values), max(values)):
        drawing.add(words(LEFT - 4, y(value) - 3, f"{value:g}", size=7, anchor="end", ink=style.SOFT))
    for limit in limits:
        drawing.add(Line(LEFT, y(limit), width - RIGHT, y(limit), strokeColor=style.INK, strokeWidth=0.9))
        drawing.add(words(width - RIGHT + 4, y(limit) - 3, f"门限 {limit:g}", size=7))
    drawing.add(PolyLine(_flat([(x(a), y(b)) for a, b in points]), strokeColor=style.ACCENT, strokeWidth=1.0))
    if trend.reaches is not None and trend.limit is not None:
        run = Line(
            x(points[-1][0]),
            y(points[-1][1]),
            x(days),
            y(trend.limit),
            strokeColor=style.ACCENT,
            strokeWidth=0.9,
        )
        run.strokeDashArray = [3, 2]
        drawing.add(run)
    for a, b in points:
        drawing.add(Circle(x(a), y(b), 2.2, fillColor=style.ACCENT, strokeColor=style.INK, strokeWidth=0.3))
    drawing.add(words(LEFT, 4, day(first, zone), size=7, ink=style.SOFT))
    drawing.add(words(width - RIGHT, 4, day(end, zone), size=7, anchor="end", ink=style.SOFT))
    return drawing


def _flat(points: Sequence[tuple[float, float]]) -> list[float]:
    return [value for point in points for value in point]
