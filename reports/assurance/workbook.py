"""The closing report as an Excel workbook, with all that the PDF shortens."""

from collections.abc import Iterator
from pathlib import Path

from checks.closing import FATE_WORDS, Closing
from checks.comparison import UNCHANGED, VERDICT_WORDS, Change, Comparison
from checks.event_readiness import SITE, STANDING_WORDS, ReadinessReport
from checks.words import SEVERITY_WORDS
from reports.assurance.summary import conclusion, person_days
from reports.labels import NONE, moment
from reports.sheets import Row, sheet, write_sheets

SUMMARY = ("项目", "内容")
READINESS = ("检查内容", "结论", "设备", "依据")
ROUNDS = ("轮次", "时间", "运行", "应检", "未检设备", "新变化", "恢复", "仍存在", "预期变化", "中断")
ALERTS = ("轮次", "时间", "情况", "设备", "类别", "对象", "项目", "基准", "当时", "说明")
CHANGES = ("结论", "设备", "类别", "对象", "项目", "保障前", "保障后", "依据", "说明")
PROBLEMS = ("变化", "级别", "设备", "检查项", "对象", "说明")
GAPS = ("设备", "类别", "原因")
LABOUR = ("人员", "工作", "人天")


def write_closing_workbook(closing: Closing, path: Path) -> None:
    """Write the workbook; the file appears whole or not at all."""
    comparison = closing.comparison
    sheets = {
        "概要": sheet(SUMMARY, list(_summary(closing))),
        "就绪评估": sheet(
            READINESS, [] if closing.readiness is None else list(_readiness(closing.readiness))
        ),
        "巡检轮次": sheet(ROUNDS, list(_rounds(closing))),
        "期间变化": sheet(ALERTS, list(_alerts(closing))),
        "前后对比": sheet(CHANGES, [] if comparison is None else list(_changes(comparison))),
        "未比较": sheet(
            GAPS, [] if comparison is None else [(g.device, g.label, g.why) for g in comparison.gaps]
        ),
        "问题": sheet(PROBLEMS, list(_problems(closing))),
        "投入": sheet(LABOUR, [(each.who, each.what, each.days) for each in closing.event.labour]),
    }
    write_sheets(sheets, path, closing.after.ended_at)


def _summary(closing: Closing) -> Iterator[Row]:
    event, zone = closing.event, closing.site.zone
    yield "保障事项", event.name
    yield "性质", event.word
    yield "局点", closing.site.name
    yield "期间", f"{moment(event.period.start, zone)} 至 {moment(event.period.end, zone)}"
    yield "投入人天", person_days(closing)
    for sentence in conclusion(closing):
        yield "结论", sentence
    for gap in closing.gaps:
        yield "限制", gap


def _readiness(report: ReadinessReport) -> Iterator[Row]:
    for item in report.items:
        yield item.title, STANDING_WORDS[item.standing], NONE, "本项结论"
        for remark in item.remarks:
            yield item.title, STANDING_WORDS[remark.standing], remark.device or SITE, remark.text


def _rounds(closing: Closing) -> Iterator[Row]:
    for number, held in enumerate(closing.rounds, 1):
        yield (
            number,
            moment(held.at, closing.site.zone),
            held.run_id,
            held.devices,
            "、".join(held.missed) or NONE,
            len(held.new),
            len(held.over),
            len(held.differences),
            held.expected,
            held.interrupted or NONE,
        )


def _alerts(closing: Closing) -> Iterator[Row]:
    for number, held in enumerate(closing.rounds, 1):
        for word, changes in (("新变化", held.new), ("恢复", held.over)):
            for change in changes:
                yield number, moment(held.at, closing.site.zone), word, *_cells(change), None


def _cells(change: Change) -> tuple[str, ...]:
    return (
        change.device,
        change.label,
        change.object or "整机",
        change.field or NONE,
        change.before or NONE,
        change.after or NONE,
    )


def _changes(comparison: Comparison) -> Iterator[Row]:
    for change in comparison.changes:
        yield VERDICT_WORDS[change.verdict], *_cells(change), change.why or NONE, None
    for label, count in comparison.unchanged.items():
        yield UNCHANGED, NONE, label, f"{count} 项", NONE, NONE, NONE, NONE, None


def _problems(closing: Closing) -> Iterator[Row]:
    for each in closing.problems:
        problem = each.problem
        yield (
            FATE_WORDS[each.fate],
            SEVERITY_WORDS[problem.severity],
            each.device,
            problem.check_id,
            problem.object or "整机",
            problem.message,
        )
