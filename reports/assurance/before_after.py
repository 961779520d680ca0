"""Chapter four: before against after, and what became of the problems."""

from reportlab.platypus import Flowable

from checks.closing import FATE_WORDS, Closing, Fate
from checks.comparison import UNCHANGED, VERDICT_WORDS, Change, ChangeVerdict, Comparison
from checks.verdict import Outcome, Severity
from reports import style
from reports.assurance.rounds import change_cells
from reports.labels import NONE
from reports.section import Block, Chapter, note, text
from reports.tables import Cell, Tag, grid, severity_tag

TITLE = "保障前后对比"
NO_BEFORE = "没有保障前检查，不能对比：结论为未检查。"
_HEADER = ("结论", "设备", "类别", "对象", "项目", "保障前", "保障后", "依据")
_SHARES = (1.2, 1.3, 1, 2.2, 1, 2.4, 2.4, 1.6)
_FILL = {
    ChangeVerdict.UNEXPLAINED: style.SEVERITY_FILL[Severity.MINOR],
    ChangeVerdict.EXPECTED: style.OUTCOME_FILL[Outcome.PASS],
}


def blocks(closing: Closing) -> list[Block]:
    """Changes first, then what is the same, what was not compared, and the problems."""
    chapter = Chapter(4, TITLE)
    story: list[Flowable] = [*chapter.opening()]
    comparison = closing.comparison
    if comparison is None:
        story.append(text(NO_BEFORE))
    else:
        story += [
            *chapter.heading("需解释的变化"),
            *_changes(comparison, ChangeVerdict.UNEXPLAINED),
            *chapter.heading("预期变化"),
            *_changes(comparison, ChangeVerdict.EXPECTED),
            *chapter.heading(UNCHANGED),
            *_same(comparison),
            *chapter.heading("未比较或只比较了一部分"),
            *_gaps(comparison),
        ]
    story += [*chapter.heading("问题的变化"), *_problems(closing)]
    return [Block(story, wide=True)]


def _changes(comparison: Comparison, verdict: ChangeVerdict) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [verdict_tag(change.verdict), *change_cells(change), _why(change)]
        for change in comparison.changes
        if change.verdict is verdict
    ]
    if not rows:
        return [text("没有。")]
    return grid(_HEADER, rows, _SHARES, wide=True, cell=style.CELL_SMALL)


def _why(change: Change) -> str:
    return change.why or ("待说明" if change.verdict is ChangeVerdict.UNEXPLAINED else NONE)


def verdict_tag(verdict: ChangeVerdict) -> Tag:
    """The cell for what a change means."""
    return Tag(VERDICT_WORDS[verdict], _FILL[verdict])


def _same(comparison: Comparison) -> list[Flowable]:
    items = list(comparison.unchanged.items())
    third = -(-len(items) // 3)
    columns = [items[i * third : (i + 1) * third] for i in range(3)]
    rows: list[list[Cell]] = []
    for place in range(third):
        row: list[Cell] = []
        for column in columns:
            label, count = column[place] if place < len(column) else ("", 0)
            row += [label or " ", str(count) if label else " "]
        rows.append(row)
    return grid(("类别", UNCHANGED) * 3, rows, (2, 1) * 3, wide=True, cell=style.CELL_SMALL)


def _gaps(comparison: Comparison) -> list[Flowable]:
    """One line for each reason on a device."""
    labels: dict[tuple[str, str], list[str]] = {}
    for gap in comparison.gaps:
        labels.setdefault((gap.device, gap.why), []).append(gap.label)
    if not labels:
        return [text("没有。")]
    rows: list[list[Cell]] = [
        [device, "、".join(dict.fromkeys(named)), why] for (device, why), named in labels.items()
    ]
    return grid(("设备", "类别", "原因"), rows, (1.5, 3.5, 5), wide=True, cell=style.CELL_SMALL)


def _problems(closing: Closing) -> list[Flowable]:
    shown = [each for each in closing.problems if each.fate is not Fate.REMAINS]
    remains = closing.count(Fate.REMAINS)
    rows: list[list[Cell]] = [
        [
            FATE_WORDS[each.fate],
            severity_tag(each.problem.severity),
            each.device,
            each.problem.check_id,
            each.problem.object or "整机",
            each.problem.message,
        ]
        for each in shown
    ]
    said = f"另有遗留问题 {remains} 个（保障前后都有），见保障后巡检报告第三章与工作簿。"
    if not rows:
        return [text(f"除遗留问题外没有变化。{said}")]
    return [
        *grid(
            ("变化", "级别", "设备", "检查项", "对象", "说明"),
            rows,
            (1.4, 0.7, 1.4, 0.9, 2, 5.6),
            wide=True,
            cell=style.CELL_SMALL,
        ),
        note(said),
    ]
