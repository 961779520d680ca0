"""Operating environment."""

from collections.abc import Mapping
from typing import Any

from checks.check import Context, check, value_of
from checks.states import severest, standing, unlisted
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Reason, Temperature


@check("ENV-001", "temperatures")
def temperatures(context: Context) -> list[Result]:
    """Each sensor against the device's own limits and its own word."""
    rows = value_of(context.facts.temperatures)
    return [_sensor(row, context.params) for row in rows] or [not_applicable("设备没有列出温度传感器")]


def _sensor(row: Temperature, params: Mapping[str, Any]) -> Result:
    object_ = f"{row.location} {row.sensor}".strip()
    word = standing(row.state, params) if row.state is not None else None
    severity = severest(_by_limits(row, params["margin_c"]), _by_state(word))
    if severity is not None:
        return failed(object_, severity, f"温度 {row.celsius:g} ℃，{_limits(row)}", row.seen)
    if row.state is not None and word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word is None and row.warn_c is None and row.alarm_c is None:
        why = f"温度 {row.celsius:g} ℃，设备未给出门限与状态"
        return not_assessed(Reason.UNSUPPORTED, why, object_, row.seen)
    return passed(object_, f"温度 {row.celsius:g} ℃，{_limits(row)}", row.seen)


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


def _limits(row: Temperature) -> str:
    said = [
        f"预警门限 {row.warn_c:g} ℃" if row.warn_c is not None else "",
        f"告警门限 {row.alarm_c:g} ℃" if row.alarm_c is not None else "",
        f"设备自报状态 {row.state}" if row.state is not None else "",
    ]
    return "，".join(part for part in said if part)
