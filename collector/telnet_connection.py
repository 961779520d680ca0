"""The bytes of one telnet connection, without the protocol around them."""

from time import monotonic

from collector.dial import hang_up
from collector.errors import SessionCutError
from collector.hub import Stream, received
from collector.telnet_options import Options, TelnetProtocolError

_RECEIVE_BYTES = 65536
_BLOCKED_S = 3.0
"""Longest time that a device which reads nothing may hold up the hub, in which nobody goes on meanwhile."""
_BUSY_S = 0.1
"""How long after its end a wait goes on while commands of telnet come: what was said may be behind them."""


class TelnetConnection:
    """Sends text and receives what the device says; owns the stream."""

    def __init__(self, stream: Stream, where: str, write_s: float) -> None:
        """Take over a stream to `where` (for messages); sending may take `write_s`, if it is not too long."""
        self.where = where
        self._stream = stream
        self._write_s = min(write_s, _BLOCKED_S)
        self._options = Options()
        self._unread = b""
        self._ended = False

    def close(self) -> None:
        """End the connection; more than once does no harm."""
        self._stream.close()

    def hang_up(self) -> None:
        """End the connection at once, waking whoever reads; may be called from any thread."""
        hang_up(self._stream)

    def is_alive(self) -> bool:
        """Tell whether the connection is open; what has arrived meanwhile is kept for `receive`."""
        self.unread(self.receive(monotonic()) or b"")
        return not self._ended

    def unread(self, said: bytes) -> None:
        """Put back what `receive` gave last."""
        self._unread = said + self._unread

    def receive(self, until: float) -> bytes | None:
        """Wait for bytes until that moment (of `time.monotonic`).

        Gives None when none came, b"" when the connection has ended.
        """
        if self._unread:
            said, self._unread = self._unread, b""
            return said
        while not self._ended:
            try:
                came = received(self._stream, until, _RECEIVE_BYTES)
                if came is None:
                    return None
                said, reply = self._options.take(came)
                if reply:
                    self._send(reply)
            except (TimeoutError, BlockingIOError):
                return None
            except (OSError, TelnetProtocolError, SessionCutError):
                came = said = b""
            self._ended = not came
            if said:
                return said
            if not self._ended and monotonic() >= until + _BUSY_S:
                return None
        return b""

    def send(self, text: str) -> None:
        """Send text; raises SessionCutError when the connection has ended."""
        # The Enter key is CR NUL (RFC 854): of CR LF some devices take the LF for a key of its own, as which
        # it would turn a page. A byte 255, which would need doubling, is not in UTF-8.
        self._send(text.replace("\n", "\r\0").encode())

    def _send(self, content: bytes) -> None:
        self._stream.settimeout(self._write_s)
        try:
            self._stream.sendall(content)
        except OSError as error:
            self._ended = True
            raise SessionCutError(f"{self.where} 的连接已断开") from error
