"""A simulated jump host: an SSH server that forwards to simulated devices and remembers what was wanted."""

from collections.abc import Collection
from dataclasses import dataclass, field

import asyncssh

from collector.simulator.device import Account
from collector.simulator.record import Login


@dataclass(slots=True, kw_only=True)
class SimulatedJumpHost:
    """One SSH server on the way; nothing can be run on it."""

    name: str
    accounts: tuple[Account, ...]
    host: str = "127.0.0.1"
    port: int = 0
    """0: any free one."""
    closed_port: bool = False
    """Nothing listens at the address, though it is reserved."""
    changed_host_key: bool = False
    """The key shown is not the one that `Simulator.known_hosts` gives."""
    forwards_nothing: bool = False
    """The administrator forbids forwarding."""
    logins: list[Login] = field(default_factory=list, init=False)
    forwards: list[tuple[str, int]] = field(default_factory=list, init=False)
    """Where connections were forwarded to."""
    refused: list[tuple[str, int]] = field(default_factory=list, init=False)
    """Where they were wanted and are not allowed."""
    sessions: list[str] = field(default_factory=list, init=False)
    """What else was asked for; a client that only passes through asks for none of it."""

    def login(self, username: str, password: str) -> bool:
        """Record an attempt; tell whether it is accepted."""
        accepted = any((a.username, a.password) == (username, password) for a in self.accounts)
        self.logins.append(Login(username, accepted=accepted))
        return accepted


class JumpServer(asyncssh.SSHServer):
    """One connection to a jump host; `targets` are the addresses it may forward to."""

    def __init__(
        self,
        hop: SimulatedJumpHost,
        connections: set[asyncssh.SSHServerConnection],
        targets: Collection[tuple[str, int]],
    ) -> None:
        self._hop = hop
        self._connections = connections
        self._targets = targets

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Take the connection."""
        self._connection = conn
        self._connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        """Nobody comes in unasked."""
        return True

    def password_auth_supported(self) -> bool:
        """Passwords are taken."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Judge a password."""
        return self._hop.login(username, password)

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        """Forward to simulated devices only."""
        target = (dest_host, dest_port)
        if self._hop.forwards_nothing or target not in self._targets:
            self._hop.refused.append(target)
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, "forwarding is off")
        self._hop.forwards.append(target)
        return True

    def session_requested(self) -> bool:
        """Record and refuse: nothing runs here."""
        self._hop.sessions.append("session")
        return False

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Record and refuse."""
        self._hop.sessions.append("remote forwarding")
        return False

    def unix_connection_requested(self, dest_path: str) -> bool:
        """Record and refuse."""
        self._hop.sessions.append("unix socket")
        return False
