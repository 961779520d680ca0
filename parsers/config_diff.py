"""Running against saved configuration: what would be lost or come back at a restart."""

import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import SavedState
from parsers.masking import mask_lines
from parsers.template import UnreadableError

# Lines that differ between two print-outs of the same configuration: banners of the command itself,
# times, and NX-OS's header. An enciphered secret may be stored with a new salt, hence the masking.
_VOLATILE = re.compile(
    r"(?:!.*|#.*|Building configuration\.\.\.|Current configuration.*|return|"
    r"version \S+ Bios:.*|Last configuration was \w+ at .*|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+.*)",
    re.IGNORECASE,
)


def compare(running: ConfigTree, saved: ConfigTree, *, uncommitted: bool | None = None) -> SavedState:
    """Compare two configurations line by line within their blocks, secrets masked.

    A line that stands twice in one and once in the other is a difference. Order is not compared:
    platforms print the two in different orders. Raises UnreadableError when either is empty, since
    an empty answer says nothing about what would be lost.
    """
    for name, tree in (("running", running), ("saved", saved)):
        if not tree.lines:
            raise UnreadableError(f"{name} configuration ({tree.command}) is empty")
    now, kept = _by_path(running), _by_path(saved)
    added = {path: lines[len(kept.get(path, ())) :] for path, lines in now.items()}
    removed = {path: lines[len(now.get(path, ())) :] for path, lines in kept.items()}
    differences = [("+", path) for path, lines in added.items() for _ in lines]
    differences += [("-", path) for path, lines in removed.items() for _ in lines]
    new = [line for lines in added.values() for line in lines]
    old = [line for lines in removed.values() for line in lines]
    # Evidence names one capture: the running configuration, unless only the saved one has more.
    seen = running.seen(*new) if new or not old else saved.seen(*old)
    return SavedState(seen=seen, differences=tuple(differences), uncommitted=uncommitted)


def _by_path(tree: ConfigTree) -> dict[str, list[ConfigLine]]:
    """Every line by its blocks and itself, masked; a line that stands twice has two entries."""
    found: dict[str, list[ConfigLine]] = {}
    lines = tuple(tree.walk())
    # All at once: a key that spans lines is known by the first of them alone.
    masked = dict(zip((line.number for line in lines), mask_lines(line.text for line in lines), strict=True))
    for path, line in _paths(tree.lines, (), masked):
        found.setdefault(" / ".join(path), []).append(line)
    return found


def _paths(
    lines: Sequence[ConfigLine], block: tuple[str, ...], masked: Mapping[int, str]
) -> Iterator[tuple[tuple[str, ...], ConfigLine]]:
    for line in lines:
        if _VOLATILE.fullmatch(line.text):
            continue
        path = (*block, masked[line.number])
        yield path, line
        yield from _paths(line.children, path, masked)
