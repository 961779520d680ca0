"""Change windows, rounds one after the other, and checks that were killed, by the real command."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent.assurance import steps
from agent.run import now
from collector.run_folder import RunFolder
from tests.agent.assurance.guarding import Guarding, guarding
from tests.agent.command import command
from tests.agent.place import GOOD, PASSWORD
from tests.agent.schedule.killing import run_killed

CONFIG = "display current-configuration"
SAVED = "display saved-configuration"
PLAN = dict.fromkeys(("overview", "topology", "steps", "emergency", "rollback", "business_test"), "CHG-1")
DECLARED = [{"kind": "configuration", "device": GOOD, "object": "vlan 4000", "why": "变更 1：新增 VLAN"}]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Guarding]:
    yield from guarding(tmp_path)


def kinds(site: Guarding) -> list[str]:
    return [RunFolder.open(path).plan.kind for path in site.place.runs]


def test_a_change_window_explains_what_was_declared(site: Guarding) -> None:
    change = {"kind": "change", "plan": PLAN | {"rollback": ""}, "expected": DECLARED}
    site.coming(**change)
    ended, told = site.run("before")
    (ready,) = told["readiness"]
    assert ready["items"]["change_plan"] == "blocks"
    assert (ended.code, ready["word"]) == (1, "不具备")
    for asked in (CONFIG, SAVED):
        site.plant(GOOD, asked, "\n#\nreturn", "\n#\nvlan 4000\n#\nreturn")
    site.over(**change)
    _, told = site.run("after")
    (compared,) = told["after"]
    assert compared["unexplained"] == 0
    assert compared["expected"] >= 1
    assert kinds(site) == ["变更前", "变更后"]


def test_rounds_follow_one_another_until_their_end(site: Guarding, monkeypatch: pytest.MonkeyPatch) -> None:
    site.lasting()
    passed = timedelta()

    def sleep(seconds: float) -> None:
        nonlocal passed
        passed += timedelta(seconds=seconds)

    monkeypatch.setattr(steps, "sleep", sleep)
    monkeypatch.setattr(steps, "now", lambda: now() + passed)
    until = (now() + timedelta(minutes=25)).isoformat()
    ended, told = site.run("during", "--every", "10", "--until", until)
    assert ended.code == 0, ended.err
    assert told["new"] == []
    assert kinds(site) == ["重保中"] * 3
    assert passed <= timedelta(minutes=20)


def test_a_check_that_was_killed_is_taken_up(site: Guarding) -> None:
    site.coming()
    arguments = site.arguments("before")
    assert run_killed(arguments, {"XJ_TEST_PASSWORD": PASSWORD}, 40) is None
    assert len(site.place.runs) == 1
    ended, told = site.run("before")
    (ready,) = told["readiness"]
    assert ended.code == 1, ended.err
    assert [path.name for path in site.place.runs] == [ready["run"]]
    assert ready["items"]["devices"] == "met"


def test_plan_writes_the_event_and_warns(site: Guarding) -> None:
    start, end = ((now() + timedelta(days=n)).isoformat() for n in (3, 5))
    said = ("--name", "演示", "--site", "demo", "--start", start, "--end", end)
    ended = command("assure", "plan", str(site.file), *said, "-i", str(site.place.inventory))
    assert ended.code == 1
    assert "too late" in ended.out
    assert "no sensitive period" in ended.out
    assert site.file.exists()
    again = command("assure", "plan", str(site.file))
    assert (again.code, "too late" in again.out) == (1, True)
    assert site.place.runs == []
