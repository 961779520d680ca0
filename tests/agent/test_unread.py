"""`xunjian unread`: the ledger of a run and the bundle made of it."""

import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.unread import BundleError, show_unread
from collector.run_folder import RunFolder
from parsers.sample import read_folder
from tests.agent.conftest import DemoRun

JSON = Console(json=True)
ODD = b"  Flux capacitor of XJ-OFFICE-7  192.0.2.77  password cipher XJCANARY : Charging\r\n"


@pytest.fixture
def odd_run(demo_run: DemoRun, tmp_path: Path) -> RunFolder:
    """The demo run with a line in one device's answer that no template knows."""
    folder = tmp_path / "run"
    shutil.copytree(demo_run.folder, folder)
    run = RunFolder.open(folder)
    stored, _ = run.captures()
    device = _device(demo_run)
    (capture,) = [
        s.capture for s in stored if s.capture.device == device and s.capture.command == "display fan"
    ]
    head, _, tail = capture.raw.rpartition(b"\n")
    run.add_capture(replace(capture, raw=head + b"\n" + ODD + tail))
    return run


def _device(demo_run: DemoRun) -> str:
    """An H3C device of the demo that answered everything."""
    reports = demo_run.inspection.devices
    return next(r.device.name for r in reports if r.platform == "h3c_comware7" and r.reached)


def _hostname(demo_run: DemoRun) -> str:
    (report,) = [r for r in demo_run.inspection.devices if r.device.name == _device(demo_run)]
    return str(report.facts.identity.value.hostname)  # type: ignore[union-attr]


def test_every_command_that_was_not_understood_is_named(
    odd_run: RunFolder, demo_run: DemoRun, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show_unread(str(odd_run.path), Path(), None, JSON) is ExitCode.FINDINGS
    said = json.loads(capsys.readouterr().out)
    of_fans = [e for e in said["not_understood"] if e["command"] == "display fan"]
    assert [(e["device"], e["result"], len(e["unread"])) for e in of_fans] == [
        (_device(demo_run), "partly", 1)
    ]
    assert "password cipher ******" in of_fans[0]["unread"][0]["text"]
    refused = {(e["device"], e["command"]) for e in said["not_understood"] if e["result"] == "refused"}
    assert refused == {
        (report.device.name, record.command)
        for report in demo_run.inspection.devices
        for record in report.commands
        if record.status == "refused"
    }
    records = [record for report in demo_run.inspection.devices for record in report.commands]
    assert sum(said["results"].values()) == len(records)


def test_the_bundle_reads_like_the_original_and_names_nobody(
    odd_run: RunFolder, demo_run: DemoRun, tmp_path: Path
) -> None:
    bundle = tmp_path / "unread.zip"
    assert show_unread(str(odd_run.path), Path(), bundle, Console(quiet=True)) is ExitCode.FINDINGS
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600
    with ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "out")
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    (sample,) = read_folder(tmp_path / "out")
    assert sample.reading.platform == "h3c_comware7"
    assert sample.reading.command == "display fan"
    (line,) = sample.reading.unread
    assert line.text.startswith("  Flux capacitor of ")
    assert line.text.endswith("password cipher ****** : Charging")
    assert sample.reading.rows
    for secret in ("192.0.2.77", "XJCANARY", _hostname(demo_run), _device(demo_run)):
        assert secret not in everything
    assert "Flux" in (tmp_path / "out" / "look-at-these-words.txt").read_text("utf-8")
    ledger = json.loads((tmp_path / "out" / "ledger.json").read_text("utf-8"))
    assert {"partly", "parsed", "refused"} <= {entry["result"] for entry in ledger}


def test_a_run_that_was_understood_whole_is_clean(demo_run: DemoRun, tmp_path: Path) -> None:
    run = RunFolder.open(demo_run.folder)
    stored, _ = run.captures()
    whole = tmp_path / "run"
    shutil.copytree(demo_run.folder, whole)
    device = _device(demo_run)
    kept = [s.file for s in stored if s.capture.device == device and s.capture.status == "ok"]
    index = (whole / "index.jsonl").read_text("utf-8").splitlines()
    lines = [line for line in index if json.loads(line)["file"] in kept]
    (whole / "index.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert show_unread(str(whole), Path(), None, Console(quiet=True)) is ExitCode.CLEAN


def test_a_bundle_that_cannot_be_written_says_so(odd_run: RunFolder, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="the bundle cannot be written"):
        show_unread(str(odd_run.path), Path(), tmp_path / "no such folder" / "b.zip", Console(quiet=True))
