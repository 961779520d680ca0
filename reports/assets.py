"""One line for each device, as the asset list of the PDF and of the workbook print it."""

from collections.abc import Sequence

from checks.inspection import DeviceReport
from parsers.facts import Module, Patch
from reports.known import one_line
from reports.labels import MISSING, ROLE, UNRECOGNISED, duration

ASSET_HEADER = (
    "名称",
    "管理地址",
    "厂商",
    "型号",
    "序列号",
    "版本",
    "补丁",
    "运行时长",
    "位置",
    "角色",
    "维保到期",
)


def asset(report: DeviceReport) -> list[str]:
    """What is known of one device, in the order of `ASSET_HEADER`."""
    return [
        report.device.name,
        report.device.host,
        report.vendor or UNRECOGNISED,
        one_line(report, "identity", lambda identity: identity.model),
        one_line(report, "inventory", _serials),
        one_line(report, "software", lambda software: software.version),
        one_line(report, "patches", _patch_names),
        one_line(report, "uptime", lambda uptime: duration(uptime.uptime_s)),
        report.device.location or MISSING,
        ROLE[report.device.role],
        MISSING,
    ]


def _serials(modules: Sequence[Module]) -> str:
    return "、".join(m.serial for m in modules if m.kind == "chassis") or MISSING


def _patch_names(patches: Sequence[Patch]) -> str:
    return "、".join(dict.fromkeys(p.name for p in patches)) or "无补丁"
