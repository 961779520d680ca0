from typing import Any

import pytest

from parsers.facts import (
    AttackSource,
    AttackTracing,
    ControlPlaneDrop,
    Location,
    Partial,
    Reason,
    Unknown,
    Uptime,
)
from tests.checks.case import SEEN, UNREAD, Case

VERDICTS = {
    "CTL-002": "pass, major, not_collected, unsupported",
    "CTL-003": "pass, major, info lacking",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

DAY = 86400
UP = {"uptime": Uptime(seen=SEEN, uptime_s=400 * DAY)}
SLOT = Location(slot="1")


def dropped(protocol: str, packets: int | None, octets: int | None = None, at: Location = SLOT) -> Any:
    return ControlPlaneDrop(seen=SEEN, location=at, protocol=protocol, dropped=packets, dropped_bytes=octets)


def drops(
    name: str, now: tuple[Any, ...], then: Any, gives: tuple[str, ...], *says: str, **more: Any
) -> Case:
    """`then` is 30 seconds before; None: asked once."""
    sample = None if then is None else {"control_plane_drops": then}
    facts = {"control_plane_drops": now} | more.pop("facts", UP)
    return Case(check="CTL-002", name=name, facts=facts, sample=sample, gives=gives, says=says, **more)


def arp(packets: int | None) -> Any:
    return dropped("arp-request", packets)


def tracing(
    name: str, sources: tuple[AttackSource, ...], gives: tuple[str, ...], *says: str, on: bool = True
) -> Case:
    row = AttackTracing(seen=SEEN, enabled=on, sources=sources)
    return Case(check="CTL-003", name=name, facts={"attack_tracing": row}, gives=gives, says=says)


def source(**known: Any) -> AttackSource:
    return AttackSource(seen=SEEN, location=SLOT, **known)


CASES = [
    drops(
        "nothing grew",
        (arp(5000), dropped("bgp", 0)),
        (arp(5000), dropped("bgp", 0)),
        ("pass",),
        "不超过 0 个",
    ),
    drops(
        "quiet on both",
        (arp(5000), dropped("arp-request", 40, at=Location(slot="2"))),
        (arp(5000), dropped("arp-request", 9, at=Location(slot="2"))),
        ("pass",),
        "slot 1、slot 2 各类上送报文的丢弃增长不超过 31 个",
    ),
    drops(
        "just too much",
        (arp(5100),),
        (arp(5000),),
        ("fail major slot 1 arp-request",),
        "100 个",
        "每小时 1.2e+04",
    ),
    drops("too few to judge", (arp(5099),), (arp(5000),), ("pass",), "不超过 99 个"),
    drops("many, but slowly", (arp(5999),), (arp(5000),), ("pass",), "不超过 999 个", sample_s=3600),
    drops("at the limit", (arp(6000),), (arp(5000),), ("fail major slot 1 arp-request",), sample_s=3600),
    drops(
        "each slot by itself",
        (
            arp(900),
            dropped("arp-request", 40, at=Location(slot="2")),
            dropped("arp-request", 7000, at=Location()),
        ),
        (arp(0), dropped("arp-request", 40, at=Location(slot="2")), dropped("arp-request", 0, at=Location())),
        ("fail major slot 1 arp-request", "fail major arp-request"),
    ),
    drops(
        "asked once: the five largest",
        tuple(dropped(f"kind-{number}", number) for number in range(7)),
        None,
        ("not_assessed not_collected",),
        "只有一次采样",
        "slot 1 kind-6 6 个、slot 1 kind-5 5 个、slot 1 kind-4 4 个、slot 1 kind-3 3 个、slot 1 kind-2 2 个",
    ),
    drops("asked once: nothing", (arp(0),), None, ("not_assessed not_collected",), "累计丢弃全部为 0"),
    drops(
        "asked once, counted in bytes",
        (dropped("c", None, 6400),),
        None,
        ("not_assessed not_collected",),
        "slot 1 c 6400 字节",
    ),
    drops(
        "cleared or wrapped",
        (arp(3),),
        (arp(5000),),
        ("not_assessed not_collected",),
        "清零或回绕",
        "arp-request",
    ),
    drops(
        "one cleared, another flooded",
        (arp(3), dropped("icmp", 900)),
        (arp(5000), dropped("icmp", 0)),
        ("fail major slot 1 icmp", "not_assessed not_collected"),
    ),
    drops(
        "new since", (arp(3), dropped("icmp", 0)), (arp(3),), ("not_assessed not_collected",), "slot 1 icmp"
    ),
    drops(
        "started in between",
        (arp(700),),
        (arp(5000),),
        ("fail major slot 1 arp-request",),
        "700 个",
        facts={"uptime": Uptime(seen=SEEN, uptime_s=20)},
    ),
    drops(
        "since the last inspection",
        (arp(900_000),),
        None,
        ("fail major slot 1 arp-request",),
        "30.0 天",
        previous={"control_plane_drops": (arp(0),)},
        previous_days=30,
    ),
    drops(
        "cleared since the last inspection, quiet now",
        (arp(10),),
        (arp(10),),
        ("pass",),
        "不超过 0 个",
        previous={"control_plane_drops": (arp(900_000),)},
        previous_days=30,
    ),
    drops("no counter", (), (), ("not_assessed unsupported",), "厂家缺省策略"),
    drops(
        "bytes that grew",
        (dropped("c", None, 9000),),
        (dropped("c", None, 0),),
        ("not_assessed unsupported slot 1 c",),
    ),
    drops("bytes that did not", (dropped("c", None, 9),), (dropped("c", None, 9),), ("pass",), "不超过 0 个"),
    tracing("on and quiet", (), ("pass",), "没有攻击源"),
    tracing("off", (), ("fail info",), "没有启用", on=False),
    tracing(
        "by every name",
        (
            source(mac="0000-5e00-5361", interface="GE0/0/9", vlan=20, protocol="ARP", packets=1744),
            source(mac="0000-5e00-5361", interface="GE0/0/8", vlan=20, packets=6),
            source(ip="203.0.113.77", packets=811),
            source(interface="GE0/0/9", vlan=20, packets=902),
            source(interface="GE0/0/4"),
        ),
        (
            "fail major 0000-5e00-5361",
            "fail major 203.0.113.77",
            "fail major GE0/0/9 VLAN 20",
            "fail major GE0/0/4",
        ),
        "从 GE0/0/9、GE0/0/8 进入，ARP 报文，累计 1750 个",
    ),
    tracing("found although now off", (source(ip="203.0.113.77"),), ("fail major 203.0.113.77",), on=False),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()


def test_an_attacker_is_named_though_some_lines_were_not_understood() -> None:
    row = AttackTracing(seen=SEEN, enabled=True, sources=(source(ip="203.0.113.77"),))
    Case(
        check="CTL-003",
        name="partly",
        facts={"attack_tracing": Partial(row, (UNREAD,))},
        gives=("fail major 203.0.113.77",),
    ).hold()


def test_an_earlier_answer_that_failed_is_no_sample() -> None:
    Case(
        check="CTL-002",
        name="earlier refused",
        facts={"control_plane_drops": (arp(5),)} | UP,
        sample={"control_plane_drops": Unknown(Reason.TIMED_OUT)},
        gives=("not_assessed not_collected",),
        says=("只有一次采样",),
    ).hold()
