"""Ready, ready on conditions, not ready: line by line of the checklist, never by what nobody looked at."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from baselines.assurance_event import Event
from baselines.readiness import readiness_rules
from baselines.waivers import Waiver
from checks.comparison import Change, ChangeVerdict, Comparison, Gap
from checks.event_readiness import Readiness, ReadinessReport, Standing, assess
from checks.inspection import DeviceReport, Inspection, WaiverState, WaiverUse
from checks.registry import CHECKS
from checks.texts import check_texts
from checks.verdict import Result, Severity, Verdict, failed, not_assessed, passed
from parsers.facts import Facts, License, Partial, Reason, UnreadLine
from tests.checks.case import SEEN, facts_of
from tests.checks.site import findings as findings_of
from tests.checks.site import report
from tests.reports.sample import inspection as sampled

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
START = datetime(2026, 11, 20, tzinfo=UTC)
IDS = [check.id for check in CHECKS]
UNCHANGED = Comparison(
    site="hq", before="a", after="b", before_at=AT, after_at=AT, devices=1, changes=(), unchanged={}, gaps=()
)


def event(**more: Any) -> Event:
    period = {"start": START, "end": START + timedelta(days=5)}
    return Event.model_validate({"name": "演示", "period": period, "sites": ["hq"], **more})


def device(said: Mapping[str, Result], facts: Facts | None = None) -> DeviceReport:
    given = {check.replace("_", "-"): result for check, result in said.items()}
    all_ = tuple(Verdict(id_, "sw1", (given.get(id_, passed("", "fine")),)) for id_ in IDS)
    told = facts if facts is not None else facts_of({"licenses": ()})
    return replace(report(all_), facts=told)


def inspected(*devices: DeviceReport, **more: Any) -> Inspection:
    reports = list(devices)
    base = sampled(reports, dict(check_texts()))
    kept = {"findings": findings_of(reports), "comparison": UNCHANGED, "started_at": AT, "ended_at": AT}
    return replace(base, **{**kept, **more})


def judged(found: Inspection, of: Event | None = None) -> ReadinessReport:
    return assess(found, of or event(), readiness_rules())


def standings(told: ReadinessReport) -> dict[str, str]:
    return {item.rule: item.standing.value for item in told.items if item.standing is not Standing.MET}


def fail(severity: Severity) -> Result:
    return failed("", severity, "坏了", SEEN)


def licence(expires: str | None) -> Facts:
    return facts_of({"licenses": (License(seen=SEEN, feature="BASIC", state="in use", expires_on=expires),)})


def unreached() -> DeviceReport:
    """A device of which no check could say anything."""
    unseen = not_assessed(Reason.UNREACHABLE, "")
    said = tuple(Verdict(id_, "sw9", (unseen,)) for id_ in IDS)
    return report(said, reason=Reason.UNREACHABLE)


CRITICAL, MAJOR, MINOR = (fail(s) for s in (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR))
UNSEEN = not_assessed(Reason.NO_PRIVILEGE, "没有权限")
CLEAN = device({})
READY, CONDITIONAL, NOT_READY = Readiness.READY, Readiness.CONDITIONAL, Readiness.NOT_READY
PARTIAL = Partial((), (UnreadLine("display license", 3, "?"),))

CASES: dict[str, tuple[Inspection, Readiness, dict[str, str]]] = {
    "everything is in order": (inspected(CLEAN), READY, {}),
    "a device was not reached": (
        inspected(CLEAN, unreached()),
        NOT_READY,
        {"devices": "blocks", "critical": "not_assessed", "single_points": "not_assessed"}
        | dict.fromkeys(("backup", "licences", "capacity", "unsaved", "changes"), "not_assessed"),
    ),
    "the run was cut short": (inspected(CLEAN, interrupted="时限到"), NOT_READY, {"devices": "blocks"}),
    "a critical problem": (inspected(device({"HW_001": CRITICAL})), NOT_READY, {"critical": "blocks"}),
    "a major problem elsewhere": (inspected(device({"HW_001": MAJOR})), READY, {}),
    "something was not looked at": (
        inspected(device({"HW_001": UNSEEN})),
        CONDITIONAL,
        {"critical": "not_assessed"},
    ),
    "a single point": (inspected(device({"HA_011": MINOR})), CONDITIONAL, {"single_points": "limits"}),
    "no backup": (inspected(device({"CFG_002": MAJOR})), CONDITIONAL, {"backup": "limits"}),
    "little room": (inspected(device({"SYS_004": MINOR})), CONDITIONAL, {"capacity": "limits"}),
    "no room": (
        inspected(device({"SYS_004": CRITICAL})),
        NOT_READY,
        {"critical": "blocks", "capacity": "blocks"},
    ),
    "not saved": (inspected(device({"CFG_001": MAJOR})), NOT_READY, {"unsaved": "blocks"}),
    "a small difference not saved": (
        inspected(device({"CFG_001": MINOR})),
        CONDITIONAL,
        {"unsaved": "limits"},
    ),
    "a licence that ends within the period": (
        inspected(device({}, licence("2026-11-22"))),
        NOT_READY,
        {"licences": "blocks"},
    ),
    "a licence that ends after it": (inspected(device({}, licence("2026-12-22"))), READY, {}),
    "a licence without an end": (inspected(device({}, licence(None))), READY, {}),
    "licences that nobody could read": (
        inspected(device({}, Facts())),
        CONDITIONAL,
        {"licences": "not_assessed"},
    ),
    "licences that were read in part": (
        inspected(device({}, facts_of({"licenses": PARTIAL}))),
        CONDITIONAL,
        {"licences": "not_assessed"},
    ),
    "no inspection before": (inspected(CLEAN, comparison=None), CONDITIONAL, {"changes": "not_assessed"}),
}


@pytest.mark.parametrize("name", CASES)
def test_the_checklist(name: str) -> None:
    found, verdict, open_ = CASES[name]
    told = judged(found)
    assert (told.verdict, standings(told)) == (verdict, open_)


def change(verdict: ChangeVerdict, kind: str = "configuration") -> Change:
    return Change(
        device="sw1", kind=kind, label="运行配置", object="vlan 9", field="", change="added", before="",
        after="vlan 9", verdict=verdict,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("made", "open_"),
    [
        (change(ChangeVerdict.UNEXPLAINED), {"changes": "limits"}),
        (change(ChangeVerdict.EXPECTED), {}),
        (change(ChangeVerdict.UNEXPLAINED, "logs"), {}),
    ],
)
def test_what_nobody_has_declared_is_a_condition(made: Change, open_: dict[str, str]) -> None:
    assert standings(judged(inspected(CLEAN, comparison=replace(UNCHANGED, changes=(made,))))) == open_


def test_what_was_not_compared_is_a_condition() -> None:
    gaps = (Gap(device="sw1", label="运行配置", why="没有权限"),)
    told = judged(inspected(CLEAN, comparison=replace(UNCHANGED, gaps=gaps)))
    assert standings(told) == {"changes": "not_assessed"}


def test_a_check_held_too_late_is_a_condition() -> None:
    late = START - timedelta(days=6)
    assert standings(judged(inspected(CLEAN, started_at=late, ended_at=late))) == {"lead_time": "limits"}


# --- accepted risks --------------------------------------------------------------------------------


def accepted(until: date) -> Inspection:
    waiver = Waiver(
        check="HW-001", device="sw1", owner="王五", reason="备件在途", reference="R-1", expires=until
    )
    found = inspected(device({"HW_001": CRITICAL}))
    (finding,) = found.findings
    use = WaiverUse(waiver, WaiverState.APPLIED, (finding.number,))
    return replace(found, findings=(replace(finding, waiver=waiver),), waivers=(use,))


def test_a_risk_accepted_all_through_the_period_counts_for_nothing() -> None:
    told = judged(accepted(date(2026, 11, 25)))
    assert (told.verdict, told.expiring) == (READY, ())
    assert [item.accepted for item in told.items if item.rule == "critical"] == [1]


def test_one_that_ends_within_it_counts_as_not_accepted() -> None:
    told = judged(accepted(date(2026, 11, 24)))
    assert (told.verdict, standings(told)) == (NOT_READY, {"critical": "blocks"})
    (said,) = told.expiring
    assert "接受至 2026-11-24" in said


# --- changes ---------------------------------------------------------------------------------------

PLAN = dict.fromkeys(
    ("overview", "topology", "steps", "emergency", "rollback", "business_test"), "CHG-1.docx"
)
EXPECTED = [{"kind": "configuration", "device": "sw1", "object": "vlan 9", "why": "变更 1"}]


@pytest.mark.parametrize(
    ("plan", "expected", "open_"),
    [
        (PLAN, EXPECTED, {}),
        (PLAN, [], {"change_plan": "limits"}),
        (PLAN | {"rollback": ""}, EXPECTED, {"change_plan": "blocks"}),
    ],
)
def test_a_change_needs_all_six_parts_of_its_plan(
    plan: dict[str, str], expected: list[dict[str, str]], open_: dict[str, str]
) -> None:
    told = judged(inspected(CLEAN), event(kind="change", plan=plan, expected=expected))
    assert standings(told) == open_
    remarks = [remark.text for item in told.items for remark in item.remarks]
    assert ("变更方案缺少：回退" in remarks) == (plan["rollback"] == "")


def test_the_same_on_several_devices_is_said_once() -> None:
    other = replace(CLEAN, device=CLEAN.device.model_copy(update={"name": "sw2"}))
    gap = [replace(each, facts=Facts()) for each in (CLEAN, other)]
    (item,) = [i for i in judged(inspected(*gap)).items if i.rule == "licences"]
    ((standing, devices, _),) = item.merged
    assert (standing, devices) == (Standing.NOT_ASSESSED, ("sw1", "sw2"))
