"""The demo site judged with accepted risks: nothing disappears, and the score says what it left out."""

from dataclasses import replace
from pathlib import Path

from agent.demo import demo_rules
from agent.judging import judge_run
from baselines.waivers import load_waivers
from checks.inspection import WaiverState
from collector.run_folder import RunFolder
from tests.agent.conftest import DemoRun

WAIVERS = """\
waivers:
  - {check: MGT-001, device: demo-acc-w1, owner: 王五, reason: 待改造, reference: X-7, expires: 2099-01-01}
  - {check: HW-001, device: "*", owner: 李四, reason: 备件在途, reference: X-9, expires: 2020-01-01}
  - {check: NTP-001, device: demo-core, owner: 李四, reason: 旧, reference: X-3, expires: 2099-01-01}
  - {check: NTP-001, device: demo-acc-h2, owner: 李四, reason: 旧, reference: X-4, expires: 2099-01-01}
"""


def test_an_accepted_problem_stays_listed_and_costs_nothing(demo_run: DemoRun, tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(WAIVERS, "utf-8")
    made, _ = judge_run(RunFolder.open(demo_run.folder), replace(demo_rules(), waivers=load_waivers(file)))
    before = demo_run.inspection
    assert [f.identity for f in made.findings] == [f.identity for f in before.findings]
    taken = [(f.check_id, f.device) for f in made.findings if f.waiver is not None]
    assert taken == [("MGT-001", "demo-acc-w1")]
    assert [use.state for use in made.waivers] == [
        WaiverState.APPLIED,
        WaiverState.EXPIRED,
        WaiverState.UNMATCHED,
        WaiverState.NOT_ASSESSED,
    ]
    scores = {report.device.name: report.score for report in before.devices}
    for report in made.devices:
        old = scores[report.device.name]
        assert report.score == (old + 20 if report.device.name == "demo-acc-w1" and old is not None else old)
    limits = "".join(made.conclusion.limits)
    for said in (
        "有 1 个问题为已接受的风险",
        "有 1 条风险接受记录已到期",
        "有 1 条风险接受记录没有对应的问题",
    ):
        assert said in limits
