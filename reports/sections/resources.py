"""Chapter six: assets, parts, ports, and what was collected."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from checks.inspection import CommandRecord, DeviceReport, Inspection
from parsers.facts import Board, Interface, Module
from reports import style
from reports.assets import ASSET_HEADER, asset
from reports.evidence import capture_anchor
from reports.known import Detail, detail_table
from reports.labels import (
    BOARD_KIND,
    BOARD_ROLE,
    COMMAND_STATUS,
    MISSING,
    MODULE_KIND,
    NONE,
    READ_RESULT,
    yes_no,
)
from reports.prose import prose
from reports.section import Block, Chapter, note, text
from reports.tables import Cell, Tag, grid, pairs

TITLE = "巡检资源清单"


def blocks(inspection: Inspection) -> list[Block]:
    """Everything on wide pages: serial numbers, file names and digests are long."""
    chapter = Chapter(6, TITLE)
    return [
        Block(
            [
                *chapter.opening(),
                *chapter.heading("设备资产"),
                *_assets(inspection),
                *chapter.heading("板卡"),
                *detail_table(inspection, BOARDS),
                *chapter.heading("部件序列号"),
                *detail_table(inspection, MODULES),
                *chapter.heading("端口资源"),
                *detail_table(inspection, PORTS),
                *chapter.heading("采集资源"),
                *_collected(chapter, inspection),
            ],
            wide=True,
        )
    ]


def _assets(inspection: Inspection) -> list[Flowable]:
    rows = [asset(report) for report in inspection.devices]
    shares = (2, 1.8, 1.1, 2.2, 2.6, 2.3, 2.2, 1.6, 1.6, 1, 1.1)
    return [
        *grid(ASSET_HEADER, rows, shares, wide=True, cell=style.CELL_SMALL),
        note(f"「{MISSING}」：清单与设备都没有给出；「未取得」：应能从设备读到，但本次没有读到。"),
    ]


def _boards(_report: DeviceReport, boards: Sequence[Board]) -> list[Sequence[Cell]]:
    return [
        (
            str(b.location) or NONE,
            BOARD_KIND[b.kind],
            b.model,
            yes_no(b.present),
            b.state,
            BOARD_ROLE[b.role],
            b.software_version,
        )
        for b in boards
    ]


def _modules(_report: DeviceReport, modules: Sequence[Module]) -> list[Sequence[Cell]]:
    return [(str(m.location) or NONE, MODULE_KIND[m.kind], m.model, m.serial, m.made_on) for m in modules]


def _ports(_report: DeviceReport, interfaces: Sequence[Interface]) -> list[Sequence[Cell]]:
    ports = [i for i in interfaces if i.kind == "ethernet"]
    up = sum(i.oper_up for i in ports)
    shut = sum(not i.admin_up for i in ports)
    return [(str(len(ports)), str(up), str(len(ports) - up - shut), str(shut))]


def _collected(chapter: Chapter, inspection: Inspection) -> list[Flowable]:
    story: list[Flowable] = [
        *pairs(
            [
                ("工具版本", f"xunjian {inspection.tool_version}"),
                ("检查项数", str(len(inspection.texts))),
                (
                    "公告库",
                    "；".join(f"{s.name}（{s.dated or MISSING}）" for s in inspection.advisory_sources)
                    or "无",
                ),
                ("原始文件", "以下文件名均相对于本次巡检的运行目录"),
            ],
            wide=True,
        )
    ]
    for report in inspection.devices:
        story += [*chapter.subheading(report.device.name), *_commands(report)]
    return story


def _commands(report: DeviceReport) -> list[Flowable]:
    if not report.commands:
        return [text("没有执行任何命令。")]
    return grid(
        ("命令", "结果", "解析", "耗时", "字节", "原始文件", "SHA-256"),
        [_command(record) for record in report.commands],
        (2.9, 1.3, 0.7, 0.8, 0.9, 3.3, 5.1),
        wide=True,
        cell=style.CELL_SMALL,
    )


def _command(record: CommandRecord) -> list[Cell]:
    status = COMMAND_STATUS.get(record.status, record.status)
    said = f"{status}：{record.detail}" if record.detail else status
    return [
        prose(record.command, style.CELL_SMALL, anchor=capture_anchor(record.sha256)),
        said if record.status == "ok" else Tag(said, style.BLANK),
        READ_RESULT[record.parsed],
        NONE if record.elapsed_s is None else f"{record.elapsed_s:.1f} 秒",
        str(record.size_bytes),
        record.file,
        prose(record.sha256, style.CELL_DIGEST),
    ]


BOARDS = Detail(
    "boards",
    ("位置", "类型", "型号", "在位", "状态", "主备", "版本"),
    (2, 1.4, 2.4, 0.8, 1.4, 0.8, 2.4),
    _boards,
    wide=True,
)
MODULES = Detail(
    "inventory", ("位置", "类型", "型号", "序列号", "生产日期"), (2.4, 1.2, 2.6, 3, 1.6), _modules, wide=True
)
PORTS = Detail(
    "interfaces", ("以太网口总数", "已用（up）", "闲置（down）", "已关闭"), (1, 1, 1, 1), _ports, wide=True
)
