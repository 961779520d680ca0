"""Document control: who made, reviewed and approved it, its revisions, and who receives it."""

from reportlab.platypus import Flowable

from checks.inspection import Inspection
from collector.capture import Source
from reports import style
from reports.labels import MISSING, day, moment
from reports.prose import prose
from reports.section import Block, note, titled
from reports.tables import grid

_FROM_LOGS = "数据全部或部分来自离线日志，采集时间见第一章“巡检范围”。"


def blocks(inspection: Inspection) -> list[Block]:
    """Fields that a person signs stay open; they are filled in by hand."""
    site = inspection.site
    begun, ended = (moment(when, site.zone) for when in (inspection.started_at, inspection.ended_at))
    story: list[Flowable] = [
        titled("文件控制", style.CHAPTER, 0, "control"),
        prose("编制、审核与批准", style.SUBHEADING),
        *grid(
            ("职责", "姓名", "签字", "日期"),
            [
                ("编制", inspection.engineer or MISSING, _open(), _open()),
                ("审核", site.reviewer or MISSING, _open(), _open()),
                ("批准", _open(), _open(), _open()),
            ],
            (1, 2, 2, 1.6),
        ),
        prose("修订记录", style.SUBHEADING),
        *grid(
            ("版本", "日期", "修订内容", "修订人"),
            [
                (
                    "V1.0",
                    day(inspection.ended_at, site.zone),
                    "首次生成，待审核",
                    inspection.engineer or MISSING,
                ),
                (_open(), _open(), _open(), _open()),
                (_open(), _open(), _open(), _open()),
            ],
            (1, 1.6, 4, 2),
        ),
        prose("分发范围", style.SUBHEADING),
        *grid(
            ("单位", "接收人", "用途"),
            [
                (site.customer, "、".join(c.name for c in site.contacts) or MISSING, "存档与整改"),
                (site.provider or MISSING, inspection.engineer or MISSING, "存档"),
            ],
            (3, 3, 2),
        ),
        note(
            f"本文件密级为「{site.classification}」，含网络拓扑、设备地址与序列号，未经客户书面同意不得转发。"
            "口令、团体字与密钥在本文件中一律不出现。"
        ),
        note(f"数据采集：{begun} 至 {ended}。" if _all_asked(inspection) else _FROM_LOGS),
        note(f"由 xunjian {inspection.tool_version} 生成。"),
    ]
    return [Block(story)]


def _all_asked(inspection: Inspection) -> bool:
    return all(report.source is Source.SSH for report in inspection.reached)


def _open() -> Flowable:
    return prose("\n", style.CELL)
