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

EVERY_WAY = ("IFNET/PHY_UPDOWN", "IFNET/LINK_UPDOWN", "IFNET/PROTOCOL_UPDOWN", "LAGG/LAGG_INACTIVE_PHYSTATE")
WORDS = ("IF_DOWN_LINK_FAILURE", "IF_DOWN_INITIALIZING", "SPEED", "IF_DUPLEX", "IF_HARDWARE", "IF_UP")
"""What one flap makes the systems say."""

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
    flaps(
        "four times, each told in four ways",
        (QUIET, *(event(n, name) for n in range(8) for name in EVERY_WAY)),
        "pass",
        "最多 8 次",
    ),
    flaps(
        "twice on a system of many words",
        (QUIET, *(event(n, f"ETHPORT/{name}", "Interface Ethernet1/7 is") for n in (1, 2) for name in WORDS)),
        "pass",
        "最多 4 次",
        platform="inspur_inos_cn",
    ),
    flaps("empty", (), "not_assessed not_collected"),
    flaps("messages of nobody knows what", (QUIET,), "not_assessed unsupported", platform="inspur_inos6"),
    conflict("none", "pass"),
    conflict("told of", "fail major log", rows=(QUIET, TOLD), says=("1 条", "192.0.2.9")),
    *(
        conflict(f"told as {name}", "fail major log", rows=(QUIET, event(1, name)), platform=platform)
        for platform, name in (
            ("h3c_comware5", "ARP/DUPIFIP"),
            ("h3c_comware7", "ARP/DUPIP"),
            ("h3c_comware7", "ARP/DUPVRRPIP"),
            ("h3c_comware7", "ARP/ARP_USER_DUPLICATE_IPADDR_DETECT"),
            ("huawei_vrp5", "ARP/ARP_LOG_DUPLICATE_IPADDR_DETECT"),
            ("huawei_vrp8", "ARP/ARP_IP_CONFLICT_DETECT"),
            ("inspur_inos_cn", "ARP/DUP_SRC_IP"),
        )
    ),
    conflict("one for many", "fail minor 0000-5e00-5301", ips=50, says=("50 个",)),
    conflict("one for some", "pass", ips=49),
    conflict("a gateway for many", "pass", ips=50, params={"gateways": ("0000-5e00-5301",)}),
    conflict("no messages", "not_assessed not_collected", rows=()),
    conflict("unknown messages", "not_assessed unsupported", platform="inspur_inos6"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
