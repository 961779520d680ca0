"""Real records of public feeds, where somebody keeps a copy: all are read, the hard ones as they are meant.

`XUNJIAN_ADVISORIES` names the folder with one folder per form; `expected.yaml` beside this file names records
and values only, read out of the records by hand.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselines.advisories.detection import format_of, open_feed
from baselines.advisories.products import name_key
from baselines.advisories.reading import Enrichment, Skipped
from baselines.advisory import Advisory, Affected, Bound, Fix, Product

FOLDER = os.environ.get("XUNJIAN_ADVISORIES", "")
RAW = Path(FOLDER or ".") / "raw"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("expected.yaml").read_text("utf-8")
)
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


def statement(said: Affected) -> str:
    """One statement as `expected.yaml` writes it."""
    parts = [
        f"builds {' '.join(said.builds)}" if said.builds else "",
        f"branches {' '.join(said.branches)}" if said.branches else "",
        f"base {ends(said.base_from, said.base_to)}" if said.base_from or said.base_to else "",
        f"patch {ends(said.patch_from, said.patch_to)}" if said.patch_from or said.patch_to else "",
        "all" if said.every else "",
        f"if {said.condition}" if said.condition else "",
    ]
    return ("text: " if said.inferred else "") + "; ".join(part for part in parts if part)


def ends(low: Bound | None, high: Bound | None) -> str:
    left = "(, " if low is None else f"{'[' if low.inclusive else '('}{low.version}, "
    return left + (")" if high is None else f"{high.version}{']' if high.inclusive else ')'}")


def fix(said: Fix) -> str:
    goal = "+".join(part for part in (said.base, said.patch) if part)
    bases = f" for {' '.join(said.for_bases)}" if said.for_bases else ""
    return ("text: " if said.inferred else "") + goal + bases


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hard_record_says_what_it_says(name: str) -> None:
    (file,) = (path for path in FILES if f"{path.parent.name}/{path.stem}" == name)
    found = next(record for record in open_feed(file).records if isinstance(record, Advisory))
    products: dict[str, Product] = {}
    for each in found.products:
        products.setdefault(name_key(each.vendor, each.name), each)
    makers = {each.vendor for each in found.products}
    wanted = EXPECTED[name]
    assert len(found.conflicts) == wanted.get("conflicts", len(found.conflicts))
    for title, says in wanted["products"].items():
        product = next(products[key] for m in makers if (key := name_key(m, title)) in products)
        said = sorted(statement(each) for each in product.affected)
        assert said == sorted(says["affected"]), title
        assert product.no_fix is says.get("no_fix", product.no_fix)
        if "fixed" in says:
            fixes = [fix(each) for each in product.fixed if each.base or each.patch]
            assert fixes == says["fixed"], title
        if "on" in says:
            assert len(product.on) == says["on"][0]
            assert says["on"][1] in product.on


def test_there_are_forty_of_them() -> None:
    assert len(EXPECTED) >= 40
