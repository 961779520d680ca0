"""The Chinese words for every code that only a report prints; `checks.words` has the others."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from checks.exposure import ExposureState
from checks.verdict import Severity
from collector.capture import Source
from parsers.ledger import ReadResult

MISSING = "未提供"
"""Printed where a datum ought to be and nobody gave it."""
UNRECOGNISED = "未识别"
"""Printed for what a device is when nobody could tell, e.g. because it was not reached."""
NONE = "—"
"""Printed where there is nothing to say, e.g. a value that a device of this kind does not print."""

REPORT_NAME = "网络设备巡检报告"
FIRST_INSPECTION = "首次巡检，无对比"

PRIORITY: Mapping[Severity, str] = {
    Severity.CRITICAL: "P1",
    Severity.MAJOR: "P2",
    Severity.MINOR: "P3",
    Severity.INFO: "P4",
}

EXPOSURE: Mapping[ExposureState, str] = {
    ExposureState.AFFECTED: "受影响",
    ExposureState.UNDETERMINED: "待核实",
    ExposureState.MITIGATED: "已规避",
    ExposureState.NOT_AFFECTED: "不受影响",
}

COMMAND_STATUS: Mapping[str, str] = {
    "ok": "成功",
    "refused": "设备拒绝",
    "no_privilege": "权限不足",
    "timed_out": "超时",
    "cut": "连接中断",
}

SOURCE: Mapping[Source, str] = {
    Source.SSH: "远程只读采集",
    Source.LOG: "离线日志",
    Source.UNTIMED_LOG: "离线日志",
}

READ_RESULT: Mapping[ReadResult, str] = {
    ReadResult.PARSED: "完整",
    ReadResult.PARTLY: "部分",
    ReadResult.EMPTY: "无内容",
    ReadResult.UNPARSED: "未能解析",
    ReadResult.REFUSED: "设备拒绝",
    ReadResult.NO_PRIVILEGE: "权限不足",
    ReadResult.TIMED_OUT: "超时",
    ReadResult.CUT: "中断",
}

ROLE: Mapping[str, str] = {
    "core": "核心",
    "aggregation": "汇聚",
    "access": "接入",
    "spine": "骨干（Spine）",
    "leaf": "叶（Leaf）",
    "border": "出口",
    "oob": "带外管理",
    "unknown": "未说明",
}

MODULE_KIND: Mapping[str, str] = {
    "chassis": "整机",
    "board": "板卡",
    "power": "电源",
    "fan": "风扇",
    "optic": "光模块",
    "other": "其他",
}

BOARD_KIND: Mapping[str, str] = {
    "mpu": "主控板",
    "lpu": "业务板",
    "fabric": "交换网板",
    "subcard": "子卡",
    "fixed": "整机/成员",
    "other": "其他",
}

BOARD_ROLE: Mapping[str, str] = {"master": "主", "standby": "备", "none": NONE, "slave": "从"}

LOCATION_LEVEL: Mapping[str, str] = {
    "chassis": "机框",
    "member": "成员",
    "slot": "槽位",
    "port": "端口",
    "lane": "通道",
}


def yes_no(value: bool | None) -> str:  # noqa: FBT001 - the value is the subject
    """Say 是, 否, or — for what the device does not print."""
    return NONE if value is None else "是" if value else "否"


def moment(when: datetime | None, zone: tzinfo) -> str:
    """Print a point of time as the clock on the wall of `zone` shows it; — for None.

    `when` is aware. The offset is always told, e.g. `2026-11-22 12:03:20（UTC+8）`.
    """
    return NONE if when is None else device_moment(when.astimezone(zone))


def day(when: datetime, zone: tzinfo) -> str:
    """Print the date of a point of time (aware) in `zone`."""
    return f"{when.astimezone(zone):%Y-%m-%d}"


def device_moment(when: datetime) -> str:
    """Print a time as a device told it: in its own zone, without an offset where it did not say one."""
    offset = when.utcoffset()
    return f"{when:%Y-%m-%d %H:%M:%S}{'' if offset is None else f'（UTC{_hours(offset)}）'}"


def _hours(offset: timedelta) -> str:
    """Say an offset from UTC, e.g. `+8` or `-3:30`; nothing for none."""
    sign = "-" if offset < timedelta(0) else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{sign}{hours}{f':{minutes:02}' if minutes else ''}" if hours or minutes else ""


def duration(seconds: float) -> str:
    """Print a time span in days, hours and minutes, or in seconds below a minute."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} 天 {hours} 小时"
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{seconds:.1f} 秒"


def number(value: float | None, unit: str = "", digits: int = 0) -> str:
    """Print a measured value with its unit; — for what was not measured."""
    return NONE if value is None else f"{value:.{digits}f}{f' {unit}' if unit else ''}"
