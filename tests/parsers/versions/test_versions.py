"""Version order of the three vendors: known cases."""

import pytest

from collector.platform import platforms
from parsers.versions import (
    IncomparableError,
    Order,
    VersionError,
    compare,
    explain,
    find_patch,
    parse_version,
)
from tests.parsers.versions.schemes import EQUAL, GREATER, H3C, HUAWEI, INOS6, INSPUR, LESS, MIRROR, NONE

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
    (HUAWEI, "v5500r001c00", EQUAL, "V500R001C00"),
    (HUAWEI, "VRP (R) software, Version 8.191 (CE12800 V200R019C10SPC800)", EQUAL, "V200R019C10SPC800"),
    (HUAWEI, "VRP (R) software, Version 5.170 (AR610 V300R019C13SPC200)", NONE, "V200R010C10"),
    (HUAWEI, "VRP (R) software, Version 8.320 (NetEngine 8000 V800R021C01SPC100B593)", LESS, "V800R021C10"),
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
    # A hot patch comes on top of its release; whether another release holds its fixes is not documented.
    (H3C, "R6616HS09", GREATER, "R6616"),
    (H3C, "R6616HS09", LESS, "R6616HS10"),
    (H3C, "R6616HS09", NONE, "R6617"),
    (H3C, "R6616P02HS01", GREATER, "R6616P02"),
    (H3C, "R6616P05-US", NONE, "R6616P05"),
    (H3C, "R6616P05H01", NONE, "R6616P05"),
    (H3C, "R6616P123", NONE, "R6616P05"),
    (H3C, "R6616HS09", EQUAL, "R6616HS09"),
    (H3C, "F9071P0921", LESS, "F9071P0922"),
    # Firewalls: one sequence over both numbers and both letters, by the P number alone.
    (H3C, "R9671P34", LESS, "R9071P3401"),
    (H3C, "R9671P2402", LESS, "R9671P2701"),
    (H3C, "F9071P23", LESS, "R9671P2402"),
    # Files and banners; families differ where both texts name theirs.
    (H3C, "S5130S_EI-CMW710-R6357.ipe", LESS, "S5130S_EI-CMW710-R6380"),
    (H3C, "S5130S_EI-CMW710-R6357.ipe", EQUAL, "Release 6357"),
    (H3C, "S5130S_EI-CMW710-R6357", NONE, "S6520X-CMW710-R6380"),
    (H3C, "MSR93X-CMW520-R2512P04.BIN", NONE, "7.1.064, Release 2513"),
    (H3C, "Product Version 12500-CMW710-R7328P01", GREATER, "R7328"),
    (H3C, "HPE Comware Software, Version 7.1.070, Release 7596P08", LESS, "R7597"),
    (H3C, "Comware Software Version 5.20, Release 2511", EQUAL, "5.20.R2511"),
    (H3C, "H3C Comware Software, Version 9.1.055, Demo 5202P14", NONE, "Release 5202P14"),
    (H3C, "7.1.070, Release 6318P01", NONE, "7.1.064, Release 6318P01"),
    (H3C, "7.1.064, Release 6318P01", LESS, "7.1.070, Release 6320"),
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
    (INSPUR, "7.0(3)I3(0.170)", LESS, "7.0(3)I3(1)"),
    (INSPUR, "10.3(99w)", NONE, "10.3(5)"),
    (INSPUR, "7.0(3)IM7(2)", NONE, "7.0(3)I7(2)"),
    (
        INSPUR,
        "ICNT NOS-CN(tm) inos, Software (inos-cn), Version 9.2(2), RELEASE SOFTWARE",
        EQUAL,
        "9.2(2)",
    ),
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


HOT_PATCHES = [
    ("R6715HS09", LESS, "R6715HS10"),
    ("s9850_6850-cmw710-r6715hs09.bin", EQUAL, "R6715HS09"),
    ("S9850-CMW710-SYSTEM-R6715HS09.bin", LESS, "S9850-CMW710-SYSTEM-R6715HS11.bin"),
    ("R6715HS09", NONE, "R6716HS01"),
    ("R6715P02HS01", NONE, "R6715HS02"),
]


@pytest.mark.parametrize(("left", "order", "right"), HOT_PATCHES)
def test_order_of_hot_patches(left: str, order: Order, right: str) -> None:
    a, b = find_patch(H3C, left), find_patch(H3C, right)
    assert a is not None
    assert b is not None
    assert compare(a, b).order is order
    assert compare(b, a).order is MIRROR[order]


def test_a_release_without_its_hot_patch() -> None:
    assert parse_version(H3C, "R6616P02HS01").base == parse_version(H3C, "R6616P02")


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
        (H3C, "R6616P05"),
        (H3C, "R6616P05H01"),
        (INSPUR, "x"),
    ],
)
def test_no_patch_in_the_name(scheme: str, name: str) -> None:
    assert find_patch(scheme, name) is None


UNREADABLE = [
    (HUAWEI, ""),
    (HUAWEI, "V5501R001C00"),
    (HUAWEI, "8.191"),
    (HUAWEI, "V200R019SPH012"),
    (HUAWEI, "V200R019C10SPC8000"),
    (H3C, "7.1.070"),
    (H3C, "Release 661"),
    (H3C, "V200R019C10"),
    (INSPUR, "9.2"),
    (INSPUR, "9.2.3"),
    (H3C, "ER3200V201R018"),
    (H3C, "R100V100R005"),
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


def test_sorting_what_has_no_order_says_why() -> None:
    with pytest.raises(IncomparableError, match="V600 与 V200 分属不同版本线"):
        sorted([parse_version(HUAWEI, "V200R019C10"), parse_version(HUAWEI, "V600R021C00")])


EXPLAINED = [
    (HUAWEI, "V200R019C10SPC800", "V200R020C00", "V200R019C10SPC800 低于 V200R020C00：由R决定"),
    (
        HUAWEI,
        "V200R019C10SPCa00",
        "V200R019C10SPC900",
        "V200R019C10SPCa00 高于 V200R019C10SPC900：由SPC决定",
    ),
    (H3C, "R9671P2701", "R9671P29", "R9671P2701 低于 R9671P29：由P 号前两位决定"),
    (H3C, "R6616", "R6616HS01", "R6616 低于 R6616HS01：由热补丁号决定"),
    (INSPUR, "9.3(5)", "9.3(10)", "9.3(5) 低于 9.3(10)：由维护号决定"),
    (HUAWEI, "V2R9C10", "V200R009C10", "V2R9C10 与 V200R009C10 是同一版本"),
    (
        H3C,
        "Feature 6616",
        "R6616",
        "Feature 6616 与 R6616 无法比较：Feature 6xxx 与 Release 6xxx 分属不同版本线",
    ),
]


@pytest.mark.parametrize(("scheme", "left", "right", "said"), EXPLAINED)
def test_what_decided_is_said(scheme: str, left: str, right: str, said: str) -> None:
    assert explain(parse_version(scheme, left), parse_version(scheme, right)).startswith(said)
