"""Limits and locks as the real command meets them: what there is gets reported, the rest says why not."""

import json
from datetime import UTC, datetime
from pathlib import Path

from collector.device_lock import device_lock
from collector.run_lock import run_lock
from tests.agent.command import Ended, command
from tests.agent.place import GOOD, OTHER, PASSWORD, Place, place, simulated


def scan(there: Place, *more: str) -> Ended:
    return command(*there.command("--json", *more)[1:], XJ_TEST_PASSWORD=PASSWORD)


def test_the_limit_of_the_run_yields_a_report_on_what_there_is(tmp_path: Path) -> None:
    slow, waiting = simulated(GOOD), simulated(OTHER)
    slow.think_s = 0.4
    for there in place(tmp_path, slow, waiting):
        ended = scan(there, "--run-limit", "4", "--workers", "1")
        said = json.loads(ended.out)
        assert ended.code == 3
        assert said["interrupted"] == "超过整次运行的时限 4 秒"
        assert Path(said["pdf"]).stat().st_size > 1000
        assert said["not_inspected"] == {OTHER: "not_collected: 整次运行的时限已到，尚未开始"}
        report = json.loads(Path(said["json"]).read_text("utf-8"))
        (begun,) = [device for device in report["devices"] if device["device"]["name"] == GOOD]
        assert "总时限已到" in begun["detail"]
        assert len([c for c in begun["commands"] if c["status"] == "ok"]) >= 2
        assert waiting.logins == []


def test_the_limit_of_a_device_ends_that_device_alone(tmp_path: Path) -> None:
    slow = simulated(GOOD)
    slow.think_s = 0.7
    for there in place(tmp_path, slow, simulated(OTHER)):
        said = json.loads(scan(there, "--device-limit", "3", "--check", "SYS-001", "--check", "NTP-004").out)
        report = json.loads(Path(said["json"]).read_text("utf-8"))
        details = {device["device"]["name"]: device["detail"] for device in report["devices"]}
        assert "本设备的总时限已到" in details[GOOD]
        assert details[OTHER] == ""
        assert (said["interrupted"], said["inspected"]) == ("", 2)


def test_a_device_that_another_run_is_on_is_not_touched_and_the_owner_named(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(GOOD), simulated(OTHER)):
        host, port = there.simulator.address(GOOD)
        since = datetime.now(UTC)
        with device_lock(there.folder / "data", host, port, run_id="other-run", now=since):
            ended = scan(there, "--check", "SYS-001")
        why = json.loads(ended.out)["not_inspected"]
        assert ended.code == 3
        assert why.keys() == {GOOD}
        assert "运行 other-run，进程 " in why[GOOD]
        assert since.isoformat(timespec="seconds") in why[GOOD]
        assert there.simulator.devices[GOOD].logins == []


def test_a_run_that_is_being_collected_is_not_reported(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(GOOD)):
        assert scan(there, "--check", "SYS-001").code == 0
        (run,) = there.runs
        (run / "state.json").write_text('{"state": "collecting", "interrupted": ""}', "utf-8")
        with run_lock(run, now=datetime.now(UTC)):
            refused = command("report", str(run))
        assert refused.code == 2
        assert "is being worked on by process" in refused.err
        assert json.loads((run / "state.json").read_text("utf-8"))["state"] == "collecting"


def test_processes_share_the_devices_and_the_report_is_about_all(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(GOOD), simulated(OTHER)):
        ended = there.scan_in_a_process("--json", "--processes", "2", "--check", "SYS-001")
        said = json.loads(ended.stdout)
        assert (said["interrupted"], said["inspected"], said["not_inspected"]) == ("", 2, {}), ended.stderr
        words = [json.loads(path.read_text()) for path in (there.folder / "data" / "locks").glob("*.owner")]
        assert len({word["pid"] for word in words}) == len(words) == 2
