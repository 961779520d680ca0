"""A run on disk: what was planned, every capture as it came, and how each device ended.

    <data>/runs/<run id>/
        state.json                      where the run stands; replaced atomically
        plan.json                       what was to be done, and who permitted it
        index.jsonl                     one line per capture, appended after its file is complete
        outcomes.jsonl                  per device, the last line wins; who was reached stays reached
        sessions.jsonl                  one line when a session is opened, one when it is closed
        resumed.jsonl                   one line for every time that collecting was taken up again
        captures/<device>/<command>.txt the bytes as they came; `.earlier.txt`: asked before, for growth
        imported/                       the files that captures were taken from, where others recorded them
        facts/<device>.json             what was read of a device when the run was judged, secrets masked
        record.json                     what is remembered of the run when it was judged

Nothing is ever changed in place, so a run that was killed at any moment can be read: what is
damaged is reported and not used. Facts are derived, and count only while the run is judged or reported.
Only the owner of the account can read it (0700, 0600), because configurations hold secrets.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, Self

from platformdirs import user_data_path
from pydantic import ValidationError

from collector.capture import Capture, CaptureStatus, Source
from collector.errors import RunFolderError
from collector.record_lines import RecordLines
from collector.run_record import (
    Damage,
    DeviceOutcome,
    OpenedSession,
    OutcomeReason,
    Plan,
    Resumption,
    RunState,
    Stored,
)

_Records = dict[tuple[str, str], dict[str, Any]]
"""Lines of the index by device and command."""
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows alone has it, and would translate line ends."""
_UNFIT = re.compile(r"[^\w.-]|^\.")


def data_folder() -> Path:
    """Give the folder for runs and locks: `XUNJIAN_DATA`, else the system's place for user data."""
    told = os.environ.get("XUNJIAN_DATA")
    return Path(told) if told else user_data_path("xunjian", appauthor=False)


def new_run_id(site: str, now: datetime) -> str:
    """Make a run's name: when, where, and four hex digits so that two in one second differ."""
    return f"{now:%Y%m%dT%H%M%SZ}-{file_name(site)}-{token_hex(2)}"


class RunFolder:
    """One run's folder; safe to write from several threads of one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # A `Path` for each of the many files would cost more than writing them.
        self._root = str(path)
        self._index = RecordLines(path / "index.jsonl")
        self._outcomes = RecordLines(path / "outcomes.jsonl")
        self._sessions = RecordLines(path / "sessions.jsonl")
        self._resumptions = RecordLines(path / "resumed.jsonl")

    @classmethod
    def create(cls, data: Path, plan: Plan, among: str = "runs") -> Self:
        """Make the folder of a planned run under the data folder; raises RunFolderError when it cannot.

        `among` is the folder for runs of its kind.
        """
        path = data / among / plan.run_id
        run = cls(path)
        try:
            for folder in (data, data / among, path, path / "captures"):
                # One by one: the mode does not reach parents that `mkdir` makes on the way.
                folder.mkdir(mode=0o700, parents=folder is data, exist_ok=folder in (data, data / among))
            run._replace("plan.json", plan.model_dump_json(indent=2).encode())
            run._write_state(RunState.PLANNED, "")
        except OSError as error:
            raise RunFolderError(f"no run folder can be made: {error}") from error
        return run

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing run; raises RunFolderError when there is none."""
        if not (path / "plan.json").is_file():
            raise RunFolderError(f"{path} is no run folder: it has no plan.json")
        return cls(path)

    @property
    def data(self) -> Path:
        """The data folder that the run lies in."""
        return self.path.parent.parent

    @property
    def plan(self) -> Plan:
        """What was planned; raises RunFolderError when that cannot be read."""
        try:
            return Plan.model_validate_json((self.path / "plan.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise RunFolderError(f"{self.path / 'plan.json'} cannot be read: {error}") from error

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        return RunState(self._read_state()["state"])

    @property
    def interrupted(self) -> str:
        """What cut collecting short; empty when nothing did. A killed run says so too."""
        return str(self._read_state()["interrupted"])

    def advance(self, state: RunState, interrupted: str = "") -> None:
        """Move on to `state`; raises RunFolderError when that would be backward."""
        order = list(RunState)
        if order.index(state) < order.index(self.state):
            raise RunFolderError(f"run {self.path.name} is {self.state} and cannot go back to {state}")
        kept = "" if self.state is RunState.COLLECTING else self.interrupted
        self._write_state(state, interrupted or kept)

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep open within the block what every answer adds a line to."""
        with self._index:
            yield

    def resume(self, resumption: Resumption) -> None:
        """Write down that collecting is taken up again and go back to it; the one way that leads back."""
        self._resumptions.append(resumption.model_dump(mode="json"))
        self._write_state(RunState.COLLECTING, "")

    def resumptions(self) -> tuple[tuple[Resumption, ...], tuple[Damage, ...]]:
        """Give every resumption, the first in front, and what of their record is damaged."""
        damage: list[Damage] = []
        return self._resumptions.valid(Resumption, damage), tuple(damage)

    def add_capture(self, capture: Capture) -> Stored:
        """Store a capture: first its file, complete, then its line in the index."""
        folder = f"captures/{file_name(capture.device)}"
        name = file_name(capture.command.replace("-", "_").replace(" ", "_"))
        file = f"{folder}/{name}{'.earlier' if capture.earlier else ''}.txt"
        record = {
            "device": capture.device,
            "command": capture.command,
            "status": capture.status,
            "file": file,
            "sha256": capture.sha256,
            "started_at": capture.started_at.isoformat(),
            "elapsed_s": None if capture.elapsed_s is None else round(capture.elapsed_s, 3),
            "detail": capture.detail,
            "source": capture.source,
        }
        if capture.earlier:
            record["earlier"] = True
        self._replace(file, capture.raw)
        self._index.append(record)
        return Stored(capture=capture, file=file)

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file of others beside the captures, as it came; give its path inside the folder."""
        file = f"imported/{file_name(name)}"
        self._replace(file, content)
        return file

    def keep_facts(self, device: str, text: bytes) -> None:
        """Keep what was read of a device; raises OSError when that cannot be written."""
        self._replace(_facts_file(device), text)

    def facts(self, device: str) -> bytes | None:
        """Give what was read of a device; None when nothing is kept, or its captures are newer."""
        if self.state not in (RunState.JUDGED, RunState.REPORTED):
            return None
        try:
            return (self.path / _facts_file(device)).read_bytes()
        except OSError:
            return None

    def keep_record(self, text: bytes) -> None:
        """Keep what is to be remembered of the run; raises OSError when that cannot be written."""
        self._replace("record.json", text)

    def record(self) -> bytes | None:
        """Give what is to be remembered of the run; None when it was not judged so far."""
        try:
            return (self.path / "record.json").read_bytes()
        except OSError:
            return None

    def add_outcome(self, outcome: DeviceOutcome) -> None:
        """Store how a device ended, or that it is being worked on (`ended_at` None)."""
        self._outcomes.append(outcome.model_dump(mode="json"))

    def add_session(self, session: OpenedSession) -> None:
        """Store that a session was opened, or closed."""
        self._sessions.append(session.model_dump(mode="json"))

    def sessions(self) -> tuple[tuple[OpenedSession, ...], tuple[Damage, ...]]:
        """Give every session that the run opened, in that order, and what of their record is damaged."""
        damage: list[Damage] = []
        latest = {
            (session.peer, session.is_hop, session.via, session.opened_at): session
            for session in self._sessions.valid(OpenedSession, damage)
        }
        return tuple(latest.values()), tuple(damage)

    def captures(self) -> tuple[tuple[Stored, ...], tuple[Damage, ...]]:
        """Give the last usable capture of every device and command, and all that is damaged."""
        damage: list[Damage] = []
        stored = [s for records in self.index(damage).values() for s in self.load(records, damage)]
        return tuple(stored), tuple(damage)

    def index(self, damage: list[Damage]) -> dict[str, list[dict[str, Any]]]:
        """Give the record of every command by device, for `load`; adds what is damaged.

        It is the last one. One that was asked earlier, for growth, stands in where no later one is whole.
        """
        latest, earlier = self._latest(damage)
        for key, record in earlier.items():
            if key not in latest or (_whole(record) and not _whole(latest[key])):
                latest[key] = record
        return _by_device(latest)

    def earlier(self) -> dict[str, list[dict[str, Any]]]:
        """Give, by device, the record of every command that has a whole answer from before the last one."""
        latest, earlier = self._latest([])
        whole = {key for key, record in latest.items() if _whole(record)}
        return _by_device({k: record for k, record in earlier.items() if k in whole and _whole(record)})

    def _latest(self, damage: list[Damage]) -> tuple[_Records, _Records]:
        latest: _Records = {}
        earlier: _Records = {}
        for record in self._index.records(damage):
            key = str(record.get("device")), str(record.get("command"))
            (earlier if record.get("earlier") else latest)[key] = record
        return latest, earlier

    def load(self, records: Iterable[dict[str, Any]], damage: list[Damage]) -> tuple[Stored, ...]:
        """Give the usable captures of these records; adds what is damaged."""
        stored = (self._load(record, damage) for record in records)
        return tuple(s for s in stored if s is not None)

    def outcomes(self) -> tuple[tuple[DeviceOutcome, ...], tuple[Damage, ...]]:
        """Give one outcome for every planned device, in the plan's order, and all that is damaged.

        A device that the run did not finish, because it was killed, has the reason for it. One that was
        reached and, when the run was resumed, no more, stays reached: its captures are there.
        """
        damage: list[Damage] = []
        latest: dict[str, DeviceOutcome] = {}
        for outcome in self._outcomes.valid(DeviceOutcome, damage):
            latest[outcome.device] = _after(latest.get(outcome.device), outcome)
        return tuple(_finished(name, latest.get(name)) for name in self.plan.devices), tuple(damage)

    def _load(self, record: dict[str, Any], damage: list[Damage]) -> Stored | None:
        file = str(record.get("file"))
        try:
            raw = self._inside(file).read_bytes()
            capture = Capture(
                device=record["device"],
                command=record["command"],
                status=CaptureStatus(record["status"]),
                raw=raw,
                started_at=datetime.fromisoformat(record["started_at"]),
                elapsed_s=None if record["elapsed_s"] is None else float(record["elapsed_s"]),
                detail=record["detail"],
                source=Source(record.get("source", Source.SSH)),
                earlier=bool(record.get("earlier", False)),
            )
        except (OSError, KeyError, ValueError, TypeError) as error:
            damage.append(Damage(file=file, detail=f"the capture cannot be used: {error}"))
            return None
        if sha256(raw).hexdigest() != record.get("sha256"):
            damage.append(Damage(file=file, detail="the content has another SHA-256 than the index says"))
            return None
        return Stored(capture=capture, file=file)

    def _inside(self, file: str) -> Path:
        """Resolve a path of the index, which must not lead out of the folder."""
        path = (self.path / file).resolve()
        if not path.is_relative_to(self.path.resolve()):
            raise ValueError(f"{file} leads out of the run folder")
        return path

    def _replace(self, name: str, content: bytes) -> None:
        """Write a file and only then give it its name, in a folder that is made when it is not there."""
        path = f"{self._root}/{name}"
        temporary = f"{path}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
        try:
            file = os.open(temporary, flags, 0o600)
        except FileNotFoundError:
            Path(path).parent.mkdir(exist_ok=True, mode=0o700)
            file = os.open(temporary, flags, 0o600)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        os.replace(temporary, path)  # noqa: PTH105 - a run writes thousands; see `_root`

    def _write_state(self, state: RunState, interrupted: str) -> None:
        content = json.dumps({"state": state, "interrupted": interrupted}, ensure_ascii=False)
        self._replace("state.json", content.encode())

    def _read_state(self) -> dict[str, str]:
        try:
            said = json.loads((self.path / "state.json").read_bytes())
            state = RunState(said["state"])
            interrupted = str(said["interrupted"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunFolderError(f"{self.path / 'state.json'} cannot be read: {error}") from error
        if state is RunState.COLLECTING and not interrupted:
            interrupted = "采集未完成：运行中途被终止，或仍在进行"
        return {"state": state, "interrupted": interrupted}


def _after(before: DeviceOutcome | None, outcome: DeviceOutcome) -> DeviceOutcome:
    """Give a device's outcome when it had one before in the same run."""
    if before is None or not before.reached:
        return outcome
    kept: dict[str, Any] = {"started_at": before.started_at}
    if not outcome.reached:
        kept |= {"reached": True, "platform": before.platform, "detail": f"续采未成：{outcome.detail}"}
    return outcome.model_copy(update=kept)


def _whole(record: dict[str, Any]) -> bool:
    return record.get("status") == CaptureStatus.OK


def _by_device(records: _Records) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for (device, _), record in records.items():
        found.setdefault(device, []).append(record)
    return found


def _finished(name: str, outcome: DeviceOutcome | None) -> DeviceOutcome:
    """Say of a device without a final outcome that the run ended before it."""
    detail = "运行中途被终止"
    if outcome is None:
        return DeviceOutcome(
            device=name, reached=False, platform=None, reason=OutcomeReason.NOT_COLLECTED, detail=detail
        )
    if outcome.ended_at is None:
        return outcome.model_copy(update={"reason": OutcomeReason.NOT_COLLECTED, "detail": detail})
    return outcome


def _facts_file(device: str) -> str:
    return f"facts/{file_name(device)}.json"


@lru_cache(maxsize=4096)
def file_name(name: str) -> str:
    """Make a name fit for a file: other characters than word ones, `-` and `.` become `%XX`."""
    return _UNFIT.sub(lambda match: f"%{ord(match[0]):02X}", name)
