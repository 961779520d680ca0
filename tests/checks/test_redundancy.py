from typing import Any, Literal

import pytest

from parsers.facts import Mad, Reason, Stack, StackMember, StackPort, Unknown
from tests.checks.case import SEEN, Case


def member(number: int, role: Literal["master", "standby", "slave"], state: str | None = None) -> StackMember:
    return StackMember(seen=SEEN, member=number, role=role, state=state)


def stack(*members: StackMember) -> dict[str, Any]:
    return {"stack": Stack(enabled=len(members) > 1, members=members)}


def ha(name: str, facts: dict[str, Any], *gives: str, **more: Any) -> Case:
    return Case(check="HA-001", name=name, facts=facts, gives=gives, **more)


def pair(*priorities: int | None, topology: Literal["ring", "chain"] | None = None) -> Stack:
    """A stack of members 1 and 2 with these priorities."""
    roles: tuple[Literal["master", "standby"], ...] = ("master", "standby")
    members = tuple(
        StackMember(seen=SEEN, member=number, role=role, priority=priority)
        for number, (role, priority) in enumerate(zip(roles, priorities, strict=True), 1)
    )
    return Stack(enabled=True, members=members, topology=topology)


def cables(name: str, stacked: Stack, up: tuple[bool, ...], *gives: str, **more: Any) -> Case:
    ports = tuple(StackPort(seen=SEEN, name=f"port {n}", up=is_up) for n, is_up in enumerate(up, 1))
    facts = {"stack": stacked, "stack_ports": ports}
    return Case(check="HA-002", name=name, facts=facts, gives=gives, **more)


def priorities(name: str, stacked: Stack, gives: str, *says: str, master: int | None = None) -> Case:
    expect = {"stack_master": master}
    return Case(check="HA-003", name=name, facts={"stack": stacked}, gives=(gives,), says=says, expect=expect)


def split(name: str, stacked: Stack, gives: str, *says: str, faulty: bool | None, modes: str = "") -> Case:
    facts = {"stack": stacked, "mad": Mad(seen=SEEN, modes=tuple(modes.split()), faulty=faulty)}
    return Case(check="HA-004", name=name, facts=facts, gives=(gives,), says=says)


TWO_MEMBERS, ONE_MEMBER = pair(32, 1), Stack(enabled=False, members=())
M1, S2 = member(1, "master"), member(2, "standby")
G1, G2 = "pass member 1", "pass member 2"
TWO = {"stack_members": 2}
JOINING = member(2, "standby", "Loading")

VERDICTS = {
    "HA-001": "pass, critical, critical lacking, info, not_applicable, unparsed",
    "HA-002": "pass, critical, critical lacking, major, not_applicable, unsupported",
    "HA-003": "pass, minor, info, not_applicable, unsupported",
    "HA-004": "pass, critical lacking, major, not_applicable",
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
    cables("both up", TWO_MEMBERS, (True, True), "pass port 1", "pass port 2"),
    cables(
        "one down", TWO_MEMBERS, (True, False), "pass port 1", "fail critical port 2", says=("全部 down",)
    ),
    cables("none listed", TWO_MEMBERS, (), "fail critical"),
    cables("not stacked", ONE_MEMBER, (), "not_applicable"),
    cables(
        "a ring, as planned",
        pair(32, 1, topology="ring"),
        (True,),
        "pass port 1",
        "pass topology",
        expect={"stack_topology": "ring"},
    ),
    cables(
        "a chain where a ring is planned",
        pair(32, 1, topology="chain"),
        (True,),
        "pass port 1",
        "fail major topology",
        expect={"stack_topology": "ring"},
        says=("链形",),
    ),
    cables(
        "a chain, as planned",
        pair(32, 1, topology="chain"),
        (True,),
        "pass port 1",
        "pass topology",
        expect={"stack_topology": "chain"},
    ),
    cables(
        "shape not printed",
        TWO_MEMBERS,
        (True,),
        "pass port 1",
        "not_assessed unsupported topology",
        expect={"stack_topology": "ring"},
    ),
    priorities("different", TWO_MEMBERS, "pass", "成员 1 为 32"),
    priorities("all alike", pair(1, 1), "fail minor", "相同"),
    priorities("the planned one is lower", TWO_MEMBERS, "fail info", "成员 2", master=2),
    priorities("the planned one is highest", TWO_MEMBERS, "pass", master=1),
    priorities("not printed", pair(32, None), "not_assessed unsupported"),
    priorities("not stacked", ONE_MEMBER, "not_applicable"),
    split("none", TWO_MEMBERS, "fail critical", "2 台", faulty=None),
    split("works", TWO_MEMBERS, "pass", "BFD", faulty=False, modes="bfd"),
    split("does not work", TWO_MEMBERS, "fail major", "LACP", faulty=True, modes="lacp"),
    split("state not printed", TWO_MEMBERS, "pass", "不给出", faulty=None, modes="direct"),
    split("not stacked", ONE_MEMBER, "not_applicable", faulty=None),
    ha("still joining", stack(M1, JOINING), G1, "fail critical member 2", previous=stack(M1, JOINING)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
