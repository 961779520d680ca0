"""How long the reading of what a device printed may take, and how it is ended within a process.

`re` looks for signals while it matches, so that a timer of the process ends even an expression that tries
for ever. It counts processor time of the process: other work on the machine does not make an output late.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Seconds of processor time; the largest outputs that were seen take one or two."""

    output_s: float = 20.0
    """For what one fact rests on."""
    device_s: float = 120.0
    """For all that one device printed."""


class TookTooLongError(Exception):
    """The time is up. No ValueError, which readers take for a value that has not its form."""


def can_limit() -> bool:
    """Whether `time_limit` works here: in the main thread, where the system has such a timer."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLongError inside when the process has worked for so long, where `can_limit` says so."""
    if not can_limit():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _over(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLongError
