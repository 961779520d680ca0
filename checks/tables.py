"""Tables that fill up: addresses, routes, the hardware of access lists."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from checks.check import Context, check, value_of
from checks.verdict import Outcome, Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Facts, HardwareResource, Reason, TableUse, Unknown

_WORDS = {"mac": "MAC 表", "arp": "ARP 表", "route": "路由表"}
_Table = Literal["mac", "arp", "route"]


@check("SYS-007", "table_use")
def mac_table(context: Context) -> list[Result]:
    """The fullest part of the MAC table; without a capacity there is nothing to judge it by."""
    rows = _rows(context.facts, "mac")
    if not rows:
        return [not_applicable("设备没有列出 MAC 表用量")]
    full = _fullness("mac", rows, context.params)
    if full is None:
        why = f"MAC 表 {sum(row.used for row in rows)} 条，设备没有给出规格，基线也没有登记"
        return [not_assessed(Reason.NO_BASELINE, why, "", *(row.seen for row in rows))]
    return [full]


@check("SYS-008", "table_use")
def arp_table(context: Context) -> list[Result]:
    """Use of the ARP table, and its growth since the last inspection."""
    return _use_and_change(context, "arp", both_ways=False)


@check("SYS-009", "table_use")
def routing_table(context: Context) -> list[Result]:
    """Use of the routing table, and how it has changed since the last inspection, up or down."""
    if not any(row.used for row in _rows(context.facts, "route")):
        return [not_applicable("设备没有路由表项")]
    return _use_and_change(context, "route", both_ways=True)


def _rows(facts: Facts, table: _Table) -> Sequence[TableUse]:
    fact = facts.table_use
    return [] if isinstance(fact, Unknown) else [row for row in fact.value if row.table == table]


def _use_and_change(context: Context, table: _Table, *, both_ways: bool) -> list[Result]:
    rows = _rows(context.facts, table)
    if not rows:
        return [not_applicable(f"设备没有列出{_WORDS[table]}用量")]
    results = [] if (full := _fullness(table, rows, context.params)) is None else [full]
    before = None if context.previous is None else _rows(context.previous, table)
    if before:
        results.append(_change(table, rows, before, context.params, both_ways=both_ways))
    if results:
        return results
    if context.previous is None:
        return [
            not_applicable(
                f"{_WORDS[table]} {sum(row.used for row in rows)} 条，没有规格；首次巡检，无从比较"
            )
        ]
    why = f"{_WORDS[table]} {sum(row.used for row in rows)} 条，没有规格，也没有上次的数量可比"
    return [not_assessed(Reason.NO_BASELINE, why, "", *(row.seen for row in rows))]


def _fullness(table: _Table, rows: Sequence[TableUse], params: Mapping[str, Any]) -> Result | None:
    """The device's own capacity comes first, unless the baseline overrides it; None where nobody says one."""
    sized = [(row, size) for row in rows if (size := _capacity(row, params))]
    if not sized:
        return None
    row, size = max(sized, key=lambda each: each[0].used / each[1])
    pct = 100 * row.used / size
    said = f"{_WORDS[table]} {row.used} 条，规格 {size} 条，占 {pct:.1f}%"
    severity = _over(pct, params)
    if severity is not None:
        return failed("", severity, f"{said}，达到门限", row.seen)
    return passed("", f"{said}，低于门限 {params['warn_pct']:g}%", row.seen)


def _capacity(row: TableUse, params: Mapping[str, Any]) -> int | None:
    own, listed = row.capacity, params["capacity"]
    if params["override"]:
        return listed or own
    return own or listed


def _over(pct: float, params: Mapping[str, Any]) -> Severity | None:
    if pct >= params["crit_pct"]:
        return Severity.MAJOR
    return Severity.MINOR if pct >= params["warn_pct"] else None


def _change(
    table: _Table,
    rows: Sequence[TableUse],
    before: Sequence[TableUse],
    params: Mapping[str, Any],
    *,
    both_ways: bool,
) -> Result:
    """A share of a small table means little, so the number counts as well."""
    now, then = sum(row.used for row in rows), sum(row.used for row in before)
    more = now - then
    moved = abs(more) if both_ways else more
    said = f"{_WORDS[table]} {now} 条，上次 {then} 条，变化 {more:+d} 条"
    seen = [row.seen for row in rows]
    if moved >= params["change_min"] and 100 * moved >= params["change_pct"] * then:
        limit = f"{params['change_pct']:g}% 且 {params['change_min']} 条"
        return failed("change", Severity.MINOR, f"{said}，达到 {limit}", *seen)
    return passed("change", said, *seen)


@check("SYS-010", "hardware_resources")
def hardware_pools(context: Context) -> list[Result]:
    """Each pool that is over a limit by itself, and all others in one word."""
    rows: Sequence[HardwareResource] = [
        row for row in value_of(context.facts.hardware_resources) if row.total
    ]
    if not rows:
        return [not_applicable("设备没有列出 ACL/QoS 硬件资源")]
    over = list(_pools_over(rows, context.params))
    rest = len(rows) - sum(result.outcome is Outcome.FAIL for result in over)
    if not rest:
        return over
    calm = [row for row in rows if _over(_pct(row), context.params) is None]
    highest = max(_pct(row) for row in calm)
    said = f"{rest} 个资源池低于门限 {context.params['warn_pct']:g}%，最高 {highest:.0f}%"
    return [*over, passed("", said, *(row.seen for row in calm))]


def _pools_over(rows: Sequence[HardwareResource], params: Mapping[str, Any]) -> Iterator[Result]:
    for row in rows:
        severity = _over(_pct(row), params)
        if severity is not None:
            said = f"已用 {row.used}，总数 {row.total}，占 {_pct(row):.0f}%，达到门限"
            yield failed(f"{row.location} {row.pool}".strip(), severity, said, row.seen)


def _pct(row: HardwareResource) -> float:
    return 100 * row.used / row.total
