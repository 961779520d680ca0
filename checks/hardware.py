"""Power, fans, restarts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import (
    Outcome,
    Result,
    Severity,
    failed,
    lacking,
    not_applicable,
    not_assessed,
    passed,
)
from parsers.facts import Crash, Fan, Known, PowerSupply, Reason

DAY_S = 86400
SHOWN = 3
"""Records named in a message; the evidence has all."""


@check("HW-001", "power_supplies")
def power_supplies(context: Context) -> list[Result]:
    """Each supply that is present, then their number: a broken one is not counted twice."""
    rows = value_of(context.facts.power_supplies)
    results = _parts(rows, "电源", context.params)
    least = context.device.expect.psu_min
    if least is None:
        return results or [not_applicable("设备没有列出在位的独立电源模块")]
    if not rows:
        return [not_assessed(Reason.UNSUPPORTED, f"设备不单列电源，无法核对是否有 {least} 块")]
    outcomes = [result.outcome for result in results]
    at_most = len(outcomes) - outcomes.count(Outcome.FAIL)
    if Outcome.FAIL not in outcomes and at_most < least:
        seen = [row.seen for row in rows]
        results.append(
            lacking("", Severity.MAJOR, f"在位正常的电源 {at_most} 块，基线要求 {least} 块", *seen)
        )
    return results


@check("HW-003", "fans")
def fans(context: Context) -> list[Result]:
    """Each fan that is present."""
    results = _parts(value_of(context.facts.fans), "风扇", context.params)
    return results or [not_applicable("设备没有列出在位的风扇")]


def _parts(rows: Sequence[PowerSupply | Fan], what: str, params: Mapping[str, Any]) -> list[Result]:
    """An empty bay is no fault by itself and is left out."""
    present = [row for row in rows if row.present and standing(row.state, params) != "absent"]
    return [_part(row, what, params) for row in present]


def _part(row: PowerSupply | Fan, what: str, params: Mapping[str, Any]) -> Result:
    object_ = f"{row.location} {row.name}".strip()
    word = standing(row.state, params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "bad":
        return failed(object_, Severity.CRITICAL, f"{what}在位，设备自报状态 {row.state}", row.seen)
    return passed(object_, f"{what}在位，设备自报状态 {row.state}", row.seen)


@check("HW-002", "power_supplies")
def power_headroom(context: Context) -> list[Result]:
    """Per unit: whether the supplies left after losing the largest could carry what all of them give."""
    units: dict[str, list[PowerSupply]] = defaultdict(list)
    for row in value_of(context.facts.power_supplies):
        if row.present:
            units[str(row.location)].append(row)
    judged = [_headroom(unit, rows, context.params) for unit, rows in units.items() if len(rows) > 1]
    results = [result for result in judged if result is not None]
    return results or [not_applicable("没有两块以上报告功率的电源，无从核算余量")]


def _headroom(unit: str, rows: Sequence[PowerSupply], params: Mapping[str, Any]) -> Result | None:
    """None where none of the supplies prints any power."""
    seen = [row.seen for row in rows]
    capacities = [row.capacity_w for row in rows if row.capacity_w]
    outputs = [row.output_w for row in rows if row.output_w is not None]
    if not outputs:
        return None
    if len(outputs) < len(rows) or len(capacities) < len(rows):
        return not_assessed(Reason.UNSUPPORTED, "只有部分电源给出额定与输出功率，无法核算", unit, *seen)
    used, left = sum(outputs), sum(capacities) - max(capacities)
    pct = 100 * used / left
    said = f"{len(rows)} 块电源共输出 {used:g} W，失去最大的一块后额定 {left:g} W，占 {pct:.0f}%"
    if pct >= params["load_warn_pct"]:
        return failed(unit, Severity.MINOR, f"{said}，达到门限 {params['load_warn_pct']:g}%", *seen)
    return passed(unit, f"{said}，低于门限 {params['load_warn_pct']:g}%", *seen)


@check("HW-004", "fans")
def fan_speeds(context: Context) -> list[Result]:
    """Each fan's speed, and how far the fans of one unit are apart; one that is broken is HW-003's."""
    units: dict[str, list[Fan]] = defaultdict(list)
    for row in value_of(context.facts.fans):
        if row.present and row.speed_pct is not None and standing(row.state, context.params) == "ok":
            units[str(row.location)].append(row)
    results = [
        result
        for unit, rows in units.items()
        for result in (*(_speed(row, context.params) for row in rows), *_spread(unit, rows, context.params))
    ]
    return results or [not_applicable("没有状态正常且以百分比报告转速的风扇")]


def _speed(row: Fan, params: Mapping[str, Any]) -> Result:
    object_, limit = f"{row.location} {row.name}".strip(), params["speed_warn_pct"]
    if row.speed_pct is not None and row.speed_pct >= limit:
        return failed(object_, Severity.MINOR, f"转速 {row.speed_pct:g}%，达到门限 {limit:g}%", row.seen)
    return passed(object_, f"转速 {row.speed_pct:g}%，低于门限 {limit:g}%", row.seen)


def _spread(unit: str, rows: Sequence[Fan], params: Mapping[str, Any]) -> Iterator[Result]:
    """The same cause is not told twice: a unit whose fans are all below the limit of speed, but apart."""
    speeds = [row.speed_pct for row in rows if row.speed_pct is not None]
    apart = max(speeds) - min(speeds)
    if apart >= params["spread_pct"] and max(speeds) < params["speed_warn_pct"]:
        said = f"同一设备各风扇转速 {min(speeds):g}%～{max(speeds):g}%，相差达到 {params['spread_pct']:g}%"
        yield failed(unit, Severity.MINOR, said, *(row.seen for row in rows))


@check("HW-005", "fans", "power_supplies")
def airflow(context: Context) -> list[Result]:
    """Per unit: all fans and power supplies that say where they blow, say the same."""
    units: dict[str, list[Fan | PowerSupply]] = defaultdict(list)
    for row in (*value_of(context.facts.fans), *value_of(context.facts.power_supplies)):
        if row.present and row.airflow:
            units[str(row.location)].append(row)
    results = [_one_direction(unit, rows, context.params) for unit, rows in units.items()]
    return results or [not_applicable("风扇与电源都不报告风向")]


def _one_direction(unit: str, rows: Sequence[Fan | PowerSupply], params: Mapping[str, Any]) -> Result:
    """The same direction may be worded in two ways; the baseline knows which words mean one."""
    words = {row.airflow or "" for row in rows}
    directions = {params["alike"].get(word, word) for word in words}
    seen = [row.seen for row in rows]
    shown = "、".join(f"{row.name} {row.airflow}" for row in rows)
    if len(directions) > 1:
        return failed(unit, Severity.MAJOR, f"同一设备内风向不一致：{shown}", *seen)
    return passed(unit, f"{len(rows)} 个模块风向一致：{'、'.join(sorted(words))}", *seen)


@check("HW-010", "uptime")
def restarts(context: Context) -> list[Result]:
    """Whether it restarted since the last inspection; at the first one, whether it did lately."""
    row = value_of(context.facts.uptime)
    reason = row.reset_reason or "设备未给出"
    said = f"运行时长 {_duration(row.uptime_s)}，上次重启原因：{reason}"
    if context.previous_at is None:
        least = context.params["uptime_min_days"]
        if row.uptime_s < least * DAY_S:
            return [
                failed(
                    "", Severity.INFO, f"首次巡检，{said}；不足 {least:g} 天，请确认重启是否有计划", row.seen
                )
            ]
        return [passed("", f"首次巡检，{said}", row.seen)]
    if context.collected_at is None:
        why = f"离线日志没有采集时间，不能与上次巡检比较；{said}"
        return [not_assessed(Reason.NOT_COLLECTED, why, "", row.seen)]
    interval_s = (context.collected_at - context.previous_at).total_seconds()
    if row.uptime_s >= interval_s:
        return [passed("", f"{said}；上次巡检以来没有重启", row.seen)]
    abnormal = any(word in reason.lower() for word in context.params["abnormal_reasons"])
    severity = Severity.CRITICAL if abnormal else Severity.MAJOR
    return [failed("", severity, f"上次巡检（{_duration(interval_s)}前）以来重启过，{said}", row.seen)]


def _duration(seconds: float) -> str:
    days, rest = divmod(int(seconds), DAY_S)
    hours, rest = divmod(rest, 3600)
    return f"{days} 天 {hours} 小时" if days else f"{hours} 小时 {rest // 60} 分"


@check("HW-011", "crashes")
def crash_records(context: Context) -> list[Result]:
    """Each process's records of exceptions: those that the last inspection did not have weigh more.

    They are compared with the records read then and not by time: the device's clock may have been wrong.
    """
    by_process: dict[str, list[Crash]] = defaultdict(list)
    for row in value_of(context.facts.crashes):
        by_process[row.process].append(row)
    earlier = None if context.previous is None else context.previous.crashes
    known = {(row.process, row.time) for row in earlier.value} if isinstance(earlier, Known) else None
    results = [_crashes(process, rows, known) for process, rows in by_process.items()]
    return results or [passed("", "没有异常或崩溃记录", *context.facts.crashes.sources)]


def _crashes(process: str, rows: Sequence[Crash], known: Set[tuple[str, str | None]] | None) -> Result:
    new = [row for row in rows if known is None or (row.process, row.time) not in known]
    shown = new or rows
    times = "、".join(row.time or "时间未给出" for row in shown[:SHOWN])
    said = f"进程 {process} 有 {len(shown)} 条异常记录（{times}{' 等' if len(shown) > SHOWN else ''}）"
    seen = [row.seen for row in shown]
    if known is None:
        return failed(process, Severity.MINOR, f"{said}；没有上次的记录可比，新旧未知", *seen)
    if new:
        return failed(process, Severity.MAJOR, f"{said}，上次巡检以来新出现", *seen)
    return failed(process, Severity.INFO, f"{said}，上次巡检已有，尚未清理", *seen)
