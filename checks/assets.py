"""Serial numbers and age of the hardware."""

import re
from datetime import date
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Module, Reason

YEAR_D = 365.25
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


@check("HW-013", "inventory")
def serial_numbers(context: Context) -> list[Result]:
    """The numbers of the device itself, of a stack those of its members, against the asset list."""
    rows: tuple[Module, ...] = value_of(context.facts.inventory)
    whole = [row for row in rows if row.kind == "chassis" and row.serial]
    if not whole:
        return [lacking("", Severity.INFO, "没有读到整机序列号", *context.facts.inventory.sources)]
    found = [row.serial for row in whole]
    seen = [row.seen for row in whole]
    listed = context.device.expect.serials
    if not listed:
        return [passed("", f"整机序列号 {'、'.join(found)}；清单没有登记序列号，只采集", *seen)]
    missing = [serial for serial in listed if serial not in found]
    strange = [serial for serial in found if serial not in listed]
    if not missing and not strange:
        return [passed("", f"整机序列号 {'、'.join(found)}，与清单登记一致", *seen)]
    said = [f"登记而未读到：{'、'.join(missing)}"] if missing else []
    said += [f"读到而未登记：{'、'.join(strange)}"] if strange else []
    return [(failed if strange else lacking)("", Severity.INFO, "；".join(said), *seen)]


@check("HW-014", "inventory")
def age(context: Context) -> list[Result]:
    """Years since each chassis and board was made; power supplies, fans and modules are not judged."""
    rows: tuple[Module, ...] = value_of(context.facts.inventory)
    dated = [row for row in rows if row.kind in ("chassis", "board") and row.made_on]
    if not dated:
        return [not_applicable("设备不给出生产日期")]
    if context.collected_at is None:
        return [not_assessed(Reason.NOT_COLLECTED, "离线日志没有采集时间，不能推算年限")]
    return [_age(row, context.collected_at.date(), context.params) for row in dated]


def _age(row: Module, today: date, params: Any) -> Result:
    object_ = f"{row.location} {row.serial}".strip()
    made = _date(row.made_on or "")
    if made is None or made > today:
        return not_assessed(Reason.UNPARSED, f"生产日期“{row.made_on}”无法识别", object_, row.seen)
    years = (today - made).days / YEAR_D
    said = f"{row.model or '型号未给出'}，{made.isoformat()} 生产，已 {years:.1f} 年"
    levels = (("years_crit", Severity.MINOR, "一般"), ("years_warn", Severity.INFO, "提示"))
    for name, severity, word in levels:
        if years >= params[name]:
            return failed(object_, severity, f"{said}，达到{word}门限 {params[name]:g} 年", row.seen)
    return passed(object_, f"{said}，低于门限 {params['years_warn']:g} 年", row.seen)


def _date(printed: str) -> date | None:
    found = _DATE.search(printed)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
