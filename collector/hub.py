"""Many conversations in one thread: while one waits for its device, the others go on.

A thread for each device spends more on handing the interpreter from one to the next than on all their work.
Here every conversation is a greenlet of one thread. Its code is that of a thread of its own, but for three
calls by which it lets the others go on: `received`, `pause`, and `aside` for what blocks. Outside a hub they
do the same in the thread that calls them.
"""

import select
import socket
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import paramiko
from greenlet import getcurrent, greenlet

from collector.dial import Stream

_SLICE_S = 0.5
"""Longest pause in one piece, after which a stop is noticed."""
_FOREVER = float("inf")

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Hub:
    """Runs conversations; a context manager that waits at its end until all have ended.

    What they do aside is done by at most `helpers` threads.
    """

    def __init__(self, helpers: int) -> None:
        self._helpers = ThreadPoolExecutor(helpers, thread_name_prefix="aside")
        self._bell, self._button = socket.socketpair()
        self._readers = Readers()
        self._readers.register(self._bell.fileno(), READABLE)
        self._reading: dict[int, _Conversation] = {}
        """Who waits for what can be read from a file descriptor."""
        self._asked: deque[Callable[[], None]] = deque()
        """What other threads want done in the thread of the conversations."""
        self._open: dict[_Conversation, Future[Any]] = {}
        """Conversations that have begun and not ended, with those who want to know the end."""
        self._waiting: dict[_Conversation, float] = {}
        """Until when, of `time.monotonic`."""
        self._closing = False
        self._thread = Thread(target=self._run, name="hub")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ask(self._close)
        self._thread.join()
        self._helpers.shutdown()
        self._bell.close()
        self._button.close()

    def submit(
        self, call: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Result]:
        """Begin a conversation; may be called from any thread."""
        future: Future[Result] = Future()
        self._ask(partial(self._begin, future, partial(call, *args, **kwargs)))
        return future

    def wait(self, conversation: "_Conversation", until: float, fd: int | None = None) -> bool:
        """Let others go on until this can be read, or until that moment; False: the moment has come."""
        if fd is None:
            return self._switch(conversation, until)
        self._readers.register(fd, READABLE)
        self._reading[fd] = conversation
        try:
            return self._switch(conversation, until)
        finally:
            self._readers.unregister(fd)
            del self._reading[fd]

    def aside(self, conversation: "_Conversation", call: Callable[[], Result]) -> Result:
        """Let others go on while another thread makes this call."""
        done = self._helpers.submit(call)
        done.add_done_callback(lambda _done: self._ask(partial(self._go_on, conversation, came=True)))
        self.wait(conversation, _FOREVER)
        return done.result()

    def _switch(self, conversation: "_Conversation", until: float) -> bool:
        # Last of all: whoever stands here is gone on with, wherever it is by then.
        self._waiting[conversation] = until
        return bool(conversation.loop.switch())

    def _ask(self, what: Callable[[], None]) -> None:
        self._asked.append(what)
        self._button.send(b"!")

    def _run(self) -> None:
        try:
            while self._open or not self._closing:
                for fd, _ in self._readers.poll(self._patience_ms()):
                    if fd in self._reading:
                        self._go_on(self._reading[fd], came=True)
                    else:
                        self._answer_bell()
                now = monotonic()
                for conversation in [c for c, until in self._waiting.items() if until <= now]:
                    self._go_on(conversation, came=False)
        finally:
            for future in self._open.values():
                future.set_exception(RuntimeError("the hub has ended before the conversation"))

    def _patience_ms(self) -> float | None:
        """How long nothing may happen before somebody has waited long enough."""
        until = min(self._waiting.values(), default=_FOREVER)
        return None if until == _FOREVER else max(0.0, until - monotonic()) * 1000

    def _answer_bell(self) -> None:
        # Rung first, asked later: what is asked after this rings again.
        self._bell.recv(4096)
        while self._asked:
            self._asked.popleft()()

    def _begin(self, future: "Future[Result]", call: Callable[[], Result]) -> None:
        conversation = _Conversation(self, future, call)
        self._open[conversation] = future
        self._go_on(conversation, came=True)

    def _go_on(self, conversation: "_Conversation", *, came: bool) -> None:
        self._waiting.pop(conversation, None)
        conversation.switch(came)
        if conversation.dead:
            del self._open[conversation]

    def _close(self) -> None:
        self._closing = True


class _Conversation(greenlet):
    """One call in the thread of a hub, where it is made too."""

    def __init__(self, hub: Hub, future: "Future[Result]", call: Callable[[], Result]) -> None:
        super().__init__(partial(self._hold, future, call))
        self.hub = hub
        self.loop = getcurrent()

    @staticmethod
    def _hold(future: "Future[Result]", call: Callable[[], Result], _came: bool) -> None:  # noqa: FBT001
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - raised again where the result is wanted
            future.set_exception(error)
        else:
            future.set_result(result)


def received(stream: Stream, until: float, most: int) -> bytes | None:
    """Read what comes until that moment (of `time.monotonic`); None: nothing came, b"": the stream has ended.

    Raises what reading raises; TimeoutError and BlockingIOError mean that nothing came after all.
    """
    if isinstance(stream, socket.socket):
        return stream.recv(most) if readable(stream, until) else None
    # A channel has a file descriptor too, but only until somebody closes it: after that paramiko goes on
    # writing to that number, whoever has it by now.
    if (left := until - monotonic()) > 0:
        return aside(_from_channel, stream, left, most)
    return _from_channel(stream, 0.0, most)


def readable(stream: socket.socket, until: float) -> bool:
    """Wait until something can be read, or the stream has ended; False: that moment has come."""
    fd = stream.fileno()
    if fd < 0:
        # Closed, as reading says.
        return True
    if (left := until - monotonic()) > 0:
        conversation = _current()
        if conversation is not None:
            return conversation.hub.wait(conversation, until, fd)
    return _arrived(fd, max(left, 0.0))


def pause(until: float, stop: Event) -> None:
    """Wait until that moment, or until `stop` is set."""
    conversation = _current()
    while not stop.is_set() and (left := until - monotonic()) > 0:
        if conversation is None:
            stop.wait(left)
        else:
            conversation.hub.wait(conversation, monotonic() + min(left, _SLICE_S))


def aside(call: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Make a call that blocks."""
    conversation = _current()
    if conversation is None:
        return call(*args, **kwargs)
    return conversation.hub.aside(conversation, partial(call, *args, **kwargs))


def _current() -> _Conversation | None:
    current = getcurrent()
    return current if isinstance(current, _Conversation) else None


def _from_channel(channel: paramiko.Channel, wait_s: float, most: int) -> bytes | None:
    channel.settimeout(wait_s)
    try:
        return channel.recv(most)
    except TimeoutError:
        return None
    finally:
        # Who sends waits this long for room.
        channel.settimeout(_SLICE_S)


def _arrived(fd: int, wait_s: float) -> bool:
    readers = Readers()
    readers.register(fd, READABLE)
    return bool(readers.poll(wait_s * 1000))


class _Select:
    """What `select.poll` does, for systems that have nothing but `select.select`."""

    def __init__(self) -> None:
        self._fds: set[int] = set()

    def register(self, fd: int, _events: int) -> None:
        self._fds.add(fd)

    def unregister(self, fd: int) -> None:
        self._fds.remove(fd)

    def poll(self, wait_ms: float | None) -> list[tuple[int, int]]:
        wait_s = None if wait_ms is None else wait_ms / 1000
        return [(fd, READABLE) for fd in select.select(self._fds, (), (), wait_s)[0]]


READABLE: int = getattr(select, "POLLIN", 1)
Readers: Any = getattr(select, "poll", _Select)
"""Its numbers of open files are small, and it costs far less than `selectors` for each wait."""
