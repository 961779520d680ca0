"""Patches, boot files, licences, and whether the configuration is saved."""

from dataclasses import dataclass, field

from parsers.facts.known import FactRow, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch(FactRow):
    """One patch or hot fix."""

    name: str
    state: str
    effective: bool
    """In force and surviving a restart, in this platform's own terms."""
    location: Location = field(default_factory=Location)


@dataclass(frozen=True, slots=True, kw_only=True)
class Startup(FactRow):
    """Boot files; paths as printed. None: the device says that there is none."""

    image_current: str | None
    image_next: str | None
    config_current: str | None
    config_next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class License(FactRow):
    """One licensed feature."""

    feature: str
    state: str
    type: str | None = None
    """What sort it is, as printed beside the state: `Trial (days restricted)`, `Grace 10D 1H`."""
    expires_on: str | None = None
    """ISO date, or None for one without an end."""
    limit: int | None = None
    """How much of a resource it grants; None for a function, and where it is not printed."""
    used: int | None = None
    device_id: str | None = None
    """What the licence is bound to, as printed: the serial number of this device, or of another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedState(FactRow):
    """Whether the running configuration would survive a restart."""

    differences: tuple[tuple[str, str], ...]
    """(sign, line): `+` only in the running configuration, `-` only in the saved one; each line with
    its block in front, joined by ` / `; secrets masked; times and comments left out."""
    uncommitted: bool | None = None
    """Candidate changes not committed (VRP8); None where the platform has no candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BootInfo(FactRow):
    """Versions below the operating system."""

    location: Location
    bootrom: str | None
    cpld: str | None = None
