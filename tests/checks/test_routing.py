from dataclasses import replace
from typing import Any, Literal

import pytest

from parsers.facts import BfdSession, BgpPeer, IsisNeighbor, Mad, OspfNeighbor, Reason, Unknown, Uptime
from tests.checks.case import SEEN, Case

Role = Literal["DR", "BDR", "DROTHER"]
HERE = "192.0.2.4 Vlanif102"


def neighbor(state: str, role: Role | None = None, local: Role | None = None) -> OspfNeighbor:
    return OspfNeighbor(
        seen=SEEN, router_id="192.0.2.4", interface="Vlanif102", state=state, role=role, local_role=local
    )


def ospf(
    name: str, row: OspfNeighbor, *gives: str, says: tuple[str, ...] = (), least: int | None = None
) -> Case:
    expect = {"ospf_neighbors": least}
    return Case(check="L3-001", name=name, facts={"ospf": (row,)}, gives=gives, says=says, expect=expect)


def peer(state: str = "ESTABLISHED", received: int | None = 10, **more: Any) -> BgpPeer:
    return BgpPeer(
        seen=SEEN, address="192.0.2.9", remote_as="64500", state=state, prefixes_received=received, **more
    )


def bgp(name: str, row: BgpPeer, gives: str, *says: str, **more: Any) -> Case:
    return Case(check="L3-004", name=name, facts={"bgp": (row,)}, gives=(gives,), says=says, **more)


def isis(name: str, state: str, *gives: str, least: int | None = None) -> Case:
    row = IsisNeighbor(seen=SEEN, system_id="0000.5e00.5301", interface="Vlanif101", state=state)
    expect = {"isis_neighbors": least}
    return Case(
        check="L3-006", name=name, facts={"isis": (row,) if state else ()}, gives=gives, expect=expect
    )


def bfd(name: str, state: str, gives: str, interface: str | None = "Vlanif101", mad: str = "") -> Case:
    rows = (BfdSession(seen=SEEN, peer="192.0.2.2", interface=interface, state=state),) if state else ()
    facts: dict[str, Any] = {"bfd": rows} | ({"mad": Mad(seen=SEEN, modes=(mad,))} if mad else {})
    return Case(check="L3-009", name=name, facts=facts, gives=(gives,))


DAY = 86400


def flap(name: str, up_s: int | None, gives: str, *, started_s: int = 90 * DAY, **more: Any) -> Case:
    row = replace(neighbor(more.pop("state", "FULL")), up_s=up_s)
    facts = {"ospf": (row,), "uptime": Uptime(seen=SEEN, uptime_s=started_s)}
    return Case(check="L3-002", name=name, facts=facts, gives=(gives,), **more)


IS, BFD = "0000.5e00.5301 Vlanif101", "192.0.2.2 Vlanif101"

VERDICTS = {
    "L3-001": "pass, critical, critical lacking, not_applicable, unparsed, unsupported",
    "L3-002": "pass, major, not_applicable, unsupported",
    "L3-004": "pass, critical, major, not_applicable, unparsed",
    "L3-006": "pass, critical, critical lacking, not_applicable, unparsed",
    "L3-009": "pass, major, info, not_applicable, unparsed, unsupported",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    ospf("full", neighbor("FULL"), f"pass {HERE}", least=1),
    ospf("stuck", neighbor("EXSTART"), f"fail critical {HERE}", says=("EXSTART",)),
    ospf("stuck is still a neighbour", neighbor("EXSTART"), f"fail critical {HERE}", least=1),
    ospf("down", neighbor("DOWN"), f"fail critical {HERE}"),
    ospf("2-Way between others", neighbor("2WAY", "DROTHER", "DROTHER"), f"pass {HERE}", says=("DROther",)),
    ospf("2-Way with the DR", neighbor("2WAY", "DR", "DROTHER"), f"fail critical {HERE}", says=("对端 DR",)),
    ospf("2-Way as the BDR", neighbor("2WAY", "DROTHER", "BDR"), f"fail critical {HERE}", says=("本端 BDR",)),
    ospf("2-Way with the DR, own role unknown", neighbor("2WAY", "DR"), f"fail critical {HERE}"),
    ospf(
        "2-Way, own role unknown",
        neighbor("2WAY", "DROTHER"),
        f"not_assessed unsupported {HERE}",
        says=("角色",),
    ),
    ospf("a word nobody knows", neighbor("ODD"), f"not_assessed unparsed {HERE}", says=("ODD",)),
    ospf("one is missing", neighbor("FULL"), f"pass {HERE}", "fail critical", least=2, says=("1 个", "2 个")),
    Case(check="L3-001", name="no OSPF", facts={"ospf": ()}, gives=("not_applicable",)),
    flap("for long", 9 * DAY, f"pass {HERE}"),
    flap("since an hour", 3600, f"fail major {HERE}", says=("1.0 小时",)),
    flap("since the device started", 3600, f"pass {HERE}", started_s=3700, says=("刚启动",)),
    flap("since before the last inspection", 3600, f"pass {HERE}", previous={}, previous_days=0.02),
    flap("how long is not printed", None, f"not_assessed unsupported {HERE}"),
    flap("not established", 3600, "not_applicable", state="INIT"),
    bgp("established", peer(), "pass 192.0.2.9", "10 条"),
    bgp("prefixes not printed", peer(received=None), "pass 192.0.2.9"),
    bgp("in a VRF", peer(vrf="red", family="ipv4"), "pass 192.0.2.9 red ipv4"),
    bgp("idle", peer("IDLE"), "fail critical 192.0.2.9", "IDLE", "64500"),
    bgp("shut by somebody", peer("IDLE", admin_up=False), "not_applicable 192.0.2.9"),
    bgp("a word nobody knows", peer("ODD"), "not_assessed unparsed 192.0.2.9", "ODD"),
    bgp(
        "no routes, as ever",
        peer(received=0),
        "pass 192.0.2.9",
        "0 条",
        previous={"bgp": (peer(received=0),)},
    ),
    bgp("no routes at the first inspection", peer(received=0), "pass 192.0.2.9"),
    bgp("no routes, unknown then", peer(received=0), "pass 192.0.2.9", previous={"bgp": Unknown(Reason.CUT)}),
    bgp("no routes any more", peer(received=0), "fail major 192.0.2.9", "10 条", previous={"bgp": (peer(),)}),
    Case(check="L3-004", name="no BGP", facts={"bgp": ()}, gives=("not_applicable",)),
    isis("up", "UP", f"pass {IS}", least=1),
    isis("init", "INIT", f"fail critical {IS}"),
    isis("down", "DOWN", f"fail critical {IS}"),
    isis("a word nobody knows in IS-IS", "ODD", f"not_assessed unparsed {IS}"),
    isis("one missing", "UP", f"pass {IS}", "fail critical", least=2),
    isis("no IS-IS", "", "not_applicable"),
    isis("no IS-IS, but wanted", "", "fail critical", least=1),
    bfd("session up", "UP", f"pass {BFD}"),
    bfd("session of several hops", "UP", "pass 192.0.2.2", interface=None),
    bfd("session down", "DOWN", f"fail major {BFD}"),
    bfd("session down, a stack watches so", "DOWN", f"not_assessed unsupported {BFD}", mad="bfd"),
    bfd("session down, a stack watches otherwise", "DOWN", f"fail major {BFD}", mad="lacp"),
    bfd("session init", "INIT", f"fail major {BFD}"),
    bfd("session shut", "ADMINDOWN", f"fail info {BFD}"),
    bfd("session in an odd state", "ODD", f"not_assessed unparsed {BFD}"),
    bfd("no session", "", "not_applicable"),
    Case(
        check="L3-001",
        name="no OSPF, but wanted",
        facts={"ospf": ()},
        expect={"ospf_neighbors": 2},
        gives=("fail critical",),
        says=("0 个",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
