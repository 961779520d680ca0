"""Real records of public feeds, where somebody keeps a copy: all are read, the hard ones as they are meant.

`XUNJIAN_ADVISORIES` names the folder with one folder per form; `expected.yaml` beside this file names records
and values only, read out of the records by hand.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from baselines.advisories.detection import format_of, open_feed
from baselines.advisories.reading import Enrichment, Skipped
from baselines.advisory import Advisory

FOLDER = os.environ.get("XUNJIAN_ADVISORIES", "")
RAW = Path(FOLDER or ".") / "raw"
FILES = sorted(path for path in RAW.rglob("*.*") if path.is_file()) if FOLDER else []
pytestmark = pytest.mark.skipif(not FILES, reason="XUNJIAN_ADVISORIES names no folder with raw/")


def test_every_file_is_known_by_what_is_in_it() -> None:
    assert {path.name: format_of(path) for path in FILES} == {path.name: path.parent.name for path in FILES}


def test_every_record_is_read_and_counted() -> None:
    counts: Counter[tuple[str, type]] = Counter()
    skipped: list[Skipped] = []
    for path in FILES:
        for record in open_feed(path).records:
            counts[path.parent.name, type(record)] += 1
            skipped += [record] if isinstance(record, Skipped) else []
    assert skipped == []
    for form in ("cve5", "nvd11", "nvd20", "cnvd"):
        assert counts[form, Advisory] == sum(path.parent.name == form for path in FILES)
    assert counts["csaf", Advisory] >= sum(path.parent.name == "csaf" for path in FILES)
    assert counts["kev", Enrichment] >= 1404  # the catalogue's own count, of August 2025


def test_every_advisory_names_a_product_and_says_where_from() -> None:
    for path in FILES:
        for record in open_feed(path).records:
            if isinstance(record, Advisory):
                assert record.products, record.id
                assert all(product.origin for product in record.products), record.id
                assert record.published is not None, record.id
