"""Notices that wait to be sent, on disk: told at least once, and marked when it may be the second time."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from agent.notices.notice import Notice, told
from agent.notices.sending import SendError, post, send_mail
from agent.notices.settings import Mail, Webhook
from reports.output import write_atomically

ATTEMPTS = 3
"""Per call; what is left is tried again by the next one."""
GIVEN_UP_AFTER = timedelta(days=7)


class Waiting(BaseModel):
    """One notice for one channel."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notice: Notice
    channel: str
    made_at: datetime
    attempts: int = 0
    """Sendings that were begun: more than none means that it may have arrived already."""


class Sent(BaseModel):
    """One line of the record of what was told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notice: str
    channel: str
    at: datetime
    attempts: int
    """Sendings that were begun; more than one: marked as repeated."""
    given_up: str = ""
    """Why it was never told; empty: it was."""


class Outbox:
    """The folder `notices` of the data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "notices"
        self._record = self.folder / "sent.jsonl"

    def add(self, notice: Notice, channels: Mapping[str, Mail | Webhook], now: datetime) -> None:
        """Have a notice sent over every channel; one that was told or waits already is not taken twice."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = {(sent.notice, sent.channel) for sent in self.sent()}
        for channel in channels:
            path = self._path(notice.id, channel)
            if (notice.id, channel) not in done and not path.exists():
                self._write(Waiting(notice=notice, channel=channel, made_at=now))

    def waiting(self, complain: Callable[[str], None]) -> list[Waiting]:
        """What is not told yet, the oldest first; unreadable files are complained of and left alone."""
        found: list[Waiting] = []
        # A name that begins with a dot is a draft that a killed process has left.
        for path in self.folder.glob("[!.]*.json"):
            try:
                found.append(Waiting.model_validate_json(path.read_bytes()))
            except (OSError, ValidationError) as error:
                complain(f"{path} is no notice and is left alone: {type(error).__name__}")
        return sorted(found, key=lambda each: (each.made_at, each.channel))

    def sent(self) -> Iterator[Sent]:
        """What was told, or given up."""
        if not self._record.exists():
            return
        for line in self._record.read_text("utf-8").splitlines():
            try:
                yield Sent.model_validate_json(line)
            except ValidationError:
                # The last line of a process that was killed; its notice still waits and is told again.
                continue

    def send(
        self,
        channels: Mapping[str, Mail | Webhook],
        environ: Mapping[str, str],
        clock: Callable[[], datetime],
        complain: Callable[[str], None],
    ) -> None:
        """Send what waits; what goes wrong is complained of and tried again by the next call.

        Two processes never send at once; the second leaves it to the first.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "lock", timeout=0):
                done = {(sent.notice, sent.channel) for sent in self.sent()}
                for waiting in self.waiting(complain):
                    if (waiting.notice.id, waiting.channel) in done:
                        # Killed between the record and this: it was told.
                        self._path(waiting.notice.id, waiting.channel).unlink()
                    else:
                        self._try(waiting, channels, environ, clock, complain)
        except Timeout:
            complain("notices are being sent by another process")

    def _try(
        self,
        waiting: Waiting,
        channels: Mapping[str, Mail | Webhook],
        environ: Mapping[str, str],
        clock: Callable[[], datetime],
        complain: Callable[[str], None],
    ) -> None:
        channel = channels.get(waiting.channel)
        what = f"notice {waiting.notice.id} over {waiting.channel}"
        if channel is None:
            self._end(waiting, clock(), given_up="the channel does not exist any more")
            complain(f"{what}: given up: the channel does not exist any more")
            return
        begun = waiting.model_copy(update={"attempts": waiting.attempts + 1})
        # Written before sending: whoever finds the file afterwards knows that it may have arrived.
        self._write(begun)
        try:
            _handed_over(begun, channel, environ, clock)
        except SendError as error:
            if clock() - waiting.made_at > GIVEN_UP_AFTER:
                self._end(begun, clock(), given_up=str(error))
                complain(f"{what}: given up after {GIVEN_UP_AFTER.days} days: {error}")
            else:
                complain(f"{what}: {error}; it is tried again by the next run")
            return
        self._end(begun, clock())

    def _end(self, waiting: Waiting, now: datetime, given_up: str = "") -> None:
        line = Sent(
            notice=waiting.notice.id,
            channel=waiting.channel,
            at=now,
            attempts=waiting.attempts,
            given_up=given_up,
        )
        with self._record.open("a+b") as record:
            # A process that was killed may have left half a line.
            torn = record.tell() > 0 and not self._record.read_bytes().endswith(b"\n")
            record.write((b"\n" if torn else b"") + line.model_dump_json().encode() + b"\n")
        self._path(waiting.notice.id, waiting.channel).unlink()

    def _path(self, notice: str, channel: str) -> Path:
        return self.folder / f"{notice}--{channel}.json"

    def _write(self, waiting: Waiting) -> None:
        text = waiting.model_dump_json(indent=2)
        path = self._path(waiting.notice.id, waiting.channel)
        write_atomically(path, lambda draft: draft.write_text(text, "utf-8"))


def _handed_over(
    waiting: Waiting,
    channel: Mail | Webhook,
    environ: Mapping[str, str],
    clock: Callable[[], datetime],
) -> None:
    """Send one notice, a few times with growing pauses; raises the last SendError."""
    title, lines = told(waiting.notice, internal=channel.internal, again=waiting.attempts > 1)
    attachments = tuple(Path(name) for name in waiting.notice.attachments) if channel.internal else ()
    for attempt in Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(multiplier=0.5, max=8),
        retry=retry_if_exception(lambda error: isinstance(error, SendError) and not error.final),
        reraise=True,
        before_sleep=_nothing,
    ):
        with attempt:
            if isinstance(channel, Mail):
                send_mail(channel, title, lines, attachments, environ, clock())
            else:
                post(channel, title, lines, environ, clock())


def _nothing(_state: RetryCallState) -> None:
    """Say nothing between attempts: only the last failure is worth a word."""
