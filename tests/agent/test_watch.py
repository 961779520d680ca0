"""`xunjian advisories watch`: new is what was not told before, or what became worse."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agent.cli import app
from agent.watch import FILE
from tests.agent.conftest import DemoRun

RUNNER = CliRunner()
DEMO = "baselines/advisories/demo.yaml"


@pytest.fixture
def data(demo_run: DemoRun, tmp_path: Path) -> Path:
    shutil.copytree(demo_run.folder, tmp_path / "runs" / demo_run.folder.name)
    return tmp_path


def watch(data: Path, *more: str) -> tuple[int, dict[str, Any]]:
    result = RUNNER.invoke(
        app, ["advisories", "watch", "--data", str(data), "--advisories", DEMO, "--json", *more]
    )
    return result.exit_code, json.loads(result.stdout)


def test_everything_is_new_once(data: Path) -> None:
    code, said = watch(data)
    assert code == 1
    assert said["devices"] == 8
    assert sorted((each["device"], each["id"], each["state"]) for each in said["new"]) == [
        ("demo-agg-w1", "XJ-DEMO-2026-002", "affected"),
        ("demo-agg-w2", "XJ-DEMO-2026-002", "affected"),
        ("demo-core", "XJ-DEMO-2026-006", "undetermined"),
        ("demo-srv-i2", "XJ-DEMO-2026-003", "affected"),
    ]
    assert watch(data) == (0, {"devices": 8, "new": []})


def test_what_was_open_and_is_affected_now_is_new(data: Path) -> None:
    watch(data)
    record = json.loads((data / FILE).read_text("utf-8"))
    record["told"]["demo/demo-agg-w1"]["XJ-DEMO-2026-002"] = "undetermined"
    record["told"]["demo/demo-core"]["XJ-DEMO-2026-006"] = "affected"
    (data / FILE).write_text(json.dumps(record), "utf-8")
    code, said = watch(data)
    assert code == 1
    assert [(each["device"], each["before"]) for each in said["new"]] == [("demo-agg-w1", "undetermined")]


def test_keeping_on_telling_records_nothing(data: Path) -> None:
    assert watch(data, "--keep-telling")[0] == 1
    assert not (data / FILE).exists()


def test_another_site_has_no_devices(data: Path) -> None:
    assert watch(data, "--site", "elsewhere") == (0, {"devices": 0, "new": []})


def test_a_damaged_record_is_said(data: Path) -> None:
    (data / FILE).parent.mkdir(parents=True)
    (data / FILE).write_text("[]", "utf-8")
    result = RUNNER.invoke(app, ["advisories", "watch", "--data", str(data), "--advisories", DEMO])
    assert result.exit_code == 2
    assert "watch.json: not the record of what was told" in result.output
