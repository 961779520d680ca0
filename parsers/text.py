"""From the raw bytes of a capture to the lines of the device's answer."""

import re

from collector.terminal import decode, shown_lines


def clean(raw: bytes, command: str, prompt: re.Pattern[str]) -> tuple[str, ...]:
    """Turn one capture into lines without echo, prompt, pager remains and terminal codes.

    Line numbers used as evidence (`Seen.lines`) count these lines from 1.
    """
    lines = shown_lines(decode(raw))
    if lines and lines[0].strip().endswith(command):
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines.pop()
    if lines and prompt.fullmatch(lines[-1].strip()):
        lines.pop()
    while lines and not lines[-1].strip():
        lines.pop()
    return tuple(line.rstrip() for line in lines)
