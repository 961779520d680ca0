"""The inspection before: which run it is, how devices are found in it, and that nothing is read twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.judging import Rules, judge_run
from agent.previous import PreviousError
from agent.rules import load_rules
from checks.inspection import DeviceReport
from checks.verdict import Outcome
from collector.inventory import Device
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.run_record import RunState
from parsers import guarded
from reports.compared import basis
from tests.agent.command import command
from tests.injected import Outputs, demo_outputs, inject, platform_of, site_of

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
H1, W2 = "demo-acc-h1", "demo-acc-w2"
COMMANDS = {
    H1: ("display version", "display device manuinfo", "display current-configuration"),
    W2: ("display version", "display elabel brief", "display current-configuration"),
}


def answers(name: str) -> tuple[str, Outputs]:
    wanted = COMMANDS[name]
    return platform_of(name), {c: text for c, text in demo_outputs(name).items() if c in wanted}


def device(name: str) -> Device:
    return Device(name=name, host="192.0.2.1")


RULES = load_rules(("HW-010", "HA-001"), None, ())
SITE = site_of(device("a"), device("b"))
BOTH = {"a": answers(H1), "b": answers(W2)}


def judged(run: RunFolder, rules: Rules = RULES, state: RunState = RunState.JUDGED) -> RunFolder:
    judge_run(run, rules)
    run.advance(state)
    return run


def before(data: Path, months: float = 1, answers: Any = BOTH, **how: Any) -> RunFolder:
    return judged(inject(data, how.pop("site", SITE), NOW - months * MONTH, answers, **how))


def now(data: Path, rules: Rules = RULES, answers: Any = BOTH, **how: Any) -> dict[str, DeviceReport]:
    inspection, damage = judge_run(inject(data, how.pop("site", SITE), NOW, answers, **how), rules)
    assert damage == ()
    return {report.device.name: report for report in inspection.devices}


def runs(reports: dict[str, DeviceReport]) -> dict[str, str | None]:
    return {name: last_run(report) for name, report in reports.items()}


def last_run(report: DeviceReport) -> str | None:
    return None if report.previous is None else report.previous.run_id


def test_the_last_run_of_the_site_is_found(tmp_path: Path) -> None:
    before(tmp_path, 2)
    last = before(tmp_path, 1)
    before(tmp_path, 0.5, site=SITE.model_copy(update={"name": "branch"}))
    before(tmp_path, -1)
    found = now(tmp_path)
    assert runs(found) == {"a": last.path.name, "b": last.path.name}
    assert found["a"].previous is not None
    assert found["a"].previous.planned_at == NOW - MONTH


def test_checks_receive_it(tmp_path: Path) -> None:
    """A restart since then: uptime of the sample is 18 weeks, the last inspection a year ago."""
    before(tmp_path, 12)
    (verdict,) = [v for v in now(tmp_path)["a"].verdicts if v.check_id == "HW-010"]
    assert verdict.outcome is Outcome.FAIL
    assert "首次巡检" not in verdict.results[0].message


@pytest.mark.parametrize(
    "how",
    [
        {"interrupted": "到时间"},
        {"only_some_checks": True},
        {"profile": ProfileName.LIGHT},
    ],
    ids=str,
)
def test_a_run_that_is_no_whole_inspection_is_passed_over(tmp_path: Path, how: dict[str, Any]) -> None:
    whole = before(tmp_path, 2)
    before(tmp_path, 1, **how)
    assert set(runs(now(tmp_path)).values()) == {whole.path.name}


def test_a_run_that_was_not_judged_is_passed_over(tmp_path: Path) -> None:
    inject(tmp_path, SITE, NOW - MONTH, BOTH)
    assert set(runs(now(tmp_path)).values()) == {None}


def test_a_light_round_is_compared_with_the_light_round_before(tmp_path: Path) -> None:
    before(tmp_path, 2)
    light = before(tmp_path, 1, profile=ProfileName.LIGHT)
    assert set(runs(now(tmp_path, profile=ProfileName.LIGHT)).values()) == {light.path.name}


def test_a_device_that_was_not_reached_then_is_compared_with_the_time_before(tmp_path: Path) -> None:
    older = before(tmp_path, 2)
    last = before(tmp_path, 1, {"a": None, "b": answers(W2)})
    found = inject(tmp_path, SITE, NOW, BOTH)
    inspection, _ = judge_run(found, RULES)
    assert [last_run(r) for r in inspection.devices] == [older.path.name, last.path.name]
    told = basis(inspection)
    assert told.startswith(f"与上次巡检 {last.path.name}（2026-10-21）对比")
    assert f"1 台与更早的 {older.path.name}（2026-09-21）对比" in told


def test_a_renamed_device_is_known_by_its_serial_number(tmp_path: Path) -> None:
    last = before(tmp_path, 1)
    renamed = site_of(device("a-new"), device("b"))
    found = now(tmp_path, site=renamed, answers={"a-new": answers(H1), "b": answers(W2)})
    assert runs(found) == {"a-new": last.path.name, "b": last.path.name}
    assert found["a-new"].previous is not None
    assert found["a-new"].previous.name == "a"


def test_a_serial_number_of_a_device_that_keeps_its_name_is_not_taken(tmp_path: Path) -> None:
    """A second one with the same number stands beside it: the name is what it goes by."""
    last = before(tmp_path, 1, {"a": answers(H1)})
    both = site_of(device("a"), device("a-new"))
    found = now(tmp_path, site=both, answers={"a": answers(H1), "a-new": answers(H1)})
    assert runs(found) == {"a": last.path.name, "a-new": None}


def test_none_and_one_can_be_named(tmp_path: Path) -> None:
    older = before(tmp_path, 2)
    before(tmp_path, 1)
    assert set(runs(now(tmp_path, replace(RULES, previous=None))).values()) == {None}
    named = now(tmp_path, replace(RULES, previous=older.path.name))
    assert set(runs(named).values()) == {older.path.name}


def test_what_cannot_be_the_run_before_is_refused(tmp_path: Path) -> None:
    other = before(tmp_path, 1, site=SITE.model_copy(update={"name": "branch"}))
    run = inject(tmp_path, SITE, NOW, BOTH)
    for which, said in ((run.path.name, "with itself"), (other.path.name, "of site branch")):
        with pytest.raises(PreviousError, match=said):
            judge_run(run, replace(RULES, previous=which))


def test_a_broken_folder_is_told_and_passed_over(tmp_path: Path) -> None:
    last = before(tmp_path, 2)
    broken = before(tmp_path, 1)
    (broken.path / "plan.json").write_bytes(b"{")
    inspection, damage = judge_run(inject(tmp_path, SITE, NOW, BOTH), RULES)
    assert {last_run(r) for r in inspection.devices} == {last.path.name}
    assert [each.file for each in damage] == [broken.path.name]


@pytest.fixture
def never_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of devices whose captures of an earlier run are read again."""
    read: list[str] = []
    reading = guarded.read_device

    def counted(printed: Any) -> Any:
        read.append(printed.captures[0].device)
        return reading(printed)

    monkeypatch.setattr("agent.run_facts.read_device", counted)
    return read


def test_a_run_that_was_judged_is_not_read_again(tmp_path: Path, never_read: list[str]) -> None:
    last = before(tmp_path)
    now(tmp_path)
    assert never_read == []
    (last.path / "facts" / "a.json").write_bytes(b'{"version": "of another time"}')
    found = now(tmp_path)
    assert never_read == ["a"]
    assert set(runs(found).values()) == {last.path.name}
    now(tmp_path)
    assert never_read == ["a"], "what was read again is kept"


def test_facts_that_are_older_than_the_captures_do_not_count(tmp_path: Path) -> None:
    run = before(tmp_path)
    assert run.facts("a") is not None
    run._write_state(RunState.COLLECTED, "")
    assert run.facts("a") is None


def test_a_folder_that_cannot_be_written_costs_only_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(RunFolder, "keep_facts", full)
    run = inject(tmp_path, SITE, NOW - MONTH, BOTH)
    inspection, damage = judge_run(run, RULES)
    assert all(report.reached for report in inspection.devices)
    assert ["No space left" in each.detail for each in damage] == [True, True]
    run.advance(RunState.JUDGED)
    monkeypatch.undo()
    assert set(runs(now(tmp_path)).values()) == {run.path.name}


def test_secrets_are_not_kept(tmp_path: Path) -> None:
    platform, outputs = answers(H1)
    told = dict(outputs)
    config = "display current-configuration"
    told[config] = told[config].replace("\n#\n", "\n#\nlocal-user x\n password simple Fict1onal\n#\n", 1)
    run = before(tmp_path, 1, {"a": (platform, told)})
    kept = (run.path / "facts" / "a.json").read_text("utf-8")
    assert "local-user x" in kept
    assert "Fict1onal" not in kept
    assert (run.path / "facts" / "a.json").stat().st_mode & 0o777 == 0o600


def test_the_command_line_names_the_run(tmp_path: Path) -> None:
    last = judged(inject(tmp_path, SITE, NOW - MONTH, BOTH))
    run = judged(inject(tmp_path, SITE, NOW, BOTH))
    output = tmp_path / "out"
    arguments = ("report", str(run.path), "--data", str(tmp_path), "--check", "HW-010", "-o", str(output))
    told = {}
    for more in ((), ("--no-previous",), ("--previous", last.path.name)):
        assert command(*arguments, *more).code in (0, 1)
        told[more] = last.path.name in (output / "inspection.json").read_text("utf-8")
    assert told == {(): True, ("--no-previous",): False, ("--previous", last.path.name): True}
    both = command(*arguments, "--no-previous", "--previous", last.path.name)
    assert both.code == 2
    assert "exclude each other" in both.err
    itself = command(*arguments, "--previous", run.path.name)
    assert itself.code == 2
    assert "with itself" in itself.err
