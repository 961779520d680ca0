"""What happens during collecting, told as it happens to whoever shows progress."""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Generic, TypeVar

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

Told = TypeVar("Told")


class Mailbox(Generic[Told]):
    """What many threads tell one, in order; an answered command does not wake it up.

    There are dozens for every device, and whoever wakes for each of them takes the interpreter from those
    who work. They are told with whatever comes next, or when the reader looks by itself.
    """

    def __init__(self) -> None:
        self._told: deque[Told] = deque()
        self._bell: SimpleQueue[None] = SimpleQueue()

    def put(self, told: Told) -> None:
        """Tell something; from any thread."""
        self._told.append(told)
        if not isinstance(told, CommandDone):
            self._bell.put(None)

    def get(self, timeout: float) -> Told:
        """Give what was told first of all that is left; raises Empty when nothing is told in that time."""
        until = monotonic() + timeout
        while not self._told and (left := until - monotonic()) > 0:
            with suppress(Empty):
                self._bell.get(timeout=left)
        if not self._told:
            raise Empty
        return self._told.popleft()
