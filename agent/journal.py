"""What happens in a run, as it happens: one JSON object per line for machines, one line for people.

Every object has `time` (UTC, ISO 8601), `level` (info, warning or error), `event` and, where they apply,
`run`, `device`, `command` and `status`; docs/logging.md lists the events. No password is in reach of this
module; texts that quote a device are masked, and of an error only its type and place are written.
"""

import json
import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TextIO

from agent.console import Console
from agent.delivery import OutputError
from collector.capture import CaptureStatus
from collector.errors import XunjianError
from collector.events import CommandDone, DeviceDone, DeviceRecognised, Event, LoginEnded
from parsers.masking import mask_line

Level = Literal["info", "warning", "error"]

_OURS = ("agent", "collector", "parsers", "baselines", "checks", "reports")


@dataclass(slots=True)
class Journal:
    """Where events are written to; by default nowhere."""

    file: TextIO | None = None
    """Takes the JSON lines."""
    console: Console | None = None
    """Is told every line in words."""
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def write(self, event: str, level: Level = "info", **what: Any) -> None:
        """Write one event; entries that are empty are left out."""
        said = {name: value for name, value in what.items() if value not in ("", None)}
        moment = datetime.now(UTC)
        if self.console is not None:
            told = " ".join(
                f"{value}" if name in _PLAIN else f"{name}={value}" for name, value in said.items()
            )
            self.console.note(f"{moment.astimezone():%H:%M:%S} {level} {event} {told}".rstrip())
        if self.file is not None:
            time = moment.isoformat(timespec="milliseconds")
            record = {"time": time, "level": level, "event": event, **said}
            line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
            with self._lock:
                self.file.write(line)
                self.file.flush()

    def hear(self, run: str, event: Event) -> None:
        """Write what happened during collecting."""
        match event:
            case LoginEnded(device, accepted, hop):
                status = "accepted" if accepted else "refused"
                self.write("login", _level(accepted), run=run, device=device, hop=hop, status=status)
            case DeviceRecognised(device, platform, commands):
                self.write("recognised", run=run, device=device, platform=platform, commands=commands)
            case CommandDone(device, command, status, done):
                level = _level(status is CaptureStatus.OK)
                self.write(
                    "command", level, run=run, device=device, command=command, status=status.value, done=done
                )
            case DeviceDone(outcome):
                status = "ok" if outcome.reason is None else outcome.reason.value
                self.write(
                    "device",
                    _level(outcome.reason is None),
                    run=run,
                    device=outcome.device,
                    platform=outcome.platform,
                    status=status,
                    detail=mask_line(outcome.detail),
                )


_PLAIN = ("run", "device", "command", "status")
"""Entries that speak for themselves on a terminal."""


def _level(good: bool) -> Level:  # noqa: FBT001 - private, one value
    return "info" if good else "warning"


@contextmanager
def journal(file: Path | None, console: Console, *, verbose: bool) -> Iterator[Journal]:
    """Keep a journal in a file, on the terminal, both or nowhere while a command works.

    The file is appended to, and only its owner can read one that is made. Raises OutputError when it cannot
    be written.
    """
    if file is None and not verbose:
        yield Journal()
        return
    try:
        stream = None if file is None else _opened(file)
    except OSError as error:
        raise OutputError(f"the log cannot be written: {error}") from error
    kept = Journal(stream, console if verbose else None)
    handler = _Handler(kept, console)
    loggers = [logging.getLogger(name) for name in _OURS]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield kept
    except XunjianError as error:
        kept.write("error", "error", error=type(error).__name__, detail=mask_line(str(error)))
        raise
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
        if stream is not None:
            stream.close()


def _opened(file: Path) -> TextIO:
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8")


class _Handler(logging.Handler):
    """Brings what our own modules log into the journal, and to the terminal as without one."""

    def __init__(self, kept: Journal, console: Console) -> None:
        super().__init__(logging.WARNING)
        self._kept = kept
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        message = mask_line(record.getMessage())
        level: Level = "error" if record.levelno >= logging.ERROR else "warning"
        where: dict[str, Any] = {}
        if record.exc_info is not None and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            where = {
                "error": type(error).__name__,
                "at": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
            }
        self._kept.write("log", level, logger=record.name, message=message, **where)
        if self._kept.console is None:
            self._console.note(f"{level}: {message}")
