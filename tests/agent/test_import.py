"""Logs that somebody recorded give what collecting over SSH gives, as far as logs can tell."""

import json
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pypdf
import pytest
import yaml
from typer.testing import CliRunner

from agent.cli import app
from agent.demo import demo_rules
from agent.exit_codes import ExitCode
from agent.importing import LEDGER, Import, import_logs
from agent.judging import judge_run
from agent.run import Selection, report_run
from checks.inspection import DeviceReport, Evidence, Inspection
from checks.verdict import Outcome, Severity
from collector.capture import Capture, Source
from collector.collect import facts_needed
from collector.platform import platforms
from collector.run_folder import RunFolder
from collector.simulator.site import load_plan
from collector.terminal import decode
from collector.visit import steps_for
from parsers.facts import Reason
from tests.agent.conftest import DemoRun
from tests.agent.recorded import RECORDED_AT, Said, captures_of, inventory, options, session_log, stamped_log

PLAN = load_plan()
NOT_FROM_LOGS = {"NTP-004": "nobody knows when our clock would have shown what as the device was asked"}
"""Checks that a log cannot answer, and why."""
GROWTH = frozenset({"CTL-002", "IF-002", "IF-003", "L2-004"})
"""Checks that need two answers with their times, which only a log with a time on every line has."""


@dataclass(frozen=True)
class Imported:
    inspection: Inspection
    run: RunFolder
    code: ExitCode
    log: Path
    said: Said


@pytest.fixture(scope="module")
def imported(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return import_as(session_log, demo_run, tmp_path_factory.mktemp("import"))


@pytest.fixture(scope="module")
def imported_stamped(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return import_as(stamped_log, demo_run, tmp_path_factory.mktemp("stamped"))


def import_as(form: Callable[[list[Capture]], str], demo_run: DemoRun, folder: Path) -> Imported:
    logs = (form(captures) for captures in captures_of(RunFolder.open(demo_run.folder)).values())
    log = folder / "巡检.log"
    log.write_bytes("".join(logs).encode("gb18030"))
    said = Said(quiet=True)
    what = Import(
        files=(log,), inventory=inventory(folder, demo_run.inspection), selection=Selection(), zone=UTC
    )
    code = import_logs(what, options(folder), said)
    assert said.errors == []
    (path,) = (folder / "data" / "runs").iterdir()
    run = RunFolder.open(path)
    inspection, damage = judge_run(run, demo_rules())
    assert damage == ()
    return Imported(inspection, run, code, log, said)


def lines_of(evidence: Evidence) -> tuple[str, int, tuple[str, ...]]:
    return evidence.command, evidence.first_line, evidence.lines


def told(inspection: Inspection) -> list[object]:
    """Every finding with the lines it rests on, whoever recorded them."""
    return [
        ((f.check_id, f.device, f.object, f.severity, f.message), [lines_of(e) for e in f.evidence])
        for f in inspection.findings
        if f.check_id not in NOT_FROM_LOGS.keys() | GROWTH
    ]


def test_the_log_is_gbk_and_not_utf8(imported: Imported) -> None:
    with pytest.raises(UnicodeDecodeError):
        imported.log.read_bytes().decode("utf-8")


def test_the_findings_are_the_same(demo_run: DemoRun, imported: Imported) -> None:
    assert told(imported.inspection) == told(demo_run.inspection)
    lost = {f.check_id for f in demo_run.inspection.findings} - {
        f.check_id for f in imported.inspection.findings
    }
    assert lost == NOT_FROM_LOGS.keys() | {"IF-002", "CTL-002"}


def test_with_a_time_on_every_line_no_finding_is_lost(demo_run: DemoRun, imported_stamped: Imported) -> None:
    assert told(imported_stamped.inspection) == told(demo_run.inspection)
    same = [
        [(f.check_id, f.device, f.object, f.severity) for f in inspection.findings]
        for inspection in (imported_stamped.inspection, demo_run.inspection)
    ]
    assert same[0] == same[1]
    assert NOT_FROM_LOGS.keys() <= {check for check, *_ in same[0]}


def reports(inspection: Inspection) -> dict[str, DeviceReport]:
    return {report.device.name: report for report in inspection.devices}


def test_every_verdict_is_the_same(demo_run: DemoRun, imported: Imported) -> None:
    before, after = reports(demo_run.inspection), reports(imported.inspection)
    for name in before.keys() - PLAN.unreachable:
        assert [
            (v.check_id, v.outcome, v.severity)
            for v in before[name].verdicts
            if v.check_id not in NOT_FROM_LOGS.keys() | GROWTH
        ] == [
            (v.check_id, v.outcome, v.severity)
            for v in after[name].verdicts
            if v.check_id not in NOT_FROM_LOGS.keys() | GROWTH
        ]


def test_growth_needs_times(imported: Imported, imported_stamped: Imported) -> None:
    """A log that gives one time to all its answers says nothing of growth."""
    for report in imported.inspection.reached:
        said = [r for v in report.verdicts if v.check_id in GROWTH for r in v.results]
        assert {r.outcome for r in said} <= {Outcome.NOT_ASSESSED, Outcome.NOT_APPLICABLE}
    grown = {(f.device, f.object) for f in imported_stamped.inspection.findings if f.check_id in GROWTH}
    assert grown == {("demo-acc-h1", "GigabitEthernet1/0/2"), ("demo-agg-w1", "slot 1 arp-request")}


def test_what_logs_cannot_tell_is_not_assessed_with_the_reason(imported: Imported) -> None:
    for report in imported.inspection.reached:
        for verdict in report.verdicts:
            if verdict.check_id in NOT_FROM_LOGS:
                assert verdict.outcome is Outcome.NOT_ASSESSED
                assert {r.reason for r in verdict.results} <= {Reason.NOT_COLLECTED, Reason.NO_BASELINE}
                assert all("离线日志" in r.message for r in verdict.results), report.device.name


def test_a_device_that_is_in_no_file_was_not_collected(imported: Imported) -> None:
    for name in PLAN.unreachable:
        report = reports(imported.inspection)[name]
        assert (report.reached, report.reason) == (False, Reason.NOT_COLLECTED)
        assert "没有这台设备" in report.detail
    assert imported.code is ExitCode.INCOMPLETE


def test_the_time_is_the_logs(imported: Imported) -> None:
    for report in imported.inspection.reached:
        assert report.source is Source.LOG
        assert report.collected_at == RECORDED_AT
        assert "离线日志 巡检.log；采集时间取自日志，按 UTC+00:00 换算" in report.detail
        assert all(record.elapsed_s is None for record in report.commands)


def test_the_report_says_how_it_was_collected(imported: Imported) -> None:
    pdf = pypdf.PdfReader(imported.run.path / "output" / "inspection.pdf")
    text = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "离线日志" in text
    assert "远程只读采集" not in text
    data = json.loads((imported.run.path / "output" / "inspection.json").read_text("utf-8"))
    assert {device["source"] for device in data["devices"] if device["reached"]} == {"log"}


def test_every_line_of_the_log_is_accounted_for(imported: Imported) -> None:
    ledger = json.loads((imported.run.path / "imported" / LEDGER).read_text("utf-8"))
    covered = {n for piece in ledger for n in range(piece["first_line"], piece["last_line"] + 1)}
    lines = decode(imported.log.read_bytes()).split("\n")
    assert [n for n, line in enumerate(lines, 1) if n not in covered and line.strip()] == []
    assert {(imported.run.path / piece["kept"]).read_bytes() for piece in ledger} == {
        imported.log.read_bytes()
    }
    captures = {c.sha256 for given in captures_of(imported.run).values() for c in given}
    assert {piece["sha256"] for piece in ledger if piece["fate"] == "used"} == captures


def test_what_was_not_used_is_said(imported: Imported) -> None:
    assert any("Authorised users only" in note or "Log start" in note for note in imported.said.notes)


def test_only_the_owner_can_read_what_was_imported(imported: Imported) -> None:
    kept = list((imported.run.path / "imported").iterdir())
    assert len(kept) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


@pytest.fixture
def one_log(demo_run: DemoRun, tmp_path: Path) -> Path:
    captures = captures_of(RunFolder.open(demo_run.folder))["demo-srv-i2"]
    log = tmp_path / "one.log"
    log.write_text(session_log(captures), "utf-8", newline="")
    return log


def without(file: Path, **changes: object) -> Path:
    data = yaml.safe_load(file.read_text("utf-8"))
    data["sites"][0] |= changes
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return file


def test_a_device_that_the_inventory_lacks_is_refused_by_name(
    demo_run: DemoRun, tmp_path: Path, one_log: Path
) -> None:
    file = inventory(tmp_path, demo_run.inspection)
    kept = [
        d for d in yaml.safe_load(file.read_text("utf-8"))["sites"][0]["devices"] if d["name"] == "demo-core"
    ]
    without(file, devices=kept)
    said = Said(quiet=True)
    what = Import(files=(one_log,), inventory=file, selection=Selection(), zone=UTC)
    assert import_logs(what, options(tmp_path), said) is ExitCode.USAGE
    assert "demo-srv-i2" in said.errors[0]
    assert "--add-unknown" in said.errors[0]
    assert not (tmp_path / "data").exists()
    added = Import(files=(one_log,), inventory=file, selection=Selection(), zone=UTC, add_unknown=True)
    assert import_logs(added, options(tmp_path), said) is ExitCode.INCOMPLETE
    (path,) = (tmp_path / "data" / "runs").iterdir()
    outcomes, _ = RunFolder.open(path).outcomes()
    assert {(o.device, o.reached) for o in outcomes} == {("demo-core", False), ("demo-srv-i2", True)}


@pytest.mark.parametrize(("authorization", "says"), [(None, "authorisation"), (["demo-core"], "demo-srv-i2")])
def test_without_a_record_that_names_the_device_it_is_refused(
    demo_run: DemoRun, tmp_path: Path, one_log: Path, authorization: list[str] | None, says: str
) -> None:
    file = inventory(tmp_path, demo_run.inspection)
    record = yaml.safe_load(file.read_text("utf-8"))["sites"][0]["authorization"]
    without(file, authorization=record | {"devices": authorization} if authorization else None)
    said = Said(quiet=True)
    what = Import(files=(one_log,), inventory=file, selection=Selection(), zone=UTC)
    assert import_logs(what, options(tmp_path), said) is ExitCode.REFUSED
    assert says in said.errors[0]


def test_only_the_selected_device_is_reported(demo_run: DemoRun, tmp_path: Path, one_log: Path) -> None:
    only = Selection(devices=frozenset({"demo-srv-i2"}))
    what = Import(
        files=(one_log,), inventory=inventory(tmp_path, demo_run.inspection), selection=only, zone=UTC
    )
    assert import_logs(what, options(tmp_path), Said(quiet=True)) is ExitCode.FINDINGS


def test_a_run_out_of_logs_can_be_judged_again(imported: Imported) -> None:
    said = Said(quiet=True)
    code = report_run(str(imported.run.path), demo_rules(), imported.run.data, None, Severity.MINOR, said)
    assert (code, said.errors) == (ExitCode.INCOMPLETE, [])


RECORDED = {
    "the log's": ("[2026-11-20 16:00:00] Log start\n", "2026-11-20 16:00:30+08:00", "日志"),
    "the device's": ("", "2026-11-20 16:00:30+08:00", "设备自身的时钟"),
    "the device's, without a zone": ("", "2026-11-20 16:00:30", "设备自身的时钟"),
    "nobody's": ("", "", "采集时间未知"),
    "a time to come": ("", "2099-11-20 16:00:30+08:00", "采集时间未知"),
}


@pytest.mark.parametrize("whose", RECORDED)
def test_times_are_told_with_their_origin(demo_run: DemoRun, tmp_path: Path, whose: str) -> None:
    head, clock, says = RECORDED[whose]
    captures = {c.command: decode(c.raw) for c in captures_of(RunFolder.open(demo_run.folder))["demo-acc-w1"]}
    prompt = "<demo-acc-w1>"
    texts = [captures["display version"], captures["display logbuffer"]]
    if clock:
        zone = "Time Zone(Beijing) : UTC+08:00\n" if "+" in clock else ""
        texts.append(f"display clock\n{clock}\nFriday\n{zone}{prompt}")
    log = tmp_path / "a.log"
    log.write_text(head + prompt + "".join(texts) + "\n", "utf-8")
    what = Import(
        files=(log,),
        inventory=inventory(tmp_path, demo_run.inspection),
        selection=Selection(devices=frozenset({"demo-acc-w1"})),
        zone=timezone(timedelta(hours=8)),
    )
    assert import_logs(what, options(tmp_path), Said(quiet=True)) is not ExitCode.USAGE
    (path,) = (tmp_path / "data" / "runs").iterdir()
    inspection, _ = judge_run(RunFolder.open(path), demo_rules())
    (report,) = inspection.devices
    assert says in report.detail
    known = says != "采集时间未知"
    assert report.source is (Source.LOG if known else Source.UNTIMED_LOG)
    assert (report.collected_at is not None) == known
    if whose.startswith("the device's"):
        assert report.collected_at == RECORDED_AT + timedelta(seconds=30)
    logs = next(verdict for verdict in report.verdicts if verdict.check_id == "LOG-001")
    if whose == "nobody's":
        assert [(r.outcome, r.reason) for r in logs.results] == [(Outcome.NOT_ASSESSED, Reason.NOT_COLLECTED)]


def test_what_the_log_lacks_is_not_collected(demo_run: DemoRun, tmp_path: Path) -> None:
    captures = captures_of(RunFolder.open(demo_run.folder))["demo-core"]
    log = tmp_path / "a.log"
    log.write_text(session_log([c for c in captures if c.command != "display fan"]), "utf-8", newline="")
    what = Import(
        files=(log,),
        inventory=inventory(tmp_path, demo_run.inspection),
        selection=Selection(devices=frozenset({"demo-core"})),
        zone=UTC,
    )
    import_logs(what, options(tmp_path), Said(quiet=True))
    (path,) = (tmp_path / "data" / "runs").iterdir()
    inspection, _ = judge_run(RunFolder.open(path), demo_rules())
    (report,) = inspection.devices
    assert "缺 1 项命令的输出" in report.detail
    fans = next(verdict for verdict in report.verdicts if verdict.check_id == "HW-003")
    assert [(r.outcome, r.reason) for r in fans.results] == [(Outcome.NOT_ASSESSED, Reason.NOT_COLLECTED)]


@pytest.mark.parametrize("platform", sorted(platforms()))
def test_the_script_asks_for_all_that_a_scan_would(platform: str) -> None:
    known = platforms()[platform]
    ended = CliRunner().invoke(app, ["commands", "--platform", platform, "--as", "script"])
    assert ended.exit_code == 0
    lines = ended.stdout.splitlines()
    assert tuple(lines[: len(known.no_paging)]) == known.no_paging
    assert len(lines) == len(set(lines))
    assert set(lines) <= known.allowed
    needs = facts_needed(fact for check in demo_rules().checks for fact in check.facts)
    asked = {command for step in steps_for(known, needs) for command in step.any_of}
    assert set(lines[len(known.no_paging) :]) == asked


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--utc-offset", "eight"), "eight"),
        (("--site", "nowhere"), "nowhere"),
        (("--device", "nobody"), "nobody"),
        (("--check", "XX-1"), "XX-1"),
    ],
)
def test_wrong_usage(
    demo_run: DemoRun, tmp_path: Path, one_log: Path, arguments: tuple[str, ...], says: str
) -> None:
    file = inventory(tmp_path, demo_run.inspection)
    ended = CliRunner().invoke(app, ["import", str(one_log), "-i", str(file), *arguments])
    assert ended.exit_code == ExitCode.USAGE
    assert says in ended.output


def test_a_damaged_archive_is_one_clear_error(demo_run: DemoRun, tmp_path: Path) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"PK\x03\x04" + b"\0" * 50)
    ended = CliRunner().invoke(app, ["import", str(bad), "-i", str(inventory(tmp_path, demo_run.inspection))])
    assert ended.exit_code == ExitCode.USAGE
    assert "bad.zip" in ended.output
