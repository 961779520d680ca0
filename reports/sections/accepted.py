"""Accepted risks in chapter three: shown beside the problems, with who took them, why and until when."""

from collections.abc import Mapping

from reportlab.platypus import Flowable

from checks.inspection import Inspection, WaiverState, WaiverUse
from reports import style
from reports.section import note
from reports.tables import Cell, Tag, grid

STATE: Mapping[WaiverState, str] = {
    WaiverState.APPLIED: "有效",
    WaiverState.EXPIRED: "已到期",
    WaiverState.UNMATCHED: "没有对应的问题",
    WaiverState.NOT_ASSESSED: "对应项未检查",
}


def accepted(inspection: Inspection) -> list[Flowable]:
    """Every record that was given, whatever became of it."""
    header = ("状态", "检查项", "设备", "对象", "责任人", "理由", "依据", "有效期至", "问题")
    shares = (1.3, 2.2, 1.6, 1.8, 1.1, 3.4, 2, 1.2, 1.2)
    rows = [_row(inspection, use) for use in inspection.waivers]
    return [
        *grid(header, rows, shares, wide=True, cell=style.CELL_SMALL),
        note(
            "已接受的风险照常列入问题总表，状态为「已接受」，不计入得分与评级。已到期的记录不再有效，"
            "对应的问题恢复为待处置；没有对应问题的记录须核对是否已解决或填写有误。"
        ),
    ]


def _row(inspection: Inspection, use: WaiverUse) -> list[Cell]:
    waiver = use.waiver
    check = inspection.texts.get(waiver.check)
    state: Cell = STATE[use.state]
    if use.state is not WaiverState.APPLIED:
        state = Tag(STATE[use.state], style.BLANK)
    return [
        state,
        f"{check.title}（{waiver.check}）" if check else waiver.check,
        "全部设备" if waiver.device == "*" else waiver.device,
        "全部对象" if waiver.object is None else waiver.object or "整机",
        waiver.owner,
        waiver.reason,
        waiver.reference,
        waiver.expires.isoformat(),
        "、".join(use.findings) or "—",
    ]
