"""Chapter two: the verdict of the check before, with every rule that led to it."""

from reportlab.platypus import Flowable

from checks.closing import Closing
from checks.event_readiness import READINESS_WORDS, STANDING_WORDS, ChecklistItem, ReadinessReport, Standing
from checks.verdict import Outcome, Severity
from reports import style
from reports.labels import NONE, moment
from reports.section import Block, Chapter, bullets, note, text
from reports.tables import Cell, Tag, grid, pairs

TITLE = "保障前就绪评估"
MOST = 12
"""Remarks that are printed for each line; the workbook has all of them."""
_TAGS = {
    Standing.BLOCKS: (style.SEVERITY_FILL[Severity.CRITICAL], style.SEVERITY_INK[Severity.CRITICAL]),
    Standing.LIMITS: (style.SEVERITY_FILL[Severity.MINOR], style.INK),
    Standing.NOT_ASSESSED: (style.BLANK, style.INK),
    Standing.MET: (style.OUTCOME_FILL[Outcome.PASS], style.INK),
}


def blocks(closing: Closing) -> list[Block]:
    """The checklist, then what each line rests on."""
    chapter = Chapter(2, TITLE)
    report = closing.readiness
    if report is None:
        return [Block([*chapter.opening(), text("保障前没有进行检查，没有就绪评估：结论为未检查。")])]
    story: list[Flowable] = [
        *chapter.opening(),
        *chapter.heading("评估结论"),
        *pairs(
            [
                ("结论", READINESS_WORDS[report.verdict]),
                ("检查时间", moment(report.at, closing.site.zone)),
                ("依据运行", report.run_id),
                ("要求完成于", moment(closing.event.check_by, closing.site.zone)),
            ]
        ),
        note(
            "有任何一项不满足为「不具备」；没有不满足而有条件或未检查的为「有条件具备」；"
            "全部满足才为「具备」。未检查不等于满足。"
        ),
        *chapter.heading("检查清单"),
        *_checklist(report),
        *chapter.heading("依据"),
    ]
    for item in report.items:
        if item.remarks:
            story += [*chapter.subheading(item.title), *_remarks(item)]
    story += [*chapter.heading("接受期不足的风险"), *_expiring(report)]
    return [Block(story)]


def _checklist(report: ReadinessReport) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [item.title, standing_tag(item.standing), _counted(item), str(item.accepted or NONE)]
        for item in report.items
    ]
    return grid(("检查内容", "结论", "依据", "已接受"), rows, (2.6, 1, 3.4, 0.8))


def standing_tag(standing: Standing) -> Tag:
    """The cell for what a line says."""
    return Tag(STANDING_WORDS[standing], *_TAGS[standing])


def _counted(item: ChecklistItem) -> str:
    """How many remarks of each standing."""
    counts = {s: sum(remark.standing is s for remark in item.remarks) for s in Standing}
    said = [f"{STANDING_WORDS[s]} {count} 处" for s, count in counts.items() if count]
    return "，".join(said) or "均已检查，未见不符"


def _remarks(item: ChecklistItem) -> list[Flowable]:
    remarks = item.merged
    rows: list[list[Cell]] = [
        [standing_tag(standing), "、".join(devices), said] for standing, devices, said in remarks[:MOST]
    ]
    rest = len(remarks) - MOST
    more = [note(f"其余 {rest} 条见工作簿「就绪评估」。")] if rest > 0 else []
    return [*grid(("结论", "设备", "依据"), rows, (0.9, 1.7, 6), cell=style.CELL_SMALL), *more]


def _expiring(report: ReadinessReport) -> list[Flowable]:
    if not report.expiring:
        return [text("没有在保障期结束之前到期的接受记录。")]
    return bullets(list(report.expiring))
