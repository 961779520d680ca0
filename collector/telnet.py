"""A terminal over telnet, for devices that have nothing else; the inventory must say `insecure: true`."""

import re
from collections.abc import Iterable
from re import Pattern
from threading import Event
from time import monotonic

from collector.allowlist import Answer, Guard
from collector.credentials import Login
from collector.dial import Dial, dial_directly
from collector.errors import (
    AuthenticationError,
    DeviceError,
    LoginFailedError,
    StoppedError,
    UnreachableError,
)
from collector.session import asks_something
from collector.telnet_connection import TelnetConnection
from collector.terminal import decode, shown_lines

_SLICE_S = 0.5
"""Longest wait in one piece, after which a stop of the run is noticed."""
_SETTLE_S = 0.3
"""Silence after which the last line is taken for a question or a prompt."""
_MOST_BYTES = 1_000_000
"""Most that is read before a login is over."""

_ASKS_NAME = re.compile(r"(?:\S+ )?(?:login|user ?name|user|用户名) ?[:：]", re.IGNORECASE)
_ASKS_PASSWORD = re.compile(r"(?:password|密码) ?[:：]", re.IGNORECASE)


class TelnetWire:
    """One telnet session, logged in by the constructor; the guard decides what it sends after that.

    `prompts` are those by which a device can be known to have let us in. One user name and one password
    are sent, each once, and the password only to a line that asks for it: accounts lock. Raises as
    `collector.wire.Wire` does.
    """

    def __init__(
        self,
        host: str,
        port: int,
        login: Login,
        *,
        guard: Guard,
        prompts: Iterable[Pattern[str]],
        connect_s: float,
        stop: Event,
        dial: Dial = dial_directly,
    ) -> None:
        self.guard = guard
        where = f"{host}:{port}"
        password = _password_for_telnet(login, where)
        self._connection = TelnetConnection(dial(host, port, connect_s, stop), where, connect_s)
        try:
            _TelnetLogin(self._connection, login.username, password, tuple(prompts)).run(connect_s, stop)
        except BaseException:
            self._connection.close()
            raise

    def disconnect(self) -> None:
        """End the session; more than once does no harm."""
        self._connection.close()

    def hang_up(self) -> None:
        """End the connection at once; may be called from any thread."""
        self._connection.hang_up()

    def is_alive(self) -> bool:
        """Tell whether the connection is open; sends nothing."""
        return self._connection.is_alive()

    def send_line(self, line: str) -> None:
        """Send one command; raises ForbiddenCommandError before a byte of another one goes out."""
        self.guard.check(line)
        self._connection.send(line + "\n")

    def send_answer(self, answer: Answer) -> None:
        """Answer a dialogue."""
        self._connection.send(answer.value)

    def receive(self, until: float) -> bytes | None:
        """Wait for bytes until that moment (of `time.monotonic`).

        Gives None when none came, b"" when the connection has ended.
        """
        return self._connection.receive(until)


def _password_for_telnet(login: Login, where: str) -> str:
    """Give the password, or raise LoginFailedError when the login cannot be made without harm."""
    password = "" if login.password is None else login.password.reveal()
    if not password:
        raise LoginFailedError(f"{where} 用 Telnet 登录只能凭密码，所用凭据没有密码，未登录")
    if not (login.username + password).isprintable():
        # A line end in it would make a line of its own, which the device takes for a command.
        raise LoginFailedError(f"{where} 用户名或密码含有控制字符，不能用 Telnet 发送，未登录")
    return password


class _TelnetLogin:
    """The questions before a device's first prompt."""

    def __init__(
        self, connection: TelnetConnection, username: str, password: str, prompts: tuple[Pattern[str], ...]
    ) -> None:
        self._connection = connection
        self._where = connection.where
        self._username = username
        self._password = password
        self._prompts = prompts
        self._named = False
        self._tried = False
        """The password was sent."""
        self._said = bytearray()
        """Since something was sent last."""

    def run(self, connect_s: float, stop: Event) -> None:
        """Log in; what came after that is left for the session to read."""
        # AAA servers that are down make a device wait before it says no.
        until = monotonic() + connect_s * 3
        while not self._let_in():
            self._step()
            self._read(until, stop)
        self._connection.unread(bytes(self._said))

    def _let_in(self) -> bool:
        line = self._last_line
        if any(pattern.fullmatch(line) for pattern in self._prompts):
            return True
        return self._tried and not self._asked(line) and asks_something(self._said)

    def _step(self) -> None:
        """Answer the question that stands on the last line, if there is one."""
        line = self._last_line
        if not self._asked(line):
            return
        if self._tried or (self._named and _ASKS_NAME.fullmatch(line)):
            raise AuthenticationError(f"{self._where} 拒绝了用户名或密码{self._shown()}")
        self._said.clear()
        if _ASKS_NAME.fullmatch(line):
            self._named = True
            self._connection.send(self._username + "\n")
        else:
            self._tried = True
            self._connection.send(self._password + "\n")

    def _read(self, until: float, stop: Event) -> None:
        """Read until the device falls silent on an unfinished line."""
        came = False
        while True:
            if stop.is_set():
                raise StoppedError("采集被中止，登录未完成")
            chunk = self._connection.receive(min(until, monotonic() + (_SETTLE_S if came else _SLICE_S)))
            if chunk == b"" or len(self._said) > _MOST_BYTES:
                raise self._hung_up()
            if chunk is not None:
                came = True
                self._said += chunk
                self._forget_echo()
            elif came and self._last_line:
                return
            elif monotonic() >= until:
                raise self._no_answer()

    def _forget_echo(self) -> None:
        """A device that shows the password must not get it into any message of ours."""
        if self._tried:
            self._said = self._said.replace(self._password.encode(), b"***")

    @property
    def _last_line(self) -> str:
        return shown_lines(decode(bytes(self._said[-1000:])))[-1].strip()

    @staticmethod
    def _asked(line: str) -> bool:
        return any(pattern.fullmatch(line) for pattern in (_ASKS_NAME, _ASKS_PASSWORD))

    def _hung_up(self) -> DeviceError:
        if self._tried:
            return AuthenticationError(f"{self._where} 在收到密码后断开了连接，视为拒绝登录{self._shown()}")
        return UnreachableError(f"{self._where} 在要求密码前断开了 Telnet 连接{self._shown()}")

    def _no_answer(self) -> DeviceError:
        if self._tried:
            return LoginFailedError(
                f"{self._where} 没有在时限内答复登录，认证服务器可能不可用{self._shown()}"
            )
        return UnreachableError(f"{self._where} 的 TCP 已连通，但没有出现 Telnet 登录提示{self._shown()}")

    def _shown(self) -> str:
        """The last lines of what the device said, for a message."""
        lines = [line.strip() for line in shown_lines(decode(bytes(self._said[-1000:]))) if line.strip()]
        return f"：{' / '.join(lines[-3:])[:200]}" if lines else ""
