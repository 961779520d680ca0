"""The life of problems: tables of inspections and what stands after the last of them."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.lifecycle import AGES, Problem, ProblemState, ageing, counts, follow
from checks.record import DeviceRecord, InspectionRecord
from checks.verdict import Severity
from tests.records import BEGAN, MONTH, device, fault, inspection, lost

FAN, OPTIC = fault("HW-003", "Fan 1"), fault("OPT-001", "XGE1/0/1")
ACCEPTED = fault("HW-003", "Fan 1", accepted=True)
HW3 = {"unsure": {"HW-003": ()}}
"""Something of the check was not assessed."""


def told(*inspections: InspectionRecord) -> dict[tuple[str, str], Problem]:
    return {(p.device, p.object): p for p in follow(inspections)}


@dataclass(frozen=True)
class Case:
    name: str
    months: tuple[DeviceRecord | None, ...]
    """What became of sw-1 in each month; None: it was not selected."""
    said: str
    times: int
    confirmed: bool = True

    def __str__(self) -> str:
        return self.name


SEEN, CLEAN, LOST = device("sw-1", FAN), device("sw-1"), lost("sw-1")
CASES = (
    Case("found for the first time", (SEEN,), "新增", 1),
    Case("found again", (SEEN, SEEN), "遗留（第 2 次）", 2),
    Case("found a third time", (SEEN, SEEN, SEEN), "遗留（第 3 次）", 3),
    Case("looked for and not found", (SEEN, CLEAN), "已解决", 1),
    Case("solved stays solved", (SEEN, CLEAN, CLEAN), "已解决", 1),
    Case("came back", (SEEN, SEEN, CLEAN, SEEN), "复发", 1),
    Case("came back and remains", (SEEN, CLEAN, SEEN, SEEN), "遗留（第 2 次）", 2),
    Case("came back twice", (SEEN, CLEAN, SEEN, CLEAN, SEEN), "复发", 1),
    Case("not reached: open", (SEEN, LOST), "新增", 1, confirmed=False),
    Case("not reached in between", (SEEN, LOST, SEEN), "遗留（第 2 次）", 2),
    Case("not reached when it was solved", (SEEN, LOST, CLEAN), "已解决", 1),
    Case("not selected: open", (SEEN, SEEN, None), "遗留（第 2 次）", 2, confirmed=False),
    Case("solved, then not reached", (SEEN, CLEAN, LOST), "已解决", 1, confirmed=False),
    Case("check not assessed: open", (SEEN, device("sw-1", **HW3)), "新增", 1, confirmed=False),
    Case(
        "another object not assessed, this one in order",
        (SEEN, device("sw-1", unsure={"HW-003": ("Fan 1",)})),
        "已解决",
        1,
    ),
    Case(
        "another object in order",
        (SEEN, device("sw-1", unsure={"HW-003": ("Fan 2",)})),
        "新增",
        1,
        confirmed=False,
    ),
    Case("another check not assessed", (SEEN, device("sw-1", unsure={"HW-001": ()})), "已解决", 1),
    Case("accepted at once", (device("sw-1", ACCEPTED),), "已接受", 1),
    Case("accepted later", (SEEN, device("sw-1", ACCEPTED)), "已接受", 2),
    Case("no longer accepted", (device("sw-1", ACCEPTED), SEEN), "遗留（第 2 次）", 2),
    Case("accepted and repaired", (device("sw-1", ACCEPTED), CLEAN), "已解决", 1),
    Case("accepted and not reached", (device("sw-1", ACCEPTED), LOST), "已接受", 1, confirmed=False),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_life_of_one_problem(case: Case) -> None:
    runs = [
        inspection(month, *((device("sw-0"),) if each is None else (each,)), inventory=("sw-0", "sw-1"))
        for month, each in enumerate(case.months)
    ]
    problem = told(*runs)["sw-1", "Fan 1"]
    assert (problem.said, problem.times, problem.confirmed) == (case.said, case.times, case.confirmed)


def test_a_check_that_was_not_run_leaves_its_problems_open() -> None:
    runs = (inspection(0, SEEN), inspection(1, CLEAN, checks=("OPT-001",)))
    problem = told(*runs)["sw-1", "Fan 1"]
    assert (problem.state, problem.confirmed) == (ProblemState.NEW, False)


def test_times_and_ages_are_those_of_the_inspections() -> None:
    runs = [inspection(m, each) for m, each in enumerate((SEEN, SEEN, CLEAN, CLEAN, SEEN, SEEN))]
    now = BEGAN + 5 * MONTH
    problem = told(*runs)["sw-1", "Fan 1"]
    assert (problem.first_seen, problem.since, problem.last_seen) == (BEGAN, BEGAN + 4 * MONTH, now)
    assert problem.recurrences == 1
    assert problem.age(now) == MONTH
    solved = told(*runs[:3])["sw-1", "Fan 1"]
    assert solved.solved_at == BEGAN + 2 * MONTH
    assert solved.age(now) == 2 * MONTH


def test_a_renamed_device_takes_its_problems_along() -> None:
    renamed = device("new", FAN, serials=("DEMO-sw-1",))
    problem = told(inspection(0, SEEN), inspection(1, renamed))["new", "Fan 1"]
    assert problem.said == "遗留（第 2 次）"
    assert problem.former_names == ("sw-1",)
    assert problem.id == told(inspection(0, SEEN))["sw-1", "Fan 1"].id


def test_a_new_name_beside_the_old_one_is_another_device() -> None:
    twin = device("new", FAN, serials=("DEMO-sw-1",))
    found = told(inspection(0, SEEN), inspection(1, SEEN, twin))
    assert found["sw-1", "Fan 1"].said == "遗留（第 2 次）"
    assert found["new", "Fan 1"].said == "新增"
    assert found["new", "Fan 1"].id != found["sw-1", "Fan 1"].id


def test_a_renamed_device_that_was_not_reached_at_first_is_known_later() -> None:
    renamed = device("new", FAN, serials=("DEMO-sw-1",))
    found = told(inspection(0, SEEN), inspection(1, lost("new")), inspection(2, renamed))
    assert {key: p.said for key, p in found.items()} == {("new", "Fan 1"): "遗留（第 2 次）"}


def test_a_replaced_device_keeps_its_place_and_says_so() -> None:
    other = device("sw-1", FAN, serials=("DEMO-other",))
    problem = told(inspection(0, SEEN), inspection(1, other))["sw-1", "Fan 1"]
    assert problem.said == "遗留（第 2 次）"
    assert problem.replaced_at == BEGAN + MONTH
    mended = told(inspection(0, SEEN), inspection(1, device("sw-1", serials=("DEMO-other",))))
    assert mended["sw-1", "Fan 1"].state is ProblemState.SOLVED


def test_two_devices_that_swap_their_names_are_both_replaced() -> None:
    def one(name: str, serial: str, *faults: str) -> DeviceRecord:
        return device(name, *(fault(object_=f) for f in faults), serials=(serial,))

    before = inspection(0, one("a", "S1", "Fan 1"), one("b", "S2"))
    after = inspection(1, one("a", "S2", "Fan 1"), one("b", "S1"))
    assert told(before, after)["a", "Fan 1"].said == "遗留（第 2 次）"
    assert told(before, after)["a", "Fan 1"].replaced_at == BEGAN + MONTH


def test_a_name_that_is_used_again_is_a_new_device() -> None:
    renamed = device("new", FAN, serials=("DEMO-sw-1",))
    reused = device("sw-1", FAN, serials=("DEMO-third",))
    found = told(inspection(0, SEEN), inspection(1, renamed), inspection(2, renamed, reused))
    assert found["new", "Fan 1"].said == "遗留（第 3 次）"
    assert found["sw-1", "Fan 1"].said == "新增"
    assert found["new", "Fan 1"].id != found["sw-1", "Fan 1"].id


def test_a_device_that_left_the_inventory_is_told() -> None:
    problem = told(inspection(0, SEEN, device("sw-2")), inspection(1, device("sw-2")))["sw-1", "Fan 1"]
    assert (problem.state, problem.in_inventory) == (ProblemState.NEW, False)


def test_open_ones_come_first() -> None:
    runs = (
        inspection(0, device("sw-1", FAN, OPTIC), device("sw-2", FAN)),
        inspection(1, device("sw-1", OPTIC), lost("sw-2")),
    )
    assert [(p.device, p.object) for p in follow(runs)] == [
        ("sw-1", "XGE1/0/1"),
        ("sw-2", "Fan 1"),
        ("sw-1", "Fan 1"),
    ]


def test_what_is_not_one_site_in_order_is_refused() -> None:
    with pytest.raises(ValueError, match="several sites"):
        follow((inspection(0, SEEN), inspection(1, SEEN, site="branch")))
    with pytest.raises(ValueError, match="oldest"):
        follow((inspection(1, SEEN), inspection(0, SEEN)))
    assert follow(()) == ()


def test_ages_are_counted_by_class_and_severity() -> None:
    old = fault("OPT-001", "XGE1/0/9", severity=Severity.CRITICAL)
    runs = [inspection(m, device("sw-1", old, *(() if m < 6 else (FAN,)))) for m in range(8)]
    problems = follow(runs)
    now = BEGAN + timedelta(days=210)
    found = {n: {s: c for s, c in by.items() if c} for n, by in ageing(problems, now).items()}
    assert found == {
        "30 天内": {Severity.MAJOR: 1},
        "31–90 天": {},
        "91–180 天": {},
        "181–365 天": {Severity.CRITICAL: 1},
        "一年以上": {},
    }
    assert sum(counts(problems).values()) == 2
    assert len(AGES) == 5


STATES = st.lists(st.sampled_from("fcnua"), min_size=1, max_size=12)
"""Months of one problem: found, clean, not reached, unsure, accepted."""
RECORDS = {
    "f": SEEN,
    "c": CLEAN,
    "n": LOST,
    "u": device("sw-1", **HW3),
    "a": device("sw-1", ACCEPTED),
}


@given(STATES)
def test_only_what_was_looked_at_changes_anything(months: list[str]) -> None:
    """Leaving out the months in which nobody could look changes neither state nor count."""
    looked = [m for m in months if m not in "nu"]
    whole = [inspection(n, RECORDS[m]) for n, m in enumerate(months)]
    short = [inspection(n, RECORDS[m]) for n, m in enumerate(months) if m not in "nu"]
    problems, same = follow(whole), follow(short)
    assert [(p.state, p.times, p.since, p.solved_at) for p in problems] == [
        (p.state, p.times, p.since, p.solved_at) for p in same
    ]
    assert bool(problems) == any(m in "fa" for m in looked)
    for problem in problems:
        assert problem.state.open == (looked[-1] in "fa")
