from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselines.baseline import load_baseline
from checks.score import device_score, group_points, missing_data_pct, not_assessed_pct, points
from checks.texts import check_texts
from checks.verdict import Result, Severity, Verdict, not_assessed
from parsers.facts import Reason
from tests.checks.site import (
    ANY_RESULTS,
    IDS,
    NOT_APPLICABLE,
    NOT_ASSESSED,
    PASS,
    fail,
    of,
    verdicts,
)

SCORING = load_baseline().scoring
TEXTS = check_texts()
CRITICAL, MAJOR, MINOR, INFO = (fail(severity) for severity in Severity)


def score(said: Sequence[Verdict]) -> float | None:
    return device_score(said, TEXTS, SCORING)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (of(), 100.0),
        (of(HW_001=CRITICAL), 85.0),  # the group has 80; 5 above it is the most
        (of(HW_001=MAJOR), 97.0),
        (of(ENV_001=MINOR), 99.8),  # the mean of thirteen groups, one of which has 97
        (of(HW_010=INFO), 100.0),
        (of(HW_001=CRITICAL, SYS_001=MAJOR, ENV_001=MINOR), 85.0),
        (of(HW_001=CRITICAL, HW_003=CRITICAL, HW_010=MAJOR), 57.0),
        (of(HW_001=NOT_APPLICABLE), 100.0),
        # Not more than the level of the check in the catalogue: SYS-001 is a major one.
        (verdicts([(CRITICAL, CRITICAL, CRITICAL)]), 85.0),
        (of(SYS_001=CRITICAL), 97.0),
        (of(HW_010=CRITICAL), 97.0),
        # Not assessed costs as much as the worst would.
        (of(HW_001=NOT_ASSESSED), 85.0),
        (of(SYS_001=NOT_ASSESSED), 97.0),
        (of(SYS_012=NOT_ASSESSED), 100.0),
        # One object of several not assessed: the others say nothing about it.
        (verdicts([(PASS, NOT_ASSESSED)]), 85.0),
        (verdicts([(MINOR, NOT_ASSESSED)]), 85.0),
        # Everything failed: the worst group, management, has lost 20 + 20 + 20 + 8.
        (verdicts([(CRITICAL,)] * len(IDS)), 37.0),
    ],
)
def test_points(said: tuple[Verdict, ...], expected: float) -> None:
    assert points(said, TEXTS, SCORING) == pytest.approx(expected, abs=0.05)
    assert score(said) == expected


def test_no_bad_group_is_averaged_away() -> None:
    bad = of(HW_001=CRITICAL, HW_003=CRITICAL, HW_006=CRITICAL)
    groups = group_points(bad, TEXTS, SCORING)
    assert (groups["硬件状态"], min(groups.values()), len(groups)) == (40.0, 40.0, 13)
    assert sum(groups.values()) / len(groups) > 95
    assert points(bad, TEXTS, SCORING) == 45.0


def test_too_little_assessed_gives_no_score() -> None:
    # Of the 31 checks 30 apply.
    three = verdicts([(NOT_ASSESSED,)] * 3 + [(NOT_APPLICABLE,)])
    assert not_assessed_pct(three) == 10.0
    assert score(three) is not None
    assert score(verdicts([(NOT_ASSESSED,)] * 4 + [(NOT_APPLICABLE,)])) is None
    assert score(verdicts([(NOT_ASSESSED,)] * 3 + [(NOT_APPLICABLE,)] * 2)) is None


@pytest.mark.parametrize("reason", [Reason.NO_BASELINE, Reason.NOT_FILLED])
def test_what_lacks_only_a_yardstick_takes_no_part_in_the_score(reason: Reason) -> None:
    no_yardstick = not_assessed(reason, "nothing says what ought to be")
    four = verdicts([(no_yardstick,)] * 4 + [(NOT_APPLICABLE,)])
    assert (missing_data_pct(four), round(not_assessed_pct(four), 1)) == (0.0, 13.3)
    assert score(four) == 100.0
    both = verdicts([(no_yardstick, NOT_ASSESSED)])
    assert missing_data_pct(both) == not_assessed_pct(both) > 0
    assert score(both) == 85.0
    assert score(verdicts([(no_yardstick, MINOR)])) == score(verdicts([(MINOR,)]))


def test_nothing_that_applies_gives_no_score() -> None:
    assert score(verdicts([(NOT_APPLICABLE,)] * len(IDS))) is None
    assert score(()) is None


@given(ANY_RESULTS)
def test_points_stay_between_none_and_all(results: list[list[Result]]) -> None:
    assert 0 <= points(verdicts(results), TEXTS, SCORING) <= 100


@given(ANY_RESULTS, st.data())
def test_leaving_something_out_never_raises_a_score(results: list[list[Result]], data: st.DataObject) -> None:
    """Whatever a check said of an object: not to have looked at it never looks better."""
    before = verdicts(results)
    check = data.draw(st.integers(0, len(IDS) - 1))
    object_ = data.draw(st.integers(0, len(results[check]) - 1))
    results[check][object_] = NOT_ASSESSED
    after = verdicts(results)
    assert points(after, TEXTS, SCORING) <= points(before, TEXTS, SCORING)
    assert_not_better(score(after), score(before))


@given(ANY_RESULTS, st.integers(0, len(IDS) - 1))
def test_leaving_a_whole_check_out_never_raises_a_score(results: list[list[Result]], check: int) -> None:
    before = score(verdicts(results))
    assert_not_better(score(verdicts([*results[:check], [NOT_ASSESSED], *results[check + 1 :]])), before)


def assert_not_better(after: float | None, before: float | None) -> None:
    """No score is worse than any."""
    assert after is None or (before is not None and after <= before)
