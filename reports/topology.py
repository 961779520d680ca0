"""The site's wiring as LLDP shows it, drawn in layers by role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Drawing, PolyLine, Rect
from reportlab.lib.colors import Color

from checks.fleet import Fleet, Member
from checks.inspection import Inspection
from checks.links import links_of
from reports import style
from reports.charts import canvas, words
from reports.fonts import shortened
from reports.labels import ROLE
from reports.layout import BOX_HEIGHT, BOX_WIDTH, Point, placed

LAYERS = ("border", "core", "spine", "aggregation", "leaf", "access", "oob", "unknown", "outside")
PER_ROW = 9
ROW_HEIGHT = 62.0
TALLEST = 400.0
"""Points that are left for the drawing on a wide page."""
MOST_ROWS = 12
FILLS = {
    "border": 0.80, "core": 0.80, "spine": 0.80, "aggregation": 0.88,
    "leaf": 0.96, "access": 0.96, "oob": 0.96, "unknown": 0.98,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """One cable between two devices, as one or both of them hear it."""

    a: str
    a_port: str
    b: str
    b_port: str
    confirmed: bool
    """Both ends hear each other."""


def links(inspection: Inspection) -> list[Link]:
    """Every cable that LLDP shows, once."""
    fleet = Fleet(Member(device=report.device, facts=report.facts) for report in inspection.devices)
    return [
        Link(cable.a.device, cable.a.port, cable.b.device, cable.b.port, confirmed=cable.confirmed)
        for cable in fleet.once(links_of).all
    ]


def topology(inspection: Inspection, found: Sequence[Link]) -> Drawing:
    """Draw devices in layers and one line for each pair of neighbours, past the boxes between them."""
    layers = _layers(inspection, found)
    rows = [row for layer in LAYERS for row in _rows(layers.get(layer, []))][:MOST_ROWS]
    row_height = min(ROW_HEIGHT, TALLEST / len(rows))
    pairs = _pairs(found)
    places, lines = placed(rows, list(pairs), row_height, style.WIDE_WIDTH)
    drawing = canvas(style.WIDE_WIDTH, row_height * len(rows))
    for pair, points in lines.items():
        _draw_line(drawing, points, pairs[pair])
    inspected = {r.device.name for r in inspection.reached}
    roles = {name: layer for layer, names in layers.items() for name in names}
    for name, (x, y) in places.items():
        _draw_box(drawing, x, y, name, roles[name], known=name in inspected)
    if left := sum(map(len, layers.values())) - len(places):
        drawing.add(words(0, 0, f"另有 {left} 台设备画不下，见下表", size=7.5, ink=style.SOFT))
    return drawing


def _layers(inspection: Inspection, found: Sequence[Link]) -> Mapping[str, list[str]]:
    layers: dict[str, list[str]] = {}
    for report in inspection.devices:
        layers.setdefault(report.device.role, []).append(report.device.name)
    listed = {r.device.name for r in inspection.devices}
    outside = dict.fromkeys(name for x in found for name in (x.a, x.b) if name not in listed)
    layers["outside"] = list(outside)
    return layers


def _rows(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[i : i + PER_ROW] for i in range(0, len(names), PER_ROW)]


def _pairs(found: Sequence[Link]) -> dict[tuple[str, str], list[Link]]:
    pairs: dict[tuple[str, str], list[Link]] = {}
    for cable in found:
        a, b = sorted((cable.a, cable.b))
        pairs.setdefault((a, b), []).append(cable)
    return pairs


def _draw_line(drawing: Drawing, points: Sequence[Point], cables: Sequence[Link]) -> None:
    dashed = [x for x in cables if not x.confirmed]
    look: dict[str, Any] = {"strokeColor": style.SOFT, "strokeWidth": 1.1}
    if dashed:
        look["strokeDashArray"] = [3, 3]
    drawing.add(PolyLine([c for point in points for c in point], **look))
    if len(cables) > 1:
        (ax, ay), (bx, by) = points[-2:]
        said = f"×{len(cables)}" + (f"（{len(dashed)} 未确认）" if dashed else "")
        drawing.add(words((ax + bx) / 2 + 3, (ay + by) / 2 + 2, said, size=7.5, ink=style.ACCENT))


def _draw_box(drawing: Drawing, x: float, y: float, name: str, role: str, *, known: bool) -> None:
    shade = FILLS.get(role, 1.0)
    look: dict[str, Any] = {
        "fillColor": Color(shade, shade, 1.0),
        "strokeColor": style.ACCENT,
        "strokeWidth": 0.9,
        "strokeDashArray": None if known else [2, 2],
    }
    drawing.add(Rect(x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2, BOX_WIDTH, BOX_HEIGHT, rx=3, ry=3, **look))
    below = "清单之外" if role == "outside" else ROLE[role] + ("" if known else " · 未巡检")
    drawing.add(words(x, y + 2, shortened(name, 8, BOX_WIDTH - 4), anchor="middle"))
    drawing.add(words(x, y - 9, below, size=6.5, anchor="middle", ink=style.SOFT))
