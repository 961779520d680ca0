"""Every verdict comes out of what switches print, on every platform whose data differ."""

import pytest

from tests.check_coverage import DOC, document
from tests.checks.case import short
from tests.checks.planted import Planted, planted
from tests.checks.reach import KINDS, Cell, cells, lacking, reached, unreachable


@pytest.mark.parametrize("case", planted(), ids=str)
def test_what_is_planted_is_found(case: Planted) -> None:
    assert sorted(short(result) for result in case.news()) == sorted(case.gives)


def test_no_case_stands_there_twice() -> None:
    found = [(case.check, case.platform, case.said, repr(case.answers)) for case in planted()]
    assert [each for each in found if found.count(each) > 1] == []


@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell.check.id} {' '.join(cell.platforms)}")
def test_every_verdict_is_reached_where_the_data_differ(cell: Cell) -> None:
    assert lacking(cell) == set(), (
        f"{cell.check.id} on {' or '.join(cell.platforms)}: plant what makes it say so in "
        "tests/checks/faults/, or say in unreachable.yml there why nothing can"
    )


def test_what_is_called_unreachable_is_possible_and_not_reached() -> None:
    possible = {(c.check.id, name, kind) for c in cells() for name in c.platforms for kind in c.possible}
    had = {(*key, kind) for key, kinds in reached().items() for kind in kinds}
    assert set(unreachable()) - possible == set()
    assert set(unreachable()) & had == set()


def test_nothing_is_reached_that_the_table_of_verdicts_does_not_know() -> None:
    possible = {(c.check.id, name): c.possible for c in cells() for name in c.platforms}
    assert {key: kinds - possible[key] for key, kinds in reached().items() if kinds - possible[key]} == {}


def test_the_document_is_current() -> None:
    assert DOC.read_text("utf-8") == document(), "run python -m tests.check_coverage"


def test_kinds_are_all_there_is() -> None:
    assert {kind for cell in cells() for kind in cell.possible} <= set(KINDS)
