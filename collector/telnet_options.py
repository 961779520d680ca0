"""The telnet protocol around a conversation: its commands out, its options answered (RFC 854, 855, 1143).

Accepted are only what a terminal of a switch works with: the device echoes (RFC 857), neither side sends
GO-AHEAD (RFC 858), and the device may ask for terminal type (RFC 1091) and window size (RFC 1073). All
else is refused.
"""

_IAC, _DONT, _DO, _WONT, _WILL, _SB, _SE = 255, 254, 253, 252, 251, 250, 240
_ECHO, _SUPPRESS_GO_AHEAD, _TERMINAL_TYPE, _WINDOW_SIZE = 1, 3, 24, 31
_SEND, _IS = 1, 0

_THEIRS = frozenset({_ECHO, _SUPPRESS_GO_AHEAD})
"""What the device may do."""
_OURS = frozenset({_SUPPRESS_GO_AHEAD, _TERMINAL_TYPE, _WINDOW_SIZE})
"""What we do when asked."""

_TERMINAL = b"VT100"
_COLUMNS, _ROWS = 511, 1000
_LONGEST_SUBNEGOTIATION = 1000


class TelnetProtocolError(Exception):
    """The other side speaks no telnet that we understand."""


class Options:
    """Takes the bytes of one connection as they come, cut anywhere."""

    def __init__(self) -> None:
        self._rest = b""
        """The begin of a telnet command whose end has not come yet."""
        self._after_return = False
        self._on: set[tuple[int, int]] = set()
        """Options that are switched on: (_WILL, option) the device's, (_DO, option) ours."""

    def take(self, received: bytes) -> tuple[bytes, bytes]:
        """Give what was said by the device, and what is to be sent back at once; both can be empty.

        Raises TelnetProtocolError for a subnegotiation without an end.
        """
        data = self._rest + received
        self._rest = b""
        said, reply, at = bytearray(), bytearray(), 0
        while (found := data.find(_IAC, at)) >= 0:
            said += data[at:found]
            end = _command_end(data, found)
            if end is None:
                self._rest = data[found:]
                return self._text(said), bytes(reply)
            command = data[found:end]
            if command == bytes((_IAC, _IAC)):
                said.append(_IAC)
            else:
                reply += self._answer(command)
            at = end
        said += data[at:]
        return self._text(said), bytes(reply)

    def _text(self, said: bytearray) -> bytes:
        """Take out the NUL that follows a carriage return which is no line end."""
        if self._after_return and said.startswith(b"\0"):
            del said[0]
            self._after_return = False
        if said:
            self._after_return = said.endswith(b"\r")
        return bytes(said.replace(b"\r\0", b"\r"))

    def _answer(self, command: bytes) -> bytes:
        verb = command[1]
        if verb in (_WILL, _WONT):
            return self._switch((_WILL, command[2]), wanted=verb == _WILL, agreed=command[2] in _THEIRS)
        if verb in (_DO, _DONT):
            reply = self._switch((_DO, command[2]), wanted=verb == _DO, agreed=command[2] in _OURS)
            if reply == bytes((_IAC, _WILL, _WINDOW_SIZE)):
                reply += _subnegotiation(_WINDOW_SIZE, _COLUMNS.to_bytes(2, "big") + _ROWS.to_bytes(2, "big"))
            return reply
        if command[1:4] == bytes((_SB, _TERMINAL_TYPE, _SEND)) and (_DO, _TERMINAL_TYPE) in self._on:
            return _subnegotiation(_TERMINAL_TYPE, bytes((_IS,)) + _TERMINAL)
        return b""

    def _switch(self, option: tuple[int, int], *, wanted: bool, agreed: bool) -> bytes:
        """Answer a change of an option; what is no change has no answer, so that no loop can begin."""
        yes, no = (_DO, _DONT) if option[0] == _WILL else (_WILL, _WONT)
        if wanted and not agreed:
            return bytes((_IAC, no, option[1]))
        if wanted == (option in self._on):
            return b""
        self._on ^= {option}
        return bytes((_IAC, yes if wanted else no, option[1]))


def _command_end(data: bytes, start: int) -> int | None:
    """Where the telnet command that starts there ends; None: not yet."""
    if len(data) < start + 2:
        return None
    if data[start + 1] == _SB:
        end = _subnegotiation_end(data, start + 2)
        if end is None and len(data) - start > _LONGEST_SUBNEGOTIATION:
            raise TelnetProtocolError
        return end
    length = 3 if data[start + 1] in (_WILL, _WONT, _DO, _DONT) else 2
    return start + length if len(data) >= start + length else None


def _subnegotiation_end(data: bytes, at: int) -> int | None:
    while (at := data.find(_IAC, at)) >= 0 and at + 1 < len(data):
        if data[at + 1] == _SE:
            return at + 2
        at += 2
    return None


def _subnegotiation(option: int, content: bytes) -> bytes:
    doubled = content.replace(bytes((_IAC,)), bytes((_IAC, _IAC)))
    return bytes((_IAC, _SB, option)) + doubled + bytes((_IAC, _SE))
