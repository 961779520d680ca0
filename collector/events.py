"""What happens during collecting, told as it happens to whoever shows progress."""

from dataclasses import dataclass

from collector.capture import CaptureStatus
from collector.run_record import DeviceOutcome


@dataclass(frozen=True, slots=True)
class LoginEnded:
    """A device answered our login, or a jump host on the way to it did."""

    device: str
    accepted: bool
    hop: str = ""
    """Name of the jump host; empty: the device itself."""


@dataclass(frozen=True, slots=True)
class DeviceRecognised:
    """A device's platform is known and its commands begin."""

    device: str
    platform: str
    commands: int
    """How many answers are wanted from it."""


@dataclass(frozen=True, slots=True)
class CommandDone:
    """A command was answered, in whatever way, and its capture stored."""

    device: str
    command: str
    status: CaptureStatus
    done: int
    """How many of `DeviceRecognised.commands` are settled."""


@dataclass(frozen=True, slots=True)
class DeviceDone:
    """Nothing more happens with this device in this run."""

    outcome: DeviceOutcome


Event = LoginEnded | DeviceRecognised | CommandDone | DeviceDone
