"""A file that a monitor can watch: when unattended work was last alive, and how it ended."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reports.output import write_atomically

FILE = "heartbeat.json"
LOG = "run-due.jsonl"
MOST_LOG_BYTES = 5_000_000
KEPT_LOGS = 5


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """`schedule/heartbeat.json` of the data folder, replaced whole at every step."""

    data: Path

    def beat(self, state: str, now: datetime, **more: Any) -> None:
        """Say what is being done: `running`, with the site, or `idle`, with the exit code."""
        folder = self.data / "schedule"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        told = {"at": now.isoformat(timespec="seconds"), "state": state, "pid": os.getpid(), **more}
        text = json.dumps(told, ensure_ascii=False) + "\n"
        write_atomically(folder / FILE, lambda draft: draft.write_text(text, "utf-8"))


def rotated_log(data: Path) -> Path:
    """Give the file for the events of unattended work; a long one is moved aside, five of them are kept."""
    from logging.handlers import RotatingFileHandler

    path = data / "schedule" / LOG
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > MOST_LOG_BYTES:
        handler = RotatingFileHandler(path, backupCount=KEPT_LOGS, encoding="utf-8")
        handler.doRollover()
        handler.close()
    return path
