"""`xunjian versions compare`: the answer, what decided it, and the exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app
from tests.agent.conftest import DemoRun

RUNNER = CliRunner()
DEMO = ["--advisories", "baselines/advisories/demo.yaml"]


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


def test_the_documents_of_the_demo(demo_run: DemoRun, tmp_path: Path) -> None:
    result = RUNNER.invoke(
        app, ["versions", "report", str(demo_run.folder), "--output", str(tmp_path), "--json", *DEMO]
    )
    assert result.exit_code == 3, result.output
    said = json.loads(result.stdout)
    assert said["exposures"] == {"affected": 3, "undetermined": 1, "mitigated": 2, "not_affected": 3}
    assert said["risk_factors"]["demo-agg-w1"] == 3.2
    assert {path.name for path in tmp_path.iterdir()} == {
        "versions.pdf",
        "versions.xlsx",
        "version-evaluation.pdf",
    }


CONFIG = "sysname sw1\n#\nospf 1\n area 0.0.0.0\n#\n"
ASK = ["advisories", "match", *DEMO, "--vendor", "huawei", "--model", "CE6857-48S6CQ-EI"]


def test_a_device_in_no_inventory(tmp_path: Path) -> None:
    config = tmp_path / "running.cfg"
    config.write_text(CONFIG, "utf-8")
    ask = [*ASK, "--version", "V200R019C10SPC800", "--config", str(config), "--json"]
    for patch, code, state in (
        ("none", 1, "affected"),
        ("V200R019SPH008", 1, "affected"),
        ("V200R019SPH012", 0, "not_affected"),
    ):
        result = RUNNER.invoke(app, [*ask, "--patch", patch])
        assert result.exit_code == code
        (exposure,) = json.loads(result.stdout)["exposures"]
        assert (exposure["id"], exposure["state"]) == ("XJ-DEMO-2026-002", state)
        assert exposure["fixed_in"] == ["V200R019SPH012"]
        assert all(ground["text"] and ground["field"] for ground in exposure["because"])
    unknown = json.loads(RUNNER.invoke(app, ask).stdout)["exposures"][0]
    assert (unknown["state"], unknown["reason"]) == ("undetermined", "not_collected")


def test_one_advisory_by_an_alias() -> None:
    ask = [
        *ASK,
        "--version",
        "V200R019C10SPC800",
        "--patch",
        "none",
        "--advisory",
        "xj-demo-case-0217",
        "--json",
    ]
    result = RUNNER.invoke(app, ask)
    (exposure,) = json.loads(result.stdout)["exposures"]
    assert (exposure["id"], exposure["state"]) == ("XJ-DEMO-2026-002", "undetermined")


def test_a_product_that_no_advisory_covers() -> None:
    ask = ["advisories", "match", *DEMO, "--vendor", "h3c", "--model", "X1", "--version", "R6616"]
    result = RUNNER.invoke(app, ask)
    assert result.exit_code == 1
    assert "未覆盖" in result.stdout


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (["--vendor", "acme", "--model", "X", "--version", "1"], "unknown vendor 'acme'"),
        (["--vendor", "h3c", "--model", "X", "--version", "1"], "不是 Comware 版本号"),
        (["--vendor", "h3c", "--model", "X", "--version", "R6616", "--advisory", "CVE-1"], "no advisory has"),
        (
            ["--vendor", "h3c", "--model", "X", "--version", "R6616", "--config", "/none"],
            "/none: No such file",
        ),
    ],
)
def test_a_wrong_question(ask: list[str], said: str) -> None:
    result = RUNNER.invoke(app, ["advisories", "match", *DEMO, *ask])
    assert result.exit_code == 2
    assert said in result.output
