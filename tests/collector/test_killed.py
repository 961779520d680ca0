"""A run that is killed or interrupted from outside, as a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collector.capture import CaptureStatus
from collector.device_lock import device_lock
from collector.run_folder import RunFolder
from collector.run_record import OutcomeReason, RunState
from tests.collector.lab import PASSWORD, Lab, lab, now, switch

PROGRAM = Path(__file__).with_name("collecting.py")
ROOT = Path(__file__).parents[2]


@contextmanager
def collecting(
    where: Lab, folder: RunFolder, tmp_path: Path, processes: int = 1
) -> Iterator["subprocess.Popen[str]"]:
    """Run the program until it has settled three commands."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder.path), str(tmp_path / "known_hosts"), str(processes)],
        env={**os.environ, "PASSWORD": PASSWORD, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline() != ""
        yield process
    finally:
        process.kill()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def test_a_killed_run_can_be_read_and_its_devices_are_free(tmp_path: Path) -> None:
    slow, waiting = switch(name="sw-1", think_s=0.3), switch(name="sw-2", think_s=0.3)
    with lab(tmp_path, slow, waiting) as where:
        folder = where.folder()
        with collecting(where, folder, tmp_path) as process:
            process.send_signal(signal.SIGKILL)
            assert process.wait(10) == -signal.SIGKILL
        outcomes, _ = folder.outcomes()
        entries, damage = folder.captures()
        for device in where.devices:
            with device_lock(where.data, device.host, device.port, run_id="next", now=now()):
                pass
    assert folder.state is RunState.COLLECTING
    assert "被终止" in folder.interrupted
    assert {outcome.reason for outcome in outcomes} == {OutcomeReason.NOT_COLLECTED}
    assert outcomes[0].reached
    assert outcomes[0].platform == "huawei_vrp8"
    assert len(entries) >= 3
    assert {entry.capture.status for entry in entries} == {CaptureStatus.OK}
    assert damage == ()


def test_ctrl_c_in_a_process_of_its_own(tmp_path: Path) -> None:
    with lab(tmp_path, switch(think_s=0.3)) as where:
        folder = where.folder()
        with collecting(where, folder, tmp_path) as process:
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
    assert folder.state is RunState.COLLECTED
    assert folder.interrupted == "用户中断"
    (outcome,), damage = folder.outcomes()
    assert (outcome.reached, outcome.reason, damage) == (True, OutcomeReason.NOT_COLLECTED, ())
