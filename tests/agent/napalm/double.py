"""A device that answers from files, in place of a session, for NAPALM's own getter suite.

A case of the suite is named after a platform. Its folder may hold answers of its own
(`<command_in_snake_case>.txt`); any other command is answered by the simulated switch of that platform.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from napalm.base.test.double import BaseTestDouble

from agent.napalm.connection import Connection, Options
from agent.napalm.driver import XunjianDriver
from collector.capture import Capture, CaptureStatus
from collector.platform import Step, platforms
from collector.simulator.device import load_outputs, snake_case
from collector.simulator.site import DEMO, load_plan
from collector.simulator.texts import render

HERE = Path(__file__).parent
SWITCHES = Path("tests/switches")
ASKED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@cache
def folder_of(platform: str) -> Path:
    """The first switch of the demo that is of this platform, else the one that the tests have."""
    demo = (DEMO / device.name for device in load_plan().devices if device.platform == platform)
    return next(demo, SWITCHES / platform)


@cache
def outputs_of(platform: str, case: Path) -> dict[str, str]:
    known = platforms()[platform]
    return {**load_outputs(folder_of(platform), known), **load_outputs(case, known)}


def answer(platform: str, command: str, case: Path) -> Capture:
    text = outputs_of(platform, case).get(command)
    status = CaptureStatus.REFUSED if text is None else CaptureStatus.OK
    return Capture(
        device=platform,
        command=command,
        status=status,
        raw=f"{command}\n{render(text or '', ASKED_AT)}".encode(),
        started_at=ASKED_AT,
        elapsed_s=0.0,
        detail="" if text is not None else f"the test has no {snake_case(command)}.txt",
    )


class FileDevice(BaseTestDouble, Connection):  # type: ignore[misc]
    """Answers what `Connection` would ask a switch."""

    def __init__(self, options: Options) -> None:
        BaseTestDouble.__init__(self)
        self._host = "double"
        self._options = options
        self.current_test_case = "h3c_comware7"

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "current_test_case" and value in platforms():
            self.platform = platforms()[value]

    def is_alive(self) -> bool:
        return True

    def close(self) -> None:
        """There is nothing to close."""

    def _captures(self, steps: Sequence[Step]) -> dict[str, Capture]:
        case = HERE / "mocked_data" / self.current_test / self.current_test_case
        captures: dict[str, Capture] = {}
        for step in steps:
            for command in step.any_of:
                captures[command] = answer(self.platform.id, command, case)
                if captures[command].status is CaptureStatus.OK:
                    break
        return captures


class PatchedDriver(XunjianDriver):
    """The driver with that device instead of a session."""

    patched_attrs = ("device",)

    def open(self) -> None:
        self.device = FileDevice(self._options)
