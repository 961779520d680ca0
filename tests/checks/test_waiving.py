"""Accepted risks laid on what was found."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from baselines.baseline import load_baseline
from baselines.waivers import Waiver
from checks.inspection import Finding, WaiverState
from checks.score import points
from checks.texts import check_texts
from checks.verdict import Outcome, Severity, Verdict, failed, not_assessed, passed
from checks.waiving import accepted, uses
from parsers.facts import Reason
from tests.reports import sample

TODAY = date(2026, 11, 22)
BAD = failed("", Severity.MAJOR, "开着")


def waiver(**more: Any) -> Waiver:
    values = {
        "check": "MGT-001",
        "device": "sw-1",
        "owner": "王五",
        "reason": "改造前仍需使用",
        "reference": "EXAMPLE-7",
        "expires": date(2026, 12, 31),
    }
    return Waiver(**{**values, **more})


def verdict(*results: Any, check: str = "MGT-001") -> Verdict:
    return Verdict(check, "sw-1", results)


def test_a_covered_fail_is_marked_and_stays_a_fail() -> None:
    given = waiver()
    marked = accepted(verdict(BAD, passed("x", "")), [given], TODAY)
    assert [r.waiver for r in marked.results] == [given, None]
    assert marked.outcome is Outcome.FAIL
    assert marked.severity is Severity.MAJOR


@pytest.mark.parametrize(
    "other", [{"expires": date(2026, 11, 21)}, {"device": "sw-2"}, {"object": "x"}, {"up_to": "minor"}]
)
def test_what_does_not_cover_marks_nothing(other: dict[str, Any]) -> None:
    assert accepted(verdict(BAD), [waiver(**other)], TODAY) == verdict(BAD)


def test_an_accepted_fail_takes_no_points_off() -> None:
    scoring, texts = load_baseline().scoring, check_texts()
    assert points([verdict(BAD)], texts, scoring) == 92
    assert points([accepted(verdict(BAD), [waiver()], TODAY)], texts, scoring) == 100


def test_what_was_not_assessed_still_costs_though_another_object_is_accepted() -> None:
    scoring, texts = load_baseline().scoring, check_texts()
    gap = not_assessed(Reason.REFUSED, "", "x")
    assert points([accepted(verdict(BAD, gap), [waiver()], TODAY)], texts, scoring) == 80


@pytest.mark.parametrize(
    ("more", "results", "state", "numbers"),
    [
        ({}, (BAD,), WaiverState.APPLIED, ("P001",)),
        ({"expires": date(2026, 11, 21)}, (BAD,), WaiverState.EXPIRED, ("P001",)),
        ({"object": "x"}, (BAD,), WaiverState.UNMATCHED, ()),
        ({}, (passed("", ""),), WaiverState.UNMATCHED, ()),
        ({}, (not_assessed(Reason.REFUSED, ""),), WaiverState.NOT_ASSESSED, ()),
        ({"device": "nobody"}, (passed("", ""),), WaiverState.UNMATCHED, ()),
        ({"device": "*"}, (not_assessed(Reason.REFUSED, ""),), WaiverState.NOT_ASSESSED, ()),
    ],
)
def test_every_waiver_says_what_became_of_it(
    more: dict[str, Any], results: tuple[Any, ...], state: WaiverState, numbers: tuple[str, ...]
) -> None:
    given = waiver(**more)
    report = replace(sample.device_report(1, {}, {}, "sw-1"), verdicts=(verdict(*results),))
    findings = tuple(
        Finding(
            number=f"P{i:03}",
            check_id="MGT-001",
            device="sw-1",
            object=r.object,
            severity=r.severity,
            message=r.message,
            evidence=(),
        )
        for i, r in enumerate((r for r in results if r.severity), 1)
    )
    (use,) = uses([given], [report], findings, TODAY)
    assert (use.waiver, use.state, use.findings) == (given, state, numbers)
