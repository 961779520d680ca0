from typing import Any, Literal

import pytest

from parsers.facts import AdjacencyAuth, BgpPeer, Fhrp, FhrpTracking, OspfNeighbor, Route, StaticRoute, Track
from tests.checks.case import SEEN, Case

Kind = Literal["none", "plain", "hash"]
HERE, PEER, GROUP, NET = "Vlanif10", "192.0.2.9", "Vlanif10 1", "198.51.100.0/24"


def auth(
    scope: Literal["area", "interface", "peer"], name: str, kind: Kind, external: bool | None = None
) -> AdjacencyAuth:
    return AdjacencyAuth(seen=SEEN, scope=scope, name=name, kind=kind, external=external)


def ospf(name: str, gives: str, *settings: AdjacencyAuth) -> Case:
    row = OspfNeighbor(seen=SEEN, router_id="192.0.2.4", interface=HERE, state="FULL")
    facts = {"ospf": (row, row), "adjacency_auth": settings}
    return Case(check="L3-003", name=name, facts=facts, gives=(gives,))


def bgp(name: str, gives: str, *settings: AdjacencyAuth) -> Case:
    row = BgpPeer(seen=SEEN, address=PEER, remote_as="64500", state="ESTABLISHED")
    return Case(check="L3-005", name=name, facts={"bgp": (row,), "adjacency_auth": settings}, gives=(gives,))


def watch(
    name: str,
    gives: str,
    *watched: str,
    state: Any = "master",
    group: int = 1,
    down: str = "",
    id_: str = "5",
) -> Case:
    facts = {
        "fhrp": (Fhrp(seen=SEEN, interface=HERE, group=1, vip="192.0.2.254", state=state),),
        "fhrp_tracking": (FhrpTracking(seen=SEEN, interface=HERE, group=group, watched=watched),),
        "tracks": (Track(seen=SEEN, id=id_, state="negative" if down else "positive"),),
    }
    return Case(check="L3-008", name=name, facts=facts, gives=(gives,))


def static(hop: str | None = "192.0.2.1", preference: int = 60, interface: str | None = None) -> StaticRoute:
    return StaticRoute(seen=SEEN, prefix=NET, next_hop=hop, interface=interface, preference=preference)


def route(hop: str, protocol: str = "Static") -> Route:
    return Route(seen=SEEN, prefix=NET, protocol=protocol, next_hop=hop, interface=HERE)


def used(name: str, rows: tuple[StaticRoute, ...], routes: tuple[Route, ...], *gives: str) -> Case:
    return Case(check="L3-012", name=name, facts={"static_routes": rows, "routes": routes}, gives=gives)


VERDICTS = {
    "L3-003": "pass, major lacking, minor, not_applicable, unsupported",
    "L3-005": "pass, minor lacking, info lacking, not_applicable, unsupported",
    "L3-008": "pass, major, minor lacking, not_applicable, unsupported",
    "L3-012": "pass, minor lacking, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    ospf(
        "of the interface", f"pass {HERE}", auth("interface", "vlanif10", "hash"), auth("area", "0", "none")
    ),
    ospf("of the area", f"pass {HERE}", auth("area", "0", "hash")),
    ospf(
        "the interface takes it off",
        f"fail major {HERE}",
        auth("interface", HERE, "none"),
        auth("area", "0", "hash"),
    ),
    ospf("none at all", f"fail major {HERE}", auth("area", "0", "none")),
    ospf("nothing configured", f"fail major {HERE}"),
    ospf("a password that all can read", f"fail minor {HERE}", auth("interface", HERE, "plain")),
    ospf(
        "areas differ",
        f"not_assessed unsupported {HERE}",
        auth("area", "0", "hash"),
        auth("area", "1", "none"),
    ),
    Case(
        check="L3-003",
        name="no neighbours",
        facts={"ospf": (), "adjacency_auth": ()},
        gives=("not_applicable",),
    ),
    bgp("with a password", f"pass {PEER}", auth("peer", PEER, "hash", external=True)),
    bgp("outside, without", f"fail minor {PEER}", auth("peer", PEER, "none", external=True)),
    bgp("nobody knows where, without", f"fail minor {PEER}", auth("peer", PEER, "none")),
    bgp("inside, without", f"fail info {PEER}", auth("peer", PEER, "none", external=False)),
    bgp("not configured by address", f"not_assessed unsupported {PEER}"),
    Case(check="L3-005", name="no peers", facts={"bgp": (), "adjacency_auth": ()}, gives=("not_applicable",)),
    watch("watches", f"pass {GROUP}", "5 reduced 30"),
    watch("what it watches is down", f"fail major {GROUP}", "5 reduced 30", down="5"),
    watch(
        "a test is down", f"fail major {GROUP}", "nqa ops uplink reduced 40", down="1", id_="nqa ops uplink"
    ),
    watch("another test", f"pass {GROUP}", "nqa ops uplink-b reduced 40", down="1", id_="nqa ops uplink"),
    watch("something else is down", f"pass {GROUP}", "interface 10GE1/0/1 reduced 30", down="5"),
    watch("watches nothing", f"fail minor {GROUP}"),
    watch("watches nothing as backup", f"not_applicable {GROUP}", state="backup"),
    watch("another group", f"not_assessed unsupported {GROUP}", group=2),
    Case(
        check="L3-008", name="no groups", facts={"fhrp": (), "fhrp_tracking": ()}, gives=("not_applicable",)
    ),
    used("in use", (static(),), (route("192.0.2.1"),), f"pass {NET} 192.0.2.1"),
    used("not in use", (static(),), (), f"fail minor {NET} 192.0.2.1"),
    used("another next hop", (static(),), (route("192.0.2.5"),), f"fail minor {NET} 192.0.2.1"),
    used("by its port", (static(None, interface="Vlanif20"),), (route("192.0.2.5"),), f"pass {NET} Vlanif20"),
    used(
        "one waits",
        (static(), static("192.0.2.2", 70)),
        (route("192.0.2.1"),),
        f"pass {NET} 192.0.2.1",
        f"not_applicable {NET} 192.0.2.2",
    ),
    used(
        "behind a learned one", (static(),), (route("192.0.2.5", "OSPF"),), f"not_applicable {NET} 192.0.2.1"
    ),
    used("no static routes", (), (), "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
