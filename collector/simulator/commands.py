"""Which command a typed line means: words may be shortened as far as they stay unique."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that is no command: what is wrong, and at which column (from 0)."""

    kind: Literal["unknown", "ambiguous", "incomplete", "excess"]
    column: int


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    command: str = ""


class CommandTree:
    """The commands of one device."""

    def __init__(self, commands: Iterable[str]) -> None:
        self._root = _Node()
        for command in commands:
            node = self._root
            for word in command.lower().split():
                node = node.words.setdefault(word, _Node())
            node.command = command

    def resolve(self, line: str) -> str | Mistake:
        """Give the full command that a line means. Upper and lower case are the same."""
        node = self._root
        for word in re.finditer(r"\S+", line):
            found = _next(node, word[0].lower())
            if not isinstance(found, _Node):
                return Mistake(found, word.start())
            node = found
        return node.command or Mistake("incomplete", len(line))


def _next(node: _Node, word: str) -> "_Node | Literal['unknown', 'ambiguous', 'excess']":
    if word in node.words:
        return node.words[word]
    if not node.words:
        return "excess"
    begun = [child for name, child in node.words.items() if name.startswith(word)]
    if not begun:
        return "unknown"
    return begun[0] if len(begun) == 1 else "ambiguous"
