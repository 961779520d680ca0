"""INOS-CN: self-tests of modules, from fixture texts to facts."""

from typing import Any

import pytest

from parsers.facts import Known, Partial, Reason, Unknown
from tests.parsers.inos_cn_outputs import CONFIG, fixture, plain, read

MODULES, TESTS = "show module", "show diagnostic result module all"
BOX = {MODULES: fixture(MODULES, "box_9x")}
OVERALL = [
    {"location": "slot 1", "name": "Online Diag Status", "result": "Pass", "summary": True},
    {"location": "slot 2", "name": "Online Diag Status", "result": "Fail", "summary": True},
]

CASES: dict[str, tuple[dict[str, str], list[dict[str, Any]]]] = {
    "of modules as a whole, where tests are not known": (BOX, OVERALL),
    "tests of a box": (
        {**BOX, TESTS: fixture(TESTS, "box")},
        [
            *OVERALL,
            {"location": "slot 1", "name": "ASICRegisterCheck", "result": "Pass"},
            {"location": "slot 1", "name": "NVRAM", "result": "Pass"},
            {"location": "slot 1", "name": "SecondaryBootROM", "result": "Untested"},
            {"location": "slot 1", "name": "PortLoopback", "result": "Untested"}
            | {"ports": [1, 2, 3, 4, 5, 6]},
        ],
    ),
    "tests of a chassis": (
        {**BOX, TESTS: fixture(TESTS, "chassis")},
        [
            *OVERALL,
            {"location": "slot 2", "name": "ASICRegisterCheck", "result": "Fail"},
            {"location": "slot 2", "name": "PortLoopback", "result": "Untested"},
            {"location": "slot 2", "name": "PortLoopback", "result": "Pass"}
            | {"ports": [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 15, 16]},
            {"location": "slot 2", "name": "PortLoopback", "result": "Fail", "ports": [7, 14]},
            {"location": "slot 2", "name": "PortLoopback", "result": "Pass", "ports": [17, 18]},
            {"location": "slot 2", "name": "PortLoopback", "result": "Error disabled", "ports": [19]},
            {"location": "slot 2", "name": "PortLoopback", "result": "Untested", "ports": [20]},
            {"location": "slot 27", "name": "USB", "result": "Incomplete"},
            {"location": "slot 27", "name": "CryptoDevice", "result": "Abort"},
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_results(case: str) -> None:
    outputs, expected = CASES[case]
    fact = read({"show running-config": CONFIG, **outputs}).diagnostics
    assert isinstance(fact, Known)
    assert plain(fact.value) == expected


UNREADABLE = {
    "no module has a status, and tests are not known": {MODULES: BOX[MODULES].partition("Mod  Online")[0]},
    "a test of ports without any port": {
        **BOX,
        TESTS: fixture(TESTS, "box").partition("          Port")[0],
    },
    "fewer results than ports": {**BOX, TESTS: fixture(TESTS, "box").replace("U  U  U  U  U  U", "U  U  U")},
    "nothing": {**BOX, TESTS: ""},
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_would_be_half_of_it_is_unreadable(case: str) -> None:
    fact = read({"show running-config": CONFIG, **UNREADABLE[case]}).diagnostics
    assert isinstance(fact, Unknown)
    assert fact.reason is Reason.UNPARSED


def test_a_letter_that_the_legend_does_not_have_is_not_passed_over() -> None:
    text = fixture(TESTS, "box").replace("NVRAM-------------------------> .", "NVRAM---> X")
    fact = read({"show running-config": CONFIG, **BOX, TESTS: text}).diagnostics
    assert isinstance(fact, Partial)
    assert "NVRAM" not in {row.name for row in fact.value}
