"""Runs and the store: every run is remembered, by its own doing or by the next; none fails for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.history import decided
from agent.history.database import FILE, HistoryError
from agent.history.recording import memory, rebuild
from agent.history.store import History
from agent.judging import Rules, judge_run
from agent.rules import load_rules
from checks.inspection import Inspection
from checks.lifecycle import ProblemState
from collector.inventory import Device
from collector.run_folder import RunFolder
from collector.run_record import RunState
from tests.agent.history.conftest import Place
from tests.injected import demo_outputs, inject, platform_of, site_of

RULES = load_rules(("HW-003", "SYS-001"), None, ())
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
W1 = "demo-agg-w1"
SITE = site_of(Device(name="a", host="192.0.2.1"))


def answers(**changes: str) -> dict[str, Any]:
    """The aggregation switch of the demo, which has a broken fan."""
    outputs = dict(demo_outputs(W1)) | changes
    return {"a": (platform_of(W1), outputs)}


def judged(run: RunFolder, url: str, rules: Rules = RULES, said: list[str] | None = None) -> Inspection:
    with memory(run, url, (said if said is not None else []).append) as past:
        inspection, _ = judge_run(run, rules, earlier=past.earlier)
        told = past.remember(inspection)
    if run.state is RunState.COLLECTED:
        run.advance(RunState.JUDGED)
    return told


def run_of(place: Place, months: float, outputs: Any = None, **how: Any) -> RunFolder:
    return inject(place.data, SITE, NOW - months * MONTH, outputs or answers(), **how)


def remembered(place: Place) -> list[str]:
    history = place.open()
    try:
        return [run.id for run in history.runs()]
    finally:
        history.close()


def test_problems_are_followed_from_run_to_run(place: Place) -> None:
    fixed = {c: t.replace("Abnormal", "Normal") for c, t in demo_outputs(W1).items()}
    seen = []
    for months, outputs in ((3, None), (2, {"a": None}), (1, answers(**fixed)), (0, None)):
        past = judged(run_of(place, months, outputs), place.url).past
        assert past is not None
        seen += [(past.inspections, p.said) for p in past.problems if p.check_id == "HW-003"]
    assert seen == [(0, "新增"), (1, "新增"), (2, "已解决"), (3, "复发")]


def test_checks_get_the_values_of_earlier_runs(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for months in (2, 1):
        judged(run_of(place, months), place.url)
    run = run_of(place, 0)
    with memory(run, place.url, print) as past:
        series = past.earlier.series("a", frozenset(), frozenset("a"))
    cpu = {key: [s.at for s in samples] for key, samples in series.items() if key[0] == "cpu_pct"}
    assert [at - timedelta(seconds=10) for (times,) in [cpu.values()] for at in times] == [
        NOW - 2 * MONTH,
        NOW - MONTH,
    ]


def test_a_run_that_was_not_remembered_is_made_up_for_by_the_next(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise HistoryError("the history cannot be written: database or disk is full")

    said: list[str] = []
    first = run_of(place, 2)
    with monkeypatch.context() as patch:
        patch.setattr(History, "record", full)
        told = judged(first, place.url, said=said)
    assert told.past is not None
    assert [p.state for p in told.past.problems if p.check_id == "HW-003"] == [ProblemState.NEW]
    assert "disk is full" in said[0]
    assert remembered(place) == []
    second = run_of(place, 1)
    judged(second, place.url)
    assert remembered(place) == [second.path.name, first.path.name]


def test_a_broken_record_is_told_and_holds_up_nothing(place: Place) -> None:
    bad = run_of(place, 2)
    bad.keep_record(b"{}")
    said: list[str] = []
    good = run_of(place, 1)
    judged(good, place.url, said=said)
    assert remembered(place) == [good.path.name]
    assert bad.path.name in said[0]


def test_a_store_that_cannot_be_opened_fails_no_run_and_the_report_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run = inject(data, SITE, NOW, answers())
    (data / FILE).write_bytes(b"no database, but long enough to look at" * 100)
    said: list[str] = []
    told = judged(run, "", said=said)
    assert told.past is not None
    assert told.past.unavailable == "历史库无法打开"
    assert "not a database" in said[0]
    assert run.record() is not None


def test_a_run_judged_by_some_of_its_checks_is_not_remembered(place: Place) -> None:
    run = run_of(place, 0, checks=("HW-003", "SYS-001"))
    judged(run, place.url)
    before = run.record()
    judged(run, place.url, load_rules(("SYS-001",), None, ()))
    assert run.record() == before


def test_the_store_is_made_again_from_the_folders(place: Place) -> None:
    runs = [run_of(place, months) for months in (2, 1)]
    for run in runs:
        judged(run, place.url)
    bad = run_of(place, 0.5)
    bad.keep_record(b"{}")
    run_of(place, 0.2)  # never judged
    history = place.open()
    before = history.records("hq")
    history.forget([runs[0].path.name])
    made: list[str] = []
    assert list(rebuild(history, place.data / "runs", made.append)) == [bad.path.name]
    assert made == [run.path.name for run in reversed(runs)]
    assert history.records("hq") == before
    history.close()


def test_waivers_that_were_given_are_kept_once(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(
        "waivers:\n"
        "- {check: HW-003, device: a, owner: 王五, reason: 备件在途, reference: R-1, expires: 2027-01-01}\n",
        "utf-8",
    )
    rules = load_rules(("HW-003",), None, (), file)
    for months in (2, 1):
        told = judged(run_of(place, months), place.url, rules)
    assert told.past is not None
    assert [p.said for p in told.past.problems] == ["已接受"] * len(told.past.problems)
    history = place.open()
    kept = decided.export(history.engine)["waivers"]
    assert [(w["waiver"]["owner"], w["first_run_id"][:8]) for w in kept] == [("王五", "20260921")]
    history.close()
