"""What a run writes down: what was planned, how each device ended, which sessions were opened.

Where it is written, and how it survives a kill, is `collector.run_folder`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict

from collector.capture import Capture, Source
from collector.inventory import Authorization, Device, Site
from collector.profile import ProfileName


class RunState(StrEnum):
    """Where a run stands; it only moves forward, but for a resumption that is written down."""

    PLANNED = "planned"
    COLLECTING = "collecting"
    COLLECTED = "collected"
    JUDGED = "judged"
    REPORTED = "reported"


class OutcomeReason(StrEnum):
    """Why a device was not inspected; the same words as the reasons of unknown facts."""

    UNREACHABLE = "unreachable"
    LOGIN_FAILED = "login_failed"
    TIMED_OUT = "timed_out"
    CUT = "cut"
    UNSUPPORTED = "unsupported"
    NOT_COLLECTED = "not_collected"


class Plan(BaseModel):
    """What a run is to do; written before any device is touched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run_id: str
    kind: str = "例行"
    site: Site
    authorization: Authorization
    devices: tuple[str, ...]
    """Names of the selected devices of the site, in its order."""
    checks: tuple[str, ...]
    """Ids of the selected checks."""
    only_some_checks: bool = False
    """Somebody selected among the checks of the catalogue, so that the run is no whole inspection."""
    facts: tuple[str, ...]
    """What those checks need, also where the profile leaves it out."""
    profile: ProfileName = ProfileName.FULL
    """How much of that is asked for; runs of before there were profiles asked for everything."""
    override: str = ""
    """Why sensitive periods are passed over, in the words of who started the run; empty: they are not."""
    commands: dict[str, tuple[str, ...]]
    """Platform id to the commands that may be sent for these facts, for every platform that can occur."""
    engineer: str = ""
    tool_version: str = ""
    created_at: datetime

    @property
    def selected(self) -> tuple[Device, ...]:
        """The selected devices themselves."""
        return tuple(device for device in self.site.devices if device.name in self.devices)


class DeviceOutcome(BaseModel):
    """How the work on one device ended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device: str
    reached: bool
    """Logged in and recognised, so that its captures can be judged."""
    platform: str | None
    reason: OutcomeReason | None
    """None only when every command was asked; also set when a device was reached and then lost."""
    detail: str
    """What happened, for the report; empty when nothing did."""
    started_at: datetime | None = None
    """When its collection began; None: not begun, or an imported log does not say."""
    ended_at: datetime | None = None
    """None: the run was killed while on this device."""
    source: Source = Source.SSH


class OpenedSession(BaseModel):
    """One session that a run opened on a device, or one connection to a jump host."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    peer: str
    """Name of the device or jump host."""
    is_hop: bool = False
    """It is a jump host, on which nothing is run."""
    protocol: Literal["ssh", "telnet"] = "ssh"
    via: tuple[str, ...] = ()
    """Names of the jump hosts on the way, the first in front."""
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    """None: open, or left open when the run was killed; the system ends it then."""

    @classmethod
    def of_device(cls, device: Device, moment: datetime) -> Self:
        """Record that we are logged in to a device."""
        return cls(peer=device.name, protocol=device.protocol, via=device.jump, opened_at=moment)

    @classmethod
    def of_hop(cls, chain: tuple[str, ...], moment: datetime) -> Self:
        """Record that we are logged in to the last jump host of a chain."""
        return cls(peer=chain[-1], is_hop=True, via=chain[:-1], opened_at=moment)

    def closed(self, moment: datetime) -> Self:
        """Record that it is closed."""
        return self.model_copy(update={"closed_at": moment})


class Resumption(BaseModel):
    """Collecting was taken up again, for what was missing in the run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: AwareDatetime
    by: str
    """Account of the machine that did it."""
    devices: tuple[str, ...]
    """What it was to ask again, or for the first time."""
    authorization: Authorization
    """The permission for this part, which need not be the one of the plan."""
    override: str = ""
    """Why sensitive periods were passed over in this part; empty: they were not."""
    interrupted: str
    """What had ended the part before, in Chinese; empty when nothing had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something in a run folder that cannot be used."""

    file: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One capture, with the file it lies in (path inside the run folder)."""

    capture: Capture
    file: str
