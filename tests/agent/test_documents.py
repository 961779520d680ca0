"""What the documents for users say is so: commands, options, exit codes, files, links."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from agent.cli import app
from agent.cli.app import FailOn
from agent.exit_codes import ExitCode
from checks.verdict import SEVEREST_FIRST
from collector.platform import platforms

ROOT = Path(__file__).parent.parent.parent
READMES = ["README.md", "README.zh-CN.md"]
DOCUMENTS = [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", *sorted(str(p) for p in Path("docs").glob("*.md"))]


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """The command (typer's own object) that these words begin with, and the words left over."""
    command: Any = typer.main.get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    return command, words


def examples(text: str) -> list[str]:
    """Every call of xunjian in code of a document."""
    blocks = re.findall(r"```.*?\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`(xunjian [^`]+)`", text)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in (*lines, *inline) if line.startswith("xunjian ")]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_option_in_a_document_exists(document: str) -> None:
    for example in examples((ROOT / document).read_text("utf-8")):
        words = re.split(r"[>|]", example)[0].split()[1:]
        command, rest = command_of(words)
        if rest == ["--help"]:
            continue
        assert not hasattr(command, "commands"), example
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("-")} <= known, example


@pytest.mark.parametrize("document", READMES)
def test_the_exit_codes_are_all_there(document: str) -> None:
    table = re.findall(r"^\| (\d) \|", (ROOT / document).read_text("utf-8"), re.MULTILINE)
    assert [int(code) for code in table] == [code.value for code in ExitCode]


@pytest.mark.parametrize("document", READMES)
def test_the_platforms_are_all_there(document: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (ROOT / document).read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(platforms())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert ((ROOT / document).parent / target).exists(), target


def test_both_readmes_have_the_same_sections() -> None:
    shapes = [
        [line.split()[0] for line in (ROOT / name).read_text("utf-8").splitlines() if line.startswith("#")]
        for name in READMES
    ]
    assert shapes[0] == shapes[1]


def test_every_command_has_help_with_an_example() -> None:
    def leaves(command: Any) -> list[Any]:
        children = getattr(command, "commands", {}).values()
        return [leaf for child in children for leaf in leaves(child)] or [command]

    for leaf in leaves(typer.main.get_command(app)):
        assert leaf.help, leaf.name
        assert leaf.epilog, leaf.name
        assert "xunjian " in leaf.epilog, leaf.name


def test_fail_on_takes_every_severity() -> None:
    assert [choice.value for choice in FailOn] == [severity.value for severity in SEVEREST_FIRST]


def test_every_dependency_is_justified() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert block is not None
    names = re.findall(r'^\s+"([A-Za-z0-9_-]+)', block[1], re.MULTILINE)
    assert names
    assert [name for name in names if name not in text] == []
