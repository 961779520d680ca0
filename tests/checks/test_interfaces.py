from dataclasses import replace
from typing import Any

import pytest

from parsers.facts import ErrDisabled, Interface, Lag, LagMember, LldpNeighbor, Reason, Unknown
from tests.checks.case import SEEN, Case

PORT = "Ten-GigabitEthernet1/0/1"


def port(name: str = PORT, **more: Any) -> Interface:
    state: dict[str, Any] = {
        "kind": "ethernet",
        "admin_up": True,
        "oper_up": True,
        "duplex": "full",
        "speed_mbps": 10000,
    }
    return Interface(seen=SEEN, name=name, **(state | more))


def lag(*members: str) -> Lag:
    rows = tuple(LagMember(interface=name, selected=True) for name in members)
    return Lag(seen=SEEN, name="Bridge-Aggregation1", mode="lacp", oper_up=True, members=rows)


def uplink(
    name: str, rows: tuple[Interface, ...], *gives: str, says: tuple[str, ...] = (), **more: Any
) -> Case:
    expect = {"uplinks": more.pop("uplinks", (PORT,))}
    return Case(
        check="IF-001", name=name, facts={"interfaces": rows} | more, gives=gives, says=says, expect=expect
    )


def speed(
    name: str, rows: tuple[Interface, ...], *gives: str, lags: tuple[Lag, ...] = (), **more: Any
) -> Case:
    return Case(check="IF-005", name=name, facts={"interfaces": rows, "lags": lags}, gives=gives, **more)


def heard(name: str, rows: tuple[LldpNeighbor, ...], gives: str, *says: str, **neighbors: str) -> Case:
    expect = {"neighbors": {PORT: neighbors["at_port"]}} if neighbors else {}
    return Case(check="IF-012", name=name, facts={"lldp": rows}, gives=(gives,), says=says, expect=expect)


A, B = "Ten-GigabitEthernet1/0/1", "Ten-GigabitEthernet1/0/2"
CORE = LldpNeighbor(seen=SEEN, local_port=PORT, remote_system="core-1", remote_port="10GE1/0/1")
WANTS_10G = {"port_speed_mbps": {PORT: 10000}}

VERDICTS = {
    "IF-001": "pass, major, major lacking, not_applicable, no_baseline",
    "IF-005": "pass, major, not_applicable, unsupported",
    "IF-008": "pass, major",
    "IF-012": "pass, info, info lacking, no_baseline",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    uplink("up", (port(),), f"pass {PORT}"),
    uplink("spelt in small letters", (port(),), f"pass {PORT.lower()}", uplinks=(PORT.lower(),)),
    uplink("down", (port(oper_up=False),), f"fail major {PORT}", says=("物理状态 down",)),
    uplink("line protocol down", (port(protocol_up=False),), f"fail major {PORT}", says=("协议状态 down",)),
    uplink("shut", (port(admin_up=False, oper_up=False),), f"fail major {PORT}", says=("人工关闭",)),
    uplink("not even listed", (port(B),), f"fail major {PORT}", says=("没有列出",)),
    uplink("others do not matter", (port(), port(B, oper_up=False)), f"pass {PORT}"),
    uplink("nobody says which", (port(),), "not_assessed no_baseline", uplinks=(), says=("expect.uplinks",)),
    uplink(
        "in an aggregation",
        (port(oper_up=False),),
        f"not_applicable {PORT}",
        lags=(lag(PORT),),
        says=("L2-009",),
    ),
    uplink(
        "an aggregation itself",
        (),
        "not_applicable Bridge-Aggregation1",
        lags=(lag(A),),
        uplinks=("Bridge-Aggregation1",),
    ),
    uplink(
        "aggregations unknown", (port(oper_up=False),), f"fail major {PORT}", lags=Unknown(Reason.CUT, "")
    ),
    speed("full duplex", (port(),), f"pass {PORT}", says=("10000 Mbit/s",)),
    speed("half duplex", (port(duplex="half"),), f"fail major {PORT}", says=("半双工",)),
    speed("half duplex, but down", (port(duplex="half", oper_up=False),), "not_applicable"),
    speed(
        "slower than wanted",
        (port(speed_mbps=1000),),
        f"fail major {PORT}",
        expect=WANTS_10G,
        says=("1000", "10000"),
    ),
    speed("as fast as wanted", (port(),), f"pass {PORT}", expect=WANTS_10G),
    speed("no duplex printed", (port(duplex=None),), f"not_assessed unsupported {PORT}", says=("双工",)),
    speed("no speed printed, none wanted", (port(speed_mbps=None),), f"pass {PORT}"),
    speed(
        "no speed printed, but one wanted",
        (port(speed_mbps=None),),
        f"not_assessed unsupported {PORT}",
        expect=WANTS_10G,
        says=("速率",),
    ),
    speed(
        "slower than its aggregation",
        (port(A), port(B, speed_mbps=1000)),
        f"pass {A}",
        f"fail major {B}",
        lags=(lag(A, B),),
        says=("同一聚合组",),
    ),
    speed(
        "a member that is down sets no pace",
        (port(A, oper_up=False), port(B, speed_mbps=1000)),
        f"pass {B}",
        lags=(lag(A, B),),
    ),
    speed(
        "a member whose speed nobody knows",
        (port(A, speed_mbps=None), port(B, speed_mbps=1000)),
        f"not_assessed unsupported {A}",
        f"pass {B}",
        lags=(lag(A, B),),
    ),
    speed("only Ethernet ports", (port("Vlanif10", kind="vlan", duplex=None),), "not_applicable"),
    Case(check="IF-008", name="none", facts={"err_disabled": ()}, gives=("pass",)),
    Case(
        check="IF-008",
        name="shut by a protection",
        facts={"err_disabled": (ErrDisabled(seen=SEEN, interface=PORT, reason="BPDU protection"),)},
        gives=(f"fail major {PORT}",),
        says=("BPDU protection",),
    ),
    heard("noted down", (CORE,), "pass", "1 个 LLDP 邻居", "不作核对"),
    heard("nothing heard, no plan", (), "not_assessed no_baseline", "分不清"),
    heard("as planned", (CORE,), f"pass {PORT}", "CORE-1", at_port="CORE-1"),
    heard("in another case", (replace(CORE, remote_system="Core-1"),), f"pass {PORT}", at_port="core-1"),
    heard("one of two", (replace(CORE, remote_system="phone"), CORE), f"pass {PORT}", at_port="core-1"),
    heard("somebody else", (CORE,), f"fail info {PORT}", "core-9", "core-1", at_port="core-9"),
    heard("not heard", (), f"fail info {PORT}", "未收到", at_port="core-1"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
