"""Power, fans, boards, restarts."""

from collections.abc import Mapping, Sequence
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
from parsers.facts import Board, Fan, PowerSupply, Reason

DAY_S = 86400


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


@check("HW-006", "boards")
def boards(context: Context) -> list[Result]:
    """Each board that is present and of a kind the baseline names."""
    rows = [row for row in value_of(context.facts.boards) if row.kind in context.params["kinds"]]
    present = [row for row in rows if row.present and standing(row.state, context.params) != "absent"]
    return [_board(row, context.params) for row in present] or [not_applicable("设备没有在位的单板或子卡")]


def _board(row: Board, params: Mapping[str, Any]) -> Result:
    object_ = str(row.location)
    model = f"（{row.model}）" if row.model else ""
    word = standing(row.state, params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "bad":
        return failed(object_, Severity.CRITICAL, f"单板{model}在位，设备自报状态 {row.state}", row.seen)
    return passed(object_, f"单板{model}在位，设备自报状态 {row.state}", row.seen)


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
