"""Conversations of one thread: each is let go on in its turn, and none waits for another's device."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from threading import Event, current_thread
from time import monotonic, sleep
from typing import cast

import paramiko
import pytest

from collector.hub import Hub, aside, pause, readable, received

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


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_when_the_hub_itself_fails_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub(1)

    def fails() -> float:
        raise OSError("no memory")

    def converse(stream: socket.socket) -> bool:
        monkeypatch.setattr(hub, "_patience_ms", fails)
        return readable(stream, monotonic() + PATIENCE_S)

    with wires(1) as [(near, _)], hub, pytest.raises(RuntimeError, match="hub has ended"):
        hub.submit(converse, near).result(PATIENCE_S)
