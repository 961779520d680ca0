"""One run at a time on one device: a lock in the data folder, by address."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from collector.errors import DeviceBusyError


@contextmanager
def device_lock(data: Path, host: str, port: int, *, run_id: str, now: datetime) -> Iterator[None]:
    """Hold the device for this run; raises DeviceBusyError, naming the owner, when another has it.

    The system frees the lock when its process ends, however it ends.
    """
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = re.sub(r"[^\w.-]", lambda match: f"%{ord(match[0]):02X}", f"{host}_{port}")
    owner = folder / f"{name}.owner"
    lock = FileLock(folder / f"{name}.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise DeviceBusyError(f"{host}:{port} 正被另一次运行占用（{_owner(owner)}）") from None
    try:
        said = {"run": run_id, "pid": os.getpid(), "since": now.isoformat(timespec="seconds")}
        owner.write_text(json.dumps(said), encoding="utf-8")
        yield
    finally:
        lock.release()


def _owner(path: Path) -> str:
    try:
        said = json.loads(path.read_text("utf-8"))
        return f"运行 {said['run']}，进程 {said['pid']}，自 {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "占用者不明"
