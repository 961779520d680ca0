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
    """When the command was sent; timezone-aware, UTC."""
    elapsed_s: float
    """Seconds from sending the command to the end of the exchange."""
    detail: str = ""
    """For any status but OK: what happened, in one line."""

    @property
    def sha256(self) -> str:
        """Hex digest of the raw bytes, printed beside every piece of evidence."""
        return sha256(self.raw).hexdigest()
