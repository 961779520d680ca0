"""Every platform says of every fact that it is read, or why not; docs/coverage.md tells the same."""

from dataclasses import fields

import pytest

from collector.platform import platforms
from parsers.facts import FACT_NAMES, FACT_TABLES, Facts, Known, Reason, Unknown
from parsers.reader import read_facts
from tests.corpus import CORPUS
from tests.coverage_doc import DOC, document


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_every_fact_is_read_or_left_out_with_a_reason(platform_id: str) -> None:
    platform = platforms()[platform_id]
    said = [*platform.facts, *platform.without, *platform.not_printed, *platform.missing]
    assert sorted(said) == sorted(FACT_NAMES)
    assert all({**platform.without, **platform.not_printed, **platform.missing}.values())


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_what_a_device_has_none_of_is_known_to_be_empty(platform_id: str) -> None:
    """A list is empty; of another fact there is nothing that could be known."""
    platform = platforms()[platform_id]
    facts = read_facts(platform, [])
    for name in platform.without:
        nothing = Unknown(Reason.UNSUPPORTED, f"{platform.label}: {name}", absent=True)
        assert getattr(facts, name) == (Known(()) if name in FACT_TABLES else nothing)


def test_lists_are_told_from_single_records() -> None:
    assert {f.name for f in fields(Facts) if "tuple[" in str(f.type)} == FACT_TABLES


def test_the_document_has_every_fact_of_every_platform() -> None:
    """How well real outputs are read stands there too, but only a machine that has them can say so."""
    header, _, *rows = [line for line in DOC.read_text("utf-8").splitlines() if line.startswith("| ")]
    ids = [cell.strip() for cell in header.strip("|").split("|")][1:]
    assert ids == list(platforms())
    told = {row.split("|")[1].strip(" `"): [cell.strip() for cell in row.split("|")[2:-1]] for row in rows}
    for fact in FACT_NAMES:
        for platform_id, cell in zip(ids, told[fact], strict=True):
            platform = platforms()[platform_id]
            left_out = {
                "has none": platform.without,
                "not printed": platform.not_printed,
                "**missing**": platform.missing,
            }
            assert (fact in left_out[cell]) if cell in left_out else fact in platform.facts, fact


@pytest.mark.skipif(CORPUS is None, reason="XUNJIAN_CORPUS names no folder of real outputs")
def test_captures_are_read_and_what_is_not_has_a_reason() -> None:
    """95 % of each folder's captures without an unread line; every other sample is listed, and why."""
    text, wrong = document()
    assert wrong == []
    assert text == DOC.read_text("utf-8"), "make it again: python -m tests.coverage_doc"
