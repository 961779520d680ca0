"""After a line that no rule knows, nothing is credited to what it does not belong to, and little is lost."""

import gc
import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
import textfsm
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.executor import TextMachine
from parsers.recovery import layout_of
from parsers.template import LONGEST, parse
from tests.parsers.engine_cases import (
    FIXTURES,
    PAIRS,
    WORDS,
    any_template,
    assert_rows_are_those_of_the_kept_lines,
    damaged,
    lines_of,
)

HEADED = """Value Required NAME (\\S+)
Value ERRORS (\\d+)
Value DROPS (\\d+)

Start
  ^\\S+ is \\S+ -> Continue.Record
  ^${NAME} is (up|down)
  ^  errors ${ERRORS}
  ^  drops ${DROPS}
  ^. -> Error
"""
SECTIONS = """Value Required NAME (\\S+)
Value IN (\\d+)
Value OUT (\\d+)

Start
  ^\\S+ is \\S+ -> Continue.Record
  ^${NAME} is (up|down)
  ^Input: -> Input
  ^. -> Error

Input
  ^  errors ${IN}
  ^Output: -> Output
  ^. -> Error

Output
  ^  errors ${OUT}
  ^\\S+ is \\S+ -> Continue.Record
  ^${NAME} is (up|down) -> Start
  ^. -> Error
"""
TABLE = """Value Required MAC (\\w+)
Value PORT (\\S+)

Start
  ^MAC +Port
  ^${MAC} +${PORT}$$ -> Record
  ^. -> Error
"""
SLOTS = """Value Filldown CHASSIS (\\d+)
Value Filldown SLOT (\\d+)
Value Required FAN (\\d+)
Value STATE (\\w+)

Start
  ^Chassis ${CHASSIS}$$
  ^Slot ${SLOT}$$
  ^Fan ${FAN} ${STATE}$$ -> Record
  ^. -> Error

EOF
"""
ONE_SLOT = """Value Filldown SLOT (\\d+)
Value Required FAN (\\d+)
Value STATE (\\w+)

Start
  ^Slot ${SLOT}:$$ -> Fans
  ^. -> Error

Fans
  ^Fan ${FAN} ${STATE}$$ -> Record
  ^. -> Error

EOF
"""
LATE_KEY = """Value ALARM (\\S+)
Value Required NAME (\\S+)

Start
  ^alarm ${ALARM}
  ^name ${NAME} -> Record
  ^. -> Error
"""
WHOLE = """Value VERSION (\\S+)
Value UPTIME (\\d+)
Value List CARDS (\\S+)

Start
  ^Version ${VERSION}
  ^Uptime ${UPTIME}
  ^Card ${CARDS}
  ^. -> Error
"""
UNKNOWN = "\u00bfwhat is this?"
CASES = {
    # A header that the template knows a form of closes the record before it, which is complete.
    "the header itself": (
        HEADED,
        "A is up|  errors 1|B is sleeping|  errors 2|  drops 3|C is up|  errors 4",
        ["A 1 ", "C 4 "],
        [3],
        [4, 5],
    ),
    # Any other unknown line may be a header: the record before it may have got lines of another.
    "a line of a record": (
        HEADED,
        "A is up|  errors 1|B is up|  errors 2|?|  drops 3|C is up|  errors 4",
        ["A 1 ", "C 4 "],
        [5],
        [3, 4, 6],
    ),
    "twice in a record": (
        HEADED,
        "A is up|?|  errors 1|?|  drops 3|C is up|  errors 4",
        ["C 4 "],
        [2, 4],
        [1, 3, 5],
    ),
    "before everything": (HEADED, "?|A is up|  errors 1", ["A 1 "], [1], []),
    "behind everything": (HEADED, "A is up|  errors 1|B is up|  errors 2|?", ["A 1 "], [5], [3, 4]),
    "a section's name": (
        SECTIONS,
        "A is up|Input:|  errors 1|Outp:|  errors 2|B is up|Input:|  errors 3|Output:|  errors 4|C is up",
        ["C  "],
        [4, 6, 7],
        [1, 2, 3, 5, 8, 9, 10],
    ),
    "between the rows of a table": (TABLE, "MAC Port|a 1|?|b 2", ["a 1", "b 2"], [3], []),
    "an unknown slot": (
        SLOTS,
        "Slot 1|Fan 1 Ok|Slot#2|Fan 1 Bad|Fan 2 Bad|Slot 3|Fan 1 Ok",
        [" 1 1 Ok", " 3 1 Ok"],
        [3],
        [4, 5],
    ),
    # The chassis may have changed with the line, so a slot alone does not say where a fan is.
    "an unknown chassis": (
        SLOTS,
        "Chassis 1|Slot 1|Fan 1 Ok|Chassis#2|Slot 1|Fan 1 Bad|Chassis 3|Slot 1|Fan 1 Ok",
        ["1 1 1 Ok", "3 1 1 Ok"],
        [4],
        [6],
    ),
    # No rule of the state can set the slot again, yet the unknown line may have done just that.
    "a slot printed once": (
        ONE_SLOT,
        "Slot 1:|Fan 1 Ok|Slot 2:|Fan 1 Bad|Fan 2 Bad",
        ["1 1 Ok"],
        [3],
        [4, 5],
    ),
    "no slot at all": (SLOTS, "Fan 1 Ok|?|Fan 2 Ok", ["  1 Ok", "  2 Ok"], [2], []),
    # What belongs to a name may stand before it: the next name is not trusted, the one after it is.
    "before a late name": (LATE_KEY, "name A|alarm(s) x|name B|name C", [" A", " C"], [2], [3]),
    "one record of all": (WHOLE, "Version 7|?|Uptime 5|Card a|Card b", ["7 5 ['a', 'b']"], [2], []),
    "one record, the same again": (WHOLE, "Version 7|?|Version 7|Uptime 5", ["7 5 []"], [2], []),
    "one record, no longer of one thing": (WHOLE, "Version 7|Uptime 5|?|Version 8", [], [3], [1, 2, 4]),
    "too long a line": (TABLE, f"a 1|{'b' * LONGEST} 2|c 3", ["a 1", "c 3"], [2], []),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_kept_and_what_is_not(case: str, tmp_path: Path) -> None:
    template, text, rows, unread, discarded = CASES[case]
    path = tmp_path / "template.textfsm"
    path.write_text(template)
    lines = text.split("|")
    parsed = parse(str(path), lines, command="display x", capture="")
    assert [" ".join(str(value) for value in row.values.values()) for row in parsed.rows] == rows
    assert [line.number for line in parsed.unread] == unread
    assert list(parsed.discarded) == discarded
    assert_rows_are_those_of_the_kept_lines(path, lines)


def test_a_line_that_is_too_long_says_so(tmp_path: Path) -> None:
    path = tmp_path / "template.textfsm"
    path.write_text(TABLE)
    line = "b" * LONGEST + " 2"
    (unread,) = parse(str(path), [line, "c 3"], command="display x", capture="").unread
    assert unread.text.startswith("b" * 200 + "…")
    assert str(len(line)) in unread.text


@pytest.mark.parametrize("running", [True, False])
def test_garbage_collection_goes_on_as_it_did(running: bool, tmp_path: Path) -> None:
    path = tmp_path / "template.textfsm"
    path.write_text("Value A (x)\n")  # no state: textfsm raises
    (gc.enable if running else gc.disable)()
    try:
        parse(str(PAIRS[0][0]), lines_of(PAIRS[0][1]), command="", capture="")
        assert gc.isenabled() is running
        with pytest.raises(textfsm.TextFSMTemplateError):
            parse(str(path), ["x"], command="", capture="")
        assert gc.isenabled() is running
    finally:
        gc.enable()


def test_threads_that_read_at_the_same_time_do_not_leave_garbage_collection_off(tmp_path: Path) -> None:
    path = tmp_path / "template.textfsm"
    path.write_text(TABLE)
    inside = Barrier(2)
    running: list[bool] = []

    class Lines(list[str]):
        """Two readers are inside at once, and the one that came first leaves first."""

        def __iter__(self) -> Iterator[str]:
            inside.wait(10)
            running.append(gc.isenabled())
            return super().__iter__()

    threads = [
        Thread(target=parse, args=(str(path), Lines(["a 1"] * n)), kwargs={"command": "", "capture": ""})
        for n in (1, 50_000)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert running
    assert not any(running)
    assert gc.isenabled()


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_damaged_outputs_read_as_their_kept_lines(data: st.DataObject) -> None:
    template, path = data.draw(st.sampled_from(PAIRS))
    _, other = data.draw(st.sampled_from(PAIRS))
    assert_rows_are_those_of_the_kept_lines(template, data.draw(damaged(lines_of(path), lines_of(other))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@settings(max_examples=800, deadline=None)
@given(template=any_template(), lines=st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_template_reads_as_its_kept_lines(folder: Path, template: str, lines: list[str]) -> None:
    # One file for each text: a template is compiled once for its path.
    path = folder / f"{hashlib.sha256(template.encode()).hexdigest()}.textfsm"
    path.write_text(template)
    assert_rows_are_those_of_the_kept_lines(path, lines)


@pytest.mark.parametrize(("template", "path"), PAIRS, ids=[str(p.relative_to(FIXTURES)) for _, p in PAIRS])
def test_an_unknown_line_takes_rows_away_and_changes_none(template: Path, path: Path) -> None:
    lines = list(lines_of(path))
    whole = [row.values for row in parse(str(template), lines, command="", capture="").rows]
    for at in range(len(lines) + 1):
        parsed = parse(str(template), [*lines[:at], UNKNOWN, *lines[at:]], command="", capture="")
        if parsed.unread:  # else it is known as free text, of a log record for example
            assert [row.values for row in parsed.rows if row.values not in whole] == []


def test_states_in_which_a_record_may_begin_without_its_name() -> None:
    def keyed(template: str) -> set[str]:
        machine = TextMachine(template)
        return {*layout_of(machine.fsm, machine.states).keyed} & {*machine.fsm.states}

    assert keyed(TABLE) == {"Start"}
    assert keyed(SLOTS) == {"Start", "EOF"}
    assert keyed(LATE_KEY) == set()
    assert keyed(SECTIONS) == {"Start"}
