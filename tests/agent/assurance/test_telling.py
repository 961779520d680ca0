"""What a team is told in a critical period: changes once, and one digest a day."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.assurance.telling import digest, told_of_round
from baselines.assurance_event import Event
from checks.comparison import Change, ChangeVerdict
from checks.rounds import Round
from collector.inventory import Device, Site

START = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
SITE = Site(name="hq", customer="示例客户", devices=(Device(name="sw1", host="192.0.2.1"),))
EVENT = Event.model_validate(
    {"name": "演示", "period": {"start": START, "end": START + timedelta(days=5)}, "sites": ["hq"]}
)
DOWN = Change(
    device="sw1", kind="interfaces", label="接口", object="10GE1/0/1", field="状态", change="changed",
    before="up", after="down", verdict=ChangeVerdict.UNEXPLAINED,
)  # fmt: skip


def held(at: datetime, *, new: tuple[Change, ...] = (), missed: tuple[str, ...] = ()) -> Round:
    return Round(
        run_id=f"r{at:%d%H}", at=at, base="b", devices=2, missed=missed, interrupted="", differences=new,
        expected=0, new=new, over=(),
    )  # fmt: skip


# 18:00 at the site is 10:00 UTC.
STRUCK = START + timedelta(hours=10)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (STRUCK - timedelta(minutes=1), None),
        (STRUCK, "20261120"),
        (STRUCK + timedelta(hours=23), "20261120"),
        (STRUCK + timedelta(hours=24), "20261121"),
    ],
)
def test_one_digest_for_each_day_from_its_hour_on(now: datetime, day: str | None) -> None:
    found = digest(EVENT, SITE, (), now)
    assert [notice.id.split(".")[-2] for notice in found] == ([] if day is None else [day])


def test_a_digest_made_again_is_the_same_matter() -> None:
    once, again = (digest(EVENT, SITE, (), STRUCK + timedelta(hours=h)) for h in (0, 5))
    assert [n.id for n in once] == [n.id for n in again]


def test_a_digest_counts_the_rounds_of_its_day_alone() -> None:
    rounds = (
        held(STRUCK - timedelta(hours=30)),
        held(STRUCK - timedelta(hours=3)),
        held(STRUCK - timedelta(hours=1), new=(DOWN,), missed=("sw2",)),
        held(STRUCK + timedelta(hours=1)),
    )
    (notice,) = digest(EVENT, SITE, rounds, STRUCK + timedelta(hours=2))
    said = [line.text for line in notice.lines]
    assert said[0].endswith("巡检 2 轮")
    assert said[1] == "不完整 1 轮；新变化 1，已恢复 0"
    assert "- sw1 接口 10GE1/0/1 状态：up → down" in said
    assert "最后一轮未完成检查：sw2" in said


def test_a_day_without_rounds_says_so() -> None:
    (notice,) = digest(EVENT, SITE, (), STRUCK)
    assert notice.lines[-1].text == "这一天没有进行巡检轮次。"


def test_a_round_tells_its_changes() -> None:
    notice = told_of_round(EVENT, SITE, held(STRUCK, new=(DOWN,)))
    assert notice.id == f"r{STRUCK:%d%H}.round"
    assert [line.text for line in notice.lines[1:]] == [
        "新变化 1 项：",
        "- sw1 接口 10GE1/0/1 状态：up → down",
    ]
