"""The form of what only somebody on site can see: written, filled in, judged."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.exit_codes import ExitCode
from agent.judging import judge_run
from agent.rules import load_rules
from baselines.site_form import SiteFormError, load_site_form
from checks.registry import CHECKS
from checks.texts import check_texts
from checks.verdict import Outcome
from collector.run_folder import RunFolder
from collector.simulator.site import load_plan
from tests.agent.command import command
from tests.agent.conftest import DemoRun

MANUAL = {check.id for check in CHECKS if check_texts()[check.id].mode == "manual"}
EXAMPLE = Path(__file__).parents[2] / "inventory.example.yaml"


def test_the_form_that_is_written_can_be_read_and_holds_nothing(tmp_path: Path) -> None:
    output = tmp_path / "form.yaml"
    arguments = ("manual", "--site", "example-dc", "-i", str(EXAMPLE), "-o", str(output))
    assert command(*arguments).code == ExitCode.CLEAN
    filled = load_site_form(output).form
    assert filled.site == "example-dc"
    assert filled.filled_by is None
    named = {name for room in filled.rooms for name in room.devices}
    assert named == filled.devices.keys() != set()
    assert set(filled.devices.values()) == {None} or all(
        value is None for row in filled.devices.values() if row for _, value in row
    )
    again = command(*arguments)
    assert again.code == ExitCode.USAGE
    assert "already there" in again.err


def test_an_unknown_site_is_told(tmp_path: Path) -> None:
    ended = command("manual", "--site", "nowhere", "-i", str(EXAMPLE), "-o", str(tmp_path / "form.yaml"))
    assert ended.code == ExitCode.USAGE
    assert "nowhere" in ended.err


def test_without_a_form_everything_manual_is_not_assessed(demo_run: DemoRun) -> None:
    said = {
        verdict.outcome
        for device in demo_run.inspection.devices
        for verdict in device.verdicts
        if verdict.check_id in MANUAL
    }
    assert said <= {Outcome.NOT_ASSESSED, Outcome.NOT_APPLICABLE}
    assert Outcome.NOT_ASSESSED in said


FILLED = """\
site: {site}
filled_by: 演示工程师
filled_on: 2026-11-20
management_access: none
rooms:
  - {{name: A, devices: [demo-core, demo-acc-h2], temperature_c: 31.0, humidity_pct: 45, dust_ok: true}}
devices:
  demo-core: {{power_feeds: [A, A, A, A], panel_ok: true}}
  demo-acc-h2: {{panel_ok: false}}
"""


def test_what_was_filled_in_is_judged_with_the_entry_as_evidence(demo_run: DemoRun, tmp_path: Path) -> None:
    folder = RunFolder.open(demo_run.folder)
    path = tmp_path / "form.yaml"
    path.write_text(FILLED.format(site=folder.plan.site.name), "utf-8")
    rules = replace(load_rules(sorted(MANUAL), None, (), previous=None), form=load_site_form(path))
    inspection, _ = judge_run(folder, rules)
    found = {(f.check_id, f.device, f.object): f for f in inspection.findings}
    assert found.keys() == {
        ("ENV-003", "demo-core", "temperature_c"),
        ("ENV-004", "demo-core", ""),
        ("ENV-007", "demo-acc-h2", "panel_ok"),
        ("MGT-010", "demo-core", ""),
    }
    assert load_plan().unreachable == {"demo-acc-h2"}
    for finding in found.values():
        assert "演示工程师 于 2026-11-20 填写" in finding.message
        lines = [line for piece in finding.evidence for line in piece.lines]
        assert "filled_by: 演示工程师" in lines
        assert {piece.command for piece in finding.evidence} == {"现场检查表（人工填写）"}
    (core,) = (device for device in inspection.devices if device.device.name == "demo-core")
    outcomes = {verdict.check_id: verdict.outcome for verdict in core.verdicts}
    assert outcomes["ENV-006"] is Outcome.PASS
    assert outcomes["CFG-002"] is Outcome.NOT_ASSESSED


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("site: {site}", "site: other", "this run is of"), ("  demo-core:", "  demo-cor:", "demo-cor")],
)
def test_a_form_of_something_else_is_refused(
    demo_run: DemoRun, tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = RunFolder.open(demo_run.folder)
    path = tmp_path / "form.yaml"
    path.write_text(FILLED.replace(old, new).format(site=folder.plan.site.name), "utf-8")
    rules = replace(load_rules((), None, (), previous=None), form=load_site_form(path))
    with pytest.raises(SiteFormError, match=says):
        judge_run(folder, rules)
