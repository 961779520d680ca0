"""What this machine must have for a run, looked at without touching a device."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile

from reports.fonts import FontMissingError, register

_ENOUGH_BYTES = 1_000_000_000
_FOR_OTHERS = 0o077


class State(StrEnum):
    """How something stands."""

    OK = "ok"
    WARN = "warn"
    """An inspection works, but gives less than it could."""
    BAD = "bad"
    """It keeps an inspection from working."""
    SKIPPED = "-"
    """Not looked at."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at."""

    what: str
    state: State
    said: str
    """What was seen."""
    todo: str = ""
    """What to do about it; empty where there is nothing to do."""


def examine(data: Path, known_hosts: Path) -> tuple[Diagnosis, ...]:
    """Look at data folder, disk, fonts and the file of host keys."""
    return (*_data(data), _fonts(), _known_hosts(known_hosts.expanduser()))


def _data(data: Path) -> Iterator[Diagnosis]:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryFile(dir=data):
            pass
    except OSError as error:
        yield Diagnosis("data folder", State.BAD, str(error), "give a folder that can be written with --data")
        return
    open_ = [path for path in (data, data / "runs", data / "locks") if path.is_dir() and _is_open(path)]
    if open_:
        said = f"others can read {', '.join(map(str, open_))}"
        yield Diagnosis("data folder", State.WARN, said, f"chmod 700 {' '.join(map(str, open_))}")
    else:
        yield Diagnosis("data folder", State.OK, f"{data} is writable and yours alone")
    free = shutil.disk_usage(data).free
    state = State.OK if free >= _ENOUGH_BYTES else State.WARN
    todo = "" if state is State.OK else "make room, e.g. with `xunjian purge`"
    yield Diagnosis("disk", state, f"{free / 1e9:.1f} GB free", todo)


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & _FOR_OTHERS)


def _fonts() -> Diagnosis:
    try:
        return Diagnosis("fonts", State.OK, ", ".join(register()))
    except FontMissingError as error:
        return Diagnosis("fonts", State.BAD, str(error), "install xunjian again with its dependencies")


def _known_hosts(path: Path) -> Diagnosis:
    if not path.is_file():
        return Diagnosis("host keys", State.BAD, f"{path} does not exist", "run `xunjian hosts trust`")
    if path.stat().st_mode & 0o022:
        return Diagnosis("host keys", State.WARN, f"others can write {path}", f"chmod 600 {path}")
    return Diagnosis("host keys", State.OK, str(path))
