"""A process that hangs or is killed costs its own job, and nothing else."""

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from parsers.workers import Lost, Workers
from tests.parsers.guarded_work import work


def run(jobs: list[str], *, limit_s: float = 60.0, count: int = 2) -> list[tuple[str, str | Lost]]:
    with Workers(work, limit_s=limit_s, count=count) as workers:
        return list(workers.results(jobs))


def words(results: list[tuple[str, str | Lost]]) -> list[str]:
    return [result if isinstance(result, str) else f"lost: {result.detail}" for _, result in results]


def test_results_come_in_the_order_of_the_jobs_from_other_processes() -> None:
    jobs = ["sleep 0.5", *(f"say {number}" for number in range(9))]
    results = run(jobs)
    assert [job for job, _ in results] == jobs
    assert [word.split(" ")[0] for word in words(results)] == ["done", *map(str, range(9))]
    assert str(os.getpid()) not in {word.split(" ")[-1] for word in words(results)}


def test_a_process_that_is_killed_costs_its_own_job() -> None:
    results = run(["say a", "die", "say b", "die", "die", "say c"])
    assert [word.split(" from ")[0] for word in words(results)] == [
        "a",
        "lost: the process was ended (signal 9)",
        "b",
        "lost: the process was ended (signal 9)",
        "lost: the process was ended (signal 9)",
        "c",
    ]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_nothing_is_left_open() -> None:
    def left() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), len(active_children())

    run(["say a", "die"])  # what serves all pools stays
    before = left()
    for _ in range(3):
        run(["say a", "die", "say b"])
    assert left() == before


def test_an_expression_that_never_ends_is_killed() -> None:
    results = run(["busy", "say a"], limit_s=1.5)
    assert words(results)[0] == "lost: not done within 1.5 s"
    assert words(results)[1].startswith("a from ")


def test_only_a_few_jobs_are_taken_ahead() -> None:
    taken = []

    def jobs() -> Iterator[str]:
        for number in range(40):
            taken.append(number)
            yield f"say {number}"

    with Workers(work, limit_s=60, count=2) as workers:
        results = workers.results(jobs())
        next(results)
        assert len(taken) <= 6


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_processes_that_are_killed_between_two_jobs_are_replaced() -> None:
    with Workers(work, limit_s=60, count=1) as workers:
        results = workers.results(iter(["say a"]))
        _, said = next(results)
        assert isinstance(said, str)
        os.kill(int(said.split(" ")[-1]), signal.SIGKILL)
        time.sleep(1)
        after = [result for _, result in workers.results(["say b", "say c", "say d"])]
    assert [str(result).split(" from ")[0] for result in after] == ["b", "c", "d"]
