from typing import Any, Literal

import pytest

from parsers.facts import Reason, Stack, StackMember, Unknown
from tests.checks.case import SEEN, Case


def member(number: int, role: Literal["master", "standby", "slave"], state: str | None = None) -> StackMember:
    return StackMember(seen=SEEN, member=number, role=role, state=state)


def stack(*members: StackMember) -> dict[str, Any]:
    return {"stack": Stack(enabled=len(members) > 1, members=members)}


def ha(name: str, facts: dict[str, Any], *gives: str, **more: Any) -> Case:
    return Case(check="HA-001", name=name, facts=facts, gives=gives, **more)


M1, S2 = member(1, "master"), member(2, "standby")
G1, G2 = "pass member 1", "pass member 2"
TWO = {"stack_members": 2}
JOINING = member(2, "standby", "Loading")

VERDICTS = {
    "HA-001": "pass, critical, critical lacking, info, not_applicable, unparsed",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    ha("both there", stack(M1, S2), G1, G2, expect=TWO, says=("master",)),
    ha("both there, nobody asked for it", stack(M1, S2), G1, G2),
    ha("alone, as nobody expects otherwise", stack(M1), "not_applicable"),
    ha("no stack at all", stack(), "not_applicable"),
    ha("one is missing", stack(M1), "fail critical", G1, expect=TWO, says=("1 台", "基线要求 2 台")),
    ha("all are missing", stack(), "fail critical", expect=TWO, says=("0 台",)),
    ha("one since gone", stack(M1), "fail critical", G1, previous=stack(M1, S2), says=("上次巡检为 2 台",)),
    ha("the inventory comes first", stack(M1), G1, previous=stack(M1, S2), expect={"stack_members": 1}),
    ha("alone then as now", stack(M1), "not_applicable", previous=stack(M1)),
    ha("unknown then", stack(M1), "not_applicable", previous={"stack": Unknown(Reason.CUT)}),
    ha("no master", stack(member(1, "standby"), S2), "fail critical", G1, G2, says=("主设备 0 台",)),
    ha("two masters", stack(M1, member(2, "master")), "fail critical", G1, G2, says=("主设备 2 台",)),
    ha("ready", stack(M1, member(2, "standby", "Ready")), G1, G2, says=("Ready",)),
    ha("broken", stack(M1, member(2, "standby", "Faulty")), G1, "fail critical member 2", says=("Faulty",)),
    ha("a word nobody knows", stack(M1, member(2, "slave", "Odd")), G1, "not_assessed unparsed member 2"),
    ha("joining", stack(M1, JOINING), G1, "fail info member 2", says=("复查",)),
    ha("joining, then in order", stack(M1, JOINING), G1, "fail info member 2", previous=stack(M1, S2)),
    ha("still joining", stack(M1, JOINING), G1, "fail critical member 2", previous=stack(M1, JOINING)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
