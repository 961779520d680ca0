"""What has changed since the last inspection: a part of chapter two."""

from reportlab.platypus import Flowable

from checks.comparison import VERDICT_WORDS, Change, ChangeVerdict, Comparison
from reports import style
from reports.comparison_workbook import CHANGE_WORDS
from reports.labels import NONE
from reports.section import note, text
from reports.tables import Cell, grid

MOST = 80
LONGEST = 160


def changes(comparison: Comparison) -> list[Flowable]:
    """The changes that need an explanation, and how much else there was."""
    open_ = [c for c in comparison.changes if c.verdict is ChangeVerdict.UNEXPLAINED]
    same = sum(comparison.unchanged.values())
    said = (
        f"与上次巡检逐项比较 {comparison.devices} 台设备："
        f"{VERDICT_WORDS[ChangeVerdict.UNEXPLAINED]} {len(open_)} 项，"
        f"{VERDICT_WORDS[ChangeVerdict.EXPECTED]} {comparison.count(ChangeVerdict.EXPECTED)} 项，"
        f"无变化 {same} 项，未比较或只比较了一部分 {len(comparison.gaps)} 项。"
    )
    story: list[Flowable] = [text(said)]
    if open_:
        header = ("设备", "类别", "对象", "项目", "变化", "前次", "本次")
        rows = [_row(change) for change in open_[:MOST]]
        story += grid(header, rows, (1.5, 0.9, 2.2, 1, 0.7, 2.4, 3.2), cell=style.CELL_SMALL)
    if len(open_) > MOST:
        story.append(note(f"另有 {len(open_) - MOST} 项，见 JSON 文件与工作簿。"))
    return [
        *story,
        note("容差之内的数值差异不算变化，规则见 baselines/comparison.yaml；配置按块比较，密钥不显示。"),
    ]


def _row(change: Change) -> list[Cell]:
    return [
        change.device,
        change.label,
        change.object or "整机",
        change.field or NONE,
        CHANGE_WORDS[change.change],
        _short(change.before) or NONE,
        _short(change.after) or NONE,
    ]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
