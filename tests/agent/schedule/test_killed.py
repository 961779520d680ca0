"""Killed anywhere and started again, unattended work ends as if nothing had happened."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from agent.history.store import open_history
from agent.schedule.job import Jobs
from tests.agent.notices.receivers import Robot, robot
from tests.agent.place import PASSWORD
from tests.agent.schedule.killing import run_killed
from tests.agent.schedule.owing import Owing, owing
from tests.agent.schedule.test_run_due import FILES

CHAINS, KILLS = 4, 5
"""Twenty kills, each at a random change of the disk after the process was started again."""
MOST_STEPS = (20, 80, 320)
"""Killed early, while collecting, or late: a whole run changes the disk some three hundred times."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Owing]:
    yield from owing(tmp_path)


def work(site: Owing, there: Robot, step: int) -> int | None:
    variables = {"XJ_TEST_PASSWORD": PASSWORD, "XJ_TEST_ROBOT": there.url}
    notify = str(site.place.folder / "notices.yaml")
    return run_killed(site.arguments("--notify", notify), variables, step)


def judged(site: Owing) -> Any:
    """What the only inspection says, times and names of runs apart."""
    (run,) = site.place.runs
    told = json.loads((run / "output" / "inspection.json").read_text("utf-8"))
    return [(f["check_id"], f["object"], f["severity"], f["message"]) for f in told["findings"]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    for site in owing(tmp_path_factory.mktemp("undisturbed")):
        site.run()
        return judged(site)
    raise AssertionError


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(CHAINS))
def test_killed_and_started_again(site: Owing, undisturbed: Any, seed: int) -> None:
    random = Random(seed)
    with robot() as there:
        killed = 0
        while killed < KILLS and work(site, there, random.randint(1, random.choice(MOST_STEPS))) is None:
            killed += 1
        assert killed, "it was never killed"
        assert work(site, there, 10**9) in (0, 1)
        ended, told = site.run()
    assert (ended.code, told["jobs"]) == (0, []), "nothing is owed any more"
    assert sorted(entry["file"] for entry in site.ledger()) == sorted(FILES), "each delivery stands once"
    assert Jobs(site.data).open() == []
    with open_history(site.data) as history:
        assert [run.id for run in history.runs()] == [path.name for path in site.place.runs]
    assert judged(site) == undisturbed
    told_texts = [body["markdown"]["content"] for _, body in there.requests]
    assert told_texts, "told at least once"
    assert ["重复通知" in text for text in told_texts] == [False] + [True] * (len(told_texts) - 1)
