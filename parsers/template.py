"""Running one TextFSM template over lines, strictly but without losing what could be read.

Templates stay plain TextFSM and end every state in `^. -> Error`. Unlike `textfsm` itself, a line
that raises does not end the reading: it is kept as unread, and the open record with its Filldown
values is dropped, so that nothing after it is credited to what stood before it. For that to hold,
the value that names a record must be `Required` in every template.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import textfsm

from collector.platform import Platform
from parsers.facts import UnreadLine
from parsers.seen import Seen


class UnreadableError(ValueError):
    """A value of a row is not of the form that its meaning asks for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a template with the lines it was read from."""

    values: Mapping[str, str | list[str]]
    seen: Seen

    def __getitem__(self, name: str) -> str:
        """Return a value as printed, stripped; empty when the line held none."""
        value = self.values[name]
        if isinstance(value, list):
            raise TypeError(f"{name} is a List value; use .all()")
        return value.strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Every item of a List value."""
        value = self.values[name]
        if isinstance(value, str):
            raise TypeError(f"{name} is not a List value")
        return tuple(value)

    def maybe(self, name: str) -> str | None:
        """Return the value, or None where the device printed nothing, `-`, `--` or `N/A`."""
        value = self[name]
        return None if value.upper() in {"", "-", "--", "N/A", "NA"} else value

    def integer(self, name: str) -> int | None:
        """Return the value as a whole number; None where `maybe` is.

        Raises UnreadableError where it is anything else.
        """
        value = self.maybe(name)
        if value is None:
            return None
        try:
            return int(value.replace(",", ""))
        except ValueError:
            raise UnreadableError(f"{name}: {value!r} is not a whole number") from None

    def decimal(self, name: str) -> float | None:
        """Return the value as a number; None where `maybe` is.

        Raises UnreadableError where it is anything else.
        """
        value = self.maybe(name)
        if value is None:
            return None
        try:
            return float(value)
        except ValueError:
            raise UnreadableError(f"{name}: {value!r} is not a number") from None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a template made of one output."""

    rows: tuple[Row, ...]
    unread: tuple[UnreadLine, ...]
    seen: Seen
    """The output as a whole."""
    lines: tuple[str, ...]
    """The cleaned lines themselves."""


class _Machine(textfsm.TextFSM):  # type: ignore[misc]
    """TextFSM that also remembers on which line each value of the open record was read."""

    def Reset(self) -> None:  # noqa: N802 - TextFSM's own name
        super().Reset()
        self.line_number = 0
        self.value_lines: dict[str, list[int]] = {}
        self.record_lines: list[tuple[int, ...]] = []

    def _AssignVar(self, matched: object, value: str) -> None:  # noqa: N802
        super()._AssignVar(matched, value)
        # A List gathers lines; any other value is where it was read last.
        before = self.value_lines.get(value, []) if "List" in self._GetValue(value).OptionNames() else []
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

    def read(self, lines: Sequence[str], skip: Collection[int]) -> list[int]:
        """Read all lines but the numbers in `skip`; return the numbers of those that no rule knows."""
        self.Reset()
        unread = []
        for self.line_number, line in enumerate(lines, start=1):
            if self.line_number in skip:
                continue
            try:
                self._CheckLine(line)
            except textfsm.TextFSMError:
                unread.append(self.line_number)
                self._ClearAllRecord()
            if self._cur_state_name in ("End", "EOF"):
                break
        if self._cur_state_name != "End" and "EOF" not in self.states:
            self._AppendRecord()
        return unread

    def records(self) -> Iterator[tuple[dict[str, str | list[str]], tuple[int, ...]]]:
        """Every record with its line numbers."""
        for values, numbers in zip(self._result, self.record_lines, strict=True):
            yield dict(zip(self.header, values, strict=True)), numbers


@cache
def _machine(path: str) -> _Machine:
    with Path(path).open(encoding="utf-8") as file:
        return _Machine(file)


def template_path(platform: Platform, command: str) -> str | None:
    """Find the template for a command; None where there is none.

    The platform's own comes first, then those of the platforms that it names as printing the same,
    then ntc-templates'.
    """
    snake = command.replace("-", "_").replace(" ", "_")
    for folder in (platform.id, *platform.templates_of):
        ours = files("parsers") / "templates" / folder / f"{snake}.textfsm"
        if ours.is_file():
            return str(ours)
    spec = find_spec("ntc_templates")
    if platform.ntc_platform is None or spec is None or spec.origin is None:
        return None
    theirs = Path(spec.origin).parent / "templates" / f"{platform.ntc_platform}_{snake}.textfsm"
    return str(theirs) if theirs.is_file() else None


def parse(
    path: str, lines: Sequence[str], *, command: str, capture: str, skip: Collection[int] = ()
) -> Parsed:
    """Run one template over cleaned lines, but for the line numbers in `skip`."""
    machine = _machine(path)
    unread = machine.read(lines, skip)
    rows = tuple(Row(values, Seen(capture, command, at)) for values, at in machine.records())
    return Parsed(
        rows,
        tuple(UnreadLine(command, number, lines[number - 1]) for number in unread),
        Seen(capture, command, ()),
        tuple(lines),
    )
