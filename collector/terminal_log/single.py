"""Files that hold the answer to one command and no prompt before it."""

import re
from collections.abc import Sequence

from collector.terminal_log.commands import named
from collector.terminal_log.exchanges import Exchange
from collector.terminal_log.lines import LogLine

_PROMPT_ALONE = re.compile(r"<(?P<angled>[^<>\s]{1,80})>|(?P<plain>[A-Za-z0-9][\w.-]{0,62})#")


def single_answer(path: str, lines: Sequence[LogLine], nameless: str) -> Exchange | None:
    """Read a file as one answer; None when neither its name nor its first line tells the command.

    The device is that of the prompt, else `nameless`, else what the file or its folder is named.
    """
    told = named(path)
    first = next((at for at, line in enumerate(lines) if line.shown.strip()), None)
    if first is None:
        return None
    last = max(at for at, line in enumerate(lines) if line.shown.strip())
    echoed = _echoed(lines[first].shown)
    command = echoed or (told[1] if told else None)
    if command is None:
        return None
    end = _PROMPT_ALONE.fullmatch(lines[last].shown.strip())
    host = (end["angled"] or end["plain"]) if end else nameless or (told[0] if told else "")
    return Exchange(
        host=host or None,
        prompt=end[0] if end else "",
        typed=command,
        lines=tuple(lines[first + (echoed is not None) : last + (end is None)]),
        first_line=lines[first].number,
        last_line=lines[last].number,
        problem="",
        at=lines[first].stamp,
    )


def _echoed(shown: str) -> str | None:
    """The command, where the first line is nothing but one."""
    told = named(shown.strip()) if " " in shown.strip() else None
    return told[1] if told is not None and told[1] == shown.strip().lower() else None
