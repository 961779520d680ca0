"""Reading one output that somebody has at hand, outside any run: what is understood and what is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import Platform, platforms
from collector.terminal_log.lines import eight_bit
from parsers.facts import FACT_NAMES, Facts, Known, Partial, Reason, Unknown, UnreadLine
from parsers.pasted import as_printed, flush
from parsers.reader import read_facts, unread_facts
from parsers.template import Row, parse, template_path
from parsers.text import clean
from parsers.time_limit import Budget, TookTooLongError, time_limit

LAYOUT = {
    "h3c_comware": ("h3c_comware7", "h3c_comware5"),
    "huawei_vrp": ("huawei_vrp8", "huawei_vrp5"),
    "inspur_inos": ("inspur_inos_cn",),
    "inspur_other": ("inspur_inos6",),
    "cisco_nxos": ("inspur_inos_cn",),
}
"""Folders of collected samples that are named after a family rather than after one of our platforms."""

_BUDGET = Budget()
_READ_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of a sample, which nobody knows; no fact that is shown rests on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one platform's rules made of one output."""

    platform: str
    command: str
    template: str | None
    """File name of the template; None where there is none, as for a whole configuration."""
    rows: tuple[Row, ...]
    unread: tuple[UnreadLine, ...]
    lines: int
    """Number of lines that are not blank."""
    facts: Mapping[str, Known[Any] | Partial[Any]]
    """Facts that this output alone is enough for, by name."""
    unreadable: Mapping[str, str]
    """Facts that should have come out of it and did not, by name, with the reason; `rows` where the template
    was given up and no fact rests on the command."""

    @property
    def covered(self) -> bool:
        """Something reads this command on this platform, however well."""
        return self.template is not None or bool(self.facts) or bool(self.unreadable)

    @property
    def understood(self) -> bool:
        """Something reads this command, every line of it was read, and its facts came out."""
        return self.covered and not self.unread and not self.unreadable


def read_sample(platform: Platform, command: str, raw: bytes, budget: Budget = _BUDGET) -> Reading:
    """Read one output by one platform's templates and readers; within the time for one, or not at all.

    Where a margin was put before its lines, it is taken away if more is understood without.
    """
    printed = as_printed(eight_bit(raw), command)
    reading = _read(platform, command, printed, budget)
    without = None if reading.understood or not reading.covered else flush(printed)
    if without is None:
        return reading
    return min(reading, _read(platform, command, without, budget), key=_not_understood)


def _not_understood(reading: Reading) -> tuple[int, int]:
    return len(reading.unread), len(reading.unreadable)


def _read(platform: Platform, command: str, raw: bytes, budget: Budget) -> Reading:
    lines = clean(raw, command, platform.prompt)
    path = template_path(platform, command)
    parsed, late = None, ""
    try:
        with time_limit(budget.output_s):
            parsed = None if path is None else parse(path, lines, command=command, capture="")
    except TookTooLongError:
        late = f"{command}: not read within {budget.output_s:.3g} s of processor time"
    captures = [_captured(command, raw)]
    facts = unread_facts(platform, captures, late) if late else read_facts(platform, captures, budget=budget)
    resting = dict(_resting(facts, platform, command))
    if late and not resting:
        resting["rows"] = Unknown(Reason.UNPARSED, late)
    return Reading(
        platform=platform.id,
        command=command,
        template=None if path is None else Path(path).name,
        rows=() if parsed is None else parsed.rows,
        unread=() if parsed is None else parsed.unread,
        lines=sum(bool(line.strip()) for line in lines),
        facts={name: fact for name, fact in resting.items() if not isinstance(fact, Unknown)},
        unreadable={name: fact.detail for name, fact in resting.items() if isinstance(fact, Unknown)},
    )


def _captured(command: str, raw: bytes) -> Capture:
    return Capture(
        device="", command=command, status=CaptureStatus.OK, raw=raw, started_at=_READ_AT, elapsed_s=0.0
    )


def _resting(
    facts: Facts, platform: Platform, command: str
) -> Iterator[tuple[str, Known[Any] | Partial[Any] | Unknown]]:
    """Facts that rest on this command, but for those that wait for other commands too."""
    for name in FACT_NAMES:
        fact = getattr(facts, name)
        asks = any(command in step.any_of for step in platform.facts.get(name, ()))
        if asks and not (isinstance(fact, Unknown) and fact.reason is Reason.NOT_COLLECTED):
            yield name, fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One file of a folder of samples, read by the platform that understands it best."""

    file: str
    """`<folder>/<command>/<sample>.txt`."""
    reading: Reading


class NoSamplesError(ValueError):
    """A folder is not laid out as `<platform or family>/<command_in_snake_case>/<sample>.txt`."""


def read_folder(folder: Path) -> Iterator[Sample]:
    """Read every sample of a folder, in the order of their names.

    Raises NoSamplesError when no file lies where samples lie, and OSError for one that cannot be read.
    """
    known = platforms()
    found = False
    for family in sorted(path for path in folder.iterdir() if path.is_dir()):
        candidates = [known[name] for name in LAYOUT.get(family.name, (family.name,)) if name in known]
        for path in sorted(family.glob("*/*.txt")) if candidates else ():
            found = True
            raw = path.read_bytes()
            readings = [read_sample(p, _command(p, path.parent.name), raw) for p in candidates]
            yield Sample(file=path.relative_to(folder).as_posix(), reading=max(readings, key=_merit))
    if not found:
        families = ", ".join((*known, *LAYOUT))
        raise NoSamplesError(
            f"{folder}: no file of the form <platform>/<command_in_snake_case>/<sample>.txt; "
            f"known platforms and families are {families}"
        )


def _command(platform: Platform, snake: str) -> str:
    """The command that a folder is named after; hyphens cannot be told from spaces without the list."""
    by_name = {command.replace("-", "_").replace(" ", "_"): command for command in platform.commands()}
    return by_name.get(snake, snake.replace("_", " "))


def _merit(reading: Reading) -> tuple[bool, bool, int, int, int]:
    """Better readings are larger: complete, with a template, fewer lines unread, more rows, more facts."""
    template = reading.template is not None
    return reading.understood, template, -len(reading.unread), len(reading.rows), len(reading.facts)
