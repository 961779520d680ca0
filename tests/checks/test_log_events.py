from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from parsers.facts import ArpEntry, LogEvent
from tests.checks.case import SEEN, Case

END = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PORT = "GigabitEthernet1/0/7"


def event(
    hours_ago: float, mnemonic: str = "IFNET/PHY_UPDOWN", text: str = f"{PORT} changed to down."
) -> LogEvent:
    return LogEvent(
        seen=SEEN, time=END - timedelta(hours=hours_ago), severity=3, mnemonic=mnemonic, text=text
    )


QUIET = event(0, "SHELL/SHELL_LOGIN", "ops logged in")


def flaps(
    name: str, rows: tuple[LogEvent, ...], gives: str, *says: str, platform: str = "h3c_comware7"
) -> Case:
    return Case(
        check="IF-007", name=name, facts={"log_events": rows}, gives=(gives,), says=says, platform=platform
    )


def conflict(
    name: str, *gives: str, rows: tuple[LogEvent, ...] = (QUIET,), ips: int = 0, **more: Any
) -> Case:
    arp = tuple(
        ArpEntry(seen=SEEN, ip=f"192.0.2.{n}", mac="0000-5E00-5301", interface=PORT) for n in range(ips)
    )
    facts = {"log_events": rows, "arp": arp}
    platform = more.pop("platform", "huawei_vrp5")
    return Case(check="L3-010", name=name, facts=facts, gives=gives, platform=platform, **more)


TOLD = event(1, "ARP/ARP_DUPLICATE_IPADDR", "Received an ARP packet with a duplicate IP address 192.0.2.9")

VERDICTS = {
    "IF-007": "pass, major, not_collected, unsupported",
    "L3-010": "pass, major, minor, not_collected, unsupported",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    flaps("quiet", (QUIET, event(30)), "pass", "最多 0 次", "24.0 小时"),
    flaps("four times", (QUIET, *(event(n) for n in range(8))), "pass", "最多 8 次"),
    flaps("five times", (QUIET, *(event(n) for n in range(10))), f"fail major {PORT}", "10 次", "9.0 小时"),
    flaps("five times, but long ago", (QUIET, *(event(30 + n) for n in range(10))), "pass"),
    flaps("empty", (), "not_assessed not_collected"),
    flaps("messages of nobody knows what", (QUIET,), "not_assessed unsupported", platform="inspur_inos6"),
    conflict("none", "pass"),
    conflict("told of", "fail major log", rows=(QUIET, TOLD), says=("1 条", "192.0.2.9")),
    conflict("one for many", "fail minor 0000-5e00-5301", ips=50, says=("50 个",)),
    conflict("one for some", "pass", ips=49),
    conflict("a gateway for many", "pass", ips=50, params={"gateways": ("0000-5e00-5301",)}),
    conflict("no messages", "not_assessed not_collected", rows=()),
    conflict("unknown messages", "not_assessed unsupported", platform="inspur_inos6"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
