"""Chapter two: grade, score of each device, the matrix of devices and groups, and rankings."""

from collections import Counter
from collections.abc import Iterable

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from checks.inspection import DeviceReport, Inspection
from checks.verdict import Outcome, Severity
from checks.words import SEVERITY_WORDS
from collector.profile import profiles
from parsers.facts import Cpu, Memory, Temperature
from reports import style
from reports.charts import Bar, bars, severity_bar, stacked_bars
from reports.compared import basis
from reports.known import one_line, value
from reports.labels import NONE, number
from reports.prose import prose
from reports.section import Block, Chapter, note, text
from reports.sections.changes import changes
from reports.sections.summary import grade_text
from reports.sections.trends import trends
from reports.tables import Cell, Tag, grid, outcome_tag, severity_tag
from reports.tally import by_severity, findings_of, group_of, groups, worst_of

TITLE = "巡检汇总信息"
HIGHEST = 10
"""How many rows a ranking shows."""


def blocks(inspection: Inspection) -> list[Block]:
    """Numbers for the whole site, then by device, by group and by load."""
    chapter = Chapter(2, TITLE)
    return [
        Block(
            [
                *chapter.opening(),
                *chapter.heading("总体评级"),
                *_grade(inspection),
                *chapter.heading("设备健康得分"),
                *_scores(inspection),
                *chapter.heading("分类矩阵"),
                *_matrix(inspection),
                *chapter.heading("问题分布"),
                prose("按级别", style.SUBHEADING),
                severity_bar(by_severity(inspection.findings)),
                prose("按类别", style.SUBHEADING),
                *_by_group(inspection),
                *chapter.heading("资源与温度排名"),
                *_rankings(inspection),
                *_changes(chapter, inspection),
                *_trends(chapter, inspection),
            ]
        ),
    ]


def _trends(chapter: Chapter, inspection: Inspection) -> list[Flowable]:
    past = inspection.past
    if past is None or past.unavailable:
        return []
    return [*chapter.heading("数值趋势"), *trends(inspection, past)]


def _changes(chapter: Chapter, inspection: Inspection) -> list[Flowable]:
    if inspection.comparison is None:
        return []
    return [*chapter.heading("与上次巡检的变化"), *changes(inspection.comparison)]


def _grade(inspection: Inspection) -> list[Flowable]:
    conclusion = inspection.conclusion
    counts = by_severity(inspection.findings)
    head = ("总体评级", "得分", *SEVERITY_WORDS.values(), "与上次对比")
    row = (
        grade_text(inspection),
        number(conclusion.score, digits=1),
        *(str(n) for n in counts.values()),
        basis(inspection),
    )
    return [
        *grid(head, [row], (1.3, 1, 1, 1, 1, 1, 2)),
        *(prose(line, style.FORMULA) for line in conclusion.formula),
    ]


def _scores(inspection: Inspection) -> list[Flowable]:
    ordered = sorted(inspection.devices, key=lambda r: (-1.0 if r.score is None else r.score, r.device.name))
    rows = [_score_row(inspection, report) for report in ordered]
    charted = [_score_bar(inspection, report) for report in ordered]
    header = ("设备", "管理地址", "型号", "版本", "得分", "严重", "重要", "一般", "提示", "未检查")
    return [
        *bars(charted, 100),
        note("由低到高排列；条形颜色为该设备最高问题级别，「未评分」表示已检查的项目太少，不是零分。"),
        *grid(header, rows, (2.3, 1.9, 2.4, 2.4, 1, 0.9, 0.9, 0.9, 0.9, 1.2), cell=style.CELL_SMALL),
    ]


def _score_row(inspection: Inspection, report: DeviceReport) -> list[Cell]:
    counts = by_severity(findings_of(inspection, report.device.name))
    tags: list[Cell] = [
        Tag(str(n), style.SEVERITY_FILL[s], style.SEVERITY_INK[s]) if n else "0" for s, n in counts.items()
    ]
    return [
        report.device.name,
        report.device.host,
        one_line(report, "identity", lambda identity: identity.model),
        one_line(report, "software", lambda software: software.version),
        number(report.score, digits=1) if report.score is not None else "未评分",
        *tags,
        f"{report.count(Outcome.NOT_ASSESSED)}/{len(report.verdicts)}",
    ]


def _score_bar(inspection: Inspection, report: DeviceReport) -> Bar:
    if report.score is None:
        graded = profiles()[inspection.profile].graded
        return Bar(report.device.name, 0, "未评分（数据不足）" if graded else "未评分", style.BLANK)
    counts = by_severity(findings_of(inspection, report.device.name))
    fill = next((style.SEVERITY_FILL[s] for s, n in counts.items() if n), style.PASS_FILL)
    return Bar(report.device.name, report.score, number(report.score, digits=1), fill)


def _matrix(inspection: Inspection) -> list[Flowable]:
    grouped = groups(inspection)
    rows = [[r.device.name, *(_worst(r, checks) for checks in grouped.values())] for r in inspection.devices]
    return [
        text("每格为该设备在该类别中的最差结果：问题级别 ＞ 未检查 ＞ 通过 ＞ 不涉及。"),
        *grid(("设备", *grouped), rows, (2.2, *(1.0,) * len(grouped)), cell=style.CELL_SMALL, padding=1.5),
        *_matrix_legend(),
    ]


def _worst(report: DeviceReport, checks: Iterable[str]) -> Cell:
    worst = worst_of(report, checks)
    return NONE if worst is None else outcome_tag(*worst)


def _matrix_legend() -> list[Flowable]:
    cells: list[Cell] = [severity_tag(severity) for severity in Severity]
    cells += [outcome_tag(o) for o in (Outcome.NOT_ASSESSED, Outcome.PASS, Outcome.NOT_APPLICABLE)]
    header = ("问题", "问题", "问题", "问题", "原因见第四章", "全部检查通过", "没有可检查的对象")
    return [
        note("图例（颜色与文字含义相同，可黑白打印）："),
        *grid(header, [cells], (1,) * 7, cell=style.CELL_SMALL),
    ]


def _by_group(inspection: Inspection) -> list[Flowable]:
    found = Counter(group_of(inspection, f.check_id) for f in inspection.findings)
    if not found:
        return [note("没有发现问题。")]
    rows = [
        (group, by_severity(f for f in inspection.findings if group_of(inspection, f.check_id) == group))
        for group, _ in found.most_common()
    ]
    return list(stacked_bars(rows))


def _rankings(inspection: Inspection) -> list[Flowable]:
    return [
        note(
            f"各取最高的 {HIGHEST} 项；为采集时刻的单次采样，不代表趋势。"
            "有相应问题的条形为其级别颜色，其余为蓝色；竖线为设备自报的温度门限。"
        ),
        *_ranking("CPU 占用率（五分钟平均；设备不提供时为当前值）", _cpu_bars(inspection)),
        *_ranking("内存占用率", _memory_bars(inspection)),
        *_ranking("温度", _temperature_bars(inspection)),
    ]


def _ranking(title: str, rows: list[Bar]) -> list[Flowable]:
    highest = sorted(rows, key=lambda row: -row.value)[:HIGHEST]
    heading = prose(title, style.SUBHEADING)
    return [heading, *(bars(highest, 100) if highest else [note("没有取得数据。")])]


def _cpu_bars(inspection: Inspection) -> list[Bar]:
    found: list[tuple[str, Cpu]] = [
        (r.device.name, c) for r in inspection.devices for c in value(r, "cpu") or ()
    ]
    used = [(d, c.unit, c.used_now_pct if c.used_5m_pct is None else c.used_5m_pct) for d, c in found]
    return [
        Bar(f"{device} {unit}", percent, f"{percent:.0f} %", _fill(inspection, device, unit))
        for device, unit, percent in used
        if percent is not None
    ]


def _memory_bars(inspection: Inspection) -> list[Bar]:
    found: list[tuple[str, Memory]] = [
        (r.device.name, m) for r in inspection.devices for m in value(r, "memory") or ()
    ]
    return [
        Bar(f"{device} {m.unit}", m.used_pct, f"{m.used_pct:.0f} %", _fill(inspection, device, m.unit))
        for device, m in found
    ]


def _temperature_bars(inspection: Inspection) -> list[Bar]:
    found: list[tuple[str, Temperature]] = [
        (r.device.name, t) for r in inspection.devices for t in value(r, "temperatures") or ()
    ]
    return [
        Bar(
            f"{device} {t.location} {t.sensor}",
            t.celsius,
            f"{t.celsius:.0f} ℃" + (f" / {t.warn_c:.0f} ℃" if t.warn_c is not None else ""),
            _fill(inspection, device, f"{t.location} {t.sensor}"),
            tuple(limit for limit in (t.warn_c, t.alarm_c) if limit is not None),
        )
        for device, t in found
    ]


def _fill(inspection: Inspection, device: str, object_: str) -> Color:
    """The colour of a finding on exactly this object, or blue."""
    found = (f.severity for f in inspection.findings if (f.device, f.object) == (device, object_))
    return next((style.SEVERITY_FILL[severity] for severity in found), style.ACCENT)
