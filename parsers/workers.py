"""Work done in processes of its own, none of which can hold up or end the whole."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

Job = TypeVar("Job")
Result = TypeVar("Result")

_Begun = tuple[ProcessPool, "ProcessFuture[Any]"]

_LOOK_S = 0.5
"""How often it is looked whether the processes are still there."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A job without a result."""

    detail: str


class Workers(Generic[Job, Result]):
    """Processes that do one kind of work; a context manager, which ends them."""

    def __init__(self, work: Callable[[Job], Result], *, limit_s: float, count: int | None = None) -> None:
        """`work` is a function of a module; `limit_s` is the time on the clock that one job may take."""
        self._work = work
        self._limit_s = limit_s
        self._count = count or os.cpu_count() or 1
        self._pool: ProcessPool | None = None

    def __enter__(self) -> "Workers[Job, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def results(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result | Lost]]:
        """Give every job with its result, in their order; only a few jobs are taken ahead.

        Raises what `work` raises.
        """
        ahead: deque[tuple[Job, _Begun]] = deque()
        for job in jobs:
            ahead.append((job, self._begin(job)))
            if len(ahead) > 2 * self._count:
                yield self._result(*ahead.popleft())
        while ahead:
            yield self._result(*ahead.popleft())

    def _begin(self, job: Job) -> _Begun:
        if self._pool is not None and not self._pool.active:
            self._end()  # it gives up when a process is killed that has nothing to do
        if self._pool is None:
            # Forking this process, which may have threads, could leave a lock held for ever.
            method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
            context = get_context(method)
            context.set_forkserver_preload([self._work.__module__])
            self._pool = ProcessPool(max_workers=self._count, context=context)
        return self._pool, self._pool.schedule(self._work, args=[job], timeout=self._limit_s)

    def _result(self, job: Job, begun: _Begun) -> tuple[Job, Result | Lost]:
        pool, future = begun
        begun_again = False
        while True:
            try:
                result: Result = future.result(timeout=_LOOK_S)
            except FutureTimeoutError:
                if future.done():
                    return job, Lost(f"not done within {self._limit_s:g} s")
                if pool.active:
                    continue
                if begun_again:
                    return job, Lost("the processes were ended")
                pool, future = self._begin(job)
                begun_again = True
            except ProcessExpired as error:
                return job, Lost(f"the process was ended ({_how(error)})")
            else:
                return job, result

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None


def _how(error: ProcessExpired) -> str:
    code: int = error.exitcode
    return f"signal {-code}" if code < 0 else f"exit code {code}"
