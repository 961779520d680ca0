"""Chapter six: assets, parts, ports, and what was collected."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from checks.inspection import DeviceReport, Inspection
from parsers.facts import Board, Interface, Module
from reports import style
from reports.assets import ASSET_HEADER, asset
from reports.known import Detail, detail_table
from reports.labels import BOARD_KIND, BOARD_ROLE, MISSING, MODULE_KIND, NONE, yes_no
from reports.section import Block, Chapter, note
from reports.sections.collected import collected
from reports.tables import Cell, grid

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
                *collected(inspection),
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
    """Parts of one kind, model and day stand in one row, each with its place and its serial number."""
    parts: dict[tuple[str, str, str], list[str]] = {}
    for m in modules:
        place = f"（{m.location}）" if str(m.location) else ""
        alike = (MODULE_KIND[m.kind], m.model or NONE, m.made_on or NONE)
        parts.setdefault(alike, []).append(f"{m.serial or '无序列号'}{place}")
    return [
        (kind, model, str(len(found)), "、".join(found), made) for (kind, model, made), found in parts.items()
    ]


def _ports(_report: DeviceReport, interfaces: Sequence[Interface]) -> list[Sequence[Cell]]:
    ports = [i for i in interfaces if i.kind == "ethernet"]
    up = sum(i.oper_up for i in ports)
    shut = sum(not i.admin_up for i in ports)
    return [(str(len(ports)), str(up), str(len(ports) - up - shut), str(shut))]


BOARDS = Detail(
    "boards",
    ("位置", "类型", "型号", "在位", "状态", "主备", "版本"),
    (2, 1.4, 2.4, 0.8, 1.4, 0.8, 2.4),
    _boards,
    wide=True,
)
MODULES = Detail(
    "inventory",
    ("类型", "型号", "数量", "序列号（位置）", "生产日期"),
    (0.9, 1.9, 0.6, 6.6, 1.2),
    _modules,
    wide=True,
)
PORTS = Detail(
    "interfaces", ("以太网口总数", "已用（up）", "闲置（down）", "已关闭"), (1, 1, 1, 1), _ports, wide=True
)
