"""Unattended work from end to end: over real SSH, into the ledger, told once, idle when nothing is owed."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from filelock import FileLock

from agent.run import now
from agent.schedule.heartbeat import MOST_LOG_BYTES
from agent.schedule.job import Job, Jobs
from tests.agent.command import command
from tests.agent.notices.receivers import robot
from tests.agent.schedule.owing import Owing, owing, period


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Owing]:
    yield from owing(tmp_path)


FILES = [
    "inspection.pdf",
    "findings.xlsx",
    "hardening.pdf",
    "hardening.xlsx",
    "versions.pdf",
    "versions.xlsx",
    "version-evaluation.pdf",
]
OWED = ["hardening", "inspection", "version_evaluation", "version_list"]


def test_what_is_owed_is_done_once(site: Owing) -> None:
    with robot() as there:
        site.environment = {"XJ_TEST_ROBOT": there.url}
        ended, told = site.run("--notify", str(site.place.folder / "notices.yaml"))
        assert ended.code == 1, ended.err
        (job,) = told["jobs"]
        assert (job["state"], job["deliverables"]) == ("done", OWED)
        assert sorted(entry["file"] for entry in site.ledger()) == sorted(FILES)
        assert {entry["run_id"] for entry in site.ledger()} == {job["run"]}
        again, nothing = site.run("--notify", str(site.place.folder / "notices.yaml"))
    assert (again.code, nothing["jobs"]) == (0, [])
    assert len(site.ledger()) == len(FILES)
    assert len(there.requests) == 1
    assert "未完成检查" not in there.requests[0][1]["markdown"]["content"]
    assert Jobs(site.data).open() == []
    assert [each["state"] for each in site.due()["due"]] == ["upcoming"] * len(OWED)
    output = site.data / "runs" / job["run"] / "output"
    assert {*FILES} <= {path.name for path in output.iterdir()}
    heart = site.heartbeat()
    assert (heart["state"], heart["code"], heart["jobs"]) == ("idle", 0, {})


def test_the_digest_in_the_ledger_is_that_of_the_file(site: Owing) -> None:
    _, told = site.run()
    output = site.data / "runs" / told["jobs"][0]["run"] / "output"
    for entry in site.ledger():
        assert entry["sha256"] == sha256((output / entry["file"]).read_bytes()).hexdigest()


def test_a_sensitive_period_postpones(site: Owing) -> None:
    site.write(sensitive_periods=[period("重保")])
    ended, told = site.run()
    assert (ended.code, told["jobs"][0]["state"]) == (4, "postponed")
    assert "重保" in told["jobs"][0]["why"]
    assert site.place.runs == []
    assert site.ledger() == []
    ended, told = site.run("--profile", "light")
    assert told["jobs"][0]["state"] == "done", ended.err


def test_without_permission_nothing_is_touched(site: Owing) -> None:
    site.write(authorization=None)
    ended, told = site.run()
    assert (ended.code, told["jobs"][0]["state"]) == (4, "postponed")
    assert all(device.record == [] for device in site.place.simulator.devices.values())


def test_only_one_process_works(site: Owing) -> None:
    (site.data / "schedule").mkdir(parents=True)
    with FileLock(site.data / "schedule" / "lock"):
        ended, told = site.run()
    assert (ended.code, told["why"]) == (3, "another process does it")


def test_the_time_limit_leaves_the_job_for_the_next(site: Owing) -> None:
    ended, told = site.run("--run-limit", "1", "--time-limit", "1")
    if told["jobs"][0]["state"] == "interrupted":
        assert ended.code == 3
        assert len(Jobs(site.data).open()) == 1
        ended, told = site.run()
    assert told["jobs"][0]["state"] == "done", ended.err
    assert len(site.place.runs) == 1
    assert sorted(entry["file"] for entry in site.ledger()) == sorted(FILES)


def test_a_file_that_is_no_job_is_named(site: Owing) -> None:
    folder = site.data / "schedule" / "jobs"
    folder.mkdir(parents=True)
    (folder / "odd.json").write_text("{", "utf-8")
    ended, _ = site.run()
    assert ended.code == 2
    assert str(folder / "odd.json") in ended.err


def test_a_long_log_is_moved_aside(site: Owing) -> None:
    log = site.data / "schedule" / "run-due.jsonl"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"x" * (MOST_LOG_BYTES + 1))
    site.write(service_level="标准")
    site.run()
    assert log.with_name("run-due.jsonl.1").stat().st_size == MOST_LOG_BYTES + 1
    assert log.stat().st_size < MOST_LOG_BYTES


def test_a_run_that_did_not_end_well_is_taken_up(site: Owing) -> None:
    """What a reboot leaves: a job with the id of a run whose folder was never made, or is half collected."""
    jobs = Jobs(site.data)
    site.run("--time-limit", "240")
    ledger = site.ledger()
    run = ledger[0]["run_id"]
    # The ledger has everything; the job was not struck off.
    jobs.keep(Job(site="demo", deliverables=("inspection",), made_at=now(), run_id=run, attempts=1))
    _, told = site.run()
    assert told["jobs"][0]["state"] == "done"
    assert site.ledger() == ledger
    assert len(site.place.runs) == 1


def test_what_people_hand_over_is_entered(site: Owing, tmp_path: Path) -> None:
    guide = tmp_path / "guide.pdf"
    guide.write_bytes(b"%PDF")
    base = ["ledger", "add", str(guide), "-i", str(site.place.inventory), "--data", str(site.data), "--site"]
    assert command(*base, "demo", "--deliverable", "daily_guide").code == 0
    assert [(e["deliverable"], e["file"]) for e in site.ledger()] == [("daily_guide", "guide.pdf")]
    assert "no deliverable tea" in command(*base, "demo", "--deliverable", "tea").err
    assert "no site moon" in command(*base, "moon", "--deliverable", "daily_guide").err


def test_due_for_people(site: Owing) -> None:
    levels = str(site.place.folder / "levels.yaml")
    ended = command("due", "-i", str(site.place.inventory), "--data", str(site.data), "--levels", levels)
    assert ended.code == 0
    assert "never delivered" in ended.out
    assert "巡检汇总报告" in ended.out
    site.write(service_level="不存在")
    ended = command("due", "-i", str(site.place.inventory), "--data", str(site.data))
    assert ended.code == 1
    assert "unknown service level" in ended.out
    told = json.loads(command("due", "-i", str(site.place.inventory), "--data", str(site.data), "--json").out)
    assert told["nothing"][0]["site"] == "demo"
