from typing import Any

import pytest

from parsers.facts import LoopDetection, MacMove, Stp, StpPort
from tests.checks.case import SEEN, Case

PORT = "GigabitEthernet1/0/1"
ON = Stp(seen=SEEN, enabled=True, mode="mstp")
OFF = Stp(seen=SEEN, enabled=False, mode=None)


def blocked(name: str, why: str | None, gives: str, stp: Stp = ON, instance: int = 0) -> Case:
    ports = tuple(
        StpPort(seen=SEEN, name=PORT, role="DESI", state="DISCARDING", instance=number, protection=why)
        for number in range(instance + 1)
    )
    return Case(check="L2-003", name=name, facts={"stp": stp, "stp_ports": ports}, gives=(gives,))


def loop(name: str, gives: str, *ports: str, on: bool = True, role: str = "access") -> Case:
    facts = {"loop_detection": LoopDetection(seen=SEEN, enabled=on, looped_ports=ports)}
    return Case(check="L2-007", name=name, facts=facts, gives=(gives,), device={"role": role})


def moved(
    name: str, counts: tuple[int | None, ...], *gives: str, mac: str = "0000-5e00-53", **more: Any
) -> Case:
    rows = tuple(
        MacMove(seen=SEEN, mac=f"{mac}{number:02x}", vlan=10, count=count, last_at="2026-11-20 08:00:00")
        for number, count in enumerate(counts)
    )
    return Case(check="L2-008", name=name, facts={"mac_moves": rows}, gives=gives, **more)


VERDICTS = {
    "L2-003": "pass, major, not_applicable",
    "L2-007": "pass, major, minor lacking, not_applicable, no_baseline",
    "L2-008": "pass, major, unsupported",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    blocked("none", None, "pass"),
    blocked("root protection", "Root Protection", f"fail major {PORT}"),
    blocked("in two instances, reported once", "Loop Protection", f"fail major {PORT}", instance=1),
    blocked("no spanning tree", "Root Protection", "not_applicable", OFF),
    loop("on, none found", "pass"),
    loop("a loop", f"fail major {PORT}", PORT),
    loop("a loop in the core", f"fail major {PORT}", PORT, role="core"),
    loop("off at the edge", "fail minor", on=False),
    loop("off in the core", "not_applicable", on=False, role="core"),
    loop("off, nobody says where", "not_assessed no_baseline", on=False, role="unknown"),
    moved("never", (), "pass"),
    moved("seldom", (3, 9), "pass", says=("2 个 MAC", "9 次")),
    moved("often", (10, 1), "fail major 0000-5e00-5300 VLAN 10", says=("10 次", "2026-11-20")),
    moved("many, each seldom", (1,) * 10, "fail major", says=("10 个",)),
    moved("many, counts not printed", (None,) * 10, "fail major"),
    moved("few, counts not printed", (None, None), "not_assessed unsupported"),
    Case(
        check="L2-008",
        name="one address over several ports",
        facts={
            "mac_moves": tuple(
                MacMove(seen=SEEN, mac="0000-5e00-5301", vlan=10, count=6, last_at=time)
                for time in ("1", "2")
            )
        },
        gives=("fail major 0000-5e00-5301 VLAN 10",),
        says=("12 次",),
    ),
    moved("a virtual address", (99,), "pass", mac="0000-5e00-01"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
