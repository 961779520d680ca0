"""The wire: netmiko's SSH connection, with its reading and writing replaced by our own.

netmiko decodes what it reads with `errors="ignore"` and so loses GBK, polls with sleeps, and writes
line ends of its own accord. Here bytes stay bytes, a read waits for the next byte, and nothing is
written that the guard has not passed.
"""

from threading import Event
from typing import Any, NoReturn, Self

import paramiko
from netmiko import BaseConnection, NetmikoTimeoutException

from collector.allowlist import Answer, Guard
from collector.credentials import Login
from collector.dial import Dial, dial_directly
from collector.errors import ForbiddenCommandError, SessionCutError
from collector.host_keys import HostKeyRules
from collector.ssh import SshAccess
from collector.transport import Transport


class Wire(BaseConnection):
    """One SSH session with a terminal, opened by the constructor; the guard decides what it sends.

    Raises UnreachableError, HostKeyError or LoginFailedError when no session comes about, StoppedError
    when `stop` is set before. One attempt is made, as `collector.authentication` says. With `legacy`,
    algorithms of the 2010s are offered too.
    """

    def __init__(
        self,
        host: str,
        port: int,
        login: Login,
        *,
        guard: Guard,
        rules: HostKeyRules,
        connect_s: float,
        stop: Event,
        legacy: bool = False,
        dial: Dial = dial_directly,
    ) -> None:
        self.guard = guard
        self._access = SshAccess(
            host, port, login, rules=rules, connect_s=connect_s, stop=stop, legacy=legacy, dial=dial
        )
        with self._access.attempt():
            super().__init__(host=host, port=port, username=login.username, device_type="terminal_server")

    def establish_connection(self, width: int = 511, height: int = 1000) -> None:
        """Connect and log in; what goes wrong is told by `SshAccess.attempt`, not in netmiko's words."""
        try:
            super().establish_connection(width, height)
        except NetmikoTimeoutException as error:
            raise error.__context__ or error from None
        if not isinstance(self.remote_conn, paramiko.Channel):
            raise TypeError("netmiko gave something else than an SSH channel")
        transport = self.remote_conn.get_transport()
        if not isinstance(transport, Transport):
            raise TypeError("the SSH connection is not of our making")
        self._shell = transport.shell(self.remote_conn)

    def _build_ssh_client(self) -> paramiko.SSHClient:
        return self._access.client

    def _connect_params_dict(self) -> dict[str, Any]:
        return self._access.parameters

    def _try_session_preparation(self, force_data: bool = True) -> None:  # noqa: FBT001, FBT002
        """Write nothing: preparing the session is `collector.session`'s work."""

    def disconnect(self) -> None:
        """End the session."""
        self._shell.give_up()
        super().disconnect()
        # netmiko leaves the connection open when it cannot say goodbye on it.
        self._access.close()

    def hang_up(self) -> None:
        """End the connection at once; may be called from any thread."""
        self._access.hang_up()

    def __enter__(self) -> Self:
        return self

    def write_channel(self, out_data: str) -> NoReturn:
        """Refuse: netmiko's own methods may not write, whatever they mean well."""
        raise ForbiddenCommandError(f"未经只读清单检查的写入 {out_data[:40]!r} 已被拒绝")

    def is_alive(self) -> bool:
        """Tell whether the SSH session is open; looks only, where netmiko's own would write a byte."""
        return self._shell.is_alive()

    def send_line(self, line: str) -> None:
        """Send one command; raises ForbiddenCommandError before a byte of another one goes out."""
        self.guard.check(line)
        self._send(line + "\n")

    def send_answer(self, answer: Answer) -> None:
        """Answer a dialogue."""
        self._send(answer.value)

    def _send(self, text: str) -> None:
        try:
            self._shell.send(text.encode("ascii"))
        except (EOFError, OSError) as error:  # which one depends on the moment at which it broke
            raise SessionCutError(f"{self._access.where} 的连接已断开") from error

    def receive(self, until: float) -> bytes | None:
        """Wait for bytes until that moment (of `time.monotonic`).

        Gives None when none came, b"" when the connection has ended.
        """
        return self._shell.receive(until)
