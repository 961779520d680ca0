"""What was collected, in chapter six: the commands that were sent, and a seal on the captures."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import PurePosixPath

from reportlab.platypus import Flowable

from checks.inspection import CommandRecord, DeviceReport, Inspection
from reports import style
from reports.labels import MISSING, NONE
from reports.prose import prose
from reports.section import note
from reports.tables import Cell, grid, pairs


def collected_anchor(device: str) -> str:
    """Name of the place in chapter six where a device's captures are counted."""
    return f"collected-{device}"


def seal(commands: Iterable[CommandRecord]) -> str:
    """One SHA-256 over all captures of a device, in hex, that anybody can compute again.

    It is the digest of the lines that `sha256sum` prints for the files in the order of their names: the
    digest of each, two blanks and its name relative to the run's folder.
    """
    files = {record.file: record.sha256 for record in commands}
    lines = "".join(f"{files[file]}  {file}\n" for file in sorted(files))
    return sha256(lines.encode()).hexdigest()


def collected(inspection: Inspection) -> list[Flowable]:
    """The devices with their captures counted and sealed, then the commands, those alike once."""
    sources = "；".join(f"{s.name}（{s.dated or MISSING}）" for s in inspection.advisory_sources) or "无"
    return [
        *pairs(
            [
                ("工具版本", f"xunjian {inspection.tool_version}"),
                ("检查项数", str(len(inspection.texts))),
                ("公告库", sources),
                ("原始文件", "以下目录均相对于本次巡检的运行目录"),
            ],
            wide=True,
        ),
        *grid(
            ("设备", "命令数", "成功", "未成功", "字节", "原始文件目录", "目录摘要 SHA-256"),
            [_device(report) for report in inspection.devices],
            (2, 0.8, 0.8, 0.8, 1, 3, 5.2),
            wide=True,
            cell=style.CELL_SMALL,
        ),
        note(
            "目录摘要是对该设备全部原始文件（计数器的首次采样 *.earlier.txt 除外）的摘要再取的摘要，"
            "任何一个文件被改动都会使它改变。核对：在运行目录执行 export LC_ALL=C; "
            "ls 目录/*.txt | grep -v earlier | xargs sha256sum | sha256sum。"
            "各条命令的结果、耗时、字节、原始文件与 SHA-256 见工作簿「解析台账」；"
            "没有成功或没有完整解析的命令见 4.3。"
        ),
        *_sent(inspection),
    ]


def _device(report: DeviceReport) -> list[Cell]:
    name = prose(report.device.name, style.CELL_SMALL, anchor=collected_anchor(report.device.name))
    if not report.commands:
        return [name, "0", "没有执行任何命令。", NONE, NONE, NONE, NONE]
    done = sum(record.status == "ok" for record in report.commands)
    folders = dict.fromkeys(str(PurePosixPath(record.file).parent) for record in report.commands)
    return [
        name,
        str(len(report.commands)),
        str(done),
        str(len(report.commands) - done),
        str(sum(record.size_bytes for record in report.commands)),
        "、".join(folders),
        prose(seal(report.commands), style.CELL_DIGEST),
    ]


def _sent(inspection: Inspection) -> list[Flowable]:
    """Every command that was sent; devices that were asked the same stand together."""
    devices: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for report in inspection.devices:
        if report.commands:
            sent = tuple(dict.fromkeys(record.command for record in report.commands))
            devices.setdefault((report.platform_label, sent), []).append(report.device.name)
    rows: list[list[Cell]] = [
        ["、".join(names), label or NONE, str(len(sent)), "；".join(sent)]
        for (label, sent), names in devices.items()
    ]
    if not rows:
        return []
    return [
        prose("执行过的命令", style.SUBHEADING),
        *grid(("设备", "平台", "条数", "命令"), rows, (1.6, 1.4, 0.6, 10), wide=True, cell=style.CELL_SMALL),
    ]
