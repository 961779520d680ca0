"""Every fixture of ours, read by its template: no unread line, and every row field by field.

`fixtures/<platform>/<command_in_snake_case>/<name>.txt` is an output; `<name>.yml` beside it holds
the rows that must come out of it, as a list of mappings; values left out of a mapping must be empty.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.platform import platforms
from parsers.template import parse, template_path
from parsers.text import clean

FIXTURES = Path(__file__).parent / "fixtures"
OUTPUTS = sorted(FIXTURES.glob("*/*/*.txt"))


def full_command(platform_id: str, snake: str) -> str:
    """The command of a platform whose name in snake case is this folder's; blanks where it is never asked."""
    commands = platforms()[platform_id].commands()
    same = (c for c in commands if c.replace("-", "_").replace(" ", "_") == snake)
    return next(same, snake.replace("_", " "))


def rows_of(path: Path, platform_id: str) -> tuple[list[dict[str, Any]], list[str]]:
    platform = platforms()[platform_id]
    command = full_command(platform_id, path.parent.name)
    template = template_path(platform, command)
    assert template is not None, f"no template for {command!r}"
    lines = clean(path.read_bytes(), command, platform.prompt)
    parsed = parse(template, lines, command=command, capture="")
    rows = [{k: v for k, v in row.values.items() if v} for row in parsed.rows]
    return rows, [f"{line.number}: {line.text}" for line in parsed.unread]


@pytest.mark.parametrize("path", OUTPUTS, ids=[str(p.relative_to(FIXTURES)) for p in OUTPUTS])
def test_fixture_reads_as_written_down(path: Path) -> None:
    rows, unread = rows_of(path, path.parent.parent.name)
    assert unread == []
    assert rows == yaml.safe_load(path.with_suffix(".yml").read_text("utf-8"))


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_every_template_of_ours_has_two_fixtures(platform_id: str) -> None:
    templates = Path("parsers/templates") / platform_id
    counts = {t.stem: len(list((FIXTURES / platform_id / t.stem).glob("*.txt"))) for t in templates.glob("*")}
    assert {name: n for name, n in counts.items() if n < 2} == {}


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_every_template_of_ours_is_strict(platform_id: str) -> None:
    for template in (Path("parsers/templates") / platform_id).glob("*.textfsm"):
        text = template.read_text("utf-8")
        assert " -> Error" in text, f"{template.name}: lines it does not know would be lost in silence"
        assert "Required" in text, f"{template.name}: nothing says what makes a record"
        assert "^.* -> " not in text, f"{template.name}: a rule that swallows any line"
