"""One conversation with one device: prompts, echoes, pagers, and the bytes between them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from re import Pattern
from threading import Event
from time import monotonic

from collector.allowlist import Answer
from collector.capture import Capture, CaptureStatus
from collector.errors import LoginFailedError, SessionCutError, SessionTimedOutError, StoppedError
from collector.platform import Platform
from collector.vty import Vty

_TAIL_BYTES = 1000
_SLICE_S = 0.5
"""Longest wait in one piece, after which a stop of the run is noticed."""
_SETTLE_S = 0.3
"""Silence after which a device that got out of step is taken to have ended what it says."""
_GREETED_S = 0.1
"""The same for the first prompt: a banner that pauses just where its last line looks like one is not known,
and the first answer counts only when that prompt stands before and after it."""
_GREETING_S = 30.0
_RESYNC_S = 10.0

_REFUSAL_LINES = 6
_REFUSAL_BYTES = 2000
"""A refusal is at most so long; the same words inside a log or a configuration mean nothing."""

_CURSOR = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][0-9A-Za-z]|[=>78])")
_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
_RUBBED_OUT = re.compile(rb"[^\x08]?\x08")
_PAGER_BYTES = 200
"""A pager's question is at most so long, with what colours it."""
_PAGER = re.compile(rb"-{2,} ?more ?-{2,}[ \t]*\Z")
_DIALOGUES = (
    (re.compile(rb"chang[^\n]{0,60}\? ?\[y/n\] ?:? ?\Z", re.IGNORECASE), Answer.DECLINE_PASSWORD_CHANGE),
    (re.compile(rb"press y or enter to continue[^\n]*\s*\Z", re.IGNORECASE), Answer.ACKNOWLEDGE_NOTICE),
    (re.compile(rb"(?:password|user ?name|login): ?\Z", re.IGNORECASE), None),
)
"""What a device may ask between login and first prompt; None: nothing that we may answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """How long and how much."""

    deadline: float = float("inf")
    """Moment of `time.monotonic` at which the device's time is up."""
    max_bytes: int = 16_000_000
    """Most that one command may print."""


@dataclass(frozen=True, slots=True)
class _Exchange:
    raw: bytes
    status: CaptureStatus
    detail: str
    in_step: bool
    """The output began with the echo of its own command."""


class Session:
    """Asks one device, one command at a time; never credits an output to the wrong command.

    An output counts only when it begins with the echo of its command and ends with the very prompt
    that was learned at login, alone on the last line.
    """

    def __init__(
        self, wire: Vty, device: str, *, limits: SessionLimits, now: Callable[[], datetime], stop: Event
    ) -> None:
        self.wire = wire
        self.device = device
        self.prompt = ""
        self.slipped = False
        """Bytes came that belong to no answer before the last command: the one before it is doubtful."""
        self._limits = limits
        self._now = now
        self.stop = stop

    def greet(self, prompts: Iterable[Pattern[str]]) -> str:
        """Read banner and dialogues up to the first prompt; learn it and give it.

        Raises LoginFailedError when the device asks for what we may not give, SessionTimedOutError
        when no line that one of `prompts` knows appears, SessionCutError when it hangs up.
        """
        patterns = tuple(prompts)
        buffer = bytearray()
        answered: set[Answer] = set()
        heard = monotonic()
        until = heard + _GREETING_S
        while True:
            chunk = self._receive(min(until, monotonic() + _GREETED_S))
            if chunk:
                heard = monotonic()
                buffer += chunk
                if len(buffer) > self._limits.max_bytes:
                    raise SessionCutError(f"登录后的输出超过 {self._limits.max_bytes} 字节的上限，已停止读取")
                continue
            if chunk == b"":
                raise SessionCutError(f"登录后设备断开了连接：{_shown(buffer)}")
            line = _last_line(buffer)
            if any(pattern.fullmatch(line) for pattern in patterns):
                self.prompt = line
                return line
            if monotonic() >= heard + _SETTLE_S:
                # Not sooner: a banner can pause at these words too, and an answer cannot be taken back.
                self._answer_dialogue(buffer, answered)
            if monotonic() >= until:
                raise SessionTimedOutError(f"登录后没有出现可识别的提示符，最后一行是：{line[:80]!r}")

    def _answer_dialogue(self, buffer: bytearray, answered: set[Answer]) -> None:
        for pattern, answer in _DIALOGUES:
            if not pattern.search(buffer):
                continue
            if answer is None or answer in answered:
                raise LoginFailedError(f"登录后设备要求人工应答，未作答：{_shown(buffer)}")
            answered.add(answer)
            self.wire.send_answer(answer)
            buffer += b"\n"
            return

    def ask(self, command: str, limit_s: float, platform: Platform | None = None) -> Capture:
        """Send one command and give what came back; `platform` tells what a refusal looks like.

        A command whose output does not begin with its echo is asked once more, after the device has
        fallen silent. Raises ForbiddenCommandError, before anything is sent.
        """
        self.slipped = bool(self.late())
        for last_try in (False, True):
            started_at, start = self._now(), monotonic()
            exchange = self._exchange(command, limit_s)
            elapsed_s = monotonic() - start
            if exchange.in_step or last_try or not self.resync(exchange.raw):
                break
            self.slipped = True
        status, detail = exchange.status, exchange.detail
        if status is CaptureStatus.OK:
            if not exchange.in_step:
                status, detail = CaptureStatus.TIMED_OUT, "回显与所发命令对不上，输出未采用"
            elif platform is not None:
                status, detail = judged(exchange.raw, self.prompt, platform)
        return Capture(
            device=self.device,
            command=command,
            status=status,
            raw=exchange.raw,
            started_at=started_at,
            elapsed_s=elapsed_s,
            detail=detail,
        )

    def late(self) -> bytes:
        """Give what has arrived since the last prompt, without waiting, or as much as a command may print."""
        late = bytearray()
        while len(late) <= self._limits.max_bytes and (chunk := self.wire.receive(monotonic())):
            late += chunk
        return bytes(late)

    def resync(self, tail: bytes) -> bool:
        """Wait until the device is silent at its known prompt; False when that does not happen.

        `tail` is the end of what it has said so far.
        """
        said = bytearray(tail[-_TAIL_BYTES:])
        until = monotonic() + _RESYNC_S
        while monotonic() < until:
            chunk = self._receive(min(until, monotonic() + _SETTLE_S))
            if chunk == b"":
                return False
            if chunk is None and _last_line(said) == self.prompt:
                return True
            said += chunk or b""
            if _page_ends(said):
                return False
            del said[:-_TAIL_BYTES]
        return False

    def _exchange(self, line: str, limit_s: float) -> _Exchange:
        until = monotonic() + limit_s
        buffer = bytearray()
        paged_at = 0
        self.wire.send_line(line)
        while True:
            try:
                chunk = self._receive(until)
            except StoppedError as stopped:
                return self._broken_off(buffer, line, CaptureStatus.CUT, str(stopped))
            except SessionTimedOutError as error:
                return self._broken_off(buffer, line, CaptureStatus.TIMED_OUT, str(error))
            if chunk is None:
                why = f"{limit_s:g} 秒内没有等到提示符"
                return self._broken_off(buffer, line, CaptureStatus.TIMED_OUT, why)
            if chunk == b"":
                return self._broken_off(buffer, line, CaptureStatus.CUT, "连接在输出中途断开")
            buffer += chunk
            if len(buffer) > self._limits.max_bytes:
                self.wire.hang_up()
                why = f"输出超过 {self._limits.max_bytes} 字节的上限，已停止读取"
                return self._broken_off(buffer, line, CaptureStatus.CUT, why)
            if _page_ends(buffer, paged_at):
                paged_at = len(buffer)
                self.wire.send_answer(Answer.NEXT_PAGE)
            elif _last_line(buffer) == self.prompt and self._nothing_follows(buffer):
                return _Exchange(
                    bytes(buffer), CaptureStatus.OK, "", _begins_with_echo(buffer, line, self.prompt)
                )

    def _nothing_follows(self, buffer: bytearray) -> bool:
        """Tell whether a prompt at the end of what was read is also the end of what has arrived."""
        more = self.late()
        buffer += more
        return not more or _last_line(buffer) == self.prompt

    def _broken_off(self, buffer: bytearray, line: str, status: CaptureStatus, detail: str) -> _Exchange:
        in_step = b"\n" not in buffer or _begins_with_echo(buffer, line, self.prompt)
        return _Exchange(bytes(buffer), status, detail, in_step)

    def _receive(self, until: float) -> bytes | None:
        """Wait for bytes as `Vty.receive` does, but notice a stop and the end of the device's time."""
        until = min(until, self._limits.deadline)
        while True:
            if self.stop.is_set():
                raise StoppedError("采集被中止")
            chunk = self.wire.receive(min(until, monotonic() + _SLICE_S))
            if chunk is not None:
                return chunk
            now = monotonic()
            if now >= self._limits.deadline:
                raise SessionTimedOutError("本设备的总时限已到")
            if now >= until:
                return None


def asks_something(buffer: bytearray) -> bool:
    """Tell whether a device asks, between login and first prompt, what a person would have to answer."""
    return any(pattern.search(buffer) for pattern, _ in _DIALOGUES)


def _page_ends(buffer: bytearray, since: int = 0) -> bool:
    """Tell whether the pager waits for a key at the end of what stands from there on."""
    # Hardly any end has that word, and rows of dashes make the search for it slow.
    end = buffer[max(since, len(buffer) - _PAGER_BYTES) :].lower()
    return b"more" in end and _PAGER.search(_COLOUR.sub(b"", end)) is not None


def _last_line(buffer: bytes | bytearray) -> str:
    """What stands on the last line as a terminal shows it; empty after a line end."""
    tail = bytes(buffer[buffer.rfind(b"\n") + 1 :][-500:])
    return _visible(tail).strip()


def _visible(line: bytes) -> str:
    line = line.rstrip(b"\r")
    if line.isascii() and (text := line.decode("ascii")).isprintable():
        return text
    line = _CURSOR.sub(b"", line).rstrip(b"\r").rpartition(b"\r")[2]
    while b"\x08" in line:
        line = _RUBBED_OUT.sub(b"", line, count=1)
    return line.replace(b"\x00", b"").replace(b"\x07", b"").decode("utf-8", "replace")


def _begins_with_echo(buffer: bytearray, command: str, prompt: str) -> bool:
    rest, first = bytes(buffer[:2000]), ""
    while rest and not first:
        line, _, rest = rest.partition(b"\n")
        first = _visible(line).strip()
    return first in (command, prompt + command, f"{prompt} {command}")


def judged(raw: bytes, prompt: str, platform: Platform) -> tuple[CaptureStatus, str]:
    """Tell a complete answer from a refusal, which stands alone in a short output; with its words."""
    if len(raw) > _REFUSAL_BYTES:
        return CaptureStatus.OK, ""
    said = (line for part in raw.split(b"\n")[1:] if (line := _visible(part).rstrip()) and line != prompt)
    shown = list(islice(said, _REFUSAL_LINES + 1))
    text = "\n".join(shown)
    if len(shown) <= _REFUSAL_LINES:
        for status, patterns in (
            (CaptureStatus.NO_PRIVILEGE, platform.no_privilege),
            (CaptureStatus.REFUSED, platform.refused),
        ):
            found = next((match for pattern in patterns if (match := pattern.search(text))), None)
            if found is not None:
                return status, found[0].strip()
    return CaptureStatus.OK, ""


def _shown(buffer: bytes | bytearray) -> str:
    """The last lines of what a device said, for a message."""
    lines = [shown for line in bytes(buffer[-400:]).split(b"\n") if (shown := _visible(line).strip())]
    return " / ".join(lines[-3:])[:200]
