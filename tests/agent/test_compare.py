"""`xunjian compare` through the real command, over runs in a data folder."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from agent.judging import judge_run
from agent.rules import load_rules
from collector.platform import platforms
from collector.run_folder import RunFolder
from collector.run_record import RunState
from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.texts import render
from tests.agent.command import Ended, command
from tests.agent.test_previous import NOW, SITE, device
from tests.collector.lab import PASSWORD, USER, lab
from tests.injected import demo_outputs, inject, platform_of, site_of

W1 = "demo-agg-w1"
RULES = load_rules((), None, ())


def frozen(name: str) -> dict[str, str]:
    """What a device of the demo answers, its log no longer moving with the clock."""
    return {command_: render(text, NOW - timedelta(days=60)) for command_, text in demo_outputs(name).items()}


def run_of(
    data: Path, days: float, changes: dict[str, tuple[str, str]] | None = None, **how: Any
) -> RunFolder:
    """A run of one switch, with texts replaced in the outputs of commands."""
    outputs = frozen(W1)
    for command_, (old, new) in (changes or {}).items():
        assert old in outputs[command_]
        outputs[command_] = outputs[command_].replace(old, new)
    site = how.pop("site", site_of(device("a")))
    answers = how.pop("answers", {"a": (platform_of(W1), outputs)})
    run = inject(data, site, NOW - timedelta(days=days), answers, **how)
    judge_run(run, RULES)
    run.advance(RunState.JUDGED)
    return run


def compared(data: Path, *arguments: Any) -> Ended:
    return command("compare", *map(str, arguments), "--data", str(data))


def test_two_collections_of_an_unchanged_device_are_the_same(tmp_path: Path) -> None:
    before, after = run_of(tmp_path, 30), run_of(tmp_path, 0)
    ended = compared(tmp_path, before.path.name, after.path.name, "--json")
    told = json.loads(ended.out)
    assert told["changes"] == []
    assert sum(told["unchanged"].values()) > 50


def test_two_collections_over_ssh_of_an_unchanged_device_are_the_same(tmp_path: Path) -> None:
    known = platforms()[platform_of(W1)]
    switch = SimulatedDevice(
        name="a",
        platform=known,
        outputs=frozen(W1),
        accounts=(Account(username=USER, password=PASSWORD),),
    )
    names = []
    with lab(tmp_path, switch) as site:
        for _ in range(2):
            run = site.folder(site.plan(tuple(known.facts)))
            assert not site.run(run).interrupted
            judge_run(run, RULES)
            run.advance(RunState.JUDGED)
            names.append(run.path.name)
    told = json.loads(compared(tmp_path / "data", *names, "--json").out)
    assert told["changes"] == []
    assert sum(told["unchanged"].values()) > 50


def test_what_changed_is_told_and_written_down(tmp_path: Path) -> None:
    before = run_of(tmp_path, 30)
    config = "display current-configuration"
    after = run_of(tmp_path, 0, {config: ("ospf 1", "ospf 7")})
    sheet = tmp_path / "changes.xlsx"
    ended = compared(tmp_path, before.path.name, after.path, "--xlsx", sheet, "--json")
    assert ended.code == 1
    told = [(c["label"], c["object"].split()[0], c["change"]) for c in json.loads(ended.out)["changes"]]
    assert sorted(told) == [("配置", "ospf", "added"), ("配置", "ospf", "removed")]
    rows = list(openpyxl.load_workbook(sheet)["变化"].values)
    assert [row[1:4] for row in rows[1:]] == [("a", "配置", c) for c in (rows[1][3], rows[2][3])]
    shown = compared(tmp_path, before.path.name, after.path.name)
    assert "需解释的变化 2" in shown.out


def test_a_change_that_was_declared_needs_no_explanation(tmp_path: Path) -> None:
    before = run_of(tmp_path, 30)
    after = run_of(tmp_path, 0, {"display current-configuration": ("ospf 1", "ospf 7")})
    rules = tmp_path / "rules.yaml"
    rules.write_text("expected:\n- {kind: configuration, object: 'ospf *', why: 变更 1234}\n", "utf-8")
    ended = compared(tmp_path, before.path.name, after.path.name, "--rules", rules, "--json")
    told = json.loads(ended.out)
    assert (told["unexplained"], told["expected"]) == (0, 2)
    assert ended.code in (0, 3)


def test_secrets_are_masked(tmp_path: Path) -> None:
    before = run_of(tmp_path, 30)
    config = "display current-configuration"
    after = run_of(tmp_path, 0, {config: ("ospf 1", "local-user x password simple Fict1onal\nospf 1")})
    ended = compared(tmp_path, before.path.name, after.path.name, "--json")
    assert "local-user x" in ended.out
    assert "Fict1onal" not in ended.out


@pytest.mark.parametrize(
    "how", ["itself", "other site", "cut short", "not reached", "not there", "bad rules"]
)
def test_what_is_not_compared_is_one_error(tmp_path: Path, how: str) -> None:
    before = run_of(tmp_path, 30)
    second = {
        "itself": lambda: before,
        "other site": lambda: run_of(tmp_path, 0, site=site_of(device("a"), name="branch")),
        "cut short": lambda: run_of(tmp_path, 0, interrupted="到时间"),
        "not reached": lambda: run_of(tmp_path, 0, answers={"a": None}),
        "not there": lambda: RunFolder(tmp_path / "runs" / "nowhere"),
        "bad rules": lambda: run_of(tmp_path, 0),
    }[how]()
    rules = tmp_path / "rules.yaml"
    rules.write_text("tolerances: {fans.colour: {absolute: -1}}\nexpected: [{kind: cake, why: x}]\n", "utf-8")
    more = ("--rules", rules) if how == "bad rules" else ()
    ended = compared(tmp_path, before.path.name, second.path.name, *more)
    assert ended.code == 2
    said = {
        "itself": "with itself",
        "other site": "branch",
        "cut short": "not complete",
        "not reached": "not reached: a",
        "not there": "no run folder",
        "bad rules": "cannot be used, 1 to correct:\n  tolerances.fans.colour.absolute: value -1: ",
    }[how]
    assert said in ended.err
    if how in ("cut short", "not reached"):
        assert compared(tmp_path, before.path.name, second.path.name, "--incomplete").code in (0, 1, 3)


def test_rules_that_name_nothing_known_are_errors(tmp_path: Path) -> None:
    run = run_of(tmp_path, 30)
    rules = tmp_path / "rules.yaml"
    rules.write_text("tolerances: {fans.colour: {absolute: 1}}\nexpected: [{kind: cake, why: x}]\n", "utf-8")
    ended = compared(tmp_path, run.path.name, run.path.name, "--rules", rules)
    assert ended.code == 2
    assert "tolerances.fans.colour: is not compared" in ended.err
    assert "expected.0.kind: value 'cake': known are" in ended.err


def test_a_site_with_other_devices_is_compared_device_by_device(tmp_path: Path) -> None:
    before = run_of(tmp_path, 30)
    outputs = frozen(W1)
    both = {name: (platform_of(W1), outputs) for name in ("a", "b")}
    after = run_of(tmp_path, 0, site=SITE, answers=both)
    told = json.loads(compared(tmp_path, before.path.name, after.path.name, "--json").out)
    assert [(c["device"], c["kind"], c["change"]) for c in told["changes"]] == [("b", "devices", "added")]
