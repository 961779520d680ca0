from datetime import datetime

import pytest

from parsers.facts import Clock, Cpu, Memory, Uptime
from tests.checks.case import NOW, SEEN, Case


def cpu(name: str, average: float | None, now: float | None, gives: str, *says: str) -> Case:
    row = Cpu(seen=SEEN, unit="Slot 0", used_5m_pct=average, used_now_pct=now)
    return Case(check="SYS-001", name=name, facts={"cpu": (row,)}, gives=(gives,), says=says)


def memory(name: str, pct: float, gives: str, *says: str) -> Case:
    row = Memory(seen=SEEN, unit="Slot 0", used_pct=pct)
    return Case(check="SYS-004", name=name, facts={"memory": (row,)}, gives=(gives,), says=says)


CLOCK = Clock(seen=SEEN, device_time=datetime(2026, 11, 20, 16, 0), asked_at=NOW, round_trip_s=0.1)  # noqa: DTZ001
UPTIME = Uptime(seen=SEEN, uptime_s=86400 * 10)

VERDICTS = {
    "SYS-001": "pass, major, minor, info, not_applicable, unsupported",
    "SYS-004": "pass, major, minor, not_applicable",
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
