"""A process that visits devices for a run: our end of it, and what it does.

Passwords reach it through the pipe between us alone. It takes no signals: it ends when it is told to, and
when we have ended, however that came about; its sessions are closed before.
"""

import signal
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty
from threading import Event, Lock, Thread
from typing import Any, Self

from collector.credentials import Login, Secret
from collector.events import Event as Told
from collector.events import Mailbox
from collector.host_keys import HostKeyRules
from collector.hub import Hub
from collector.inventory import Device
from collector.jump_hosts import JumpHosts
from collector.run_folder import RunFolder
from collector.run_record import DeviceOutcome, Plan
from collector.visit import Job, Kept, Limits, visit

_LOOK_S = 0.25
"""How often it is looked whether the run was stopped, and answered commands are told."""


class VisitFailedError(Exception):
    """A visit in another process ended by an error of ours: its kind, and where it was."""

    def __init__(self, kind: str, frames: str) -> None:
        super().__init__(kind, frames)
        self.kind = kind
        self.frames = frames

    @classmethod
    def of(cls, error: BaseException) -> Self:
        """Leave out what an error says: that may hold something of an output."""
        return cls(type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What all visits of a worker share; see `collector.visit.Job`."""

    plan: Plan
    folder: Path
    host_keys: HostKeyRules
    limits: Limits
    run_deadline: float
    """Of `time.monotonic`, which all processes of a machine have in common."""
    now: Callable[[], datetime]
    """A function of a module."""
    kept: Mapping[str, Kept]
    at_once: int


@dataclass(frozen=True, slots=True)
class _Visit:
    device: Device
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Ended:
    device: str
    outcome: DeviceOutcome | None
    error: Exception | None


class _Order(Enum):
    STOP = auto()
    """All visits are to end soon."""
    END = auto()
    """No more visits come."""


class Worker:
    """Our end of a worker; `begin` and `end` may be called while another thread is in `listen`."""

    def __init__(self, process: BaseProcess, pipe: "Connection[Any, Any]") -> None:
        self._process = process
        self.pipe = pipe
        self._lock = Lock()
        self._futures: dict[str, Future[DeviceOutcome]] = {}
        self.is_there = True

    @classmethod
    def start(cls, setup: Setup) -> Self:
        """Start a process; raises OSError when it cannot be."""
        # Forking this process, which may have threads, could leave a lock held for ever.
        context: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
        context.set_forkserver_preload([__name__])
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name="visits", daemon=True)
        process.start()
        theirs.close()
        ours.send(setup)
        return cls(process, ours)

    @property
    def busy(self) -> int:
        """How many visits are under way."""
        return len(self._futures)

    def begin(self, device: Device, login: Login) -> Future[DeviceOutcome]:
        """Have a device visited; the future raises VisitFailedError when the process is lost meanwhile."""
        future: Future[DeviceOutcome] = Future()
        if login.password is None:
            raise TypeError("a worker logs in with passwords alone")
        with self._lock:
            if self.is_there:
                self._futures[device.name] = future
                self._tell(_Visit(device, login.username, login.password.reveal()))
                return future
        future.set_exception(self._lost())
        return future

    def stop(self) -> None:
        """Have all visits end soon."""
        with self._lock:
            self._tell(_Order.STOP)

    def end(self) -> None:
        """Let it end when its visits have ended."""
        with self._lock:
            self._tell(_Order.END)

    def join(self) -> None:
        """Wait until it has ended."""
        self._process.join()

    def hear(self, said: _Ended) -> None:
        """Settle a visit."""
        with self._lock:
            future = self._futures.pop(said.device)
        if said.error is not None:
            future.set_exception(said.error)
        elif said.outcome is not None:
            future.set_result(said.outcome)

    def gone(self) -> None:
        """Settle what it leaves undone: its end of the pipe is closed."""
        with self._lock:
            self.is_there = False
            left = tuple(self._futures.values())
            self._futures.clear()
        self._process.join()
        self.pipe.close()
        for future in left:
            future.set_exception(self._lost())

    def _lost(self) -> VisitFailedError:
        return VisitFailedError(f"采集进程意外结束（退出码 {self._process.exitcode}）", "")

    def _tell(self, what: object) -> None:
        try:
            self.pipe.send(what)
        except OSError:
            # It has ended, which `listen` hears and settles.
            self.is_there = False


def listen(workers: Sequence[Worker], emit: Callable[[Told], None], stop: Event) -> None:
    """Pass on what workers tell, and a stop to them, until all of them have ended."""
    there = {worker.pipe: worker for worker in workers}
    told_to_stop = False
    while there:
        ready = wait(list(there), _LOOK_S)
        for worker in [worker for pipe, worker in there.items() if pipe in ready]:
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                del there[worker.pipe]
                worker.gone()
                continue
            if isinstance(said, _Ended):
                worker.hear(said)
            else:
                emit(said)
        if stop.is_set() and not told_to_stop:
            told_to_stop = True
            for worker in there.values():
                worker.stop()


def serve(pipe: "Connection[Any, Any]") -> None:
    """Do what a worker does, in its process."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            # A terminal sends them to all processes of the run; ours is to say what follows from it.
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    setup: Setup = pipe.recv()
    mailbox: Mailbox[Told | _Ended | None] = Mailbox()
    job = _job(setup, mailbox)
    with job.folder.kept_open(), Hub(setup.at_once) as hub:
        Thread(target=_obey, args=(pipe, hub, job, mailbox), daemon=True).start()
        for said in _told(mailbox):
            try:
                pipe.send(said)
            except OSError:
                job.stop.set()
                return


def _told(mailbox: "Mailbox[Told | _Ended | None]") -> Iterator[Told | _Ended]:
    """Give what is told until it is None."""
    while True:
        try:
            said = mailbox.get(timeout=_LOOK_S)
        except Empty:
            continue
        if said is None:
            return
        yield said


def _obey(pipe: "Connection[Any, Any]", hub: Hub, job: Job, mailbox: "Mailbox[Told | _Ended | None]") -> None:
    """Begin the visits that are asked for, until there are no more or nobody is there to ask."""
    while True:
        try:
            order = pipe.recv()
        except (EOFError, OSError):
            job.stop.set()
            mailbox.put(None)
            return
        match order:
            case _Order.STOP:
                job.stop.set()
            case _Order.END:
                mailbox.put(None)
            case _:
                _begin(order, hub, job, mailbox)


def _begin(order: _Visit, hub: Hub, job: Job, mailbox: "Mailbox[Told | _Ended | None]") -> None:
    login = Login(order.username, Secret(order.password))
    future = hub.submit(visit, order.device, login, job)
    future.add_done_callback(lambda done: mailbox.put(_ended(order.device.name, done)))


def _ended(device: str, done: "Future[DeviceOutcome]") -> _Ended:
    match done.exception():
        case None:
            return _Ended(device, done.result(), None)
        case OSError() as error:
            return _Ended(device, None, OSError(error.errno, error.strerror, error.filename))
        case error:
            return _Ended(device, None, VisitFailedError.of(error))


def _job(setup: Setup, mailbox: "Mailbox[Told | _Ended | None]") -> Job:
    stop, folder = Event(), RunFolder.open(setup.folder)
    nowhere = JumpHosts(
        {},
        {},
        rules=setup.host_keys,
        connect_s=setup.limits.connect_s,
        stop=stop,
        folder=folder,
        now=setup.now,
        emit=mailbox.put,
    )
    return Job(
        plan=setup.plan,
        folder=folder,
        host_keys=setup.host_keys,
        limits=setup.limits,
        run_deadline=setup.run_deadline,
        now=setup.now,
        stop=stop,
        emit=mailbox.put,
        jump_hosts=nowhere,
        kept=setup.kept,
    )
