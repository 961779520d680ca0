"""What is remembered of an inspection: enough to follow problems and values, without facts and evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checks.exposure import ExposureState
from checks.metrics import Metric
from checks.verdict import Outcome, Severity
from collector.profile import ProfileName


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProblem:
    """A fail."""

    check_id: str
    object: str
    severity: Severity
    message: str
    number: str
    """Within its inspection: `P001`."""
    accepted: bool
    """By a waiver that held then."""

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same problem at the same device's next inspection."""
        return self.check_id, self.object


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundExposure:
    """An advisory that may concern the device."""

    advisory_id: str
    state: ExposureState
    severity: str
    """The advisory's own word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRecord:
    """One device."""

    name: str
    reached: bool
    reason: str
    """Why it was not inspected; empty when it was."""
    serials: tuple[str, ...]
    """Of its chassis, sorted; empty where they are not known."""
    platform: str
    model: str
    version: str
    """Each empty where it is not known."""
    collected_at: datetime | None
    score: float | None
    outcomes: Mapping[Outcome, int]
    """How many checks ended so."""
    ledger: Mapping[str, int]
    """How many commands were read so far (a value of ReadResult)."""
    unsure: Mapping[str, tuple[str, ...]]
    """Checks of which something was not assessed, each with the objects that were found in order."""
    problems: tuple[FoundProblem, ...]
    exposures: tuple[FoundExposure, ...]
    """Those that are affected or not determined."""
    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRecord:
    """One inspection."""

    run_id: str
    site: str
    customer: str
    kind: str
    profile: ProfileName
    started_at: datetime
    ended_at: datetime
    complete: bool
    interrupted: str
    score: float | None
    grade: str
    """Empty for none."""
    tool_version: str
    checks: tuple[str, ...]
    """Ids of all that were run."""
    inventory: tuple[str, ...]
    """Names of all devices of the site, also those that were not selected."""
    devices: tuple[DeviceRecord, ...]
