"""The wire: netmiko's SSH connection, with its reading and writing replaced by our own.

netmiko decodes what it reads with `errors="ignore"` and so loses GBK, polls with sleeps, and writes
line ends of its own accord. Here bytes stay bytes, a read waits for the next byte, and nothing is
written that the guard has not passed.
"""

import logging
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any, NoReturn, Self, cast

import paramiko
from netmiko import BaseConnection, NetmikoTimeoutException

from collector.algorithms import LEGACY, MODERN, Transport, explained
from collector.allowlist import Answer, Guard
from collector.authentication import Authentication
from collector.credentials import Login
from collector.dial import Dial, Stream, dial_directly, hang_up
from collector.errors import (
    DeviceError,
    ForbiddenCommandError,
    SessionCutError,
    StoppedError,
    UnreachableError,
)
from collector.host_keys import HostKeyRules, changed, client_with, known_as

_RECEIVE_BYTES = 65536
_SLICE_S = 0.5
"""Longest wait for anything of a login, after which a stop of the run is noticed."""

# Without any handler, Python prints the tracebacks of paramiko's own threads to the terminal; what
# happened is told by our errors.
logging.getLogger("paramiko").addHandler(logging.NullHandler())


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
        self._where = f"{host}:{port}"
        self._algorithms = LEGACY if legacy else MODERN
        self._client = client_with(rules, known_as(host, port))
        self._authentication = Authentication(login, self._where)
        self._stop = stop
        self._stream = dial(host, port, connect_s, stop)
        # A device can hang at any step of the login, and some steps of paramiko wait for ever.
        with hung_up_on(stop, connect_s * 7, self.hang_up):
            super().__init__(
                host=host,
                port=port,
                username=login.username,
                device_type="terminal_server",
                # The key exchange too must be done in this time, and old switches take seconds for it.
                conn_timeout=connect_s * 2,
                banner_timeout=connect_s,
                # RADIUS and TACACS+ servers that are down make a device wait before it says no.
                auth_timeout=connect_s * 3,
                sock=cast("socket.socket", self._stream),
            )

    def establish_connection(self, width: int = 511, height: int = 1000) -> None:
        """Connect and log in, or say in one of our own errors why not."""
        try:
            super().establish_connection(width, height)
            if not isinstance(self.remote_conn, paramiko.Channel):
                raise TypeError("netmiko gave something else than an SSH channel")
            self._terminal = self.remote_conn
        except NetmikoTimeoutException as error:
            self._give_up()
            raise self._explained(error.__context__ or error) from None
        except (EOFError, OSError, paramiko.SSHException) as error:
            self._give_up()
            raise self._explained(error) from None
        except DeviceError:
            self._give_up()
            if self._stop.is_set():
                raise self._stopped() from None
            raise

    def _build_ssh_client(self) -> paramiko.SSHClient:
        return self._client

    def _connect_params_dict(self) -> dict[str, Any]:
        return {
            **super()._connect_params_dict(),
            "transport_factory": self._make_transport,
            "auth_strategy": self._authentication,
        }

    def _make_transport(self, sock: Stream, **options: Any) -> Transport:
        known = (type_ for entry in self._client.get_host_keys().values() for type_ in entry)
        self._transport = Transport(sock, ours=self._algorithms, known_types=known, **options)
        return self._transport

    def _try_session_preparation(self, force_data: bool = True) -> None:  # noqa: FBT001, FBT002
        """Write nothing: preparing the session is `collector.session`'s work."""

    def _give_up(self) -> None:
        self._client.close()
        self._stream.close()

    def hang_up(self) -> None:
        """End the connection at once; may be called from any thread."""
        hang_up(self._stream)

    def __enter__(self) -> Self:
        return self

    def write_channel(self, out_data: str) -> NoReturn:
        """Refuse: netmiko's own methods may not write, whatever they mean well."""
        raise ForbiddenCommandError(f"未经只读清单检查的写入 {out_data[:40]!r} 已被拒绝")

    def is_alive(self) -> bool:
        """Tell whether the SSH session is open; looks only, where netmiko's own would write a byte."""
        transport = self._terminal.get_transport()
        return not self._terminal.closed and bool(transport and transport.is_active())

    def send_line(self, line: str) -> None:
        """Send one command; raises ForbiddenCommandError before a byte of another one goes out."""
        self.guard.check(line)
        self._send(line + "\n")

    def send_answer(self, answer: Answer) -> None:
        """Answer a dialogue."""
        self._send(answer.value)

    def _send(self, text: str) -> None:
        try:
            self._terminal.sendall(text.encode("ascii"))
        except OSError as error:
            raise SessionCutError(f"{self._where} 的连接已断开") from error

    def receive(self, until: float) -> bytes | None:
        """Wait for bytes until that moment (of `time.monotonic`).

        Gives None when none came, b"" when the connection has ended.
        """
        self._terminal.settimeout(max(until - monotonic(), 0.0))
        try:
            return self._terminal.recv(_RECEIVE_BYTES)
        except TimeoutError:
            return None
        except OSError:
            return b""

    def _stopped(self) -> StoppedError:
        return StoppedError("采集被中止，登录未完成")

    def _explained(self, error: BaseException) -> DeviceError:
        match error:
            case paramiko.BadHostKeyException():
                return changed(error.hostname, error.key, error.expected_key)
            case _ if self._stop.is_set():
                return self._stopped()
            case paramiko.ssh_exception.IncompatiblePeer():
                theirs = self._transport.offered
                why = explained(theirs, self._algorithms) if theirs else ""
                return UnreachableError(
                    f"{self._where} 与本机没有共同的 SSH 算法：{why or _first_line(error)}"
                )
            case paramiko.SSHException() if re.search("banner|No existing session", str(error)):
                return UnreachableError(f"{self._where} 的 TCP 已连通，但没有完整的 SSH 应答")
            case _:
                return UnreachableError(f"{self._where} 的 SSH 会话未能建立：{_first_line(error)}")


@contextmanager
def hung_up_on(stop: Event, limit_s: float, hang_up: Callable[[], None]) -> Iterator[None]:
    """Hang up when the block has not ended after that time, or soon after `stop` is set."""
    done = Event()
    until = monotonic() + limit_s

    def watch() -> None:
        while not done.wait(_SLICE_S):
            if stop.is_set() or monotonic() >= until:
                hang_up()
                return

    Thread(target=watch, name="login watchdog", daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _first_line(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:200]
