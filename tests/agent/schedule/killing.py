"""A process that does what is owed until it is killed at a chosen step."""

import os
import signal
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from typing import Any

_WRITES = ("os.rename", "os.remove", "os.mkdir", "os.truncate")


def run_killed(arguments: Sequence[str], variables: dict[str, str], step: int) -> int | None:
    """Run the command in a process that kills itself (SIGKILL) at its `step`-th change of the disk.

    Gives its exit code; None when it was killed.
    """
    process = _CONTEXT.Process(target=_work, args=(list(arguments), variables, step))
    process.start()
    process.join(100)
    assert process.exitcode is not None, "it hangs"
    return None if process.exitcode == -signal.SIGKILL else process.exitcode


def _work(arguments: list[str], variables: dict[str, str], step: int) -> None:
    os.environ.update(variables)
    left = step

    def on_event(event: str, given: tuple[Any, ...]) -> None:
        nonlocal left
        if event in _WRITES or (event == "open" and _changes(given)):
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    from agent.cli import app

    sys.argv = ["xunjian", *arguments]
    sys.addaudithook(on_event)
    app()


def _changes(given: tuple[Any, ...]) -> bool:
    path, _, flags = given
    return bool(flags & (os.O_WRONLY | os.O_RDWR)) and "/dev/" not in str(path)


_CONTEXT = get_context("forkserver")
"""Processes come of one without threads, in which everything heavy is loaded already."""
_CONTEXT.set_forkserver_preload(["agent.cli", "agent.schedule.run_due", "reports.pdf", "reports.workbook"])
