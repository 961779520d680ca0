"""One terminal of a simulated device: echo, line editing, pager, and output that goes wrong.

Works on callbacks of the event loop only. What is typed while the device is busy waits, as it does
on a device, and is echoed when it is read.
"""

import asyncio
from collections.abc import Callable, Iterator
from enum import Enum, auto
from itertools import chain, cycle

import asyncssh

from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.faults import NONE, kept_part, printed
from collector.simulator.pager import Pager
from collector.simulator.record import SessionRecord
from collector.simulator.shell import Answer, Shell

_PIECE_BYTES = 65536
_RETURN, _NEWLINE = 0x0D, 0x0A
_RUBOUT = b"\x7f\b"
_CTRL_C, _CTRL_Z = 0x03, 0x1A
_FLUSH_S = 0.05
"""Time for the kernel to send what was written before a connection is broken."""


class _State(Enum):
    BUSY = auto()
    """Thinking or printing: only Ctrl-C is heard."""
    EDITING = auto()
    PAGING = auto()
    DEAF = auto()
    """Hung: never answers again."""


class TerminalSession(asyncssh.SSHServerSession[bytes]):
    """Takes the bytes of one channel and answers them."""

    def __init__(self, device: SimulatedDevice, account: Account) -> None:
        self._device = device
        self._shell = Shell(device, account)
        self._record = SessionRecord()
        device.sessions.append(self._record)
        self._state = _State.BUSY
        self._waiting = bytearray()
        """Received and not yet read."""
        self._reading = False
        self._raw = bytearray()
        """All that was typed since Enter, for the record."""
        self._line = bytearray()
        """What is left of that after editing."""
        self._after_return = False
        self._enter: Callable[[str], None] = self._take_command
        self._pieces: Iterator[bytes] = iter(())
        self._then: Callable[[], None] = _nothing
        """What to do when all pieces are written."""
        self._pager: Pager | None = None
        self._after_pager: Callable[[], None] = _nothing
        self._out = bytearray()
        """To be sent at the end of this turn of the loop, in one packet."""
        self._paused = False
        self._timer: asyncio.TimerHandle | None = None

    # --- what asyncssh calls ----------------------------------------------------------------------

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Keep the channel."""
        self._chan = chan

    def pty_requested(self, term_type: str, term_size: object, term_modes: object) -> bool:
        """Accept any terminal."""
        return True

    def shell_requested(self) -> bool:
        """Accept: this is what people use."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Record and refuse."""
        self._record.requests.append(f"exec {command}")
        return False

    def subsystem_requested(self, subsystem: str) -> bool:
        """Record and refuse."""
        self._record.requests.append(f"subsystem {subsystem}")
        return False

    def session_started(self) -> None:
        """Greet; a device that wants a new password asks for it first."""
        if self._device.faults.password_change:
            self._ask(self._device.dialect.login_question, self._take_password_answer)
        else:
            self._greet()
        self._flush()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Record what came, and read as much of it as the device is ready for."""
        self._record.received += data
        self._waiting += data
        if self._state is _State.BUSY and _CTRL_C in self._waiting:
            self._interrupt()
        self._read_waiting()
        self._flush()

    def eof_received(self) -> bool:
        """Hang up when the client does."""
        return False

    def pause_writing(self) -> None:
        """Wait until the client has read."""
        self._paused = True

    def resume_writing(self) -> None:
        """Go on writing."""
        self._paused = False
        self._turn(self._pump)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was still to be done."""
        self._record.unfinished = _readable(self._raw + self._waiting)
        self._state = _State.DEAF
        self._pieces, self._then = iter(()), _nothing
        if self._timer is not None:
            self._timer.cancel()

    # --- reading ----------------------------------------------------------------------------------

    def _read_waiting(self) -> None:
        if self._reading:
            return
        self._reading = True
        while self._waiting and self._state in {_State.EDITING, _State.PAGING}:
            if self._state is _State.PAGING:
                self._press_key()
            else:
                self._edit()
        self._reading = False

    def _edit(self) -> None:
        """Read and echo up to Enter."""
        while self._waiting:
            byte = self._waiting[0]
            del self._waiting[:1]
            if byte == _NEWLINE and self._after_return:
                self._after_return = False
                continue
            self._after_return = byte == _RETURN
            if byte in {_RETURN, _NEWLINE, _CTRL_C, _CTRL_Z}:
                self._out += b"\r\n"
                self._end_line(byte)
                return
            self._raw.append(byte)
            self._out += self._edited(byte)

    def _edited(self, byte: int) -> bytes:
        """Apply one key to the line; gives its echo."""
        if byte in _RUBOUT:
            if not self._line:
                return b""
            self._line.pop()
            return b"\b \b"
        if byte < 0x20:
            return b""
        self._line.append(byte)
        return bytes([byte])

    def _end_line(self, byte: int) -> None:
        typed, line = self._raw, self._line
        self._raw, self._line = bytearray(), bytearray()
        if byte in {_RETURN, _NEWLINE}:
            taken_as = self._record.lines if self._enter == self._take_command else self._record.answers
            taken_as.append(_readable(typed))
            self._enter(line.decode("utf-8", "backslashreplace"))
            return
        self._record.lines.append(_readable(typed + bytes([byte])))
        if byte == _CTRL_Z:
            self._shell.back_to_first_view()
        self._enter = self._take_command
        self._show_prompt()

    def _press_key(self) -> None:
        key = bytes(self._waiting[:1])
        del self._waiting[:1]
        self._record.keys.append(_readable(key))
        if self._pager is not None:
            self._out += self._pager.key(key)
            if self._pager.done:
                self._pager = None
                self._after_pager()

    def _interrupt(self) -> None:
        dropped = self._waiting[: self._waiting.index(_CTRL_C) + 1]
        del self._waiting[: len(dropped)]
        self._record.keys.append(_readable(dropped))
        if self._timer is not None:
            self._timer.cancel()
        self._pieces, self._then = iter(()), _nothing
        self._show_prompt()

    # --- answering --------------------------------------------------------------------------------

    def _greet(self) -> None:
        then = self._fall_silent if self._device.faults.no_prompt else self._show_prompt
        self._send(_in_pieces(self._shell.greeting()), then)

    def _take_password_answer(self, answer: str) -> None:
        self._enter = self._take_command
        if not answer.strip():
            self.session_started()
        elif self._device.dialect.may_decline and answer.strip().upper() in {"N", "NO"}:
            self._greet()
        else:
            self._hang_up()

    def _take_command(self, line: str) -> None:
        self._state = _State.BUSY
        answer = self._shell.execute(line)
        if answer.think_s:
            self._later(answer.think_s, lambda: self._answer(answer))
        else:
            self._answer(answer)

    def _take_confirmation(self, _: str) -> None:
        self._enter = self._take_command
        self._show_prompt()

    def _answer(self, answer: Answer) -> None:
        if answer.ends:
            self._hang_up()
        elif answer.question:
            self._ask(answer.question, self._take_confirmation)
        elif answer.faults is NONE:
            self._print(answer.out, iter(()), self._show_prompt)
        else:
            self._answer_badly(answer)

    def _answer_badly(self, answer: Answer) -> None:
        faults, out, then = answer.faults, answer.out, self._show_prompt
        if faults.silent_after is not None:
            out, then = kept_part(out, faults.silent_after), self._fall_silent
        if faults.cut_after is not None:
            out, then = kept_part(out, faults.cut_after), self._break_off
        self._print(out, cycle(out.splitlines(keepends=True)) if faults.endless else iter(()), then)

    def _print(self, out: bytes, more: Iterator[bytes], then: Callable[[], None]) -> None:
        """Write an output and the lines that may follow it, through the pager while that is on."""
        if not self._shell.paging:
            self._send(chain(_in_pieces(out), _gathered(more)), then)
            return
        pager = Pager(chain(out.splitlines(keepends=True), more), self._device.dialect)
        first = pager.page()
        if pager.done:
            self._send(iter([first]), then)
        else:
            self._pager, self._after_pager = pager, then
            self._send(iter([first]), lambda: self._listen(_State.PAGING))

    def _send(self, pieces: Iterator[bytes], then: Callable[[], None]) -> None:
        self._state = _State.BUSY
        self._pieces, self._then = pieces, then
        self._pump()

    def _pump(self) -> None:
        """Write as fast as the client reads; after a large piece others have their turn."""
        while not self._paused and not self._chan.is_closing():
            piece = next(self._pieces, None)
            if piece is None:
                then, self._then = self._then, _nothing
                then()
                return
            self._out += piece
            if len(piece) >= _PIECE_BYTES:
                self._flush()
                asyncio.get_running_loop().call_soon(self._turn, self._pump)
                return

    def _ask(self, question: str, enter: Callable[[str], None]) -> None:
        self._out += printed(question, NONE, "").removesuffix(b"\r\n")
        self._enter = enter
        self._listen(_State.EDITING)

    def _show_prompt(self) -> None:
        self._state = _State.BUSY
        delay = self._device.faults.prompt_delay_s
        if delay:
            self._later(delay, self._show_prompt_now)
        else:
            self._show_prompt_now()

    def _show_prompt_now(self) -> None:
        self._out += self._shell.prompt
        self._listen(_State.EDITING)

    def _listen(self, state: _State) -> None:
        self._state = state
        self._read_waiting()

    def _fall_silent(self) -> None:
        self._state = _State.DEAF

    def _break_off(self) -> None:
        self._state = _State.DEAF
        self._later(_FLUSH_S, self._chan.get_connection().abort)

    def _hang_up(self) -> None:
        self._state = _State.DEAF
        self._flush()
        self._chan.exit(0)
        self._chan.get_connection().close()

    def _later(self, delay_s: float, what: Callable[[], None]) -> None:
        self._flush()
        self._timer = asyncio.get_running_loop().call_later(delay_s, self._turn, what)

    def _turn(self, what: Callable[[], None]) -> None:
        what()
        self._flush()

    def _flush(self) -> None:
        if self._out and not self._chan.is_closing():
            self._chan.write(bytes(self._out))
        self._out.clear()


def _nothing() -> None:
    return


def _in_pieces(out: bytes) -> Iterator[bytes]:
    return (out[start : start + _PIECE_BYTES] for start in range(0, len(out), _PIECE_BYTES))


def _gathered(lines: Iterator[bytes]) -> Iterator[bytes]:
    piece = bytearray()
    for line in lines:
        piece += line
        if len(piece) >= _PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _readable(typed: bytes | bytearray) -> str:
    return typed.decode("utf-8", "backslashreplace")
