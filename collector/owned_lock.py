"""A lock between processes that says who holds it; the system frees it when its process ends, however."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock."""

    run: str
    """Id of the run, or the name of the command."""
    pid: int
    since: str
    """ISO 8601."""


class HeldError(Exception):
    """Another process holds the lock; never leaves the two modules that say what is locked."""

    def __init__(self, owner: Owner | None) -> None:
        super().__init__(owner)
        self.owner = owner
        """None: it has not yet said who it is, or what it said cannot be read."""


@contextmanager
def owned_lock(path: Path, *, run_id: str, now: datetime) -> Iterator[None]:
    """Hold the lock file `path` and leave word beside it; raises HeldError at once when it is held."""
    word = path.with_name(f"{path.name}.owner")
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise HeldError(_owner(word)) from None
    try:
        said = {"run": run_id, "pid": os.getpid(), "since": now.isoformat(timespec="seconds")}
        with os.fdopen(os.open(word, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(json.dumps(said))
        yield
    finally:
        lock.release()


def _owner(word: Path) -> Owner | None:
    try:
        said = json.loads(word.read_text("utf-8"))
        return Owner(str(said["run"]), int(said["pid"]), str(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
