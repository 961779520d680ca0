"""What the log tells of links and addresses, by the kinds of messages that are known."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from checks.check import Context, check, value_of
from checks.log_digest import Kind, known_events
from checks.verdict import Result, Severity, failed, not_assessed, passed
from parsers.facts import ArpEntry, LogEvent, Reason, Unknown

EMPTY = "日志缓冲区为空，没有记录可以判断"
NO_WORDS = "该平台的日志事件没有收录，不能分类"


def _of_kind(rows: Iterable[LogEvent], kind: Kind, platform_id: str) -> list[LogEvent]:
    known = known_events(platform_id)
    return [row for row in rows if row.mnemonic in known and known[row.mnemonic][0] == kind]


def platform_of(context: Context) -> str:
    """Id of the platform of the device; empty where it is not known."""
    member = context.fleet.get(context.device.name)
    return "" if member is None else member.platform or ""


def _gap(context: Context) -> Result | None:
    """Why the log says nothing; None where it does."""
    sources = context.facts.log_events.sources
    if not value_of(context.facts.log_events):
        return not_assessed(Reason.NOT_COLLECTED, EMPTY, "", *sources)
    if not known_events(platform_of(context)):
        return not_assessed(Reason.UNSUPPORTED, NO_WORDS, "", *sources)
    return None


def _recent(rows: Sequence[LogEvent], hours: float) -> tuple[list[LogEvent], float]:
    """Messages of the last hours up to the newest, and how many hours the buffer covers of them."""
    times = [row.time.replace(tzinfo=None) for row in rows]
    span = timedelta(hours=hours)
    recent = [row for row, time in zip(rows, times, strict=True) if max(times) - time <= span]
    return recent, min(hours, (max(times) - min(times)).total_seconds() / 3600)


@check("IF-007", "log_events")
def flapping(context: Context) -> list[Result]:
    """Ports that went up and down again and again within the hours before the newest message."""
    gap = _gap(context)
    if gap is not None:
        return [gap]
    params = context.params
    recent, covered = _recent(value_of(context.facts.log_events), params["window_h"])
    changes: dict[str, list[LogEvent]] = {}
    for row in _of_kind(recent, "link", platform_of(context)):
        for name in row.interfaces:
            changes.setdefault(name, []).append(row)
    note = f"（日志覆盖 {covered:.1f} 小时）"
    results = [
        failed(name, Severity.MAJOR, f"状态变化 {len(rows)} 次{note}", *(row.seen for row in rows))
        for name, rows in changes.items()
        # Each time it goes down it also comes up.
        if len(rows) >= 2 * params["flaps_warn"]
    ]
    most = max((len(rows) for rows in changes.values()), default=0)
    sources = context.facts.log_events.sources
    return results or [passed("", f"接口状态变化最多 {most} 次{note}，未达门限", *sources)]


@check("L3-010", "log_events", also=("arp",))
def address_conflicts(context: Context) -> list[Result]:
    """Conflicts that the log tells of; MAC addresses that answer for many IP addresses."""
    gap = _gap(context)
    if gap is not None:
        return [gap]
    conflicts = _of_kind(value_of(context.facts.log_events), "conflict", platform_of(context))
    results = []
    if conflicts:
        last = max(conflicts, key=lambda row: row.time.replace(tzinfo=None))
        said = f"日志有 {len(conflicts)} 条地址冲突记录，最近一条：{last.text[:80]}"
        results.append(failed("log", Severity.MAJOR, said, *(row.seen for row in conflicts)))
    results += _greedy(context)
    sources = context.facts.log_events.sources
    return results or [passed("", "日志没有地址冲突记录", *sources)]


def _greedy(context: Context) -> list[Result]:
    fact = context.facts.arp
    rows: Sequence[ArpEntry] = () if isinstance(fact, Unknown) else fact.value
    by_mac: dict[str, list[ArpEntry]] = {}
    for row in rows:
        by_mac.setdefault(row.mac.lower(), []).append(row)
    limit, spared = context.params["ip_per_mac_warn"], set(context.params["gateways"])
    return [
        failed(
            mac,
            Severity.MINOR,
            f"同一 MAC 对应 {len(found)} 个 IP，门限 {limit} 个",
            *(r.seen for r in found[:8]),
        )
        for mac, found in by_mac.items()
        if len(found) >= limit and mac not in spared
    ]
