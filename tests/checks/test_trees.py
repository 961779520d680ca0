"""Roots of spanning tree, guards at its edge, VLANs."""

from collections.abc import Sequence
from typing import Any, Literal

import pytest

from parsers.facts import (
    Interface,
    InterfaceAddress,
    Lag,
    LagMember,
    LldpNeighbor,
    Mlag,
    PortSetting,
    Stp,
    StpProtection,
    Vlan,
)
from tests.checks.case import SEEN, Case

A, B, C = "10GE1/0/1", "10GE1/0/2", "10GE1/0/3"
ME, OTHER = "32768.0000-5e00-5301", "4096.0000-5e00-5302"
Mode = Literal["access", "trunk", "hybrid", "routed"]


def tree(root: str | None = OTHER, own: str = ME, *, mode: Any = "rstp", on: bool = True) -> Stp:
    return Stp(seen=SEEN, enabled=on, mode=mode if on else None, bridge_id=own, root_bridge=root)


def heard(port: str, who: str, there: str = A) -> LldpNeighbor:
    return LldpNeighbor(seen=SEEN, local_port=port, remote_system=who, remote_port=there)


def root(
    name: str, own: Stp, *gives: str, peer: Stp | None = None, plan: Sequence[str] = (), **more: Any
) -> Case:
    facts: dict[str, Any] = {"stp": own, "lldp": (heard(A, "sw0"),) if peer else ()}
    peers = {"sw0": {"stp": peer, "lldp": (heard(A, "sw1"),)}} if peer else {}
    params = {"root_bridges": tuple(plan)}
    return Case(check="L2-002", name=name, facts=facts, gives=gives, peers=peers, params=params, **more)


def setting(name: str = A, mode: Mode = "access", vlan: int = 10, **more: Any) -> PortSetting:
    return PortSetting(seen=SEEN, interface=name, mode=mode, vlan=vlan, **more)


def ports(*names: str, up: bool = True, kind: Any = "ethernet") -> tuple[Interface, ...]:
    return tuple(Interface(seen=SEEN, name=n, kind=kind, admin_up=True, oper_up=up) for n in names)


LAG = Lag(
    seen=SEEN,
    name="Eth-Trunk1",
    mode="lacp",
    oper_up=True,
    members=(LagMember(interface=A, selected=True),),
)


def edge(
    name: str,
    settings: Sequence[PortSetting],
    *gives: str,
    guard: bool = True,
    stp: Stp | None = None,
    **more: Any,
) -> Case:
    facts = {
        "stp": stp or tree(),
        "port_settings": tuple(settings),
        "stp_protection": StpProtection(seen=SEEN, bpdu_guard=guard, tc_protection=True),
        "lldp": (),
        "lags": (),
        "interfaces": ports(A, B, C),
    }
    return Case(check="L2-005", name=name, facts=facts | more.pop("facts", {}), gives=gives, **more)


def guards(
    name: str, *gives: str, guarded: bool = True, tc: bool | None = True, role: str = "core", **more: Any
) -> Case:
    """A port towards an access switch sw0."""
    linked = more.pop("linked", True)
    facts = {
        "stp": more.pop("stp", tree()),
        "port_settings": (setting(A, more.pop("mode", "trunk"), root_guard=guarded),),
        "stp_protection": StpProtection(seen=SEEN, bpdu_guard=True, tc_protection=tc),
        "lags": (),
        "lldp": (heard(A, "sw0"),) if linked else (),
    }
    peers = {"sw0": {"lldp": (heard(A, "sw1"),) if linked else ()}}
    return Case(
        check="L2-006",
        name=name,
        facts=facts | more.pop("facts", {}),
        gives=gives,
        peers=peers,
        peer_roles={"sw0": "access"},
        device={"role": role},
        **more,
    )


def vlans(
    name: str, settings: Sequence[PortSetting], *gives: str, there: Sequence[int] = (1, 10), **more: Any
) -> Case:
    facts = {
        "port_settings": tuple(settings),
        "vlans": tuple(Vlan(seen=SEEN, vlan=vlan) for vlan in there),
        "interfaces": ports("Vlanif30", kind="vlan"),
        "lags": (),
    }
    return Case(check="L2-011", name=name, facts=facts | more.pop("facts", {}), gives=gives, **more)


def one(name: str, settings: Sequence[PortSetting], *gives: str, address: str = "", up: bool = True) -> Case:
    row = InterfaceAddress(seen=SEEN, interface="Vlanif1", address=address or "192.0.2.1", prefix_length=24)
    facts = {
        "port_settings": tuple(settings),
        "interfaces": (*ports(A, B, up=up), *ports("Vlanif1", kind="vlan")),
        "addresses": (row,) if address else (),
        "lags": (),
    }
    return Case(check="L2-012", name=name, facts=facts, gives=gives)


def through(*ranges: tuple[int, int], name: str = A, vlan: int = 10) -> PortSetting:
    return setting(name, "trunk", vlan, allowed_vlans=ranges)


MINE = "4096.0000-5e00-5301"
PEER_LINK = Mlag(
    seen=SEEN,
    role="primary",
    peer_reachable=True,
    keepalive_ok=True,
    peer_link_up=True,
    consistent=True,
    peer_link=A,
)
EDGE = setting(edge=True)

VERDICTS = {
    "L2-002": "pass, major, minor, not_applicable, unsupported",
    "L2-005": "pass, major, minor, not_applicable",
    "L2-006": "pass, minor, minor lacking, not_applicable, no_baseline",
    "L2-011": "pass, minor, info, not_applicable",
    "L2-012": "pass, minor, info, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    root("noted down", tree(), "pass", says=("未登记规划", "不在本次采集中")),
    root("no spanning tree", tree(on=False), "not_applicable"),
    root("root not printed", tree(None), "not_assessed unsupported"),
    root("planned, by address", tree(), "pass", plan=("0000-5e00-5302",), says=("符合规划",)),
    root("planned, by name", tree(), "pass", peer=tree(OTHER, OTHER), plan=("SW0",)),
    root("not planned, seen by the first", tree(), "fail major", plan=("0000-5e00-5309",)),
    root(
        "reported by the root",
        tree(),
        "not_applicable",
        peer=tree(OTHER, OTHER),
        plan=("x",),
        says=("由 sw0",),
    ),
    root("at the edge", tree(ME), "fail major", device={"role": "access"}, says=("接入设备",)),
    root("in the core", tree(ME), "pass", device={"role": "core"}),
    root("planned, priority given", tree(MINE, MINE), "pass", "pass priority", plan=("sw1",)),
    root("planned, priority left", tree(ME), "pass", "fail minor priority", plan=("sw1",)),
    root(
        "planned, priority not printed",
        tree("0000-5e00-5301", "0000-5e00-5301"),
        "pass",
        "not_assessed unsupported priority",
        plan=("sw1",),
    ),
    root("two roots", tree(ME), "pass", "fail major root of sw0", peer=tree(OTHER, OTHER), says=("两个根",)),
    root("two roots, reported by the first", tree(ME), "pass", peer=tree(OTHER, OTHER), behind=True),
    root("a tree for each VLAN", tree(ME, mode="pvst"), "pass", peer=tree(OTHER, OTHER)),
    root("one root", tree(), "pass", peer=tree(OTHER, OTHER)),
    edge("guarded", [EDGE], "pass", "pass edge"),
    edge("not guarded", [EDGE], "fail major", "pass edge", guard=False),
    edge("guarded port by port", [setting(edge=True, bpdu_guard=True)], "pass", "pass edge", guard=False),
    edge(
        "guarded here and there",
        [setting(edge=True, bpdu_guard=True), setting(B, edge=True)],
        "fail major",
        "pass edge",
        guard=False,
        says=(B,),
    ),
    edge("half of them edges", [EDGE, setting(B)], "pass", "fail minor edge", says=("50%", B)),
    edge("no port for users", [setting(mode="trunk")], "not_applicable"),
    edge("a neighbour is heard", [setting()], "not_applicable", facts={"lldp": (heard(A, "sw0"),)}),
    edge("in an aggregation", [setting()], "not_applicable", facts={"lags": (LAG,)}),
    edge("down", [setting()], "not_applicable", facts={"interfaces": ports(A, up=False)}),
    edge("no tree at the edge", [EDGE], "not_applicable", stp=tree(on=False)),
    guards("root guard on", "pass", "pass tc"),
    guards("root guard off", "fail minor", "pass tc", guarded=False),
    guards("changes not held back", "pass", "fail minor tc", tc=False),
    guards("no such setting", "pass", tc=None),
    guards("routed downwards", "pass tc", mode="routed"),
    guards("nothing below", "pass tc", linked=False),
    guards("nothing to judge", "not_applicable", linked=False, tc=None),
    guards("no lower layer", "not_applicable", role="access"),
    guards("role unknown", "not_assessed no_baseline", role="unknown"),
    guards("no tree in the core", "not_applicable", stp=tree(on=False)),
    vlans("few", [through((10, 10))], f"pass {A}"),
    vlans("all", [through((1, 4094))], f"fail minor {A}", says=("4094",)),
    vlans("nearly all", [through((2, 4094))], f"fail minor {A}"),
    vlans("all over the peer-link", [through((1, 4094))], "not_applicable", facts={"mlag": PEER_LINK}),
    vlans(
        "idle ones", [through((10, 10))], f"pass {A}", "fail info idle", there=(1, 10, 20, 30), says=("：20",)
    ),
    vlans(
        "idle, but all are let through",
        [through((1, 4094))],
        f"fail minor {A}",
        "fail info idle",
        there=(1, 20),
    ),
    vlans("no trunk", [setting()], "not_applicable"),
    one("nobody in it", [setting()], "pass"),
    one("a port for users", [setting(vlan=1)], "fail minor access"),
    one("a port that is down", [setting(vlan=1)], "pass", up=False),
    one("native", [through((1, 1), vlan=1)], "fail info pvid"),
    one("native, not let through", [through((10, 10), vlan=1)], "pass"),
    one("with an address", [setting()], "fail minor Vlanif1", address="192.0.2.1"),
    one("routed ports only", [setting(mode="routed")], "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
