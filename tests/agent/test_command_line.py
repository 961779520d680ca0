"""The command as people and scripts run it: messages, exit codes, and what is kept when it fails."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collector import session as conversation
from collector.platform import platforms
from collector.simulator.faults import CommandFaults, Faults
from tests.agent.place import (
    AUTHORIZATION,
    GOOD,
    OTHER,
    Place,
    environment,
    place,
    simulated,
    xunjian,
)


@pytest.fixture
def good(tmp_path: Path) -> Iterator[Place]:
    yield from place(tmp_path, simulated(GOOD))


def test_a_scan_writes_its_documents_and_tells_a_script(good: Place) -> None:
    ended = good.scan_in_a_process("--json")
    assert ended.returncode == 1, ended.stderr
    said = json.loads(ended.stdout)
    assert said["complete"] is True
    assert said["exit_code"] == 1
    assert said["inspected"] == said["devices"] == 1
    assert said["findings"]["critical"] == 1
    for name in ("pdf", "workbook", "json"):
        assert Path(said[name]).stat().st_size > 1000
    assert ended.stderr == ""


def test_quiet_says_nothing(good: Place) -> None:
    ended = good.scan_in_a_process("--quiet", "--check", "SYS-001")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("check", "fail_on", "code"),
    [
        ("SYS-001", "info", 0),
        ("HW-003", "critical", 1),
        ("LOG-001", "major", 1),
        ("LOG-001", "critical", 0),
    ],
)
def test_the_exit_code_follows_fail_on(good: Place, check: str, fail_on: str, code: int) -> None:
    assert good.scan("--check", check, "--fail-on", fail_on, "--quiet").returncode == code


def test_a_run_is_reported_again_without_the_device(good: Place) -> None:
    assert good.scan("--quiet", "--check", "HW-003").returncode == 1
    (run,) = good.runs
    good.simulator.stop()
    again = xunjian("report", str(run), "--json", "--output", str(good.folder / "again"))
    assert again.returncode == 1, again.stderr
    assert json.loads(again.stdout)["findings"]["critical"] == 1
    assert (good.folder / "again" / "inspection.pdf").stat().st_size > 1000


def test_a_dry_run_touches_no_device(good: Place) -> None:
    ended = good.scan("--dry-run")
    assert ended.returncode == 0, ended.stderr
    assert "display version" in ended.stdout
    assert GOOD in ended.stdout
    assert good.runs == []
    assert good.simulator.devices[GOOD].logins == []


def test_a_wrong_password_is_tried_once_and_the_run_is_incomplete(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(GOOD), simulated(OTHER)):
        ended = there.scan("--json", password="wrong-battery-0002")
        assert ended.returncode == 3
        said = json.loads(ended.stdout)
        assert set(said["not_inspected"]) == {GOOD, OTHER}
        assert all("login_failed" in why for why in said["not_inspected"].values())
        attempts = [login for device in there.simulator.devices.values() for login in device.logins]
        assert len(attempts) == 1, "the account could be locked"
        assert "wrong-battery-0002" not in ended.stdout + ended.stderr


def test_an_unknown_host_key_is_refused_before_the_password(good: Place) -> None:
    (good.folder / "known_hosts").write_text("", "utf-8")
    ended = good.scan("--json")
    assert ended.returncode == 3
    assert "SHA256:" in json.loads(ended.stdout)["not_inspected"][GOOD]
    assert good.simulator.devices[GOOD].logins == []


def test_a_new_host_key_is_recorded_when_asked_for(good: Place) -> None:
    known_hosts = good.folder / "known_hosts"
    known_hosts.write_text("", "utf-8")
    assert good.scan("--quiet", "--check", "SYS-001", "--trust-new-hosts").returncode == 0
    assert "ssh-ed25519" in known_hosts.read_text("utf-8")


def test_a_changed_host_key_is_refused_even_then(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(GOOD, faults=Faults(changed_host_key=True))):
        ended = there.scan("--json", "--trust-new-hosts")
        assert ended.returncode == 3
        why = json.loads(ended.stdout)["not_inspected"][GOOD]
        assert why.count("SHA256:") == 2
        assert there.simulator.devices[GOOD].logins == []


def test_a_closed_port_leaves_the_others(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(OTHER, faults=Faults(closed_port=True)), simulated(GOOD)):
        ended = there.scan("--json")
        said = json.loads(ended.stdout)
        assert ended.returncode == 3
        assert set(said["not_inspected"]) == {OTHER}
        assert "unreachable" in said["not_inspected"][OTHER]
        assert said["findings"]["critical"] == 1


def test_a_device_that_falls_silent_keeps_what_it_said_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "_RESYNC_S", 1.0)
    silent = Faults(commands={"display interface": CommandFaults(silent_after=0.5)})
    for there in place(tmp_path, simulated(GOOD, faults=silent)):
        there.write(defaults={"credential": "ops", "timeout_s": 2})
        ended = there.scan("--json", "--device-limit", "20")
        assert ended.returncode == 3, ended.stderr
        said = json.loads(ended.stdout)
        assert said["not_assessed"] > 0
        (run,) = there.runs
        index = [json.loads(line) for line in (run / "index.jsonl").read_text("utf-8").splitlines()]
        statuses = {record["command"]: record["status"] for record in index}
        assert statuses["display version"] == "ok"
        assert statuses["display interface"] == "timed_out"


@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGINT, 3), (signal.SIGTERM, 3), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_killed_run_keeps_what_was_collected(tmp_path: Path, how: signal.Signals, code: int) -> None:
    slow = Faults(commands={"display logbuffer": CommandFaults(silent_after=0.1)})
    for there in place(tmp_path, simulated(GOOD, faults=slow)):
        process = subprocess.Popen(
            there.command("--json"),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for_captures(there, 3)
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
        assert process.returncode == code, err
        if code == 3:
            said = json.loads(out)
            assert said["interrupted"] == ("收到终止信号" if how is signal.SIGTERM else "用户中断")
            assert Path(said["pdf"]).stat().st_size > 1000
        (run,) = there.runs
        kept = list((run / "captures").rglob("*.txt"))
        again = xunjian("report", str(run), "--json")
        assert again.returncode == 3, again.stderr
        said = json.loads(again.stdout)
        assert said["complete"] is False
        assert said["interrupted"]
        assert len(kept) >= 3


def wait_for_captures(there: Place, count: int) -> None:
    for _ in range(600):
        if there.runs and len(list((there.runs[0] / "captures").rglob("*.txt"))) >= count:
            return
        time.sleep(0.05)
    raise AssertionError("nothing was collected")


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        AUTHORIZATION | {"valid_until": "2026-01-02T00:00:00Z"},
        AUTHORIZATION | {"valid_from": "2098-01-01T00:00:00Z"},
        AUTHORIZATION | {"devices": ["another-device"]},
    ],
    ids=["none", "over", "not yet", "other device"],
)
def test_without_permission_no_device_is_touched(good: Place, authorization: dict[str, Any] | None) -> None:
    good.write(authorization=authorization)
    ended = good.scan()
    assert ended.returncode == 4
    assert ended.stderr.startswith("error: ")
    assert good.simulator.devices[GOOD].logins == []
    assert good.runs == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scan", "-i", "/nonexistent.yaml"), "/nonexistent.yaml"),
        (("report", "/nonexistent"), "/nonexistent"),
        (("checks", "show", "NO-001"), "NO-001"),
        (("commands", "--platform", "no_such"), "no_such"),
        (("scan",), "--inventory"),
        (("inventory", "check", "/nonexistent.yaml"), "/nonexistent.yaml"),
    ],
)
def test_wrong_usage_is_one_clear_error(arguments: tuple[str, ...], said: str) -> None:
    ended = xunjian(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "option", [("--site", "nowhere"), ("--device", "nobody"), ("--tag", "none"), ("--check", "XX-1")]
)
def test_a_selection_that_does_not_exist_is_an_error(good: Place, option: tuple[str, str]) -> None:
    ended = good.scan(*option)
    assert ended.returncode == 2
    assert option[1] in ended.stderr


def test_a_missing_password_is_said_before_anything_is_tried(good: Place) -> None:
    ended = good.scan(password="")
    assert ended.returncode == 2
    assert "XJ_TEST_PASSWORD" in ended.stderr
    assert good.simulator.devices[GOOD].logins == []


@pytest.mark.parametrize("what", ["output", "data", "known_hosts", "logo"])
def test_what_would_spoil_a_run_is_said_before_a_device_is_asked(good: Place, what: str) -> None:
    spoilt = good.folder / f"no-{what}"
    if what != "known_hosts":
        spoilt.write_text("neither folder nor picture", "utf-8")
    if what == "logo":
        good.write(logo=spoilt.name)
        ended = good.scan()
    else:
        ended = good.scan(f"--{what.replace('_', '-')}", str(spoilt))
    assert ended.returncode == 2
    assert str(spoilt) in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert good.simulator.devices[GOOD].logins == []
    assert good.runs == []


def test_ctrl_c_does_not_wait_for_a_login(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(GOOD, faults=Faults(hung=True))):
        process = subprocess.Popen(
            there.command("--json"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        outcomes = "data/runs/*/state.json"
        while not any("collecting" in file.read_text() for file in there.folder.glob(outcomes)):
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 3
        # Had it been waited for, it would have ended by its own limit, as unreachable.
        assert json.loads(said)["not_inspected"] == {GOOD: "not_collected: 采集被中止，登录未完成"}


def test_a_terminal_without_chinese_gets_the_result_all_the_same(good: Place) -> None:
    ended = subprocess.run(
        good.command("--check", "SYS-001", "--json"),
        env=environment() | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=100,
    )
    assert ended.returncode == 0
    assert json.loads(ended.stdout.decode("ascii"))["grade"] == "优"


@pytest.mark.parametrize("platform", sorted(platforms()))
def test_the_command_list_is_the_allow_list(platform: str) -> None:
    ended = xunjian("commands", "--platform", platform)
    assert ended.returncode == 0
    assert set(ended.stdout.splitlines()) == platforms()[platform].allowed


HEAVY = ("netmiko", "paramiko", "napalm", "pandas", "reportlab", "textfsm", "matplotlib", "asyncssh")


@pytest.mark.parametrize("asked", [(), ("scan",), ("demo",), ("report",), ("checks", "list")])
def test_help_imports_nothing_heavy(asked: tuple[str, ...]) -> None:
    program = (
        "import sys; sys.argv = ['xunjian', *sys.argv[1:]]\n"
        "from agent.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"sys.stderr.write(repr(sorted(set(sys.modules) & set({HEAVY!r}))))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, *asked, "--help"], capture_output=True, text=True, timeout=60
    )
    assert ended.stderr == "[]"
    assert "Usage" in ended.stdout
