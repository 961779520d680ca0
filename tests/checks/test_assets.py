from typing import Any

import pytest

from parsers.facts import Known, Location, Module
from tests.checks.case import SEEN, SOURCE, Case


def part(serial: str, kind: Any = "chassis", made_on: str | None = None) -> Module:
    place = Location(slot="1")
    return Module(seen=SEEN, location=place, kind=kind, model="DEMO-48", serial=serial, made_on=made_on)


def serials(name: str, rows: tuple[Module, ...], *gives: str, **more: Any) -> Case:
    facts = {"inventory": Known(rows, (SOURCE,))}
    return Case(check="HW-013", name=name, facts=facts, gives=gives, **more)


def made(name: str, rows: tuple[Module, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-014", name=name, facts={"inventory": rows}, gives=gives, **more)


VERDICTS = {
    "HW-013": "pass, info, info lacking",
    "HW-014": "pass, minor, info, not_applicable, unparsed, not_collected",
}

A, B = part("DEMO-A"), part("DEMO-B")
LISTED = {"serials": ("DEMO-A", "DEMO-B")}

CASES = [
    serials("nobody listed any", (A, part("DEMO-F", "fan")), "pass", says=("DEMO-A", "只采集")),
    serials("as listed, in any order", (B, A), "pass", expect=LISTED, says=("一致",)),
    serials("one was exchanged", (A, part("DEMO-C")), "fail info", expect=LISTED, says=("DEMO-B", "DEMO-C")),
    serials("one is missing", (A,), "fail info", expect=LISTED, says=("登记而未读到：DEMO-B",)),
    serials(
        "one too many", (A, B, part("DEMO-C")), "fail info", expect=LISTED, says=("读到而未登记：DEMO-C",)
    ),
    serials("only boards are listed", (part("DEMO-L", "board"),), "fail info"),
    serials("none is printed", (), "fail info", expect=LISTED),
    made("new", (part("DEMO-A", made_on="2024-01-05"),), "pass slot 1 DEMO-A", says=("2024-01-05", "2.9 年")),
    made("six years", (part("DEMO-A", made_on="2020-11-18"),), "fail info slot 1 DEMO-A", says=("6.0 年",)),
    made("not quite six", (part("DEMO-A", made_on="2020-11-25"),), "pass slot 1 DEMO-A"),
    made("eight years", (part("DEMO-A", made_on="2018-1-2"),), "fail minor slot 1 DEMO-A"),
    made("boards, too", (part("DEMO-L", "board", "2010/3/4"),), "fail minor slot 1 DEMO-L"),
    made("fans are not judged", (part("DEMO-F", "fan", "2001-01-01"),), "not_applicable"),
    made("no date", (A,), "not_applicable"),
    made("no such day", (part("DEMO-A", made_on="2020-02-31"),), "not_assessed unparsed slot 1 DEMO-A"),
    made("another form", (part("DEMO-A", made_on="week 12"),), "not_assessed unparsed slot 1 DEMO-A"),
    made("made tomorrow", (part("DEMO-A", made_on="2031-02-01"),), "not_assessed unparsed slot 1 DEMO-A"),
    made(
        "a log without times",
        (part("DEMO-A", made_on="2020-02-01"),),
        "not_assessed not_collected",
        collected=False,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
