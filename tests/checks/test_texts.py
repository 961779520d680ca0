"""The catalogue says of every check what a report needs, on every platform."""

import re
from itertools import pairwise

import pytest
from pydantic import TypeAdapter, ValidationError

from checks.inspection import CheckText
from checks.registry import CHECKS
from checks.texts import check_texts
from collector.platform import platforms

TEXTS = list(check_texts().values())


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_nothing_is_left_empty(text: CheckText) -> None:
    prose = (text.title, text.group, text.meaning, text.rule, text.rationale, text.risk, text.verification)
    assert all(part.strip() for part in (*prose, text.interrupts))
    assert all(line.strip() for line in (*text.remediation.values(), *text.rollback.values()))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_every_platform_has_its_remedy_and_the_way_back(text: CheckText) -> None:
    for steps in (text.remediation, text.rollback):
        assert "action" in steps or steps.keys() == platforms().keys()
        assert steps.keys() <= {"action", *platforms()}
    commands = text.remediation.keys() - {"action"}
    assert text.remediation_checked.keys() == commands, "each says whether it was checked"


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_clause_numbers_nobody_compared_say_so(text: CheckText) -> None:
    clauses = [reference for reference in text.references if "22239" in reference]
    assert [reference for reference in clauses if "待核对" not in reference] == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_text_is_not_cut_by_folding(text: CheckText) -> None:
    """YAML folding puts a space between lines; between Chinese characters it must not show."""
    prose = (text.meaning, text.rule, text.rationale, text.risk, text.verification)
    assert [part for part in prose if re.search(r"[\u4e00-\u9fff，。；：、）] [\u4e00-\u9fff（]", part)] == []


def test_groups_stay_together() -> None:
    groups = [text.group for text in TEXTS]
    assert len(dict.fromkeys(groups)) == 1 + sum(a != b for a, b in pairwise(groups))


def test_texts_stand_in_the_order_of_the_checks() -> None:
    assert [text.id for text in TEXTS] == [check.id for check in CHECKS]


def test_an_unknown_field_is_an_error() -> None:
    data = TypeAdapter(CheckText).dump_python(TEXTS[0]) | {"tittle": "x"}
    with pytest.raises(ValidationError, match="tittle"):
        TypeAdapter(CheckText).validate_python(data)
