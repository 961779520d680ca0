"""Planted secrets, looked for in everything that leaves the raw captures, at the highest verbosity."""

import io
import logging
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pypdf
import pytest
import yaml

from collector.run_folder import RunFolder
from collector.simulator.server import Simulator
from collector.simulator.site import USERNAME, demo_devices
from parsers import masking
from tests.agent.command import Ended, command
from tests.agent.place import AUTHORIZATION
from tests.canaries import CANARY, LOGIN, leaks, planted

# Documents are written three times over.
pytestmark = pytest.mark.timeout(400)

ONE_OF_EACH = ("demo-core", "demo-agg-w1", "demo-acc-w1", "demo-srv-i1")
"""A device of every platform of the demo."""
RAW = ("captures", "imported")
"""Folders of a run in which outputs lie as they came."""


@dataclass(frozen=True)
class Inspected:
    """The demo site full of canaries, inspected, reported, exported and imported."""

    folder: Path
    run: Path
    inventory: Path
    said: dict[str, str]
    """What each command printed, and what was logged meanwhile."""

    @property
    def imported(self) -> Path:
        (run,) = (self.folder / "imports" / "runs").iterdir()
        return run


def told(ended: Ended) -> str:
    assert ended.code in (0, 1, 3), ended.err
    return ended.out + ended.err


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspected]:
    folder = tmp_path_factory.mktemp("canaries")
    heard = logging.StreamHandler(log := io.StringIO())
    root = logging.getLogger()
    before = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    try:
        switches = [planted(d) for d in demo_devices(LOGIN, realism=True) if d.name in ONE_OF_EACH]
        with Simulator(switches) as simulator:
            inventory = write_inventory(folder, simulator)
            scanned = command(
                *("scan", "-i", str(inventory), "--known-hosts", str(folder / "known_hosts")),
                *("--data", str(folder / "data"), "--output", str(folder / "documents")),
                *("--sample-gap", "0.5"),
                *("--log-json", str(folder / "log.jsonl"), "--verbose"),
                XJ_CANARY_PASSWORD=LOGIN,
            )
        (run,) = (folder / "data" / "runs").iterdir()
        said = {"scan": told(scanned)}
        said["unread"] = told(command("unread", str(run), "--bundle", str(folder / "unread.zip")))
        said["unread --json"] = told(command("unread", str(run), "--json"))
        said["import"] = told(
            command(
                *("import", str(recorded(folder, run)), "-i", str(inventory), "--data"),
                *(str(folder / "imports"), "--output", str(folder / "imported documents")),
            )
        )
        for platform, text in parsed(run).items():
            said[f"parse {platform}"] = text
        said["log"] = log.getvalue()
        said["log.jsonl"] = (folder / "log.jsonl").read_text("utf-8")
        yield Inspected(folder, run, inventory, said)
    finally:
        root.removeHandler(heard)
        root.setLevel(before)


def write_inventory(folder: Path, simulator: Simulator) -> Path:
    devices = []
    for name in simulator.devices:
        host, port = simulator.address(name)
        devices.append({"name": name, "host": host, "port": port, "credential": "demo"})
    site = {"name": "demo", "customer": "示例客户", "authorization": AUTHORIZATION, "devices": devices}
    credentials = {"demo": {"username": USERNAME, "password_env": "XJ_CANARY_PASSWORD"}}
    file = folder / "inventory.yaml"
    file.write_text(
        yaml.safe_dump({"credentials": credentials, "sites": [site]}, allow_unicode=True), "utf-8"
    )
    (folder / "known_hosts").write_text(simulator.known_hosts(), "utf-8")
    return file


def recorded(folder: Path, run: Path) -> Path:
    """What a terminal would have recorded of the same sessions."""
    logs = folder / "logs"
    logs.mkdir()
    for device in sorted((run / "captures").iterdir()):
        parts = [file.read_bytes() for file in sorted(device.iterdir())]
        prompt = parts[0].rpartition(b"\n")[2]
        (logs / f"{device.name}.log").write_bytes(prompt + b"".join(parts))
    return logs


def parsed(run: Path) -> dict[str, str]:
    """What `xunjian parse` prints of one configuration of each platform."""
    stored, _ = RunFolder.open(run).captures()
    outcomes = {o.device: o.platform for o in RunFolder.open(run).outcomes()[0]}
    said = {}
    for each in stored:
        asked = each.capture.command
        if asked in ("display current-configuration", "show running-config", "display interface"):
            platform = str(outcomes[each.capture.device])
            ended = command("parse", str(run / each.file), "-p", platform, "--command", asked, "--json")
            said[f"{platform} {asked}"] = told(ended)
    return said


def documents(folder: Path) -> dict[str, str]:
    texts = {"json": (folder / "inspection.json").read_text("utf-8")}
    pdf = pypdf.PdfReader(folder / "inspection.pdf")
    texts["pdf"] = "\n".join(page.extract_text() for page in pdf.pages)
    book = openpyxl.load_workbook(folder / "findings.xlsx")
    texts["xlsx"] = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    return {f"{folder.name}/{name}": text for name, text in texts.items()}


def derived(data: Path) -> dict[str, str]:
    """Every file of a data folder but the raw ones and the documents."""
    return {
        str(path.relative_to(data)): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(data.rglob("*"))
        if path.is_file() and not {*RAW, "output"} & set(path.relative_to(data).parts)
    }


def test_the_canaries_are_there(inspected: Inspected) -> None:
    for run, where in ((inspected.run, "captures"), (inspected.imported, "imported")):
        raw = b"".join(path.read_bytes() for path in (run / where).rglob("*") if path.is_file())
        for kind in ("F0", "DESC", "LOG", "BLOCK"):
            assert f"{CANARY}-{kind}".replace("-BLOCK", "BLOCK").encode() in raw, (where, kind)
        assert LOGIN.encode() not in raw


def test_no_command_prints_or_logs_one(inspected: Inspected) -> None:
    assert "paramiko" in inspected.said["log"] or "transport" in inspected.said["log"].lower()
    assert len(inspected.said["log.jsonl"].splitlines()) > 100
    assert leaks(inspected.said) == {}


@pytest.mark.parametrize("which", ["data", "imports"])
def test_no_file_about_a_run_holds_one(inspected: Inspected, which: str) -> None:
    texts = derived(inspected.folder / which)
    assert {"plan.json", "index.jsonl", "outcomes.jsonl"} <= {Path(name).name for name in texts}
    assert leaks(texts) == {}


@pytest.mark.parametrize("where", ["documents", "imported documents"])
def test_no_document_holds_one(inspected: Inspected, where: str) -> None:
    texts = documents(inspected.folder / where)
    assert any("******" in text for text in texts.values()), "lines with a secret are shown, masked"
    assert leaks(texts) == {}


def test_no_bundle_holds_one(inspected: Inspected) -> None:
    with ZipFile(inspected.folder / "unread.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert len(texts) > 2
    assert leaks(texts) == {}


def test_only_the_owner_can_read_any_of_it(inspected: Inspected) -> None:
    roots = (inspected.folder / "data", inspected.folder / "imports")
    paths = [path for root in roots for path in (root, *root.rglob("*"))]
    modes = {str(path): (stat.S_IMODE(path.stat().st_mode), path.is_dir()) for path in paths}
    wrong = {
        path: oct(mode) for path, (mode, folder) in modes.items() if mode != (0o700 if folder else 0o600)
    }
    assert wrong == {}
    assert stat.S_IMODE((inspected.folder / "unread.zip").stat().st_mode) == 0o600
    assert stat.S_IMODE((inspected.folder / "log.jsonl").stat().st_mode) == 0o600


def test_the_search_finds_what_is_not_masked(inspected: Inspected, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without masking, the same steps let canaries out: the tests above can fail."""
    monkeypatch.setattr(masking, "_HINTS", ())
    bare = inspected.folder / "bare"
    told(command("report", str(inspected.run), "--quiet", "--output", str(bare)))
    assert {"bare/json", "bare/pdf"} <= leaks(documents(bare)).keys()
    said = told(command("unread", str(inspected.run), "--json"))
    assert leaks({"unread": said}) != {}


def test_a_crash_of_ours_tells_no_secret(
    inspected: Inspected, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from agent import cli

    def crash() -> Any:
        raise ValueError(f"cannot read 'snmp-agent community write {CANARY}'")

    monkeypatch.setattr(cli, "app", crash)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 3
    assert "ValueError: cannot read 'snmp-agent community write ******" in said
    assert "Traceback" in said
    assert leaks({"traceback": said}) == {}
