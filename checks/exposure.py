"""How one advisory concerns one device."""

from dataclasses import dataclass
from enum import StrEnum

from baselines.advisory import Severity
from parsers.facts import Reason
from parsers.seen import Seen


class ExposureState(StrEnum):
    """The four answers, the first the worst."""

    AFFECTED = "affected"
    UNDETERMINED = "undetermined"
    """Something needed for the answer is missing; `because` says what."""
    MITIGATED = "mitigated"
    NOT_AFFECTED = "not_affected"


class Certainty(StrEnum):
    """How well an answer is founded."""

    CERTAIN = "certain"
    """Every ground is what the source or the device says itself."""
    INFERRED = "inferred"
    """At least one ground is a reading: out of prose, by a series, by a rule of ours."""
    HINT = "hint"
    """The advisory is about a related system: worth a question to the vendor, and no finding."""


class Safe(StrEnum):
    """Why a device is not affected."""

    OTHER_PRODUCT = "other_product"
    FIXED = "fixed"
    """It runs the fixed version or a later one of the same branch, or has the fixed patch in force."""
    OUT_OF_RANGE = "out_of_range"
    """The advisory's own words leave its version out."""
    FEATURE_OFF = "feature_off"


class Trigger(StrEnum):
    """Whether the device's configuration holds what the advisory says must be in use."""

    NONE_NEEDED = "none_needed"
    """The advisory names no condition: every configuration is concerned."""
    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    """No line of a configuration tells, or there is none to look at."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that an answer rests on."""

    text: str
    """In Chinese."""
    field: str
    """Of the advisory: `products.affected`, `feature`."""
    fact: str = ""
    """Of the device, as `parsers.facts.Facts` names it; empty: the advisory's words alone."""
    exact: bool = True
    """False: a reading, not what source or device says itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One problem matched against one device, with the reasons. Aliases are one problem."""

    device: str
    advisory_id: str
    aliases: tuple[str, ...] = ()
    """Its other numbers: those of the vendor, CVE, CNVD."""
    title: str
    state: ExposureState
    because: tuple[Ground, ...]
    """Exact ones first."""
    certainty: Certainty = Certainty.CERTAIN
    safe: Safe | None = None
    """Set for NOT_AFFECTED and for nothing else."""
    uncovered: bool = False
    """UNDETERMINED because no advisory says anything of this version: 未覆盖, which is not safe."""
    trigger: Trigger = Trigger.NONE_NEEDED
    trigger_detail: str = ""
    """What must be in use, in the advisory's words."""
    vulnerability: bool = True
    """A security problem; else a known fault of the version."""
    severity: Severity
    """The advisory's own word."""
    cvss: float | None
    remote: bool | None
    """Can be triggered over the network; None: not said."""
    exploited: bool = False
    """Listed as exploited (KEV)."""
    epss: float | None = None
    """Probability of exploitation within 30 days, 0 to 1."""
    fixed_in: tuple[str, ...]
    """For the product that the device is; for all products where it is not known which."""
    workaround: str
    workaround_commands: tuple[str, ...] = ()
    source: str
    """Where the advisory was read from, with its date."""
    seen: tuple[Seen, ...] = ()
    reason: Reason | None = None
    """What kept UNDETERMINED from being determined; None for every other state."""

    @property
    def trigger_known(self) -> bool:
        """False where nothing tells whether the feature is in use."""
        return self.trigger is not Trigger.UNKNOWN
