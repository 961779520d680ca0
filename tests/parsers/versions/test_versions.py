"""Version order of the three vendors: known cases, and what must hold of any order."""

import os
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.platform import platforms
from parsers.versions import Order, Version, VersionError, compare, find_patch, parse_version

HUAWEI, H3C, INSPUR, INOS6 = "huawei_vrp", "h3c_comware", "inos_cn", "inos6"
LESS, EQUAL, GREATER, NONE = Order.LESS, Order.EQUAL, Order.GREATER, Order.INCOMPARABLE

BASES = [
    # Huawei: a C release is below its SPCs; the first sign of an SPC goes on from 9 to a, b, ... j.
    (HUAWEI, "V200R019C10", LESS, "V200R019C10SPC100"),
    (HUAWEI, "V200R019C10", EQUAL, "V200R019C10SPC000"),
    (HUAWEI, "V200R019C10SPC800", LESS, "V200R019C10SPC900"),
    (HUAWEI, "V200R009C00SPC900", LESS, "V200R009C00SPCa00"),
    (HUAWEI, "V200R009C00SPCa00", LESS, "V200R009C00SPCb00"),
    (HUAWEI, "V200R009C00SPCf00", LESS, "V200R009C00SPCj00"),
    (HUAWEI, "V200R009C00SPCA00", EQUAL, "V200R009C00SPCa00"),
    (HUAWEI, "V200R009C10SPC100", GREATER, "V200R009C00SPC900"),
    (HUAWEI, "V200R010C00", GREATER, "V200R009C10SPC900"),
    (HUAWEI, "V2R9C10", EQUAL, "V200R009C10"),
    (HUAWEI, "v2r9c10spc300", EQUAL, "V200R009C10SPC300"),
    (HUAWEI, "V200R09C00SPC500", EQUAL, "V200R009C00SPC500"),
    (HUAWEI, "V200R009C000SPC102", EQUAL, "V200R009C00SPC102"),
    (HUAWEI, "V200R009C20SCP500", EQUAL, "V200R009C20SPC500"),
    (HUAWEI, "V800R021C01SPC100B593", EQUAL, "V800R021C01SPC100"),
    (HUAWEI, "V200R009C16PWE", EQUAL, "V200R009C16"),
    (HUAWEI, "V200R009C20SPC026T", NONE, "V200R009C20SPC026"),
    (HUAWEI, "V200R009C20SPC026T", LESS, "V200R010C00"),
    (HUAWEI, "V200R009", NONE, "V200R009C10"),
    (HUAWEI, "V200R009", LESS, "V200R010C10"),
    (HUAWEI, "V200R019C10SPC800", NONE, "V300R020C10"),
    (HUAWEI, "V200R022C00SPC500", NONE, "V600R021C00"),
    (HUAWEI, "V200R022C00SPC500", NONE, "V800R011C00SPC200"),
    # H3C: P2701 is sub-release 01 of P27; a kind of build and a thousand are a line of their own.
    (H3C, "Release 6616P05", EQUAL, "R6616P05"),
    (H3C, "7.1.070, Release 6616P05", EQUAL, "R6616P05"),
    (H3C, "Version 7.1.070, Release 6616", EQUAL, "release 6616"),
    (H3C, "R6616", LESS, "R6616P01"),
    (H3C, "R6616P05", LESS, "R6616P12"),
    (H3C, "R6616P34", GREATER, "R6616P2701"),
    (H3C, "R6616P2701", LESS, "R6616P29"),
    (H3C, "R6616P2701", GREATER, "R6616P27"),
    (H3C, "R0305P04", LESS, "R0306P01"),
    (H3C, "R6357", LESS, "R6616P05"),
    (H3C, "R2432P01", NONE, "R7180"),
    (H3C, "Feature 6616", NONE, "Release 6616"),
    (H3C, "Ess 6616", EQUAL, "ESS 6616"),
    (H3C, "Alpha 7170", NONE, "Release 7170"),
    (H3C, "7.1.070, Release 6616", NONE, "9.1.081, Release 6616"),
    (H3C, "5.20.R3177", EQUAL, "5.20, Release 3177"),
    (H3C, "R6616HS09", NONE, "R6616"),
    (H3C, "R6616HS09", NONE, "R6617"),
    (H3C, "R6616P123", NONE, "R6616P05"),
    (H3C, "R6616HS09", EQUAL, "R6616HS09"),
    (H3C, "F9071P0921", LESS, "F9071P0922"),
    (H3C, "R9671P34", NONE, "R9071P3401"),
    # INOS-CN: integers, not text; trains are branches, but for I, which went on as 9.x.
    (INSPUR, "9.3(5)", LESS, "9.3(10)"),
    (INSPUR, "9.3(7)", LESS, "9.3(7a)"),
    (INSPUR, "9.3(7a)", LESS, "9.3(7b)"),
    (INSPUR, "9.3(7b)", LESS, "9.3(8)"),
    (INSPUR, "9.2(3)", LESS, "9.3(1)"),
    (INSPUR, "10.4(2)", GREATER, "9.3(13)"),
    (INSPUR, "7.0(3)I7(8)", LESS, "7.0(3)I7(10)"),
    (INSPUR, "7.0(3)I4(9)", LESS, "7.0(3)I7(1)"),
    (INSPUR, "7.0(3)I7(8)", LESS, "9.2(1)"),
    (INSPUR, "7.3(0)N1(1c)", LESS, "7.3(13)N1(1)"),
    (INSPUR, "7.3(0)N1(1)", NONE, "7.3(0)D1(1)"),
    (INSPUR, "7.3(0)N1(1)", NONE, "9.2(2)"),
    (INSPUR, "16.0(3e)", NONE, "9.3(5)"),
    (INSPUR, "8.2(9)", NONE, "9.2(2)"),
    # INOS 6: what an R branch holds of the builds numbered without one is not documented.
    (INOS6, "6.2.27.13", LESS, "6.2.27.14"),
    (INOS6, "6.6.6.R1.23", LESS, "6.6.6.R1.24"),
    (INOS6, "6.6.6.R1.23", LESS, "6.6.6.R2.1"),
    (INOS6, "6.2.27.R5.66", LESS, "6.6.6.R1.23"),
    (INOS6, "6.2.27.R5.66T3", EQUAL, "6.2.27.R5.66T3"),
    (INOS6, "6.2.27.R5.66T3", NONE, "6.2.27.R5.66"),
    (INOS6, "6.2.27.R5.66T3", LESS, "6.2.27.R5.67"),
    (INOS6, "6.2.27.13", NONE, "6.2.27.R5.66"),
    (INOS6, "6.6.6", NONE, "6.6.6.R1.23"),
]
MIRROR = {LESS: GREATER, GREATER: LESS, EQUAL: EQUAL, NONE: NONE}


@pytest.mark.parametrize(("scheme", "left", "order", "right"), BASES)
def test_order_of_bases(scheme: str, left: str, order: Order, right: str) -> None:
    a, b = parse_version(scheme, left), parse_version(scheme, right)
    assert compare(a, b).order is order
    assert compare(b, a).order is MIRROR[order]


PATCHES = [
    ("V200R019SPH008", LESS, "V200R019SPH012"),
    ("V200R019SPH012", EQUAL, "CE6857EI-V200R019SPH012.PAT"),
    ("V200R019SPH999", LESS, "V200R019SPHa01"),
    ("V200R019SPH008", NONE, "V200R020SPH008"),
    ("V200R019SPH008", NONE, "V300R019SPH008"),
    ("V200R009C10HP0581", NONE, "V200R009C10CP0582"),
    ("V200R009C10CP0581", LESS, "V200R009C10CP0582"),
    ("V200R009C10CP0581", NONE, "V200R009C00CP0582"),
    ("V200R009C10SPH005", LESS, "V200R009SPH006"),
    ("V200R009C10CP0582T", NONE, "V200R009C10CP0582"),
    ("V2R9SPH006", EQUAL, "V200R009SPH006"),
]


@pytest.mark.parametrize(("left", "order", "right"), PATCHES)
def test_order_of_patches(left: str, order: Order, right: str) -> None:
    a, b = find_patch(HUAWEI, left), find_patch(HUAWEI, right)
    assert a is not None
    assert b is not None
    assert compare(a, b).order is order
    assert compare(b, a).order is MIRROR[order]


def test_a_patch_is_not_ordered_against_a_base() -> None:
    patch = find_patch(HUAWEI, "V200R019SPH012")
    assert patch is not None
    assert compare(patch, parse_version(HUAWEI, "V200R019C10SPC800")).order is NONE


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        (HUAWEI, "V200R019C10SPC800"),
        (HUAWEI, "flash:/patch.pat"),
        (HUAWEI, ""),
        (H3C, "R6616HS09"),
        (INSPUR, "x"),
    ],
)
def test_no_patch_in_the_name(scheme: str, name: str) -> None:
    assert find_patch(scheme, name) is None


UNREADABLE = [
    (HUAWEI, ""),
    (HUAWEI, "V5500R001C00"),
    (HUAWEI, "8.191"),
    (HUAWEI, "V200R019SPH012"),
    (HUAWEI, "V200R019C10SPC8000"),
    (H3C, "7.1.070"),
    (H3C, "Release 661"),
    (H3C, "V200R019C10"),
    (INSPUR, "9.2"),
    (INSPUR, "9.2.3"),
    (INSPUR, "7.0(3)I3(0.170)"),
    (INSPUR, "6.6.6.R1.23"),
    ("none", "9.2(2)"),
]


@pytest.mark.parametrize(("scheme", "text"), UNREADABLE)
def test_what_is_no_version_is_refused(scheme: str, text: str) -> None:
    with pytest.raises(VersionError):
        parse_version(scheme, text)


def test_the_reason_names_both_and_why() -> None:
    said = compare(parse_version(HUAWEI, "V200R019C10"), parse_version(HUAWEI, "V600R021C00"))
    assert said.reason == "V200R019C10 与 V600R021C00 无法比较：V200 与 V600 分属不同版本线，编号不能互相比较"


def test_another_line_is_told_from_a_vague_version() -> None:
    running = parse_version(HUAWEI, "V200R019C10SPC800")
    for text, other_line in (("V600R021C00", True), ("V200R019", False), ("V200R019C10SPC800T", False)):
        said = compare(running, parse_version(HUAWEI, text))
        assert (said.order, said.other_line) == (NONE, other_line)


def test_every_platform_names_a_scheme_that_exists() -> None:
    for platform in platforms().values():
        with pytest.raises(VersionError, match="不是"):
            parse_version(platform.version_scheme, "?")


# --- what must hold of any versions of one line ---------------------------------------------------

numbers = st.integers(0, 99)


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


LINES = {HUAWEI: huawei, H3C: h3c, INSPUR: inspur}


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

CORPUS = os.environ.get("XUNJIAN_CORPUS")
REAL = Path(CORPUS or ".").parent / "advisories" / "versions.tsv"
SCHEMES = {"huawei": HUAWEI, "h3c/hpe": H3C, "inspur/cisco": INSPUR, "cisco": INSPUR}


def read_any(scheme: str, text: str) -> Version | None:
    """A base or a patch; None where the text is not one version alone."""
    try:
        return parse_version(scheme, text)
    except VersionError:
        return find_patch(scheme, text) if " " not in text else None


@pytest.mark.skipif(
    CORPUS is None or not REAL.exists(), reason="no list of real version strings beside XUNJIAN_CORPUS"
)
def test_real_versions_stand_in_their_known_order() -> None:
    checked, wrong = 0, []
    for row in (line.split("\t") for line in REAL.read_text("utf-8").splitlines()[1:]):
        scheme = SCHEMES[row[0]]
        chain = [row[1], *re.findall(r"(?<=[<=] )\S+", row[3] if re.match(r"[<=] \S", row[3]) else "")]
        versions = [read_any(scheme, text) for text in chain]
        wanted = LESS if row[3].startswith("<") else EQUAL
        for left, right in pairwise(versions):
            if left is None or right is None:
                continue
            order = compare(left, right).order
            checked += 1
            # Where the numbers alone do not tell, saying so is right; the opposite order never is.
            if order not in (wanted, NONE):
                wrong.append((left.text, order, right.text))
    assert wrong == []
    assert checked >= 40
