"""The demo site: every planted fault is found, nothing else is, and nothing secret gets out."""

import json
import stat
from pathlib import Path

import openpyxl
import pypdf
import pytest

from baselines.baseline import load_baseline
from checks.score import missing_data_pct
from checks.verdict import Outcome
from collector.simulator.site import load_plan
from parsers.facts import Reason
from tests.agent.conftest import DemoRun

PLAN = load_plan()
REACHED = [device.name for device in PLAN.devices if device.name not in PLAN.unreachable]


def test_every_planted_fault_is_found_and_nothing_else(demo_run: DemoRun) -> None:
    found = {(f.check_id, f.device, f.object, f.severity.value) for f in demo_run.inspection.findings}
    planted = {(fault.check, fault.device, fault.object, fault.severity) for fault in PLAN.faults}
    assert found - planted == set(), "found, but not planted"
    assert planted - found == set(), "planted, but not found"
    assert len(demo_run.inspection.findings) == len(PLAN.faults)


@pytest.mark.parametrize("number", range(len(PLAN.faults)))
def test_every_finding_shows_the_lines_it_rests_on(demo_run: DemoRun, number: int) -> None:
    finding = demo_run.inspection.findings[number]
    captures = {r.sha256 for d in demo_run.inspection.devices for r in d.commands}
    assert finding.evidence, finding
    for evidence in finding.evidence:
        assert evidence.sha256 in captures
        assert evidence.command


EVIDENCE_LINES = {
    ("HW-001", "demo-core"): "Fault",
    ("OPT-001", "demo-core"): "RX",
    ("MGT-006", "demo-core"): "snmp-agent community write",
    ("L3-001", "demo-core"): "ExStart",
    ("ENV-001", "demo-acc-h1"): "hotspot",
    ("HW-003", "demo-agg-w1"): "Abnormal",
    ("L2-009", "demo-agg-w1"): "10GE1/0/48",
    ("IF-001", "demo-acc-w1"): "XGigabitEthernet1/0/1",
    ("SYS-001", "demo-acc-w1"): "85%",
    ("MGT-001", "demo-acc-w1"): "telnet",
    ("IF-008", "demo-acc-w2"): "bpdu",
    ("SYS-004", "demo-srv-i1"): "Memory usage",
    ("IF-005", "demo-srv-i1"): "half",
    ("HW-006", "demo-srv-i2"): "powered-dn",
    ("HW-010", "demo-srv-i2"): "3 day(s)",
}


@pytest.mark.parametrize(("check", "device"), EVIDENCE_LINES)
def test_the_evidence_is_the_line_that_says_so(demo_run: DemoRun, check: str, device: str) -> None:
    found = [f for f in demo_run.inspection.findings if (f.check_id, f.device) == (check, device)]
    lines = [line for f in found for evidence in f.evidence for line in evidence.lines]
    wanted = EVIDENCE_LINES[check, device].lower()
    assert any(wanted in line.lower() for line in lines), lines


def test_the_unreachable_device_is_not_assessed_by_any_check(demo_run: DemoRun) -> None:
    (report,) = [d for d in demo_run.inspection.devices if d.device.name in PLAN.unreachable]
    assert not report.reached
    assert report.reason is Reason.UNREACHABLE
    assert report.score is None
    assert report.count(Outcome.NOT_ASSESSED) == len(report.verdicts) == len(demo_run.inspection.texts)


def test_the_refused_commands_make_their_checks_not_assessed(demo_run: DemoRun) -> None:
    (report,) = [d for d in demo_run.inspection.devices if d.device.name == "demo-acc-w2"]
    refused = {c.command for c in report.commands if c.status == "no_privilege"}
    assert refused == PLAN.denied("demo-acc-w2")
    reasons = {
        verdict.check_id: result.reason
        for verdict in report.verdicts
        for result in verdict.results
        if result.reason is not None
    }
    assert {check for check, why in reasons.items() if why is Reason.NO_PRIVILEGE} == {"CFG-001"}
    passed = {v.check_id for v in report.verdicts if v.outcome is Outcome.PASS}
    assert not passed & reasons.keys()


def test_enough_is_known_to_give_a_grade(demo_run: DemoRun) -> None:
    """With room for a few checks to come: the demo is the first report that anybody sees."""
    inspection = demo_run.inspection
    verdicts = [verdict for report in inspection.devices for verdict in report.verdicts]
    assert missing_data_pct(verdicts) < load_baseline().scoring.not_assessed_max_pct.site - 1
    assert inspection.conclusion.grade == "中"
    assert inspection.conclusion.score is not None
    assert {r.device.name for r in inspection.devices if r.score is None} == PLAN.unreachable
    pages = pypdf.PdfReader(demo_run.output / "inspection.pdf").pages
    assert "总体评级为「中」" in "".join("".join(page.extract_text() for page in pages[3:5]).split())


def test_what_was_not_assessed_lowers_the_conclusion(demo_run: DemoRun) -> None:
    inspection = demo_run.inspection
    assert not inspection.complete
    assert inspection.conclusion.grade != "优"
    said = "".join((*inspection.conclusion.sentences, *inspection.conclusion.limits))
    assert "demo-acc-h2" in said or "1 台" in said
    assert "未检查" in said


@pytest.mark.parametrize("device", REACHED)
def test_every_output_of_the_demo_is_read_completely(demo_run: DemoRun, device: str) -> None:
    (report,) = [d for d in demo_run.inspection.devices if d.device.name == device]
    assert report.unread == ()
    assert {
        c.command: c.status for c in report.commands if c.status == "ok" and not c.parsed.understood
    } == {}


def derived_texts(run: DemoRun) -> dict[str, str]:
    """All that leaves the raw captures, as text, by file."""
    texts = {
        str(path.relative_to(run.folder)): path.read_text("utf-8")
        for path in run.folder.rglob("*")
        if path.is_file() and path.suffix in {".json", ".jsonl"}
    }
    pdf = pypdf.PdfReader(run.output / "inspection.pdf")
    texts["pdf"] = "\n".join(page.extract_text() for page in pdf.pages)
    book = openpyxl.load_workbook(run.output / "findings.xlsx")
    texts["xlsx"] = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    return texts


def captures(run: DemoRun) -> list[Path]:
    return [path for path in (run.folder / "captures").rglob("*") if path.is_file()]


def test_no_secret_is_in_anything_derived(demo_run: DemoRun) -> None:
    texts = derived_texts(demo_run)
    assert {"plan.json", "index.jsonl", "outcomes.jsonl", "pdf", "xlsx"} <= texts.keys()
    for name, text in texts.items():
        assert "XJCANARY" not in text, name
        assert demo_run.password not in text, name


def test_the_canaries_are_really_in_the_captures_and_the_password_is_not(demo_run: DemoRun) -> None:
    raw = b"".join(path.read_bytes() for path in captures(demo_run))
    for name in REACHED:
        if not PLAN.denied(name):
            assert f"XJCANARY-CIPHER-{name}".encode() in raw, name
    assert demo_run.password.encode() not in raw


def test_only_the_owner_can_read_the_run(demo_run: DemoRun) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in captures(demo_run)}
    assert modes == {0o600}
    assert stat.S_IMODE(demo_run.folder.stat().st_mode) == 0o700


def test_the_json_says_the_same_as_the_inspection(demo_run: DemoRun) -> None:
    data = json.loads((demo_run.output / "inspection.json").read_text("utf-8"))
    assert [f["number"] for f in data["findings"]] == [f.number for f in demo_run.inspection.findings]


def test_the_workbook_lists_every_finding(demo_run: DemoRun) -> None:
    book = openpyxl.load_workbook(demo_run.output / "findings.xlsx")
    cells = {str(cell) for row in book["问题清单"].values for cell in row}
    assert {f.number for f in demo_run.inspection.findings} <= cells


def test_the_report_is_short_enough_to_be_read(demo_run: DemoRun) -> None:
    """Nine devices and some seventy findings: what is looked up is in the workbook, not in the pages."""
    assert len(pypdf.PdfReader(demo_run.output / "inspection.pdf").pages) <= 72
