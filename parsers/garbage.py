"""Pausing the search for cyclic garbage while many objects are made of which none is."""

import gc
from threading import Lock


class _Pause:
    """No search for cyclic garbage: rows, facts and verdicts are none, and it would walk them all each time.

    It is for the whole process, so the last of the threads that pause it at the same time ends the pause.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._was_running = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_running = gc.isenabled()
                gc.disable()
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._was_running:
                gc.enable()


no_search = _Pause()
"""For a `with` block."""
