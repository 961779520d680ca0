from typing import Any, Literal

import pytest

from parsers.facts import Interface, Lag, LagMember, Stp
from tests.checks.case import SEEN, Case

Mode = Literal["stp", "rstp", "mstp", "pvst", "rapid-pvst", "vbst"]


def stp(
    name: str, mode: Mode | None, gives: str, *says: str, enabled: bool = True, instead: str = ""
) -> Case:
    facts = {"stp": Stp(seen=SEEN, enabled=enabled, mode=mode)}
    expect = {"stp_replaced_by": instead}
    return Case(check="L2-001", name=name, facts=facts, gives=(gives,), says=says, expect=expect)


def member(name: str, *, selected: bool = True, up: bool | None = True) -> LagMember:
    return LagMember(interface=name, selected=selected, oper_up=up)


def lag(name: str, members: tuple[LagMember, ...], *gives: str, up: bool | None = True, **more: Any) -> Case:
    shut = more.pop("shut", ())
    interfaces = tuple(
        Interface(seen=SEEN, name=n, kind="ethernet", admin_up=n not in shut, oper_up=True)
        for n in ("Eth-Trunk1", "10GE1/0/47", "10GE1/0/48")
    )
    row = Lag(seen=SEEN, name="Eth-Trunk1", mode="lacp", oper_up=up, members=members)
    return Case(
        check="L2-009", name=name, facts={"lags": (row,), "interfaces": interfaces}, gives=gives, **more
    )


A, B = member("10GE1/0/47"), member("10GE1/0/48")
A_DOWN, B_DOWN = (member(m.interface, selected=False, up=False) for m in (A, B))
GOOD_A, GOOD_B = "pass Eth-Trunk1 10GE1/0/47", "pass Eth-Trunk1 10GE1/0/48"
LOST_B = "fail major Eth-Trunk1 10GE1/0/48"
LOST = "fail critical Eth-Trunk1"
LEFT_OUT = "not_applicable Eth-Trunk1"

VERDICTS = {
    "L2-001": "pass, major, minor, not_applicable, unsupported",
    "L2-009": "pass, critical, major, not_applicable",
    "L2-010": "pass, minor, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def mode(name: str, how: Literal["static", "lacp"], gives: str, *members: LagMember) -> Case:
    row = Lag(seen=SEEN, name="Eth-Trunk1", mode=how, oper_up=True, members=members)
    return Case(check="L2-010", name=name, facts={"lags": (row,)}, gives=(gives,))


CASES = [
    mode("negotiated", "lacp", "pass Eth-Trunk1", A),
    mode("not negotiated", "static", "fail minor Eth-Trunk1", A),
    mode("empty", "static", "not_applicable"),
    stp("fast mode", "rstp", "pass", "RSTP"),
    stp("off", None, "fail major", "未启用", enabled=False),
    stp("slow mode", "stp", "fail minor", "802.1D"),
    stp("on, mode not printed", None, "not_assessed unsupported", "模式"),
    stp("another protocol stands in", None, "not_applicable", "ERPS", enabled=False, instead="ERPS"),
    lag("all selected", (A, B), GOOD_A, GOOD_B),
    lag("one down", (A, B_DOWN), GOOD_A, LOST_B, says=("成员down",)),
    lag("one not selected", (A, member(B.interface, selected=False)), GOOD_A, LOST_B, says=("未被选中",)),
    lag("selected, they say, but down", (A, member(B.interface, up=False)), GOOD_A, LOST_B),
    lag("state of the port not printed", (member(A.interface, up=None), B), GOOD_A, GOOD_B),
    lag("all down", (A_DOWN, B_DOWN), LOST, up=False, says=("聚合口 down", "2 个成员中 0 个")),
    lag("none selected", (A_DOWN, B_DOWN), LOST, up=None, says=("没有可用成员",)),
    lag("down as a whole", (A, B), LOST, up=False),
    lag("one shut by somebody", (A, B_DOWN), GOOD_A, shut=("10GE1/0/48",)),
    lag("all shut by somebody", (A_DOWN, B_DOWN), LEFT_OUT, up=False, shut=("10GE1/0/47", "10GE1/0/48")),
    lag("shut as a whole", (A_DOWN, B_DOWN), LEFT_OUT, up=False, shut=("Eth-Trunk1",)),
    lag("without members", (), LEFT_OUT, up=False),
    Case(check="L2-009", name="none", facts={"lags": (), "interfaces": ()}, gives=("not_applicable",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
