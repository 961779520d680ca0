from typing import Any

import pytest

from parsers.facts import (
    ErrDisabled,
    Interface,
    InterfaceAddress,
    Lag,
    LagMember,
    LinkDetection,
    LldpNeighbor,
    Optic,
    Reason,
    Unknown,
    Uptime,
)
from tests.checks.case import SEEN, Case

A, B = "10GE1/0/1", "10GE1/0/2"
DAY = 86400


def port(name: str = A, **more: Any) -> Interface:
    state: dict[str, Any] = {"kind": "ethernet", "admin_up": True, "oper_up": True, "speed_mbps": 10000}
    return Interface(seen=SEEN, name=name, **(state | more))


def idle(name: str = B, days: float | None = 40, **more: Any) -> Interface:
    return port(name, oper_up=False, last_flap_s=None if days is None else int(days * DAY), **more)


def load(
    name: str, incoming: float | None, gives: str, *says: str, outgoing: float = 0.0, **more: Any
) -> Case:
    bps = None if incoming is None else int(incoming * 100_000_000)
    row = port(in_bps=bps, out_bps=int(outgoing * 100_000_000), **more)
    return Case(check="IF-004", name=name, facts={"interfaces": (row,)}, gives=(gives,), says=says)


def described(name: str, rows: tuple[Interface, ...], gives: str, *heard: str, **more: Any) -> Case:
    lldp = tuple(
        LldpNeighbor(seen=SEEN, local_port=each, remote_system="core-1", remote_port="x") for each in heard
    )
    return Case(check="IF-009", name=name, facts={"interfaces": rows, "lldp": lldp}, gives=(gives,), **more)


def unused(name: str, rows: tuple[Interface, ...], gives: str, **more: Any) -> Case:
    facts = {"interfaces": rows} | more.pop("facts", {})
    return Case(check="IF-010", name=name, facts=facts, gives=(gives,), **more)


def one_way(name: str, *gives: str, state: str = "", port_: Interface | None = None, **more: Any) -> Case:
    rows = (LinkDetection(seen=SEEN, interface=more.pop("at", A), state=state),) if state else ()
    facts = {
        "interfaces": (port_ or port(),),
        "optics": (Optic(seen=SEEN, interface=A, type="10GBASE-LR"),),
        "link_detection": rows,
    }
    expect = {"uplinks": more.pop("uplinks", (A,))}
    return Case(check="IF-011", name=name, facts=facts, gives=gives, expect=expect)


def managed(name: str, gives: str, *ports: Interface, vrf: str | None = None) -> Case:
    address = InterfaceAddress(seen=SEEN, interface="Vlanif9", address="192.0.2.1", prefix_length=24, vrf=vrf)
    facts = {"interfaces": ports, "addresses": (address,)}
    return Case(check="IF-014", name=name, facts=facts, gives=(gives,))


def mgmt(*, up: bool) -> Interface:
    return port("MEth0/0/0", kind="mgmt", oper_up=up)


MEMBER = Lag(
    seen=SEEN,
    name="Eth-Trunk1",
    mode="lacp",
    oper_up=True,
    members=(LagMember(interface=B, selected=False),),
)
SHUT = ErrDisabled(seen=SEEN, interface=B, reason="bpdu-protection")
UP_1 = {"uptime": Uptime(seen=SEEN, uptime_s=DAY)}
UP_40 = {"uptime": Uptime(seen=SEEN, uptime_s=40 * DAY)}

VERDICTS = {
    "IF-004": "pass, major, minor, not_applicable, unsupported",
    "IF-009": "pass, info, not_applicable",
    "IF-010": "pass, minor, not_applicable, not_collected",
    "IF-011": "pass, major, minor lacking, not_applicable, unparsed",
    "IF-014": "pass, minor lacking, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    load("idle", 3, f"pass {A}", "3.0%"),
    load("busy", 70, f"fail minor {A}", "70.0%", "门限 70%"),
    load("full", 90, f"fail major {A}", "门限 90%"),
    load("busy the other way", 1, f"fail minor {A}", outgoing=89.9),
    load("not printed", None, f"not_assessed unsupported {A}"),
    load("speed not printed", 3, f"not_assessed unsupported {A}", speed_mbps=None),
    load("down", 99, "not_applicable", oper_up=False),
    described("each says where", (port(description="to-core-1"),), "pass", A),
    described("one does not", (port(), port(B)), "fail info", A, says=(f"缺少描述：{A}",)),
    described(
        "registered ports count", (port(), port(B, description="x")), "pass", A, expect={"uplinks": (B,)}
    ),
    described("nobody leads anywhere", (port(),), "not_applicable"),
    unused("all in use", (port(),), "pass"),
    unused("idle and open", (port(), idle()), "fail minor", says=(B, "50%")),
    unused("idle and shut", (port(), idle(admin_up=False)), "pass"),
    unused("down since yesterday", (port(), idle(days=1)), "pass"),
    unused("few of many", (*(port(f"10GE1/0/{n}") for n in range(3, 20)), idle()), "pass"),
    unused("wanted as uplink", (port(), idle()), "pass", expect={"uplinks": (B,)}),
    unused("wanted as member", (port(), idle()), "pass", facts={"lags": (MEMBER,)}),
    unused("says itself that it is a member", (port(), idle(lag="Po1")), "pass"),
    unused("shut by a protection", (port(), idle()), "pass", facts={"err_disabled": (SHUT,)}),
    unused("the clock was set after the start", (port(), idle(days=9000)), "pass", facts=UP_1),
    unused("since when is not known", (port(), idle(days=None)), "not_assessed not_collected"),
    unused("never up", (port(last_flap_s=DAY), idle(days=None)), "fail minor", facts=UP_40),
    unused("uptime not known", (port(last_flap_s=DAY), idle(days=None)), "not_assessed not_collected"),
    unused(
        "down long ago too",
        (port(), idle(days=None)),
        "fail minor",
        previous={"interfaces": (port(), idle(days=None))},
        previous_days=31,
    ),
    unused(
        "up long ago",
        (port(), idle(days=None)),
        "pass",
        previous={"interfaces": (port(), port(B))},
        previous_days=31,
    ),
    unused(
        "the last inspection was of late",
        (port(), idle(days=None)),
        "not_assessed not_collected",
        previous={"interfaces": (port(), idle(days=None))},
        previous_days=7,
    ),
    unused(
        "unknown at the last inspection",
        (port(), idle(days=None)),
        "not_assessed not_collected",
        previous={"interfaces": Unknown(Reason.CUT)},
        previous_days=31,
    ),
    unused("no ports", (port("Vlanif1", kind="vlan"),), "not_applicable"),
    one_way("both ways", f"pass {A}", state="Bidirectional"),
    one_way("one way", f"fail major {A}", state="Unidirectional"),
    one_way("nobody watches", f"fail minor {A}"),
    one_way("a word nobody knows", f"not_assessed unparsed {A}", state="Odd"),
    one_way("no uplink", "not_applicable", uplinks=()),
    one_way("the uplink is down", "not_applicable", port_=port(oper_up=False)),
    one_way("another port, one way", f"fail minor {A}", f"fail major {B}", state="disable", at=B),
    one_way("another port without a cable", f"fail minor {A}", f"not_applicable {B}", state="inactive", at=B),
    managed("port up", "pass", mgmt(up=True)),
    managed("port down", "fail minor", mgmt(up=False)),
    managed("port down, a VRF stands in", "pass", mgmt(up=False), vrf="MGMT-VRF"),
    managed("port down, a VRF for something else", "fail minor", mgmt(up=False), vrf="red"),
    managed("no such port", "not_applicable", port()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
