from typing import Any

import pytest

from parsers.facts import ArpEntry, Partial, Reason, Route, Unknown
from tests.checks.case import SEEN, SOURCE, UNREAD, Case

HOP = "0.0.0.0/0 192.0.2.1"


def route(
    hop: str | None = "192.0.2.1", prefix: str = "0.0.0.0/0", protocol: str = "Static", **more: Any
) -> Route:
    return Route(seen=SEEN, prefix=prefix, protocol=protocol, next_hop=hop, interface="Vlanif10", **more)


ARP = (ArpEntry(seen=SEEN, ip="192.0.2.1", mac="0000-5e00-5301", interface="Vlanif10"),)


def default(
    name: str, rows: tuple[Route, ...], gives: str, *, arp: Any = ARP, wanted: bool | None = True
) -> Case:
    facts = {"routes": rows, "arp": arp}
    return Case(check="L3-011", name=name, facts=facts, gives=(gives,), expect={"default_route": wanted})


def paths(name: str, hops: tuple[str, ...], gives: str, *says: str, **more: Any) -> Case:
    rows = tuple(route(hop, "198.51.100.0/24", "OSPF") for hop in hops)
    expect = {"ecmp_prefixes": ("198.51.100.0/24",)} | more
    return Case(check="L3-013", name=name, facts={"routes": rows}, gives=(gives,), says=says, expect=expect)


VERDICTS = {
    "L3-011": "pass, major lacking, minor lacking, not_applicable, not_collected, unparsed",
    "L3-013": "pass, info lacking, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    default("there, and its next hop answers", (route(),), f"pass {HOP}"),
    default("learned", (route("192.0.2.7", protocol="O_ASE"),), "pass 0.0.0.0/0"),
    default("not there", (), "fail major 0.0.0.0/0"),
    default("in a VRF only", (route(vrf="red"),), "fail major 0.0.0.0/0"),
    default("next hop silent", (route(),), f"fail minor {HOP}", arp=()),
    default(
        "next hop perhaps silent",
        (route(),),
        f"not_assessed unparsed {HOP}",
        arp=Partial((), (UNREAD,), (SOURCE,)),
    ),
    default(
        "no ARP table", (route(),), f"not_assessed not_collected {HOP}", arp=Unknown(Reason.NOT_COLLECTED)
    ),
    default("nobody wants one", (), "not_applicable", wanted=None),
    paths("two", ("192.0.2.1", "192.0.2.5"), "pass 198.51.100.0/24", "192.0.2.5"),
    paths("one", ("192.0.2.1",), "fail info 198.51.100.0/24", "1 个"),
    paths("none", (), "fail info 198.51.100.0/24", "0 个"),
    paths("nobody says which", (), "not_applicable", ecmp_prefixes=()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
