"""A comparison as an Excel workbook: what needs an explanation, what was expected, what was not compared."""

from pathlib import Path
from zoneinfo import ZoneInfo

from checks.comparison import UNCHANGED, VERDICT_WORDS, Change, ChangeVerdict, Comparison
from reports.labels import NONE, moment
from reports.sheets import Row, sheet, write_sheets

CHANGE_WORDS = {"added": "新增", "removed": "消失", "changed": "变化"}
CHANGES = ("结论", "设备", "类别", "对象", "项目", "变化", "前次", "本次", "依据", "说明")
SUMMARY = ("项目", "内容")
SAME = ("类别", "无变化数")
GAPS = ("设备", "类别", "原因")


def write_comparison(comparison: Comparison, path: Path, zone: ZoneInfo) -> None:
    """Write the workbook; the file appears whole or not at all."""
    sheets = {
        "概要": sheet(SUMMARY, _summary(comparison, zone)),
        "变化": sheet(CHANGES, [_change(change) for change in comparison.changes]),
        UNCHANGED: sheet(SAME, list(comparison.unchanged.items())),
        "未比较": sheet(GAPS, [(gap.device, gap.label, gap.why) for gap in comparison.gaps]),
    }
    write_sheets(sheets, path, comparison.after_at)


def _summary(comparison: Comparison, zone: ZoneInfo) -> list[Row]:
    return [
        ("局点", comparison.site),
        ("前次", f"{comparison.before}，{moment(comparison.before_at, zone)}"),
        ("本次", f"{comparison.after}，{moment(comparison.after_at, zone)}"),
        ("比较的设备", comparison.devices),
        *((VERDICT_WORDS[verdict], comparison.count(verdict)) for verdict in ChangeVerdict),
        (UNCHANGED, sum(comparison.unchanged.values())),
        ("未比较或只比较了一部分", len(comparison.gaps)),
    ]


def _change(change: Change) -> Row:
    return (
        VERDICT_WORDS[change.verdict],
        change.device,
        change.label,
        change.object or "整机",
        change.field or NONE,
        CHANGE_WORDS[change.change],
        change.before or NONE,
        change.after or NONE,
        change.why or NONE,
        None,
    )
