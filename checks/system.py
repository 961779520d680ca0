"""Processor, memory, clock and uptime."""

from collections.abc import Mapping
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Cpu, Memory, Reason


@check("SYS-001", "cpu")
def cpu(context: Context) -> list[Result]:
    """Each processor's average over five minutes, or its present load one level milder."""
    rows = value_of(context.facts.cpu)
    return [_processor(row, context.params) for row in rows] or [not_applicable("设备没有列出 CPU")]


def _processor(row: Cpu, params: Mapping[str, Any]) -> Result:
    if row.used_5m_pct is not None:
        levels = (Severity.MAJOR, Severity.MINOR)
        return _load(row, row.unit, "5 分钟 CPU 利用率", row.used_5m_pct, levels, params)
    if row.used_now_pct is not None:
        levels = (Severity.MINOR, Severity.INFO)
        return _load(row, row.unit, "CPU 瞬时利用率（设备不给 5 分钟均值）", row.used_now_pct, levels, params)
    return not_assessed(Reason.UNSUPPORTED, "设备未给出 CPU 利用率", row.unit, row.seen)


@check("SYS-004", "memory")
def memory(context: Context) -> list[Result]:
    """Each unit's use of memory."""
    rows = value_of(context.facts.memory)
    levels = (Severity.MAJOR, Severity.MINOR)
    results = [_load(row, row.unit, "内存利用率", row.used_pct, levels, context.params) for row in rows]
    return results or [not_applicable("设备没有列出内存")]


def _load(
    row: Cpu | Memory,
    unit: str,
    what: str,
    pct: float,
    levels: tuple[Severity, Severity],
    params: Mapping[str, Any],
) -> Result:
    limits = zip((params["crit_pct"], params["warn_pct"]), levels, ("重要", "一般"), strict=True)
    for limit, severity, name in limits:
        if pct >= limit:
            return failed(unit, severity, f"{what} {pct:g}%，达到{name}门限 {limit:g}%", row.seen)
    return passed(unit, f"{what} {pct:g}%，低于门限 {params['warn_pct']:g}%", row.seen)


@check("SYS-012", "clock", "uptime")
def clock_and_uptime(context: Context) -> list[Result]:
    """Only noted down: logs and comparisons rest on both."""
    clock, uptime = value_of(context.facts.clock), value_of(context.facts.uptime)
    days = uptime.uptime_s / 86400
    said = f"设备时间 {clock.device_time.isoformat(sep=' ')}，运行时长 {days:.1f} 天"
    return [passed("", said, clock.seen, uptime.seen)]
