from datetime import datetime
from typing import Any

import pytest

from parsers.facts import (
    Clock,
    Cpu,
    LoginSession,
    Memory,
    Partial,
    ProcessLoad,
    Reason,
    Unknown,
    Uptime,
    Vty,
)
from tests.checks.case import NOW, SEEN, SOURCE, UNREAD, Case


def cpu(name: str, average: float | None, now: float | None, gives: str, *says: str) -> Case:
    row = Cpu(seen=SEEN, unit="Slot 0", used_5m_pct=average, used_now_pct=now)
    return Case(check="SYS-001", name=name, facts={"cpu": (row,)}, gives=(gives,), says=says)


def memory(name: str, pct: float, gives: str, *says: str) -> Case:
    row = Memory(seen=SEEN, unit="Slot 0", used_pct=pct)
    return Case(check="SYS-004", name=name, facts={"memory": (row,)}, gives=(gives,), says=says)


def peak(
    name: str, load: float, highest: float | None, gives: str, *says: str, at: str | None = "noon"
) -> Case:
    row = Cpu(seen=SEEN, unit="Slot 0", used_5m_pct=load, peak_pct=highest, peak_at=at)
    return Case(check="SYS-002", name=name, facts={"cpu": (row,)}, gives=(gives,), says=says)


def busy(name: str, load: float | None, processes: Any, *gives: str, **more: Any) -> Case:
    row = Cpu(seen=SEEN, unit="Slot 0", used_5m_pct=load, used_now_pct=20)
    facts = {"cpu": (row,), "processes": processes}
    return Case(check="SYS-003", name=name, facts=facts, gives=gives, **more)


def process(name: str, pct: float) -> ProcessLoad:
    return ProcessLoad(seen=SEEN, name=name, cpu_pct=pct)


def word(name: str, state: str | None, gives: str, *says: str) -> Case:
    row = Memory(seen=SEEN, unit="Slot 0", used_pct=50, state=state)
    return Case(check="SYS-005", name=name, facts={"memory": (row,)}, gives=(gives,), says=says)


def trend(name: str, *pct: float, gives: str, days: float = 400, **more: Any) -> Case:
    """The last value is that of today."""
    row = Memory(seen=SEEN, unit="Slot 0", used_pct=pct[-1])
    facts = {"memory": (row,), "uptime": Uptime(seen=SEEN, uptime_s=int(days * 86400))}
    series = {("memory_pct", "Slot 0"): pct[:-1]} if len(pct) > 1 else {}
    return Case(check="SYS-006", name=name, facts=facts, series=series, gives=(gives,), **more)


def logins(
    name: str, count: int, *gives: str, idle_s: int | None = 0, line: str = "VTY", **more: Any
) -> Case:
    rows = tuple(
        LoginSession(seen=SEEN, line=f"{line} {number}", user="ops", address=None, idle_s=idle_s)
        for number in range(count)
    )
    facts = {"login_sessions": rows, "vty": (LINES,)} | more.pop("facts", {})
    return Case(check="SYS-011", name=name, facts=facts, gives=gives, **more)


LINES = Vty(seen=SEEN, first=0, last=4, acl_in=None, protocols=("ssh",))
HARD = (process("FECD", 74), process("ARP", 1), process("idle", 40))
CLOCK = Clock(seen=SEEN, device_time=datetime(2026, 11, 20, 16, 0), asked_at=NOW, round_trip_s=0.1)  # noqa: DTZ001
UPTIME = Uptime(seen=SEEN, uptime_s=86400 * 10)

VERDICTS = {
    "SYS-001": "pass, major, minor, info, not_applicable, unsupported",
    "SYS-002": "pass, minor, not_applicable",
    "SYS-003": "info, not_applicable, unparsed, no_privilege",
    "SYS-004": "pass, major, minor, not_applicable",
    "SYS-005": "pass, critical, major, not_applicable, unparsed",
    "SYS-006": "pass, minor, not_applicable, no_baseline, not_collected",
    "SYS-011": "pass, minor, info, unparsed",
    "SYS-012": "pass",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    cpu("idle", 5, 90, "pass Slot 0", "5 分钟 CPU 利用率 5%", "60%"),
    cpu("just below", 59.9, None, "pass Slot 0"),
    cpu("busy", 60, None, "fail minor Slot 0", "达到一般门限 60%"),
    cpu("overloaded", 85, None, "fail major Slot 0", "5 分钟 CPU 利用率 85%，达到重要门限 80%"),
    cpu("only the present load", None, 10, "pass Slot 0", "瞬时"),
    cpu("busy at present", None, 60, "fail info Slot 0", "瞬时"),
    cpu("overloaded at present", None, 80, "fail minor Slot 0", "瞬时"),
    cpu("no load printed", None, None, "not_assessed unsupported Slot 0"),
    Case(check="SYS-001", name="no processor", facts={"cpu": ()}, gives=("not_applicable",)),
    Case(
        check="SYS-001",
        name="a customer's limits",
        facts={"cpu": (Cpu(seen=SEEN, unit="CPU", used_5m_pct=55),)},
        params={"warn_pct": 40, "crit_pct": 50},
        gives=("fail major CPU",),
        says=("50%",),
    ),
    memory("plenty left", 50, "pass Slot 0", "50%", "80%"),
    memory("getting tight", 84, "fail minor Slot 0", "内存利用率 84%，达到一般门限 80%"),
    memory("nearly full", 90, "fail major Slot 0"),
    Case(check="SYS-004", name="no memory", facts={"memory": ()}, gives=("not_applicable",)),
    peak("never busy", 5, 89, "pass Slot 0", "峰值 89%"),
    peak("once busy", 5, 90, "fail minor Slot 0", "90%", "noon"),
    peak("nobody says when", 5, 99, "fail minor Slot 0", "未给出", at=None),
    peak("busy now, which is told elsewhere", 60, 99, "pass Slot 0", "SYS-001"),
    peak("no history", 99, None, "not_applicable"),
    busy("idle", 10, HARD, "not_applicable"),
    busy("one process is at work", 85, HARD, "fail info FECD", says=("74%",)),
    busy("many are, none of them much", 85, (process("ARP", 29.9),), "not_applicable", says=("分散",)),
    busy("some were not read", 85, Partial((process("ARP", 1),), (UNREAD,)), "not_assessed unparsed"),
    busy(
        "nobody may look",
        85,
        Unknown(Reason.NO_PRIVILEGE, sources=(SOURCE,)),
        "not_assessed no_privilege",
        says=("账号权限不足",),
    ),
    busy("idle, so nobody need look", 10, Unknown(Reason.NO_PRIVILEGE), "not_applicable"),
    busy("only the present load", None, HARD, "not_applicable"),
    word("well", "Non-overload", "pass Slot 0"),
    word("a first warning", "Minor", "fail major Slot 0", "Minor"),
    word("out of memory", "OVERLOAD", "fail critical Slot 0"),
    word("a word nobody knows", "Odd", "not_assessed unparsed Slot 0"),
    word("says nothing", None, "not_applicable"),
    trend("rises fast", 50, 60, 70, gives="fail minor Slot 0", says=("由 50% 到 70%", "3.0 个月")),
    trend("rises slowly", 50, 51, 52, gives="pass Slot 0", says=("48.0 个月",)),
    trend("six months are left", 40, 50, 70, gives="pass Slot 0", params={"months_to_full_min": 1.9}),
    trend("exactly so many", 40, 50, 70, gives="fail minor Slot 0", params={"months_to_full_min": 2}),
    trend("fell once", 50, 49, 90, gives="pass Slot 0", says=("没有持续上升",)),
    trend("stays", 90, 90, 90, gives="pass Slot 0"),
    trend("one run is missing", 50, 90, gives="not_assessed no_baseline Slot 0", says=("还差 1 次",)),
    trend("the first", 90, gives="not_assessed no_baseline Slot 0", says=("还差 2 次",)),
    trend(
        "restarted in between",
        50,
        60,
        70,
        days=40,
        gives="not_assessed no_baseline Slot 0",
        says=("还差 1 次",),
    ),
    trend("no time", 50, 60, 70, gives="not_assessed not_collected", collected=False),
    Case(
        check="SYS-006",
        name="no memory",
        facts={"memory": (), "uptime": UPTIME},
        gives=("not_applicable",),
    ),
    logins("only ours", 1, "pass", says=("有 0 个", "共 5 条")),
    logins("three others", 4, "pass", says=("60%",)),
    logins("four others", 5, "fail minor", says=("80%",)),
    logins("pseudo terminals", 5, "fail minor", line="pts/"),
    logins("the console does not count", 5, "pass", line="con"),
    logins("left open", 1, "pass", "fail info VTY 0", idle_s=1801, says=("30 分钟", "ops")),
    logins("not yet", 1, "pass", idle_s=1800),
    logins("nobody knows how long", 1, "pass", idle_s=None),
    logins("no lines", 1, "not_assessed unparsed", facts={"vty": ()}),
    Case(
        check="SYS-012",
        name="noted down",
        facts={"clock": CLOCK, "uptime": UPTIME},
        gives=("pass",),
        says=("2026-11-20 16:00:00", "10.0 天"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
