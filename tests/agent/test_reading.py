"""`xunjian parse` and `xunjian coverage`."""

import json
from pathlib import Path

import pytest

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.reading import coverage, parse_file

CLOCK = "10:20:30 UTC Sun 11/22/2026\n"
JSON = Console(json=True)


def output(folder: Path, text: str) -> Path:
    path = folder / "h3c_comware7" / "display_clock" / "one.txt"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path


def test_parse_shows_everything_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = parse_file("h3c_comware7", "display clock", output(tmp_path, CLOCK), JSON)
    said = json.loads(capsys.readouterr().out)
    assert code is ExitCode.CLEAN
    assert said["understood"] is True
    assert said["template"] == "display_clock.textfsm"
    assert said["facts"]["clock"][0]["device_time"].startswith("2026-11-22 10:20:30")
    assert said["unread"] == []


def test_parse_names_the_lines_it_could_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = parse_file("h3c_comware7", "display clock", output(tmp_path, f"{CLOCK}odd\n"), Console())
    assert code is ExitCode.FINDINGS
    assert "unread line 2: odd" in capsys.readouterr().out


def test_parse_shows_no_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "snmp-agent community read cipher XJCANARY\n"
    parse_file("h3c_comware7", "display clock", output(tmp_path, text), Console())
    said = capsys.readouterr().out
    assert "snmp-agent community read cipher ******" in said
    assert "XJCANARY" not in said


def test_coverage_counts_per_platform_and_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output(tmp_path, CLOCK).with_name("two.txt").write_text(f"{CLOCK}odd\n", "utf-8")
    assert coverage(tmp_path, JSON) is ExitCode.FINDINGS
    said = json.loads(capsys.readouterr().out)
    assert said["totals"] == [
        {
            "platform": "h3c_comware7",
            "command": "display clock",
            "samples": 2,
            "covered": 2,
            "understood": 1,
        }
    ]
    assert [(s["file"], s["understood"]) for s in said["samples"]] == [
        ("h3c_comware7/display_clock/one.txt", True),
        ("h3c_comware7/display_clock/two.txt", False),
    ]
    assert said["samples"][1]["unread"] == [{"line": 2, "text": "odd"}]


@pytest.mark.parametrize("platform", ["no_such", "h3c_comware7"])
def test_wrong_input_is_one_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], platform: str
) -> None:
    code = parse_file(platform, "display clock", tmp_path / "none.txt", Console())
    assert code is ExitCode.USAGE
    assert capsys.readouterr().err.startswith("error: ")


def test_a_folder_of_another_layout_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage(tmp_path, Console()) is ExitCode.USAGE
    assert "command_in_snake_case" in capsys.readouterr().err
