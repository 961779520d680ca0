"""Logs and where they are sent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_assessed, passed
from parsers.facts import LogEvent, Reason, Unknown

ERROR = 3
"""Level of syslog's errors; critical and worse are below it."""
TOP = 3
"""Kinds of events named in a message."""


@check("LOG-001", "log_events", also=("clock",))
def severe_events(context: Context) -> list[Result]:
    """Count the severe events of the last days, by the device's own clock where it is known."""
    rows: tuple[LogEvent, ...] = value_of(context.facts.log_events)
    if not rows:
        why = "日志缓冲区为空，没有记录可以判断"
        return [not_assessed(Reason.NOT_COLLECTED, why, "", *context.facts.log_events.sources)]
    params = context.params
    window = timedelta(days=params["window_d"])
    now = _now(context)
    if now is None:
        why = "离线日志没有采集时间，设备时钟也未知，不能确定日志事件距今多久"
        return [not_assessed(Reason.NOT_COLLECTED, why, "", *context.facts.log_events.sources)]
    recent = [row for row in rows if _age(row, now) <= window and row.mnemonic not in params["whitelist"]]
    critical = [row for row in recent if row.severity < ERROR]
    errors = [row for row in recent if row.severity == ERROR]
    note = _coverage(max(_age(row, now) for row in rows), window, context)
    said = (
        f"近 {params['window_d']:g} 天内 0～2 级事件 {_counted(critical)}，3 级事件 {_counted(errors)}{note}"
    )
    if len(critical) >= params["crit_warn"]:
        said += f"；0～2 级达到门限 {params['crit_warn']} 条"
        return [failed("", Severity.MAJOR, said, *(row.seen for row in critical))]
    if len(errors) >= params["err_warn"]:
        said += f"；3 级达到门限 {params['err_warn']} 条"
        return [failed("", Severity.MINOR, said, *(row.seen for row in errors))]
    older = [row for row in rows if row.severity <= ERROR and row.mnemonic not in params["whitelist"]]
    if isinstance(context.facts.clock, Unknown) and _too_many(older, params):
        why = f"{said}，更早的严重事件 {len(older)} 条是否在窗口内无从判断"
        return [not_assessed(Reason.NOT_COLLECTED, why, "", *(row.seen for row in older))]
    return [passed("", said, *context.facts.log_events.sources)]


def _too_many(rows: Sequence[LogEvent], params: Mapping[str, Any]) -> bool:
    """What would be a problem if all of it had been within the window."""
    critical = sum(row.severity < ERROR for row in rows)
    return bool(critical >= params["crit_warn"] or len(rows) - critical >= params["err_warn"])


@check("LOG-002", "log_events")
def frequent_events(context: Context) -> list[Result]:
    """Say what the buffer is full of; nothing is judged."""
    rows: tuple[LogEvent, ...] = value_of(context.facts.log_events)
    sources = context.facts.log_events.sources
    if not rows:
        return [not_assessed(Reason.NOT_COLLECTED, "日志缓冲区为空，没有记录可以统计", "", *sources)]
    counts = Counter(row.mnemonic for row in rows).most_common(context.params["top"])
    named = "、".join(f"{name} {count} 条（{count / len(rows):.0%}）" for name, count in counts)
    return [passed("", f"共 {len(rows)} 条记录，最多的事件：{named}", *sources)]


def _now(context: Context) -> datetime | None:
    """When the logs were read, by the device's own clock if it is known; None: nobody knows."""
    clock = context.facts.clock
    return context.collected_at if isinstance(clock, Unknown) else clock.value.device_time


def _age(row: LogEvent, now: datetime) -> timedelta:
    """How long ago it was. Where only one of both times has a zone, both are taken as wall clock."""
    if (now.tzinfo is None) == (row.time.tzinfo is None):
        return now - row.time
    return now.replace(tzinfo=None) - row.time.replace(tzinfo=None)


def _counted(rows: Sequence[LogEvent]) -> str:
    counts = Counter(row.mnemonic for row in rows).most_common(TOP)
    named = "、".join(f"{mnemonic} {count}" for mnemonic, count in counts)
    return f"{len(rows)} 条（{named}）" if named else "0 条"


def _coverage(oldest: timedelta, window: timedelta, context: Context) -> str:
    notes = []
    if oldest < window:
        notes.append(f"日志只覆盖最近 {oldest.total_seconds() / 86400:.1f} 天")
    if isinstance(context.facts.clock, Unknown):
        notes.append("设备时钟未知，按采集主机时间计")
    return "".join(f"；{note}" for note in notes)


@check("LOG-003", "info_center")
def log_servers(context: Context) -> list[Result]:
    """Logs leave the device, and the ones that matter are among them."""
    row = value_of(context.facts.info_center)
    least, level = context.params["min_hosts"], context.params["min_level"]
    if not row.enabled:
        return [failed("", Severity.MAJOR, "日志功能（信息中心）已关闭", row.seen)]
    if len(row.hosts) < least:
        said = f"日志主机 {len(row.hosts)} 个，至少应有 {least} 个"
        return [lacking("", Severity.MAJOR, said, row.seen, *(host.seen for host in row.hosts))]
    levels = [host.level for host in row.hosts if host.level is not None]
    seen = [host.seen for host in row.hosts]
    if len(levels) == len(row.hosts) and max(levels) < level:
        said = f"外送级别最宽为 {max(levels)}，达不到 {level}，较轻的事件不会送到日志主机"
        return [failed("", Severity.MINOR, said, *seen)]
    sent = "为缺省值" if len(levels) < len(row.hosts) else f"最宽为 {max(levels)}"
    return [passed("", f"日志主机 {len(row.hosts)} 个，外送级别{sent}", *seen)]
