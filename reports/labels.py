"""The Chinese words for every code that a report prints; the only place that has them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from checks.exposure import ExposureState
from checks.verdict import Outcome, Severity
from collector.capture import Source
from parsers.facts import Reason

MISSING = "未提供"
"""Printed where a datum ought to be and nobody gave it."""
NONE = "—"
"""Printed where there is nothing to say, e.g. a value that a device of this kind does not print."""

REPORT_NAME = "网络设备巡检报告"
FIRST_INSPECTION = "首次巡检，无对比"

SEVERITY: Mapping[Severity, str] = {
    Severity.CRITICAL: "严重",
    Severity.MAJOR: "重要",
    Severity.MINOR: "一般",
    Severity.INFO: "提示",
}

DEADLINE: Mapping[Severity, str] = {
    Severity.CRITICAL: "24 小时内给出方案",
    Severity.MAJOR: "7 天",
    Severity.MINOR: "30 天",
    Severity.INFO: "下个巡检周期",
}
"""Usual terms of the trade; a report says that the contract goes before them."""

PRIORITY: Mapping[Severity, str] = {
    Severity.CRITICAL: "P1",
    Severity.MAJOR: "P2",
    Severity.MINOR: "P3",
    Severity.INFO: "P4",
}

OUTCOME: Mapping[Outcome, str] = {
    Outcome.PASS: "通过",
    Outcome.FAIL: "不通过",
    Outcome.NOT_APPLICABLE: "不涉及",
    Outcome.NOT_ASSESSED: "未检查",
}

REASON: Mapping[Reason, str] = {
    Reason.UNREACHABLE: "设备不可达",
    Reason.LOGIN_FAILED: "登录失败",
    Reason.REFUSED: "设备不支持该命令",
    Reason.NO_PRIVILEGE: "账号权限不足",
    Reason.TIMED_OUT: "命令超时",
    Reason.CUT: "连接中断",
    Reason.UNPARSED: "回显未能完整识别",
    Reason.UNSUPPORTED: "该平台不输出此信息",
    Reason.NOT_COLLECTED: "本次未采集",
    Reason.STALE: "数据过期",
    Reason.NO_BASELINE: "缺少判断基线",
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
    Source.SSH: "远程只读采集（SSH）",
    Source.LOG: "离线日志",
    Source.UNTIMED_LOG: "离线日志",
}

PARSED: Mapping[str, str] = {"yes": "完整", "partly": "部分", "no": "未解析"}

ROLE: Mapping[str, str] = {
    "core": "核心",
    "aggregation": "汇聚",
    "access": "接入",
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


def moment(when: datetime | None) -> str:
    """Print a point of time in the zone it carries, e.g. `2026-11-22 03:00:00 UTC`; — for None."""
    if when is None:
        return NONE
    zone = when.strftime("%z")
    name = "" if when.tzinfo is None else " UTC" if when.utcoffset() == timedelta(0) else f" UTC{zone}"
    return f"{when:%Y-%m-%d %H:%M:%S}{name}"


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
