"""Deleting runs through the real command, with what it must leave alone."""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.history.store import dump_record, open_history
from collector.capture import Capture, CaptureStatus
from collector.inventory import Device
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from tests.agent.command import Ended, command
from tests.collector.lab import plan_for
from tests.records import device, inspection

DEVICE = Device(name="sw-1", host="192.0.2.1", credential="c")
NOW = datetime.now(UTC)
ANSWER = b"display version\r\nsecret-looking answer\r\n<sw-1>"


def stored_run(data: Path, site: str, days_old: int) -> Path:
    """A run with one capture, planned so many days ago."""
    plan = plan_for((DEVICE,))
    plan = plan.model_copy(
        update={
            "run_id": f"{site}-{days_old}",
            "site": plan.site.model_copy(update={"name": site}),
            "created_at": NOW - timedelta(days=days_old),
        }
    )
    run = RunFolder.create(data, plan)
    run.add_capture(
        Capture(
            device=DEVICE.name,
            command="display version",
            status=CaptureStatus.OK,
            raw=ANSWER,
            started_at=NOW,
            elapsed_s=0.1,
        )
    )
    return run.path


@dataclass
class Data:
    """A data folder with three runs."""

    folder: Path

    @property
    def runs(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "runs").iterdir())

    @property
    def log(self) -> list[dict[str, object]]:
        path = self.folder / "purge.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def purge(self, *options: str) -> Ended:
        return command("purge", "--data", str(self.folder), *options)


@pytest.fixture
def data(tmp_path: Path) -> Data:
    folder = tmp_path / "data"
    for site, days_old in (("hq", 400), ("hq", 10), ("branch", 400)):
        stored_run(folder, site, days_old)
    return Data(folder)


@pytest.mark.parametrize(
    ("chosen", "gone"),
    [
        (["--older-than", "90"], ["branch-400", "hq-400"]),
        (["--older-than", "401"], []),
        (["--site", "hq"], ["hq-10", "hq-400"]),
        (["--site", "hq", "--older-than", "90"], ["hq-400"]),
        (["branch-400"], ["branch-400"]),
        (["branch-400", "hq-10"], ["branch-400", "hq-10"]),
        (["branch-400", "hq-10", "--site", "hq"], ["hq-10"]),
        (["--keep", "1"], ["hq-400"]),
        (["--keep", "2"], []),
        (["--site", "hq", "--keep", "1"], ["hq-400"]),
        (["--older-than", "90", "--keep", "1"], ["hq-400"]),
    ],
)
def test_what_is_chosen_is_shown_and_with_yes_deleted(data: Data, chosen: list[str], gone: list[str]) -> None:
    before = data.runs
    shown = data.purge(*chosen, "--json")
    assert (shown.code, shown.err) == (0, "")
    said = json.loads(shown.out)
    assert sorted(said["would_delete"]) == gone
    assert said["deleted"] == []
    assert (data.runs, data.log) == (before, [])

    done = data.purge(*chosen, "--yes", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out) == {"deleted": gone, "would_delete": [], "left_alone": {}}
    assert data.runs == [name for name in before if name not in gone]
    assert sorted(str(line["run"]) for line in data.log if line["deletion"] == "done") == gone


def test_the_record_says_who_when_and_how_much_but_nothing_of_the_content(data: Data) -> None:
    sizes = [path.stat().st_size for path in (data.folder / "runs/hq-10").rglob("*") if path.is_file()]
    assert data.purge("hq-10", "--yes").code == 0
    begun, done = data.log
    assert (begun["deletion"], begun["run"], begun["site"]) == ("begun", "hq-10", "hq")
    assert (begun["files"], begun["bytes"]) == (len(sizes), sum(sizes))
    assert begun["by"] == done["by"] != ""
    assert (done["deletion"], done["run"]) == ("done", "hq-10")
    assert datetime.fromisoformat(str(begun["at"])) >= NOW.replace(microsecond=0)
    log = data.folder / "purge.jsonl"
    assert "secret-looking" not in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_the_record_is_only_ever_added_to(data: Data) -> None:
    assert data.purge("hq-10", "--yes").code == 0
    first = (data.folder / "purge.jsonl").read_bytes()
    assert data.purge("hq-400", "--yes").code == 0
    assert (data.folder / "purge.jsonl").read_bytes().startswith(first)
    assert len(data.log) == 4


def test_a_run_that_is_being_worked_on_is_left_alone(data: Data) -> None:
    with run_lock(data.folder / "runs" / "hq-10", now=NOW):
        refused = data.purge("--site", "hq", "--yes")
    assert refused.code == 3
    assert "hq-10 was left alone: run hq-10 is being worked on by process" in refused.err
    assert data.runs == ["branch-400", "hq-10"]
    assert {line["run"] for line in data.log} == {"hq-400"}


def test_a_folder_that_is_no_run_is_left_alone(data: Data) -> None:
    stranger = data.folder / "runs" / "notes"
    stranger.mkdir()
    (stranger / "kept.txt").write_text("mine")
    refused = data.purge("--older-than", "0", "--yes")
    assert refused.code == 3
    assert "notes was left alone" in refused.err
    assert data.runs == ["notes"]
    assert (stranger / "kept.txt").read_text() == "mine"


def test_links_are_not_followed(data: Data, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("mine")
    elsewhere = shutil.move(data.folder / "runs" / "hq-400", tmp_path / "elsewhere")
    (data.folder / "runs" / "hq-400").symlink_to(elsewhere)
    (data.folder / "runs" / "hq-10" / "output").symlink_to(outside)
    ended = data.purge("--site", "hq", "--yes")
    assert ended.code == 3
    assert "hq-400 was left alone: it is a symbolic link" in ended.err
    assert data.runs == ["branch-400", "hq-400"]
    assert (tmp_path / "elsewhere" / "plan.json").is_file()
    assert (outside / "kept.txt").read_text() == "mine"


def test_a_deletion_that_was_cut_short_is_finished_by_the_next(data: Data) -> None:
    half = data.folder / "runs" / "hq-10.purging"
    (data.folder / "runs" / "hq-10").rename(half)
    (half / "plan.json").unlink()
    assert data.purge("hq-10", "--yes").code == 0
    assert data.runs == ["branch-400", "hq-400"]
    assert [(line["deletion"], line["run"]) for line in data.log] == [("done", "hq-10")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "nothing is deleted without a choice"),
        (["no-such-run"], "no such run"),
        (["../data"], "no such run"),
        (["hq-10", "hq-11", "--yes"], "hq-11"),
    ],
)
def test_a_choice_that_makes_no_sense_deletes_nothing(data: Data, options: list[str], said: str) -> None:
    before = data.runs
    refused = data.purge(*options)
    assert refused.code == 2
    assert said in refused.err
    assert (data.runs, data.log) == (before, [])


@pytest.mark.parametrize("forget", [True, False])
def test_the_history_forgets_them_only_when_told(data: Data, forget: bool) -> None:
    with open_history(data.folder) as history:
        history.record(dump_record(inspection(0, device(), run_id="hq-400")))
        history.record(dump_record(inspection(1, device(), run_id="hq-10")))
    assert data.purge("hq-400", *(["--forget"] if forget else [])).code == 0
    with open_history(data.folder) as history:
        assert history.digests().keys() == {"hq-10", "hq-400"}, "nothing goes without --yes"
    assert data.purge("hq-400", "--yes", *(["--forget"] if forget else [])).code == 0
    with open_history(data.folder) as history:
        assert history.digests().keys() == ({"hq-10"} if forget else {"hq-10", "hq-400"})
