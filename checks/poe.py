"""Power over Ethernet."""

from collections.abc import Mapping
from typing import Any

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Poe, PoePort, Reason


@check("HW-015", "poe")
def power_over_ethernet(context: Context) -> list[Result]:
    """Each unit's use of its budget, then the ports that ought to be fed and are not."""
    rows: tuple[Poe, ...] = value_of(context.facts.poe)
    results = [_budget(row, context.params) for row in rows]
    results += [
        result for row in rows for port in row.ports if (result := _port(port, context.params)) is not None
    ]
    return results or [not_applicable("设备没有启用 PoE 供电")]


def _budget(row: Poe, params: Mapping[str, Any]) -> Result:
    object_ = str(row.location)
    if row.used_w is None or not row.budget_w:
        return not_assessed(Reason.UNSUPPORTED, "设备没有给出 PoE 总功率与已用功率", object_, row.seen)
    pct = 100 * row.used_w / row.budget_w
    said = f"PoE 已用 {row.used_w:g} W，总功率 {row.budget_w:g} W，占 {pct:.0f}%"
    levels = (("crit_pct", Severity.MAJOR, "重要"), ("warn_pct", Severity.MINOR, "一般"))
    for name, severity, word in levels:
        if pct >= params[name]:
            return failed(object_, severity, f"{said}，达到{word}门限 {params[name]:g}%", row.seen)
    return passed(object_, f"{said}，低于门限 {params['warn_pct']:g}%", row.seen)


def _port(port: PoePort, params: Mapping[str, Any]) -> Result | None:
    """None for a port in order: hundreds of them would say the same."""
    word = standing(port.state, params)
    if word == "bad":
        return failed(port.interface, Severity.MINOR, f"PoE 端口状态 {port.state}", port.seen)
    return unlisted(port.interface, port.state, port.seen) if word == "unlisted" else None
