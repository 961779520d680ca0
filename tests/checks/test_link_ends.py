from collections.abc import Sequence
from typing import Any, Literal

import pytest

from parsers.facts import Interface, Lag, LagMember, LldpNeighbor, Partial, PortSetting, Vlan
from tests.checks.case import SEEN, SOURCE, UNREAD, Case

Mode = Literal["access", "trunk", "hybrid", "routed"]
A, B = "10GE1/0/1", "10GE1/0/2"
LAG = "Eth-Trunk1"


def heard(port: str, who: str, there: str) -> LldpNeighbor:
    return LldpNeighbor(seen=SEEN, local_port=port, remote_system=who, remote_port=there)


def port(name: str = A, **more: Any) -> Interface:
    state: dict[str, Any] = {"kind": "ethernet", "admin_up": True, "oper_up": True, "duplex": "full"}
    return Interface(seen=SEEN, name=name, **(state | more))


def trunk(
    *vlans: int, name: str = A, pvid: int = 1, mode: Mode | None = "trunk", every: bool = False
) -> PortSetting:
    ranges = ((1, 4094),) if every else tuple((vlan, vlan) for vlan in vlans)
    return PortSetting(seen=SEEN, interface=name, mode=mode, vlan=pvid, allowed_vlans=ranges)


def lag(mode: Literal["static", "lacp"] = "lacp") -> Lag:
    members = tuple(LagMember(interface=name, selected=True) for name in (A, B))
    return Lag(seen=SEEN, name=LAG, mode=mode, oper_up=True, members=members)


def side(
    *settings: PortSetting,
    ports: Sequence[Interface] = (),
    lags: Sequence[Lag] = (),
    vlans: Sequence[int] = (),
) -> dict[str, Any]:
    """What one end says: two ports, VLANs 1, 10 and 20."""
    return {
        "interfaces": tuple(ports) or (port(A), port(B)),
        "port_settings": settings or (trunk(10, 20), trunk(10, 20, name=B), trunk(10, 20, name=LAG)),
        "lags": tuple(lags),
        "vlans": tuple(Vlan(seen=SEEN, vlan=vlan) for vlan in vlans or (1, 10, 20)),
    }


def ends(
    check: str, name: str, own: dict[str, Any], other: dict[str, Any] | None, *gives: str, **more: Any
) -> Case:
    """One cable from sw1 to sw0, or two where there are aggregations; `other` None: nobody reached sw0."""
    count = 2 if own.get("lags") or (other or {}).get("lags") else 1
    cables = [(A, A), (B, B)][:count]
    facts = own | {"lldp": tuple(heard(here, "sw0", there) for here, there in cables)}
    if other is None:
        more["lost"] = ("sw0",)
    else:
        more["peers"] = {"sw0": other | {"lldp": tuple(heard(there, "sw1", here) for here, there in cables)}}
    return Case(check=check, name=name, facts=facts, gives=gives, **more)


def mtu(name: str, own: int | None, other: int | None, gives: str, *says: str, **more: Any) -> Case:
    here, there = (side(ports=(port(mtu_bytes=size),)) for size in (own, other))
    return ends("IF-006", name, here, there, gives, says=says, **more)


def both(name: str, own: dict[str, Any], other: dict[str, Any] | None, *gives: str, **more: Any) -> Case:
    return ends("IF-013", name, own, other, *gives, **more)


STRANGER = {"lldp": (heard(A, "phone", "1"),)}

VERDICTS = {
    "IF-006": "pass, minor, not_applicable, not_collected, unreachable",
    "IF-013": "pass, major, major lacking, not_applicable, not_collected, unreachable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    mtu("alike", 9216, 9216, f"pass {A}", "9216"),
    mtu("different", 1500, 9216, f"fail minor {A}", "sw0", "1500", "9216"),
    mtu("different, reported by the first", 1500, 9216, f"not_applicable {A}", "由 sw0", behind=True),
    mtu("one prints frames only", 1500, None, f"not_applicable {A}"),
    ends("IF-006", "other end not reached", side(), None, f"not_assessed unreachable {A}"),
    ends(
        "IF-006",
        "port unknown there",
        side(),
        side(ports=(port("10GE9/0/9"),)),
        f"not_assessed not_collected {A}",
    ),
    Case(check="IF-006", name="outside the inventory", facts=side() | STRANGER, gives=("not_applicable",)),
    both("alike in all", side(), side(), f"pass {A}"),
    both(
        "half duplex there", side(), side(ports=(port(duplex="half"),)), f"fail major {A}", says=("半双工",)
    ),
    both("a VLAN is lacking there", side(), side(trunk(10)), f"fail major {A}", says=("只在本端：20",)),
    both("by the first", side(), side(trunk(10)), f"not_applicable {A}", behind=True, says=("由 sw0",)),
    both("a VLAN that is not there", side(trunk(10, 20, 30)), side(), f"pass {A}"),
    both("everything, of what is there", side(trunk(every=True)), side(), f"pass {A}"),
    both(
        "everything, more is there", side(trunk(every=True), vlans=(1, 10, 20, 30)), side(), f"fail major {A}"
    ),
    both("VLAN 1 on one end", side(trunk(1, 10, 20)), side(), f"pass {A}"),
    both("native VLANs", side(trunk(10, 20, pvid=10)), side(trunk(10, 20, pvid=20)), f"fail major {A}"),
    both("native VLANs not let through", side(trunk(10, 20, pvid=99)), side(), f"pass {A}"),
    both("access and trunk", side(trunk(mode="access", pvid=10)), side(), f"fail major {A}"),
    both("routed here only", side(trunk(mode="routed")), side(), f"fail major {A}", says=("三层口",)),
    both("mode not known", side(trunk(mode=None)), side(), f"pass {A}"),
    both("half an aggregation", side(lags=(lag(),)), side(), f"fail major {LAG}", says=("另一端没有加入",)),
    both("ways to negotiate", side(lags=(lag(),)), side(lags=(lag("static"),)), f"fail major {LAG}"),
    both("two cables are one link", side(lags=(lag(),)), side(lags=(lag(),)), f"pass {LAG}"),
    both(
        "one cable of two is half duplex",
        side(lags=(lag(),)),
        side(lags=(lag(),), ports=(port(A), port(B, duplex="half"))),
        f"fail major {LAG}",
    ),
    both("nobody reached the other end", side(), None, f"not_assessed unreachable {A}"),
    both(
        "the other end partly read",
        side(),
        side() | {"port_settings": Partial((trunk(10, 20),), (UNREAD,), (SOURCE,))},
        f"not_assessed not_collected {A}",
    ),
    Case(check="IF-013", name="neighbour outside", facts=side() | STRANGER, gives=("not_applicable",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
