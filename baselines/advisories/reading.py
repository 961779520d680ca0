"""Opening a file of advisories: bounded in size, depth and time, whatever somebody put into it.

Limits: 512 MB for a feed, 32 MB for one document or one record of a feed, 64 levels of nesting. A feed
(NVD, KEV, a list of records) is read record by record and never held whole.
"""

import gzip
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Final
from xml.etree.ElementTree import Element, ParseError

from baselines.advisories.errors import AdvisoryError
from baselines.advisory import Advisory, Epss, Kev

MB: Final = 1 << 20
MOST_FEED: Final = 512 * MB
MOST_RECORD: Final = 32 * MB
MOST_DEPTH: Final = 64
_CHUNK: Final = 1 * MB
_HEAD: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What a list says of one CVE that others describe."""

    cve: str
    kev: Kev | None = None
    epss: Epss | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that gave no advisory, and why: it is counted, not forgotten."""

    record: str
    reason: str


Record = Advisory | Enrichment | Skipped


@dataclass(slots=True)
class Feed:
    """One file as it is being read."""

    name: str
    """Name of the source, as reports print it."""
    format: str
    file: str
    records: Iterator[Record]
    as_of: date | None = None
    """The day up to which it is complete, where it says so; may be known only when all records are read."""
    note: str = ""


def head_of(path: Path) -> bytes:
    """Give the first 64 KB of a file, unpacked; raises AdvisoryError when it cannot be read."""
    try:
        with _opened(path) as stream:
            return stream.read(_HEAD)
    except (OSError, EOFError) as error:
        raise AdvisoryError(str(path), [f"cannot be read: {error}"]) from error


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]


def whole_bytes(path: Path, most: int = MOST_RECORD) -> bytes:
    """Read one document; raises AdvisoryError when it is too large or cannot be read."""
    try:
        with _opened(path) as stream:
            data = stream.read(most + 1)
    except (OSError, EOFError) as error:
        raise AdvisoryError(str(path), [f"cannot be read: {error}"]) from error
    if len(data) > most:
        raise AdvisoryError(str(path), [f"file: more than {most // MB} MB; one document has to be smaller"])
    return data


def whole_json(path: Path) -> dict[str, Any]:
    """Read one JSON document, an object; raises AdvisoryError naming the place."""
    file = str(path)
    try:
        data = json.loads(whole_bytes(path))
    except (ValueError, RecursionError) as error:
        raise AdvisoryError(file, [_json_problem(error)]) from error
    if not isinstance(data, dict):
        raise AdvisoryError(file, [f"file: value {_short(data)}: must be a JSON object"])
    _not_too_deep(file, data)
    return data


def _json_problem(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return f"file: nested deeper than {MOST_DEPTH} levels"
    return f"file: no valid JSON: {error}"


def _not_too_deep(file: str, data: object) -> None:
    level: list[object] = [data]
    for _ in range(MOST_DEPTH):
        level = [child for each in level for child in _children(each)]
        if not level:
            return
    raise AdvisoryError(file, [f"file: nested deeper than {MOST_DEPTH} levels"])


def _children(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        return (each for each in value.values() if isinstance(each, dict | list))
    if isinstance(value, list):
        return (each for each in value if isinstance(each, dict | list))
    return iter(())


def xml_root(path: Path) -> Element:
    """Read an XML document; entities, external references and DTDs are refused.

    Raises AdvisoryError naming the place.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    data = _in_utf8(whole_bytes(path))
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise AdvisoryError(
            str(path), [f"file: {type(error).__name__}: a DTD or entities are not accepted"]
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise AdvisoryError(str(path), [f"file: no valid XML: {error}"]) from error
    level = [root]
    for _ in range(MOST_DEPTH):
        level = [child for each in level for child in each]
        if not level:
            return root
    raise AdvisoryError(str(path), [f"file: nested deeper than {MOST_DEPTH} levels"])


def _in_utf8(data: bytes) -> bytes:
    """The XML parser knows no Chinese encodings; CNVD's copies come in them."""
    declared = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["'](gb2312|gbk|gb18030)["']""", data, re.IGNORECASE)
    if declared is None:
        return data
    text = data.decode("gb18030", "replace")
    return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8")


# --- feeds, record by record ---------------------------------------------------------------------


class JsonFeed:
    """A JSON file whose top level is a list of records, or an object with one under a known name.

    `head` holds what the object says before the list, and once all is read also what it says after it.
    """

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self.file = str(path)
        self.head: dict[str, Any] = {}
        self._names = names
        self._path = path
        self._text = ""
        self._at = 0
        self._read = 0
        self._decoder = json.JSONDecoder()

    def records(self) -> Iterator[tuple[int, Any]]:
        """Give each record with its number; raises AdvisoryError naming the record that cannot be read."""
        try:
            with _opened(self._path) as stream:
                self._stream = stream
                yield from self._top()
        except (OSError, EOFError) as error:
            raise AdvisoryError(self.file, [f"cannot be read: {error}"]) from error

    def _top(self) -> Iterator[tuple[int, Any]]:
        self._pending = b""
        sign = self._next_sign()
        if sign == "[":
            yield from self._items("")
            return
        if sign != "{":
            raise self._problem("file", "must be a JSON object or a list")
        if self._peek() == "}":
            return
        while True:
            name = self._value("file")
            if self._next_sign() != ":":
                raise self._problem(str(name), "no valid JSON: a `:` is missing")
            if name in self._names and self._peek() == "[":
                self._next_sign()
                yield from self._items(f"{name}.")
            else:
                self.head[str(name)] = value = self._value(str(name))
                _not_too_deep(self.file, value)
            sign = self._next_sign()
            if sign == "}":
                return
            if sign != ",":
                raise self._problem("file", "no valid JSON: it ends in the midst, or a `,` is missing")

    def _items(self, place: str) -> Iterator[tuple[int, Any]]:
        if self._peek() == "]":
            self._next_sign()
            return
        number = 0
        while True:
            record = self._value(f"{place}{number}")
            _not_too_deep(f"{self.file}", record)
            yield number, record
            number += 1
            sign = self._next_sign()
            if sign == "]":
                return
            if sign != ",":
                where = f"{place}{number}"
                raise self._problem(where, "no valid JSON: it ends in the midst, or a `,` is missing")

    def _value(self, place: str) -> Any:
        """Decode the value that begins here; read on as long as it is not whole."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self._problem(place, f"nested deeper than {MOST_DEPTH} levels") from error
            except ValueError as error:
                if len(self._text) - self._at > MOST_RECORD:
                    raise self._problem(place, f"one record is larger than {MOST_RECORD // MB} MB") from error
                if not self._more():
                    raise self._problem(place, f"no valid JSON: {error}") from error
                continue
            # A number at the end of what was read may go on.
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return value

    def _peek(self) -> str:
        """Give the next sign that is no white space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n\ufeff":
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _next_sign(self) -> str:
        sign = self._peek()
        self._at += 1
        return sign

    def _more(self) -> bool:
        """Read one more piece; False at the end of the file."""
        # What is open grows twofold, so that a record that is never closed is not tried again and again.
        piece = self._stream.read(max(_CHUNK, len(self._text) - self._at))
        self._read += len(piece)
        if self._read > MOST_FEED:
            raise self._problem("file", f"more than {MOST_FEED // MB} MB: import it in parts, by year")
        if not piece:
            return False
        data = self._pending + piece
        text, self._pending = _decoded(data)
        if text is None:
            raise self._problem("file", "no UTF-8 text")
        self._text = self._text[self._at :] + text
        self._at = 0
        return True

    def _problem(self, place: str, what: str) -> AdvisoryError:
        return AdvisoryError(self.file, [f"{place}: {what}"])


def _decoded(data: bytes) -> tuple[str | None, bytes]:
    """Decode as much as is whole; what a character is cut off of stays for the next piece."""
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode("utf-8"), data[len(data) - cut :] if cut else b""
        except UnicodeDecodeError:
            continue
    return None, b""


# --- values that may be of any type --------------------------------------------------------------


class RecordError(Exception):
    """A record has not the form it should have; its text names place, value and what was expected."""


class Json:
    """An object of a JSON file, with its place: gives values of the type that is asked for, or raises.

    What is absent or null is empty; what has another type raises RecordError.
    """

    def __init__(self, value: object, place: str = "") -> None:
        if not isinstance(value, dict):
            raise RecordError(f"{place or 'file'}: value {_short(value)}: must be an object")
        self.value: dict[str, Any] = value
        self.place = place

    def at(self, key: str) -> str:
        """Name the place of a key."""
        return f"{self.place}.{key}" if self.place else key

    def text(self, key: str) -> str:
        """Give a text on one line, without white space around it."""
        return _text(self.value.get(key), self.at(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts."""
        return tuple(_text(each, f"{self.at(key)}.{n}") for n, each in enumerate(self.list(key)))

    def list(self, key: str) -> list[Any]:
        """Give a list of anything."""
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise RecordError(f"{self.at(key)}: value {_short(value)}: must be a list")
        return value

    def object(self, key: str) -> "Json":
        """Give an object; an empty one where there is none."""
        value = self.value.get(key)
        return Json({} if value is None else value, self.at(key))

    def objects(self, key: str) -> Iterator["Json"]:
        """Give the objects of a list."""
        for number, each in enumerate(self.list(key)):
            yield Json(each, f"{self.at(key)}.{number}")

    def number(self, key: str) -> float | None:
        """Give a finite number, also one that is written as a text."""
        value = self.value.get(key)
        if value is None:
            return None
        if (number := finite(value)) is None:
            raise RecordError(f"{self.at(key)}: value {_short(value)}: must be a number")
        return number

    def day(self, key: str) -> date | None:
        """Give the day of a date or a time."""
        said = self.text(key)
        if not said:
            return None
        if (day := day_of(said)) is None:
            raise RecordError(f"{self.at(key)}: value {_short(said)}: must be a date like 2026-06-30")
        return day


def _text(value: object, place: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(f"{place}: value {_short(value)}: must be a text")
    return " ".join(value.split())


def finite(value: object) -> float | None:
    """Give a finite number, also one that is written as a text; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def day_of(said: str) -> date | None:
    """Give the day of a date or a time as feeds write them; None for what is none."""
    try:
        return date.fromisoformat(said[:10].replace("/", "-"))
    except ValueError:
        return None


_LONGEST = 60


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
