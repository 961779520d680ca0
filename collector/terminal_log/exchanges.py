"""From the lines of one log to what was asked, of which device, and what it answered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from collector.terminal_log.commands import is_known
from collector.terminal_log.lines import LogLine, local_moment

_PROMPT = re.compile(
    r"(?:HRP_[MS]|\([MS]\))?"
    r"(?:<(?P<user>[^<>\s]{1,80})>|\[[~*]?(?P<view>[^\[\]\s]{1,80})\]"
    r"|(?P<plain>[A-Za-z0-9][\w.-]{0,62})(?:\([\w.-]+\))?[#>])"
    r"[ \t]*(?P<typed>.*)"
)
_SECTION = re.compile(
    r"\s*(?:={3,}\s*(?P<ruled>(?:dis|sh)[a-z]* [^=]{1,100}?)\s{0,9}={3,}"
    r"|-{3,}\s*(?P<dashed>(?:dis|sh)[a-z]* [^=]{1,100}?)\s{0,9}-{3,}"
    r"|`(?P<quoted>(?:dis|sh)[a-z]* [^`]{1,100})`)",
    re.IGNORECASE,
)
"""How a dump of many commands heads each of them."""
_RULE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_INTERRUPTED = re.compile(r"\^C\s*$")

_SESSION_MARK = re.compile(
    r"=~=~.*PuTTY log|Xshell \d|Connecting to \S+:\d+|Connection (?:closed|lost|to \S+ closed)|Disconnected\b"
    r"|.*\bSSH session to\b|Session (?:stopped|closed)|.*\bLog (?:start|stop|end)",
    re.IGNORECASE,
)
"""Where a terminal program, not the device, says that a session begins or ends."""
_DATED_MARK = re.compile(
    r"PuTTY log|\blog\b|日志|session|会话|\bstart|开始|current login time"
    r"|^\W*\d{4}[-./]\d\d?[-./]\d\d?[ T_]+\d\d?:\d\d[:.]\d\d",
    re.IGNORECASE,
)
_LAST_TIME = re.compile(r"\blast\b|previous|上次", re.IGNORECASE)
_DATE_TIME = re.compile(
    r"(\d{4})[-./](\d\d?)[-./](\d\d?)[ T_]+(\d\d?):(\d\d)[:.](\d\d)(?![\d:])(\s*[+-](?:0\d|1[0-4]):[0-5]\d)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One command in a log with all that was printed until the next prompt."""

    host: str | None
    """Name in the prompt; None in a dump that shows none."""
    prompt: str
    """As it is in the user view; empty where `host` is None."""
    typed: str
    lines: tuple[LogLine, ...]
    first_line: int
    last_line: int
    problem: str
    """Why the answer may not be whole; empty when the end of it is there."""
    at: datetime | None
    """When, by the log; UTC, aware. Where lines are stamped: the stamp of the answer's first line."""
    elapsed_s: float | None = None
    """From there to the prompt that ends the answer, with a second more since stamps have no fractions;
    None where lines are not stamped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """Lines that are no answer to anything."""

    first_line: int
    last_line: int
    shown: str
    """The first of them that is not blank."""


@dataclass(slots=True)
class _Open:
    """A command whose answer is being read; `typed` empty: nothing was asked."""

    host: str | None
    prompt: str
    typed: str
    first_line: int
    at: datetime | None
    section: bool = False
    lines: list[LogLine] = field(default_factory=list)


def split(lines: Sequence[LogLine], zone: tzinfo) -> Iterator[Exchange | Leftover]:
    """Find every command with its answer; all other lines are leftovers. Nothing is lost."""
    prompts = _Prompts(lines)
    now: datetime | None = None
    current = _Open(None, "", "", 1, None)
    for line in lines:
        asked = prompts.asked(line)
        section = _section(line, current)
        if asked is not None:
            host, prompt, typed = asked
            yield from _closed(current, line, same_host=host == current.host)
            current = _Open(host, prompt, typed, line.number, line.stamp or now)
        elif section is not None:
            yield from _closed(current, line, same_host=True)
            current = _Open(
                current.host, current.prompt, section, line.number, line.stamp or now, section=True
            )
        elif _SESSION_MARK.match(line.shown):
            yield from _closed(current, line, same_host=False)
            now = _dated(line.shown, zone) or now
            current = _Open(None, "", "", line.number, None, lines=[line])
        else:
            if not current.typed:
                now = _dated(line.shown, zone) or now
            current.lines.append(line)
    yield from _closed(current, None, same_host=False)


class _Prompts:
    """The prompts of a log: only names after which a known command was typed count as such.

    Everything else that looks like a prompt may be part of an answer.
    """

    def __init__(self, lines: Sequence[LogLine]) -> None:
        found = [m for line in lines if (m := _PROMPT.match(line.shown)) and is_known(m["typed"])]
        self._angled = {m["user"] for m in found if m["user"]}
        self._plain = {m["plain"] for m in found if m["plain"]}
        views = {m["view"] for m in found if m["view"]}
        # `[name-Vlanif1]` is a view of `name`.
        self._angled |= {view for view in views if self._owner(view) is None}

    def asked(self, line: LogLine) -> tuple[str, str, str] | None:
        """Name, prompt in the user view and what was typed; None when the line is no prompt."""
        match = _PROMPT.match(line.shown)
        if match is None:
            return None
        typed = match["typed"].strip()
        if match["plain"]:
            name = match["plain"]
            return (name, f"{name}#", typed) if name in self._plain else None
        name = match["user"] if match["user"] in self._angled else self._owner(match["view"] or "")
        return None if name is None else (name, f"<{name}>", typed)

    def _owner(self, view: str) -> str | None:
        if view in self._angled:
            return view
        owners = (view[:at] for at in range(len(view) - 1, 0, -1) if view[at] == "-")
        return next((owner for owner in owners if owner in self._angled), None)


def _section(line: LogLine, current: _Open) -> str | None:
    """The command that a section of a dump is headed with; None outside of dumps."""
    in_dump = current.host is None or current.section or re.search("diag|tech", current.typed)
    match = _SECTION.fullmatch(line.shown) if in_dump else None
    return None if match is None else next(text for text in match.groups() if text).strip()


def _closed(current: _Open, by: LogLine | None, *, same_host: bool) -> Iterator[Exchange | Leftover]:
    lines = current.lines
    last = lines[-1].number if lines else current.first_line
    if not current.typed:
        shown = next((line.shown.strip() for line in lines if line.shown.strip()), "")
        if shown:
            yield Leftover(first_line=lines[0].number, last_line=last, shown=shown)
        return
    problem = _problem(lines, by, same_host=same_host)
    # A prompt is stamped when it appears, which may be long before something is typed behind it.
    answered_at = next((line.stamp for line in lines if line.stamp is not None), None)
    ended_at = None if by is None or problem else by.stamp
    if current.section or (by is not None and _SECTION.fullmatch(by.shown)):
        lines = _without_rules(lines)
    yield Exchange(
        host=current.host,
        prompt=current.prompt,
        typed=current.typed,
        # A pager that stood alone on its line is no line of the answer.
        lines=tuple(line for line in lines if line.shown.strip() or not line.paged),
        first_line=current.first_line,
        last_line=last,
        problem=problem,
        at=answered_at or current.at,
        elapsed_s=_seconds(answered_at, ended_at),
    )


def _problem(lines: Sequence[LogLine], by: LogLine | None, *, same_host: bool) -> str:
    if by is None:
        return "日志在输出中途结束，之后没有提示符"
    if not same_host:
        return "输出之后不是本设备的提示符，会话可能已中断"
    printed = next((line for line in reversed(lines) if line.shown.strip() or line.paged), None)
    if by.paged or (printed is not None and printed.paged and not printed.shown.strip()):
        return "输出在分页处被中止"
    if printed is not None and _INTERRUPTED.search(printed.shown):
        return "输出被 Ctrl-C 中止"
    return ""


def _seconds(first: datetime | None, last: datetime | None) -> float | None:
    """Longest time between two stamps; None where one is missing or the clock was set back."""
    if first is None or last is None or last < first:
        return None
    return (last - first).total_seconds() + 1


def _without_rules(lines: list[LogLine]) -> list[LogLine]:
    """Leave out the rules that frame the head of a section."""
    first, last = 0, len(lines)
    while first < last and _framing(lines[first]):
        first += 1
    while last > first and _framing(lines[last - 1]):
        last -= 1
    return lines[first:last]


def _framing(line: LogLine) -> bool:
    return not line.shown.strip() or _RULE.fullmatch(line.shown) is not None


def _dated(shown: str, zone: tzinfo) -> datetime | None:
    """The time that the head of a session tells; None for any other line."""
    match = _DATE_TIME.search(shown)
    if match is None or not _DATED_MARK.search(shown) or _LAST_TIME.search(shown):
        return None
    digits = match[1] + "".join(part.zfill(2) for part in match.groups()[1:6])
    offset = datetime.strptime(match[7].strip(), "%z").tzinfo if match[7] else None
    return local_moment(digits, offset or zone)
