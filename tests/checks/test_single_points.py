"""What is there once and ought to be twice, and the other way round."""

from ipaddress import ip_network
from typing import Any

import pytest

from parsers.facts import (
    Fhrp,
    Interface,
    InterfaceAddress,
    Lag,
    LagMember,
    LldpNeighbor,
    Location,
    PowerSupply,
    Stack,
    StackMember,
)
from tests.checks.case import SEEN, Case

LAG = "Bridge-Aggregation1"
ALONE = Stack(enabled=False, members=())


def stack(count: int = 2, topology: Any = None) -> Stack:
    members = tuple(
        StackMember(seen=SEEN, member=number, role="master" if number == 1 else "standby")
        for number in range(1, count + 1)
    )
    return Stack(enabled=True, members=members, topology=topology)


def lag(*members: str) -> Lag:
    rows = tuple(LagMember(interface=f"XGE{name}", selected=True) for name in members)
    return Lag(seen=SEEN, name=LAG, mode="lacp", oper_up=True, members=rows)


def heard(port: str, who: str = "sw0", there: str = "1/0/1") -> LldpNeighbor:
    return LldpNeighbor(seen=SEEN, local_port=port, remote_system=who, remote_port=there)


def critical(name: str, gives: str, *says: str, wanted: tuple[str, ...] = (LAG,), **facts: Any) -> Case:
    known = {"lags": (lag("1/0/1", "2/0/1"),), "stack": stack(), "lldp": ()} | facts
    expect = {"critical_links": wanted}
    return Case(check="HA-010", name=name, facts=known, gives=(gives,), says=says, expect=expect)


def single(name: str, *gives: str, supplies: int = 2, role: str = "core", up: int = 0, **more: Any) -> Case:
    rows = tuple(
        PowerSupply(seen=SEEN, location=Location(slot=str(n)), name=f"PWR{n}", present=True, state="Normal")
        for n in range(supplies)
    )
    facts = {
        "power_supplies": rows,
        "stack": more.pop("stack", ALONE),
        "lldp": tuple(heard(f"XGE1/0/{n}", "sw0", f"XGE1/0/{n}") for n in range(up)),
    }
    return Case(
        check="HA-011",
        name=name,
        facts=facts,
        gives=gives,
        peers={"sw0": {}},
        peer_roles={"sw0": "core"},
        device={"role": role},
        **more,
    )


def address(
    ip: str = "192.0.2.1", mac: str = "0000-5e00-5301", *, up: bool = True, **more: Any
) -> dict[str, Any]:
    row = InterfaceAddress(seen=SEEN, interface="Vlanif10", address=ip, prefix_length=24, **more)
    port = Interface(seen=SEEN, name="Vlanif10", kind="vlan", admin_up=True, oper_up=up, mac=mac)
    return {"addresses": (row,), "interfaces": (port,)}


def twice(name: str, own: dict[str, Any], other: dict[str, Any], gives: str, *says: str, **more: Any) -> Case:
    return Case(check="L3-014", name=name, facts=own, gives=(gives,), says=says, peers={"sw0": other}, **more)


def group(vip: str, number: int = 1) -> dict[str, Any]:
    return {"fhrp": (Fhrp(seen=SEEN, interface="Vlanif10", group=number, vip=vip, state="master"),)}


HERE, THERE = address("192.0.2.1"), address("192.0.2.2", "0000-5e00-5302")
SAME = address("192.0.2.1", "0000-5e00-5302")

VERDICTS = {
    "HA-010": "pass, major, no_baseline, not_collected",
    "HA-011": "pass, minor, not_applicable",
    "L3-014": "pass, major, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    critical("over two members", f"pass {LAG}", "1、2"),
    critical("on one member", f"fail major {LAG}", "成员 1", lags=(lag("1/0/1", "1/0/2"),)),
    critical("on one box", f"pass {LAG}", lags=(lag("1/0/1", "1/0/2"),), stack=ALONE),
    critical("one cable in it", f"fail major {LAG}", "1 个成员", lags=(lag("1/0/1"),)),
    critical("a port alone", "fail major XGE1/0/1", "唯一", wanted=("XGE1/0/1",), lldp=(heard("XGE1/0/1"),)),
    critical(
        "two ports to one neighbour",
        "pass XGE1/0/1",
        "XGE1/0/2",
        wanted=("XGE1/0/1",),
        lldp=(heard("XGE1/0/1"), heard("XGE1/0/2")),
    ),
    critical("where it leads is not known", "not_assessed not_collected XGE1/0/1", wanted=("XGE1/0/1",)),
    critical("nobody says which links", "not_assessed no_baseline", wanted=()),
    single("two supplies", "pass power"),
    single("one supply", "fail minor power", supplies=1),
    single("one supply for each of two", "fail minor power", supplies=2, stack=stack()),
    single("one supply at the edge", "not_applicable", supplies=1, role="access"),
    single("supplies not listed", "not_applicable", supplies=0),
    single("one cable upwards", "fail minor uplink", role="access", up=1),
    single("two cables upwards", "pass uplink", role="access", up=2),
    single("two planned, one there", "pass uplink", role="access", up=1, expect={"uplinks": ("a", "b")}),
    single("among equals", "pass power", up=1),
    single("a chain of three", "pass power", "fail minor stack", supplies=6, stack=stack(3, "chain")),
    single("a ring of three", "pass power", "pass stack", supplies=6, stack=stack(3, "ring")),
    single("a chain of two", "pass power", supplies=4, stack=stack(2, "chain")),
    twice("different", HERE, THERE, "pass"),
    twice("the same", HERE, SAME, "fail major 192.0.2.1", "sw0 Vlanif10"),
    twice("the same, reported by the first", HERE, SAME, "not_applicable 192.0.2.1", "由 sw0", behind=True),
    twice("the same, but down there", HERE, address("192.0.2.1", "x", up=False), "pass"),
    twice("the same, but down here", address(up=False), SAME, "pass"),
    twice("one MAC, on purpose", HERE, HERE, "pass"),
    twice("in a VRF", address(vrf="red"), address("192.0.2.1", "y", vrf="red"), "pass"),
    twice("shared on purpose", HERE, SAME, "pass", params={"shared": (ip_network("192.0.2.0/30"),)}),
    twice("no address", {"addresses": (), "interfaces": ()}, THERE, "not_applicable"),
    twice(
        "one group, two addresses",
        HERE | group("192.0.2.254"),
        THERE | group("192.0.2.253"),
        "fail major Vlanif10 1",
        "192.0.2.253",
    ),
    twice(
        "one group, reported by the first",
        HERE | group("192.0.2.254"),
        THERE | group("192.0.2.253"),
        "pass",
        behind=True,
    ),
    twice("one group, one address", HERE | group("192.0.2.254"), THERE | group("192.0.2.254"), "pass"),
    twice("two groups", HERE | group("192.0.2.254"), THERE | group("192.0.2.253", 2), "pass"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
