"""What one step of matching says, and how the answers of several steps become one."""

from dataclasses import dataclass, replace
from enum import StrEnum

from checks.exposure import ExposureState, Ground, Safe, Trigger
from checks.target import Missing
from parsers.facts import Reason
from parsers.seen import Seen


@dataclass(frozen=True, slots=True)
class Answer:
    """A state with its grounds."""

    state: ExposureState
    because: tuple[Ground, ...]
    seen: tuple[Seen, ...] = ()
    """Lines of the configuration; where the other facts were read is known of the target."""
    reason: Reason | None = None
    safe: Safe | None = None
    uncovered: bool = False
    trigger: Trigger = Trigger.NONE_NEEDED

    def after(self, before: "Answer") -> "Answer":
        """The same with the grounds of the step before it."""
        return replace(self, because=(*before.because, *self.because), seen=(*before.seen, *self.seen))


class Place(StrEnum):
    """Where a version stands to some affected versions."""

    INSIDE = "inside"
    OPEN = "open"
    """It may be inside: something is not known, or is vague."""
    PATCHED = "patched"
    """Its base is inside, and the patch that ends the range is in force."""
    BELOW = "below"
    ABOVE = "above"
    UNLISTED = "unlisted"
    """Not among the builds or branches that are listed, which says nothing of it."""
    OTHER_LINE = "other_line"


def affected(*because: Ground, seen: tuple[Seen, ...] = ()) -> Answer:
    """Affected so far: the next step may know better."""
    return Answer(ExposureState.AFFECTED, because, seen)


def not_affected(safe: Safe, *because: Ground, seen: tuple[Seen, ...] = ()) -> Answer:
    """Not affected, and why."""
    return Answer(ExposureState.NOT_AFFECTED, because, seen, safe=safe)


def undetermined(
    *because: Ground,
    reason: Reason = Reason.NO_BASELINE,
    seen: tuple[Seen, ...] = (),
    uncovered: bool = False,
) -> Answer:
    """Something is missing."""
    return Answer(ExposureState.UNDETERMINED, because, seen, reason=reason, uncovered=uncovered)


def missing(what: Missing, field: str, fact: str) -> Answer:
    """Something is not known of the device."""
    return undetermined(Ground(f"{what.said}，无法判断", field, fact), reason=what.reason)
