"""Errors and drops of interfaces, and topology changes: judged by growth, never by what a counter shows."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from checks.check import Context, check, value_of
from checks.growth import Growth, growth
from checks.intervals import NO_SECOND, RESET, Interval, intervals, since_start
from checks.loops import STP_OFF
from checks.states import severest
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Interface, Reason, Stp, StpPort

_Grown = Callable[[int | None, int | None, Interface], Growth | None]
"""Growth of one counter over an interval: its value now and then, and the port it is of."""


# --- interfaces ----------------------------------------------------------------------------------

_Said = tuple[Severity | None, str]
"""How bad the growth over one interval is, and the growth in words."""
_Judge = Callable[[Interface, Interface | None, _Grown, Mapping[str, Any]], _Said | None]
"""Judges one port over one interval; None where its counters did not grow in a way that can be known."""


@check("IF-002", "interfaces", also=("uptime",))
def errors(context: Context) -> list[Result]:
    """Each Ethernet port that is up: errors by their share of packets, else by their rate."""
    return _ports(context, _errors, ("in_errors", "crc_errors", "out_errors"))


@check("IF-003", "interfaces", also=("uptime",))
def drops(context: Context) -> list[Result]:
    """Each Ethernet port that is up: packets dropped for want of room."""
    return _ports(context, _drops, ("in_drops", "out_drops"))


def _ports(context: Context, judge: _Judge, counters: Sequence[str]) -> list[Result]:
    rows = [row for row in value_of(context.facts.interfaces) if row.kind == "ethernet" and row.oper_up]
    if not rows:
        return [not_applicable("没有 up 的以太网口")]
    if all(getattr(row, name) is None for row in rows for name in counters):
        why = "设备没有给出这些计数器"
        return [not_assessed(Reason.UNSUPPORTED, why, "", *context.facts.interfaces.sources)]
    before = [
        (interval, {row.name: row for row in value_of(interval.facts.interfaces)})
        for interval in intervals(context, "interfaces")
    ]
    if not before:
        return [not_assessed(Reason.NOT_COLLECTED, NO_SECOND, "", *context.facts.interfaces.sources)]
    return [
        _port(row, [(interval, then.get(row.name)) for interval, then in before], context, judge)
        for row in rows
    ]


def _port(
    row: Interface, before: Sequence[tuple[Interval, Interface | None]], context: Context, judge: _Judge
) -> Result:
    """The worst of what is known over each interval."""
    found = [
        (severity, f"{interval.words}{words}")
        for interval, then in before
        if (said := judge(row, then, _grown_over(interval, context), context.params)) is not None
        for severity, words in (said,)
    ]
    if not found:
        return not_assessed(Reason.NOT_COLLECTED, RESET, row.name, row.seen)
    words = "；".join(words for _, words in found)
    severity = severest(*(severity for severity, _ in found))
    if severity is None:
        return passed(row.name, words, row.seen)
    return failed(row.name, severity, words, row.seen)


def _grown_over(interval: Interval, context: Context) -> _Grown:
    def grown(now: int | None, then: int | None, row: Interface) -> Growth | None:
        known = [each for each in (since_start(context), row.cleared_s) if each is not None]
        return growth(now, then, interval.seconds, from_zero_s=min(known, default=None))

    return grown


def _errors(row: Interface, then: Interface | None, grown: _Grown, params: Mapping[str, Any]) -> _Said | None:
    """Input errors hold those of the check sum, where both are printed."""
    counts = _all(("crc_errors", "in_errors", "out_errors"), row, then, grown)
    if not counts:
        return None
    crc, incoming, out = (counts.get(name) for name in ("crc_errors", "in_errors", "out_errors"))
    known = list(counts.values())
    by = max((each.by for each in (crc, incoming) if each is not None), default=0) + (out.by if out else 0)
    per_hour = Growth(by, known[0].seconds).per_hour
    shown = f"错误增长 {by}（CRC {'未知' if crc is None else crc.by}），每小时 {per_hour:.3g}"
    packets = _all(_PACKETS, row, then, grown)
    total = sum(each.by for each in packets.values())
    if len(packets) == len(_PACKETS) and total >= params["packets_min"]:
        share = by / total
        bad = _beyond(share, params["ratio_warn"], params["ratio_crit"])
        return (bad if by >= params["growth_min"] else None), f"{shown}，占报文 {share:.1e}"
    bad = _beyond(per_hour, params["errors_per_hour_warn"], params["errors_per_hour_crit"])
    return (bad if by >= params["growth_min"] else None), shown


def _all(names: Sequence[str], row: Interface, then: Interface | None, grown: _Grown) -> dict[str, Growth]:
    """Growth of each of these counters that is printed; none at all where one of them was cleared."""
    found = {}
    for name in names:
        now = getattr(row, name)
        if now is None:
            continue
        grew = grown(now, None if then is None else getattr(then, name), row)
        if grew is None:
            return {}
        found[name] = grew
    return found


_PACKETS = tuple(
    f"{way}_{kind}_packets" for way in ("in", "out") for kind in ("unicast", "multicast", "broadcast")
)


def _drops(row: Interface, then: Interface | None, grown: _Grown, params: Mapping[str, Any]) -> _Said | None:
    known = list(_all(("in_drops", "out_drops"), row, then, grown).values())
    if not known:
        return None
    total = Growth(sum(each.by for each in known), known[0].seconds)
    many = total.by >= params["growth_min"] and total.per_hour >= params["drops_per_hour_warn"]
    return (Severity.MINOR if many else None), f"丢弃增长 {total.by}，每小时 {total.per_hour:.3g}"


def _beyond(value: float, warn: float, crit: float) -> Severity | None:
    if value >= crit:
        return Severity.MAJOR
    return Severity.MINOR if value >= warn else None


# --- spanning tree -------------------------------------------------------------------------------


@check("L2-004", "stp", "stp_ports", also=("uptime",))
def topology_changes(context: Context) -> list[Result]:
    """Ports that keep telling of changes: each one makes the switches forget where everybody is."""
    row: Stp = value_of(context.facts.stp)
    if not row.enabled:
        return [not_applicable(STP_OFF)]
    sources = context.facts.stp_ports.sources
    now = _changes(value_of(context.facts.stp_ports))
    if not now:
        return [not_assessed(Reason.UNSUPPORTED, "设备没有给出各端口收到的拓扑变化次数", "", *sources)]
    before = [(each, _changes(value_of(each.facts.stp_ports))) for each in intervals(context, "stp_ports")]
    if not before:
        return [not_assessed(Reason.NOT_COLLECTED, NO_SECOND, "", *sources)]
    seen = {port.name: port.seen for port in value_of(context.facts.stp_ports)}
    start = since_start(context)
    found = [
        (name, interval, grown)
        for interval, then in before
        for name, count in now.items()
        if (grown := growth(count, then.get(name), interval.seconds, from_zero_s=start)) is not None
    ]
    if not found:
        return [not_assessed(Reason.NOT_COLLECTED, RESET, "", *sources)]
    least, limit = context.params["growth_min"], context.params["tc_per_hour_warn"]
    many = {
        name: f"{interval.words}收到拓扑变化 {grown.by} 次，每小时 {grown.per_hour:.3g}，门限 {limit:g}"
        for name, interval, grown in reversed(found)
        if grown.by >= least and grown.per_hour >= limit
    }
    if many:
        return [failed(name, Severity.MAJOR, many[name], seen[name]) for name in now if name in many]
    most = max(grown.by for _, _, grown in found)
    spans = "、".join(interval.words for interval, _ in before)
    return [passed("", f"{spans}各端口收到的拓扑变化增长不超过 {most} 次", *sources)]


def _changes(ports: Sequence[StpPort]) -> dict[str, int]:
    """By port: topology changes received, in all instances together."""
    found: dict[str, int] = defaultdict(int)
    for port in ports:
        if port.tc_received is not None:
            found[port.name] += port.tc_received
    return dict(found)
