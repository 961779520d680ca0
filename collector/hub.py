"""Many conversations in one thread: while one waits for its device, the others go on.

A thread for each device spends more on handing the interpreter from one to the next than on all their work.
Here every conversation is a greenlet of one thread. Its code is that of a thread of its own, but for what
lets the others go on: `received`, `pause`, a `Signal` or a `Box` to wait for, and `aside` for what blocks.
Outside a hub they do the same in the thread that calls them.
"""

import logging
import socket
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from heapq import heappop, heappush
from itertools import count
from threading import Event, Thread, get_ident
from time import monotonic
from types import TracebackType
from typing import Any, Generic, ParamSpec, Self, TypeVar

import paramiko
from greenlet import getcurrent, greenlet

from collector.polling import READABLE, WRITABLE, Readers

log = logging.getLogger(__name__)

_SLICE_S = 0.5
"""Longest pause in one piece, after which a stop is noticed."""
_FOREVER = float("inf")

Stream = socket.socket | paramiko.Channel
"""Carries bytes both ways; what is called on it behaves alike on both."""

Given = ParamSpec("Given")
Result = TypeVar("Result")
Put = TypeVar("Put")


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
        """Who waits for what a file descriptor has to give, or will take."""
        self._asked: deque[Callable[[], None]] = deque()
        """What other threads want done in the thread of the conversations."""
        self._open: set[Future[Any]] = set()
        """Ends that somebody wants to know, of conversations that have been submitted and not ended."""
        self._waiting: dict[_Conversation, _Wait] = {}
        self._times: list[_Wait] = []
        """A heap of all waits that have an end; some of them are over."""
        self._count = count()
        self._closing = self._over = False
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
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        self._ask(partial(self._begin, future, partial(call, *args, **kwargs)))
        if self._over:
            self._abandon()
        return future

    def wait(
        self, conversation: "_Conversation", until: float, fd: int | None = None, events: int = 0
    ) -> bool:
        """Let others go on until this is ready, or until that moment, or until somebody rouses it.

        Tells whether it is ready.
        """
        if fd is not None:
            self._readers.register(fd, events)
            self._reading[fd], conversation.fd = conversation, fd
        try:
            return self._switch(conversation, until)
        finally:
            self._read_no_more(conversation)

    def rouse(self, conversation: "_Conversation", signal: "Signal") -> None:
        """Have a conversation go on that waits for a signal, unless it does so no more; from any thread."""

        def go_on() -> None:
            if conversation.awaited is signal:
                self._go_on(conversation, came=False)

        self._ask(go_on)

    def interrupt(self, conversation: "_Conversation") -> None:
        """Have a conversation go on that waits for something to read; by another one of this hub.

        It reads no more from now on: what it read from may be closed next, and its number be another's.
        """
        if conversation.fd is not None:
            self._read_no_more(conversation)
            self._ask(partial(self._go_on, conversation, came=False))

    def beside(self, call: Callable[[], None]) -> None:
        """Begin a conversation that nobody waits for, the hub neither."""
        future: Future[None] = Future()
        future.add_done_callback(_complain)
        self._ask(partial(self._begin, future, call))

    def aside(self, call: Callable[[], Result]) -> Result:
        """Let others go on while another thread makes this call."""
        ended = Signal()
        done = self._helpers.submit(call)
        done.add_done_callback(lambda _done: ended.set())
        ended.wait()
        return done.result()

    def _switch(self, conversation: "_Conversation", until: float) -> bool:
        wait = (until, next(self._count), conversation)
        if until != _FOREVER:
            heappush(self._times, wait)
        # Last of all: whoever stands here is gone on with, wherever it is by then.
        self._waiting[conversation] = wait
        return bool(conversation.loop.switch())

    def _read_no_more(self, conversation: "_Conversation") -> None:
        if conversation.fd is not None:
            self._readers.unregister(conversation.fd)
            del self._reading[conversation.fd]
            conversation.fd = None

    def _ask(self, what: Callable[[], None]) -> None:
        self._asked.append(what)
        if get_ident() != self._thread.ident:
            self._button.send(b"!")

    def _run(self) -> None:
        try:
            while self._open or self._asked or not self._closing:
                for fd, _ in self._readers.poll(self._patience_ms()):
                    if fd in self._reading:
                        self._go_on(self._reading[fd], came=True)
                    elif fd == self._bell.fileno():
                        self._bell.recv(4096)
                for _ in range(len(self._asked)):
                    self._asked.popleft()()
                while self._next_end() <= monotonic():
                    self._go_on(self._times[0][2], came=False)
        finally:
            self._over = True
            self._abandon()

    def _abandon(self) -> None:
        """Let nobody wait for what does not end, or not even begin, any more."""
        for future in tuple(self._open):
            with suppress(InvalidStateError):
                future.set_exception(RuntimeError("the hub has ended before the conversation"))

    def _patience_ms(self) -> float | None:
        """How long nothing may happen before somebody has waited long enough."""
        if self._asked:
            return 0.0
        until = self._next_end()
        return None if until == _FOREVER else max(0.0, until - monotonic()) * 1000

    def _next_end(self) -> float:
        """Give the moment at which the first of all waits ends."""
        while self._times and self._waiting.get(self._times[0][2]) is not self._times[0]:
            heappop(self._times)
        return self._times[0][0] if self._times else _FOREVER

    def _begin(self, future: "Future[Result]", call: Callable[[], Result]) -> None:
        self._go_on(_Conversation(self, future, call), came=True)

    def _go_on(self, conversation: "_Conversation", *, came: bool) -> None:
        self._waiting.pop(conversation, None)
        conversation.switch(came)

    def _close(self) -> None:
        self._closing = True


class _Conversation(greenlet):
    """One call in the thread of a hub, where it is made too."""

    def __init__(self, hub: Hub, future: "Future[Result]", call: Callable[[], Result]) -> None:
        super().__init__(partial(self._hold, future, call))
        self.hub = hub
        self.loop = getcurrent()
        self.fd: int | None = None
        """What it waits to read from."""
        self.awaited: Signal | None = None

    @staticmethod
    def _hold(future: "Future[Result]", call: Callable[[], Result], _came: bool) -> None:  # noqa: FBT001
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - raised again where the result is wanted
            future.set_exception(error)
        else:
            future.set_result(result)


_Wait = tuple[float, int, _Conversation]
"""Until when, of `time.monotonic`; which of all waits it is; whose."""


class Signal(Event):
    """An event that conversations and threads can wait for alike."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[_Conversation] = []

    def set(self) -> None:
        """Give it to all who wait for it; from any thread."""
        super().set()
        for conversation in tuple(self._waiting):
            conversation.hub.rouse(conversation, self)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for it, at most so many seconds; tell whether it was given."""
        conversation = _current()
        if conversation is None:
            return super().wait(timeout)
        until = _FOREVER if timeout is None else monotonic() + timeout
        self._waiting.append(conversation)
        conversation.awaited = self
        try:
            while not self.is_set() and monotonic() < until:
                conversation.hub.wait(conversation, until)
        finally:
            conversation.awaited = None
            self._waiting.remove(conversation)
        return self.is_set()


class Box(Generic[Put]):
    """What many put in, one takes out, in order; both may be conversations or threads."""

    def __init__(self) -> None:
        self._held: deque[Put] = deque()
        self._came = Signal()

    def put(self, what: Put) -> None:
        """Put something in."""
        self._held.append(what)
        self._came.set()

    def get(self) -> Put:
        """Take out what has been in longest; waits until something is in."""
        while not self._held:
            self._came.clear()
            if not self._held:
                self._came.wait()
        return self._held.popleft()


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
    return _ready(stream, until, READABLE)


def writable(stream: socket.socket, until: float) -> bool:
    """Wait until something can be written, or a connection has come about or failed; False: as above."""
    return _ready(stream, until, WRITABLE)


def _ready(stream: socket.socket, until: float, events: int) -> bool:
    fd = stream.fileno()
    if fd < 0:
        # Closed, as using it says.
        return True
    if (left := until - monotonic()) > 0:
        conversation = _current()
        if conversation is not None:
            return conversation.hub.wait(conversation, until, fd, events)
    readers = Readers()
    readers.register(fd, events)
    return bool(readers.poll(max(left, 0.0) * 1000))


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
    return conversation.hub.aside(partial(call, *args, **kwargs))


def beside(call: Callable[[], None]) -> bool:
    """Have the hub make a call while the caller goes on; False: the caller is in no hub, nothing is done."""
    conversation = _current()
    if conversation is not None:
        conversation.hub.beside(call)
    return conversation is not None


class Reader:
    """Who reads a stream, so that somebody else can make it look up before anything has come."""

    def __init__(self) -> None:
        self._conversation = _current()

    def interrupt(self) -> None:
        """End its wait for something to read; in a thread of its own it is left to wait."""
        if self._conversation is not None:
            self._conversation.hub.interrupt(self._conversation)


def _complain(ended: "Future[None]") -> None:
    # Its kind and not what it says: that may hold something of an output.
    if (error := ended.exception()) is not None:
        log.error("what went on beside a conversation failed: %s", type(error).__name__)


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
