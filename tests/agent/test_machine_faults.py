"""What the machine lacks, with the real command: nothing collected is lost, no device is blamed for it."""

import json
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collector.run_folder import RunFolder
from collector.run_record import OutcomeReason
from collector.simulator.device import Account
from collector.simulator.faults import CommandFaults, Faults
from tests.agent.place import GOOD, OTHER, PASSWORD, Place, environment, place, simulated, xunjian
from tests.collector.lab import USER, switch

LARGEST_FILE = 4_000_000
OPEN_FILES = 34
DEVICES = 24


def limited(kind: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (most, most))


def scan(there: Place, limit: Callable[[], None], *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        there.command("--json", *more),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=100,
        preexec_fn=limit,
    )


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Place]:
    """A site with a device whose answer is larger than any file may become."""
    large = Faults(commands={"display interface": CommandFaults(size_bytes=5_000_000)})
    yield from place(tmp_path, simulated(GOOD, faults=large), simulated(OTHER))


def test_a_disk_that_takes_no_more_costs_the_device_whose_output_it_was(full: Place) -> None:
    ended = scan(full, limited(resource.RLIMIT_FSIZE, LARGEST_FILE))
    assert ended.returncode == 3, ended.stderr
    said = json.loads(ended.stdout)
    assert Path(said["pdf"]).stat().st_size > 1000
    (run,) = full.runs
    folder = RunFolder.open(run)
    (first, second), damage = folder.outcomes()
    assert damage == ()
    assert (first.reached, first.reason) == (True, OutcomeReason.NOT_COLLECTED)
    assert "本机读写失败" in first.detail
    assert "File too large" in first.detail
    assert (second.reached, second.reason) == (True, None)
    kept = {s.capture.command for s in folder.captures()[0] if s.capture.device == GOOD}
    assert "display version" in kept
    assert "display interface" not in kept
    data = json.loads(Path(said["json"]).read_text("utf-8"))
    judged = {d["device"]["name"]: d for d in data["devices"]}
    assert judged[GOOD]["facts"]["software"]["status"] == "known", "what was collected is judged"
    assert judged[GOOD]["facts"]["interfaces"]["status"] == "unknown"
    assert judged[OTHER]["facts"]["interfaces"]["status"] == "known"


def test_a_disk_that_is_full_before_the_documents_says_how_to_go_on(full: Place) -> None:
    ended = scan(full, limited(resource.RLIMIT_FSIZE, 100_000))
    assert ended.returncode == 3
    assert "xunjian report" in ended.stderr
    assert "Traceback" not in ended.stderr
    (run,) = full.runs
    again = xunjian("report", str(run), "--json")
    assert again.returncode == 3, again.stderr
    assert Path(json.loads(again.stdout)["pdf"]).stat().st_size > 1000


def test_without_file_descriptors_no_device_is_blamed(tmp_path: Path) -> None:
    switches = [
        switch(
            name=f"sw-{number:02}",
            think_s=0.2,
            host=f"127.30.9.{number + 1}",
            accounts=(Account(username=USER, password=PASSWORD),),
        )
        for number in range(DEVICES)
    ]
    for there in place(tmp_path, *switches):
        there.write()
        ended = scan(
            there, limited(resource.RLIMIT_NOFILE, OPEN_FILES), "--workers", str(DEVICES), "-c", "SYS-001"
        )
        assert ended.returncode == 3, ended.stderr
        (run,) = there.runs
        outcomes, damage = RunFolder.open(run).outcomes()
        assert damage == ()
        inspected = [o for o in outcomes if o.reason is None]
        others = [o for o in outcomes if o.reason is not None]
        assert inspected
        assert others
        assert {o.reason for o in others} == {OutcomeReason.NOT_COLLECTED}, {o.detail for o in others}
        assert all("Too many open files" in o.detail for o in others)
        again = xunjian("report", str(run), "--json")
        assert json.loads(again.stdout)["devices"] == DEVICES
