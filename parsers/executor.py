"""The records that `textfsm` makes of lines, by the same template and far faster.

`TextMachine` is `textfsm` itself and says what is right; `Executor` gives the same records for the
templates that `expressible` admits. Both are strict: the first line that is not understood ends the
reading. What to do then is said in `parsers.recovery`.
"""

import re
from collections.abc import Iterable
from io import StringIO
from typing import Any, Protocol

import textfsm

from parsers.executor_states import Rule, State, Step, states_of

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
        self.blank: dict[int, Any] = dict.fromkeys(range(len(fsm.values)), "" if self.required else None)
        self.plain = not self.lists and not self.filldown
        self.ends_with_record = "EOF" not in fsm.states

    def run(self, lines: Iterable[tuple[int, str]]) -> list[Record]:
        """Every record; raises NotUnderstoodError at the first line that no rule knows."""
        records, learning = _Records(self), _Learning()
        state = self.states["Start"]
        memory = state.memory
        for number, line in lines:
            outcome = memory.get(line)
            if outcome is None:
                found = state.find(line)
                if found is not None and found[1].row and records.add_row(*found, number):
                    outcome = found[1].moves  # a row of a table, which will not come again
                else:
                    outcome = state.follow(line, found)
                    # What begins or ends a record holds its name as a rule, and will not come again either.
                    if learning.goes_on and not (found is not None and found[1].op):
                        state.remember(line, outcome)
                        learning.count(number)
            steps, target = outcome
            if steps:
                records.apply(steps, number)
            if target is not state:
                if target is None:
                    raise NotUnderstoodError(number)
                state, memory = target, target.memory
                if state.stops:
                    break
        if state.name != "End" and self.ends_with_record:
            records.close()
        return records.done


class _Learning:
    """Whether to remember lines: as long as they come again often enough."""

    def __init__(self) -> None:
        self.goes_on = True
        self.new = 0
        self.begun = 0

    def count(self, number: int) -> None:
        """Count a line that was not remembered before, by its number."""
        self.new += 1
        if self.new == _TRIAL:
            self.goes_on = (number - self.begun) * 7 >= self.new * 8
            self.new, self.begun = 0, number


class _Records:
    """The open record and those that are done."""

    def __init__(self, layout: Executor) -> None:
        self.layout = layout
        self.done: list[Record] = []
        self.clear_all()

    def clear_all(self) -> None:
        """Empty the whole record."""
        self.values = self.layout.blank.copy()
        """Text, None where nothing was read, or a list; by position, in their order."""
        for position in self.layout.lists:
            self.values[position] = []
        self.read: list[tuple[tuple[int, ...], int]] = []
        """Which values were assigned on which lines."""

    def add_row(self, match: re.Match[str], rule: Rule, number: int) -> bool:
        """Add a record that one line makes alone; not done where anything else plays a part in it."""
        if self.read or not self.layout.plain:
            return False
        texts = match.group(*rule.row)
        if None in texts:
            return False
        for position in self.layout.required:
            if not texts[position]:
                return False
        self.done.append((texts, (number,)))
        return True

    def apply(self, steps: tuple[Step, ...], number: int) -> None:
        """Do what the rules say that matched a line."""
        for positions, texts, operator in steps:
            if positions:
                if self.layout.lists.isdisjoint(positions):
                    self.values.update(zip(positions, texts, strict=False))
                else:
                    self._gather(zip(positions, texts, strict=False))
                self.read.append((positions, number))
            if operator == "Record":
                self.close()
            elif operator == "Clear":
                self.clear()
            elif operator:
                self.clear_all()

    def _gather(self, texts: Iterable[tuple[int, str | None]]) -> None:
        for position, text in texts:
            if position in self.layout.lists:
                self.values[position].append(text)
            else:
                self.values[position] = text

    def close(self) -> None:
        """Add the open record, if it has what is required and is not empty."""
        values = self.values
        for position in self.layout.required:
            if not values[position]:
                self.clear()
                return
        texts = tuple(values.values())
        if not self.layout.required and texts.count(None) + texts.count([]) == len(texts):
            return
        if None in texts:
            texts = tuple(["" if text is None else text for text in texts])
        self.done.append((texts, self._numbers()))
        self.clear()

    def _numbers(self) -> tuple[int, ...]:
        """The lines of the open record: those where its values were read last, and all of a List's."""
        if len(self.read) == 1:
            return (self.read[0][1],)
        numbers: set[int] = set()
        found: set[int] = set()
        for positions, number in reversed(self.read):
            if not found.issuperset(positions):
                numbers.add(number)
                found.update(positions)
                found.difference_update(self.layout.lists)
        return tuple(sorted(numbers))

    def clear(self) -> None:
        """Empty the record but for what is filled down."""
        before, read = self.values, self.read
        self.clear_all()
        for position in self.layout.filldown:
            self.values[position] = before[position]
            last = [number for positions, number in read if position in positions]
            if last:
                self.read.append(((position,), last[-1]))


def _having(fsm: textfsm.TextFSM, option: str) -> tuple[int, ...]:
    return tuple(at for at, value in enumerate(fsm.values) if option in value.OptionNames())
