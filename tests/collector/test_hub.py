"""Conversations of one thread: each is let go on in its turn, and none waits for another's device."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import product
from threading import Event, current_thread
from time import monotonic, sleep
from typing import cast

import paramiko
import pytest

import collector.hub as under_test
from collector.hub import Box, Hub, Reader, Signal, aside, beside, pause, readable, received, writable
from collector.polling import Select

PATIENCE_S = 10.0


@contextmanager
def wires(count: int) -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    """Pairs of connected sockets."""
    pairs = [socket.socketpair() for _ in range(count)]
    try:
        yield pairs
    finally:
        for near, far in pairs:
            near.close()
            far.close()


def read_all(stream: socket.socket, size: int) -> bytes:
    read = b""
    while len(read) < size:
        assert readable(stream, monotonic() + PATIENCE_S)
        read += stream.recv(3)
    return read


def test_each_reads_its_own_bytes_in_the_same_thread() -> None:
    said = {number: f"conversation {number} ".encode() * 9 for number in range(60)}
    threads = set()

    def converse(stream: socket.socket, size: int) -> bytes:
        threads.add(current_thread().name)
        return read_all(stream, size)

    with wires(len(said)) as pairs, Hub(1) as hub:
        futures = [hub.submit(converse, pairs[n][0], len(text)) for n, text in said.items()]
        for place, number in product(range(max(map(len, said.values()))), said):
            pairs[number][1].send(said[number][place : place + 1])
        read = [future.result(PATIENCE_S) for future in futures]
    assert read == list(said.values())
    assert threads == {"hub"}


def test_the_others_go_on_while_one_waits_or_does_something_aside() -> None:
    order: list[str] = []
    go = Event()

    def blocked() -> None:
        order.append("asks aside")
        assert aside(go.wait, PATIENCE_S)
        order.append("aside is done")

    def frees(stream: socket.socket) -> None:
        assert readable(stream, monotonic() + PATIENCE_S)
        order.append("reads")
        go.set()

    with wires(1) as [(near, far)], Hub(1) as hub:
        first, second = hub.submit(blocked), hub.submit(frees, near)
        far.send(b"x")
        first.result(PATIENCE_S)
        second.result(PATIENCE_S)
    assert order == ["asks aside", "reads", "aside is done"]


def test_what_is_done_aside_is_done_in_another_thread_and_its_error_comes_back() -> None:
    def fails() -> None:
        raise LookupError(current_thread().name)

    def converse() -> str:
        with pytest.raises(LookupError, match="aside"):
            aside(fails)
        return current_thread().name

    with Hub(1) as hub:
        assert hub.submit(converse).result(PATIENCE_S) == "hub"


def test_an_error_ends_its_own_conversation_alone() -> None:
    def fails() -> None:
        raise LookupError("of the first")

    with wires(1) as [(near, far)], Hub(1) as hub:
        other, failed = hub.submit(read_all, near, 2), hub.submit(fails)
        with pytest.raises(LookupError, match="of the first"):
            failed.result(PATIENCE_S)
        far.send(b"ok")
        assert other.result(PATIENCE_S) == b"ok"


def times_out(stream: socket.socket) -> tuple[bool, float]:
    begun = monotonic()
    return readable(stream, begun + 0.05), monotonic() - begun


def ends(stream: socket.socket) -> tuple[bool, bytes]:
    return readable(stream, monotonic() + PATIENCE_S), stream.recv(9)


def is_closed(stream: socket.socket) -> bool:
    stream.close()
    return readable(stream, monotonic() + PATIENCE_S)


@pytest.mark.parametrize("in_hub", [True, False])
def test_waiting_is_alike_in_a_hub_and_outside(*, in_hub: bool) -> None:
    def result(call: Callable[[socket.socket], object], stream: socket.socket) -> object:
        if not in_hub:
            return call(stream)
        with Hub(1) as hub:
            return hub.submit(call, stream).result(PATIENCE_S)

    with wires(3) as pairs:
        came, waited_s = cast("tuple[bool, float]", result(times_out, pairs[0][0]))
        assert not came
        assert waited_s >= 0.05
        pairs[1][1].close()
        assert result(ends, pairs[1][0]) == (True, b"")
        assert result(is_closed, pairs[2][0])
        assert result(lambda _stream: aside(divmod, 7, 2), pairs[0][0]) == (3, 1)


@pytest.mark.parametrize("in_hub", [True, False])
def test_a_channel_is_read_without_a_file_descriptor_of_its_own(*, in_hub: bool) -> None:
    def result(until: float) -> bytes | None:
        if not in_hub:
            return received(channel, until, 5)
        with Hub(1) as hub:
            return hub.submit(received, channel, until, 5).result(PATIENCE_S)

    channel = paramiko.Channel(1)
    assert result(0.0) is None
    assert result(monotonic() + 0.05) is None
    channel.in_buffer.feed(b"answer")
    assert result(monotonic() + PATIENCE_S) == b"answe"
    assert result(0.0) == b"r"
    channel.in_buffer.close()
    assert result(monotonic() + PATIENCE_S) == b""
    assert vars(channel)["_pipe"] is None


@pytest.mark.parametrize("in_hub", [True, False])
def test_a_pause_ends_at_its_time_or_when_all_is_stopped(*, in_hub: bool) -> None:
    def paused(stop: Event, wait_s: float) -> float:
        begun = monotonic()
        pause(begun + wait_s, stop)
        return monotonic() - begun

    def result(stop: Event, wait_s: float) -> float:
        if not in_hub:
            return paused(stop, wait_s)
        with Hub(1) as hub:
            return hub.submit(paused, stop, wait_s).result(PATIENCE_S)

    stopped = Event()
    assert result(stopped, 0.1) >= 0.1
    stopped.set()
    assert result(stopped, 600.0) < PATIENCE_S


def test_a_hub_waits_at_its_end_until_all_have_ended() -> None:
    ended = []

    def converse() -> None:
        aside(sleep, 0.1)
        ended.append(True)

    with Hub(2) as hub:
        hub.submit(converse)
        hub.submit(converse)
    assert ended == [True, True]


def test_waits_end_in_the_order_of_their_times() -> None:
    ended: list[int] = []

    def converse(number: int) -> None:
        pause(begun + 0.3 + number / 50, Event())
        ended.append(number)

    numbers = [7, 2, 9, 4, 0, 8, 5, 1, 6, 3]
    begun = monotonic()
    with Hub(1) as hub:
        for number in numbers:
            hub.submit(converse, number)
    assert ended == sorted(numbers)


@pytest.mark.parametrize("given_by", ["conversation", "thread"])
@pytest.mark.parametrize("awaited_by", ["conversation", "thread"])
def test_a_signal_reaches_conversations_and_threads(given_by: str, awaited_by: str) -> None:
    signal, waits = Signal(), Event()

    def awaits() -> tuple[bool, bool]:
        early = signal.wait(0.05)
        waits.set()
        return early, signal.wait(PATIENCE_S)

    def gives() -> None:
        assert aside(waits.wait, PATIENCE_S)
        signal.set()

    with ThreadPoolExecutor(2) as threads, Hub(2) as hub:
        places: dict[str, Hub | ThreadPoolExecutor] = {"conversation": hub, "thread": threads}
        waiting = places[awaited_by].submit(awaits)
        places[given_by].submit(gives).result(PATIENCE_S)
        assert waiting.result(PATIENCE_S) == (False, True)
        signal.clear()
        assert not signal.is_set()


def test_who_waits_for_a_signal_no_more_is_not_woken_by_it() -> None:
    signal = Signal()

    def awaits() -> float:
        assert signal.wait(PATIENCE_S)
        begun = monotonic()
        pause(begun + 0.2, Event())
        return monotonic() - begun

    def gives() -> None:
        for _ in range(3):
            signal.set()

    with Hub(1) as hub:
        waiting = hub.submit(awaits)
        hub.submit(gives)
        assert waiting.result(PATIENCE_S) >= 0.2


@pytest.mark.parametrize("put_by", ["conversation", "thread"])
@pytest.mark.parametrize("taken_by", ["conversation", "thread"])
def test_a_box_keeps_the_order(put_by: str, taken_by: str) -> None:
    box: Box[int] = Box()

    def puts() -> None:
        for number in range(300):
            box.put(number)
            if not number % 100:
                pause(monotonic() + 0.02, Event())

    with ThreadPoolExecutor(2) as threads, Hub(1) as hub:
        places: dict[str, Hub | ThreadPoolExecutor] = {"conversation": hub, "thread": threads}
        taken = places[taken_by].submit(lambda: [box.get() for _ in range(300)])
        places[put_by].submit(puts).result(PATIENCE_S)
        assert taken.result(PATIENCE_S) == list(range(300))


def test_what_is_done_beside_is_done_in_the_hub_and_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def fails() -> None:
        raise LookupError("of an output")

    def converse() -> None:
        assert beside(lambda: seen.append(current_thread().name))
        assert beside(fails)
        assert beside(lambda: pause(monotonic() + 600, Event()))
        pause(monotonic() + 0.05, Event())

    assert not beside(lambda: seen.append("outside of a hub"))
    with Hub(1) as hub:
        hub.submit(converse).result(PATIENCE_S)
    assert seen == ["hub"]
    assert "LookupError" in caplog.text
    assert "of an output" not in caplog.text


def test_who_reads_can_be_made_to_look_up_and_another_read_instead() -> None:
    """Also when it is interrupted in the very round in which something came for it."""

    def converse(stream: socket.socket, far: socket.socket) -> tuple[list[bool], bytes]:
        looked_up: list[bool] = []
        readers: list[Reader] = []

        def reads() -> None:
            readers.append(Reader())
            looked_up.append(readable(stream, monotonic() + PATIENCE_S))

        assert beside(reads)
        pause(monotonic() + 0.05, Event())
        far.send(b"answer")
        readers[0].interrupt()
        assert readable(stream, monotonic() + PATIENCE_S)
        readers[0].interrupt()
        pause(monotonic() + 0.05, Event())
        return looked_up, stream.recv(9)

    with wires(1) as [(near, far)], Hub(1) as hub:
        assert hub.submit(converse, near, far).result(PATIENCE_S) == ([False], b"answer")


@pytest.mark.parametrize("in_hub", [True, False])
def test_waiting_until_something_can_be_written(*, in_hub: bool) -> None:
    def fill(stream: socket.socket) -> list[bool]:
        stream.settimeout(0.0)
        said = [writable(stream, monotonic() + PATIENCE_S)]
        with suppress(BlockingIOError):
            while True:
                stream.send(bytes(65536))
        return [*said, writable(stream, monotonic() + 0.05), writable(stream, 0.0)]

    with wires(1) as [(near, _)]:
        if in_hub:
            with Hub(1) as hub:
                assert hub.submit(fill, near).result(PATIENCE_S) == [True, False, False]
        else:
            assert fill(near) == [True, False, False]


def test_where_there_is_no_poll_select_does_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "Readers", Select)
    for check in (
        test_each_reads_its_own_bytes_in_the_same_thread,
        test_waits_end_in_the_order_of_their_times,
        test_who_reads_can_be_made_to_look_up_and_another_read_instead,
        partial(test_waiting_until_something_can_be_written, in_hub=True),
        partial(test_waiting_is_alike_in_a_hub_and_outside, in_hub=False),
    ):
        check()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_when_the_hub_itself_fails_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub(1)

    def fails() -> float:
        raise OSError("no memory")

    def converse(stream: socket.socket) -> bool:
        monkeypatch.setattr(hub, "_patience_ms", fails)
        return readable(stream, monotonic() + PATIENCE_S)

    with wires(1) as [(near, _)], hub:
        # The second begins after the end.
        for _ in range(2):
            with pytest.raises(RuntimeError, match="hub has ended"):
                hub.submit(converse, near).result(PATIENCE_S)
