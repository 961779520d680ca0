"""Where the boxes of a drawing in rows stand, and which way its lines go, so that none runs behind a box."""

from collections.abc import Mapping, Sequence
from statistics import fmean

Point = tuple[float, float]
Pair = tuple[str, str]
Node = str | Pair
"""A box by its name, or the gap through which the line between a pair of boxes passes a row."""

BOX_WIDTH, BOX_HEIGHT = 74.0, 26.0
LEAST_SHARE = BOX_WIDTH + 4.0
WIDEST_GAP = 30.0
DETOUR = 0.5
"""Of the space between two rows: how far below its row a line between boxes that are apart runs."""


def placed(
    rows: Sequence[Sequence[str]], pairs: Sequence[Pair], row_height: float, width: float
) -> tuple[dict[str, Point], dict[Pair, list[Point]]]:
    """Give the middle of each box, and the points of each line; the first row is the topmost.

    Pairs are sorted; those of which a box is in no row are left out. Boxes move within their row, so
    that lines cross little.
    """
    level = {name: i for i, row in enumerate(rows) for name in row}
    drawn = [_downward(pair, level) for pair in pairs if pair[0] in level and pair[1] in level]
    spots: list[dict[Node, float]] = []
    for i, row in enumerate(rows):
        gaps = [(a, b) for a, b in drawn if level[a] < i < level[b]]
        above = spots[-1] if spots else {}
        spots.append(_row(_ordered(row, gaps, drawn, above, width), width))
    heights = [row_height * (len(rows) - i - 0.5) for i in range(len(rows))]
    places = {name: (spots[i][name], heights[i]) for name, i in level.items()}
    low = BOX_HEIGHT / 2 + (row_height - BOX_HEIGHT) * DETOUR
    return places, {_sorted(pair): _points(pair, level, spots, heights, low) for pair in drawn}


def _sorted(pair: Pair) -> Pair:
    a, b = sorted(pair)
    return a, b


def _downward(pair: Pair, level: Mapping[str, int]) -> Pair:
    a, b = pair
    return (a, b) if level[a] <= level[b] else (b, a)


def _ordered(
    row: Sequence[str], gaps: Sequence[Pair], pairs: Sequence[Pair], above: Mapping[Node, float], width: float
) -> list[Node]:
    """Put each box and gap below the middle of what it hangs on in the row above."""
    wanted: dict[Node, float] = {}
    for i, name in enumerate(row):
        on = [above[node] for a, b in pairs if b == name for node in (a, (a, b)) if node in above]
        wanted[name] = fmean(on) if on else width * (i + 0.5) / len(row)
    for a, b in gaps:
        wanted[a, b] = above[a] if a in above else above[a, b]
    return sorted(wanted, key=wanted.__getitem__)


def _row(nodes: Sequence[Node], width: float) -> dict[Node, float]:
    """Spread over the width; gaps take what boxes leave, and no more than they need."""
    boxes = sum(isinstance(node, str) for node in nodes)
    gaps = len(nodes) - boxes
    gap = min(WIDEST_GAP, (width - boxes * LEAST_SHARE) / gaps) if gaps else 0.0
    box = (width - gap * gaps) / boxes
    spots: dict[Node, float] = {}
    left = 0.0
    for node in nodes:
        share = box if isinstance(node, str) else gap
        spots[node] = left + share / 2
        left += share
    return spots


def _points(
    pair: Pair, level: Mapping[str, int], spots: Sequence[Mapping[Node, float]], heights: Sequence[float],
    detour: float,
) -> list[Point]:  # fmt: skip
    a, b = pair
    start, end = (spots[level[a]][a], heights[level[a]]), (spots[level[b]][b], heights[level[b]])
    if level[a] == level[b]:
        if _beside(a, b, spots[level[a]]):
            return [start, end]
        below = start[1] - detour
        return [start, (start[0], below), (end[0], below), end]
    half = BOX_HEIGHT / 2
    points = [(start[0], start[1] - half)]
    for i in range(level[a] + 1, level[b]):
        x, y = spots[i][pair], heights[i]
        points += [(x, y + half), (x, y - half)]
    return [*points, (end[0], end[1] + half)]


def _beside(a: str, b: str, row: Mapping[Node, float]) -> bool:
    """Tell whether no other box stands between two boxes of a row."""
    low, high = sorted((row[a], row[b]))
    return not any(isinstance(node, str) and low < x < high for node, x in row.items())
