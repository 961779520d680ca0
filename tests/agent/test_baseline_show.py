"""`xunjian baseline show`, and the example in docs/baselines.md."""

import json
import re
from pathlib import Path

import pytest

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.listing import show_baseline

ROOT = Path(__file__).parents[2]
INVENTORY = ROOT / "inventory.example.yaml"


def documented(folder: Path) -> Path:
    page = (ROOT / "docs" / "baselines.md").read_text("utf-8")
    example = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    (folder / "mine").mkdir()
    (folder / "group.yaml").write_text("checks:\n  SYS-004: {warn_pct: 60}\n", "utf-8")
    path = folder / "mine" / "own.yaml"
    path.write_text(example, "utf-8")
    return path


@pytest.mark.parametrize(
    ("device", "warn_pct", "line"), [("core-1", 60, 11), ("agg-1", 70, 3), ("access-1", 70, 3)]
)
def test_the_documented_example_does_what_it_says(
    device: str, warn_pct: int, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = documented(tmp_path)
    assert show_baseline(device, INVENTORY, own, Console(json=True)) is ExitCode.CLEAN
    shown = {(p["check"], p["name"]): p for p in json.loads(capsys.readouterr().out)["parameters"]}
    assert shown["SYS-001", "warn_pct"]["value"] == warn_pct
    assert shown["SYS-001", "warn_pct"]["origin"] == f"{own}:{line}"
    assert shown["SYS-004", "warn_pct"]["origin"].endswith("group.yaml:2")
    assert shown["SYS-004", "crit_pct"]["origin"].startswith("baselines/default.yaml:")


def test_a_device_that_is_not_in_the_inventory_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert show_baseline("nobody", INVENTORY, None, Console()) is ExitCode.USAGE
    assert "nobody: no such device" in capsys.readouterr().err
