"""A simulated device's telnet server: options, the login dialogue, and then the same terminal as over SSH."""

import asyncio
from collections.abc import Callable
from typing import cast

import asyncssh

from collector.simulator.device import SimulatedDevice
from collector.simulator.session import TerminalSession

_IAC = b"\xff"
_OPENING = b"\xff\xfd\x18\xff\xfd\x1f\xff\xfb\x01\xff\xfb\x03\xff\xfd\x03\xff\xfd\x27\xff\xfb\x05"
"""DO terminal type, DO window size, WILL echo, WILL and DO suppress go-ahead, DO environment, WILL status."""
_ASK_TERMINAL = b"\xff\xfa\x18\x01\xff\xf0"
_NOTICE = "\r\nWarning: Telnet is not a secure protocol.\r\n\r\nLogin authentication\r\n\r\n"
_MOST_ATTEMPTS = 3


class TelnetServer(asyncio.Protocol):
    """One connection to a device, served in the event loop of the simulator."""

    def __init__(self, device: SimulatedDevice, connections: "set[TelnetServer]") -> None:
        self._device = device
        self._connections = connections
        self._session: TerminalSession | None = None
        self._take: Callable[[str], None] = self._take_name
        self._command = bytearray()
        """Begin of a telnet command whose end has not come yet."""
        self._line = bytearray()
        self._name = ""
        self._shows = True
        """What is typed is echoed."""
        self._attempts = 0

    # --- what asyncio calls -----------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection."""
        self._transport = cast("asyncio.Transport", transport)
        self._connections.add(self)
        self._transport.write(_OPENING + _NOTICE.encode())
        self._ask("Username:", self._take_name, shows=True)

    def data_received(self, data: bytes) -> None:
        """Take what was typed: to log in, then for the terminal."""
        typed = self._without_commands(data)
        while typed and self._session is None:
            byte, typed = typed[:1], typed[1:]
            self._type(byte)
        if typed and self._session is not None:
            self._session.data_received(typed, None)

    def pause_writing(self) -> None:
        """Wait until the client has read."""
        if self._session is not None:
            self._session.pause_writing()

    def resume_writing(self) -> None:
        """Go on writing."""
        if self._session is not None:
            self._session.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._connections.discard(self)
        if self._session is not None:
            self._session.connection_lost(exc)

    # --- what the terminal wants of its channel ---------------------------------------------------

    def write(self, out: bytes) -> None:
        """Send what the terminal says."""
        self._transport.write(out.replace(_IAC, _IAC + _IAC))

    def is_closing(self) -> bool:
        """Tell whether nothing can be sent any more."""
        return self._transport.is_closing()

    def get_connection(self) -> "TelnetServer":
        """Give the connection below the channel, which is the same here."""
        return self

    def exit(self, _status: int) -> None:
        """End the session; nobody is told the status."""

    def close(self) -> None:
        """End the connection when everything is sent."""
        self._transport.close()

    def abort(self) -> None:
        """Break the connection."""
        self._transport.abort()

    # --- logging in -------------------------------------------------------------------------------

    def _ask(self, question: str, take: Callable[[str], None], *, shows: bool) -> None:
        self._transport.write(question.encode())
        self._take, self._shows = take, shows

    def _type(self, byte: bytes) -> None:
        if byte == b"\r":
            line, self._line = self._line.decode("utf-8", "replace"), bytearray()
            self._transport.write(b"\r\n")
            self._take(line)
        elif byte != b"\n":
            self._line += byte
            if self._shows:
                self._transport.write(byte)

    def _take_name(self, name: str) -> None:
        self._name = name
        self._ask("Password:", self._take_password, shows=False)

    def _take_password(self, password: str) -> None:
        account = self._device.login(self._name, password)
        if account is not None:
            self._session = TerminalSession(self._device, account)
            self._session.connection_made(cast("asyncssh.SSHServerChannel[bytes]", self))
            self._session.session_started()
            return
        self._attempts += 1
        self._transport.write(b"Error: Failed to log in. The user may be locked.\r\n\r\n")
        if self._attempts == _MOST_ATTEMPTS:
            self._transport.close()
        else:
            self._ask("Username:", self._take_name, shows=True)

    # --- telnet -----------------------------------------------------------------------------------

    def _without_commands(self, data: bytes) -> bytes:
        """Take out and follow telnet commands; record them, since they were sent too."""
        typed = bytearray()
        for number in data:
            if not self._command and number != 255:
                typed.append(number)
                continue
            self._command.append(number)
            if self._command == b"\xff\xff":
                typed.append(255)
                self._command.clear()
            elif self._is_whole():
                self._follow(bytes(self._command))
                self._command.clear()
        # The NUL of an Enter key; an LF after CR is a key, as it is to devices that know no better.
        return bytes(typed.replace(b"\0", b""))

    def _is_whole(self) -> bool:
        if len(self._command) < 2:
            return False
        if self._command[1] == 0xFA:
            return self._command.endswith(b"\xff\xf0") and not self._command.endswith(b"\xff\xff\xf0")
        return len(self._command) == (3 if self._command[1] >= 0xFB else 2)

    def _follow(self, command: bytes) -> None:
        self._device.telnet_commands.append(command)
        if command == b"\xff\xfb\x18":
            self._transport.write(_ASK_TERMINAL)
