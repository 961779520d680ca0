"""Changes of the configuration that the log tells of, against the windows that were agreed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from checks.check import Context, check, value_of
from checks.log_digest import known_events
from checks.log_events import NO_WORDS, platform_of
from checks.verdict import Result, Severity, failed, not_assessed, passed
from collector.inventory import Site
from parsers.facts import LogEvent, Reason

SHOWN = 5


@check("CFG-007", "log_events")
def change_windows(context: Context) -> list[Result]:
    """Each record of a change within the days looked at lies in a maintenance window of the site.

    A time without a zone is taken for the site's; one with a zone is compared as it is.
    """
    site = context.fleet.site
    if site is None or not site.maintenance_windows:
        return [not_assessed(Reason.NO_BASELINE, "清单没有登记变更窗口（maintenance_windows），不能核对")]
    if context.collected_at is None:
        return [not_assessed(Reason.NOT_COLLECTED, "离线日志没有采集时间，不能确定检查的时间范围")]
    rows: Sequence[LogEvent] = value_of(context.facts.log_events)
    if not known_events(platform_of(context)):
        return [not_assessed(Reason.UNSUPPORTED, NO_WORDS, "", *context.facts.log_events.sources)]
    names = context.params["change_mnemonics"]
    since = context.collected_at - timedelta(days=context.params["window_d"])
    changes = [row for row in rows if row.mnemonic.lower() in names and _at(row, site) >= since]
    outside = [row for row in changes if not any(w.covers(_at(row, site)) for w in site.maintenance_windows)]
    said = f"近 {context.params['window_d']:g} 天内日志中有 {len(changes)} 条配置变更记录"
    if not outside:
        return [passed("", f"{said}，都在变更窗口之内", *context.facts.log_events.sources)]
    shown = "；".join(f"{row.time:%Y-%m-%d %H:%M} {row.mnemonic}" for row in outside[:SHOWN])
    more = " 等" if len(outside) > SHOWN else ""
    said += f"，{len(outside)} 条不在变更窗口之内：{shown}{more}"
    return [failed("", Severity.MINOR, said, *(row.seen for row in outside))]


def _at(row: LogEvent, site: Site) -> datetime:
    return row.time if row.time.tzinfo is not None else row.time.replace(tzinfo=site.zone)
