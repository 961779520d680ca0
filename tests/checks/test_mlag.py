from typing import Any, Literal

import pytest

from parsers.facts import Interface, Lag, LagMember, LldpNeighbor, Mlag, MlagMember
from tests.checks.case import SEEN, Case

Role = Literal["primary", "secondary"]


def pair(
    role: Role | None = "primary",
    *members: MlagMember,
    peer: bool | None = True,
    keepalive: bool | None = True,
    link: bool | None = True,
    consistent: bool | None = True,
    port: str | None = "Eth-Trunk0",
) -> Mlag:
    return Mlag(
        seen=SEEN,
        role=role,
        peer_reachable=peer,
        keepalive_ok=keepalive,
        peer_link_up=link,
        consistent=consistent,
        members=members or (member(),),
        peer_link=port,
    )


def member(
    name: str = "Eth-Trunk10", *, up: bool = True, peer: bool | None = True, reason: str = ""
) -> MlagMember:
    return MlagMember(seen=SEEN, name=name, local_up=up, peer_up=peer, reason=reason or None)


NONE = Mlag(seen=SEEN, role=None, peer_reachable=None, keepalive_ok=None, peer_link_up=None, consistent=None)
HEARD = (LldpNeighbor(seen=SEEN, local_port="10GE1/0/1", remote_system="sw0", remote_port="10GE1/0/1"),)
OTHER = (LldpNeighbor(seen=SEEN, local_port="10GE1/0/1", remote_system="sw1", remote_port="10GE1/0/1"),)


def case(check: str, name: str, row: Mlag, *gives: str, peer: Mlag | None = None, **more: Any) -> Case:
    """`peer` is what the other device of the pair says."""
    facts: dict[str, Any] = {"mlag": row}
    if peer is not None:
        facts["lldp"] = HEARD
        more["peers"] = {"sw0": {"mlag": peer, "lldp": OTHER}}
    if check == "HA-008":
        facts |= {
            "lags": more.pop("lags", (lag(),)),
            "interfaces": more.pop("interfaces", (port(1), port(2))),
        }
    return Case(check=check, name=name, facts=facts, gives=gives, **more)


def lag(*selected: bool, name: str = "Eth-Trunk0") -> Lag:
    members = tuple(
        LagMember(interface=f"10GE1/0/{number}", selected=each)
        for number, each in enumerate(selected or (True, True), 1)
    )
    return Lag(seen=SEEN, name=name, mode="lacp", oper_up=True, members=members)


def port(number: int, pct: float | None = 10) -> Interface:
    bps = None if pct is None else int(pct * 100_000_000)
    return Interface(
        seen=SEEN,
        name=f"10GE1/0/{number}",
        kind="ethernet",
        admin_up=True,
        oper_up=True,
        speed_mbps=10000,
        in_bps=bps,
        out_bps=0,
    )


GOOD = ("pass keepalive", "pass peer", "pass role")
BARE = {"consistent": None, "link": None}

VERDICTS = {
    "HA-005": "pass, critical, minor, not_applicable, unsupported",
    "HA-006": "pass, critical, major, not_applicable, unsupported",
    "HA-007": "pass, critical, not_applicable, unsupported",
    "HA-008": "pass, critical, major, minor, not_applicable, unsupported",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    case("HA-005", "in order", pair(), *GOOD),
    case("HA-005", "in order on both", pair(), *GOOD, peer=pair("secondary")),
    case("HA-005", "not configured", NONE, "not_applicable"),
    case("HA-005", "keepalive lost", pair(keepalive=False), "fail critical keepalive", *GOOD[1:]),
    case("HA-005", "peer lost", pair(peer=False), GOOD[0], "fail critical peer", GOOD[2]),
    case(
        "HA-005",
        "two primaries",
        pair(),
        *GOOD[:2],
        "fail critical role",
        peer=pair(),
        says=("sw0", "主设备"),
    ),
    case("HA-005", "not as planned", pair(), *GOOD[:2], "fail minor role", expect={"mlag_role": "secondary"}),
    case("HA-005", "as planned", pair(), *GOOD, expect={"mlag_role": "primary"}),
    case(
        "HA-005",
        "reported by the first of both",
        pair(keepalive=False, peer=False),
        "not_applicable keepalive",
        "not_applicable peer",
        "not_applicable role",
        peer=pair(keepalive=False, peer=False),
        behind=True,
        says=("由 sw0 报告",),
    ),
    case("HA-005", "nothing printed", pair(None, peer=None, keepalive=None), "not_assessed unsupported"),
    case("HA-006", "both up", pair(), "pass Eth-Trunk10"),
    case("HA-006", "not configured", NONE, "not_applicable"),
    case(
        "HA-006",
        "down here",
        pair("primary", member(up=False)),
        "fail major Eth-Trunk10",
        says=("本端 down",),
    ),
    case(
        "HA-006",
        "down there, and nobody looked",
        pair("primary", member(peer=False, reason="VLAN")),
        "fail major Eth-Trunk10",
        says=("对端 down", "VLAN"),
    ),
    case(
        "HA-006",
        "down there, where somebody looked",
        pair("primary", member(peer=False)),
        "not_applicable Eth-Trunk10",
        peer=pair("secondary", member(up=False)),
        says=("sw0",),
    ),
    case(
        "HA-006", "down on both", pair("primary", member(up=False, peer=False)), "fail critical Eth-Trunk10"
    ),
    case(
        "HA-006",
        "down on both, reported by the first",
        pair("primary", member(up=False, peer=False)),
        "not_applicable Eth-Trunk10",
        peer=pair("secondary", member(up=False, peer=False)),
        behind=True,
    ),
    case(
        "HA-006",
        "peer not printed",
        pair("primary", member(peer=None)),
        "not_assessed unsupported Eth-Trunk10",
    ),
    case(
        "HA-006",
        "alone on purpose",
        pair("primary", member(peer=False)),
        "not_applicable Eth-Trunk10",
        expect={"single_homed": ("eth-trunk10",)},
    ),
    case("HA-007", "alike", pair(), "pass"),
    case("HA-007", "not alike", pair(consistent=False), "fail critical"),
    case("HA-007", "not printed", pair(consistent=None), "not_assessed unsupported"),
    case("HA-007", "not configured", NONE, "not_applicable"),
    case("HA-008", "two cables", pair(), "pass Eth-Trunk0", says=("2 个成员", "10%")),
    case("HA-008", "load not printed", pair(), "pass Eth-Trunk0", interfaces=(port(1, None), port(2, None))),
    case("HA-008", "down", pair(link=False), "fail critical"),
    case("HA-008", "not configured", NONE, "not_applicable"),
    case("HA-008", "state not printed", pair(link=None), "not_assessed unsupported"),
    case("HA-008", "port not printed", pair(port=None), "not_assessed unsupported"),
    case("HA-008", "no aggregation", pair(port="10GE1/0/9"), "fail major 10GE1/0/9"),
    case("HA-008", "one cable", pair(), "fail major Eth-Trunk0", lags=(lag(True),)),
    case("HA-008", "one of two selected", pair(), "fail major Eth-Trunk0", lags=(lag(True, False),)),
    case("HA-008", "full", pair(), "fail minor Eth-Trunk0", interfaces=(port(1), port(2, 71)), says=("71%",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
