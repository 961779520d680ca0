"""The parse ledger in chapter four: how far the answers to all commands were understood."""

from collections import Counter

from reportlab.platypus import Flowable

from checks.inspection import CommandRecord, DeviceReport, Inspection
from parsers.ledger import ReadResult
from parsers.masking import mask_line
from reports import style
from reports.labels import NONE, READ_RESULT
from reports.prose import prose
from reports.section import note, text
from reports.tables import Cell, grid

MOST_UNREAD = 100


def ledger(inspection: Inspection) -> list[Flowable]:
    """Counts per device, the commands that were not understood, and the lines that nobody knows."""
    if not any(report.commands for report in inspection.devices):
        return [text("没有采集到任何命令的回显。")]
    counts = [_counts(report) for report in inspection.devices]
    header = ("设备", "命令数", *READ_RESULT.values())
    return [
        text(
            "每台设备的每条命令计一次。「无内容」指设备正常应答但没有条目；「完整」「无内容」之外各列的数据不全，不计为通过。"
        ),
        *grid(header, counts, (2.4, 1, *(1.1 for _ in READ_RESULT)), cell=style.CELL_SMALL),
        *_not_understood(inspection),
        *_unread(inspection),
    ]


def _counts(report: DeviceReport) -> list[Cell]:
    counted = Counter(record.parsed for record in report.commands)
    return [report.device.name, str(len(report.commands)), *(str(counted[r] or NONE) for r in READ_RESULT)]


def _not_understood(inspection: Inspection) -> list[Flowable]:
    """The commands without a full answer: first the devices with the same answer, then their commands."""
    devices: dict[tuple[str, str, str], dict[str, None]] = {}
    for report in inspection.devices:
        for record in report.commands:
            if not record.parsed.understood:
                answer = (record.command, READ_RESULT[record.parsed], _said(report, record))
                devices.setdefault(answer, {})[report.device.name] = None
    commands: dict[tuple[str, str, str], list[str]] = {}
    for (command, result, said), names in devices.items():
        commands.setdefault(("、".join(names), result, said), []).append(command)
    rows: list[list[Cell]] = [
        [names, result, "；".join(sent), said] for (names, result, said), sent in commands.items()
    ]
    if not rows:
        return []
    return [
        prose("没有取得或没有完整解析的命令", style.SUBHEADING),
        *grid(("设备", "结果", "命令", "说明"), rows, (2, 1.1, 4.6, 3.3), cell=style.CELL_SMALL),
    ]


def _said(report: DeviceReport, record: CommandRecord) -> str:
    if record.detail:
        return record.detail
    if record.parsed is ReadResult.UNPARSED:
        return "依赖它的数据未能全部得出"
    unread = sum(line.command == record.command for line in report.unread)
    return f"{unread} 行未能识别"


def _unread(inspection: Inspection) -> list[Flowable]:
    lines = [(r.device.name, line) for r in inspection.devices for line in r.unread]
    if not lines:
        return []
    rows: list[list[Cell]] = [
        [device, line.command, str(line.number), prose(mask_line(line.text), style.CELL_MONO)]
        for device, line in lines[:MOST_UNREAD]
    ]
    left = len(lines) - len(rows)
    more = f"此处列出前 {len(rows)} 行，其余 {left} 行见 inspection.json。" if left else ""
    return [
        prose("未能识别的回显行", style.SUBHEADING),
        *grid(("设备", "命令", "行号", "原文"), rows, (1.8, 2.4, 0.8, 6), cell=style.CELL_SMALL),
        note(f"所在命令的数据按「可能不全」处理：可据此判不通过，不可据此判通过。{more}"),
    ]
