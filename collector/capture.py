"""What a device printed in answer to one command, exactly as it came."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class CaptureStatus(StrEnum):
    """How the exchange of one command ended."""

    OK = "ok"
    REFUSED = "refused"
    """The device does not know the command."""
    NO_PRIVILEGE = "no_privilege"
    """The device knows the command, but this account may not use it."""
    TIMED_OUT = "timed_out"
    """No prompt came back in time; what had arrived is kept."""
    CUT = "cut"
    """The connection ended in mid-output; what had arrived is kept."""


class Source(StrEnum):
    """How a capture was come by, and so how well its time is known."""

    SSH = "ssh"
    """Asked by us: timed by our own clock."""
    LOG = "log"
    """Out of a log that somebody else recorded: timed by that log, to the second at best."""
    UNTIMED_LOG = "untimed_log"
    """Out of such a log, which does not say when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes received between sending one command and the next prompt.

    `raw` still holds the echo, the final prompt, carriage returns and whatever encoding the device
    used: nothing is cleaned or decoded before it is stored.
    """

    device: str
    """Name of the device in the inventory."""
    command: str
    """The command as the platform file spells it."""
    status: CaptureStatus
    raw: bytes
    started_at: datetime
    """When the command was sent; timezone-aware, UTC. Of an untimed log: when its file was last written."""
    elapsed_s: float | None
    """Seconds from sending the command to the end of the exchange; None: nobody measured it. Of a log with
    stamped lines: from the first line of the answer to the prompt, by the recording terminal's clock."""
    detail: str = ""
    """For any status but OK: what happened, in one line."""
    source: Source = Source.SSH
    earlier: bool = False
    """Asked so that counters of a later answer can be compared with it; facts rest on the later one."""

    @property
    def collected_at(self) -> datetime | None:
        """When it was collected, by whatever clock; None where nobody knows."""
        return None if self.source is Source.UNTIMED_LOG else self.started_at

    @property
    def asked_at(self) -> datetime | None:
        """When the command was sent, by the clock of the collecting end; None where nobody noted it."""
        if self.source is Source.LOG and self.elapsed_s is not None:
            return self.started_at
        return self.started_at if self.source is Source.SSH else None

    @property
    def sha256(self) -> str:
        """Hex digest of the raw bytes, printed beside every piece of evidence."""
        return sha256(self.raw).hexdigest()
