from pathlib import Path

import pytest

from baselines.assurance_event import Event, EventError, load_event

GOOD = """
name: 春节重保-2027
period: {start: 2027-02-05T00:00:00+08:00, end: 2027-02-13T00:00:00+08:00}
sites: [hq]
labour:
  - {who: 张三, days: 1.5, what: 值守}
  - {who: 李四, days: 2, what: 巡检}
"""
PERIOD = "period: {start: 2027-02-05T00:00:00+08:00, end: 2027-02-13T00:00:00+08:00}\nsites: [hq]\n"
DAY = "2027-02-05T00:00:00"
PLAN = "plan: {overview: a, topology: b, steps: c, emergency: d, rollback: '', business_test: f}\n"


def load(folder: Path, text: str) -> Event:
    path = folder / "event.yaml"
    path.write_text(text, "utf-8")
    return load_event(path, ("interfaces", "configuration"))


def test_a_critical_period(tmp_path: Path) -> None:
    event = load(tmp_path, GOOD)
    assert (event.word, event.is_change, event.lead_days, event.days) == ("重保", False, 7, 3.5)
    assert event.check_by.isoformat() == "2027-01-29T00:00:00+08:00"


def test_a_change_names_what_its_plan_lacks(tmp_path: Path) -> None:
    event = load(tmp_path, f"name: x\nkind: change\n{PERIOD}{PLAN}")
    assert event.plan is not None
    assert (event.word, event.plan.missing) == ("变更保障", ("回退",))


WRONG = {
    "name: a b\n" + PERIOD: "name: value 'a b': must match",
    "name: x\nsites: [hq]\n": "period: is missing",
    f"name: x\nsites: [hq]\nperiod: {{start: {DAY}, end: {DAY}Z}}\n": "period.start",
    f"name: x\nsites: [hq]\nperiod: {{start: {DAY}Z, end: {DAY}Z}}\n": "end must be later",
    "name: x\nkind: change\n" + PERIOD: "a change needs its plan",
    "name: x\n" + PERIOD + PLAN: "only events of kind change",
    "name: x\n" + PERIOD.replace("[hq]", "[hq, hq]"): "a name stands there twice",
    "name: x\ndigest_at: '18:00+08:00'\n" + PERIOD: "without an offset",
    "name: x\nlabour: [{who: a, days: 0, what: b}]\n" + PERIOD: "labour.0.days",
    "name: x\nexpected: [{kind: tea, why: b}]\n"
    + PERIOD: "expected.0.kind: value 'tea': known are interfaces",
    "name: x\ntea: 1\n" + PERIOD: "tea: value 1: no such parameter",
    "- x": "must be `key: value` lines",
    "a: [": "no valid YAML",
}


@pytest.mark.parametrize("text", WRONG)
def test_mistakes_are_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(EventError) as error:
        load(tmp_path, text)
    assert WRONG[text] in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EventError, match="cannot be read"):
        load_event(tmp_path / "none.yaml", ())
