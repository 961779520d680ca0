"""A whole critical period on simulated switches: before, rounds with a fault in the second, after, report."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filelock import FileLock

from agent.run import now
from collector.profile import ProfileName, profiles
from collector.run_folder import RunFolder
from tests.agent.assurance.guarding import HALF_A_DAY, POWER, Guarding, at_site, guarding
from tests.agent.notices.receivers import robot
from tests.agent.place import GOOD
from tests.reports.pdf_reading import pages_of, squeezed

DROPS = "display cpu-defend statistics all"
WORKING, BROKEN = "YES     AC   Supply    6.4", "YES     AC   Abnormal  0.0"
CHANNELS = "channels:\n  group: {kind: wecom, url_env: XJ_TEST_ROBOT}\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Guarding]:
    yield from guarding(tmp_path)


def runs_of(site: Guarding, kind: str) -> list[RunFolder]:
    runs = [RunFolder.open(path) for path in site.place.runs]
    return [run for run in runs if run.plan.kind == kind]


def values(path: str, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].values)[1:]


def test_a_whole_critical_period(site: Guarding) -> None:
    (site.place.folder / "notices.yaml").write_text(CHANNELS, "utf-8")
    notify = ("--notify", str(site.place.folder / "notices.yaml"))
    labour = [{"who": "张三", "days": 1.5, "what": "现场值守"}, {"who": "李四", "days": 2, "what": "巡检"}]
    # Asked once, drops that grow show only where an earlier inspection is there to compare with: a gap.
    site.plant(GOOD, DROPS, "{{grow|902114|200}}", "902114")
    with robot() as there:
        site.environment = {"XJ_TEST_ROBOT": there.url}
        site.coming()
        ended, told = site.run("before", *notify)
        (ready,) = told["readiness"]
        assert (ended.code, ready["word"]) == (1, "不具备"), ended.err
        assert {name for name, said in ready["items"].items() if said == "blocks"} == {"critical", "unsaved"}
        assert ready["items"]["backup"] == "not_assessed"
        assert ready["items"]["devices"] == ready["items"]["lead_time"] == "met"

        site.lasting()
        first, one = site.run("during", *notify)
        site.plant(GOOD, POWER, WORKING, BROKEN)
        second, two = site.run("during", *notify)
        third, three = site.run("during", *notify)
        assert [ended.code for ended in (first, second, third)] == [0, 1, 0], first.err
        assert (one["new"], one["differences"], three["new"], three["differences"]) == ([], 0, [], 2)
        assert two["new"] == [
            f"{GOOD} 电源 slot 1 PWR2 状态：Supply → Abnormal",
            f"{GOOD} 问题 HW-001 slot 1 PWR2：— → 级别 严重",
        ]
        site.over(labour=labour)
        ended, told = site.run("after", *notify)
        (compared,) = told["after"]
        assert (ended.code, compared["unexplained"], compared["not_compared"]) == (1, 2, 0), ended.err
        assert compared["unchanged"] > 100

    titles = [request[1]["markdown"]["content"] for request in there.requests]
    rounds = [title for title in titles if "巡检轮次" in title]
    assert len(rounds) == 1
    assert "电源 slot 1 PWR2" in rounds[0]

    ended, told = site.run("report")
    (written,) = told["reports"]
    assert (ended.code, written["gaps"]) == (1, [])
    pdf, workbook = written["files"]
    assert [entry["deliverable"] for entry in site.ledger()] == ["assurance", "assurance"]
    shown = squeezed("".join(pages_of(Path(pdf))))
    for said in ("重保总结报告", "不具备", "3 轮", "新变化 2 项", "需解释的变化 2 项", "3.5", "交付报告"):
        assert squeezed(said) in shown
    changes = [row[:5] for row in values(workbook, "前后对比") if row[0] == "需解释的变化"]
    assert changes == [
        ("需解释的变化", GOOD, "电源", "slot 1 PWR2", "状态"),
        ("需解释的变化", GOOD, "问题", "HW-001 slot 1 PWR2", "—"),
    ]
    fates = {(row[0], row[3], row[4]) for row in values(workbook, "问题") if row[0] != "遗留"}
    assert fates == {("新增", "HW-001", "slot 1 PWR2")}
    assert [row[5] for row in values(workbook, "巡检轮次")] == [0, 2, 0]


def test_the_day_is_summed_up_once_after_its_hour(site: Guarding) -> None:
    (site.place.folder / "notices.yaml").write_text(CHANNELS, "utf-8")
    notify = ("--notify", str(site.place.folder / "notices.yaml"))
    with robot() as there:
        site.environment = {"XJ_TEST_ROBOT": there.url}
        site.lasting()
        assert site.run("during", *notify)[0].code == 0
        site.event(-HALF_A_DAY, HALF_A_DAY, digest_at=at_site(now() - timedelta(minutes=1)))
        assert site.run("during", *notify)[0].code == 0
        assert site.run("during", *notify)[0].code == 0
    (told,) = [request[1]["markdown"]["content"] for request in there.requests]
    assert "每日摘要" in told
    assert "巡检 0 轮" in told, "the hour struck before the first round"


def test_rounds_send_no_heavy_command(site: Guarding) -> None:
    site.lasting()
    assert site.run("during")[0].code == 0
    (run,) = runs_of(site, "重保中")
    assert run.plan.profile is ProfileName.LIGHT
    for name, device in site.place.simulator.devices.items():
        sent = {line for session in device.sessions for line in session.lines}
        light = profiles()[ProfileName.LIGHT].commands(device.platform, device.platform.facts)
        assert sent, name
        assert sent <= {*light, *device.platform.no_paging}, name
        assert sent.isdisjoint(device.platform.heavy), name


def test_what_is_mended_is_told_and_then_over(site: Guarding) -> None:
    """Without a check before, the first round is what the others are compared with."""
    site.lasting()
    site.run("during")
    site.plant(GOOD, POWER, WORKING, BROKEN)
    site.run("during")
    site.plant(GOOD, POWER, BROKEN, WORKING)
    ended, told = site.run("during")
    assert ended.code == 1
    assert (told["new"], told["differences"], len(told["over"])) == ([], 0, 2)
    ended, told = site.run("during")
    assert (ended.code, told["over"]) == (0, [])


@pytest.mark.parametrize(
    ("step", "start", "end", "code", "said"),
    [
        ("before", -1, 1, 2, "has begun"),
        ("during", 1, 2, 4, "rounds are held in it only"),
        ("during", -2, -1, 4, "rounds are held in it only"),
        ("after", -1, 1, 2, "lasts until"),
        ("report", -2, -1, 2, "no check was held after"),
    ],
)
def test_what_is_not_in_its_time_touches_no_device(
    site: Guarding, step: str, start: int, end: int, code: int, said: str
) -> None:
    site.event(timedelta(days=start), timedelta(days=end))
    ended, _ = site.run(step)
    assert ended.code == code
    assert said in ended.err
    assert site.place.runs == []


def test_only_one_process_works_on_an_event(site: Guarding) -> None:
    site.lasting()
    folder = site.data / "assurance" / "演示重保-2026"
    folder.mkdir(parents=True)
    with FileLock(folder / "lock"):
        ended, _ = site.run("during")
    assert ended.code == 3
    assert "another process" in ended.err
    assert site.place.runs == []


def test_another_event_of_the_same_name_is_refused(site: Guarding) -> None:
    site.lasting()
    site.run("during")
    site.event(timedelta(days=300), timedelta(days=301))
    ended, _ = site.run("before")
    assert ended.code == 2
    assert "give this one a name of its own" in ended.err
