"""Platforms as data: one YAML file in `collector/platforms/` for each."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from re import Pattern
from typing import Annotated, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

# A command may hold words, numbers and interface names. Everything else (a pipe, a semicolon, a
# redirection, a control character) can make a device do more than print, and is not expressible here.
COMMAND_FORM = r"(display|show|dir)( [A-Za-z0-9][A-Za-z0-9./_-]*)*"


# These print for minutes and, given a file name or a `Y` at a question, write to the device's storage. The
# shortest form that a device would complete to one of them is refused too.
_WRITE_FILES = ("diagnostic-information", "tech-support")
_DIAGNOSTIC_RESULTS = frozenset({"display diagnostic result verbose", "show diagnostic result module all"})
"""Other commands than the first of these, whose last word is the name of a file: a device that knows no
results of tests refuses the word behind `result`, but might write a file of that name."""

# All that may be said besides reading: a line that changes anything but this session's own paging cannot
# get in by editing a YAML file.
SESSION_COMMANDS = frozenset(
    {
        "screen-length disable",
        "screen-length 0 temporary",
        "terminal length 0",
        "terminal width 511",
    }
)


def _only_printing(command: str) -> str:
    if not re.fullmatch(COMMAND_FORM, command, re.ASCII):
        raise ValueError(f"{command!r} is not a plain display or show command")
    _, *words = command.split(" ")
    named = words[0] if words and command not in _DIAGNOSTIC_RESULTS else ""
    if named and any(long.startswith(named) for long in _WRITE_FILES):
        raise ValueError(f"{command!r} can write to the device's storage")
    return command


def _only_own_paging(line: str) -> str:
    if line not in SESSION_COMMANDS:
        raise ValueError(f"{line!r} is none of {', '.join(sorted(SESSION_COMMANDS))}")
    return line


ReadCommand = Annotated[str, AfterValidator(_only_printing)]
SessionCommand = Annotated[str, AfterValidator(_only_own_paging)]


class Step(BaseModel):
    """One thing to ask for a fact: the first of `any_of` that the device does not refuse."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any_of: tuple[ReadCommand, ...] = Field(min_length=1)
    optional: bool = False
    """The fact is still known when the device refuses every command of this step."""


class Platform(BaseModel):
    """All that is particular to one switch operating system, as far as collecting goes."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: str
    vendor: str
    """The vendor's name as reports print it."""
    label: str
    """The operating system's name as reports print it."""
    evidence: str = ""
    """What the templates rest on, where that is less than real captures; printed in reports."""
    netmiko_type: str
    ntc_platform: str | None = None
    templates_of: tuple[str, ...] = ()
    """Platforms that print the same: their templates serve where this one has none of its own."""
    version_scheme: str = ""
    """Name of a scheme in `parsers.versions`; empty: versions of this platform cannot be compared."""
    recognise: tuple[Pattern[str], ...]
    """All must match somewhere in the output of `identify`."""
    identify: ReadCommand
    prompt: Pattern[str]
    """Matches one whole line that is a prompt."""
    log_line: Pattern[str] | None = None
    """How a log line begins that the device prints to the terminal in the middle of anything."""
    no_paging: tuple[SessionCommand, ...]
    """Session-only commands that switch the pager off; the only ones that are not display or show."""
    refused: tuple[Pattern[str], ...]
    no_privilege: tuple[Pattern[str], ...]
    facts: dict[str, tuple[Step, ...]]
    """For each fact of `parsers.facts.Facts` that this platform prints: what to ask."""
    heavy: tuple[ReadCommand, ...] = ()
    """Commands that a small or busy switch may suffer from; only the profile `full` sends them."""
    counters: dict[str, tuple[ReadCommand, ...]] = Field(default_factory=dict)
    """Facts that hold counters, and the commands of theirs to ask twice so that growth is seen."""
    without: dict[str, str] = Field(default_factory=dict)
    """Facts of which such a device has nothing, with the reason: known to be empty or, where the fact is no
    list, known to be absent; not asked for."""
    not_printed: dict[str, str] = Field(default_factory=dict)
    """Facts that such a device does not print, with the reason."""
    missing: dict[str, str] = Field(default_factory=dict)
    """Facts that it may print and that are not read, with the reason."""

    @model_validator(mode="after")
    def _what_is_heavy_is_asked_for_and_needed(self) -> Self:
        """Left out of an optional step, or of half a step, a fact would look whole that is not."""
        steps = [step for steps in self.facts.values() for step in steps]
        unknown = set(self.heavy) - {command for step in steps for command in step.any_of}
        if unknown:
            raise ValueError(f"heavy, but of no fact: {', '.join(sorted(unknown))}")
        for step in steps:
            if self.is_heavy(step) and (step.optional or not set(step.any_of) <= set(self.heavy)):
                raise ValueError(f"{step.any_of}: heavy, so it must be wholly so, and not optional")
        return self

    @model_validator(mode="after")
    def _counters_are_asked_for_and_light(self) -> Self:
        for fact, commands in self.counters.items():
            asked = {command for step in self.facts.get(fact, ()) for command in step.any_of}
            if not set(commands) <= asked or set(commands) & set(self.heavy):
                raise ValueError(f"counters of {fact}: must be commands of this fact, and not heavy")
        return self

    def is_heavy(self, step: Step) -> bool:
        """Tell whether a step sends heavy commands."""
        return not set(step.any_of).isdisjoint(self.heavy)

    def commands(self, facts: Iterable[str] | None = None, *, heavy: bool = True) -> tuple[str, ...]:
        """Every command that may be sent for these facts (all facts when None), in a stable order.

        Without the heavy ones on request.
        """
        wanted = self.facts.keys() if facts is None else facts
        steps = (step for name in wanted for step in self.facts.get(name, ()))
        asked = dict.fromkeys(c for step in steps if heavy or not self.is_heavy(step) for c in step.any_of)
        return tuple(dict.fromkeys((self.identify, *asked)))

    @property
    def allowed(self) -> frozenset[str]:
        """The allow-list: the exact lines that may be sent to such a device, and no others."""
        return frozenset((*self.no_paging, *self.commands()))


@cache
def platforms() -> dict[str, Platform]:
    """Every platform we know, by id, read from the package's own YAML files."""
    folder = files("collector") / "platforms"
    texts = sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".yaml"))
    loaded = (Platform.model_validate(_with_steps(yaml.safe_load(text))) for _, text in texts)
    return {platform.id: platform for platform in loaded}


def _with_steps(data: dict[str, object]) -> dict[str, object]:
    """Let the YAML say a step shortly: `display x`, or `[display x, display y]` for alternatives."""
    facts = data.get("facts")
    if not isinstance(facts, dict):
        return data

    def step(said: object) -> object:
        if isinstance(said, str):
            return {"any_of": [said]}
        return {"any_of": said} if isinstance(said, list) else said

    return data | {"facts": {name: [step(s) for s in steps] for name, steps in facts.items()}}
