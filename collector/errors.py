"""Every error that this package raises on purpose.

Errors of what people wrote (inventory, baseline, options) are English, like the command line they
appear on. How the work on a device ended (DeviceError) is printed in the report, so it is Chinese. No
text holds a password or anything else that is secret.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class XunjianError(Exception):
    """Root of all errors that are reported to the user without a traceback."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryProblem:
    """One thing that is wrong in an inventory file."""

    file: str
    place: str
    """Path inside the file with its line (`sites[0].devices[2].port (line 31)`), or sheet and cell
    (`设备!C4`)."""
    value: str
    """What stands there, shortened; `***` where it may be a secret, empty where nothing stands there."""
    expected: str
    """What should stand there, or how to put it right."""

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"{self.file}: {self.place}" if self.place else self.file
        value = f"value {self.value}: " if self.value else ""
        return f"{place}: {value}{self.expected}"


class InventoryError(XunjianError):
    """The inventory cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, problems: Iterable[InventoryProblem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"the inventory cannot be used, {len(self.problems)} to correct:\n{lines}")


class AuthorizationError(XunjianError):
    """The customer's permission is missing, not valid now, or does not name every device."""


class CredentialError(XunjianError):
    """A password that the inventory refers to cannot be had."""


class ForbiddenCommandError(XunjianError):
    """Somebody tried to send to a device what the allow-list does not hold. Nothing was sent."""


class RunFolderError(XunjianError):
    """A run folder cannot be read, or may not go from its state to the wanted one."""


class RunBusyError(XunjianError):
    """Another process works on this run."""


class LogFileError(XunjianError):
    """A file given for import cannot be read, or is not what may be read."""


class DeviceBusyError(XunjianError):
    """Another run is on this device."""


class DeviceError(XunjianError):
    """Something ended the work on one device; other devices go on."""


class UnreachableError(DeviceError):
    """No SSH session came about: no address, no route, closed port, no answer, no common algorithm."""


class LoginFailedError(DeviceError):
    """The device did not let us in: it refused the login, or wants something that we may not give."""


class AuthenticationError(LoginFailedError):
    """The device refused what we logged in with, or asked a question that we do not answer."""


class HostKeyError(LoginFailedError):
    """The device's host key is unknown or not the one we know; no password was sent."""


class UnsupportedPlatformError(DeviceError):
    """The device is not of a platform that we know, or not of the one the inventory names."""


class SessionCutError(DeviceError):
    """The connection ended before the work was done."""


class SessionTimedOutError(DeviceError):
    """The device did not answer in time, and nobody knows whether it still will."""


class StoppedError(DeviceError):
    """The user, or the limit on the whole run, stopped the work on this device."""
