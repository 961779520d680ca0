"""Judgement of versions: where to go, what is approved, how long it is served, and the risk factor."""

from datetime import date
from typing import Any

import pytest

from baselines.advisory import (
    Advisory,
    Affected,
    Bound,
    Epss,
    Fix,
    Kev,
    Origin,
    Product,
    Score,
)
from baselines.approved import Approved
from baselines.baseline import BaselineError, load_baseline
from baselines.lifecycle import Milestones
from checks.exposure import Certainty, ExposureState, Safe, Trigger
from checks.matching import AdvisoryIndex
from checks.recommendation import Basis, Recommendation, recommend
from checks.risk import risk_of
from checks.standing import Approval, standing
from checks.support import lifecycles
from checks.target import Target, asked_target
from collector.inventory import Device
from collector.platform import platforms

TODAY = date(2026, 11, 20)
CE, MODEL = "huawei_vrp8", "CE6857-48S6CQ-EI"


def target(
    version: str = "V200R019C10SPC800", *patches: str, platform: str = CE, model: str = MODEL
) -> Target:
    return asked_target(platforms()[platform], model=model, version=version, patches=patches, config=None)


def advisory(number: str, affected: Affected, *fixed: Fix, **how: Any) -> Advisory:
    plain: dict[str, Any] = {
        "id": number,
        "title": "虚构",
        "vendor": "华为",
        "products": (
            Product(name="CE6857", vendor="huawei", models=("CE6857-.*",), affected=(affected,), fixed=fixed),
        ),
        "severity": "高",
        "source": "虚构",
        "published": date(2026, 1, 1),
    }
    return Advisory(**plain | how)


def before(version: str) -> Affected:
    return Affected(base_to=Bound(version, inclusive=False))


def recommended(
    *advisories: Advisory, rules: tuple[Approved, ...] = (), at: Target | None = None
) -> Recommendation:
    at = at or target()
    index = AdvisoryIndex(advisories)
    return recommend(at, index.match(at), index, rules=rules)


def rule(version: str, **how: Any) -> Approved:
    return Approved(models="CE6857-.*", version=version, source="纪要", **how)


A = advisory("A", before("V200R020C00"), Fix(base="V200R020C00"))
B = advisory("B", before("V200R020C10SPC600"), Fix(base="V200R020C10SPC600"))
BY_PATCH = advisory("P", Affected(builds=("V200R019C10SPC800",)), Fix(patch="V200R019SPH012"))


def test_nothing_asks_for_another_version() -> None:
    found = recommended(advisory("A", before("V200R005C00"), Fix(base="V200R005C00")))
    assert (found.basis, found.version, found.leaves) == (Basis.STAY, "V200R019C10SPC800", ())


def test_the_nearest_fix_that_clears_the_most() -> None:
    assert recommended(A).version == "V200R020C00"
    both = recommended(A, B)
    assert (both.basis, both.version) == (Basis.FIX, "V200R020C10SPC600")
    assert (both.clears, both.leaves, both.unknown) == (("A", "B"), (), ())


def test_a_patch_of_the_running_release_is_nearer_than_a_release() -> None:
    found = recommended(BY_PATCH)
    assert (found.version, found.clears) == ("V200R019C10SPC800+V200R019SPH012", ("P",))


def test_what_it_leaves_open_is_said() -> None:
    later = advisory("L", Affected(builds=("V200R019C10SPC800", "V200R020C00")))
    found = recommended(A, later)
    assert (found.version, found.clears, found.leaves) == ("V200R020C00", ("A",), ("L",))
    unsaid = recommended(A, BY_PATCH)
    assert "P" in (*unsaid.leaves, *unsaid.unknown)


def test_another_line_is_named_and_not_recommended() -> None:
    found = recommended(advisory("X", before("V200R022C00"), Fix(base="V600R022C10")))
    assert (found.basis, found.version, found.crossing) == (Basis.NONE, "", ("V600R022C10",))
    assert found.leaves == ("X",)


def test_approved_versions_come_first() -> None:
    found = recommended(A, rules=(rule("V200R020C10SPC600"), rule("V200R022C00", preferred=True)))
    assert (found.basis, found.version, found.clears) == (Basis.APPROVED, "V200R022C00", ("A",))
    plain = recommended(A, rules=(rule("V200R020C10SPC600"), rule("V200R022C00")))
    assert plain.version == "V200R020C10SPC600", "the nearer of equal ones"
    lower = recommended(A, rules=(rule("V200R005C10SPC800"), rule("V600R022C00")))
    assert (lower.basis, lower.crossing) == (Basis.NONE, ("V600R022C00",))


def test_an_approved_patch_goes_along() -> None:
    found = recommended(BY_PATCH, rules=(rule("V200R019C10SPC800", patch="V200R019SPH020"),))
    assert (found.version, found.clears) == ("V200R019C10SPC800+V200R019SPH020", ("P",))


STANDINGS = [
    ((), Approval.NO_RULE, 0),
    ((rule("V200R019C10SPC800"),), Approval.APPROVED, 0),
    ((rule("V200R020C00"),), Approval.BEHIND, 1),
    ((rule("V200R020C00"), rule("V200R021C00"), rule("V200R022C00", preferred=True)), Approval.BEHIND, 3),
    ((rule("V200R020C00", preferred=True), rule("V200R022C00")), Approval.BEHIND, 1),
    ((rule("V200R005C10SPC800"),), Approval.AHEAD, 0),
    ((rule("V600R022C00"),), Approval.INCOMPARABLE, 0),
    ((rule("V200R019C10SPC800", patch="V200R019SPH012"),), Approval.BEHIND, 1),
    ((rule("V200R020C00", valid_until=date(2026, 11, 19)),), Approval.NO_RULE, 0),
    ((rule("V200R020C00", valid_until=TODAY),), Approval.BEHIND, 1),
    ((rule("V200R020C00", valid_from=date(2026, 11, 21)),), Approval.NO_RULE, 0),
]


@pytest.mark.parametrize(("rules", "approval", "behind"), STANDINGS)
def test_standing(rules: tuple[Approved, ...], approval: Approval, behind: int) -> None:
    found = standing(target(), rules, TODAY)
    assert (found.approval, found.behind) == (approval, behind)
    assert found.because


def test_a_patch_in_force_satisfies_the_rule() -> None:
    rules = (rule("V200R019C10SPC800", patch="V200R019SPH012"),)
    assert standing(target("V200R019C10SPC800", "V200R019SPH015"), rules, TODAY).approval is Approval.APPROVED


def test_rules_are_about_some_devices() -> None:
    core = rule("V200R020C00", roles=("core",), sites=("hq",))
    device = Device(name="sw1", host="192.0.2.1", role="core")
    assert core.holds_for(MODEL, device, "hq")
    assert not core.holds_for(MODEL, device, "branch")
    assert not core.holds_for("CE12804", device, "hq")
    assert not core.holds_for(MODEL, Device(name="sw1", host="192.0.2.1", role="access"), "hq")


def life(**how: Any) -> Milestones:
    return Milestones(models="CE6857-.*", source="公告", as_of=TODAY, **how)


def test_lifecycle_of_product_and_version() -> None:
    table = [
        life(eos=date(2030, 1, 1)),
        life(branch="V200R019C10", eofs=date(2027, 1, 1)),
        life(eos=date(2031, 1, 1)),
    ]
    found = {each.what: each for each in lifecycles(target(), table)}
    assert set(found) == {"产品", "V200R019C10"}
    assert found["产品"].eos == date(2030, 1, 1), "the first row counts"
    assert set(lifecycles(target("V200R020C00"), table)) == {found["产品"]}
    assert lifecycles(target(model="CE12804"), table) == ()


ORIGIN = Origin("虚构")


def test_the_risk_factor_by_hand() -> None:
    formula = load_baseline().risk
    exploited = advisory(
        "A",
        before("V200R020C00"),
        Fix(base="V200R020C00"),
        remote=True,
        scores=(Score(version="3.1", base=8.0),),
        kev=Kev(added=TODAY, due=None, ransomware=None, origin=ORIGIN),
        epss=Epss(probability=0.5, percentile=0.9, model="v1", day=TODAY, origin=ORIGIN),
    )
    (found,) = AdvisoryIndex([exploited]).match(target())
    # 0.4 no condition + 0.3 anywhere + 0.3 exploited + 0.3 x 0.5, at most 1; impact 0.8; access 0.8.
    assert risk_of(found, "access", formula).factor == 6.4
    (plain,) = AdvisoryIndex([A]).match(target())
    # 0.4 + 0.2 not said; 高 is 0.8; core is 1.
    assert risk_of(plain, "core", formula).factor == 4.8
    assert not risk_of(plain, "core", formula).trigger_unknown


# --- aliases, conflicts, hints ------------------------------------------------------------------


def test_aliases_are_one_problem() -> None:
    nvd = advisory("CVE-2026-0001", before("V200R020C00"), aliases=("SA-1",))
    vendor = advisory("SA-1", Affected(builds=("V200R019C10SPC800",)), Fix(patch="V200R019SPH012"))
    other = advisory("CNVD-2026-00001", before("V200R001C00"), aliases=("CVE-2026-0001",))
    index = AdvisoryIndex([nvd, vendor, other])
    (found,) = index.match(target())
    assert (found.advisory_id, set(found.aliases)) == ("SA-1", {"CVE-2026-0001", "CNVD-2026-00001"})
    assert found.vulnerability
    assert index.ask(target(), "cnvd-2026-00001") == found


def test_sources_that_disagree_are_both_told_and_the_worse_counts() -> None:
    nvd = advisory("CVE-2026-0001", before("V200R020C00"))
    vendor = advisory("SA-1", before("V200R005C00"), Fix(base="V200R005C00"), aliases=("CVE-2026-0001",))
    (found,) = AdvisoryIndex([nvd, vendor]).match(target())
    assert (found.state, found.certainty) == (ExposureState.AFFECTED, Certainty.INFERRED)
    assert any(ground.field == "conflicts" for ground in found.because)


def test_a_mere_list_does_not_contradict_a_patch() -> None:
    nvd = advisory("CVE-2026-0001", Affected(builds=("V200R019C10SPC800",)))
    vendor = advisory(
        "SA-1",
        Affected(builds=("V200R019C10SPC800",)),
        Fix(patch="V200R019SPH012"),
        aliases=("CVE-2026-0001",),
    )
    index = AdvisoryIndex([nvd, vendor])
    states = [
        index.match(target("V200R019C10SPC800", *patches))[0].state
        for patches in ((), ("V200R019SPH011",), ("V200R019SPH012",), ("hotfix.pat",))
    ]
    assert states == [
        ExposureState.AFFECTED,
        ExposureState.AFFECTED,
        ExposureState.NOT_AFFECTED,
        ExposureState.UNDETERMINED,
    ]


def test_who_knows_beats_who_does_not() -> None:
    silent = advisory("CVE-2026-0001", Affected(builds=("V200R005C10SPC800",)))
    vendor = advisory("SA-1", before("V200R005C00"), Fix(base="V200R005C00"), aliases=("CVE-2026-0001",))
    (found,) = AdvisoryIndex([silent, vendor]).match(target())
    assert (found.state, found.safe) == (ExposureState.NOT_AFFECTED, Safe.FIXED)


def test_what_both_lists_and_fixes_a_build_is_open() -> None:
    odd = advisory("A", Affected(builds=("V200R019C10SPC800",)), Fix(base="V200R019C10SPC600"))
    (found,) = AdvisoryIndex([odd]).match(target())
    assert found.state is ExposureState.UNDETERMINED


def test_a_base_below_the_release_of_the_patch_must_move() -> None:
    far = Affected(branches=("V200R002C00",), patch_to=Bound("V200R003SPH011", inclusive=False))
    (found,) = AdvisoryIndex([advisory("A", far)]).match(target("V200R002C00SPC100"))
    assert found.state is ExposureState.AFFECTED
    assert any("须先升级" in ground.text for ground in found.because)


def test_a_patch_says_nothing_of_later_releases() -> None:
    patch = Fix(patch="V200R003SPH012")
    (found,) = AdvisoryIndex([advisory("A", before("V200R003"), patch)]).match(target("V200R005C00SPC300"))
    assert (found.state, found.uncovered) == (ExposureState.UNDETERMINED, True)


def test_a_two_part_fix_needs_both() -> None:
    two = advisory(
        "A", Affected(branches=("V500R001C60",)), Fix(base="V500R001C60SPC500", patch="V500R001SPH015")
    )
    index = AdvisoryIndex([two])
    states = {
        (version, patches): index.match(target(version, *patches))[0].state
        for version, patches in (
            ("V500R001C60SPC500", ("V500R001SPH015",)),
            ("V500R001C60SPC500", ()),
            ("V500R001C60SPC300", ("V500R001SPH015",)),
        )
    }
    assert list(states.values()) == [
        ExposureState.NOT_AFFECTED,
        ExposureState.AFFECTED,
        ExposureState.AFFECTED,
    ]


def nxos(*builds: str) -> Advisory:
    product = Product(name="NX-OS Software", vendor="cisco", affected=(Affected(builds=builds),))
    return Advisory(id="CVE-2026-0002", title="虚构", vendor="思科", products=(product,), source="虚构")


def test_nxos_advisories_are_hints_for_their_kin() -> None:
    at = target("9.2(2)", platform="inspur_inos_cn", model="CN61108PC-V")
    (found,) = AdvisoryIndex([nxos("9.2(1)", "9.2(2)")]).match(at)
    assert (found.state, found.certainty) == (ExposureState.UNDETERMINED, Certainty.HINT)
    assert AdvisoryIndex([nxos("9.3(5)")]).match(at) == (), "it says nothing of this number"
    assert AdvisoryIndex([nxos("9.2(2)")]).match(target()) == ()


def test_a_hint_changes_no_recommendation() -> None:
    at = target("9.2(2)", platform="inspur_inos_cn", model="CN61108PC-V")
    found = recommended(nxos("9.2(2)"), at=at)
    assert (found.basis, found.unknown) == (Basis.STAY, ())


def test_a_trigger_that_no_line_tells() -> None:
    from baselines.advisory import Feature

    (found,) = AdvisoryIndex([advisory("A", before("V200R020C00"), feature=Feature(detail="x"))]).match(
        target()
    )
    assert (found.trigger, found.certainty) == (Trigger.UNKNOWN, Certainty.INFERRED)


WRONG = [
    ("approved: [{models: '(', version: V1, source: x}]", "approved.0.models: value '('"),
    (
        "approved: [{models: a, version: V1, source: x, valid_from: 2026-02-01, valid_until: 2026-01-01}]",
        "is before",
    ),
    ("approved: {}", "must be a list"),
    ("lifecycle: [{models: a, source: x, as_of: 2026-01-01}]", "at least one of eom, eofs and eos"),
    (
        "lifecycle: [{models: a, source: x, as_of: 2026-01-01, eom: 2027-01-01, eos: 2026-01-01}]",
        "in this order",
    ),
    ("risk: {likelihood: {exploited: 2}}", "risk.likelihood.exploited: value 2"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_in_a_baseline_is_said(tmp_path: Any, text: str, said: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BaselineError) as error:
        load_baseline(path)
    assert said in str(error.value)
