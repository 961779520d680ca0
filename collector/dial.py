"""How a connection to a device begins: TCP from here, or a channel that a jump host forwards."""

import errno
import os
import socket
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

import paramiko

from collector.errors import StoppedError, UnreachableError
from collector.hub import Signal, Stream, writable

_OUR_OWN = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
"""What this machine lacks; no device is to be called unreachable for it."""
_SLICE_S = 0.5
"""Longest wait after which a stop of the run is noticed."""

_UNDER_WAY = {errno.EINPROGRESS, errno.EWOULDBLOCK}
"""What an attempt to connect says that is neither refused nor done; Windows says the second."""

Given = TypeVar("Given")
Dial = Callable[[str, int, float, Event], Stream]
"""Connects to (host, port) within so many seconds; raises UnreachableError naming the address and, when
the event is set meanwhile, StoppedError."""


def dial_directly(host: str, port: int, connect_s: float, stop: Event) -> Stream:
    """Open a TCP connection, so that all ways to fail can be told apart; OSError is our own fault."""
    try:
        return _connected(_addresses(host, port, stop), connect_s, stop)
    except ConnectionRefusedError:
        raise UnreachableError(f"{host}:{port} 拒绝连接：端口未开放") from None
    except TimeoutError:
        raise UnreachableError(f"{host}:{port} 在 {connect_s:g} 秒内没有应答") from None
    except (socket.gaierror, UnicodeError):
        raise UnreachableError(f"{host} 不是可解析的地址") from None
    except OSError as error:
        if error.errno in _OUR_OWN:
            raise
        raise UnreachableError(f"{host}:{port} 连不上：{error.strerror or error}") from None


def unless_stopped(
    call: Callable[[], Given], stop: Event, dispose: Callable[[Given], Any] = lambda _left: None
) -> Given:
    """Give what a call gives or raise what it raises, but StoppedError as soon as `stop` is set.

    Looking up a name cannot be broken off, nor can what a jump host does, so on a stop it is left behind;
    what it gives later is disposed of.
    """
    future: Future[Given] = Future()
    ended = Signal()
    future.add_done_callback(lambda _future: ended.set())

    def run() -> None:
        try:
            future.set_result(call())
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            future.set_exception(error)

    def left(done: "Future[Given]") -> None:
        if done.exception() is None:
            dispose(done.result())

    Thread(target=run, name="dial", daemon=True).start()
    while not ended.wait(_SLICE_S):
        if stop.is_set():
            future.add_done_callback(left)
            raise _stopped()
    return future.result()


def _addresses(host: str, port: int, stop: Event) -> list[tuple[int, Any]]:
    """Give family and address of all that a name stands for; of an address without looking it up."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        found = unless_stopped(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), stop)
    return [(family, address) for family, _, _, _, address in found]


def _connected(addresses: list[tuple[int, Any]], connect_s: float, stop: Event) -> socket.socket:
    """Connect to the first address that answers; raises OSError as the last of them has it."""
    failed = OSError("no address")
    for family, address in addresses:
        try:
            return _connection(family, address, connect_s, stop)
        except OSError as error:
            failed = error
    raise failed


def _connection(family: int, address: Any, connect_s: float, stop: Event) -> socket.socket:
    # Fails as well: a name can have an address of a kind that this machine has not.
    stream = socket.socket(family, socket.SOCK_STREAM)
    try:
        _connect(stream, address, connect_s, stop)
    except BaseException:
        stream.close()
        raise
    return stream


def _connect(stream: socket.socket, address: Any, connect_s: float, stop: Event) -> None:
    until = monotonic() + connect_s
    stream.settimeout(0.0)
    failed = stream.connect_ex(address)
    while failed in _UNDER_WAY:
        if writable(stream, min(until, monotonic() + _SLICE_S)):
            failed = stream.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        elif stop.is_set():
            raise _stopped()
        elif monotonic() >= until:
            raise TimeoutError
    if failed:
        # The number makes it the kind of OSError that it is.
        raise OSError(failed, os.strerror(failed))
    stream.settimeout(connect_s)


def hang_up(stream: Stream) -> None:
    """End a connection at once, waking whoever reads from it; may be called from any thread."""
    with suppress(OSError, EOFError, paramiko.SSHException):
        if isinstance(stream, paramiko.Channel):
            # Its `shutdown` would leave a reader waiting.
            stream.close()
        else:
            stream.shutdown(socket.SHUT_RDWR)


def _stopped() -> StoppedError:
    return StoppedError("采集被中止，连接未建立")
