from typing import Any

import pytest

from parsers.facts import License, Location, Module
from tests.checks.case import SEEN, Case


def licence(state: str = "In use", ends: str | None = None, feature: str = "MPLS", **more: Any) -> License:
    return License(seen=SEEN, feature=feature, state=state, expires_on=ends, **more)


def case(check: str, name: str, rows: tuple[License, ...], *gives: str, **more: Any) -> Case:
    facts = {"licenses": rows} | more.pop("facts", {})
    return Case(check=check, name=name, facts=facts, gives=gives, **more)


def bound(name: str, device_id: str | None, *gives: str, serials: tuple[str, ...] = ("DEMO-A",)) -> Case:
    parts = tuple(
        Module(seen=SEEN, location=Location(), kind="chassis", model=None, serial=serial)
        for serial in serials
    )
    return case("LIC-003", name, (licence(device_id=device_id),), *gives, facts={"inventory": parts})


VERDICTS = {
    "LIC-001": "pass, critical, major, minor, info, not_applicable, not_collected",
    "LIC-002": "pass, major, minor, not_applicable, unsupported",
    "LIC-003": "pass, minor, not_applicable, unparsed",
    "LIC-004": "pass, major, info, not_applicable",
}

CASES = [
    case("LIC-001", "for ever", (licence(),), "pass MPLS", says=("没有到期日",)),
    case("LIC-001", "long", (licence(ends="2027-02-19"),), "pass MPLS", says=("还有 91 天",)),
    case("LIC-001", "ninety days", (licence(ends="2027-02-18"),), "fail minor MPLS", says=("还有 90 天",)),
    case("LIC-001", "thirty days", (licence(ends="2026-12-20"),), "fail major MPLS", says=("还有 30 天",)),
    case("LIC-001", "its last day", (licence(ends="2026-11-20"),), "fail major MPLS", says=("还有 0 天",)),
    case("LIC-001", "over", (licence(ends="2026-11-19"),), "fail critical MPLS", says=("已过期 1 天",)),
    case("LIC-001", "no days are left, and over", (licence("Expired", "2026-11-20"),), "fail critical MPLS"),
    case("LIC-001", "over, and not used", (licence("Unused", "2026-11-19"),), "fail info MPLS"),
    case(
        "LIC-001",
        "of one feature the first that ends",
        (licence(), licence(ends="2026-11-30"), licence(ends="2030-01-01")),
        "fail major MPLS",
    ),
    case("LIC-001", "a trial is told elsewhere", (licence("Trial", "2026-11-19"),), "not_applicable"),
    case("LIC-001", "a sort for trials", (licence(ends="2026-11-30", type="Trial"),), "not_applicable"),
    case("LIC-001", "none", (), "not_applicable"),
    case("LIC-001", "a log without times", (licence(),), "not_assessed not_collected", collected=False),
    case("LIC-002", "room left", (licence(limit=100, used=89),), "pass MPLS", says=("89%",)),
    case("LIC-002", "nearly used up", (licence(limit=100, used=90),), "fail minor MPLS"),
    case("LIC-002", "used up", (licence(limit=100, used=100),), "fail major MPLS"),
    case(
        "LIC-002",
        "several for one feature",
        (licence(limit=50, used=50), licence(limit=50, used=0)),
        "pass MPLS",
        says=("授权 100，已用 50",),
    ),
    case("LIC-002", "use is not printed", (licence(limit=100),), "not_assessed unsupported MPLS"),
    case("LIC-002", "for a function", (licence(),), "not_applicable"),
    bound("this device", "DEMO-A", "pass MPLS"),
    bound("one member of a stack", "demo-b", "pass MPLS", serials=("DEMO-A", "DEMO-B")),
    bound("another device", "DEMO-C", "fail minor MPLS"),
    bound("bound to nothing", None, "not_applicable"),
    bound("nobody knows this one", "DEMO-A", "not_assessed unparsed", serials=()),
    case("LIC-004", "all paid", (licence(), licence("Normal", feature="VXLAN")), "pass"),
    case("LIC-004", "a trial", (licence("Trial", "2026-12-01"),), "fail major MPLS", says=("2026-12-01",)),
    case("LIC-004", "for a demonstration", (licence("Demo"),), "fail major MPLS"),
    case("LIC-004", "a trial nobody uses", (licence("Trial unused"),), "fail info MPLS"),
    case("LIC-004", "of a sort for trials", (licence(type="Trial (days restricted)"),), "fail major MPLS"),
    case("LIC-004", "a period of grace in use", (licence(type="Grace 10D 1H"),), "fail major MPLS"),
    case("LIC-004", "grace nobody uses", (licence("Unused", type="Grace 10D 1H"),), "fail info MPLS"),
    case("LIC-004", "nothing of it is used", (licence("Demo", limit=80, used=0),), "fail info MPLS"),
    case(
        "LIC-004",
        "one of two is used",
        (licence("Demo", limit=80, used=1), licence("Demo", limit=80, used=0)),
        "fail major MPLS",
    ),
    case("LIC-004", "none", (), "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
