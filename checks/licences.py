"""Licences: until when, how much, for which device, and whether they are only for a trial."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import License, Module, Reason

NONE = "设备没有列出授权"


@check("LIC-001", "licenses")
def licence_expiry(context: Context) -> list[Result]:
    """Each feature by the licence that ends first; what is only a trial is LIC-004's."""
    rows: Sequence[License] = value_of(context.facts.licenses)
    if not rows:
        return [not_applicable(NONE)]
    if context.collected_at is None:
        return [not_assessed(Reason.NOT_COLLECTED, "离线日志没有采集时间，不能推算到期日")]
    formal = [row for row in rows if not _is_trial(row, context.params)]
    first: dict[str, License] = {}
    for row in sorted(formal, key=lambda row: row.expires_on or "9999"):
        first.setdefault(row.feature, row)
    today = context.collected_at.date()
    results = [_expiry(row, today, context.params) for row in first.values()]
    return results or [not_applicable("只有试用或临时授权，由 LIC-004 判定")]


def _expiry(row: License, today: date, params: Mapping[str, Any]) -> Result:
    if row.expires_on is None:
        return passed(row.feature, f"授权状态 {row.state}，没有到期日", row.seen)
    days = (date.fromisoformat(row.expires_on) - today).days
    said = f"授权状态 {row.state}，{row.expires_on} 到期"
    # A device that counts days prints that none is left on the last day, and on every day after.
    over = any(word in row.state.lower() for word in params["expired_words"])
    if days < 0 or over:
        severity = Severity.INFO if _is_unused(row, params) else Severity.CRITICAL
        said += f"，已过期 {-days} 天" if days < 0 else "，设备自报已过期"
        return failed(row.feature, severity, said, row.seen)
    said += f"，还有 {days} 天"
    levels = (("days_crit", Severity.MAJOR), ("days_warn", Severity.MINOR))
    for name, severity in levels:
        if days <= params[name]:
            return failed(row.feature, severity, f"{said}，不多于 {params[name]} 天", row.seen)
    return passed(row.feature, said, row.seen)


def _is_trial(row: License, params: Mapping[str, Any]) -> bool:
    said = f"{row.state} {row.type or ''}".lower()
    return any(word in said for word in params["trial_words"])


def _is_unused(row: License, params: Mapping[str, Any]) -> bool:
    return " ".join(row.state.split()).lower() in params["unused_words"]


@check("LIC-002", "licenses")
def licensed_resources(context: Context) -> list[Result]:
    """Each licence of a resource: how much of it is used."""
    rows = [row for row in value_of(context.facts.licenses) if row.limit]
    totals: dict[str, list[License]] = {}
    for row in rows:
        totals.setdefault(row.feature, []).append(row)
    results = [_use(feature, same, context.params) for feature, same in totals.items()]
    return results or [not_applicable("没有资源类授权")]


def _use(feature: str, rows: Sequence[License], params: Mapping[str, Any]) -> Result:
    seen = [row.seen for row in rows]
    limit = sum(row.limit or 0 for row in rows)
    used = [row.used for row in rows if row.used is not None]
    if len(used) < len(rows):
        return not_assessed(Reason.UNSUPPORTED, f"授权 {limit}，设备没有给出用量", feature, *seen)
    pct = 100 * sum(used) / limit
    said = f"授权 {limit}，已用 {sum(used)}，占 {pct:.0f}%"
    if pct >= params["full_pct"]:
        return failed(feature, Severity.MAJOR, f"{said}，已用尽", *seen)
    if pct >= params["warn_pct"]:
        return failed(feature, Severity.MINOR, f"{said}，达到门限 {params['warn_pct']:g}%", *seen)
    return passed(feature, said, *seen)


@check("LIC-003", "licenses", "inventory")
def licensed_device(context: Context) -> list[Result]:
    """Each licence that names a device: whether it names this one."""
    rows: Sequence[License] = value_of(context.facts.licenses)
    parts: Sequence[Module] = value_of(context.facts.inventory)
    bound = {row.feature: row for row in rows if row.device_id}
    if not bound:
        return [not_applicable("授权没有给出绑定的设备标识")]
    serials = {part.serial.upper() for part in parts if part.kind in ("chassis", "board")}
    if not serials:
        return [not_assessed(Reason.UNPARSED, "没有读到本机序列号，不能核对授权绑定的设备")]
    return [_bound(row, serials) for row in bound.values()]


def _bound(row: License, serials: set[str]) -> Result:
    named = {word.upper() for word in re.split(r"[\s,;]+", row.device_id or "") if word}
    said = f"授权绑定 {row.device_id}，本机序列号 {'、'.join(sorted(serials))}"
    if named & serials:
        return passed(row.feature, f"{said}，一致", row.seen)
    return failed(row.feature, Severity.MINOR, f"{said}，不一致", row.seen)


@check("LIC-004", "licenses")
def trial_licences(context: Context) -> list[Result]:
    """Each feature that runs on a trial, a grace period or an emergency licence."""
    rows: Sequence[License] = value_of(context.facts.licenses)
    if not rows:
        return [not_applicable(NONE)]
    found: dict[str, License] = {}
    for row in rows:
        # Of several for one feature the one that is in use counts.
        if _is_trial(row, context.params) and (row.feature not in found or not _is_idle(row, context.params)):
            found[row.feature] = row
    if not found:
        return [passed("", f"{len(rows)} 条授权都不是试用或临时授权", *(row.seen for row in rows))]
    return [_trial(row, context.params) for row in found.values()]


def _trial(row: License, params: Mapping[str, Any]) -> Result:
    until = f"，{row.expires_on} 到期" if row.expires_on else ""
    state = f"{row.state}（{row.type}）" if row.type else row.state
    severity = Severity.INFO if _is_idle(row, params) else Severity.MAJOR
    return failed(row.feature, severity, f"授权状态 {state}，属试用或临时授权{until}", row.seen)


def _is_idle(row: License, params: Mapping[str, Any]) -> bool:
    """Nobody uses the feature, or nothing of the resource that it grants."""
    return row.used == 0 or any(word in row.state.lower() for word in params["unused_words"])
