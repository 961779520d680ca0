"""What the driver raises: NAPALM's own errors, with our reasons."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from napalm.base.exceptions import (
    CommandErrorException,
    CommandTimeoutException,
    ConnectAuthError,
    ConnectionClosedException,
    ConnectionException,
    NapalmException,
    UnsupportedVersion,
)

from collector.capture import Capture, CaptureStatus
from collector.errors import (
    AuthenticationError,
    DeviceError,
    ForbiddenCommandError,
    SessionCutError,
    SessionTimedOutError,
    UnsupportedPlatformError,
    XunjianError,
)
from parsers.facts import Unknown, UnreadLine
from parsers.masking import mask_line

_SHOWN = 5


class OptionError(NapalmException, ValueError):
    """An argument or one of `optional_args` is not what it may be."""


class NotOfferedError(NapalmException, NotImplementedError):
    """This driver, or this platform, does not offer what was asked for; says why."""


class CommandNotAllowedError(CommandErrorException):
    """A command that the read-only list of the platform does not hold; nothing was sent."""


class FactUnknownError(CommandErrorException):
    """What a getter needs is not known; says why. `reason` is a word of `parsers.facts.Reason`."""

    def __init__(self, unknown: Unknown) -> None:
        self.reason = unknown.reason.value
        commands = ", ".join(dict.fromkeys(source.command for source in unknown.sources))
        said = f"{self.reason}: {mask_line(unknown.detail)}"
        super().__init__(f"{said} ({commands})" if commands and commands not in said else said)


class FactPartialError(CommandErrorException):
    """Some lines that a getter rests on were not understood; `unread` holds them, secrets masked."""

    def __init__(self, unread: Sequence[UnreadLine]) -> None:
        self.unread = tuple(unread)
        shown = "; ".join(
            f"{line.command} line {line.number}: {line.text.strip()!r}" for line in unread[:_SHOWN]
        )
        more = f"; and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
        super().__init__(
            f"lines not understood ({len(unread)}), so the answer may lack something: {shown}{more} "
            "(optional_args allow_partial=True takes what was understood)"
        )


_KINDS: tuple[tuple[type[XunjianError], type[NapalmException]], ...] = (
    (ForbiddenCommandError, CommandNotAllowedError),
    (AuthenticationError, ConnectAuthError),
    (UnsupportedPlatformError, UnsupportedVersion),
    (SessionTimedOutError, CommandTimeoutException),
    (SessionCutError, ConnectionClosedException),
    (DeviceError, ConnectionException),
    (XunjianError, NapalmException),
)


@contextmanager
def in_napalms_words(host: str) -> Iterator[None]:
    """Raise what goes wrong inside as the kind of error that callers of NAPALM expect."""
    try:
        yield
    except XunjianError as error:
        kind = next(napalms for ours, napalms in _KINDS if isinstance(error, ours))
        raise kind(f"{host}: {error}") from error


def check_answered(capture: Capture) -> None:
    """Return for a complete answer, else raise CommandTimeoutException or CommandErrorException."""
    said = f"{capture.command}: {capture.status.value}: {capture.detail}"
    if capture.status is CaptureStatus.TIMED_OUT:
        raise CommandTimeoutException(said)
    if capture.status is not CaptureStatus.OK:
        raise CommandErrorException(said)
