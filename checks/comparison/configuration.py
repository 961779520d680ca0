"""Two configurations compared block by block."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.config_tree import ConfigLine, ConfigTree


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level line with what is below it, as it differs."""

    header: str
    removed: tuple[str, ...]
    """Lines that only the first has, each below the header with its own blocks in front, joined by ` / `."""
    added: tuple[str, ...]
    in_before: bool
    in_after: bool


def blocks(before: ConfigTree, after: ConfigTree, volatile: Sequence[str]) -> Iterator[Block]:
    """Give the blocks that differ, in the order of the second configuration, those that are gone last.

    A line that stands twice in one and once in the other differs. Order within a block is not compared, since
    platforms print it in different orders; nor are lines that match `volatile` as a whole.
    """
    ignore = re.compile("|".join(f"(?:{line})" for line in volatile) or r"(?!)", re.IGNORECASE)
    old, new = _by_header(before, ignore), _by_header(after, ignore)
    for header in dict.fromkeys((*new, *old)):
        was, now = old.get(header), new.get(header)
        removed = tuple(((was or Counter()) - (now or Counter())).elements())
        added = tuple(((now or Counter()) - (was or Counter())).elements())
        if removed or added:
            yield Block(header, removed, added, was is not None, now is not None)


def _by_header(tree: ConfigTree, ignore: re.Pattern[str]) -> dict[str, Counter[str]]:
    """The lines of every block and of its own header, counted; blocks with one header are one."""
    found: dict[str, Counter[str]] = {}
    for line in tree.lines:
        if not ignore.fullmatch(line.text):
            found.setdefault(line.text, Counter()).update(["", *_below(line, (), ignore)])
    return found


def _below(line: ConfigLine, block: tuple[str, ...], ignore: re.Pattern[str]) -> Iterator[str]:
    for child in line.children:
        if not ignore.fullmatch(child.text):
            path = (*block, child.text)
            yield " / ".join(path)
            yield from _below(child, path, ignore)
