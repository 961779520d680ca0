"""One simulated switch: its outputs, its accounts, what goes wrong with it, what it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Literal

from collector.platform import Platform
from collector.simulator.commands import CommandTree
from collector.simulator.dialects import DIALECTS, Dialect
from collector.simulator.faults import Faults
from collector.simulator.record import Login, SessionRecord
from collector.simulator.texts import PlaceholderError, render


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may log in."""

    username: str
    password: str = field(default="", repr=False)
    """Empty: none is accepted."""
    public_key: str = ""
    """Key type and base64, as in an OpenSSH `.pub` file."""
    needs_both: bool = False
    """Key and password, in this order."""
    denied: frozenset[str] = frozenset()
    """Full commands this account has no privilege for."""


@dataclass(slots=True, kw_only=True)
class SimulatedDevice:
    """A switch that answers the commands it has outputs for, and refuses all others.

    Raises ValueError for a platform without a dialect, or a fault that its platform does not know.
    """

    name: str
    platform: Platform
    outputs: Mapping[str, str]
    """By full command; may hold placeholders of `collector.simulator.texts`."""
    accounts: tuple[Account, ...]
    host: str = "127.0.0.1"
    port: int = 0
    """0: any free one."""
    protocol: Literal["ssh", "telnet"] = "ssh"
    think_s: float = 0.0
    """Seconds between a command and the begin of its answer."""
    think_by_command: Mapping[str, float] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    begun: float = field(default_factory=monotonic, init=False, repr=False)
    """Of `time.monotonic`; counters grow since."""
    dialect: Dialect = field(init=False, repr=False)
    commands: CommandTree = field(init=False, repr=False)
    sessions: list[SessionRecord] = field(default_factory=list, init=False, repr=False)
    logins: list[Login] = field(default_factory=list, init=False)
    telnet_commands: list[bytes] = field(default_factory=list, init=False, repr=False)
    """What a telnet client sent that is no text: answers to options."""

    def __post_init__(self) -> None:
        if self.platform.id not in DIALECTS:
            raise ValueError(f"{self.name}: no dialect for platform {self.platform.id}")
        self.dialect = DIALECTS[self.platform.id]
        if self.faults.password_change and not self.dialect.login_question:
            raise ValueError(f"{self.name}: {self.platform.label} asks for no new password at login")
        own = self.dialect
        session = (own.pager_off, *own.quiet, own.enter_config, *own.leave, *own.leave_config, *own.asks)
        self.commands = CommandTree((*self.outputs, *session))

    def login(self, username: str, password: str, method: str = "password") -> Account | None:
        """Record an attempt; give the account it is accepted for."""
        mine = (a for a in self.accounts if a.password and (a.username, a.password) == (username, password))
        return self._noted(username, next(mine, None), method)

    def login_with_key(self, username: str, key: str) -> Account | None:
        """Record an attempt with a key, given as `Account.public_key`, whose signature is right."""
        mine = (a for a in self.accounts if (a.username, a.public_key) == (username, key))
        return self._noted(username, next(mine, None), "publickey")

    def refuse(self, username: str, method: str) -> None:
        """Record an attempt that nothing could have made right."""
        self._noted(username, None, method)

    def _noted(self, username: str, account: Account | None, method: str) -> Account | None:
        known = None if self.faults.refused_login else account
        self.logins.append(Login(username, accepted=known is not None, method=method))
        return known

    @property
    def record(self) -> list[bytes]:
        """Every byte it was sent, session by session."""
        return [bytes(session.received) for session in self.sessions]

    @property
    def lines(self) -> list[str]:
        """Every line taken as a command, except empty ones, in all sessions."""
        return [line for session in self.sessions for line in session.lines if line]

    def beyond_allowed(self) -> tuple[str, ...]:
        """Everything it was sent that its platform's allow-list does not hold."""
        return tuple(what for s in self.sessions for what in s.beyond(self.platform.allowed))


def snake_case(command: str) -> str:
    """Name of the file that holds a command's output."""
    return command.replace("-", "_").replace(" ", "_").replace("/", "_")


def load_outputs(folder: Path, platform: Platform) -> dict[str, str]:
    """Read `<command_in_snake_case>.txt` files; gives texts by command as the platform spells it.

    A file whose name belongs to none of the platform's commands is taken with spaces for `_`.
    Raises PlaceholderError with the file's name.
    """
    spelled = {snake_case(command): command for command in platform.commands()}
    outputs: dict[str, str] = {}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        try:
            render(text, datetime.now(UTC))
        except PlaceholderError as error:
            raise PlaceholderError(f"{path}: {error}") from None
        outputs[spelled.get(path.stem, path.stem.replace("_", " "))] = text
    return outputs
