"""Chapter seven: the conclusion, the plan, the limits, and the page to sign."""

from reportlab.platypus import Flowable, KeepTogether, Spacer

from checks.inspection import Inspection
from reports import style
from reports.compared import basis
from reports.labels import MISSING, PRIORITY, number
from reports.prose import link, prose
from reports.section import Block, Chapter, bullets, note, text
from reports.sections.summary import grade_text
from reports.shapes import CheckBoxes
from reports.tables import Cell, grid, pairs
from reports.tally import merged

TITLE = "结论"
CLOSING = (
    "巡检临时账号已回收或停用",
    "巡检所用口令已由客户修改",
    "巡检终端与客户网络的连接已断开",
    "现场没有遗留工具、脚本与数据文件",
    "离场前已与客户确认业务正常",
    "报告与问题清单已移交客户",
)


def blocks(inspection: Inspection) -> list[Block]:
    """The conclusion as the checks drew it; nothing is added here."""
    chapter = Chapter(7, TITLE)
    conclusion = inspection.conclusion
    return [
        Block(
            [
                *chapter.opening(),
                *chapter.heading("总体结论"),
                *pairs(
                    [
                        ("总体评级", grade_text(inspection)),
                        ("得分", number(conclusion.score, digits=1)),
                        ("与上次对比", basis(inspection)),
                        ("完整性", "完整" if inspection.complete else "不完整"),
                    ]
                ),
                *(text(sentence) for sentence in conclusion.sentences),
                note("得分与评级的算法见 2.1 总体评级，门限见基线。"),
                *chapter.heading("限制声明"),
                *_limits(inspection),
                *chapter.heading("整改计划"),
                *_plan(inspection),
                *chapter.heading("下次巡检"),
                *_next(inspection),
                KeepTogether([*chapter.heading("签字确认"), *_sign_off(inspection)]),
            ]
        )
    ]


def _limits(inspection: Inspection) -> list[Flowable]:
    return bullets(inspection.conclusion.limits)


def _next(inspection: Inspection) -> list[Flowable]:
    level = inspection.site.service_level
    if not level:
        return [text(f"服务级别{MISSING}，下次巡检日期由双方商定。")]
    return [text(f"按服务级别「{level}」与合同约定的周期安排；本工具未导入服务周期，日期由双方商定。")]


def _plan(inspection: Inspection) -> list[Flowable]:
    rows: list[list[Cell]] = []
    for check_id, findings in merged(inspection.findings).items():
        check, worst = inspection.texts[check_id], findings[0].severity
        devices = "、".join(dict.fromkeys(f.device for f in findings))
        rows.append(
            [
                PRIORITY[worst],
                link(f"{check.title}（{check_id}）", f"problem-{check_id}", style.CELL_SMALL),
                str(len(findings)),
                devices,
                check.interrupts or MISSING,
                MISSING,
                inspection.conclusion.deadlines[worst],
            ]
        )
    if not rows:
        return [text("没有需要整改的问题。")]
    header = ("优先级", "动作", "处数", "设备", "业务中断与窗口", "责任方", "期限")
    return [
        *grid(header, rows, (0.8, 3.2, 0.6, 3, 2.6, 0.9, 1.7), cell=style.CELL_SMALL),
        note(
            "每项的前提与风险、具体步骤、验证与回退见第三章相应卡片。"
            "责任方由双方商定；期限为默认值，以合同为准。"
        ),
    ]


def _sign_off(inspection: Inspection) -> list[Flowable]:
    site = inspection.site
    room = prose("\n\n\n", style.CELL)
    return [
        prose("离场确认（由客户勾选）", style.SUBHEADING),
        *(CheckBoxes((item,)) for item in CLOSING),
        Spacer(1, 10),
        *pairs([("派工单号", site.order or MISSING), ("派工回执编号", MISSING)]),
        *grid(
            ("角色", "单位", "姓名", "签字", "日期"),
            [
                ("服务方工程师", site.provider or MISSING, inspection.engineer or MISSING, room, room),
                ("服务方审核人", site.provider or MISSING, site.reviewer or MISSING, room, room),
                ("客户确认", site.customer, room, room, room),
            ],
            (1.5, 2.2, 2, 2.2, 1.2),
        ),
        note("客户签字表示收到本报告并知悉其中的问题、风险与限制，不表示同意全部整改建议。"),
    ]
