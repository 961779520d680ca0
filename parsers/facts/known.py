"""What is known, partly known, or not known and why; and what all rows share."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Generic, TypeVar

from parsers.seen import Seen

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that no rule of the template knows."""

    command: str
    number: int
    text: str


class Reason(StrEnum):
    """Why something is not known; every one of them makes a check 未检查."""

    UNREACHABLE = "unreachable"
    LOGIN_FAILED = "login_failed"
    REFUSED = "refused"
    NO_PRIVILEGE = "no_privilege"
    TIMED_OUT = "timed_out"
    CUT = "cut"
    UNPARSED = "unparsed"
    """Output came, but could not be read, in whole or in the part that matters."""
    UNSUPPORTED = "unsupported"
    """This platform does not print it, or we have no reader for it."""
    NOT_COLLECTED = "not_collected"
    """Nobody asked the device for it in this run."""
    STALE = "stale"
    NO_BASELINE = "no_baseline"
    """Nothing says what ought to be."""
    NOT_FILLED = "not_filled"
    """Only a person on site can tell, and nobody has filled it in."""


@dataclass(frozen=True, slots=True)
class Known(Generic[T_co]):
    """Read completely."""

    value: T_co
    sources: tuple[Seen, ...] = ()
    """The captures it rests on, with no lines: also a legally empty answer has a source."""


@dataclass(frozen=True, slots=True)
class Partial(Generic[T_co]):
    """Read, but some lines were not understood: a check may fail on it, never pass."""

    value: T_co
    unread: tuple[UnreadLine, ...]
    sources: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known, with the reason."""

    reason: Reason
    detail: str = ""
    sources: tuple[Seen, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    """Lines that were not understood of what it would rest on."""
    absent: bool = False
    """No device of this platform has what the fact tells of, so there is nothing to know."""


Fact = Known[T] | Partial[T] | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a piece of hardware sits; each part None where the device has no such level."""

    chassis: int | None = None
    member: int | None = None
    slot: str | None = None
    port: str | None = None
    lane: int | None = None

    def __str__(self) -> str:
        """Return a stable name such as `chassis 1 member 2 slot 0`, used in problem identities."""
        parts = [f"{name} {value}" for name in _LEVELS if (value := getattr(self, name)) is not None]
        return " ".join(parts)


_LEVELS = tuple(field.name for field in fields(Location))
"""From the outermost to the innermost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """What all rows share."""

    seen: Seen
