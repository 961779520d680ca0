"""Chapter three: the rounds held during the period, and what they told."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from checks.closing import Closing
from checks.comparison import Change
from checks.rounds import Round
from reports import style
from reports.labels import NONE, moment
from reports.section import Block, Chapter, note, text
from reports.tables import Cell, grid

TITLE = "保障期间巡检"
MOST_ROUNDS = 200
MOST_LINES = 4
"""Lines of a value that are printed; the workbook has all of them."""


def blocks(closing: Closing) -> list[Block]:
    """Every round, then every change with the time it was first seen, or seen to be over."""
    chapter = Chapter(3, TITLE)
    if not closing.rounds:
        return [Block([*chapter.opening(), text("保障期间没有进行巡检轮次：其间的情况未检查。")])]
    story: list[Flowable] = [
        *chapter.opening(),
        *chapter.heading("巡检轮次"),
        *_rounds(closing),
        *chapter.heading("期间的变化与告警"),
        *_alerts(closing),
        *chapter.heading("最后一轮时仍存在的变化"),
        *_remaining(closing),
    ]
    return [Block(story, wide=True)]


def _rounds(closing: Closing) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [
            str(number),
            moment(held.at, closing.site.zone),
            held.run_id,
            f"{held.devices - len(held.missed)} / {held.devices}",
            str(len(held.new)),
            str(len(held.over)),
            str(len(held.differences)),
            _wholeness(held),
        ]
        for number, held in enumerate(closing.rounds[-MOST_ROUNDS:], len(closing.rounds[:-MOST_ROUNDS]) + 1)
    ]
    base = closing.rounds[0].base
    said = f"各轮与 {base} 对比" if base else "没有保障前检查，各轮与第一轮对比"
    left = len(closing.rounds) - MOST_ROUNDS
    return [
        *grid(
            ("轮次", "时间", "运行", "实检/应检", "新变化", "恢复", "仍存在", "完整性"),
            rows,
            (0.6, 2.6, 3.2, 1, 0.8, 0.8, 0.8, 2.4),
            wide=True,
            cell=style.CELL_SMALL,
        ),
        note(f"{said}；只在情况与上一轮不同时告警。" + (f"更早的 {left} 轮见工作簿。" if left > 0 else "")),
    ]


def _wholeness(held: Round) -> str:
    said = [f"未检：{'、'.join(held.missed)}"] if held.missed else []
    said += [held.interrupted] if held.interrupted else []
    return "；".join(said) or "完整"


def _alerts(closing: Closing) -> list[Flowable]:
    rows: list[list[Cell]] = []
    for number, held in enumerate(closing.rounds, 1):
        for word, changes in (("新变化", held.new), ("恢复", held.over)):
            rows += [
                [f"第 {number} 轮\n{moment(held.at, closing.site.zone)}", word, *change_cells(c)]
                for c in changes
            ]
    if not rows:
        return [text("各轮均未发现需要告警的变化。")]
    header = ("轮次", "情况", "设备", "类别", "对象", "项目", "基准", "当时")
    return [
        *grid(header, rows, (1.9, 0.8, 1.3, 1, 2.2, 1, 2.2, 2.2), wide=True, cell=style.CELL_SMALL),
        note("「恢复」一行所列为恢复之前的取值。"),
    ]


def _remaining(closing: Closing) -> list[Flowable]:
    changes: Sequence[Change] = closing.rounds[-1].differences
    if not changes:
        return [text("没有。")]
    rows = [change_cells(change) for change in changes]
    header = ("设备", "类别", "对象", "项目", "基准", "当时")
    return grid(header, rows, (1.3, 1, 2.2, 1, 2.6, 2.6), wide=True, cell=style.CELL_SMALL)


def change_cells(change: Change) -> list[Cell]:
    """Device, kind, object, field and both values of a change."""
    values = [_cut(value) for value in (change.before, change.after)]
    return [change.device, change.label, change.object or "整机", change.field or NONE, *values]


def _cut(value: str) -> str:
    lines = value.splitlines()
    if len(lines) <= MOST_LINES:
        return value or NONE
    return "\n".join([*lines[:MOST_LINES], f"……（共 {len(lines)} 行，见工作簿）"])
