"""Devices that never stop talking, and connections that break while they do: no wait lasts for ever."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import cast

import paramiko
import pytest

from collector import session as conversation
from collector.capture import CaptureStatus
from collector.errors import SessionCutError
from collector.hub import Hub
from collector.packets import Packets
from collector.platform import platforms
from collector.session import Session, SessionLimits
from collector.telnet_connection import TelnetConnection
from collector.wire import Wire
from tests.collector.lab import lab, now
from tests.collector.test_packets import talking, until_prompt, wire
from tests.collector.test_wire import Hanging, dial, listening

PATIENCE_S = 5.0
PROMPTS = [platform.prompt for platform in platforms().values()]


@contextmanager
def flooding(far: socket.socket, content: bytes) -> Iterator[None]:
    """Write that again and again, as fast as it is read."""
    over = threading.Event()

    def write() -> None:
        with suppress(OSError):
            while not over.is_set():
                far.sendall(content)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        far.shutdown(socket.SHUT_RDWR)
        writer.join()
        far.close()


class Endless:
    """A wire on which something has always come; after a thousand times the limit the test has failed."""

    def __init__(self, most: int) -> None:
        self._left = most * 1000
        self.hung_up = False

    def receive(self, _until: float) -> bytes:
        self._left -= 1000
        assert self._left > 0, "more is read than anybody may print"
        return b"a line of a log that never ends\r\n" * 30

    def send_line(self, line: str) -> None: ...

    def hang_up(self) -> None:
        self.hung_up = True


def endless() -> tuple[Session, Endless]:
    given = Endless(50_000)
    limits = SessionLimits(max_bytes=50_000)
    return Session(cast("Wire", given), "sw-1", limits=limits, now=now, stop=threading.Event()), given


def test_a_greeting_without_an_end_is_not_read_for_ever() -> None:
    session, _ = endless()
    with pytest.raises(SessionCutError, match="登录后的输出超过 50000 字节的上限"):
        session.greet(PROMPTS)


def test_what_comes_without_being_asked_for_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_RESYNC_S", 0.01)
    session, given = endless()
    session.prompt = "<sw-1>"
    capture = session.ask("display version", 1)
    assert (capture.status, session.slipped, given.hung_up) == (CaptureStatus.CUT, True, True)
    assert len(session.late()) < 60_000


def test_commands_of_telnet_without_an_end_do_not_hold_up_a_wait() -> None:
    near, far = socket.socketpair()
    with near, flooding(far, b"\xff\xf1" * 8_000_000):
        connection = TelnetConnection(near, "sw-1", 1)
        begun = monotonic()
        assert connection.receive(begun) is None
        assert connection.receive(begun + 0.2) is None
        assert connection.is_alive()
        assert monotonic() - begun < PATIENCE_S


def test_a_device_that_asks_by_telnet_and_reads_nothing_holds_nobody_up_for_long() -> None:
    near, far = socket.socketpair()
    with near, flooding(far, b"\xff\xfd\x63" * 1_000_000):
        connection = TelnetConnection(near, "sw-1", 60)
        begun = monotonic()
        while (said := connection.receive(monotonic() + 1)) is None:
            assert monotonic() - begun < 2 * PATIENCE_S
        assert said == b""
        assert monotonic() - begun < 2 * PATIENCE_S


class Open(Hanging):
    """Lets anybody in and gives a terminal."""

    def check_channel_pty_request(self, *_: object) -> bool:
        return True

    def check_channel_shell_request(self, _channel: paramiko.Channel) -> bool:
        return True


def test_packets_that_say_nothing_do_not_hold_up_a_wait(tmp_path: Path) -> None:
    over = threading.Event()

    def serve(peer: socket.socket) -> None:
        transport = paramiko.Transport(peer)
        transport.add_server_key(paramiko.ECDSAKey.generate())
        transport.start_server(server=Open())
        nothing = paramiko.Message(b"\x02\x00\x00\x00\x00")  # SSH_MSG_IGNORE
        channel = transport.accept(PATIENCE_S)
        if channel is not None:
            until = monotonic() + 2 * PATIENCE_S
            with suppress(OSError, EOFError):
                while not over.is_set() and monotonic() < until:
                    transport._send_message(nothing)  # type: ignore[attr-defined]
        transport.close()

    with listening(serve) as address:
        opened = dial(address, tmp_path / "known_hosts", 2)
        begun = monotonic()
        assert opened.receive(begun + 0.5) is None
        assert opened.receive(monotonic()) is None
        assert opened.is_alive()
        took_s = monotonic() - begun
        over.set()
        opened.disconnect()
    assert took_s < PATIENCE_S


@pytest.mark.parametrize("in_hub", [True, False])
def test_a_device_that_reads_nothing_holds_nobody_up_for_long(*, in_hub: bool) -> None:
    """In a hub everybody waits for what is written."""
    near, far = socket.socketpair()
    packets = Packets(near)

    def write() -> float:
        begun = monotonic()
        with pytest.raises(EOFError):
            packets.write_all(bytes(10_000_000))
        return monotonic() - begun

    with near, far:
        if in_hub:
            with Hub(1) as hub:
                took_s = hub.submit(write).result(PATIENCE_S * 2)
        else:
            took_s = write()
        assert took_s < PATIENCE_S
        # Half a packet is on its way, after which no other can be written.
        with pytest.raises(EOFError):
            packets.fill(monotonic())


def test_a_connection_that_breaks_during_an_output_gives_what_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device is told that it may send more at the very moment at which it is gone."""
    device = talking()
    device.outputs = {"display version": "a line of a long output\n" * 20_000}
    with lab(tmp_path, device) as where, wire(where) as opened:
        opened.send_line("display version")

        def broken(*_: object) -> None:
            raise EOFError

        monkeypatch.setattr(Packets, "write_all", broken)
        said = until_prompt(opened)
        monkeypatch.undo()
    assert said.count("a line of a long output\n") == 20_000
