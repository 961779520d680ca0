"""A configuration as a tree of lines that keep their numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from re import Match, Pattern

from parsers.seen import Seen


@dataclass(frozen=True, slots=True)
class ConfigLine:
    """One line of a configuration and the block below it."""

    number: int
    """Line number in the cleaned capture, from 1."""
    text: str
    """The line without indentation."""
    children: tuple["ConfigLine", ...] = ()

    def find(self, pattern: str) -> Iterator[tuple["ConfigLine", Match[str]]]:
        """Children of this block whose whole text matches the expression."""
        return _matching(self.children, re.compile(pattern))

    def walk(self) -> Iterator["ConfigLine"]:
        """This line and everything below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ConfigTree:
    """A whole configuration; duplicate lines are kept, order is the device's."""

    command: str
    capture: str
    lines: tuple[ConfigLine, ...]

    def find(self, pattern: str) -> Iterator[tuple[ConfigLine, Match[str]]]:
        """Top-level lines whose whole text matches the expression."""
        return _matching(self.lines, re.compile(pattern))

    def last(self, pattern: str) -> str | None:
        """The first group of the last top-level line that matches as a whole; None where none does."""
        found = [match[1] for _, match in self.find(pattern)]
        return found[-1] if found else None

    def seen(self, *lines: ConfigLine) -> Seen:
        """Where these lines stand, as evidence."""
        return Seen(self.capture, self.command, tuple(line.number for line in lines))

    def walk(self) -> Iterator[ConfigLine]:
        """Every line, in order."""
        for line in self.lines:
            yield from line.walk()


def _matching(lines: Sequence[ConfigLine], pattern: Pattern[str]) -> Iterator[tuple[ConfigLine, Match[str]]]:
    for line in lines:
        if match := pattern.fullmatch(line.text):
            yield line, match


@dataclass(slots=True)
class _Open:
    indent: int
    number: int
    text: str
    children: list[ConfigLine] = field(default_factory=list)

    def close(self) -> ConfigLine:
        return ConfigLine(self.number, self.text, tuple(self.children))


def build_tree(lines: Sequence[str], *, command: str, capture: str) -> ConfigTree:
    """Build the tree from indentation, as Comware, VRP and NX-OS print it.

    `#` and `!` alone on a line separate blocks and are no configuration; blank lines likewise.
    """
    root = _Open(-1, 0, "")
    stack = [root]
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text in {"#", "!"}:
            if line.startswith(("#", "!")):
                _close_to(stack, 0)
            continue
        indent = len(line) - len(line.lstrip())
        _close_to(stack, indent)
        stack.append(_Open(indent, number, text))
    _close_to(stack, 0)
    return ConfigTree(command, capture, tuple(root.children))


def _close_to(stack: list[_Open], indent: int) -> None:
    while stack[-1].indent >= indent:
        closed = stack.pop()
        stack[-1].children.append(closed.close())
