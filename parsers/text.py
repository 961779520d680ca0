"""From the raw bytes of a capture to the lines of the device's answer."""

import re
from collections.abc import Sequence

from collector.terminal import decode, shown_lines

_ECHO_WITHIN = 4
"""Lines among which the echo stands, where a sample has blank lines or a tool's own heading above it."""
_HEADING = re.compile(r"\+\+\+ .* \+\+\+")
_LEFT_OUT = re.compile(
    r"[(（](?:\.{3,}|…+)[)）]|\.{3}|…+|(?:\.{2,}|…+)? ?<?(?:省?略|omitted|snip)>? ?(?:\.{2,}|…+)?",
    re.IGNORECASE,
)


def clean(raw: bytes, command: str, prompt: re.Pattern[str]) -> tuple[str, ...]:
    """Turn one capture into lines without echo, prompt, pager remains and terminal codes.

    Line numbers used as evidence (`Seen.lines`) count these lines from 1.
    """
    lines = shown_lines(decode(raw))
    lines = lines[_echo_ends(lines, command, prompt) :]
    while lines and not lines[-1].strip():
        lines.pop()
    if lines and prompt.fullmatch(lines[-1].strip()):
        lines.pop()
    while lines and not lines[-1].strip():
        lines.pop()
    return tuple(line.rstrip() for line in lines)


def _echo_ends(lines: Sequence[str], command: str, prompt: re.Pattern[str]) -> int:
    """How many lines stand up to the echo of the command, itself included; 0 where there is none."""
    for number, line in enumerate(lines[:_ECHO_WITHIN]):
        text = line.strip()
        if text and not _HEADING.fullmatch(text):
            asked = prompt.match(text)
            typed = text[asked.end() :].strip() if asked else ""
            return number + 1 if text.endswith(command) or typed.startswith(command) else 0
    return 0


def left_out(lines: Sequence[str]) -> int | None:
    """Number of the first line that a person wrote in place of others, as `(...)`; None: there is none."""
    marked = (number for number, line in enumerate(lines, start=1) if _LEFT_OUT.fullmatch(line.strip()))
    return next(marked, None)
