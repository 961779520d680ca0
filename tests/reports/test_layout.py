from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.layout import BOX_HEIGHT, BOX_WIDTH, Pair, Point, placed

WIDTH, ROW_HEIGHT = 746.0, 62.0


def behind(box: Point, start: Point, end: Point) -> bool:
    """Tell whether a line's segment runs through the inside of a box, sampled finely."""
    x, y = box
    steps = [i / 400 for i in range(401)]
    points = [(start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])) for t in steps]
    return any(abs(px - x) < BOX_WIDTH / 2 - 0.5 and abs(py - y) < BOX_HEIGHT / 2 - 0.5 for px, py in points)


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[list[str]], list[Pair]]:
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    rows = [[f"r{i}n{j}" for j in range(size)] for i, size in enumerate(sizes)]
    names = sorted(name for row in rows for name in row)
    ends = st.sampled_from([*names, "elsewhere"])
    found = draw(st.sets(st.tuples(ends, ends).filter(lambda pair: pair[0] < pair[1]), max_size=20))
    return rows, sorted(found)


@settings(deadline=None)
@given(drawings())
def test_no_line_runs_behind_a_box_of_others(drawing: tuple[list[list[str]], list[Pair]]) -> None:
    rows, pairs = drawing
    places, lines = placed(rows, pairs, ROW_HEIGHT, WIDTH)
    assert set(places) == {name for row in rows for name in row}
    assert set(lines) == {pair for pair in pairs if set(pair) <= set(places)}
    for pair, points in lines.items():
        others = [place for name, place in places.items() if name not in pair]
        assert not any(behind(box, a, b) for a, b in pairwise(points) for box in others)
        assert all(0 <= x <= WIDTH and 0 <= y <= ROW_HEIGHT * len(rows) for x, y in points)


@pytest.mark.parametrize(
    ("rows", "pairs", "order"),
    [
        ([["a", "b"]], [], ["a", "b"]),
        ([["a", "b"], ["x", "y"]], [("b", "x"), ("a", "y")], ["y", "x"]),
        ([["top"], ["m"], ["x", "y"]], [("m", "y"), ("m", "top"), ("top", "x")], ["y", "x"]),
    ],
)
def test_boxes_stand_below_what_they_hang_on(
    rows: list[list[str]], pairs: list[Pair], order: list[str]
) -> None:
    places, _ = placed(rows, [(min(p), max(p)) for p in pairs], ROW_HEIGHT, WIDTH)
    assert sorted(rows[-1], key=lambda name: places[name][0]) == order


def test_a_line_past_a_row_bends_through_its_gap() -> None:
    _, lines = placed([["a"], ["m"], ["z"]], [("a", "m"), ("a", "z")], ROW_HEIGHT, WIDTH)
    assert len(lines["a", "m"]) == 2
    assert len(lines["a", "z"]) == 4
