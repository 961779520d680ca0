"""Filling a remedy's placeholders (`<接口>`) with what one device really has.

A line whose placeholder stands for several things, such as ranges of VTY lines, is written once for each of
them, with the lines below it. What nobody knows stays a placeholder and is counted: a command is never
completed by a guess.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checks.verdict import Result

PLACEHOLDER = re.compile(r"<([^<>{}]+)>")
_REMARK = "（"
"""How a line begins that is for the reader and not for the device."""
_FOR_ONE = re.compile(r"（针对“(.+)”）")
"""A remark that the lines down to the next remark are a remedy for this object of the check alone."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Values:
    """What is known for the placeholders of one device."""

    single: Row = field(default_factory=dict)
    """By placeholder."""
    several: Sequence[Sequence[Row]] = ()
    """Groups of placeholders that belong together, each with a row for every thing of the kind; a group
    without rows is not known."""
    none: frozenset[str] = frozenset()
    """Placeholders for things of which it is known that there are none; their lines are left out, with all
    below them."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Lines to type, and the placeholders that are left in them, each once."""

    lines: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    below: tuple["_Line", ...]


def by_object(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a remedy, each with the one object that it is for; empty: for whatever was found."""
    object_, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith(_REMARK):
            if lines:
                yield object_, "\n".join(lines)
            only = _FOR_ONE.fullmatch(line)
            object_, lines = only[1] if only else "", []
        lines.append(line)
    if lines:
        yield object_, "\n".join(lines)


def filled(text: str, values: Values) -> Filled:
    """Fill what is known into a remedy; lines that are indented belong to the line above them."""
    lines = tuple(_written(_tree(text.splitlines()), values.single, values))
    left = dict.fromkeys(name for line in lines for name in PLACEHOLDER.findall(line))
    return Filled(lines, tuple(left))


def filled_for(text: str, fails: Sequence[Result], values_of: Callable[[Sequence[Result]], Values]) -> Filled:
    """Fill a remedy in, without what is for an object that is not among the fails.

    `values_of` gives what is known for the placeholders, for the fails that a piece is for.
    """
    pieces = []
    for object_, piece in by_object(text):
        meant = [fail for fail in fails if object_ in ("", fail.object)]
        if meant or not object_:
            pieces.append(filled(piece, values_of(meant)))
    left = dict.fromkeys(name for piece in pieces for name in piece.left)
    return Filled(tuple(line for piece in pieces for line in piece.lines), tuple(left))


def _tree(lines: Sequence[str]) -> tuple[_Line, ...]:
    nodes: list[_Line] = []
    start = 0
    while start < len(lines):
        depth = _depth(lines[start])
        end = next(
            (i for i in range(start + 1, len(lines)) if _depth(lines[i]) <= depth),
            len(lines),
        )
        nodes.append(_Line(lines[start], _tree(lines[start + 1 : end])))
        start = end
    return tuple(nodes)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _written(nodes: Sequence[_Line], single: Row, values: Values) -> Iterator[str]:
    for node in nodes:
        wanted = set(PLACEHOLDER.findall(node.text)) - single.keys()
        if wanted & values.none:
            continue
        rows = next((group for group in values.several if group and wanted & group[0].keys()), [{}])
        for row in rows:
            known = {**single, **row}
            yield _put_in(node.text, known)
            yield from _written(node.below, known, values)


def _put_in(text: str, known: Row) -> str:
    return PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)


def stepping_back(lines: Sequence[str], back: str) -> tuple[str, ...]:
    """Say after each block how one returns from it, where the remedy does not; an empty `back`: nothing."""
    written: list[str] = []
    for line, following in zip(lines, (*lines[1:], ""), strict=True):
        written.append(line)
        leaves = _depth(line) > 0 and _depth(following) == 0
        if back and leaves and following != back:
            written.append(back)
    return tuple(written)
