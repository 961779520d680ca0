"""Chapter five: what it took, what was handed over, and the page to sign (交付报告)."""

from reportlab.platypus import Flowable, PageBreak, Spacer

from checks.closing import Closing
from reports import style
from reports.assurance.summary import person_days
from reports.labels import MISSING, NONE
from reports.prose import prose
from reports.section import Block, Chapter, note, text
from reports.shapes import CheckBoxes
from reports.tables import Cell, grid, pairs

TITLE = "投入与交付"
CLOSING = (
    "保障期间使用的临时账号已回收或停用",
    "保障所用口令已由客户修改",
    "需解释的变化已逐项说明",
    "遗留问题与风险已向客户说明",
    "现场没有遗留工具、脚本与数据文件",
    "业务运行正常，由客户确认",
)


def blocks(closing: Closing) -> list[Block]:
    """Person-days and documents, then the sign-off on a page of its own."""
    chapter = Chapter(5, TITLE)
    return [
        Block(
            [
                *chapter.opening(),
                *chapter.heading("投入"),
                *_labour(closing),
                *chapter.heading("交付物"),
                *_documents(closing),
                PageBreak(),
                *chapter.heading("交付报告（签字确认）"),
                *_sign_off(closing),
            ]
        )
    ]


def _labour(closing: Closing) -> list[Flowable]:
    labour = closing.event.labour
    if not labour:
        return [text(f"投入人天{MISSING}。")]
    rows: list[list[Cell]] = [[each.who, each.what, f"{each.days:g}"] for each in labour]
    return grid(("人员", "工作", "人天"), [*rows, ["合计", NONE, person_days(closing)]], (2, 4, 1))


def _documents(closing: Closing) -> list[Flowable]:
    rows: list[list[Cell]] = [["本报告及其工作簿", closing.event.name]]
    if closing.before is not None:
        rows.append(["保障前巡检报告与问题清单", closing.before.run_id])
    rows.append(["保障后巡检报告与问题清单", closing.after.run_id])
    return grid(("文件", "编号"), rows, (3, 3))


def _sign_off(closing: Closing) -> list[Flowable]:
    site = closing.site
    room = prose("\n\n\n", style.CELL)
    return [
        *pairs(
            [
                ("保障事项", closing.event.name),
                ("派工单号", site.order or MISSING),
                ("需解释的变化", f"{closing.unexplained} 项" if closing.comparison else "未检查"),
                ("投入人天", person_days(closing)),
            ]
        ),
        prose("交付确认（由客户勾选）", style.SUBHEADING),
        *(CheckBoxes((item,)) for item in CLOSING),
        Spacer(1, 10),
        *grid(
            ("角色", "单位", "姓名", "签字", "日期"),
            [
                ("服务方工程师", site.provider or MISSING, closing.engineer or MISSING, room, room),
                ("服务方审核人", site.provider or MISSING, site.reviewer or MISSING, room, room),
                ("客户确认", site.customer, room, room, room),
            ],
            (1.5, 2.2, 2, 2.2, 1.2),
        ),
        prose("客户意见", style.SUBHEADING),
        *grid(("满意度与意见",), [(prose("\n\n\n\n", style.CELL),)], (1,)),
        note("客户签字表示收到本报告并知悉其中的变化、问题与限制。"),
    ]
