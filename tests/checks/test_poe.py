from typing import Any

import pytest

from parsers.facts import Location, Poe, PoePort
from tests.checks.case import SEEN, Case


def unit(used: float | None, budget: float | None, *states: str) -> Poe:
    ports = tuple(
        PoePort(seen=SEEN, interface=f"GE1/0/{number}", state=state)
        for number, state in enumerate(states, start=1)
    )
    return Poe(seen=SEEN, location=Location(slot="1"), budget_w=budget, used_w=used, ports=ports)


def poe(name: str, rows: tuple[Poe, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-015", name=name, facts={"poe": rows}, gives=gives, **more)


VERDICTS = {"HW-015": "pass, major, minor, not_applicable, unsupported, unparsed"}

CASES = [
    poe("little is used", (unit(8.4, 180.0, "Delivering Power", "Searching", "Disabled"),), "pass slot 1"),
    poe("words of another vendor", (unit(8.4, 180.0, "Powered", "Detecting"),), "pass slot 1"),
    poe("at the warning limit", (unit(144, 180),), "fail minor slot 1", says=("80%", "144 W")),
    poe("at the critical limit", (unit(171, 180),), "fail major slot 1", says=("95%",)),
    poe("a port in fault", (unit(1, 180, "Fault", "Powered"),), "pass slot 1", "fail minor GE1/0/1"),
    poe("a port is refused", (unit(1, 180, "Power-deny"),), "pass slot 1", "fail minor GE1/0/1"),
    poe("a word nobody knows", (unit(1, 180, "Odd"),), "pass slot 1", "not_assessed unparsed GE1/0/1"),
    poe("no budget", (unit(1, None),), "not_assessed unsupported slot 1"),
    poe("nothing used is printed", (unit(None, 180),), "not_assessed unsupported slot 1"),
    poe("feeds nobody", (), "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
