"""Vector charts: bars, stacked bars and margins. Every number is also printed as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from checks.verdict import SEVEREST_FIRST, Severity
from checks.words import SEVERITY_WORDS
from reports import style
from reports.fonts import BODY, in_body_font, shortened, text_width

ROW = 16.0
BAR = 9.0
SIZE = 8.0
ROWS_PER_DRAWING = 22
LABEL_SHARE = 0.30
VALUE_WIDTH = 92.0
BEYOND = 5.0
"""dB that the scale of optical power reaches beyond the limits."""
Anchor = Literal["start", "middle", "end"]


def canvas(width: float, height: float) -> Drawing:
    """Make an empty drawing that needs no other font than the embedded one."""
    return Drawing(width, height, initialFontName=BODY, initialFontSize=SIZE)


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = SIZE,
    anchor: Anchor = "start",
    ink: Color = style.INK,
) -> String:
    """Make a text of a drawing."""
    return String(x, y, in_body_font(text), fontName=BODY, fontSize=size, textAnchor=anchor, fillColor=ink)


def box(x: float, y: float, width: float, height: float, fill: Color, stroke: Color | None = None) -> Rect:
    """Make a filled rectangle of a drawing."""
    look: dict[str, Any] = {"fillColor": fill, "strokeColor": stroke, "strokeWidth": 0.4}
    return Rect(x, y, width, height, **look)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart."""

    label: str
    value: float
    shown: str
    """The value as it is printed, with unit."""
    fill: Color
    limits: tuple[float, ...] = ()
    """Marked by upright strokes."""


def bars(rows: Sequence[Bar], top: float, width: float = style.TEXT_WIDTH) -> list[Flowable]:
    """Draw horizontal bars on a scale from 0 to `top`, the first row uppermost."""
    return [_bars(chunk, top, width) for chunk in _chunks(rows)]


def _chunks(rows: Sequence[Bar]) -> Iterator[Sequence[Bar]]:
    return (rows[i : i + ROWS_PER_DRAWING] for i in range(0, len(rows), ROWS_PER_DRAWING))


def _bars(rows: Sequence[Bar], top: float, width: float) -> Drawing:
    drawing = canvas(width, ROW * len(rows) + 6)
    left = width * LABEL_SHARE
    scale = (width - left - VALUE_WIDTH) / top
    for index, row in enumerate(rows):
        y = drawing.height - ROW * (index + 1)
        drawing.add(words(left - 6, y + 3, shortened(row.label, SIZE, left - 8), anchor="end"))
        drawing.add(box(left, y + 1, top * scale, BAR, style.STRIPE))
        drawing.add(box(left, y + 1, max(min(row.value, top), 0) * scale, BAR, row.fill, style.SOFT))
        for limit in (x for x in row.limits if x <= top):
            x = left + limit * scale
            drawing.add(Line(x, y - 1, x, y + BAR + 3, strokeColor=style.INK, strokeWidth=1.1))
        drawing.add(words(left + top * scale + 6, y + 3, shortened(row.shown, SIZE, VALUE_WIDTH - 8)))
    drawing.add(Line(left, 2, left, drawing.height, strokeColor=style.SOFT, strokeWidth=0.6))
    return drawing


def severity_bar(counts: Mapping[Severity, int], width: float = style.TEXT_WIDTH) -> Drawing:
    """Draw one stacked bar of how many findings have which severity, with a legend in words."""
    drawing = canvas(width, 44)
    total = sum(counts.values())
    x = 0.0
    for severity in SEVEREST_FIRST:
        share = width * counts[severity] / total if total else 0.0
        if share:
            drawing.add(box(x, 22, share, 18, style.SEVERITY_FILL[severity], style.WHITE))
            text = f"{SEVERITY_WORDS[severity]} {counts[severity]}"
            if text_width(text, SIZE) + 6 <= share:
                ink = style.SEVERITY_INK[severity]
                drawing.add(words(x + share / 2, 28, text, anchor="middle", ink=ink))
        x += share
    if not total:
        drawing.add(box(0, 22, width, 18, style.STRIPE, style.RULE))
        drawing.add(words(width / 2, 28, "没有发现问题", anchor="middle"))
    legend(
        drawing, [(f"{SEVERITY_WORDS[s]} {counts[s]} 条", style.SEVERITY_FILL[s]) for s in SEVEREST_FIRST], 6
    )
    return drawing


def legend(drawing: Drawing, entries: Sequence[tuple[str, Color]], y: float, x: float = 0.0) -> None:
    """Add colour boxes with their words in one line."""
    for text, fill in entries:
        drawing.add(box(x, y, 8, 8, fill, style.SOFT))
        drawing.add(words(x + 12, y + 1, text))
        x += 24 + text_width(text, SIZE)


def stacked_bars(
    rows: Sequence[tuple[str, Mapping[Severity, int]]], width: float = style.TEXT_WIDTH
) -> list[Flowable]:
    """Draw for each label how many findings of which severity there are."""
    top = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    return [
        _stacked(rows[i : i + ROWS_PER_DRAWING], top, width) for i in range(0, len(rows), ROWS_PER_DRAWING)
    ]


def _stacked(rows: Sequence[tuple[str, Mapping[Severity, int]]], top: int, width: float) -> Drawing:
    drawing = canvas(width, ROW * len(rows) + 6)
    left = width * LABEL_SHARE
    scale = (width - left - VALUE_WIDTH) / top
    for index, (label, counts) in enumerate(rows):
        y = drawing.height - ROW * (index + 1)
        drawing.add(words(left - 6, y + 3, shortened(label, SIZE, left - 8), anchor="end"))
        x = left
        for severity in SEVEREST_FIRST:
            if count := counts[severity]:
                drawing.add(box(x, y + 1, count * scale, BAR, style.SEVERITY_FILL[severity], style.SOFT))
                x += count * scale
        said = " ".join(f"{SEVERITY_WORDS[s]}{counts[s]}" for s in SEVEREST_FIRST if counts[s])
        drawing.add(words(x + 6, y + 3, said))
    drawing.add(Line(left, 2, left, drawing.height, strokeColor=style.SOFT, strokeWidth=0.6))
    return drawing


@dataclass(frozen=True, slots=True)
class Margin:
    """Received power of one lane between its alarm limits, all in dBm."""

    label: str
    value: float
    low: float
    high: float
    fill: Color
    shown: str


def margins(rows: Sequence[Margin], width: float = style.TEXT_WIDTH) -> list[Flowable]:
    """Draw each lane's limits as a rail and its power as a dot, on one common scale."""
    if not rows:
        return []
    least = min(r.low for r in rows) - BEYOND
    most = max(r.high for r in rows) + BEYOND
    chunks = [rows[i : i + ROWS_PER_DRAWING] for i in range(0, len(rows), ROWS_PER_DRAWING)]
    return [_margins(chunk, least, most, width) for chunk in chunks]


def _margins(rows: Sequence[Margin], least: float, most: float, width: float) -> Drawing:
    drawing = canvas(width, ROW * len(rows) + 18)
    left = width * 0.38
    scale = (width - left - VALUE_WIDTH) / (most - least)

    def at(dbm: float) -> float:
        return left + (dbm - least) * scale

    first = int(least // 5 + 1) * 5
    for tick in range(first, int(most) + 1, 5):
        drawing.add(Line(at(tick), 12, at(tick), drawing.height, strokeColor=style.BLANK, strokeWidth=0.5))
        drawing.add(words(at(tick), 2, f"{tick} dBm", size=7, anchor="middle", ink=style.SOFT))
    for index, row in enumerate(rows):
        y = drawing.height - ROW * (index + 1) + 6
        drawing.add(words(left - 6, y - 3, shortened(row.label, SIZE, left - 8), anchor="end"))
        drawing.add(Line(at(row.low), y, at(row.high), y, strokeColor=style.SOFT, strokeWidth=1.2))
        for end in (row.low, row.high):
            drawing.add(Line(at(end), y - 4, at(end), y + 4, strokeColor=style.SOFT, strokeWidth=1.2))
        dot = Circle(
            at(min(max(row.value, least), most)),
            y,
            3.4,
            fillColor=row.fill,
            strokeColor=style.INK,
            strokeWidth=0.5,
        )
        drawing.add(dot)
        drawing.add(words(at(most) + 6, y - 3, shortened(row.shown, SIZE, VALUE_WIDTH - 8)))
    return drawing
