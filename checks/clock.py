"""Time and its synchronisation."""

from datetime import datetime, timedelta, timezone

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Clock, Ntp, Reason

UNSYNCHRONISED_STRATUM = 16
"""Means "not synchronised" by RFC 5905, section 7.3."""


@check("NTP-001", "ntp")
def synchronisation(context: Context) -> list[Result]:
    """A source is configured, followed, and not too many servers away from a real clock."""
    row = value_of(context.facts.ntp)
    if not row.configured:
        return [failed("", Severity.MAJOR, "没有配置 NTP 时钟源", row.seen)]
    if not row.synchronized or row.stratum == UNSYNCHRONISED_STRATUM:
        return [failed("", Severity.MAJOR, "已配置 NTP 时钟源，但时钟未同步", row.seen)]
    most = context.params["stratum_max"]
    if row.stratum is None:
        return [passed("", "时钟已同步，设备未给出层数", row.seen)]
    if row.stratum > most:
        return [failed("", Severity.MINOR, f"时钟已同步，层数 {row.stratum}，超过门限 {most}", row.seen)]
    return [passed("", f"时钟已同步，层数 {row.stratum}", row.seen)]


@check("NTP-002", "ntp")
def sources(context: Context) -> list[Result]:
    """There is a second source to follow when the first one fails."""
    row: Ntp = value_of(context.facts.ntp)
    if not row.configured:
        return [not_applicable("没有配置 NTP 时钟源")]
    least = context.params["min_sources"]
    silent = [source for source in row.sources if source.reach == 0]
    usable = len(row.sources) - (len(silent) if row.synchronized else 0)
    said = f"NTP 时钟源 {len(row.sources)} 个"
    if silent and row.synchronized:
        said += f"，其中 {'、'.join(source.address for source in silent)} 没有应答"
    if usable < least:
        seen = [source.seen for source in row.sources] or [row.seen]
        return [lacking("", Severity.MINOR, f"{said}，可用的少于 {least} 个", *seen)]
    return [passed("", said, row.seen)]


@check("NTP-004", "clock")
def offset(context: Context) -> list[Result]:
    """The device's clock against ours, less what asking may have taken."""
    row: Clock = value_of(context.facts.clock)
    if row.asked_at is None or row.round_trip_s is None:
        why = "离线日志没有逐行时间戳：不知道何时询问，不能比较时钟"
        return [not_assessed(Reason.NOT_COLLECTED, why, "", row.seen)]
    device_time = _zoned(row.device_time, context.params["utc_offset_min"])
    if device_time is None:
        why = "设备时间没有时区，基线也未给出时区（utc_offset_min），不能换算"
        return [not_assessed(Reason.NO_BASELINE, why, "", row.seen)]
    ahead_s = _ahead_s((device_time - row.asked_at).total_seconds(), row.round_trip_s)
    crit, warn = context.params["offset_crit_s"], context.params["offset_warn_s"]
    said = f"设备时间比采集端{'快' if ahead_s >= 0 else '慢'} {_amount(abs(ahead_s))}"
    if abs(ahead_s) >= crit:
        return [failed("", Severity.MAJOR, f"{said}，达到重要门限 {crit:g} 秒", row.seen)]
    if abs(ahead_s) >= warn:
        return [failed("", Severity.MINOR, f"{said}，达到一般门限 {warn:g} 秒", row.seen)]
    return [passed("", f"{said}，低于门限 {warn:g} 秒", row.seen)]


def _amount(seconds: float) -> str:
    if seconds < 3600:
        return f"{seconds:.1f} 秒"
    return f"{seconds / 3600:.1f} 小时" if seconds < 86400 else f"{seconds / 86400:.1f} 天"


def _zoned(moment: datetime, offset_min: int | None) -> datetime | None:
    if moment.tzinfo is not None:
        return moment
    if offset_min is None:
        return None
    return moment.replace(tzinfo=timezone(timedelta(minutes=offset_min)))


def _ahead_s(since_asked_s: float, round_trip_s: float) -> float:
    """The least that the clock must be off, seconds, positive when it is fast.

    The device read its clock at some moment between question and full answer; anywhere in that
    span there is no difference to speak of.
    """
    if since_asked_s < 0:
        return since_asked_s
    return max(0.0, since_asked_s - round_trip_s)


@check("NTP-005", "clock")
def time_zone(context: Context) -> list[Result]:
    """The device's zone is that of the site, all the year."""
    row: Clock = value_of(context.facts.clock)
    wanted = context.params["utc_offset_min"]
    zone = row.device_time.utcoffset()
    if row.dst:
        return [failed("", Severity.MINOR, "夏令时正在生效，与不用夏令时的系统相差一小时", row.seen)]
    if zone is None:
        why = "设备没有显示时区，也没有显示与 UTC 的差"
        return [not_assessed(Reason.UNSUPPORTED, why, "", row.seen)]
    said = f"时区为 {_east(zone)}"
    if zone != timedelta(minutes=wanted):
        expected = _east(timedelta(minutes=wanted))
        return [failed("", Severity.MINOR, f"{said}，局点应为 {expected}", row.seen)]
    return [passed("", said, row.seen)]


def _east(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
