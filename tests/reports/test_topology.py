from dataclasses import replace

import pytest
from reportlab.graphics.shapes import PolyLine, Rect, String

from checks.inspection import Inspection
from parsers.facts import Known, LldpNeighbor
from reports import style
from reports.topology import Link, links, topology
from tests.reports import sample
from tests.reports.sample_facts import SEEN

Heard = dict[int, tuple[tuple[str, str, str], ...]]


def wired(count: int, heard: Heard) -> Inspection:
    """Devices `demo-sw1` and so on, that call themselves `DEMO-SW1`, hearing (port, neighbour, port)."""
    checks = sample.texts(1)
    reports = [sample.device_report(i, checks, {}) for i in range(1, count + 1)]
    for i, found in heard.items():
        rows = tuple(
            LldpNeighbor(seen=SEEN, local_port=a, remote_system=b, remote_port=c) for a, b, c in found
        )
        reports[i - 1] = replace(reports[i - 1], facts=replace(reports[i - 1].facts, lldp=Known(rows)))
    return sample.inspection(reports, checks)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ({}, []),
        (
            {1: (("GE1/0/1", "DEMO-SW2", "GE1/0/2"),), 2: (("GE1/0/2", "demo-sw1", "GE1/0/1"),)},
            [Link("demo-sw1", "GE1/0/1", "demo-sw2", "GE1/0/2", confirmed=True)],
        ),
        (  # the same cable, its ports written long and short
            {
                1: (("GigabitEthernet1/0/1", "demo-sw2", "GE1/0/2"),),
                2: (("GigabitEthernet1/0/2", "demo-sw1", "Gi1/0/1"),),
            },
            [Link("demo-sw1", "GigabitEthernet1/0/1", "demo-sw2", "GigabitEthernet1/0/2", confirmed=True)],
        ),
        (  # two cables, each heard from one end only
            {1: (("GE1/0/1", "demo-sw2", "GE9/0/2"),), 2: (("GE1/0/3", "demo-sw1", "GE9/0/4"),)},
            [
                Link("demo-sw1", "GE1/0/1", "demo-sw2", "GE9/0/2", confirmed=False),
                Link("demo-sw2", "GE1/0/3", "demo-sw1", "GE9/0/4", confirmed=False),
            ],
        ),
        (
            {1: (("GE1/0/1", "stranger", "eth0"),)},
            [Link("demo-sw1", "GE1/0/1", "stranger", "eth0", confirmed=False)],
        ),
    ],
)
def test_links(heard: Heard, expected: list[Link]) -> None:
    assert links(wired(2, heard)) == expected


def test_an_unreached_device_is_dashed_and_an_unconfirmed_line_too() -> None:
    made = sample.full()
    drawing = topology(made, links(made))
    lines = [shape for shape in drawing.contents if isinstance(shape, PolyLine)]
    boxes = [shape for shape in drawing.contents if isinstance(shape, Rect)]
    assert sorted(bool(line.strokeDashArray) for line in lines) == [False, False, True, True, True]
    assert sorted(bool(box.strokeDashArray) for box in boxes) == [False] * 6 + [True] * 2


@pytest.mark.parametrize(
    ("count", "left_out"), [(30, None), (93, None), (130, "另有 37 台设备画不下，见下表")]
)
def test_boxes_stay_on_the_page_and_apart(count: int, left_out: str | None) -> None:
    made = wired(count, {})
    drawing = topology(made, links(made))
    boxes = [shape for shape in drawing.contents if isinstance(shape, Rect)]
    corners = [(box.x, box.y) for box in boxes]
    assert len(set(corners)) == len(boxes) == count - (37 if left_out else 0)
    assert all(0 <= x <= style.WIDE_WIDTH - boxes[0].width for x, _ in corners)
    assert all(0 <= y <= drawing.height - boxes[0].height for _, y in corners)
    assert drawing.height < style.WIDE_HEIGHT - 60
    for i, (x, y) in enumerate(corners):
        for other_x, other_y in corners[:i]:
            assert abs(x - other_x) >= boxes[0].width or abs(y - other_y) >= boxes[0].height
    texts = [shape.text for shape in drawing.contents if isinstance(shape, String)]
    assert [text for text in texts if text.startswith("另有")] == ([left_out] if left_out else [])
