"""The lines of one log, without what the terminal program put in front of them."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from collector.terminal import decode, shown_lines

_SAMPLE_BYTES = 4000
_UTF16_SHARE = 0.4
"""Share of the code units of a text that have a zero byte, from which on it is UTF-16."""

_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_PAGER = re.compile(rb"(?<!-)-{2,} ?more ?-{2,}", re.IGNORECASE)
# Copying from a terminal's window keeps the moves of the cursor, but loses their ESC.
_PAGER_COPIED = re.compile(rb"[ \t]{0,40}(?<!-)-{2,} ?more ?-{2,}\[\d{1,3}D *(?:\[\d{1,3}D)?", re.IGNORECASE)
_COPIED_AGAIN = re.compile(rb"^\[\d{1,3}D *\[\d{1,3}D")

_STAMP = re.compile(
    rb"\[?(?P<date>\d{4}(?P<dash>[-/.]?)\d\d(?P=dash)\d\d)[ T_](?P<time>\d\d:\d\d[:.]\d\d)"
    rb"(?:[.,:]\d{1,6})?\]?"
    rb"|\[\d\d:\d\d:\d\d(?:[.,:]\d{1,6})?\]"
)
_PROMPT_AND_COMMAND = re.compile(
    rb"(?:HRP_[MS]|\([MS]\))?(?:<[^<>\s]+>|\[[~*]?[^\[\]\s]+\]|[A-Za-z0-9][\w.-]*(?:\([\w.-]+\))?[#>])"
    rb"[ \t]*(?:dis|sh)[a-z]* "
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a log."""

    number: int
    """From 1."""
    raw: bytes
    """As recorded, without line end and without a stamp in front."""
    shown: str
    """As a person saw it."""
    stamp: datetime | None
    """What the terminal program wrote in front; UTC, aware."""
    paged: bool
    """A pager waited here."""


def log_lines(data: bytes, zone: tzinfo) -> tuple[LogLine, ...]:
    """Split a log into lines. `zone` is that of its stamps.

    Bytes stay as recorded (UTF-8 or GB18030, or both in one file); only UTF-16 becomes UTF-8.
    """
    raws = [raw.rstrip(b"\r") for raw in eight_bit(data).split(b"\n")]
    if raws and not raws[-1]:
        raws.pop()
    blank = _blank_after_stamp(raws)
    return tuple(_line(number, raw, blank, zone) for number, raw in enumerate(raws, 1))


def is_text(data: bytes) -> bool:
    """Tell a log from a picture or a program."""
    sample = eight_bit(data[:_SAMPLE_BYTES])
    return len(_CONTROL.findall(sample)) <= len(sample) * 0.3


def eight_bit(data: bytes) -> bytes:
    """Give a text without its byte order mark; one in UTF-16 in UTF-8."""
    if data.startswith(codecs.BOM_UTF8):
        return data.removeprefix(codecs.BOM_UTF8)
    encoding = _utf16(data)
    return data.decode(encoding, "replace").removeprefix("\ufeff").encode() if encoding else data


def _utf16(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = data[:_SAMPLE_BYTES]
    enough = len(sample) // 2 * _UTF16_SHARE
    if enough and sample[1::2].count(0) > enough > sample[::2].count(0):
        return "utf-16-le"
    if enough and sample[::2].count(0) > enough > sample[1::2].count(0):
        return "utf-16-be"
    return None


def _blank_after_stamp(raws: Sequence[bytes]) -> bytes | None:
    """What stands between stamp and line, where commands are stamped; None where they are not.

    A device prints times of its own in front of lines: only stamps that stand before prompts too
    are the terminal program's.
    """
    stamped = Counter(blank for raw in raws if (blank := _blank_before_command(raw)) is not None)
    bare = sum(_PROMPT_AND_COMMAND.match(raw) is not None for raw in raws)
    return stamped.most_common(1)[0][0] if stamped.total() > bare else None


def _blank_before_command(raw: bytes) -> bytes | None:
    stamp = _STAMP.match(raw)
    if stamp is None:
        return None
    rest = raw[stamp.end() :]
    line = rest.lstrip(b" \t")
    return rest[: len(rest) - len(line)] if _PROMPT_AND_COMMAND.match(line) else None


def _line(number: int, raw: bytes, blank: bytes | None, zone: tzinfo) -> LogLine:
    when = None
    stamp = None if blank is None else _STAMP.match(raw)
    if stamp is not None and blank is not None:
        raw = raw[stamp.end() :]
        # Editors strip trailing blanks, so that an empty line may have lost what follows its stamp.
        raw = raw.removeprefix(blank)
        when = _moment(stamp, zone)
    paged = _PAGER.search(raw) is not None
    if paged:
        raw = _PAGER_COPIED.sub(b"", raw)
    raw = _COPIED_AGAIN.sub(b"", raw)
    shown = decode(raw)
    if paged or _CONTROL.search(raw):
        (shown,) = shown_lines(shown)
    return LogLine(number, raw, shown.rstrip(), when, paged)


def _moment(stamp: re.Match[bytes], zone: tzinfo) -> datetime | None:
    if stamp["date"] is None:
        return None
    digits = re.sub(rb"\D", b"", stamp["date"] + stamp["time"]).decode()
    return local_moment(digits, zone)


def local_moment(digits: str, zone: tzinfo) -> datetime | None:
    """Turn fourteen digits (year to second, in `zone`) into UTC; None for what is no date."""
    try:
        local = datetime.strptime(digits, "%Y%m%d%H%M%S")  # noqa: DTZ007 - a log says no zone; given below
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
