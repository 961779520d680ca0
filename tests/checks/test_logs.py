from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from parsers.facts import Clock, InfoCenter, LogEvent, LogHost, Reason, Unknown
from tests.checks.case import NOW, SEEN, Case

EAST = timezone(timedelta(hours=8))


def event(days_ago: float, severity: int, mnemonic: str = "DEV/FAN_FAIL", zone: Any = UTC) -> LogEvent:
    time = (NOW - timedelta(days=days_ago)).astimezone(zone or UTC)
    if zone is None:
        time = time.replace(tzinfo=None)
    return LogEvent(seen=SEEN, time=time, severity=severity, mnemonic=mnemonic, text="")


def clock(ahead: timedelta = timedelta(), *, zone: bool = True) -> Clock:
    time = NOW + ahead
    return Clock(
        seen=SEEN, device_time=time if zone else time.replace(tzinfo=None), asked_at=NOW, round_trip_s=0.1
    )


def logs(name: str, rows: tuple[LogEvent, ...], gives: str, *says: str, **more: Any) -> Case:
    facts = {"log_events": rows, "clock": more.pop("clock", clock())}
    return Case(check="LOG-001", name=name, facts=facts, gives=(gives,), says=says, **more)


def host(level: int | None = None) -> LogHost:
    return LogHost(seen=SEEN, address="192.0.2.99", level=level)


def servers(name: str, hosts: tuple[LogHost, ...], gives: str, *says: str, **more: Any) -> Case:
    row = InfoCenter(seen=SEEN, enabled=more.pop("enabled", True), hosts=hosts)
    return Case(check="LOG-003", name=name, facts={"info_center": row}, gives=(gives,), says=says, **more)


OLD = event(40, 6)
NO_CLOCK = Unknown(Reason.REFUSED, "")
ERRORS = tuple(event(day / 2, 3, "IFNET/LINK") for day in range(20))

VERDICTS = {
    "LOG-001": "pass, major, minor, not_collected",
    "LOG-002": "pass, not_collected",
    "LOG-003": "pass, major, major lacking, minor",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    logs("quiet", (OLD, event(1, 6)), "pass", "0～2 级事件 0 条"),
    logs("one severe event", (OLD, event(1, 2)), "fail major", "1 条（DEV/FAN_FAIL 1）", "门限 1 条"),
    logs("as bad as can be", (OLD, event(1, 0)), "fail major"),
    logs("long ago", (OLD, event(31, 2)), "pass"),
    logs("just within the window", (OLD, event(30, 2)), "fail major"),
    logs("a customer's window", (OLD, event(8, 2)), "pass", params={"window_d": 7.0}),
    logs("many errors", (OLD, *ERRORS), "fail minor", "3 级事件 20 条（IFNET/LINK 20）"),
    logs("not quite so many", (OLD, *ERRORS[1:]), "pass", "19 条"),
    logs("warnings do not count", (OLD, *(event(1, 4) for _ in range(30))), "pass"),
    logs("known to be harmless", (OLD, event(1, 2)), "pass", params={"whitelist": ("DEV/FAN_FAIL",)}),
    logs("less than the window", (event(3, 6), event(1, 6)), "pass", "只覆盖最近 3.0 天"),
    logs("nothing at all", (), "not_assessed not_collected", "为空"),
    logs("by the device's clock", (OLD, event(31, 2)), "fail major", clock=clock(timedelta(days=-2))),
    logs("no zone anywhere", (OLD, event(1, 2, zone=None)), "fail major", clock=clock(zone=False)),
    logs("records without zone", (event(40, 6, zone=None), event(31, 2, zone=None)), "pass"),
    logs("records with a zone", (OLD, event(31, 2, zone=EAST)), "pass"),
    logs("clock unknown", (OLD, event(1, 2)), "fail major", "设备时钟未知", clock=NO_CLOCK),
    logs("no clock, long ago", (event(31, 2),), "not_assessed not_collected", "无从判断", clock=NO_CLOCK),
    logs(
        "clock unknown, many errors long ago",
        tuple(event(31 + day, 3) for day in range(20)),
        "not_assessed not_collected",
        clock=NO_CLOCK,
    ),
    logs("clock unknown, few errors long ago", (event(31, 3),), "pass", clock=NO_CLOCK),
    logs("clock unknown and no zone", (event(40, 6, zone=None),), "pass", "设备时钟未知", clock=NO_CLOCK),
    Case(
        check="LOG-002",
        name="what there is most of",
        facts={"log_events": (event(1, 6, "A/B"), event(1, 6, "A/B"), event(2, 3, "C/D"))},
        gives=("pass",),
        says=("共 3 条", "A/B 2 条（67%）、C/D 1 条（33%）"),
    ),
    Case(
        check="LOG-002",
        name="an empty buffer",
        facts={"log_events": ()},
        gives=("not_assessed not_collected",),
        says=("为空",),
    ),
    servers("one server", (host(),), "pass", "日志主机 1 个", "缺省值"),
    servers("none", (), "fail major", "0 个", "1 个"),
    servers("logging off", (host(),), "fail major", "关闭", enabled=False),
    servers("too few for this customer", (host(),), "fail major", params={"min_hosts": 2}),
    servers("only the severest are sent", (host(3),), "fail minor", "最宽为 3"),
    servers("one server gets all", (host(2), host(6)), "pass", "最宽为 6"),
    servers("one server gets the default", (host(2), host()), "pass"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()


def test_evidence_is_the_events_that_count() -> None:
    case = logs("", (OLD, event(1, 2), event(2, 1)), "fail major")
    assert len(case.results()[0].seen) == 2


def test_datetime_is_the_devices_wall_clock_when_it_has_no_zone() -> None:
    naive = datetime(2026, 11, 20, 16, 0)  # noqa: DTZ001 - east of UTC, and the device does not say so
    row = LogEvent(seen=SEEN, time=naive - timedelta(days=29.9), severity=2, mnemonic="A/B", text="")
    east = Clock(seen=SEEN, device_time=naive, asked_at=NOW, round_trip_s=0)
    logs("", (row, OLD), "fail major", clock=east).hold()
