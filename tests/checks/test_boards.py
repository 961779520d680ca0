from typing import Any

import pytest

from parsers.facts import Board, Location
from tests.checks.case import SEEN, Case


def board(state: str, kind: Any = "lpu", *, present: bool = True, slot: str = "2") -> Board:
    return Board(
        seen=SEEN, location=Location(slot=slot), kind=kind, model="DEMO-48", present=present, state=state
    )


def boards(name: str, rows: tuple[Board, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-006", name=name, facts={"boards": rows}, gives=gives, **more)


def main(name: str, rows: tuple[Board, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-007", name=name, facts={"boards": rows}, gives=gives, **more)


def fabric(name: str, rows: tuple[Board, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-008", name=name, facts={"boards": rows}, gives=gives, **more)


VERDICTS = {
    "HW-006": "pass, critical, not_applicable, unparsed",
    "HW-007": "pass, critical, critical lacking, not_applicable, unparsed, unsupported",
    "HW-008": "pass, critical, major lacking, not_applicable, unparsed, unsupported",
}

ONE, TWO = board("Master", "mpu", slot="0"), board("Standby", "mpu", slot="1")
FABRIC = board("Normal", "fabric", slot="7")

CASES = [
    boards("good", (board("Normal"),), "pass slot 2", says=("DEMO-48",)),
    boards("powered down", (board("powered-dn"),), "fail critical slot 2", says=("powered-dn",)),
    boards("a fixed switch may be broken as well", (board("Fault", "fixed"),), "fail critical slot 2"),
    boards("others judge main boards and fabrics", (board("Fault", "mpu"), FABRIC), "not_applicable"),
    boards(
        "only kinds of the baseline",
        (board("Fault", "subcard"),),
        "not_applicable",
        params={"kinds": ("lpu",)},
    ),
    boards("empty slot", (board("Absent", present=False),), "not_applicable"),
    boards("empty slot by its word", (board("Absent"),), "not_applicable"),
    boards("none", (), "not_applicable"),
    boards("a word nobody knows", (board("Odd"),), "not_assessed unparsed slot 2", says=("Odd",)),
    main("both are good", (ONE, TWO), "pass slot 0", "pass slot 1", expect={"mpu_min": 2}),
    main("standby with a star", (board("active *", "mpu"),), "pass slot 2"),
    main("ready to take over", (board("ha-standby", "mpu"),), "pass slot 2"),
    main("one is broken", (ONE, board("Fault", "mpu", slot="1")), "pass slot 0", "fail critical slot 1"),
    main(
        "a broken one counts once",
        (ONE, board("Fault", "mpu", slot="1")),
        "pass slot 0",
        "fail critical slot 1",
        expect={"mpu_min": 2},
    ),
    main(
        "one is missing", (ONE,), "pass slot 0", "fail critical", expect={"mpu_min": 2}, says=("1 块", "2 块")
    ),
    main("an empty bay, and nobody wants two", (ONE, board("Absent", "mpu", present=False)), "pass slot 0"),
    main("a box", (board("Normal", "fixed"),), "not_applicable"),
    main("a box that should have two", (board("Normal", "fixed"),), "fail critical", expect={"mpu_min": 2}),
    main("no slots are listed", (), "not_assessed unsupported", expect={"mpu_min": 1}),
    main("a word nobody knows", (board("Odd", "mpu"),), "not_assessed unparsed slot 2"),
    fabric("good", (FABRIC,), "pass slot 7"),
    fabric("broken", (board("Offline", "fabric"),), "fail critical slot 2"),
    fabric("too few", (FABRIC,), "pass slot 7", "fail major", expect={"fabric_min": 3}, says=("3 块",)),
    fabric("none, and none is wanted", (ONE,), "not_applicable"),
    fabric("no slots are listed", (), "not_assessed unsupported", expect={"fabric_min": 1}),
    fabric("a word nobody knows", (board("Odd", "fabric"),), "not_assessed unparsed slot 2"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
