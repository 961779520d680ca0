"""Where devices are visited: in this process, and on request in worker processes too.

Who may be logged in to is decided in one place, the schedule of the run; here it is only decided which
process does it. A worker writes what a device says into the run folder itself, and tells events and outcomes.
"""

from concurrent.futures import Future
from threading import Thread
from types import TracebackType
from typing import Self

from collector.credentials import Login
from collector.hub import Hub
from collector.inventory import Device
from collector.run_record import DeviceOutcome
from collector.visit import Job, visit
from collector.worker_process import Setup, Worker, listen

Outcome = Future[DeviceOutcome]


class Visits:
    """The visits of one run; a context manager that waits at its end until all have ended.

    `at_once` is the most that are ever under way. Entering raises OSError when a process cannot be started.
    """

    def __init__(self, job: Job, at_once: int) -> None:
        self._job = job
        self._at_once = at_once
        self._hub = Hub(at_once)
        self._here: set[str] = set()
        """Devices that are visited in this process."""
        self._workers: list[Worker] = []
        self._listener: Thread | None = None

    def __enter__(self) -> Self:
        self._hub.__enter__()
        try:
            self._start_workers()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def begin(self, device: Device, login: Login) -> Outcome:
        """Begin a visit where the fewest are under way."""
        workers = [worker for worker in self._workers if worker.is_there] if _may_leave(device, login) else []
        least = min(workers, key=lambda worker: worker.busy, default=None)
        if least is not None and least.busy < len(self._here):
            return least.begin(device, login)
        self._here.add(device.name)
        future = self._hub.submit(visit, device, login, self._job)
        future.add_done_callback(lambda _ended: self._here.discard(device.name))
        return future

    def _start_workers(self) -> None:
        job = self._job
        setup = Setup(
            plan=job.plan,
            folder=job.folder.path,
            host_keys=job.host_keys,
            limits=job.limits,
            run_deadline=job.run_deadline,
            now=job.now,
            kept=job.kept,
            at_once=self._at_once,
        )
        for _ in range(job.limits.processes - 1):
            self._workers.append(Worker.start(setup))
        if self._workers:
            self._listener = Thread(target=listen, args=(self._workers, job.emit, job.stop), name="listener")
            self._listener.start()

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()
        if self._listener is not None:
            self._listener.join()
        for worker in self._workers:
            worker.join()
        self._hub.__exit__(None, None, None)


def _may_leave(device: Device, login: Login) -> bool:
    """Tell whether another process can log in to a device: it has neither our jump hosts nor our keys."""
    return not device.jump and not login.has_key
