from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.verdict import Outcome
from parsers.facts import Clock, Ntp, NtpSource
from tests.checks.case import NOW, SEEN, Case


def ntp(name: str, gives: str, *says: str, **more: Any) -> Case:
    params = more.pop("params", {})
    row = Ntp(seen=SEEN, **({"configured": True, "synchronized": True, "stratum": 3} | more))
    return Case(check="NTP-001", name=name, facts={"ntp": row}, gives=(gives,), says=says, params=params)


def clock(ahead_s: float, *, hours_east: int = 0, trip_s: float = 0.0, naive: bool = False) -> Clock:
    time = (NOW + timedelta(seconds=ahead_s)).astimezone(timezone(timedelta(hours=hours_east)))
    time = time.replace(tzinfo=None) if naive else time
    return Clock(seen=SEEN, device_time=time, asked_at=NOW, round_trip_s=trip_s)


def offset(name: str, row: Clock, gives: str, *says: str, **params: Any) -> Case:
    return Case(check="NTP-004", name=name, facts={"clock": row}, gives=(gives,), says=says, params=params)


def sources(name: str, gives: str, *says: str, reach: tuple[int | None, ...], **more: Any) -> Case:
    found = tuple(
        NtpSource(seen=SEEN, address=f"192.0.2.{n}", selected=n == 0, reach=r) for n, r in enumerate(reach)
    )
    values: dict[str, Any] = {"configured": True, "synchronized": True, "sources": found}
    row = Ntp(seen=SEEN, **(values | more))
    return Case(check="NTP-002", name=name, facts={"ntp": row}, gives=(gives,), says=says)


def zone(name: str, row: Clock, gives: str, *says: str, **params: Any) -> Case:
    return Case(check="NTP-005", name=name, facts={"clock": row}, gives=(gives,), says=says, params=params)


VERDICTS = {
    "NTP-001": "pass, major, minor",
    "NTP-002": "pass, minor lacking, not_applicable",
    "NTP-005": "pass, minor, unsupported",
    "NTP-004": "pass, major, minor, no_baseline",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    ntp("synchronised", "pass", "层数 3"),
    ntp("no source", "fail major", "没有配置", configured=False, synchronized=False, stratum=None),
    ntp("not synchronised", "fail major", "未同步", synchronized=False, stratum=16),
    ntp("synchronised, they say, at 16", "fail major", "未同步", stratum=16),
    ntp("just near enough", "pass", stratum=8),
    ntp("too far from a real clock", "fail minor", "层数 9，超过门限 8", stratum=9),
    ntp("a customer's limit", "fail minor", stratum=4, params={"stratum_max": 3}),
    ntp("stratum not printed", "pass", "未给出层数", stratum=None),
    sources("two", "pass", "2 个", reach=(255, None)),
    sources("one", "fail minor", "少于 2 个", reach=(255,)),
    sources("one of two is silent", "fail minor", "192.0.2.1 没有应答", reach=(255, 0)),
    sources("silent both, which is another matter", "pass", reach=(0, 0), synchronized=False),
    sources("none", "not_applicable", reach=(), configured=False),
    zone("Beijing", clock(0, hours_east=8), "pass", "UTC+08:00"),
    zone("UTC", clock(0), "fail minor", "UTC+00:00", "UTC+08:00"),
    zone("west", clock(0, hours_east=-5), "fail minor", "UTC-05:00"),
    zone("a site elsewhere", clock(0, hours_east=7), "pass", utc_offset_min=420),
    zone("summer time", replace(clock(0, hours_east=8), dst=True), "fail minor", "夏令时"),
    zone("no zone", clock(0, naive=True), "not_assessed unsupported"),
    offset("in step", clock(0), "pass", "0.0 秒"),
    offset("in another zone", clock(0, hours_east=8), "pass", "0.0 秒"),
    offset("a little fast", clock(5), "fail minor", "快 5.0 秒", "5 秒"),
    offset("a little slow", clock(-5), "fail minor", "慢 5.0 秒"),
    offset("nearly a little slow", clock(-4.9), "pass"),
    offset("just far ahead", clock(60), "fail major"),
    offset("far ahead", clock(90), "fail major", "快 90.0 秒，达到重要门限 60 秒"),
    offset("far behind", clock(-3600), "fail major", "慢 1.0 小时"),
    offset("reset to its birthday", clock(-86400 * 1000), "fail major", "慢 1000.0 天"),
    offset("asking took long", clock(9, trip_s=6), "pass", "快 3.0 秒"),
    offset("anywhere within asking", clock(3, trip_s=6), "pass", "0.0 秒"),
    offset("asking took long, but it is slow", clock(-6, trip_s=6), "fail minor", "慢 6.0 秒"),
    offset("a customer's limits", clock(3), "fail major", offset_warn_s=1.0, offset_crit_s=2.0),
    offset("no zone", clock(0, naive=True), "not_assessed no_baseline", "utc_offset_min"),
    offset("zone from the baseline", clock(0, hours_east=8, naive=True), "pass", utc_offset_min=480),
    offset(
        "zone from the baseline, and off",
        clock(90, hours_east=8, naive=True),
        "fail major",
        utc_offset_min=480,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()


@given(st.floats(-1e5, 1e5), st.floats(0, 60))
def test_a_longer_answer_never_makes_the_clock_look_worse(ahead_s: float, trip_s: float) -> None:
    outcomes = [
        offset("", clock(ahead_s, trip_s=trip), "").results()[0].outcome is Outcome.FAIL
        for trip in (0.0, trip_s)
    ]
    assert outcomes in ([True, True], [True, False], [False, False])
