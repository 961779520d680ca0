"""The two inspections that are compared."""

from dataclasses import dataclass
from datetime import datetime

from checks.record import DeviceRecord
from parsers.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """One device of one inspection."""

    name: str
    facts: Facts | None
    """None: it was not inspected. Secrets masked, or both sides' are."""
    why: str = ""
    """Why it was not; in Chinese."""
    record: DeviceRecord | None = None
    """What was found on it; None: it was not judged."""
    checks: tuple[str, ...] = ()
    """Ids of the checks that were run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One inspection."""

    run_id: str
    site: str
    at: datetime
    devices: tuple[Inspected, ...]
    inventory: tuple[str, ...] = ()
    """Names of all devices of the site."""
