"""Baseline files laid over one another: ours, the customer's, and in each what holds for a role or a device.

What is more particular wins inside a file; a file wins over the one it extends. Of every value stays known
which file and line it came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from collector.errors import XunjianError

Place = tuple[str | int, ...]
"""Keys from the root of a file, or from a check's row."""
SECTIONS = (
    "extends",
    "checks",
    "roles",
    "devices",
    "scoring",
    "hardening",
    "risk",
    "approved",
    "lifecycle",
)
LISTS = ("approved", "lifecycle")
MOST_FILES = 8
"""Files that extend one another; more is a mistake."""


class BaselineError(XunjianError):
    """A baseline cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"baseline {file} cannot be used, {len(problems)} to correct:\n{lines}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands."""

    file: str
    line: int
    """From 1."""

    def __str__(self) -> str:
        """Spell it as editors and compilers do."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Layer:
    """One file as it was written."""

    file: str
    data: Mapping[str, Any]
    lines: Mapping[Place, int]

    def origin(self, place: Place) -> Origin:
        """Where this place stands in the file, or the nearest thing around it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return Origin(self.file, self.lines[place[:length]])
        return Origin(self.file, 1)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Checks' rows that stand together somewhere in a layer: its own, those of a role or of a device."""

    layer: Layer
    place: Place
    rows: Mapping[str, Any]

    def origin(self, place: Place) -> Origin:
        """Where a place of these rows stands."""
        return self.layer.origin((*self.place, *place))


def read_layers(path: Path) -> tuple[Layer, ...]:
    """Read a file and those that it extends, the most general one first.

    Raises BaselineError for a file that cannot be read, has not the form, or extends itself.
    """
    layers: list[Layer] = []
    seen: list[Path] = []
    following: Path | None = path
    while following is not None:
        seen.append(following.resolve())
        layer = read_layer(str(following), following)
        layers.append(layer)
        extends = layer.data.get("extends")
        following = None if extends is None else following.parent / extends
        if following is not None and (following.resolve() in seen or len(seen) >= MOST_FILES):
            where = layer.lines["extends",]
            raise BaselineError(layer.file, [f"extends (line {where}): {extends} extends this file again"])
    return tuple(reversed(layers))


def read_layer(name: str, path: Path) -> Layer:
    """Read one file; raises BaselineError when it cannot be read or its sections are not such."""
    try:
        text = path.read_text("utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(name, [f"cannot be read: {error}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BaselineError(name, [f"no valid YAML: {error}"]) from error
    if not isinstance(data, dict) or node is None:
        raise BaselineError(name, [f"value {data!r}: must be YAML with the sections checks and scoring"])
    layer = Layer(name, data, dict(lines_of(node, ())))
    problems = list(_malformed(layer))
    if problems:
        raise BaselineError(name, problems)
    return layer


def lines_of(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    """Every place below a node with the line that it stands in, from 1."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*place, str(key.value))
            yield here, key.start_mark.line + 1
            yield from lines_of(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*place, index), item.start_mark.line + 1
            yield from lines_of(item, (*place, index))


def _malformed(layer: Layer) -> Iterator[str]:
    data = layer.data
    for name in data:
        if name not in SECTIONS:
            yield f"{name}: no such section; known are {', '.join(SECTIONS)}"
    if not isinstance(data.get("extends", ""), str):
        yield f"extends: value {data['extends']!r}: must be the path of a file"
    for name in SECTIONS[1:]:
        section = data.get(name, {})
        if name in LISTS:
            if not isinstance(data.get(name, []), list):
                yield f"{name}: value {section!r}: must be a list"
        elif not isinstance(section, dict):
            yield f"{name}: value {section!r}: must be `key: value` lines"
        elif name in ("roles", "devices"):
            yield from _malformed_groups(name, section)


def _malformed_groups(name: str, section: Mapping[Any, Any]) -> Iterator[str]:
    for key, group in section.items():
        if not isinstance(group, dict) or not isinstance(group.get("checks", {}), dict):
            yield f"{name}.{key}: value {group!r}: must be `checks:` with `key: value` lines"
        else:
            yield from (
                f"{name}.{key}.{word}: no such key; known is checks" for word in group if word != "checks"
            )


def fragments(layers: tuple[Layer, ...], role: str | None, device: str | None) -> Iterator[Fragment]:
    """Everything that holds for a device, the most general first; None: for none in particular."""
    for layer in layers:
        yield Fragment(layer, ("checks",), layer.data.get("checks", {}))
        for section, name in (("roles", role), ("devices", device)):
            group = layer.data.get(section, {}).get(name)
            if group is not None:
                yield Fragment(layer, (section, str(name), "checks"), group.get("checks", {}))


def merged(rows: list[Fragment], check_id: str) -> tuple[Any, dict[str, Origin]]:
    """Lay one check's rows over one another; give also where each parameter came from.

    The row is no mapping only where a file has something else in its place.
    """
    row: Any = {}
    origins: dict[str, Origin] = {}
    for fragment in rows:
        if check_id not in fragment.rows:
            continue
        said = fragment.rows[check_id]
        if not isinstance(said, dict):
            return said, {}
        row = {**row, **said}
        origins |= {str(name): fragment.origin((check_id, str(name))) for name in said}
    return row, origins
