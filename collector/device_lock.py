"""One run at a time on one device: a lock in the data folder, by address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from collector.errors import DeviceBusyError
from collector.owned_lock import HeldError, owned_lock


@contextmanager
def device_lock(data: Path, host: str, port: int, *, run_id: str, now: datetime) -> Iterator[None]:
    """Hold the device for this run; raises DeviceBusyError, naming the owner, when another has it."""
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = re.sub(r"[^\w.-]", lambda match: f"%{ord(match[0]):02X}", f"{host}_{port}")
    try:
        with owned_lock(folder / f"{name}.lock", run_id=run_id, now=now):
            yield
    except HeldError as held:
        owner = held.owner
        who = "占用者不明" if owner is None else f"运行 {owner.run}，进程 {owner.pid}，自 {owner.since}"
        raise DeviceBusyError(f"{host}:{port} 正被另一次运行占用（{who}）") from None
