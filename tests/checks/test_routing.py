from typing import Literal

import pytest

from parsers.facts import OspfNeighbor
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


VERDICTS = {
    "L3-001": "pass, critical, critical lacking, not_applicable, unparsed, unsupported",
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
