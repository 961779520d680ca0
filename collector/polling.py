"""Which of many connections are ready: `select.poll`, or what does the same where there is none."""

import select
from typing import Any


class Select:
    """What `select.poll` does, for systems that have nothing but `select.select`."""

    def __init__(self) -> None:
        self._fds: dict[int, int] = {}

    def register(self, fd: int, events: int) -> None:
        """Look at a file descriptor from now on, for READABLE or WRITABLE."""
        self._fds[fd] = events

    def unregister(self, fd: int) -> None:
        """Look at it no more."""
        del self._fds[fd]

    def poll(self, wait_ms: float | None) -> list[tuple[int, int]]:
        """Give what is ready, and for what, as soon as there is something, or after so many milliseconds."""
        wait_s = None if wait_ms is None else wait_ms / 1000
        reading = [fd for fd, events in self._fds.items() if events == READABLE]
        writing = [fd for fd, events in self._fds.items() if events == WRITABLE]
        # Windows tells of a connection that failed as of an exception alone.
        ready = select.select(reading, writing, writing, wait_s)
        return [(fd, self._fds[fd]) for fd in {fd for fds in ready for fd in fds}]


READABLE: int = getattr(select, "POLLIN", 1)
WRITABLE: int = getattr(select, "POLLOUT", 4)
Readers: Any = getattr(select, "poll", Select)
"""Its numbers of open files are small, and it costs far less than `selectors` for each wait."""
