"""Deleting runs on purpose: by age, by site or by name, with a record that outlives them."""

import json
import os
import shutil
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agent.account import account
from agent.console import Console
from agent.exit_codes import ExitCode
from agent.history.store import open_history
from collector.errors import RunBusyError, RunFolderError, XunjianError
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.runs import CONDEMNED

LOG = "purge.jsonl"
"""In the data folder; one line when a deletion begins and one when it is done."""


class PurgeError(XunjianError):
    """What was asked for names no run, or too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which runs are to go: those that meet every condition that is given."""

    names: tuple[str, ...] = ()
    """Ids of runs; empty: any."""
    site: str = ""
    older_than: timedelta | None = None
    """By the moment when the run was planned."""
    keep: int = 0
    """So many of the newest runs of every site stay, whatever else is said."""

    def of(self, runs: Iterable["Doomed"], now: datetime) -> list["Doomed"]:
        """Give the runs that are meant, in their order."""
        runs = list(runs)
        newest = sorted(runs, key=lambda run: run.created_at, reverse=True)
        seen: Counter[str] = Counter()
        stay = set()
        for run in newest:
            seen[run.site] += 1
            if seen[run.site] <= self.keep:
                stay.add(run.id)
        return [run for run in runs if run.id not in stay and self.takes(run, now)]

    def takes(self, run: "Doomed", now: datetime) -> bool:
        """Tell whether this run is meant."""
        return (
            (not self.names or run.id in self.names)
            and (not self.site or run.site == self.site)
            and (self.older_than is None or run.created_at < now - self.older_than)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """One run and what deleting it takes away."""

    path: Path
    site: str
    created_at: datetime
    files: int
    bytes: int

    @property
    def id(self) -> str:
        """The run's name."""
        return self.path.name


def purge(
    data: Path,
    chosen: Chosen,
    now: datetime,
    console: Console,
    *,
    sure: bool,
    forget: str | None = None,
) -> ExitCode:
    """Say which runs would go and, when `sure`, delete them; what an earlier call left is finished first.

    They stay in the history unless `forget` names its URL (empty: the file in the data folder).

    A run that is being worked on stays, and so does a folder that is no run: then the code is
    INCOMPLETE. Raises PurgeError when nothing is chosen or a name is no run of the data folder.
    """
    if not (chosen.names or chosen.site or chosen.older_than is not None or chosen.keep):
        raise PurgeError(
            "name runs, or give --site, --older-than or --keep: nothing is deleted without a choice"
        )
    kept: dict[str, str] = {}
    finished = _finish(data, now, kept) if sure else frozenset[str]()
    names = tuple(name for name in chosen.names if name not in finished)
    runs = () if chosen.names and not names else tuple(_runs(data, names, kept))
    doomed = chosen.of(runs, now)
    if sure and forget is not None:
        # First: a run whose folder is still there would only be remembered again.
        with open_history(data, forget) as history:
            history.forget(run.id for run in doomed)
    deleted = {run.id for run in doomed if sure and _delete(data, run, now, kept)} | finished
    rows = [
        (run.id, run.site, f"{run.created_at:%Y-%m-%d}", str(run.files), str(run.bytes)) for run in doomed
    ]
    console.table(("run", "site", "planned", "files", "bytes"), rows)
    for name, why in kept.items():
        console.error(f"{name} was left alone: {why}")
    if sure:
        console.say(f"deleted: {len(deleted)}; the record is {data / LOG}")
    else:
        console.say(f"would be deleted: {len(doomed)}; nothing was, since --yes was not given")
    would_go = [] if sure else [run.id for run in doomed]
    console.result({"deleted": sorted(deleted), "would_delete": would_go, "left_alone": kept})
    return ExitCode.INCOMPLETE if kept else ExitCode.CLEAN


def _runs(data: Path, names: Sequence[str], kept: dict[str, str]) -> Iterator[Doomed]:
    """Give the runs with these names, or all; adds folders that are none."""
    folder = data / "runs"
    present = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    unknown = [name for name in names if name not in present]
    if unknown:
        raise PurgeError(f"no such run in {folder}: {', '.join(unknown)}")
    for name in names or present:
        path = folder / name
        if path.name.endswith(CONDEMNED):
            continue
        if path.is_symlink():
            kept[name] = "it is a symbolic link"
            continue
        try:
            plan = RunFolder.open(path).plan
        except RunFolderError as error:
            kept[name] = str(error)
            continue
        sizes = tuple(_sizes(path))
        yield Doomed(
            path=path,
            site=plan.site.name,
            created_at=plan.created_at,
            files=len(sizes),
            bytes=sum(sizes),
        )


def _sizes(folder: Path) -> Iterator[int]:
    """Give the size of every file below; a link is not followed and counts nothing."""
    for path, _, files in os.walk(folder):
        for name in files:
            status = (Path(path) / name).lstat()
            yield status.st_size if stat.S_ISREG(status.st_mode) else 0


def _delete(data: Path, run: Doomed, now: datetime, kept: dict[str, str]) -> bool:
    """Delete one run between two lines of the record; adds why it stays.

    The folder gets another name first, so that no half of a run is ever taken for a whole one.
    """
    condemned = run.path.with_name(run.id + CONDEMNED)
    counts = {"site": run.site, "files": run.files, "bytes": run.bytes}
    try:
        with run_lock(run.path, now=now):
            _record(data, {"deletion": "begun", "run": run.id, **counts}, now)
            run.path.rename(condemned)
        shutil.rmtree(condemned)
    except (RunBusyError, OSError) as error:
        kept[run.id] = str(error)
        return False
    _record(data, {"deletion": "done", "run": run.id}, now)
    return True


def _finish(data: Path, now: datetime, kept: dict[str, str]) -> frozenset[str]:
    """Delete what earlier calls had begun to delete when they were cut short; give the names of the runs."""
    finished = set()
    for condemned in (data / "runs").glob(f"*{CONDEMNED}"):
        try:
            shutil.rmtree(condemned)
        except OSError as error:
            kept[condemned.name] = str(error)
            continue
        name = condemned.name.removesuffix(CONDEMNED)
        _record(data, {"deletion": "done", "run": name}, now)
        finished.add(name)
    return frozenset(finished)


def _record(data: Path, what: dict[str, Any], now: datetime) -> None:
    """Append one line, and see it on the disk before anything is deleted."""
    line = {"at": now.isoformat(timespec="seconds"), "by": account(), **what}
    with os.fdopen(os.open(data / LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb") as file:
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
