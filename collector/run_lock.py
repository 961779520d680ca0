"""One process at a time on one run: whoever collects, judges or deletes it holds its lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from collector.errors import RunBusyError
from collector.owned_lock import HeldError, owned_lock

LOCK_FILE = "run.lock"
"""In the run's folder; freed by the system when the process ends, so a killed run is free."""


@contextmanager
def run_lock(folder: Path, *, now: datetime) -> Iterator[None]:
    """Hold the run in this folder; raises RunBusyError, naming the process, when another has it."""
    try:
        with owned_lock(folder / LOCK_FILE, run_id=folder.name, now=now):
            yield
    except HeldError as held:
        owner = held.owner
        who = "another process" if owner is None else f"process {owner.pid}, since {owner.since}"
        raise RunBusyError(f"run {folder.name} is being worked on by {who}") from None
