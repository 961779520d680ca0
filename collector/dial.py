"""How a connection to a device begins: TCP from here, or a channel that a jump host forwards."""

import errno
import socket
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from threading import Event, Thread

import paramiko

from collector.errors import StoppedError, UnreachableError

_OUR_OWN = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
"""What this machine lacks; no device is to be called unreachable for it."""
_SLICE_S = 0.5
"""Longest wait after which a stop of the run is noticed."""

Stream = socket.socket | paramiko.Channel
"""Carries bytes both ways; what is called on it behaves alike on both."""

Dial = Callable[[str, int, float, Event], Stream]
"""Connects to (host, port) within so many seconds; raises UnreachableError naming the address and, when
the event is set meanwhile, StoppedError."""


def dial_directly(host: str, port: int, connect_s: float, stop: Event) -> Stream:
    """Open a TCP connection, so that all ways to fail can be told apart; OSError is our own fault."""
    try:
        return unless_stopped(lambda: socket.create_connection((host, port), timeout=connect_s), stop)
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


def unless_stopped(connect: Callable[[], Stream], stop: Event) -> Stream:
    """Give what `connect` gives or raise what it raises, but StoppedError as soon as `stop` is set.

    Neither looking up a name nor connecting can be broken off, so both are left behind on a stop.
    """
    dialled: Future[Stream] = Future()

    def run() -> None:
        try:
            dialled.set_result(connect())
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            dialled.set_exception(error)

    Thread(target=run, name="dial", daemon=True).start()
    while not wait((dialled,), _SLICE_S).done:
        if stop.is_set():
            dialled.add_done_callback(_close)
            raise StoppedError("采集被中止，连接未建立")
    return dialled.result()


def hang_up(stream: Stream) -> None:
    """End a connection at once, waking whoever reads from it; may be called from any thread."""
    with suppress(OSError, EOFError, paramiko.SSHException):
        if isinstance(stream, paramiko.Channel):
            # Its `shutdown` would leave a reader waiting.
            stream.close()
        else:
            stream.shutdown(socket.SHUT_RDWR)


def _close(dialled: "Future[Stream]") -> None:
    if dialled.exception() is None:
        dialled.result().close()
