"""The shipped examples for cron and systemd: they say what the command understands."""

import configparser
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from agent.cli import app

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def called(line: str) -> list[str]:
    """The arguments of the command in a line, up to a redirection."""
    words = shlex.split(line)
    start = next(number for number, word in enumerate(words) if word.endswith("/bin/xunjian"))
    end = words.index(">>") if ">>" in words else len(words)
    return words[start + 1 : end]


def understood(arguments: list[str]) -> dict[str, object]:
    """Parse the arguments as the command line does; raises click's error for what it does not know."""
    group = get_command(app)
    name, *rest = arguments
    found = group.get_command(group.make_context("xunjian", ["--help"], resilient_parsing=True), name)  # type: ignore[attr-defined]
    context = found.make_context(name, rest)
    return dict(context.params)


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((EXAMPLES / name).read_text("utf-8"))
    return parser


def lines() -> dict[str, str]:
    cron = (EXAMPLES / "xunjian.cron").read_text("utf-8").splitlines()
    return {
        "cron": next(line for line in cron if "run-due" in line and not line.startswith("#")),
        "systemd": unit("xunjian.service")["Service"]["ExecStart"],
    }


@pytest.mark.parametrize("kind", ["cron", "systemd"])
def test_the_command_is_understood(kind: str) -> None:
    told = understood(called(lines()[kind]))
    assert str(told["inventory"]) == "/etc/xunjian/inventory.yaml"
    assert str(told["notify"]) == "/etc/xunjian/notices.yaml"
    assert told["time_limit"] == 180


def test_the_line_of_cron_has_five_times_and_an_account() -> None:
    times, account = lines()["cron"].split()[:5], lines()["cron"].split()[5]
    assert times == ["30", "1", "*", "*", "1-5"]
    assert account == "xunjian"


def test_findings_are_no_failure_of_the_service_but_gaps_are() -> None:
    service = unit("xunjian.service")["Service"]
    assert service["SuccessExitStatus"] == "1"
    assert service["Type"] == "oneshot"
    timer = unit("xunjian.timer")
    assert timer["Timer"]["OnCalendar"] == "Mon..Fri 01:30"
    assert timer["Timer"]["Persistent"] == "true"
