"""What must hold of any versions of one line, and the known order of real ones."""

import os
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.versions import (
    Version,
    VersionError,
    compare,
    find_patch,
    parse_version,
)
from tests.parsers.versions.schemes import EQUAL, GREATER, H3C, HUAWEI, INOS6, INSPUR, LESS, MIRROR

numbers = st.integers(0, 98)  # 99 stands for internal builds


@st.composite
def huawei(draw: st.DrawFn) -> str:
    spc = draw(st.sampled_from(["", *(f"SPC{first}{n:02}" for first in "0189abj" for n in (0, 10))]))
    return f"V200R{draw(st.integers(1, 30)):03}C{draw(st.integers(0, 9)) * 10:02}{spc}"


@st.composite
def h3c(draw: st.DrawFn) -> str:
    patch = draw(st.sampled_from(["", "P01", "P05", "P27", "P2701", "P34"]))
    return f"{draw(st.sampled_from(['Release ', 'R']))}{draw(st.integers(6000, 6999))}{patch}"


@st.composite
def inspur(draw: st.DrawFn) -> str:
    letter = draw(st.sampled_from(["", "a", "b"]))
    train = f"7.0({draw(numbers)})I{draw(st.integers(1, 9))}({draw(numbers)}{letter})"
    plain = f"{draw(st.integers(9, 10))}.{draw(st.integers(1, 4))}({draw(numbers)}{letter})"
    return draw(st.sampled_from([train, plain]))


@st.composite
def inos6(draw: st.DrawFn) -> str:
    return f"6.{draw(numbers)}.{draw(numbers)}.R{draw(numbers)}.{draw(numbers)}"


LINES = {HUAWEI: huawei, H3C: h3c, INSPUR: inspur, INOS6: inos6}


@pytest.mark.parametrize("scheme", sorted(LINES))
@given(data=st.data())
def test_versions_of_a_line_can_be_sorted(scheme: str, data: st.DataObject) -> None:
    strategy: Callable[[], st.SearchStrategy[str]] = LINES[scheme]
    texts = data.draw(st.lists(strategy(), min_size=1, max_size=8))
    ordered = sorted(parse_version(scheme, text) for text in texts)
    assert sorted(version.text for version in ordered) == sorted(texts)
    assert all(a <= b and not a > b for a, b in pairwise(ordered))


@pytest.mark.parametrize("scheme", sorted(LINES))
@given(data=st.data())
def test_order_is_total_inside_a_line(scheme: str, data: st.DataObject) -> None:
    strategy: Callable[[], st.SearchStrategy[str]] = LINES[scheme]
    a, b, c = (parse_version(scheme, data.draw(strategy())) for _ in range(3))
    assert compare(a, a).order is EQUAL
    assert compare(a, b).order in (LESS, EQUAL, GREATER)
    assert compare(b, a).order is MIRROR[compare(a, b).order]
    if compare(a, b).order is compare(b, c).order:
        assert compare(a, c).order is compare(a, b).order
    if compare(a, b).order is EQUAL:
        assert compare(a, c).order is compare(b, c).order


@pytest.mark.parametrize("scheme", sorted(LINES))
@given(data=st.data())
def test_a_version_keeps_its_text(scheme: str, data: st.DataObject) -> None:
    strategy: Callable[[], st.SearchStrategy[str]] = LINES[scheme]
    text = data.draw(strategy())
    version = parse_version(scheme, f" {text} ")
    assert version.text == text
    assert parse_version(scheme, version.text) == version


@given(first=st.sampled_from(sorted(LINES)), text=st.text(max_size=30))
def test_any_text_is_a_version_or_refused(first: str, text: str) -> None:
    try:
        version = parse_version(first, text)
    except VersionError:
        return
    assert compare(version, version).order is EQUAL


# --- real version strings with what is known of their order -----------------------------------------

ADVISORIES = os.environ.get("XUNJIAN_ADVISORIES")
SCHEMES = {"huawei": HUAWEI, "h3c/hpe": H3C, "inspur/cisco": INSPUR, "cisco": INSPUR}
SIGNS = {"<": LESS, ">": GREATER, "=": EQUAL}
NO_VERSIONS = 8
"""Rows that hold no single version: remarks, pairs written out, and numbers of small routers (V201R018)."""

needs_list = pytest.mark.skipif(
    ADVISORIES is None, reason="XUNJIAN_ADVISORIES names no folder with versions.tsv"
)


def facts() -> list[list[str]]:
    return [
        line.split("\t")
        for line in (Path(ADVISORIES or "") / "versions.tsv").read_text("utf-8").splitlines()[1:]
    ]


def read_any(scheme: str, text: str) -> Version | None:
    """A base or a patch; None where the text is not one version alone."""
    try:
        return parse_version(scheme, text)
    except VersionError:
        return find_patch(scheme, text)


@needs_list
def test_real_versions_are_read() -> None:
    unread = [row[1] for row in facts() if read_any(SCHEMES[row[0]], row[1]) is None]
    assert len(unread) <= NO_VERSIONS, unread


@needs_list
def test_real_versions_stand_in_their_known_order() -> None:
    checked, wrong = 0, []
    for vendor, raw, _, fact, *_ in facts():
        said = re.findall(r"(?:^|(?<= ))([<>=]) (\S+)", fact) if re.match("[<>=] ", fact) else []
        left = read_any(SCHEMES[vendor], raw)
        for sign, text in said:
            right = read_any(SCHEMES[vendor], text)
            if left is None or right is None:
                continue  # a word of the remark, not a version
            checked += 1
            if (order := compare(left, right).order) is not SIGNS[sign]:
                wrong.append((left.text, sign, text, order))
            left = right
    assert wrong == []
    assert checked >= 45
