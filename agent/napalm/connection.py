"""One read-only session behind a driver: how it is opened, what it is asked, what it knows."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, Self, TypeVar

from napalm.base.exceptions import ConnectionClosedException
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.napalm.errors import (
    CommandNotAllowedError,
    FactPartialError,
    FactUnknownError,
    NotOfferedError,
    OptionError,
    check_answered,
    in_napalms_words,
)
from collector.allowlist import Guard
from collector.asking import ask_steps, prepare, steps_of
from collector.authorization import permitted
from collector.capture import Capture, CaptureStatus
from collector.credentials import Login
from collector.errors import AuthorizationError
from collector.gates import admitted
from collector.host_keys import HostKeyRules
from collector.inventory_file import load_inventory
from collector.platform import Platform, Step, platforms
from collector.profile import ProfileName
from collector.recognition import recognise
from collector.session import Session, SessionLimits
from collector.wire import Wire
from parsers.facts import Fact, Facts, Known, Partial, Reason, Unknown
from parsers.masking import mask_line, mask_lines
from parsers.reader import Answers, read_facts

log = logging.getLogger(__name__)

T = TypeVar("T")


class Options(BaseModel):
    """NAPALM's `optional_args` as this driver knows them; others are refused, lest one be misspelt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    port: int = Field(default=22, ge=1, le=65535)
    known_hosts: Path = Path("~/.ssh/known_hosts")
    """OpenSSH file of host keys; a device whose key it does not hold is not logged in to."""
    trust_new_hosts: bool = False
    """Accept keys never seen before and add them to `known_hosts`; a changed key is always refused."""
    platform: str = "auto"
    """A platform id; a device that says it is another one is refused."""
    inventory: Path | None = None
    """Inventory whose authorisation must cover the device (found by address and port) and be valid now."""
    connect_s: float = Field(default=10.0, gt=0)
    """Longest wait for the TCP connection, and for the SSH greeting."""
    legacy: bool = False
    """Offer algorithms of the 2010s too (`collector.algorithms`): the device has nothing else."""
    allow_partial: bool = False
    """Take what was understood of an output in which some lines were not."""

    @classmethod
    def of(cls, optional_args: dict[str, Any] | None) -> Self:
        """Check what a caller gave. Raises OptionError."""
        try:
            options = cls.model_validate(optional_args or {})
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            known = ", ".join(cls.model_fields)
            raise OptionError(f"optional_args: {wrong}; known are {known}") from None
        if options.platform not in ("auto", *platforms()):
            known = ", ".join(platforms())
            raise OptionError(f"optional_args: platform: {options.platform!r} is none of auto, {known}")
        return options


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to one getter's questions, and the facts read from them."""

    platform: Platform
    captures: dict[str, Capture]
    """By command; whatever their status."""
    facts: Facts
    allow_partial: bool

    def value(self, fact: Fact[T]) -> T:
        """Give a fact's value; raises NotOfferedError, FactUnknownError or FactPartialError."""
        match fact:
            case Known(value):
                return value
            case Partial(value, unread):
                hidden = [replace(line, text=mask_line(line.text)) for line in unread]
                if not self.allow_partial:
                    raise FactPartialError(hidden)
                for line in hidden:
                    log.warning("not understood: %s line %s: %r", line.command, line.number, line.text)
                return value
            case Unknown(reason=Reason.UNSUPPORTED):
                raise NotOfferedError(f"no fact of this platform fills it: {fact.detail}")
            case Unknown():
                raise FactUnknownError(fact)

    @property
    def complete(self) -> dict[str, Capture]:
        """The complete answers, by command."""
        return {c: capture for c, capture in self.captures.items() if capture.status is CaptureStatus.OK}

    def masked(self, command: str) -> str:
        """Give the text of a complete answer, secrets hidden."""
        return "\n".join(mask_lines(Answers(self.platform, self.complete).lines(command)))


class Connection:
    """A session with one device of ours, opened by the constructor.

    Every error is one of NAPALM's own, or derived from one.
    """

    def __init__(self, host: str, login: Login, limit_s: float, options: Options) -> None:
        self._host = host
        self._limit_s = limit_s
        self._options = options
        with in_napalms_words(host):
            if options.inventory is not None:
                _check_permission(options.inventory, host, options.port)
            rules = HostKeyRules(
                (options.known_hosts,), options.known_hosts if options.trust_new_hosts else None
            )
            stop = Event()
            self._wire = Wire(
                host,
                options.port,
                login,
                guard=Guard.before_recognition(()),
                rules=rules,
                connect_s=options.connect_s,
                stop=stop,
                legacy=options.legacy,
            )
            try:
                self._session = Session(self._wire, host, limits=SessionLimits(), now=_now, stop=stop)
                known = platforms().values()
                self.platform = recognise(self._session, known, options.platform, limit_s).platform
                prepare(self._session, self.platform, limit_s)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """End the session; more than once does no harm."""
        self._wire.disconnect()

    def is_alive(self) -> bool:
        """Tell whether the SSH session is open; sends nothing."""
        return self._wire.is_alive()

    def ask(self, facts: Sequence[str]) -> Answered:
        """Ask only what these facts need, and read only them."""
        captures = self._captures(steps_of(self.platform, facts))
        read = read_facts(self.platform, list(captures.values()), facts)
        return Answered(self.platform, captures, read, self._options.allow_partial)

    def cli(self, commands: Sequence[str]) -> dict[str, str]:
        """Give the answers to commands of the read-only list, secrets hidden, by command.

        Raises CommandNotAllowedError before anything is sent when any of them is not on the list.
        """
        allowed = self.platform.commands()
        forbidden = [command for command in commands if command not in allowed]
        if forbidden:
            raise CommandNotAllowedError(
                f"not on the read-only list of {self.platform.id}, nothing was sent: "
                f"{', '.join(repr(command) for command in forbidden)}; "
                f"`xunjian commands --platform {self.platform.id}` prints the list"
            )
        captures = self._captures([Step(any_of=(command,)) for command in dict.fromkeys(commands)])
        for capture in captures.values():
            check_answered(capture)
        said = Answered(self.platform, captures, Facts(), self._options.allow_partial)
        return {command: said.masked(command) for command in commands}

    def _captures(self, steps: Sequence[Step]) -> dict[str, Capture]:
        captures: dict[str, Capture] = {}

        def keep(capture: Capture) -> None:
            captures[capture.command] = capture

        if not self.is_alive():
            raise ConnectionClosedException(f"{self._host}: the session has ended; open it again")
        with in_napalms_words(self._host):
            try:
                ask_steps(self._session, self.platform, steps, self._limit_s, keep=keep)
            except BaseException:
                # What came later would be taken for the answer to another question.
                self.close()
                raise
        return captures


def _now() -> datetime:
    return datetime.now(UTC)


def _check_permission(inventory: Path, host: str, port: int) -> None:
    """Raise XunjianError unless the inventory has this device under an authorisation valid now.

    Nor may the site be in a sensitive period.
    """
    sites = load_inventory(inventory).sites
    found = [(s, d.name) for s in sites for d in s.devices if (d.host, d.port) == (host, port)]
    if not found:
        raise AuthorizationError(f"{inventory} has no device at {host}:{port}, so nobody permitted it")
    for site, device in found:
        permitted(site, (device,), _now())
        admitted(site, ProfileName.NORMAL, _now())
