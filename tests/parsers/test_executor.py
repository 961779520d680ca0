"""The executor makes the same of every line as textfsm: records, their line numbers, and where it stops."""

import io
from functools import cache
from pathlib import Path

import pytest
import textfsm
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.executor import Executor, TextMachine, expressible
from parsers.executor_states import _DEEPEST, MEMORY, states_of
from tests.parsers.engine_cases import (
    FIXTURES,
    PAIRS,
    TEMPLATES,
    WORDS,
    any_template,
    assert_rows_are_those_of_the_kept_lines,
    corpus_pairs,
    damaged,
    executable_template,
    lines_of,
    numbered,
    outcome,
    plain_rows,
)

OURS = sorted(TEMPLATES.glob("*/*.textfsm"))


@cache
def machines(template: Path) -> tuple[TextMachine, Executor]:
    machine = TextMachine(template.read_text("utf-8"))
    return machine, Executor(machine.fsm)


@pytest.mark.parametrize("template", OURS, ids=[str(path.relative_to(TEMPLATES)) for path in OURS])
def test_the_executor_knows_every_option_of_ours(template: Path) -> None:
    assert expressible(machines(template)[0].fsm)


@pytest.mark.parametrize(("template", "path"), PAIRS, ids=[str(p.relative_to(FIXTURES)) for _, p in PAIRS])
def test_a_fixture_gives_the_same_records(template: Path, path: Path) -> None:
    oracle, executor = machines(template)
    expected = outcome(oracle, numbered(lines_of(path)))
    assert isinstance(expected, list)
    assert executor.run(numbered(lines_of(path))) == expected
    assert executor.run(numbered(lines_of(path))) == expected, "differs with lines remembered"
    rows = plain_rows(template.read_text("utf-8"), list(lines_of(path)))
    assert [list(values) for values, _ in expected] == rows


@pytest.mark.skipif(not corpus_pairs(), reason="XUNJIAN_CORPUS names no folder of real outputs")
@pytest.mark.parametrize("family", sorted({path.parent.parent.name for _, path in corpus_pairs()}))
def test_real_outputs_give_the_same_records(family: str) -> None:
    for template, path in corpus_pairs():
        if path.parent.parent.name == family:
            oracle, executor = machines(template)
            lines = path.read_text("utf-8", errors="replace").split("\n")
            for read in (lines, lines[1:]):  # with an echo of the command in front, and without
                assert outcome(executor, numbered(read)) == outcome(oracle, numbered(read)), path
            assert_rows_are_those_of_the_kept_lines(template, lines)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_damaged_outputs_give_the_same_records_or_stop_at_the_same_line(data: st.DataObject) -> None:
    template, path = data.draw(st.sampled_from(PAIRS))
    _, other = data.draw(st.sampled_from(PAIRS))
    lines = numbered(data.draw(damaged(lines_of(path), lines_of(other))))
    oracle, executor = machines(template)
    assert outcome(executor, lines) == outcome(oracle, lines)


@settings(max_examples=600, deadline=None)
@given(executable_template(), st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_template_gives_the_same_records(template: str, lines: list[str]) -> None:
    oracle = TextMachine(template)
    assert expressible(oracle.fsm)
    executor = Executor(oracle.fsm)
    assert outcome(executor, numbered(lines)) == outcome(oracle, numbered(lines))


@settings(max_examples=200, deadline=None)
@given(any_template(), st.lists(st.sampled_from(WORDS), max_size=12))
def test_the_machine_with_line_numbers_is_textfsm(template: str, lines: list[str]) -> None:
    found = outcome(TextMachine(template), numbered(lines))
    if isinstance(found, int):
        with pytest.raises(textfsm.TextFSMError):
            plain_rows(template, lines)
        assert plain_rows(template, lines[: found - 1]) is not None
    else:
        assert [list(values) for values, _ in found] == plain_rows(template, lines)


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        (r"^(\d)\1 ${A}", ["11 x", "12 x", "7 x"]),
        (r"^(?P<own>\d) ${A}", ["1 x", "x"]),
        (r"^(?P<own>\d)(?P=own) ${A}", ["11 x", "12 x", "7 x"]),
        (r"^(?i:name) ${A}", ["NAME x", "name x", "nom x"]),
        (r"^(-)?(?(1)x|${A})", ["-x", "x", "-a"]),
        (r"^\(?P<${A}", ["(P<x", "P<x"]),
        (r"^a|b ${A}", ["a", "b x", "c"]),
        (r"^[(?P<own>]+${A}", ["(P<x", "own>x"]),
    ],
)
def test_rules_that_are_hard_to_fuse(rules: str, lines: list[str]) -> None:
    template = f"Value A (\\w)\n\nStart\n  ^7 ${{A}} -> Record\n  {rules} -> Record\n  ^[78]$$ -> Record\n"
    oracle = TextMachine(template)
    expected = oracle.run(numbered(lines))
    assert Executor(oracle.fsm).run(numbered(lines)) == expected
    assert expected


def test_more_rules_that_continue_than_one_expression_holds() -> None:
    count = 2 * _DEEPEST + 3
    items = "".join(f"  ^(?:\\d+,){{{at}}}${{A}}(?:,|$$) -> Continue\n" for at in range(count))
    rest = "  ^\\d\n  ^. -> Error\n"
    template = f"Value List A (\\d+)\n\nStart\n  ^- -> Record\n{items}{rest}"
    oracle = TextMachine(template)
    executor = Executor(oracle.fsm)
    assert len(executor.states["Start"].segments) == 3
    lines = [",".join(map(str, range(long))) for long in (1, 2, _DEEPEST, _DEEPEST + 1, count, count + 1)]
    lines = [line for each in lines for line in (each, "-")]
    expected = oracle.run(numbered(lines))
    assert [len(values[0]) for values, _ in expected] == [1, 2, _DEEPEST, _DEEPEST + 1, count, count]
    assert executor.run(numbered(lines)) == expected


@pytest.mark.parametrize(
    "value",
    ["Fillup A (x)", "List,Required A (x)", "Filldown,List A (x)", r"List A ((?P<name>\w)-(?P<other>\w))"],
)
def test_what_is_left_to_textfsm(value: str) -> None:
    fsm = textfsm.TextFSM(io.StringIO(f"Value {value}\n\nStart\n  ^${{A}} -> Record\n"))
    assert not expressible(fsm)


def test_lines_that_come_once_are_not_remembered() -> None:
    oracle = TextMachine(
        "Value Required MAC (\\S+)\nValue PORT (\\d+)\n\nStart\n"
        "  ^${MAC} up$$\n  ^${MAC} on ${PORT}$$ -> Record\n  ^. -> Error\n"
    )
    executor = Executor(oracle.fsm)
    memory = executor.states["Start"].memory
    executor.run(numbered([f"{number} on 7" for number in range(20 * MEMORY)]))
    assert not memory, "a row of a table will not come again"
    executor.run(numbered([f"{number} up" for number in range(20 * MEMORY)]))
    assert 0 < len(memory) < MEMORY
    repeated = [f"{number % 9} up" for number in range(20 * MEMORY)]
    executor.run(numbered(repeated))
    assert set(repeated) <= memory.keys()


def test_the_memory_stays_small() -> None:
    fsm = textfsm.TextFSM(io.StringIO("Value A (\\d+)\n\nStart\n  ^${A}\n"))
    start = states_of(fsm)["Start"]
    for number in range(3 * MEMORY):
        start.remember(str(number), start.read(str(number)))
        assert len(start.memory) <= MEMORY
