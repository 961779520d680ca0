"""Running one TextFSM template over lines, strictly but without losing what could be read.

Templates stay plain TextFSM and end every state in `^. -> Error`. Unlike `textfsm` itself, a line
that raises does not end the reading: it is listed as unread, and what can no longer be credited to
anything is discarded with it (`parsers.recovery`). For that to cost little, the value that names a
record is `Required` in every template, and assigned first.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from collector.platform import Platform
from parsers.executor import Executor, Machine, NotUnderstoodError, TextMachine, expressible
from parsers.facts import UnreadLine
from parsers.garbage import no_search
from parsers.recovery import Layout, SortedLines, layout_of, sort_lines
from parsers.seen import Seen

LONGEST = 4096
"""Characters in a line; what is longer is no line of a table, and could keep an expression busy."""


class UnreadableError(ValueError):
    """A value of a row is not of the form that its meaning asks for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What all rows of an output share."""

    names: Mapping[str, int]
    """The positions of the template's values, by name."""
    capture: str
    command: str


class Row:
    """One record of a template with the lines it was read from."""

    __slots__ = ("_lines", "_origin", "_texts")

    def __init__(self, origin: "Origin", texts: tuple[str | list[str], ...], lines: tuple[int, ...]) -> None:
        """Keep the values in the order of `origin.names`: an output may have very many rows."""
        self._origin = origin
        self._texts = texts
        self._lines = lines

    @property
    def values(self) -> Mapping[str, str | list[str]]:
        """The values by name, as printed."""
        return dict(zip(self._origin.names, self._texts, strict=True))

    @property
    def seen(self) -> Seen:
        """Where it was read."""
        return Seen(self._origin.capture, self._origin.command, self._lines)

    def __getitem__(self, name: str) -> str:
        """Return a value as printed, stripped; empty when the line held none."""
        value = self._texts[self._origin.names[name]]
        if isinstance(value, list):
            raise TypeError(f"{name} is a List value; use .all()")
        return value.strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Every item of a List value."""
        value = self._texts[self._origin.names[name]]
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
    discarded: tuple[int, ...] = ()
    """Numbers of lines that are known, but that stand too near unread ones to be credited to anything."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template, ready to read with."""

    machine: Machine
    layout: Layout
    names: Mapping[str, int]
    """Positions of the values by name."""


@cache
def compiled(path: str) -> Compiled:
    """Compile a template, once in a process."""
    machine: Machine = TextMachine(Path(path).read_text("utf-8"))
    if expressible(machine.fsm):
        machine = Executor(machine.fsm)
    names = {value.name: position for position, value in enumerate(machine.fsm.values)}
    return Compiled(machine, layout_of(machine.fsm, machine.states), names)


def template_path(platform: Platform, command: str) -> str | None:
    """Find the template for a command; None where there is none.

    The platform's own comes first, then those of the platforms that it names as printing the same,
    then ntc-templates'. A number in a command is a parameter, and its template may be named without it.
    """
    snake = command.replace("-", "_").replace(" ", "_")
    for folder in (platform.id, *platform.templates_of):
        for name in dict.fromkeys((snake, re.sub(r"_\d+(?=_|$)", "", snake))):
            ours = files("parsers") / "templates" / folder / f"{name}.textfsm"
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
    """Run one template over cleaned lines, but for the line numbers in `skip`.

    The rows are those of the lines that are neither unread nor discarded (`parsers.recovery`).
    """
    with no_search:
        return _parse(path, lines, command, capture, skip)


def _parse(path: str, lines: Sequence[str], command: str, capture: str, skip: Collection[int]) -> Parsed:
    template = compiled(path)
    numbered: Iterable[tuple[int, str]] = enumerate(lines, start=1)
    if skip:
        numbered = [pair for pair in numbered if pair[0] not in skip]
    found = SortedLines()
    try:
        if max(map(len, lines), default=0) > LONGEST:
            raise NotUnderstoodError(0)
        records = template.machine.run(numbered)
    except NotUnderstoodError:
        start = template.machine.states["Start"]
        if not skip:
            numbered = enumerate(lines, start=1)
        found = sort_lines(numbered, start, template.layout, longest=LONGEST)
        records = template.machine.run((number, lines[number - 1]) for number in found.kept)
    origin = Origin(template.names, capture, command)
    return Parsed(
        tuple([Row(origin, texts, at) for texts, at in records]),
        tuple(UnreadLine(command, number, _shown(lines[number - 1])) for number in found.unread),
        Seen(capture, command, ()),
        tuple(lines),
        found.discarded,
    )


def _shown(line: str) -> str:
    """A line as unread lines are listed; one that was too long to be tried says so."""
    if len(line) <= LONGEST:
        return line
    return f"{line[:200]}… ({len(line)} characters in one line, more than {LONGEST}: not tried)"
