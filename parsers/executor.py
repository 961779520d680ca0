"""The records that `textfsm` makes of lines, by the same template and far faster.

`TextMachine` is `textfsm` itself and says what is right; `Executor` gives the same records for the
templates that `expressible` admits. Both are strict: the first line that is not understood ends the
reading. What to do then is said in `parsers.recovery`.
"""

from collections.abc import Iterable
from io import StringIO
from typing import Any, Protocol

import textfsm

from parsers.executor_states import Outcome, State, Step, states_of

Record = tuple[dict[str, str | list[str]], tuple[int, ...]]
"""The values by name, and the numbers of the lines they were read from."""

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
        named = (dict(zip(self.header, values, strict=True)) for values in self._result)
        return list(zip(named, self.record_lines, strict=True))


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
        self.names: tuple[str, ...] = tuple(value.name for value in fsm.values)
        self.required = _having(fsm, "Required")
        self.filldown = _having(fsm, "Filldown")
        self.lists = frozenset(_having(fsm, "List"))
        self.plain = not self.lists and not self.filldown
        # None says whether anything was assigned, which nobody asks where a value is required.
        self.blank: dict[str, Any] = dict.fromkeys(self.names, "" if self.required else None)
        self.ends_with_record = "EOF" not in fsm.states

    def run(self, lines: Iterable[tuple[int, str]]) -> list[Record]:
        """Every record; raises NotUnderstoodError at the first line that no rule knows."""
        records, learning = _Records(self), _Learning()
        state = self.states["Start"]
        memory = state.memory
        for count, (number, line) in enumerate(lines):
            outcome = memory.get(line)
            if outcome is None:
                outcome = learning.read(state, line, count)
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
    """Remembers lines as long as they come again often enough."""

    def __init__(self) -> None:
        self.goes_on = True
        self.new = 0
        self.begun = 0

    def read(self, state: State, line: str, count: int) -> Outcome:
        """Read a line that is not remembered, the `count`th of this output."""
        outcome = state.read(line)
        if self.goes_on:
            state.remember(line, outcome)
            self.new += 1
            if self.new == _TRIAL:
                self.goes_on = (count - self.begun) * 7 >= self.new * 8
                self.new, self.begun = 0, count
        return outcome


class _Records:
    """The open record and those that are done."""

    def __init__(self, layout: Executor) -> None:
        self.layout = layout
        self.done: list[Record] = []
        self.clear_all()

    def clear_all(self) -> None:
        """Empty the whole record."""
        self.values: dict[str, Any] = self.layout.blank.copy()
        """Text, None where nothing was read, or a list."""
        self.lines: dict[str, int] = {}
        """The number of the line where a value was read last; a List's are in `list_lines`."""
        self.list_lines: frozenset[int] = frozenset()
        for name in self.layout.lists:
            self.values[name] = []

    def apply(self, steps: tuple[Step, ...], number: int) -> None:
        """Do what the rules say that matched a line."""
        for assigned, operator in steps:
            if operator == "Record" and self.layout.plain and not self.lines and any(assigned.values()):
                # The usual row of a table: all that the record holds comes from this line.
                self.values.update(assigned)
                self.record((number,))
                continue
            if assigned:
                if not self.layout.lists.isdisjoint(assigned):
                    assigned = self._gather(assigned, number)
                self.values.update(assigned)
                self.lines.update(dict.fromkeys(assigned, number))
            if operator == "Record":
                self.close()
            elif operator == "Clear":
                self.clear()
            elif operator:
                self.clear_all()

    def _gather(self, assigned: dict[str, str | None], number: int) -> dict[str, str | None]:
        """Append to Lists; gives the other values."""
        for name in self.layout.lists:
            if name in assigned:
                self.values[name].append(assigned[name])
                self.list_lines |= {number}
        return {name: text for name, text in assigned.items() if name not in self.layout.lists}

    def record(self, numbers: tuple[int, ...]) -> None:
        """Add the open record, read from these lines, if it has what is required and is not empty."""
        values = self.values
        for name in self.layout.required:
            if not values[name]:
                self.clear()
                return
        texts = values.values()
        if not self.layout.required and not any(v is not None and v != [] for v in texts):
            return
        if None in texts:
            values = {name: "" if value is None else value for name, value in values.items()}
        self.done.append((values, numbers))
        self.clear()

    def close(self) -> None:
        """Add the open record, with the numbers of all its lines."""
        self.record(tuple(sorted({*self.lines.values(), *self.list_lines})))

    def clear(self) -> None:
        """Empty the record but for what is filled down."""
        before, lines = self.values, self.lines
        self.clear_all()
        for name in self.layout.filldown:
            self.values[name] = before[name]
            if name in lines:
                self.lines[name] = lines[name]


def _having(fsm: textfsm.TextFSM, option: str) -> tuple[str, ...]:
    return tuple(value.name for value in fsm.values if option in value.OptionNames())
