"""From the captures of one device to its Facts, by the readers of its platform.

A platform's module (`parsers/<platform>.py`) holds `READERS`, which maps the name of a fact to a
function from `Outputs` to the fact's value. Which commands a fact rests on is said once, in the
platform's YAML file; a reader is only called when each of them was answered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from time import process_time
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import Platform, Step
from parsers.config_tree import ConfigTree, build_tree
from parsers.facts import FACT_NAMES, FACT_TABLES, Facts, Known, Partial, Reason, Unknown, UnreadLine
from parsers.seen import Seen
from parsers.template import Parsed, UnreadableError, parse, template_path
from parsers.text import clean, left_out
from parsers.time_limit import Budget, TookTooLongError, time_limit

_BUDGET = Budget()
_SHORTEST_S = 0.05
"""Seconds for a fact of a device that has used up its time; small outputs are still read."""

_REASONS = {
    CaptureStatus.REFUSED: Reason.REFUSED,
    CaptureStatus.NO_PRIVILEGE: Reason.NO_PRIVILEGE,
    CaptureStatus.TIMED_OUT: Reason.TIMED_OUT,
    CaptureStatus.CUT: Reason.CUT,
}


@dataclass(slots=True)
class Answers:
    """The complete answers of one device; each is cleaned and read once, however many facts rest on it."""

    platform: Platform
    captures: Mapping[str, Capture]
    """By command; only complete ones."""
    cleaned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Lines by command, of those that were asked for."""
    _parsed: dict[str, Parsed] = field(default_factory=dict)
    _trees: dict[str, ConfigTree] = field(default_factory=dict)
    _too_long: set[str] = field(default_factory=set)
    """Commands whose answers were given up; nobody waits for them again."""

    def lines(self, command: str) -> tuple[str, ...]:
        """Give the cleaned lines of an output; log lines that burst into it are blank."""
        lines = self._clean(command)
        burst_in = self._burst_in(command)
        if not burst_in:
            return lines
        return tuple("" if number in burst_in else line for number, line in enumerate(lines, start=1))

    def parsed(self, command: str) -> Parsed:
        """Read an output by its template; raises UnreadableError where there is none."""
        if command not in self._parsed:
            path = template_path(self.platform, command)
            if path is None:
                raise UnreadableError(f"no template for {command!r}")
            skip, capture = self._burst_in(command), self.captures[command].sha256
            lines = self._clean(command)
            with self._once(command):
                self._parsed[command] = parse(path, lines, command=command, capture=capture, skip=skip)
        return self._parsed[command]

    def config(self, command: str) -> ConfigTree:
        """Read an output as a configuration; raises UnreadableError where a person cut it short.

        What does not stand there may then stand on the device, and no default may be taken for it.
        """
        if command not in self._trees:
            lines, capture = self.lines(command), self.captures[command].sha256
            if (mark := left_out(lines)) is not None:
                raise UnreadableError(f"{command}: line {mark} stands for lines that were left out")
            with self._once(command):
                self._trees[command] = build_tree(lines, command=command, capture=capture)
        return self._trees[command]

    @contextmanager
    def _once(self, command: str) -> Iterator[None]:
        """Give an answer up for good when the time is up inside."""
        if command in self._too_long:
            raise TookTooLongError(command)
        try:
            yield
        except TookTooLongError:
            self._too_long.add(command)
            raise TookTooLongError(command) from None

    def _clean(self, command: str) -> tuple[str, ...]:
        if command not in self.cleaned:
            self.cleaned[command] = clean(self.captures[command].raw, command, self.platform.prompt)
        return self.cleaned[command]

    def _burst_in(self, command: str) -> frozenset[int]:
        """Numbers of the log lines that a device printed into the answer to something else."""
        # Of the log itself, the first step prints it; what follows only helps to understand it.
        asks_for_logs = any(command in step.any_of for step in self.platform.facts.get("log_events", ())[:1])
        pattern = self.platform.log_line
        if pattern is None or asks_for_logs:
            return frozenset()
        lines = enumerate(self._clean(command), start=1)
        return frozenset(number for number, line in lines if pattern.match(line))


@dataclass(slots=True)
class Outputs:
    """What one device printed, as far as one fact may use it; notes which parts were used."""

    answers: Answers
    captures: Mapping[str, Capture]
    """By command; those answers that this fact rests on."""
    used: dict[str, Parsed] = field(default_factory=dict)
    """By command."""

    def parsed(self, *commands: str) -> Parsed | None:
        """Read the first of these commands that was answered; None when none was."""
        for command in commands:
            if command in self.captures:
                self.used[command] = self.answers.parsed(command)
                return self.used[command]
        return None

    def need(self, *commands: str) -> Parsed:
        """Do as `parsed` does, for commands without which the reader has nothing to say."""
        found = self.parsed(*commands)
        if found is None:
            raise UnansweredError(commands)
        return found

    def capture(self, command: str) -> Capture:
        """Give the capture itself, for times."""
        return self.captures[command]

    def lines(self, command: str) -> tuple[str, ...]:
        """Give the cleaned lines of an output; log lines that burst into it are blank."""
        return self.answers.lines(self.captures[command].command)

    def config(self, command: str) -> ConfigTree:
        """Read an output as a configuration."""
        return self.answers.config(self.captures[command].command)

    def unread(self) -> tuple[UnreadLine, ...]:
        """Every line that was not understood of what was used."""
        return tuple(line for parsed in self.used.values() for line in parsed.unread)


class UnansweredError(UnreadableError):
    """A command of an optional step turned out to be needed, and was not answered."""

    def __init__(self, commands: Sequence[str]) -> None:
        super().__init__(f"none of {', '.join(commands)} was answered")
        self.commands = tuple(commands)


Reader = Callable[[Outputs], Any]
"""Returns the value of the fact, of the type that `Facts` gives it; raises UnreadableError."""


def read_facts(
    platform: Platform,
    captures: Sequence[Capture],
    names: Iterable[str] = FACT_NAMES,
    budget: Budget = _BUDGET,
    cleaned: dict[str, tuple[str, ...]] | None = None,
) -> Facts:
    """Read the named facts of the platform, or every one, out of one device's captures.

    The last capture of a command wins. A fact whose commands were not answered, or whose output
    could not be read (in time), is Unknown with the reason; nothing is raised for what a device prints.
    The cleaned lines of the outputs that facts rest on are put into `cleaned`, by command.
    """
    readers = import_module(f"parsers.{platform.id}").READERS
    return _facts(platform, captures, readers, names, budget, {} if cleaned is None else cleaned)


def unread_facts(platform: Platform, captures: Sequence[Capture], why: str) -> Facts:
    """Give the facts of captures that were not read at all; those not answered say so as ever."""

    def unreadable(_: Outputs) -> None:
        raise UnreadableError(why)

    readers = dict.fromkeys(import_module(f"parsers.{platform.id}").READERS, unreadable)
    return _facts(platform, captures, readers, FACT_NAMES, _BUDGET, {})


def _facts(
    platform: Platform,
    captures: Sequence[Capture],
    readers: Mapping[str, Reader],
    names: Iterable[str],
    budget: Budget,
    cleaned: dict[str, tuple[str, ...]],
) -> Facts:
    until = process_time() + budget.device_s
    by_command = {capture.command: capture for capture in captures}
    complete = {c: capture for c, capture in by_command.items() if capture.status is CaptureStatus.OK}
    answers = Answers(platform, complete, cleaned)
    return Facts(
        **{
            name: _read(name, readers, answers, by_command, min(budget.output_s, until - process_time()))
            for name in names
        }
    )


def _read(
    name: str,
    readers: Mapping[str, Reader],
    answers: Answers,
    captures: Mapping[str, Capture],
    seconds: float,
) -> Any:
    platform = answers.platform
    if name in platform.without:
        nothing = Unknown(Reason.UNSUPPORTED, f"{platform.label}: {name}", absent=True)
        return Known(()) if name in FACT_TABLES else nothing
    if name not in platform.facts or name not in readers:
        return Unknown(Reason.UNSUPPORTED, f"{platform.label}: {name}")
    missing = [_unanswered(step, captures) for step in platform.facts[name] if not step.optional]
    for unknown in missing:
        if unknown is not None:
            return unknown
    asked = [command for step in platform.facts[name] for command in step.any_of]
    outputs = Outputs(answers, {c: answers.captures[c] for c in asked if c in answers.captures})
    sources = tuple(Seen(capture.sha256, command, ()) for command, capture in outputs.captures.items())
    try:
        with time_limit(max(seconds, _SHORTEST_S)):
            value = readers[name](outputs)
    except TookTooLongError as error:
        late = str(error) or " / ".join(outputs.captures)
        limit = f"{late}: not read within {max(seconds, _SHORTEST_S):.3g} s of processor time"
        return Unknown(Reason.UNPARSED, limit, sources, outputs.unread())
    except UnansweredError as error:
        why = _unanswered(Step(any_of=error.commands), captures)
        return why or Unknown(Reason.UNPARSED, str(error), sources, outputs.unread())
    except UnreadableError as error:
        return Unknown(Reason.UNPARSED, str(error), sources, outputs.unread())
    unread = outputs.unread()
    strange = [command for command, parsed in outputs.used.items() if _nothing_understood(parsed)]
    if strange:
        return Unknown(Reason.UNPARSED, f"{strange[0]}: not one line of it is known", sources, unread)
    return Partial(value, unread, sources) if unread else Known(value, sources)


def _nothing_understood(parsed: Parsed) -> bool:
    """Tell whether an answer is something else altogether: what it does not say means nothing then."""
    return bool(parsed.unread) and len(parsed.unread) == sum(bool(line.strip()) for line in parsed.lines)


def _unanswered(step: Step, captures: Mapping[str, Capture]) -> Unknown | None:
    """Why no command of this step was answered; None when one was."""
    tried = [captures[command] for command in step.any_of if command in captures]
    if any(capture.status is CaptureStatus.OK for capture in tried):
        return None
    if not tried:
        return Unknown(Reason.NOT_COLLECTED, " / ".join(step.any_of))
    last = tried[-1]
    return Unknown(
        _REASONS[last.status], f"{last.command}: {last.detail}", (Seen(last.sha256, last.command, ()),)
    )


def unread_lines(facts: Facts) -> tuple[UnreadLine, ...]:
    """Every line that was not understood, each once."""
    every = (getattr(facts, name) for name in FACT_NAMES)
    return tuple(dict.fromkeys(line for fact in every if not isinstance(fact, Known) for line in fact.unread))
