"""Rounds of a critical period: told is what the round before did not have, and what is over."""

from dataclasses import replace
from datetime import UTC, datetime

from checks.comparison import Change, ChangeVerdict, Comparison, Gap, Inspected, Side
from checks.rounds import Round, new_round
from parsers.facts import Facts

AT = datetime(2026, 11, 20, tzinfo=UTC)
DOWN = Change(
    device="sw1", kind="interfaces", label="接口", object="10GE1/0/1", field="状态", change="changed",
    before="up", after="down", verdict=ChangeVerdict.UNEXPLAINED,
)  # fmt: skip
RISING = replace(DOWN, object="10GE1/0/2", field="输入错误", before="1", after="9")
LOGGED = replace(DOWN, kind="logs", label="日志", object="t FAN/BAD", field="", change="added")
REACHED = Inspected(name="sw1", facts=Facts())
LOST = Inspected(name="sw1", facts=None, why="不可达")


def compared(*changes: Change, gaps: tuple[Gap, ...] = ()) -> Comparison:
    return Comparison(
        site="hq", before="b", after="r", before_at=AT, after_at=AT, devices=1, changes=changes,
        unchanged={}, gaps=gaps,
    )  # fmt: skip


def after(last: Round | None, found: Comparison, device: Inspected = REACHED, interrupted: str = "") -> Round:
    now = Side(run_id="r", site="hq", at=AT, devices=(device,))
    return new_round(found, now, last, interrupted)


def test_a_fault_is_told_once_and_its_end_once() -> None:
    first = after(None, compared())
    second = after(first, compared(DOWN))
    third = after(second, compared(DOWN))
    fourth = after(third, compared())
    assert [(r.new, r.over) for r in (first, second, third, fourth)] == [
        ((), ()),
        ((DOWN,), ()),
        ((), ()),
        ((), (DOWN,)),
    ]
    assert [r.alerts for r in (first, second, third, fourth)] == [False, True, False, True]


def test_a_number_that_goes_on_moving_is_no_news_but_a_word_is() -> None:
    first = after(None, compared(RISING, DOWN))
    second = after(first, compared(replace(RISING, after="12"), replace(DOWN, after="err-down")))
    assert [change.object for change in second.new] == ["10GE1/0/1"]


def test_what_was_declared_is_counted_and_not_told() -> None:
    found = after(None, compared(replace(DOWN, verdict=ChangeVerdict.EXPECTED)))
    assert (found.new, found.differences, found.expected) == ((), (), 1)


def test_what_nobody_could_see_is_neither_new_nor_over() -> None:
    first = after(None, compared(DOWN))
    gap = Gap(device="sw1", label="接口", why="没有权限")
    for found, device in ((compared(), LOST), (compared(gaps=(gap,)), REACHED)):
        second = after(first, found, device)
        assert (second.over, second.differences) == ((), (DOWN,))


def test_records_of_a_log_are_not_over() -> None:
    first = after(None, compared(LOGGED))
    assert after(first, compared()).over == ()


def test_a_device_that_a_cut_round_did_not_reach_is_no_change() -> None:
    gone = replace(DOWN, kind="devices", label="设备", object="", field="巡检情况", after="未检查")
    cut = after(None, compared(gone), LOST, "收到终止信号")
    assert (cut.new, cut.complete, cut.missed) == ((), False, ("sw1",))
    assert after(None, compared(gone), LOST).new == (gone,)
