"""One page for those who read no further."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from checks.inspection import Inspection
from checks.lifecycle import STATE_WORDS, counts
from checks.verdict import Outcome
from collector.profile import profiles
from reports import style
from reports.charts import severity_bar
from reports.compared import basis
from reports.fonts import BODY
from reports.labels import number
from reports.prose import link, prose
from reports.section import Block, bullets, note, one_page, titled
from reports.tables import Cell, grid, severity_tag
from reports.tally import by_outcome, by_severity, merged

TOP = 5
LIMITS = 5
HEADING_HEIGHT = 50.0


def blocks(inspection: Inspection) -> list[Block]:
    """Grade, what was looked at, what was found, and the few problems that matter most."""
    story: list[Flowable] = [
        _headline(inspection),
        Spacer(1, 8),
        *bullets(inspection.conclusion.sentences),
        prose("问题级别分布", style.SUBHEADING),
        severity_bar(by_severity(inspection.findings)),
        *_followed(inspection),
        prose(f"最要紧的问题（按风险排序，最多 {TOP} 条，同类合并）", style.SUBHEADING),
        *_top(inspection),
        prose("结论不覆盖的部分（全部限制见 7.2）", style.SUBHEADING),
        *(note(f"• {limit}") for limit in inspection.conclusion.limits[:LIMITS]),
    ]
    if inspection.interrupted:
        story.append(note(f"本次巡检中断：{inspection.interrupted}。结论只覆盖中断前已采集的部分。"))
    story.append(note(f"{basis(inspection)}。建议期限为默认值，以合同为准。"))
    return [
        Block([titled("一页纸摘要", style.CHAPTER, 0, "summary"), one_page(story, beside=HEADING_HEIGHT)])
    ]


def _followed(inspection: Inspection) -> list[Flowable]:
    """What became of earlier problems, in one line; nothing at the first inspection."""
    past = inspection.past
    if past is None or not past.inspections:
        return []
    now = counts(past.problems)
    said = "，".join(f"{word} {now[state]}" for state, word in STATE_WORDS.items())
    unseen = sum(p.state.open and not p.confirmed for p in past.problems)
    more = f"；其中本次未能复核 {unseen}" if unseen else ""
    return [note(f"问题跟踪（含此前 {past.inspections} 次巡检）：{said}{more}。账龄见第三章。")]


def grade_text(inspection: Inspection) -> str:
    """Say the grade, or that there is none by choice or for want of data."""
    why = "数据不足" if profiles()[inspection.profile].graded else "不评级"
    return inspection.conclusion.grade or why


def _headline(inspection: Inspection) -> Table:
    verdicts = [v for report in inspection.devices for v in report.verdicts]
    counts = by_outcome(verdicts)
    numbers = [
        ("总体评级", grade_text(inspection)),
        ("得分", number(inspection.conclusion.score, digits=1)),
        ("实检/应检设备", f"{len(inspection.reached)}/{len(inspection.devices)}"),
        ("问题", f"{len(inspection.findings)}"),
        ("未检查项", f"{counts[Outcome.NOT_ASSESSED]}/{len(verdicts)}"),
    ]
    big = ParagraphStyle("big", style.CENTRE, fontSize=17, leading=24, textColor=style.ACCENT, strong=0.4)
    cells = [[prose(name, style.CENTRE), prose(value, big)] for name, value in numbers]
    return Table(
        [cells],
        colWidths=[style.TEXT_WIDTH / len(cells)] * len(cells),
        style=TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), BODY),
                ("BOX", (0, 0), (-1, -1), 0.8, style.ACCENT),
                ("INNERGRID", (0, 0), (-1, -1), 0.4, style.RULE),
                ("BACKGROUND", (0, 0), (-1, -1), style.STRIPE),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ]
        ),
    )


def _top(inspection: Inspection) -> list[Flowable]:
    rows: list[list[Cell]] = []
    for check_id, findings in list(merged(inspection.findings).items())[:TOP]:
        check, worst = inspection.texts[check_id], findings[0].severity
        devices = dict.fromkeys(f.device for f in findings)
        named = "、".join(list(devices)[:3]) + (f" 等 {len(devices)} 台" if len(devices) > 3 else "")
        title = link(f"{check.title}（{check_id}）", f"problem-{check_id}", style.CELL)
        until = inspection.conclusion.deadlines[worst]
        rows.append([severity_tag(worst), title, named, f"{len(findings)}", until])
    if not rows:
        return [prose("没有发现问题。未检查的项目不等于通过，见第四章。", style.TEXT)]
    return grid(("级别", "问题", "设备", "处数", "建议期限"), rows, (0.9, 4.6, 4, 0.7, 2.4))
