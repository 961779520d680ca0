"""`xunjian versions compare`: the answer, what decided it, and the exit codes."""

import json

import pytest
from typer.testing import CliRunner

from agent.cli import app

RUNNER = CliRunner()


@pytest.mark.parametrize(
    ("left", "right", "vendor", "code", "order"),
    [
        ("V200R019C10SPC900", "V200R019C10SPCa00", "huawei", 0, "less"),
        ("V200R019SPH012", "V200R019SPH008", "华为", 0, "greater"),
        ("V200R019C10", "V600R021C00", "huawei", 1, "incomparable"),
        ("R6616P2701", "R6616P29", "h3c", 0, "less"),
        ("R6715HS09", "R6715HS11", "新华三", 0, "less"),
        ("9.3(5)", "9.3(10)", "inspur", 0, "less"),
        ("6.6.6.R1.23", "6.6.6.R1.23", "inspur", 0, "equal"),
    ],
)
def test_two_versions(left: str, right: str, vendor: str, code: int, order: str) -> None:
    result = RUNNER.invoke(app, ["versions", "compare", left, right, "--vendor", vendor, "--json"])
    assert result.exit_code == code
    said = json.loads(result.stdout)
    assert (said["left"], said["right"], said["order"]) == (left, right, order)
    assert left in said["because"]


@pytest.mark.parametrize(
    ("left", "right", "vendor", "said"),
    [
        ("R6616", "6616", "h3c", "'6616' 不是 Comware 版本号"),
        ("9.3(5)", "6.6.6.R1.23", "inspur", "不是 INOS-CN 版本号"),
        ("R6616", "R6617", "acme", "unknown vendor 'acme'; known are huawei, h3c, inspur, cisco"),
    ],
)
def test_what_cannot_be_compared_at_all(left: str, right: str, vendor: str, said: str) -> None:
    result = RUNNER.invoke(app, ["versions", "compare", left, right, "--vendor", vendor])
    assert result.exit_code == 2
    assert said in result.output
