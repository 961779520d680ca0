"""The log of a run: one JSON object per line, or one line of words, and nothing secret in either."""

import json
import logging
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from agent.console import Console
from agent.delivery import OutputError
from agent.journal import Journal, journal
from collector.errors import RunFolderError
from collector.events import DeviceDone
from collector.run_record import DeviceOutcome, OutcomeReason
from collector.simulator.faults import CommandFaults, Faults
from tests.agent.place import GOOD, PASSWORD, Place, place, simulated

WRONG = "wrong-battery-0003"


@pytest.fixture
def good(tmp_path: Path) -> Iterator[Place]:
    faults = Faults(commands={"display memory": CommandFaults(no_privilege=True)})
    yield from place(tmp_path, simulated(GOOD, faults=faults))


def records(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_every_event_of_a_run_is_a_line(good: Place) -> None:
    file = good.folder / "log.jsonl"
    ended = good.scan("--log-json", str(file), "-c", "SYS-001", "-c", "SYS-004", "--quiet")
    assert ended.returncode in (0, 1), ended.stderr
    said = records(file)
    (run,) = good.runs
    assert [r["event"] for r in said[:3]] == ["collecting", "login", "recognised"]
    assert [r["event"] for r in said[-3:]] == ["device", "collected", "ended"]
    assert {r["event"] for r in said[3:-3]} == {"command"}
    assert {r["run"] for r in said[:-1]} == {run.name}
    assert said[0]["profile"] == "normal"
    assert (said[1]["device"], said[1]["status"], said[1]["level"]) == (GOOD, "accepted", "info")
    by_command = {r["command"]: (r["status"], r["level"]) for r in said if r["event"] == "command"}
    assert by_command["display cpu"] == ("ok", "info")
    assert by_command["display memory"] == ("no_privilege", "warning")
    assert (said[-2]["sessions_opened"], said[-2]["sessions_closed"]) == (1, 1)
    assert said[-1]["exit_code"] == ended.returncode
    assert all(datetime.fromisoformat(r["time"]).tzinfo is not None for r in said)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text("utf-8")


def test_a_second_run_is_appended_and_a_refused_login_is_a_warning(good: Place) -> None:
    file = good.folder / "log.jsonl"
    for _ in range(2):
        ended = good.scan("--log-json", str(file), "-c", "SYS-001", "-v", password=WRONG)
        assert ended.returncode == 3
        assert WRONG not in ended.stdout + ended.stderr
        assert "warning login" in ended.stderr
        assert "refused" in ended.stderr
    said = records(file)
    logins = [r for r in said if r["event"] == "login"]
    assert [(r["status"], r["level"]) for r in logins] == [("refused", "warning")] * 2
    assert [r["status"] for r in said if r["event"] == "device"] == ["login_failed"] * 2
    assert len({r["run"] for r in said if "run" in r}) == 2
    assert WRONG not in file.read_text("utf-8")


def test_a_refusal_is_logged(good: Place) -> None:
    good.write(authorization=None)
    file = good.folder / "log.jsonl"
    assert good.scan("--log-json", str(file)).returncode == 4
    (said,) = records(file)
    assert (said["event"], said["level"], said["error"]) == ("error", "error", "AuthorizationError")


def test_verbose_tells_people_and_keeps_standard_output_clean(good: Place) -> None:
    ended = good.scan("--verbose", "--json", "-c", "SYS-001")
    json.loads(ended.stdout)
    lines = ended.stderr.splitlines()
    assert any("info login" in line and GOOD in line and line.endswith("accepted") for line in lines)
    assert any("display cpu ok" in line for line in lines)


def outcome(detail: str) -> DeviceDone:
    told = DeviceOutcome(
        device="sw-1", reached=False, platform=None, reason=OutcomeReason.LOGIN_FAILED, detail=detail
    )
    return DeviceDone(told)


def test_what_quotes_a_device_is_masked(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    with journal(file, Console(), verbose=False) as kept:
        kept.hear("r-1", outcome("登录后设备断开了连接：snmp-agent community read cipher XJCANARY-1"))
        logging.getLogger("collector.visit").warning(
            "said: %s", "snmp-agent community read cipher XJCANARY-2"
        )
    device, log = records(file)
    assert "XJCANARY" not in json.dumps([device, log])
    assert (device["event"], device["level"], device["status"]) == ("device", "warning", "login_failed")
    assert (log["event"], log["level"], log["logger"]) == ("log", "warning", "collector.visit")


def test_of_an_error_of_ours_only_type_and_place_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.jsonl"
    with journal(file, Console(), verbose=False):
        try:
            raise ValueError("XJCANARY-3")
        except ValueError:
            logging.getLogger("collector.collect").exception("visit of %s failed", "sw-1")
    (said,) = records(file)
    assert (said["level"], said["error"], said["message"]) == ("error", "ValueError", "visit of sw-1 failed")
    assert said["at"][0].startswith("test_journal.py:")
    err = capsys.readouterr().err
    assert "visit of sw-1 failed" in err
    assert "XJCANARY" not in file.read_text("utf-8") + err


def test_handlers_are_gone_afterwards_and_an_error_goes_on(tmp_path: Path) -> None:
    before = list(logging.getLogger("collector").handlers)
    with pytest.raises(RunFolderError), journal(tmp_path / "log.jsonl", Console(), verbose=True):
        raise RunFolderError("no such run")
    assert logging.getLogger("collector").handlers == before


def test_a_file_that_cannot_be_written_is_said_before_anything(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="log cannot be written"),
        journal(tmp_path / "none" / "x", Console(), verbose=False),
    ):
        pytest.fail("began all the same")


def test_without_file_and_words_nothing_is_kept() -> None:
    with journal(None, Console(), verbose=False) as kept:
        assert kept == Journal()
        kept.hear("r-1", outcome("x"))
