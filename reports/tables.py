"""Tables whose cells wrap, whose header repeats on every page, and whose rows stay whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table, TableStyle

from checks.verdict import Outcome, Severity
from checks.words import OUTCOME_WORDS, SEVERITY_WORDS
from reports import style
from reports.fonts import BODY
from reports.labels import NONE
from reports.prose import Prose, prose

ROWS_PER_TABLE = 150
"""reportlab lays a table out in quadratic time, so that a long list is cut into several."""
TALLEST_ROW = 260.0
"""Points; a taller row is continued in a further row, because a row that exceeds a page cannot be set."""
PADDING = 4.0
LOOSE, TIGHT = (2.5, 3.5), (1.2, 2.3)
"""Points above and below the text of a cell; small print stands tighter."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A cell filled with a colour; its text alone says the same in black and white."""

    text: str
    fill: Color
    ink: Color = style.INK


class Rows(Table):
    """A table that can say how tall its first rows are."""

    _rowHeights: Sequence[float]  # noqa: N815 - reportlab's name

    def beginning(self, rows: int, width: float) -> float:
        """Height of so many rows from the top, in points."""
        self.wrap(width, 0)
        return sum(self._rowHeights[:rows])


Cell = str | Tag | Flowable | None
"""A text, a coloured cell, or something ready-made; None and an empty text print as —."""


def severity_tag(severity: Severity, suffix: str = "") -> Tag:
    """Make the cell for a severity."""
    return Tag(SEVERITY_WORDS[severity] + suffix, style.SEVERITY_FILL[severity], style.SEVERITY_INK[severity])


def outcome_tag(outcome: Outcome, severity: Severity | None = None) -> Tag:
    """Make the cell for a verdict: the severity of a fail, else the outcome."""
    if severity is not None:
        return severity_tag(severity)
    ink = style.SOFT if outcome is Outcome.NOT_APPLICABLE else style.INK
    return Tag(OUTCOME_WORDS[outcome], style.OUTCOME_FILL[outcome], ink)


def grid(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    shares: Sequence[float],
    *,
    wide: bool = False,
    cell: ParagraphStyle = style.CELL,
    padding: float = PADDING,
) -> list[Flowable]:
    """Make a table as wide as the page; `shares` are the relative widths of its columns.

    `padding`: points left and right of the text of each cell.
    """
    total = style.WIDE_WIDTH if wide else style.TEXT_WIDTH
    widths = [total * share / sum(shares) for share in shares]
    body = [part for row in rows for part in _continued(row, widths, cell, padding)]
    if not body:
        body = [[NONE] * len(header)]
    head_style = ParagraphStyle("head", cell, fontName=BODY, strong=0.25)
    chunks = [body[i : i + ROWS_PER_TABLE] for i in range(0, len(body), ROWS_PER_TABLE)]
    return [_table([prose(h, head_style) for h in header], chunk, widths, cell, padding) for chunk in chunks]


def alike(rows: Iterable[Sequence[Cell]], column: int) -> list[list[Cell]]:
    """Join rows that differ in nothing but one column of texts, at the place of the first of them."""
    joined: dict[tuple[Cell, ...], list[Cell]] = {}
    names: dict[tuple[Cell, ...], list[str]] = {}
    for row in rows:
        name, rest = row[column], (*row[:column], *row[column + 1 :])
        joined.setdefault(rest, list(row))
        names.setdefault(rest, []).append(name if isinstance(name, str) else NONE)
    for rest, row in joined.items():
        row[column] = "、".join(dict.fromkeys(names[rest]))
    return list(joined.values())


def _table(
    head: Sequence[Flowable],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    cell: ParagraphStyle,
    padding: float,
) -> Rows:
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.4, style.RULE),
        ("BACKGROUND", (0, 0), (-1, 0), style.HEAD_FILL),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *_basics(padding, TIGHT if cell is style.CELL_SMALL else LOOSE),
    ]
    data: list[list[Flowable]] = [list(head)]
    for y, row in enumerate(rows, start=1):
        commands += [("BACKGROUND", (x, y), (x, y), c.fill) for x, c in enumerate(row) if isinstance(c, Tag)]
        if y < len(rows) and all(isinstance(c, Tag) for c in row):
            # A row of tags alone is a title of the rows below it.
            commands.append(("NOSPLIT", (0, y), (-1, y + 1)))
        data.append([_flowable(c, cell) for c in row])
    return Rows(
        data, colWidths=list(widths), style=TableStyle(commands), repeatRows=1, spaceBefore=2, spaceAfter=8
    )


def _basics(padding: float = PADDING, upright: tuple[float, float] = LOOSE) -> list[Any]:
    sides = (("LEFT", padding), ("RIGHT", padding), ("TOP", upright[0]), ("BOTTOM", upright[1]))
    # reportlab sets a table's own font even where every cell is a paragraph.
    font = ("FONTNAME", (0, 0), (-1, -1), BODY)
    return [font, *((f"{side}PADDING", (0, 0), (-1, -1), points) for side, points in sides)]


def _flowable(cell: Cell, wanted: ParagraphStyle) -> Flowable:
    if isinstance(cell, Flowable):
        return cell
    if isinstance(cell, Tag):
        return prose(cell.text, ParagraphStyle("tag", wanted, textColor=cell.ink))
    return prose(cell or NONE, wanted)


def _continued(
    row: Sequence[Cell], widths: Sequence[float], cell: ParagraphStyle, padding: float = PADDING
) -> list[list[Cell]]:
    """Cut a row that is too tall into several; the later ones hold only what is left over."""
    columns = [_pieces(c, width - 2 * padding, cell) for c, width in zip(row, widths, strict=True)]
    if all(len(pieces) == 1 for pieces in columns):
        return [list(row)]
    return [list(line) for line in zip_longest(*columns, fillvalue=prose("", cell))]


def _pieces(cell: Cell, width: float, wanted: ParagraphStyle) -> list[Cell]:
    if not isinstance(cell, str | Prose):
        return [cell]
    rest: Prose | None = prose(cell, wanted) if isinstance(cell, str) else cell
    pieces: list[Cell] = []
    while rest is not None:
        rest.wrap(width, TALLEST_ROW)
        first, *more = rest.split(width, TALLEST_ROW)
        pieces.append(first)
        rest = more[0] if more else None
    return [cell] if len(pieces) == 1 else pieces


def pairs(items: Sequence[tuple[str, Cell]], *, columns: int = 2, wide: bool = False) -> list[Flowable]:
    """Make a table of names and values, `columns` pairs beside each other, as wide as the page."""
    name_width = 70.0
    widths = [name_width, (style.WIDE_WIDTH if wide else style.TEXT_WIDTH) / columns - name_width] * columns
    empty = prose("", style.CELL)
    cells: list[Cell] = [c for name, value in items for c in (prose(name, style.CELL_HEAD), value)]
    cells += [empty] * (-len(cells) % len(widths))
    rows = [cells[i : i + len(widths)] for i in range(0, len(cells), len(widths))]
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.4, style.RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *_basics(),
        *(("BACKGROUND", (2 * c, 0), (2 * c, -1), style.HEAD_FILL) for c in range(columns)),
    ]
    body = [part for row in rows for part in _continued(row, widths, style.CELL)]
    data = [[_flowable(c, style.CELL) for c in row] for row in body]
    return [Rows(data, colWidths=widths, style=TableStyle(commands), spaceBefore=2, spaceAfter=8)]


def sheet_of(lines: Sequence[Sequence[tuple[str, Cell]]]) -> list[Flowable]:
    """Make one table of names and values, in a line one pair or two beside each other."""
    name_width = 54.0
    half = style.TEXT_WIDTH / 2
    widths = [name_width, half - name_width] * 2
    empty = prose("", style.CARD)
    data: list[list[Flowable]] = []
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.4, style.RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *_basics(),
    ]
    for line in lines:
        cells: list[Cell] = [c for name, value in line for c in (prose(name, style.CARD_HEAD), value)]
        whole = len(line) == 1
        own = [name_width, style.TEXT_WIDTH - name_width] if whole else widths
        for part in _continued(cells, own, style.CARD):
            y = len(data)
            data.append([*(_flowable(c, style.CARD) for c in part), *([empty, empty] if whole else [])])
            commands += [("BACKGROUND", (x, y), (x, y), style.HEAD_FILL) for x in ((0,) if whole else (0, 2))]
            commands += [("SPAN", (1, y), (3, y))] if whole else []
    return [Rows(data, colWidths=widths, style=TableStyle(commands), spaceBefore=2, spaceAfter=5)]
