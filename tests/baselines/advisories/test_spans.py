"""Version statements: what each wording means, and that no word of one is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselines.advisories.prose import told
from baselines.advisories.spans import fix, spoken, tidy
from baselines.advisory import Affected, Bound, Origin

HERE = Origin("测试")
HUAWEI, H3C, NONE = ("huawei_vrp",), ("h3c_comware",), ()


def plain(said: Affected) -> dict[str, object]:
    fields = ("builds", "branches", "base_from", "base_to", "patch_from", "patch_to", "every", "condition")
    return {name: value for name in fields if (value := getattr(said, name))}


def at(version: str) -> Bound:
    return Bound(version, inclusive=True)


def below(version: str) -> Bound:
    return Bound(version, inclusive=False)


WORDINGS = [
    (HUAWEI, "V200R019C10SPC800", [{"builds": ("V200R019C10SPC800",)}]),
    (HUAWEI, "v200r007c00spca00", [{"builds": ("V200R007C00SPCa00",)}]),
    (HUAWEI, "V200R008C00", [{"branches": ("V200R008C00",)}]),
    (HUAWEI, "V200R008", [{"branches": ("V200R008",)}]),
    (HUAWEI, "<V200R020C00", [{"base_to": below("V200R020C00")}]),
    (HUAWEI, "早于V200R020C00", [{"base_to": below("V200R020C00")}]),
    (HUAWEI, "V200R020C00之前版本", [{"base_to": below("V200R020C00")}]),
    (HUAWEI, "V200R005C00SPC300 and earlier versions", [{"base_to": at("V200R005C00SPC300")}]),
    (HUAWEI, "V200R005C00及以前版本", [{"base_to": at("V200R005C00")}, {"branches": ("V200R005C00",)}]),
    (HUAWEI, "V200R005C00SPC300及以上", [{"base_from": at("V200R005C00SPC300")}]),
    (
        HUAWEI,
        "V200R005C00SPC100~V200R006C00SPC300",
        [{"base_from": at("V200R005C00SPC100"), "base_to": at("V200R006C00SPC300")}],
    ),
    (
        HUAWEI,
        "V200R019C00SPC500，V200R019C10",
        [{"builds": ("V200R019C00SPC500",), "branches": ("V200R019C10",)}],
    ),
    (HUAWEI, "<<", [{"condition": "<<"}]),
    (H3C, "7.1.070 Release 6357 and earlier", [{"base_to": at("7.1.070 Release 6357")}]),
    (HUAWEI, "全部版本", [{"every": True}]),
    (HUAWEI, "null", []),
    (HUAWEI, "甲版本", [{"condition": "甲版本"}]),
    (HUAWEI, "<甲版本", [{"condition": "甲版本"}]),
    (H3C, "r2207", [{"builds": ("R2207",)}]),
    (H3C, "R6616P05以前", [{"base_to": below("R6616P05")}]),
    (NONE, "vers:all/*", [{"every": True}]),
    (NONE, "vers:all/<V7.1.2", [{"base_to": below("V7.1.2")}]),
    (NONE, "vers:all/>=V7.80<V9.40", [{"base_from": at("V7.80"), "base_to": below("V9.40")}]),
    (NONE, "vers:generic/>=1.0|<1.4", [{"base_from": at("1.0"), "base_to": below("1.4")}]),
    (NONE, "vers:generic/1.0|1.2", [{"builds": ("1.0", "1.2")}]),
    (NONE, "vers:generic/>=1.0|!=1.3", [{"base_from": at("1.0"), "condition": "!=1.3"}]),
    (
        NONE,
        ">= V5.2.0 < V5.3 only when running on ROX",
        [
            {
                "base_from": at("V5.2.0"),
                "base_to": below("V5.3"),
                "condition": "only when running on ROX",
            }
        ],
    ),
    (NONE, "< V17.0 Upd 2", [{"base_to": below("V17.0 Upd 2")}]),
]


@pytest.mark.parametrize(("schemes", "text", "means"), WORDINGS, ids=[text for _, text, _ in WORDINGS])
def test_wording(schemes: tuple[str, ...], text: str, means: list[dict[str, object]]) -> None:
    assert [plain(each) for each in spoken(schemes, text, HERE)] == means


def test_a_fix_may_need_base_and_patch() -> None:
    made = fix(HUAWEI, "V500R001C60SPC500+V500R001SPH015", HERE)
    assert (made.base, made.patch) == ("V500R001C60SPC500", "V500R001SPH015")
    assert fix(HUAWEI, "V200R019SPH017", HERE).base is None
    assert fix(HUAWEI, "请联系厂商", HERE).said == "请联系厂商"


@given(st.sampled_from([HUAWEI, H3C, ("inos_cn",), NONE]), st.text(max_size=60))
def test_whatever_is_written_nothing_of_it_is_lost(schemes: tuple[str, ...], text: str) -> None:
    words = " ".join(text.split())
    for each in spoken(schemes, text, HERE):
        assert each.understood or each.condition
        assert each.text or each.builds or each.branches
    if not spoken(schemes, text, HERE):
        assert tidy(schemes, words).lower() in ("", "-", "*", "n/a", "null", "none", "unspecified") or (
            re.fullmatch(r"unknown|无|不详", words, re.IGNORECASE) or re.match(r"vers:", words, re.IGNORECASE)
        )


@given(st.sampled_from(["huawei", "h3c", "cisco", "inspur", "other"]), st.text(max_size=200))
def test_any_sentence_can_be_read(maker: str, text: str) -> None:
    for each in told(maker, text, HERE):
        assert each.affected or each.fixed


SENTENCE = "Huawei S9300 with software before V100R006SPH013 and S2300,S3300 with software V200R001C00SPC300"


def test_a_sentence_pairs_products_and_versions_by_their_order() -> None:
    first, second = told("huawei", SENTENCE, HERE)
    assert (first.products, second.products) == (("S9300",), ("S2300", "S3300"))
    assert plain(first.affected[0]) == {"branches": ("V100R006",), "patch_to": below("V100R006SPH013")}
    assert [each.patch for each in first.fixed] == ["V100R006SPH013"]
    assert [plain(each) for each in second.affected] == [{"builds": ("V200R001C00SPC300",)}]
    assert all(each.inferred for each in (*first.affected, *second.affected))
