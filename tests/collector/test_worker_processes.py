"""Visits that several processes share: what comes of them is what comes of one process."""

import json
import multiprocessing
import os
import pickle
import signal
import threading
from collections import defaultdict
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from collector.collect import collect
from collector.credentials import Login, PrivateKey, Secret
from collector.events import CommandDone, DeviceDone, DeviceRecognised, LoginEnded
from collector.inventory import Device
from collector.run_folder import RunFolder
from collector.run_record import OutcomeReason
from collector.simulator.device import Account
from collector.simulator.faults import Faults
from collector.simulator.jump import SimulatedJumpHost
from collector.visits import _may_leave
from collector.worker_process import VisitFailedError, _Ended, _ended
from tests.collector.lab import PASSWORD, USER, Lab, lab, now, switch, within
from tests.collector.test_killed import collecting

PLATFORMS = ("huawei_vrp8", "h3c_comware7", "huawei_vrp5", "inspur_inos_cn")
SHARED = within(processes=3, threads=8)


def owners(where: Lab) -> dict[str, int]:
    """By address: the process that held the device last."""
    words = {path.name: path.read_text() for path in (where.data / "locks").glob("*.owner")}
    # One that is just being written may still be empty.
    return {name: json.loads(word)["pid"] for name, word in words.items() if word.endswith("}")}


def others(where: Lab, pid: int) -> set[int]:
    """Processes but that one that held a device."""
    return set(owners(where).values()) - {pid}


def stored(folder: RunFolder) -> dict[tuple[str, str], bytes]:
    """By device and command."""
    entries, damage = folder.captures()
    assert damage == ()
    return {(entry.capture.device, entry.capture.command): entry.capture.raw for entry in entries}


def several(count: int, **what: Any) -> list[Any]:
    given = {"think_s": 0.02, **what}
    return [switch(PLATFORMS[n % len(PLATFORMS)], name=f"sw-{n}", **given) for n in range(count)]


def test_each_process_takes_a_part_and_every_answer_is_stored(tmp_path: Path) -> None:
    switches = several(12)
    with lab(tmp_path, *switches) as where:
        folder = where.folder()
        result = where.run(folder, limits=SHARED)
        pids = owners(where)
        alone = where.folder()
        where.run(alone)
    assert [(outcome.device, outcome.reached, outcome.reason) for outcome in result.outcomes] == [
        (device.name, True, None) for device in switches
    ]
    assert [outcome.platform for outcome in result.outcomes] == [device.platform.id for device in switches]
    assert os.getpid() in pids.values()
    assert len(set(pids.values())) == 3
    assert stored(folder) == stored(alone)
    assert len({device for device, _ in stored(folder)}) == 12
    assert all(session.closed_at is not None for session in result.sessions)
    assert len(result.sessions) == 12
    assert folder.outcomes() == (result.outcomes, ())


def test_events_of_a_device_come_in_their_order(tmp_path: Path) -> None:
    with lab(tmp_path, *several(6)) as where:
        result = where.run(limits=SHARED)
    courses: dict[str, list[Any]] = defaultdict(list)
    for event in where.events:
        courses[event.outcome.device if isinstance(event, DeviceDone) else event.device].append(event)
    assert courses.keys() == {f"sw-{n}" for n in range(6)}
    for name, (login, recognised, *commands, done) in courses.items():
        assert login == LoginEnded(name, accepted=True)
        assert isinstance(recognised, DeviceRecognised)
        assert [c.done for c in commands if isinstance(c, CommandDone)] == list(
            range(1, recognised.commands + 1)
        )
        assert done.outcome in result.outcomes


def test_a_wrong_password_is_tried_once_whatever_the_number_of_processes(tmp_path: Path) -> None:
    switches = several(6)
    with lab(tmp_path, *switches) as where:
        outcomes = where.run(limits=SHARED, password="XJCANARY-WRONG").outcomes
    assert [outcome.reason for outcome in outcomes] == [OutcomeReason.LOGIN_FAILED] * 6
    assert sum(len(device.logins) for device in switches) == 1


def test_refusals_are_counted_for_all_processes_together(tmp_path: Path) -> None:
    switches = [switch(name="sw-0"), *several(9, faults=Faults(refused_login=True))[1:]]
    with lab(tmp_path, *switches) as where:
        outcomes = where.run(limits=SHARED).outcomes
    assert outcomes[0].reason is None
    assert sum(len(device.logins) for device in switches[1:]) == 3, "the limit of a site"
    assert {o.reason for o in outcomes[1:]} == {OutcomeReason.LOGIN_FAILED, OutcomeReason.NOT_COLLECTED}


@pytest.mark.parametrize("password", [PASSWORD, "XJCANARY-WRONG"])
def test_the_password_is_written_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], password: str
) -> None:
    with lab(tmp_path, *several(6)) as where:
        result = where.run(limits=SHARED, password=password)
    told = [repr(result), repr(where.events), *capfd.readouterr()]
    files = [path for path in where.data.rglob("*") if path.is_file()]
    told += [path.read_bytes().decode("utf-8", "replace") for path in files]
    assert not [text for text in told if "XJCANARY" in text]


def test_a_process_that_is_killed_costs_its_own_devices_alone(tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_the_first(_event: object) -> None:
        if not killed and (begun := others(where, os.getpid())):
            killed.append(begun.pop())
            os.kill(killed[0], signal.SIGKILL)

    with lab(tmp_path, *several(9, think_s=0.1)) as where:
        folder = where.folder()
        result = where.run(folder, limits=SHARED, on_event=kill_the_first)
        held = owners(where)
    assert len(killed) == 1
    lost = [outcome for outcome in result.outcomes if outcome.reason is not None]
    assert {(o.reason, o.detail) for o in lost} == {
        (OutcomeReason.NOT_COLLECTED, "程序内部错误：采集进程意外结束（退出码 -9）")
    }
    assert list(held.values()).count(killed[0]) <= len(lost) < 9
    assert folder.captures()[1] == ()
    assert folder.outcomes() == (result.outcomes, ())


def test_a_stop_ends_the_visits_of_all_processes(tmp_path: Path) -> None:
    stop = threading.Event()

    def stop_soon(event: object) -> None:
        if isinstance(event, CommandDone):
            stop.set()

    with lab(tmp_path, *(switch(name=f"sw-{n}", think_s=0.3) for n in range(6))) as where:
        begun = monotonic()
        result = where.run(limits=SHARED, stop=stop, on_event=stop_soon)
        assert monotonic() - begun < 15
    assert result.interrupted == "采集被中止"
    assert {outcome.reason for outcome in result.outcomes} == {OutcomeReason.NOT_COLLECTED}
    assert all(session.closed_at is not None for session in result.sessions)


def test_when_the_run_is_killed_its_processes_close_their_sessions_and_end(tmp_path: Path) -> None:
    with lab(tmp_path, *(switch(name=f"sw-{n}", think_s=0.3) for n in range(4))) as where:
        folder = where.folder()
        with collecting(where, folder, tmp_path, processes=2) as process:
            deadline = monotonic() + 30
            while not (workers := others(where, process.pid)) and monotonic() < deadline:
                sleep(0.05)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        assert workers
        deadline = monotonic() + 15
        while any(Path(f"/proc/{pid}").exists() for pid in workers) and monotonic() < deadline:
            sleep(0.1)
        assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
        closed = [session.closed_at is not None for session in folder.sessions()[0]]
    assert closed.count(True) >= 1, "what the killed process itself had open nobody could close"


def test_signals_of_the_terminal_are_left_to_the_run(tmp_path: Path) -> None:
    def interrupt_workers(event: object) -> None:
        if isinstance(event, DeviceRecognised):
            for worker in multiprocessing.active_children():
                assert worker.pid is not None
                os.kill(worker.pid, signal.SIGINT)
                os.kill(worker.pid, signal.SIGTERM)

    with lab(tmp_path, *several(6)) as where:
        result = where.run(limits=SHARED, on_event=interrupt_workers)
    assert {outcome.reason for outcome in result.outcomes} == {None}


def test_who_is_behind_a_jump_host_or_wants_a_key_is_visited_here(tmp_path: Path) -> None:
    by_key = Login(USER, None, PrivateKey(object()))  # type: ignore[arg-type]
    device = Device(name="sw-1", host="127.30.0.1", port=22, credential="c")
    assert _may_leave(device, Login(USER, Secret(PASSWORD)))
    assert not _may_leave(device, by_key)
    assert not _may_leave(device, Login(USER, Secret(PASSWORD), use_agent=True))
    hop = SimulatedJumpHost(name="gate", accounts=(Account(username=USER, password=PASSWORD),))
    with lab(tmp_path, *several(4), jump_hosts=(hop,), jump=("gate",)) as where:
        outcomes = where.run(limits=SHARED).outcomes
        assert set(owners(where).values()) == {os.getpid()}
    assert {outcome.reason for outcome in outcomes} == {None}


def test_processes_that_cannot_be_set_up_keep_devices_from_being_touched(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    device = switch()
    with lab(tmp_path, device) as where:
        folder: RunFolder = where.folder()
        logins = {"c": Login(USER, Secret(PASSWORD))}
        clock = lambda: now()  # noqa: E731 - what cannot be sent to another process
        with pytest.raises((AttributeError, pickle.PicklingError)):
            collect(folder.plan, folder, logins, now=clock, host_keys=where.rules, limits=SHARED)
    assert device.logins == []
    for worker in multiprocessing.active_children():
        worker.join(10)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError(28, "No space left on device", "index.jsonl"),
            "[Errno 28] No space left on device: 'index.jsonl'",
        ),
        (ZeroDivisionError(PASSWORD), "('ZeroDivisionError', '')"),
    ],
)
def test_an_error_of_ours_is_told_without_its_words(error: Exception, told: str) -> None:
    future: Future[Any] = Future()
    future.set_exception(error)
    ended = pickle.loads(pickle.dumps(_ended("sw-1", future)))  # noqa: S301 - our own
    assert isinstance(ended, _Ended)
    assert (ended.device, ended.outcome, str(ended.error)) == ("sw-1", None, told)
    assert isinstance(ended.error, VisitFailedError | OSError)


def test_one_process_starts_no_other(tmp_path: Path) -> None:
    seen: list[Any] = []
    with lab(tmp_path, switch()) as where:
        where.run(
            limits=replace(SHARED, processes=1),
            on_event=lambda _e: seen.extend(multiprocessing.active_children()),
        )
    assert seen == []
