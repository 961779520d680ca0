"""The wire: netmiko's SSH connection, with its reading and writing replaced by our own.

netmiko decodes what it reads with `errors="ignore"` and so loses GBK, polls with sleeps, and writes
line ends of its own accord. Here bytes stay bytes, a read waits for the next byte, and nothing is
written that the guard has not passed.
"""

import logging
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic
from typing import Any, NoReturn, Self

import paramiko
from netmiko import BaseConnection, NetmikoAuthenticationException, NetmikoTimeoutException

from collector.algorithms import LEGACY, MODERN, Transport, explained
from collector.allowlist import Answer, Guard
from collector.credentials import Login
from collector.errors import (
    AuthenticationError,
    DeviceError,
    ForbiddenCommandError,
    HostKeyError,
    LoginFailedError,
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
    when `stop` is set before. One attempt with one password is made, and no key or agent is tried:
    accounts lock. With `legacy`, algorithms of the 2010s are offered too.
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
    ) -> None:
        self.guard = guard
        self._where = f"{host}:{port}"
        self._algorithms = LEGACY if legacy else MODERN
        self._client = client_with(rules, known_as(host, port))
        self._stop = stop
        self._socket = _dial(host, port, connect_s, stop)
        # A device can hang at any step of the login, and some steps of paramiko wait for ever.
        with _hung_up_on(stop, connect_s * 5, self.hang_up):
            super().__init__(
                host=host,
                port=port,
                username=login.username,
                password=login.password.reveal(),
                device_type="terminal_server",
                use_keys=False,
                allow_agent=False,
                # The key exchange too must be done in this time, and old switches take seconds for it.
                conn_timeout=connect_s * 2,
                banner_timeout=connect_s,
                # RADIUS and TACACS+ servers that are down make a device wait before it says no.
                auth_timeout=connect_s * 3,
                sock=self._socket,
            )

    def establish_connection(self, width: int = 511, height: int = 1000) -> None:
        """Connect and log in, or say in one of our own errors why not."""
        try:
            super().establish_connection(width, height)
            if not isinstance(self.remote_conn, paramiko.Channel):
                raise TypeError("netmiko gave something else than an SSH channel")
            self._terminal = self.remote_conn
        except (NetmikoAuthenticationException, NetmikoTimeoutException) as error:
            self._give_up()
            raise self._explained(error.__context__ or error) from None
        except (EOFError, OSError, paramiko.SSHException) as error:
            self._give_up()
            raise self._explained(error) from None
        except HostKeyError:
            self._give_up()
            raise
        finally:
            self.password = None

    def _build_ssh_client(self) -> paramiko.SSHClient:
        return self._client

    def _connect_params_dict(self) -> dict[str, Any]:
        return {**super()._connect_params_dict(), "transport_factory": self._make_transport}

    def _make_transport(self, sock: socket.socket, **options: Any) -> Transport:
        known = (type_ for entry in self._client.get_host_keys().values() for type_ in entry)
        self._transport = Transport(sock, ours=self._algorithms, known_types=known, **options)
        return self._transport

    def _try_session_preparation(self, force_data: bool = True) -> None:  # noqa: FBT001, FBT002
        """Write nothing: preparing the session is `collector.session`'s work."""

    def _give_up(self) -> None:
        self._client.close()
        self._socket.close()

    def hang_up(self) -> None:
        """End the connection at once; may be called from any thread."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

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

    def _explained(self, error: BaseException) -> DeviceError:
        match error:
            case paramiko.BadHostKeyException():
                return changed(error.hostname, error.key, error.expected_key)
            case paramiko.BadAuthenticationType():
                return LoginFailedError(f"{self._where} 不接受用密码登录（接受：{error.allowed_types}）")
            case _ if self._stop.is_set():
                return StoppedError("采集被中止，登录未完成")
            case paramiko.AuthenticationException() if "timeout" in str(error):
                return LoginFailedError(f"{self._where} 没有在时限内答复登录，认证服务器可能不可用")
            case paramiko.AuthenticationException():
                return AuthenticationError(f"{self._where} 拒绝了用户名或密码")
            case paramiko.ssh_exception.IncompatiblePeer():
                theirs = self._transport.offered
                why = (theirs and explained(theirs, self._algorithms)) or _first_line(error)
                return UnreachableError(f"{self._where} 与本机没有共同的 SSH 算法：{why}")
            case paramiko.SSHException() if re.search("banner|No existing session", str(error)):
                return UnreachableError(f"{self._where} 的 TCP 已连通，但没有完整的 SSH 应答")
            case _:
                return UnreachableError(f"{self._where} 的 SSH 会话未能建立：{_first_line(error)}")


@contextmanager
def _hung_up_on(stop: Event, limit_s: float, hang_up: Callable[[], None]) -> Iterator[None]:
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


def _dial(host: str, port: int, connect_s: float, stop: Event) -> socket.socket:
    """Open the TCP connection, which netmiko is then given, so that its failures can be told apart.

    Neither looking up a name nor connecting can be broken off, so both are left behind on a stop.
    """
    dialled: Future[socket.socket] = Future()

    def connect() -> None:
        try:
            dialled.set_result(socket.create_connection((host, port), timeout=connect_s))
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            dialled.set_exception(error)

    Thread(target=connect, name="dial", daemon=True).start()
    while not wait((dialled,), _SLICE_S).done:
        if stop.is_set():
            dialled.add_done_callback(_close)
            raise StoppedError("采集被中止，连接未建立")
    try:
        return dialled.result()
    except ConnectionRefusedError:
        raise UnreachableError(f"{host}:{port} 拒绝连接：端口未开放") from None
    except TimeoutError:
        raise UnreachableError(f"{host}:{port} 在 {connect_s:g} 秒内没有应答") from None
    except (socket.gaierror, UnicodeError):
        raise UnreachableError(f"{host} 不是可解析的地址") from None
    except OSError as error:
        raise UnreachableError(f"{host}:{port} 连不上：{error.strerror or error}") from None


def _close(dialled: "Future[socket.socket]") -> None:
    if dialled.exception() is None:
        dialled.result().close()


def _first_line(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:200]
