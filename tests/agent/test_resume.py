"""Runs that were cut short, killed or did not reach every device, taken up again by the real command."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.capture import CaptureStatus
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.run_record import OutcomeReason, RunState
from collector.simulator.faults import CommandFaults, Faults
from tests.agent.command import Ended, command
from tests.agent.place import GOOD, OTHER, PASSWORD, Place, environment, place, simulated
from tests.reports.pdf_reading import pages_of, squeezed

LOG = "display logbuffer"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Place]:
    yield from place(tmp_path, simulated(GOOD), simulated(OTHER))


def scan(there: Place, *more: str, password: str = PASSWORD) -> Ended:
    return command(*there.command(*more)[1:], XJ_TEST_PASSWORD=password)


def only_run(there: Place) -> RunFolder:
    (path,) = there.runs
    return RunFolder.open(path)


def resume(there: Place, *more: str, password: str = PASSWORD) -> Ended:
    return scan(there, "--resume", only_run(there).path.name, *more, password=password)


def times(run: RunFolder) -> dict[tuple[str, str], datetime]:
    stored, damage = run.captures()
    assert damage == ()
    return {(s.capture.device, s.capture.command): s.capture.started_at for s in stored}


def sent(there: Place, name: str) -> list[str]:
    """What the last session of a device was sent."""
    return there.simulator.devices[name].sessions[-1].lines


def test_a_device_that_was_not_reached_is_asked_and_the_other_left_alone(two: Place) -> None:
    missed = two.simulator.devices[OTHER]
    missed.faults = Faults(refused_login=True)
    assert scan(two, "--check", "SYS-001", "--json").code == 3
    run = only_run(two)
    plan, before = (run.path / "plan.json").read_bytes(), times(run)
    logins = len(two.simulator.devices[GOOD].logins)

    missed.faults = Faults()
    ended = resume(two, "--json")
    assert ended.code == 0, ended.err
    said = json.loads(ended.out)
    assert (said["complete"], said["inspected"], said["run"]) == (True, 2, run.path.name)
    after = times(run)
    assert {key: after[key] for key in before} == before
    assert {device for device, _ in after.keys() - before.keys()} == {OTHER}
    assert len(two.simulator.devices[GOOD].logins) == logins
    assert (run.path / "plan.json").read_bytes() == plan
    assert run.state is RunState.REPORTED
    (resumption,), damage = run.resumptions()
    assert (resumption.devices, damage) == ((OTHER,), ())
    assert resumption.by != ""
    assert (datetime.now(UTC) - resumption.at).total_seconds() < 100


def test_of_a_device_that_was_cut_only_the_rest_is_asked(tmp_path: Path) -> None:
    cut = Faults(commands={LOG: CommandFaults(cut_after=0.5)})
    for there in place(tmp_path, simulated(GOOD, faults=cut)):
        scan(there, "--check", "LOG-001", "--check", "SYS-001", "--quiet")
        run = only_run(there)
        first = times(run)
        (outcome,), _ = run.outcomes()
        assert outcome.reason is OutcomeReason.CUT
        there.simulator.devices[GOOD].faults = Faults()
        assert resume(there, "--dry-run").out.count("commands") == 1
        ended = resume(there, "--json")
        assert json.loads(ended.out)["complete"] is True, ended.err
        stored, _ = run.captures()
        assert {s.capture.status for s in stored} <= {CaptureStatus.OK, CaptureStatus.REFUSED}
        again = {line for line in sent(there, GOOD) if line.startswith("display")}
        answered = {c for (_, c), at in times(run).items() if first.get((GOOD, c)) == at}
        assert LOG in again
        assert again & answered == {"display version"}, "who it is must be asked again, and nothing else"
        assert ended.code == 1


def test_a_refusal_is_an_answer_and_a_complete_run_is_left_alone(tmp_path: Path) -> None:
    refusing = Faults(commands={LOG: CommandFaults(no_privilege=True)})
    for there in place(tmp_path, simulated(GOOD, faults=refusing)):
        scan(there, "--check", "LOG-001", "--check", "SYS-001", "--quiet")
        run = only_run(there)
        before = {p: p.stat().st_mtime_ns for p in run.path.rglob("*") if not p.name.startswith("run.lock")}
        ended = resume(there, password="")
        assert (ended.code, ended.err) == (0, "")
        assert "nothing is missing" in ended.out
        assert len(there.simulator.devices[GOOD].logins) == 1
        after = {p: p.stat().st_mtime_ns for p in run.path.rglob("*") if not p.name.startswith("run.lock")}
        assert after == before


def test_nothing_to_resume_does_not_make_a_run_with_findings_clean(tmp_path: Path) -> None:
    worn = Faults(commands={"display device power": CommandFaults(swap={"Supply": "NotSupply"})})
    for there in place(tmp_path, simulated(GOOD, faults=worn)):
        assert scan(there, "--check", "HW-001", "--quiet").code == 1
        ended = resume(there, password="")
        assert (ended.code, ended.err) == (1, "")
        assert "nothing is missing" in ended.out


@pytest.mark.parametrize("again", [False, True], ids=["killed once", "and killed while it was resumed"])
def test_a_killed_run_can_be_resumed(tmp_path: Path, *, again: bool) -> None:
    slow = simulated(GOOD)
    slow.think_s = 0.2
    for there in place(tmp_path, slow):
        kill_when_captured(there, 4)
        run = only_run(there)
        if again:
            kill_when_captured(there, 8, "--resume", run.path.name)
        first = times(run)
        assert run.state is RunState.COLLECTING
        slow.think_s = 0.0
        ended = resume(there, "--json")
        said = json.loads(ended.out)
        assert (said["complete"], said["interrupted"], ended.err) == (True, "", "")
        assert {key: times(run)[key] for key in first} == first
        resumptions, _ = run.resumptions()
        assert len(resumptions) == (2 if again else 1)
        assert all("被终止" in resumption.interrupted for resumption in resumptions)
        told = json.loads(Path(said["json"]).read_text("utf-8"))["resumptions"]
        assert [r["devices"] for r in told] == [[GOOD]] * len(resumptions)


def kill_when_captured(there: Place, count: int, *more: str) -> None:
    process = subprocess.Popen(there.command(*more), env=environment(), stdout=subprocess.DEVNULL)
    for _ in range(1200):
        if there.runs and len(list((there.runs[0] / "captures").rglob("*.txt"))) >= count:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait(20) == -signal.SIGKILL


def test_a_run_killed_before_its_documents_gets_them(two: Place) -> None:
    assert scan(two, "--check", "SYS-001", "--quiet").code == 0
    run = only_run(two)
    (run.path / "output" / "inspection.pdf").unlink()
    (run.path / "state.json").write_text('{"state": "collecting", "interrupted": ""}')
    lines = (run.path / "outcomes.jsonl").read_text("utf-8").splitlines(keepends=True)
    (run.path / "outcomes.jsonl").write_text("".join(lines[:-1]), "utf-8")
    logins = [len(device.logins) for device in two.simulator.devices.values()]
    ended = resume(two, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["complete"] is True
    assert (run.path / "output" / "inspection.pdf").is_file()
    assert [len(device.logins) for device in two.simulator.devices.values()] == logins


def test_what_was_collected_stays_when_the_device_is_gone_now(tmp_path: Path) -> None:
    cut = Faults(commands={LOG: CommandFaults(cut_after=0.5)})
    for there in place(tmp_path, simulated(GOOD, faults=cut)):
        scan(there, "--check", "LOG-001", "--check", "SYS-001", "--quiet")
        run = only_run(there)
        before = times(run)
        there.simulator.devices[GOOD].faults = Faults(refused_login=True)
        ended = resume(there, "--json", "--fail-on", "critical")
        said = json.loads(ended.out)
        assert (said["inspected"], said["not_inspected"]) == (1, {})
        (outcome,), _ = run.outcomes()
        assert outcome.reached
        assert outcome.detail.startswith("续采未成：")
        assert times(run) == before
        assert [login.accepted for login in there.simulator.devices[GOOD].logins] == [True, False]


def test_permission_is_asked_for_again_and_written_down(two: Place) -> None:
    two.simulator.devices[OTHER].faults = Faults(refused_login=True)
    scan(two, "--check", "SYS-001", "--quiet")
    run = only_run(two)
    state = run.state
    permit = {
        "authorized_by": "Demo",
        "method": "邮件",
        "reference": "DEMO-2",
        "valid_from": "2026-01-01T00:00:00Z",
        "valid_until": "2026-01-02T00:00:00Z",
        "devices": [OTHER],
    }
    two.write(authorization=permit)
    refused = resume(two)
    assert refused.code == 4
    assert "DEMO-2 has ended" in refused.err
    assert (run.state, run.resumptions()) == (state, ((), ()))
    assert [len(device.logins) for device in two.simulator.devices.values()] == [1, 1]

    two.write(authorization=permit | {"valid_until": "2099-01-01T00:00:00Z"})
    two.simulator.devices[OTHER].faults = Faults()
    assert resume(two, "--quiet").code == 0
    (resumption,), _ = run.resumptions()
    assert resumption.authorization.reference == "DEMO-2"
    printed = squeezed("".join(pages_of(run.path / "output" / "inspection.pdf")))
    assert f"由{resumption.by}续采1台（此前未能采全；授权DEMO-2）" in printed
    assert run.plan.authorization.reference == "DEMO-1"


def test_a_run_in_the_hands_of_another_process_is_refused(two: Place) -> None:
    two.simulator.devices[OTHER].faults = Faults(refused_login=True)
    scan(two, "--check", "SYS-001", "--quiet")
    with run_lock(only_run(two).path, now=datetime.now(UTC)):
        refused = resume(two)
    assert refused.code == 2
    assert f"is being worked on by process {os.getpid()}, since 20" in refused.err
    assert len(two.simulator.devices[OTHER].logins) == 1


@pytest.mark.parametrize(
    "option", [("--site", "demo"), ("--device", GOOD), ("--check", "SYS-001"), ("--profile", "light")]
)
def test_what_was_planned_cannot_be_changed(two: Place, option: tuple[str, str]) -> None:
    scan(two, "--check", "SYS-001", "--quiet")
    refused = resume(two, *option)
    assert refused.code == 2
    assert option[0] in refused.err


def test_an_imported_run_has_no_device_to_ask(two: Place) -> None:
    log = two.folder / "core.log"
    log.write_text(f"<{GOOD}>display clock\n2026-03-01 10:00:00\n<{GOOD}>\n", "utf-8")
    files = ("-i", str(two.inventory), "--data", str(two.folder / "data"), "--check", "SYS-001")
    command("import", str(log), *files, "--quiet")
    refused = resume(two)
    assert refused.code == 2
    assert "was imported from logs" in refused.err
