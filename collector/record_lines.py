"""A file of JSON records, one a line, only ever appended to: a run that is killed loses one at most."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ValidationError

from collector.run_record import Damage

_Record = TypeVar("_Record", bound=BaseModel)

_BINARY = getattr(os, "O_BINARY", 0)
"""Windows alone has it, and would translate line ends."""
_to_json = json.JSONEncoder(ensure_ascii=False).encode


class RecordLines:
    """One such file, made when its first record comes; safe to append to from several threads.

    As a context manager it stays open after its first record until the end of the block, which spares who
    appends much most of the work.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._file: int | None = None
        self._held = self._torn = False

    def __enter__(self) -> Self:
        self._held = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._held = False
            self._close()

    def append(self, record: dict[str, Any]) -> None:
        """Append one line by one write; after a torn line, which a killed run left, a new one begins.

        Raises OSError when it is not written whole.
        """
        line = _to_json(record).encode() + b"\n"
        with self._lock:
            try:
                self._write(line)
            finally:
                if not self._held:
                    self._close()

    def records(self, damage: list[Damage]) -> Iterator[dict[str, Any]]:
        """Give every record; adds what is damaged."""
        if not self.path.exists():
            return
        *lines, rest = self.path.read_bytes().split(b"\n")
        if rest:
            detail = "the last line is torn: the run was killed while writing it"
            damage.append(Damage(file=self.path.name, detail=detail))
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
            except ValueError:
                record = None
            if isinstance(record, dict):
                yield record
            else:
                detail = f"line {number} is no complete record"
                damage.append(Damage(file=self.path.name, detail=detail))

    def valid(self, kind: type[_Record], damage: list[Damage]) -> tuple[_Record, ...]:
        """Give the records that are of this kind; adds what is damaged."""
        valid: list[_Record] = []
        for record in self.records(damage):
            try:
                valid.append(kind.model_validate(record))
            except ValidationError:
                damage.append(Damage(file=self.path.name, detail=f"no valid record: {record!r:.120}"))
        return tuple(valid)

    def _write(self, line: bytes) -> None:
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY, 0o600)
            self._torn = _ends_torn(self._file)
        if self._torn:
            line = b"\n" + line
        written = os.write(self._file, line)
        self._torn = written != len(line)
        if self._torn:
            raise OSError(errno.ENOSPC, f"only a part of a line went into {self.path}")

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _ends_torn(file: int) -> bool:
    """Tell whether the last line of an open file has no end."""
    end = os.lseek(file, 0, os.SEEK_END)
    if not end:
        return False
    os.lseek(file, end - 1, os.SEEK_SET)
    return os.read(file, 1) != b"\n"
