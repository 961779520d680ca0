"""What is kept of an event in the data folder; a process that is killed anywhere leaves it readable.

    <data>/assurance/<event>/
        lock                            held by whoever works on the event
        state.json                      which runs belong to it; replaced whole
        <site>/readiness.json           the verdict of the check before
        <site>/rounds/<run id>.json     one round, with what it has told
        <site>/output/                  the closing report

Only the owner of the account can read it. Times are UTC.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from baselines.assurance_event import Event
from checks.event_readiness import ReadinessReport
from checks.rounds import Round
from collector.errors import XunjianError
from collector.run_folder import file_name
from reports.output import write_atomically

MOVED_BY = timedelta(days=31)
"""An event that begins so much earlier or later than it did is another one of the same name."""
Phase = Literal["before", "during", "after"]
_READINESS = TypeAdapter(ReadinessReport)
_ROUND = TypeAdapter(Round)


class AssuranceError(XunjianError):
    """A step of an event cannot be taken, or what is kept of it cannot be read."""


class EventBusyError(XunjianError):
    """Another process works on the event."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteState(_Kept):
    """The runs of one site."""

    before: str = ""
    after: str = ""
    """Ids of the last such run that was entered; empty for none."""
    pending: dict[Phase, str] = {}
    """Ids of runs that were begun and are not entered yet."""


class EventState(_Kept):
    """The whole file."""

    event: str
    kind: str
    start: AwareDatetime
    sites: dict[str, SiteState] = {}


class EventFolder:
    """The folder of one event."""

    def __init__(self, data: Path, event: Event) -> None:
        self.event = event
        self.path = data / "assurance" / file_name(event.name)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the event; raises EventBusyError while another process does."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with FileLock(self.path / "lock", timeout=0):
                yield
        except Timeout:
            raise EventBusyError(f"event {self.event.name} is being worked on by another process") from None

    def state(self, site: str) -> SiteState:
        """Give the runs of a site; raises AssuranceError for what is no state, or another event's."""
        return self._read().sites.get(site, SiteState())

    def keep(self, site: str, state: SiteState) -> None:
        """Write down the runs of a site."""
        whole = self._read()
        told = whole.model_copy(
            update={"sites": {**whole.sites, site: state}, "start": self.event.period.start}
        )
        self._write(self.path / "state.json", told.model_dump_json(indent=2).encode())

    def _read(self) -> EventState:
        path, event = self.path / "state.json", self.event
        if not path.exists():
            return EventState(event=event.name, kind=event.kind, start=event.period.start)
        try:
            state = EventState.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise AssuranceError(f"{path} cannot be read: {error}") from error
        if state.kind != event.kind or abs(state.start - event.period.start) > MOVED_BY:
            raise AssuranceError(
                f"{path} is of another event of the name {event.name} ({state.kind}, from {state.start}): "
                "give this one a name of its own"
            )
        return state

    def output(self, site: str) -> Path:
        """Where the closing report goes."""
        return self.path / file_name(site) / "output"

    def readiness(self, site: str) -> ReadinessReport | None:
        """Give the verdict of the check before; None where there is none."""
        path = self._readiness(site)
        try:
            return _READINESS.validate_json(path.read_bytes()) if path.exists() else None
        except (OSError, ValidationError) as error:
            raise AssuranceError(f"{path} cannot be read: {error}") from error

    def keep_readiness(self, report: ReadinessReport) -> None:
        """Write down the verdict of the check before."""
        self._write(self._readiness(report.site), _READINESS.dump_json(report, indent=1))

    def rounds(self, site: str) -> tuple[Round, ...]:
        """Give all rounds, the oldest first; raises AssuranceError for a file that is none."""
        found = [self._round(path) for path in self._rounds(site).glob("[!.]*.json")]
        return tuple(sorted(found, key=lambda each: (each.at, each.run_id)))

    def keep_round(self, site: str, held: Round) -> None:
        """Write down one round."""
        self._write(self._rounds(site) / f"{held.run_id}.json", _ROUND.dump_json(held, indent=1))

    def _readiness(self, site: str) -> Path:
        return self.path / file_name(site) / "readiness.json"

    def _rounds(self, site: str) -> Path:
        return self.path / file_name(site) / "rounds"

    def _round(self, path: Path) -> Round:
        try:
            return _ROUND.validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise AssuranceError(f"{path} is no round: {error}") from error

    def _write(self, path: Path, text: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            write_atomically(path, lambda draft: draft.write_bytes(text))
        except OSError as error:
            raise AssuranceError(f"{path} cannot be written: {error}") from error
