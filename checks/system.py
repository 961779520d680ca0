"""Processor, memory, sessions, clock and uptime."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from checks.check import Context, check, value_of
from checks.metrics import Sample
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from checks.words import REASON_WORDS
from parsers.facts import Cpu, LoginSession, Memory, Partial, ProcessLoad, Reason, Unknown, Vty

MONTH = timedelta(days=30)


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


@check("SYS-002", "cpu")
def cpu_peaks(context: Context) -> list[Result]:
    """Each processor's highest load that the device remembers; one that is busy now is SYS-001's."""
    rows: Sequence[Cpu] = value_of(context.facts.cpu)
    results = [_peak(row, context.params) for row in rows if row.peak_pct is not None]
    return results or [not_applicable("设备不保存 CPU 历史峰值")]


def _peak(row: Cpu, params: Mapping[str, Any]) -> Result:
    peak = row.peak_pct or 0.0
    said = f"CPU 峰值 {peak:g}%，时间 {row.peak_at or '未给出'}"
    if peak < params["peak_warn_pct"]:
        return passed(row.unit, f"{said}，低于门限 {params['peak_warn_pct']:g}%", row.seen)
    if _busy(row, params):
        return passed(row.unit, f"{said}；当前负载由 SYS-001 判定，不重复计", row.seen)
    return failed(row.unit, Severity.MINOR, f"{said}，达到门限 {params['peak_warn_pct']:g}%", row.seen)


def _busy(row: Cpu, params: Mapping[str, Any]) -> bool:
    load = row.used_now_pct if row.used_5m_pct is None else row.used_5m_pct
    return load is not None and load >= params["busy_pct"]


@check("SYS-003", "cpu", also=("processes",))
def busy_processes(context: Context) -> list[Result]:
    """What a busy processor is busy with: the reason for SYS-001, noted and not counted a second time."""
    if not any(_busy(row, context.params) for row in value_of(context.facts.cpu)):
        return [not_applicable("CPU 负载低于门限，不需要列出高占用进程")]
    fact = context.facts.processes
    if isinstance(fact, Unknown):
        why = f"CPU 负载高，但没有取得进程占用：{REASON_WORDS[fact.reason]}"
        return [not_assessed(fact.reason, why, "", *fact.sources)]
    top = [row for row in fact.value if _works_hard(row, context.params)]
    if not top and isinstance(fact, Partial):
        return [not_assessed(Reason.UNPARSED, "CPU 负载高，进程列表没有完整识别", "", *fact.sources)]
    if not top:
        return [not_applicable(f"没有单个进程达到 {context.params['process_warn_pct']:g}%，负载是分散的")]
    return [
        failed(row.name, Severity.INFO, f"进程 {row.name} 占用 CPU {row.cpu_pct:g}%", row.seen) for row in top
    ]


def _works_hard(row: ProcessLoad, params: Mapping[str, Any]) -> bool:
    return row.cpu_pct >= params["process_warn_pct"] and row.name.lower() not in params["idle_names"]


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


@check("SYS-005", "memory")
def memory_state(context: Context) -> list[Result]:
    """What the device itself says of its memory."""
    rows: Sequence[Memory] = value_of(context.facts.memory)
    results = [_own_word(row, row.state, context.params) for row in rows if row.state is not None]
    return results or [not_applicable("设备不自报内存状态")]


def _own_word(row: Memory, state: str, params: Mapping[str, Any]) -> Result:
    word = standing(state, params)
    if word == "unlisted":
        return unlisted(row.unit, state, row.seen)
    said = f"设备自报内存状态 {state}，利用率 {row.used_pct:g}%"
    if word == "ok":
        return passed(row.unit, said, row.seen)
    return failed(row.unit, Severity.CRITICAL if word == "bad" else Severity.MAJOR, said, row.seen)


@check("SYS-006", "memory", "uptime")
def memory_trend(context: Context) -> list[Result]:
    """Each unit's use over the inspections since the last restart: whether it only rises, and until when."""
    rows: Sequence[Memory] = value_of(context.facts.memory)
    if context.collected_at is None:
        return [not_assessed(Reason.NOT_COLLECTED, "离线日志没有采集时间，不能判断趋势")]
    now = context.collected_at
    started = now - timedelta(seconds=value_of(context.facts.uptime).uptime_s)
    results = []
    for row in rows:
        earlier = context.series.get(("memory_pct", row.unit), ())
        samples = [sample for sample in earlier if started <= sample.at < now]
        results.append(_trend(row, [*samples, Sample(now, row.used_pct)], context.params))
    return results or [not_applicable("设备没有列出内存")]


def _trend(row: Memory, samples: Sequence[Sample], params: Mapping[str, Any]) -> Result:
    lacking = params["runs_min"] - len(samples)
    if lacking > 0:
        why = f"判断趋势需要重启以来 {params['runs_min']} 次巡检的数据，还差 {lacking} 次"
        return not_assessed(Reason.NO_BASELINE, why, row.unit, row.seen)
    first, last = samples[0], samples[-1]
    said = f"重启以来 {len(samples)} 次巡检，内存利用率由 {first.value:g}% 到 {last.value:g}%"
    if not all(a.value < b.value for a, b in pairwise(samples)):
        return passed(row.unit, f"{said}，没有持续上升", row.seen)
    months = (last.at - first.at) / MONTH
    left = (100 - last.value) * months / (last.value - first.value)
    said += f"，持续上升，按此速度 {left:.1f} 个月后用尽"
    if left <= params["months_to_full_min"]:
        return failed(row.unit, Severity.MINOR, said, row.seen)
    return passed(row.unit, said, row.seen)


@check("SYS-011", "login_sessions", "vty")
def sessions(context: Context) -> list[Result]:
    """Remote sessions against the lines there are, less the one that inspects; then those left idle."""
    rows: Sequence[LoginSession] = value_of(context.facts.login_sessions)
    lines: Sequence[Vty] = value_of(context.facts.vty)
    remote = [row for row in rows if row.line.lower().startswith(context.params["remote_lines"])]
    others = max(0, len(remote) - 1)
    most = sum(row.last - row.first + 1 for row in lines)
    seen = [row.seen for row in (*remote, *lines)]
    results = [_left_open(row, context.params) for row in rows if _is_idle(row, context.params)]
    if not most:
        return [*results, not_assessed(Reason.UNPARSED, "没有读到 VTY 线路，不知道总数", "", *seen)]
    pct = 100 * others / most
    said = f"除本次巡检外有 {others} 个远程会话，线路共 {most} 条，占 {pct:.0f}%"
    if pct >= context.params["vty_warn_pct"]:
        return [failed("", Severity.MINOR, f"{said}，达到门限", *seen), *results]
    return [passed("", said, *seen), *results]


def _is_idle(row: LoginSession, params: Mapping[str, Any]) -> bool:
    return row.idle_s is not None and row.idle_s > params["idle_max_s"]


def _left_open(row: LoginSession, params: Mapping[str, Any]) -> Result:
    who = f"用户 {row.user}" if row.user else "未给出用户"
    said = f"会话空闲 {(row.idle_s or 0) // 60} 分钟（{who}），超过 {params['idle_max_s'] // 60} 分钟"
    return failed(row.line, Severity.INFO, said, row.seen)


@check("SYS-012", "clock", "uptime")
def clock_and_uptime(context: Context) -> list[Result]:
    """Only noted down: logs and comparisons rest on both."""
    clock, uptime = value_of(context.facts.clock), value_of(context.facts.uptime)
    days = uptime.uptime_s / 86400
    said = f"设备时间 {clock.device_time.isoformat(sep=' ')}，运行时长 {days:.1f} 天"
    return [passed("", said, clock.seen, uptime.seen)]
