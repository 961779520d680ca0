"""Facts of one device as text and back, so that a run judged once need not be read again to be compared.

It is JSON. Rows are lists in the order of their fields, and where they were seen is told by the number of
the capture; so it is short and quick to read. It is of one `version`, that of the release and a digest of the
form of all facts: text of another one is refused, since the captures it came from can be read again. Every
word of a device is masked on the way, so that what comes back may differ by secrets; `masked` gives facts as
they come back.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from hashlib import sha256
from importlib import metadata
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from collector.errors import XunjianError
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import FACT_NAMES, NOT_ASKED, Facts, Known, Partial, Reason, Unknown, UnreadLine
from parsers.masking import mask_line, mask_lines
from parsers.seen import Seen


class StoredFactsError(XunjianError):
    """A text is not facts of this version."""


@dataclass(slots=True)
class _Book:
    """The captures that one device's facts rest on, each told once: digest and command."""

    captures: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, capture: str, command: str) -> int:
        key = (capture, command)
        if key not in self.numbers:
            self.numbers[key] = len(self.captures)
            self.captures.append(key)
        return self.numbers[key]


_Write = Callable[[Any, _Book], Any]
_Read = Callable[[Any, _Book], Any]


@dataclass(frozen=True, slots=True)
class _Form:
    """How values of one type are written and read."""

    name: str
    """Goes into the version: it changes when the type does."""
    write: _Write
    read: _Read | None
    """None: it is read as it stands."""


def dump_facts(facts: Facts) -> bytes:
    """Write facts as text, UTF-8, secrets masked. What was never asked for is left out."""
    book = _Book()
    told = {
        name: _forms()[name].write(fact, book)
        for name in FACT_NAMES
        if (fact := getattr(facts, name)) != NOT_ASKED
    }
    text = json.dumps(
        {"version": version(), "captures": book.captures, "facts": told},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return text.encode("utf-8", "surrogatepass")


def load_facts(text: bytes) -> Facts:
    """Read facts back; raises StoredFactsError when the text is of another version, or damaged."""
    try:
        told = json.loads(text.decode("utf-8", "surrogatepass"))
        if told["version"] != version():
            raise StoredFactsError(f"facts of version {told['version']}, not {version()}")
        book = _Book([(capture, command) for capture, command in told["captures"]])
        forms = _forms()
        return Facts(**{name: _read(forms[name], fact, book) for name, fact in told["facts"].items()})
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise StoredFactsError(f"no facts of one device: {error!r}") from error


def masked(facts: Facts) -> Facts:
    """Give facts as they are read back: to be compared with others that were stored."""
    return load_facts(dump_facts(facts))


@cache
def version() -> str:
    """Tell by which release facts were read, and their form by a digest of their fields and types."""
    said = ";".join(f"{name}={form.name}" for name, form in _forms().items())
    return f"{metadata.version('xunjian')} {sha256(said.encode()).hexdigest()[:12]}"


@cache
def _forms() -> dict[str, _Form]:
    """By name of the fact."""
    return {name: _fact(_value_type(hint)) for name, hint in get_type_hints(Facts).items()}


def _value_type(hint: Any) -> Any:
    """The type of the value of a `Fact[...]`."""
    return get_args(get_args(hint)[0])[0]


def _read(form: _Form, told: Any, book: _Book) -> Any:
    return told if form.read is None else form.read(told, book)


# --- facts as a whole ----------------------------------------------------------------------------


def _fact(value_type: Any) -> _Form:
    """A dictionary: `value` and, when some lines were not, `unread`; or `unknown`, the reason."""
    value, unread, sources = _form(value_type), _form(tuple[UnreadLine, ...]), _form(tuple[Seen, ...])

    def write(fact: Known[Any] | Partial[Any] | Unknown, book: _Book) -> dict[str, Any]:
        told: dict[str, Any] = {"sources": sources.write(fact.sources, book)}
        match fact:
            case Known():
                return told | {"value": value.write(fact.value, book)}
            case Partial():
                return told | {
                    "value": value.write(fact.value, book),
                    "unread": unread.write(fact.unread, book),
                }
            case Unknown():
                return told | {
                    "unknown": fact.reason.value,
                    "detail": mask_line(fact.detail),
                    "unread": unread.write(fact.unread, book),
                    "absent": fact.absent,
                }

    def read(told: dict[str, Any], book: _Book) -> Known[Any] | Partial[Any] | Unknown:
        seen = _read(sources, told["sources"], book)
        if "unknown" in told:
            lines = _read(unread, told["unread"], book)
            return Unknown(Reason(told["unknown"]), told["detail"], seen, lines, told.get("absent", False))
        known = _read(value, told["value"], book)
        return (
            Partial(known, _read(unread, told["unread"], book), seen)
            if "unread" in told
            else Known(known, seen)
        )

    return _Form(value.name, write, read)


# --- values --------------------------------------------------------------------------------------


@cache
def _form(kind: Any) -> _Form:
    """How a type that stands in a fact is written; raises TypeError for one that none has so far."""
    if kind in _OF_TYPE:
        return _OF_TYPE[kind]
    origin = get_origin(kind)
    if origin is Literal:
        return _Form(f"{get_args(kind)}", _as_it_is, None)
    if origin in (Union, UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple(*get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Form(
            str([each.value for each in kind]), lambda value, _: value.value, lambda told, _: kind(told)
        )
    if is_dataclass(kind):
        return _row(kind)
    raise TypeError(f"no form for {kind} in a fact")


def _as_it_is(value: Any, _: _Book) -> Any:
    return value


def _optional(kind: Any) -> _Form:
    """What may be None; unions of other kinds do not occur in facts."""
    (some,) = (argument for argument in get_args(kind) if argument is not type(None))
    inner = _form(some)
    write, read = inner.write, inner.read
    return _Form(
        f"{inner.name}?",
        lambda value, book: None if value is None else write(value, book),
        None if read is None else lambda told, book: None if told is None else read(told, book),
    )


def _tuple(*kinds: Any) -> _Form:
    if kinds[-1] is Ellipsis:
        inner = _form(kinds[0])
        write, read = inner.write, inner.read
        return _Form(
            f"[{inner.name}]",
            lambda value, book: [write(each, book) for each in value],
            (lambda told, _: tuple(told))
            if read is None
            else lambda told, book: tuple([read(each, book) for each in told]),
        )
    forms = [_form(kind) for kind in kinds]
    return _Form(
        f"({','.join(form.name for form in forms)})",
        lambda value, book: [form.write(each, book) for form, each in zip(forms, value, strict=True)],
        lambda told, book: tuple(_read(form, each, book) for form, each in zip(forms, told, strict=True)),
    )


def _row(kind: Any) -> _Form:
    """A dataclass: the values of its fields in their order."""
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind)]
    forms = [_form(hints[name]) for name in names]
    writers = [(name, form.write) for name, form in zip(names, forms, strict=True)]
    readers = [(number, form.read) for number, form in enumerate(forms) if form.read is not None]

    def read(told: list[Any], book: _Book) -> Any:
        for number, reader in readers:
            told[number] = reader(told[number], book)
        return kind(**dict(zip(names, told, strict=True)))

    return _Form(
        f"{kind.__name__}({','.join(f'{n}:{f.name}' for n, f in zip(names, forms, strict=True))})",
        lambda value, book: [write(getattr(value, name), book) for name, write in writers],
        read,
    )


def _write_seen(seen: Seen, book: _Book) -> list[int]:
    return [book.number(seen.capture, seen.command), *seen.lines]


def _read_seen(told: list[int], book: _Book) -> Seen:
    capture, command = book.captures[told[0]]
    return Seen(capture, command, tuple(told[1:]))


def _write_tree(tree: ConfigTree, book: _Book) -> list[Any]:
    """The number of its capture, then depth, number and text of every line in order."""
    lines = list(_with_depth(tree.lines, 0))
    texts = mask_lines(line.text for _, line in lines)
    told = [[depth, line.number, text] for (depth, line), text in zip(lines, texts, strict=True)]
    return [book.number(tree.capture, tree.command), told]


def _with_depth(lines: tuple[ConfigLine, ...], depth: int) -> Iterator[tuple[int, ConfigLine]]:
    for line in lines:
        yield depth, line
        yield from _with_depth(line.children, depth + 1)


def _read_tree(told: list[Any], book: _Book) -> ConfigTree:
    capture, command = book.captures[told[0]]
    # From the last line up: what lies deeper and has no parent yet belongs to the next line above it.
    waiting: list[tuple[int, ConfigLine]] = []
    for depth, number, text in reversed(told[1]):
        children = []
        while waiting and waiting[-1][0] > depth:
            children.append(waiting.pop()[1])
        waiting.append((depth, ConfigLine(number, text, tuple(children))))
    return ConfigTree(command, capture, tuple(line for _, line in reversed(waiting)))


_OF_TYPE: dict[Any, _Form] = {
    str: _Form("str", lambda value, _: mask_line(value), None),
    int: _Form("int", _as_it_is, None),
    float: _Form("float", _as_it_is, None),
    bool: _Form("bool", _as_it_is, None),
    datetime: _Form(
        "datetime", lambda value, _: value.isoformat(), lambda told, _: datetime.fromisoformat(told)
    ),
    Seen: _Form("seen", _write_seen, _read_seen),
    ConfigTree: _Form("tree", _write_tree, _read_tree),
}
