"""The records that `textfsm` makes of lines, by the same template and far faster.

`TextMachine` is `textfsm` itself and says what is right; `Executor` gives the same records for the
templates that `expressible` admits. Both are strict: the first line that is not understood ends the
reading. What to do then is said in `parsers.recovery`.
"""

from collections.abc import Callable, Iterable
from functools import cache
from io import StringIO
from operator import itemgetter
from typing import Any, Protocol

import textfsm

from parsers.executor_states import Outcome, State, Step, states_of

Record = tuple[tuple[str | list[str], ...], tuple[int, ...]]
"""The values in the template's order, and the numbers of the lines they were read from."""

_TRIAL = 512
"""After so many new lines it is asked whether remembering them pays: one in eight must come again."""


class NotUnderstoodError(ValueError):
    """No rule knows a line."""

    def __init__(self, number: int) -> None:
        """Keep the number of the line."""
        super().__init__(f"line {number}")
        self.number = number


class Machine(Protocol):
    """Reads numbered lines into records, one output at a time."""

    states: dict[str, State]
    fsm: textfsm.TextFSM

    def run(self, lines: Iterable[tuple[int, str]]) -> list[Record]:
        """Every record; raises NotUnderstoodError at the first line that no rule knows."""


class _TextFSM(textfsm.TextFSM):  # type: ignore[misc]
    """TextFSM that also remembers on which line each value of the open record was read."""

    def Reset(self) -> None:  # noqa: N802 - TextFSM's own name
        super().Reset()
        self.line_number = 0
        self.value_lines: dict[str, list[int]] = {}
        self.record_lines: list[tuple[int, ...]] = []

    def _AssignVar(self, matched: object, value: str) -> None:  # noqa: N802
        super()._AssignVar(matched, value)
        known = self._GetValue(value)
        if known is None:  # a group of the rule's own, or one nested in a List value
            return
        # A List gathers lines; any other value is where it was read last.
        before = self.value_lines.get(value, []) if "List" in known.OptionNames() else []
        self.value_lines[value] = [*before, self.line_number]

    def _ClearRecord(self) -> None:  # noqa: N802
        super()._ClearRecord()
        kept = {v.name for v in self.values if "Filldown" in v.OptionNames()}
        self.value_lines = {name: at[-1:] for name, at in self.value_lines.items() if name in kept}

    def _ClearAllRecord(self) -> None:  # noqa: N802
        super()._ClearAllRecord()
        self.value_lines = {}

    def _AppendRecord(self) -> None:  # noqa: N802
        before = len(self._result)
        numbers = tuple(sorted({n for at in self.value_lines.values() for n in at}))
        super()._AppendRecord()
        if len(self._result) > before:
            self.record_lines.append(numbers)

    def read(self, lines: Iterable[tuple[int, str]]) -> list[Record]:
        """Do as `ParseText` does, with lines that have numbers."""
        self.Reset()
        for self.line_number, line in lines:
            try:
                self._CheckLine(line)
            except textfsm.TextFSMError:
                raise NotUnderstoodError(self.line_number) from None
            if self._cur_state_name in ("End", "EOF"):
                break
        if self._cur_state_name != "End" and "EOF" not in self.states:
            self._AppendRecord()
        return list(zip(map(tuple, self._result), self.record_lines, strict=True))


class TextMachine:
    """`textfsm` itself."""

    def __init__(self, template: str) -> None:
        """Compile a template's text; raises textfsm's error where it is not well formed."""
        self.fsm = _TextFSM(StringIO(template))
        self.states = states_of(self.fsm)

    def run(self, lines: Iterable[tuple[int, str]]) -> list[Record]:
        """Every record; raises NotUnderstoodError at the first line that no rule knows."""
        return self.fsm.read(lines)


def expressible(fsm: textfsm.TextFSM) -> bool:
    """Whether the executor knows every option of a template's values.

    It leaves `Fillup`, which changes records made before, and Lists that are anything else besides
    or hold groups with names, to `textfsm`.
    """
    return all(
        set(value.OptionNames()) <= {"Required", "Filldown", "Key"}
        or (set(value.OptionNames()) <= {"List", "Key"} and not value.compiled_regex.groupindex)
        for value in fsm.values
    )


class Executor:
    """The same records, from states that try all their rules at once and remember lines."""

    def __init__(self, fsm: textfsm.TextFSM) -> None:
        """Take a template that `expressible` admits."""
        self.fsm = fsm
        self.states = states_of(fsm)
        self.required = _having(fsm, "Required")
        self.filldown = _having(fsm, "Filldown")
        self.lists = frozenset(_having(fsm, "List"))
        # None says whether anything was assigned, which nobody asks where a value is required.
        self.blank = ("" if self.required else None,) * len(fsm.values)
        self.plain = not self.lists and not self.filldown
        self.ends_with_record = "EOF" not in fsm.states
        self.ordered = cache(self._ordered)

    def run(self, lines: Iterable[tuple[int, str]]) -> list[Record]:
        """Every record; raises NotUnderstoodError at the first line that no rule knows."""
        records, learning = _Records(self), _Learning()
        state = self.states["Start"]
        memory, (matching, endings) = state.memory, state.segments[0]
        for number, line in lines:
            outcome = memory.get(line)
            if outcome is None:
                match = matching(line)
                ending = endings[match.lastindex]
                if ending.row and not records.read and records.add_row(match.group(*ending.row), number):
                    outcome = ending.moves  # a row of a table, which will not come again
                else:
                    outcome = state.follow(line, match, ending)
                    if learning.goes_on:
                        learning.learn(state, line, outcome, number)
            steps, target = outcome
            if steps:
                records.apply(steps, number)
            if target is not state:
                if target is None:
                    raise NotUnderstoodError(number)
                state = target
                if state.stops:
                    break
                memory, (matching, endings) = state.memory, state.segments[0]
        if state.name != "End" and self.ends_with_record:
            records.close()
        return records.done

    def _ordered(self, assigns: tuple[int, ...]) -> "_Ordering | None":
        """Say how the texts of one line make the values of a record; None where that is not simple."""
        last = len(assigns)  # the text that says nothing
        places = [assigns.index(at) if at in assigns else last for at in range(len(self.blank))]
        simple = len(places) > 1 and self.lists.isdisjoint(assigns)
        return itemgetter(*places) if simple else None


_Read = tuple[tuple[int, ...], tuple[str | None, ...], int]
"""Positions that one rule assigned, their texts (and one that says nothing), and the line."""

_Ordering = Callable[[tuple[str | None, ...]], tuple[Any, ...]]


class _Learning:
    """Whether to remember lines: as long as they come again often enough."""

    def __init__(self) -> None:
        self.goes_on = True
        self.new = 0
        self.begun = 0

    def learn(self, state: State, line: str, outcome: Outcome, number: int) -> None:
        """Remember a line; not one that begins or ends a record, which holds its name as a rule."""
        steps = outcome[0]
        if steps and (steps[0][2] or steps[-1][2]):
            return
        state.remember(line, outcome)
        self.new += 1
        if self.new == _TRIAL:
            self.goes_on = (number - self.begun) * 7 >= self.new * 8
            self.new, self.begun = 0, number


class _Records:
    """The open record, as what was read for it, and those that are done."""

    def __init__(self, layout: Executor) -> None:
        self.layout = layout
        self.done: list[Record] = []
        self.read: list[_Read] = []

    def add_row(self, texts: tuple[Any, ...], number: int) -> bool:
        """Add a record that one line makes alone; not done where anything else may play a part in it."""
        if not self.layout.plain or None in texts:
            return False
        for position in self.layout.required:
            if not texts[position]:
                return False
        self.done.append((texts, (number,)))
        return True

    def apply(self, steps: tuple[Step, ...], number: int) -> None:
        """Do what the rules say that matched a line."""
        for assigns, texts, operator in steps:
            if assigns:
                self.read.append((assigns, texts, number))
            if operator == "Record":
                self.close()
            elif operator == "Clear":
                self.clear()
            elif operator:
                self.read = []

    def close(self) -> None:
        """Add the open record, if it has what is required and is not empty."""
        if not self.read:
            return
        values, required = self._values(), self.layout.required
        for position in required:
            if not values[position]:
                self.clear()
                return
        if None in values:
            if not required and values.count(None) + values.count([]) == len(values):
                return
            values = ["" if value is None else value for value in values]
        self.done.append((tuple(values), self._numbers()))
        self.clear()

    def clear(self) -> None:
        """Empty the record but for what is filled down."""
        before, self.read = self.read, []
        for position in self.layout.filldown:
            for assigns, texts, number in reversed(before):
                if position in assigns:
                    self.read.append(((position,), (texts[assigns.index(position)], ""), number))
                    break

    def _values(self) -> list[Any]:
        """Every value of the open record: its text, None where nothing was read, or a list."""
        layout, rest = self.layout, self.read
        assigns, texts, _ = rest[0]
        ordered = None if None in texts else layout.ordered(assigns)
        if ordered is not None:
            values, rest = list(ordered(texts)), rest[1:]
        else:
            values = list(layout.blank)
        lists = layout.lists
        for position in lists:
            values[position] = []
        for assigns, texts, _ in rest:
            for position, text in zip(assigns, texts, strict=False):
                if position in lists:
                    values[position].append(text)
                else:
                    values[position] = text
        return values

    def _numbers(self) -> tuple[int, ...]:
        """The lines of the open record: those where its values were read last, and all of a List's."""
        if len(self.read) == 1:
            return (self.read[0][2],)
        numbers: set[int] = set()
        found: set[int] = set()
        for positions, _, number in reversed(self.read):
            if not found.issuperset(positions):
                numbers.add(number)
                found.update(positions)
                found.difference_update(self.layout.lists)
        return tuple(sorted(numbers))


def _having(fsm: textfsm.TextFSM, option: str) -> tuple[int, ...]:
    return tuple(at for at, value in enumerate(fsm.values) if option in value.OptionNames())
