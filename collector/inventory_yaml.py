"""Reads an inventory written in YAML, remembering the line of everything."""

from typing import Any

import yaml

from collector.inventory_draft import HIDDEN, WHERE_IT_BELONGS, Draft, Path, Place, is_secret_key

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, where PyYAML was built with it: several times as fast on the inventory of ten thousand devices."""
_NULL = "tag:yaml.org,2002:null"
_NO_DEFAULT_FOR_NULL = frozenset({"valid_until"})
"""Keys for which null says something; elsewhere `key:` without a value is as if it were left out."""


def read_yaml(file: str, text: str) -> Draft:
    """Read a YAML text. Problems of form are in the draft, never raised.

    Scalars stay strings, for YAML would turn a telephone number or a version into another number.
    """
    draft = Draft(file, path_shown=True)
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        # Not the error's own words: they can quote what stands there.
        draft.report_at(
            Place((0,), ""), where, None, "no valid YAML: look at indents, blanks after colons, quotes"
        )
        return draft
    if not isinstance(root, yaml.MappingNode):
        draft.report_at(
            Place((0,), ""), "", None, "must hold `credentials:` and `sites:`, but is empty or something else"
        )
        return draft
    draft.data = _Walk(draft).mapping(root, ())
    return draft


class _Walk:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._open: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        if id(node) in self._open:
            self._draft.report(path, None, "refers to itself")
            return None
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self.mapping(node, path)
            if isinstance(node, yaml.SequenceNode):
                return self._sequence(node, path)
            return None if node.tag == _NULL else node.value
        finally:
            self._open.discard(id(node))

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = _place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._draft.report_at(place, place.text, None, "a key must be one word")
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in found:
                first = self._draft.places[here].text
                self._draft.report_at(place, place.text, None, f"{key} stands here twice, first at {first}")
                continue
            self._draft.places[here] = place
            if is_secret_key(key):
                self._draft.report(here, HIDDEN, WHERE_IT_BELONGS)
                continue
            value = self.value(value_node, here)
            if value is not None or key in _NO_DEFAULT_FOR_NULL:
                found[key] = value
        return found

    def _sequence(self, node: yaml.SequenceNode, path: Path) -> list[Any]:
        items = []
        for index, item in enumerate(node.value):
            here = (*path, index)
            self._draft.places[here] = _place(item)
            items.append(self.value(item, here))
        return items


def _place(node: yaml.Node) -> Place:
    line = node.start_mark.line + 1
    return Place((line,), f"line {line}")
