"""Points for what was shown to be in order; the numbers are the baseline's."""

from collections.abc import Callable, Mapping, Sequence

from baselines.baseline import Scoring
from checks.inspection import CheckText
from checks.verdict import Outcome, Verdict
from parsers.facts import Reason

FULL = 100.0
WITHOUT_YARDSTICK = frozenset({Reason.NO_BASELINE, Reason.NOT_FILLED})
"""Nothing says what ought to be (no baseline, no advisories, the first inspection), or nobody on site told.

The device's own data were there: that limits the conclusion, but says nothing of the device.
"""


def lost(verdict: Verdict, level: float, scoring: Scoring) -> float:
    """Points that one check takes off; `level` is what its catalogue level costs once, and the most.

    What somebody has accepted takes nothing off. What was not assessed for want of data takes off the whole,
    as nothing shows that it would have passed: leaving something out can therefore never give a better score
    than looking. A check without a yardstick takes no part in the score; it holds the grade down.
    """
    if _lacks_data(verdict):
        return level
    fails = [r.severity for r in verdict.results if r.severity is not None and r.waiver is None]
    return min(level, sum(scoring.deduct[severity.value] for severity in fails))


def group_points(
    verdicts: Sequence[Verdict], texts: Mapping[str, CheckText], scoring: Scoring
) -> dict[str, float]:
    """Points of one device in each group of checks that something was selected of, 0-100."""
    off: dict[str, float] = {}
    for verdict in verdicts:
        text = texts[verdict.check_id]
        level = scoring.deduct[text.severity.value]
        off[text.group] = off.get(text.group, 0.0) + lost(verdict, level, scoring)
    return {group: max(0.0, FULL - points_off) for group, points_off in off.items()}


def balanced(groups: Mapping[str, float], scoring: Scoring) -> float:
    """Sum groups up: their mean, but never far above the worst, so that no bad group is averaged away."""
    if not groups:
        return 0.0
    mean = sum(groups.values()) / len(groups)
    return min(mean, min(groups.values()) + scoring.above_worst_group)


def points(verdicts: Sequence[Verdict], texts: Mapping[str, CheckText], scoring: Scoring) -> float:
    """What one device has shown to be in order, 0-100, however little was assessed."""
    return balanced(group_points(verdicts, texts, scoring), scoring)


def not_assessed_pct(verdicts: Sequence[Verdict]) -> float:
    """Share of checks that gave no answer among those that apply, in percent; 100 when none applies."""
    return _pct(verdicts, lambda verdict: verdict.outcome is Outcome.NOT_ASSESSED)


def missing_data_pct(verdicts: Sequence[Verdict]) -> float:
    """Share of those that gave none for want of data, in percent; 100 when none applies."""
    return _pct(verdicts, _lacks_data)


def _pct(verdicts: Sequence[Verdict], counts: Callable[[Verdict], bool]) -> float:
    applying = [v for v in verdicts if v.outcome is not Outcome.NOT_APPLICABLE]
    return 100.0 * sum(map(counts, applying)) / len(applying) if applying else 100.0


def _lacks_data(verdict: Verdict) -> bool:
    """Whether anything was not assessed because of what was, or was not, collected."""
    return any(r.reason is not None and r.reason not in WITHOUT_YARDSTICK for r in verdict.results)


def device_score(
    verdicts: Sequence[Verdict], texts: Mapping[str, CheckText], scoring: Scoring
) -> float | None:
    """One device's score, 0-100; None when too little was assessed to give one."""
    if missing_data_pct(verdicts) > scoring.not_assessed_max_pct.device:
        return None
    return round(points(verdicts, texts, scoring), 1)
