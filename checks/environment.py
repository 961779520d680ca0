"""Operating environment."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checks.check import Context, check, value_of
from checks.states import severest, standing, unlisted
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Reason, Temperature, Unknown


@check("ENV-001", "temperatures")
def temperatures(context: Context) -> list[Result]:
    """Each sensor against the device's own limits and its own word."""
    rows = value_of(context.facts.temperatures)
    return [_sensor(*_limited(row, context.params), context.params) for row in rows] or [
        not_applicable("设备没有列出温度传感器")
    ]


def _limited(row: Temperature, params: Mapping[str, Any]) -> tuple[Temperature, str]:
    """The sensor with its own limits, or with the baseline's where it prints none or they override it."""
    listed = {name: params[name] for name in ("warn_c", "alarm_c")}
    own = row.warn_c is not None or row.alarm_c is not None
    if (own and not params["override"]) or set(listed.values()) == {None}:
        return row, ""
    return replace(row, **listed), "基线"


@check("ENV-002", "temperatures")
def temperature_rise(context: Context) -> list[Result]:
    """Each sensor against what it showed at the last inspection."""
    if context.previous is None:
        return [not_applicable("首次巡检，没有可比的温度")]
    earlier = context.previous.temperatures
    if isinstance(earlier, Unknown):
        return [not_assessed(Reason.NO_BASELINE, "上次巡检没有取得温度，不能比较")]
    before = {(str(row.location), row.sensor): row.celsius for row in earlier.value}
    rows: tuple[Temperature, ...] = value_of(context.facts.temperatures)
    known = [(row, before.get((str(row.location), row.sensor))) for row in rows]
    results = [_rise(row, celsius, context.params["rise_c"]) for row, celsius in known if celsius is not None]
    return results or [not_applicable("两次巡检没有同一个温度传感器")]


def _rise(row: Temperature, before: float, limit: float) -> Result:
    object_ = f"{row.location} {row.sensor}".strip()
    said = f"温度 {row.celsius:g} ℃，上次 {before:g} ℃，变化 {row.celsius - before:+g} ℃"
    if row.celsius - before >= limit:
        return failed(object_, Severity.MINOR, f"{said}，升幅达到 {limit:g} ℃", row.seen)
    return passed(object_, said, row.seen)


def _sensor(row: Temperature, whose: str, params: Mapping[str, Any]) -> Result:
    object_ = f"{row.location} {row.sensor}".strip()
    word = standing(row.state, params) if row.state is not None else None
    severity = severest(_by_limits(row, params["margin_c"]), _by_state(word))
    if severity is not None:
        return failed(object_, severity, f"温度 {row.celsius:g} ℃，{_limits(row, whose)}", row.seen)
    if row.state is not None and word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word is None and row.warn_c is None and row.alarm_c is None:
        why = f"温度 {row.celsius:g} ℃，设备未给出门限与状态"
        return not_assessed(Reason.UNSUPPORTED, why, object_, row.seen)
    return passed(object_, f"温度 {row.celsius:g} ℃，{_limits(row, whose)}", row.seen)


def _by_limits(row: Temperature, margin_c: float) -> Severity | None:
    """A single upper limit is taken for the alarm limit."""
    upper = [limit for limit in (row.warn_c, row.alarm_c) if limit is not None]
    if not upper:
        return None
    lowest, highest = min(upper), max(upper)
    if row.celsius >= highest:
        return Severity.CRITICAL
    if row.celsius >= lowest:
        return Severity.MAJOR
    return Severity.MINOR if lowest - row.celsius <= margin_c else None


def _by_state(word: str | None) -> Severity | None:
    return {"bad": Severity.CRITICAL, "warn": Severity.MAJOR}.get(word or "")


def _limits(row: Temperature, whose: str) -> str:
    said = [
        f"{whose}预警门限 {row.warn_c:g} ℃" if row.warn_c is not None else "",
        f"{whose}告警门限 {row.alarm_c:g} ℃" if row.alarm_c is not None else "",
        f"设备自报状态 {row.state}" if row.state is not None else "",
    ]
    return "，".join(part for part in said if part)
