"""Attacks on the processor: what its protection throws away, and whom the device has found out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from checks.check import Context, check, value_of
from checks.growth import Growth, growth
from checks.intervals import NO_SECOND, RESET, Interval, intervals, since_start
from checks.verdict import Result, Severity, failed, lacking, not_assessed, passed
from parsers.facts import AttackSource, AttackTracing, ControlPlaneDrop, Reason
from parsers.seen import Seen

_NAMED = 5
"""Kinds of traffic that are named where there are many."""
_UNITS = {"packets": "个", "bytes": "字节"}

_Key = tuple[str, str]
"""Kind of traffic with its place, and the unit that it is counted in."""
_Over = tuple[Interval, Growth]
"""How a counter grew over an interval."""


@check("CTL-002", "control_plane_drops", also=("uptime",))
def processor_drops(context: Context) -> list[Result]:
    """Each kind of traffic for the processor: packets thrown away per hour."""
    rows: tuple[ControlPlaneDrop, ...] = value_of(context.facts.control_plane_drops)
    sources = context.facts.control_plane_drops.sources
    if not rows:
        why = "设备没有给出控制面丢弃计数（只用厂家缺省策略时，有的设备不显示）"
        return [not_assessed(Reason.UNSUPPORTED, why, "", *sources)]
    now, seen = _counts(rows), {_name(row): row.seen for row in reversed(rows)}
    before = intervals(context, "control_plane_drops")
    if not before:
        most = _most(now)
        why = f"{NO_SECOND}；{_named(most)}"
        return [not_assessed(Reason.NOT_COLLECTED, why, "", *(seen[name] for name, _ in most), *sources)]
    then = [(interval, _counts(value_of(interval.facts.control_plane_drops))) for interval in before]
    found = {key: list(_grown(key, count, then, context)) for key, count in now.items()}
    results = [*_too_much(found, seen, context), *_unknown(found, seen), *_in_bytes(found, seen)]
    if results:
        return results
    most_grown = max(growth.by for grown in found.values() for _, growth in grown)
    spans = "、".join(interval.words for interval in before)
    where = "、".join(dict.fromkeys(str(row.location) for row in rows if str(row.location)))
    said = f"{spans}{where and f' {where} '}各类上送报文的丢弃增长不超过 {most_grown} 个"
    return [passed("", said, *sources)]


def _name(row: ControlPlaneDrop) -> str:
    return f"{row.location} {row.protocol}".strip()


def _counts(rows: Sequence[ControlPlaneDrop]) -> dict[_Key, int]:
    """Drops of each kind; in bytes where the device counts nothing else."""
    found: dict[_Key, int] = defaultdict(int)
    for row in rows:
        if row.dropped is not None:
            found[_name(row), "packets"] += row.dropped
        elif row.dropped_bytes is not None:
            found[_name(row), "bytes"] += row.dropped_bytes
    return dict(found)


def _most(counts: Mapping[_Key, int]) -> dict[_Key, int]:
    """Those with the most drops, none that never dropped anything."""
    falling = sorted(((count, key) for key, count in counts.items() if count), reverse=True)
    return {key: count for count, key in falling[:_NAMED]}


def _named(most: Mapping[_Key, int]) -> str:
    named = [f"{name} {count} {_UNITS[unit]}" for (name, unit), count in most.items()]
    return f"累计丢弃最多的：{'、'.join(named)}" if named else "累计丢弃全部为 0"


def _grown(
    key: _Key, now: int, before: Sequence[tuple[Interval, Mapping[_Key, int]]], context: Context
) -> Iterator[_Over]:
    """How this counter grew over each interval, given with its first counts, for which that can be known."""
    for interval, then in before:
        grown = growth(now, then.get(key), interval.seconds, from_zero_s=since_start(context))
        if grown is not None:
            yield interval, grown


def _too_much(
    found: Mapping[_Key, Sequence[_Over]], seen: Mapping[str, Seen], context: Context
) -> Iterator[Result]:
    """Kinds of which too many packets were dropped, over whichever interval that is so."""
    least, limit = context.params["growth_min"], context.params["drops_per_hour_warn"]
    for (name, unit), grown in found.items():
        words = [
            f"{interval.words}丢弃 {growth.by} 个，每小时 {growth.per_hour:.3g}，门限 {limit:g}"
            for interval, growth in grown
            if unit == "packets" and growth.by >= least and growth.per_hour >= limit
        ]
        if words:
            yield failed(name, Severity.MAJOR, f"上送 CPU 的报文：{'；'.join(words)}", seen[name])


def _unknown(found: Mapping[_Key, Sequence[_Over]], seen: Mapping[str, Seen]) -> Iterator[Result]:
    """Kinds whose growth nobody can tell, in one result: a cleared counter comes with all the others."""
    names = [name for (name, _), grown in found.items() if not grown]
    if names:
        many = f"{'、'.join(names[:_NAMED])}{f' 等 {len(names)} 类' if len(names) > _NAMED else ''}"
        yield not_assessed(Reason.NOT_COLLECTED, f"{RESET}（{many}）", "", *(seen[name] for name in names))


def _in_bytes(found: Mapping[_Key, Sequence[_Over]], seen: Mapping[str, Seen]) -> Iterator[Result]:
    """What is counted in bytes alone is known to be few packets only where it did not grow."""
    for (name, unit), grown in found.items():
        more = [(interval, growth.by) for interval, growth in grown if unit == "bytes" and growth.by]
        if more:
            said = f"{more[0][0].words}丢弃 {more[0][1]} 字节"
            why = f"{said}；设备只按字节计，不能与按报文数的门限比较"
            yield not_assessed(Reason.UNSUPPORTED, why, name, seen[name])


@check("CTL-003", "attack_tracing")
def attack_sources(context: Context) -> list[Result]:
    """Sources of attacks that the device names; each by its address or, without one, its port."""
    row: AttackTracing = value_of(context.facts.attack_tracing)
    found: dict[str, list[AttackSource]] = defaultdict(list)
    for source in row.sources:
        found[_whom(source)].append(source)
    if found:
        return [_attacker(name, sources) for name, sources in found.items()]
    if not row.enabled:
        where = context.facts.attack_tracing.sources
        return [
            lacking(
                "", Severity.INFO, "没有启用攻击溯源或 ARP 攻击检测，受攻击时找不到来源", row.seen, *where
            )
        ]
    return [passed("", "攻击溯源已启用，当前没有攻击源", row.seen)]


def _whom(source: AttackSource) -> str:
    port = f"{source.interface} VLAN {source.vlan}" if source.vlan is not None else source.interface
    return source.mac or source.ip or port or "来源不明"


def _attacker(name: str, sources: Sequence[AttackSource]) -> Result:
    ports = dict.fromkeys(source.interface for source in sources if source.interface)
    kinds = dict.fromkeys(source.protocol for source in sources if source.protocol)
    packets = sum(source.packets for source in sources if source.packets is not None)
    said = [
        f"从 {'、'.join(ports)} 进入" if ports else "",
        f"{'、'.join(kinds)} 报文" if kinds else "",
        f"累计 {packets} 个" if packets else "",
    ]
    return failed(
        name,
        Severity.MAJOR,
        f"设备把 {name} 记为攻击源" + "".join(f"，{part}" for part in said if part),
        *(source.seen for source in sources),
    )
