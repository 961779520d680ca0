"""How one advisory concerns one device."""

from dataclasses import dataclass
from enum import StrEnum

from parsers.facts import Reason
from parsers.seen import Seen


class ExposureState(StrEnum):
    """The four answers, the first the worst."""

    AFFECTED = "affected"
    UNDETERMINED = "undetermined"
    """Something needed for the answer is missing; `because` says what."""
    MITIGATED = "mitigated"
    NOT_AFFECTED = "not_affected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One advisory matched against one device, with the reasons."""

    device: str
    advisory_id: str
    title: str
    state: ExposureState
    because: tuple[str, ...]
    """In Chinese: the facts and fields of the advisory that the answer rests on."""
    severity: str
    """The advisory's own word."""
    cvss: float | None
    remote: bool | None
    """Can be triggered over the network; None: not said."""
    fixed_in: tuple[str, ...]
    workaround: str
    source: str
    """Where the advisory was read from, with its date."""
    seen: tuple[Seen, ...] = ()
    trigger_known: bool = True
    """False for AFFECTED where nothing in a configuration tells whether the feature is in use."""
    reason: Reason | None = None
    """What kept UNDETERMINED from being determined; None for every other state."""
