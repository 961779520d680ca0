"""What the engine of parsers is tried on: our templates, fixtures, damage, and made-up templates."""

import io
import os
from functools import cache
from pathlib import Path

import textfsm
from hypothesis import strategies as st

from collector.platform import platforms
from parsers.executor import Machine, NotUnderstoodError, Record
from parsers.sample import LAYOUT
from parsers.template import parse, template_path
from parsers.text import clean
from tests.parsers.test_fixtures import full_command

FIXTURES = Path(__file__).parent / "fixtures"
TEMPLATES = Path("parsers/templates")
Numbered = list[tuple[int, str]]


def template_of(path: Path) -> Path:
    """The template that reads a fixture; a platform may use another's."""
    platform = platforms()[path.parent.parent.name]
    found = template_path(platform, full_command(platform.id, path.parent.name))
    assert found is not None, path
    return Path(found)


PAIRS = [(template_of(path), path) for path in sorted(FIXTURES.glob("*/*/*.txt"))]


def corpus_pairs() -> list[tuple[Path, Path]]:
    """Our templates with the real outputs of their commands, if `XUNJIAN_CORPUS` names some."""
    corpus = os.environ.get("XUNJIAN_CORPUS")
    return [
        (template, path)
        for family, ids in (LAYOUT.items() if corpus else ())
        for platform_id in ids
        for template in sorted((TEMPLATES / platform_id).glob("*.textfsm"))
        for path in sorted(Path(str(corpus), family, template.stem).glob("*.txt"))
    ]


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    platform = platforms()[path.parent.parent.name]
    return clean(path.read_bytes(), full_command(platform.id, path.parent.name), platform.prompt)


def numbered(lines: list[str] | tuple[str, ...]) -> Numbered:
    return list(enumerate(lines, start=1))


def outcome(machine: Machine, lines: Numbered) -> list[Record] | int:
    """The records, or the number of the line that no rule knows."""
    try:
        return machine.run(lines)
    except NotUnderstoodError as error:
        return error.number


def plain_rows(template: str, lines: list[str]) -> list[list[object]]:
    """What textfsm as it is published makes of these lines, by one call for each."""
    fsm = textfsm.TextFSM(io.StringIO(template))
    for line in lines:
        fsm._CheckLine(line)
        if fsm._cur_state_name in ("End", "EOF"):
            break
    return list(fsm.ParseText("")) if fsm._cur_state_name != "End" else list(fsm._result)


def assert_rows_are_those_of_the_kept_lines(template: Path, lines: list[str]) -> None:
    """The oracle of the forgiving reading."""
    parsed = parse(str(template), lines, command="", capture="")
    lost = {line.number for line in parsed.unread} | set(parsed.discarded)
    kept = [line for number, line in numbered(lines) if number not in lost]
    rows = [list(row.values.values()) for row in parsed.rows]
    assert rows == plain_rows(template.read_text("utf-8"), kept)
    assert not lost & {number for row in parsed.rows for number in row.seen.lines}


@st.composite
def damaged(draw: st.DrawFn, lines: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """Lines lost, doubled, swapped, cut, changed in one character, or mixed with those of another output."""
    result = list(lines)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, max(0, len(result) - 1)))
        line = result[at] if result else ""
        cut = draw(st.integers(0, len(line)))
        change = draw(st.integers(0, 6))
        replacement: list[list[str]] = [
            [],
            [line, line],
            [line[:cut]],
            [line[:cut] + draw(st.sampled_from("0x-:% \u00e9[")) + line[cut + 1 :]],
            [draw(st.sampled_from(others)) if others else "", line],
            ["¿what is this?", line],
            [line, *result[max(0, at - 3) : at]],
        ]
        result[at : at + 1] = replacement[change]
    return result


_OPTIONS = ["", "", "Required ", "Filldown ", "Filldown,Required ", "Required,Filldown ", "Key "]
_LIST_OPTIONS = ["List ", "List,Key ", "List,Required ", "Required,List ", "Filldown,List "]
_RULES = [
    "^{a}",
    "^{a} {b}$$",
    "^{a}( {b})?",
    "^x {a}",
    "^x",
    "^- {a} {b}",
    "^-",
    "^(?:x|-) {a}( {b})?$$",
    "^\\s*$$",
]
_ACTIONS = [
    "",
    "Record",
    "Continue",
    "Continue.Record",
    "Continue.Clearall",
    "Clear",
    "Clearall",
    "Next.Record",
]
WORDS = ["a", "b", "1", "22", "a 1", "b 22", "x a", "x 1", "x", "- a 1", "- b 22", "-", "", "?", "x b 22"]


@st.composite
def templates(draw: st.DrawFn, *, options: list[str]) -> str:
    """A template of two states with every operator; strict or not."""
    names = ["ALPHA", "BETA", "GAMMA"]
    text = [
        f"Value {draw(st.sampled_from(options))}{name} ({pattern})"
        for name, pattern in zip(names, ["[ab]", r"\d+", r"\w*"], strict=True)
    ]
    for state in ("Start", "Other"):
        text += ["", state]
        for _ in range(draw(st.integers(1, 5))):
            a, b = draw(st.permutations(names))[:2]
            rule = draw(st.sampled_from(_RULES)).format(a=f"${{{a}}}", b=f"${{{b}}}")
            action = draw(st.sampled_from(_ACTIONS))
            move = (
                ""
                if "Continue" in action
                else draw(st.sampled_from(["", "", "Start", "Other", "End", "EOF"]))
            )
            text.append(f"  {rule} -> {action} {move}".rstrip().removesuffix("->").rstrip())
        if draw(st.booleans()):
            text.append("  ^. -> Error")
    return "\n".join([*text, *(["", "EOF"] if draw(st.booleans()) else [])]) + "\n"


def any_template() -> st.SearchStrategy[str]:
    return templates(options=[*_OPTIONS, *_LIST_OPTIONS, "Fillup "])


def executable_template() -> st.SearchStrategy[str]:
    return templates(options=[*_OPTIONS, "List ", "List,Key "])
