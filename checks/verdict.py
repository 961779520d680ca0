"""What a check says: results object by object, and the verdict that sums them up."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from baselines.waivers import Waiver
from parsers.facts import Reason
from parsers.seen import Seen


class Outcome(StrEnum):
    """The four things a check can say; order of weight in `WORST_FIRST`."""

    FAIL = "fail"
    NOT_ASSESSED = "not_assessed"
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    NOT_APPLICABLE = "not_applicable"


WORST_FIRST = (Outcome.FAIL, Outcome.NOT_ASSESSED, Outcome.PASS, Outcome.NOT_APPLICABLE)


class Severity(StrEnum):
    """Severity of a finding, the worst first: 严重, 重要, 一般, 提示."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


SEVEREST_FIRST = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Result:
    """What a check says of one object of one device."""

    outcome: Outcome
    object: str
    """Interface, location, peer, ...; empty for the device as a whole. Part of a problem's identity."""
    message: str
    """In Chinese: what was seen, with value and limit; for NOT_ASSESSED what is missing."""
    severity: Severity | None = None
    """Set for FAIL and for nothing else."""
    seen: tuple[Seen, ...] = ()
    reason: Reason | None = None
    """Set for NOT_ASSESSED and for nothing else."""
    rests_on_absence: bool = False
    """A fail because something is not in the output: partly read output cannot support it."""
    waiver: Waiver | None = None
    """A fail that somebody has accepted, with his record."""

    def __post_init__(self) -> None:
        if (self.severity is not None) != (self.outcome is Outcome.FAIL):
            raise ValueError("a severity belongs to a fail, and to a fail only")
        if (self.reason is not None) != (self.outcome is Outcome.NOT_ASSESSED):
            raise ValueError("a reason belongs to a not assessed, and to that only")


def passed(object_: str, message: str, *seen: Seen) -> Result:
    """Say that this object is as it should be."""
    return Result(Outcome.PASS, object_, message, seen=seen)


def failed(object_: str, severity: Severity, message: str, *seen: Seen) -> Result:
    """Say that this object is not as it should be; `seen` is the evidence."""
    return Result(Outcome.FAIL, object_, message, severity, seen)


def lacking(object_: str, severity: Severity, message: str, *seen: Seen) -> Result:
    """Say that what ought to be there is not in the output; `seen` is where it was looked for."""
    return Result(Outcome.FAIL, object_, message, severity, seen, rests_on_absence=True)


def not_applicable(message: str, object_: str = "") -> Result:
    """Say that there is nothing here to judge."""
    return Result(Outcome.NOT_APPLICABLE, object_, message)


def not_assessed(reason: Reason, message: str, object_: str = "", *seen: Seen) -> Result:
    """Say that it cannot be judged, and why."""
    return Result(Outcome.NOT_ASSESSED, object_, message, seen=seen, reason=reason)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check says of one device: the worst of its results, with all of them."""

    check_id: str
    device: str
    results: tuple[Result, ...]
    """At least one."""

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of all results."""
        return worst(self.results)

    @property
    def severity(self) -> Severity | None:
        """The severest of the fails, accepted ones too; None without one."""
        found = {result.severity for result in self.results}
        return next((severity for severity in SEVEREST_FIRST if severity in found), None)


def worst(results: Sequence[Result]) -> Outcome:
    """Give the outcome that outranks the others: fail, not assessed, pass, not applicable."""
    if len(results) == 1:
        return results[0].outcome
    found = [result.outcome for result in results]  # a set would ask each for its hash, which takes longer
    return next(outcome for outcome in WORST_FIRST if outcome in found)
