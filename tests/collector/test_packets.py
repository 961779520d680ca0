"""Packets in any pieces, by any cipher, with new keys in between: outputs are right, or there are none."""

import random
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest

from collector.algorithms import LEGACY, MODERN
from collector.allowlist import Guard
from collector.credentials import Login, Secret
from collector.dial import Dial, dial_directly
from collector.errors import DeviceError
from collector.packets import Packets
from collector.simulator import server
from collector.simulator.device import SimulatedDevice
from collector.wire import Wire
from tests.collector.lab import PASSWORD, USER, Lab, lab, switch

COMMAND = "display version"
NO_PAGING = switch().platform.no_paging[0]
TEXT = "".join(f"{number:05} of a text that takes several packets to tell\n" for number in range(2000))

SHORT = TEXT[: TEXT.index("00060")]


class Line:
    """A connection whose other end is treated by `treat` before we see it."""

    def __init__(self, line: Any, treat: Callable[[bytes], bytes], most: Callable[[], int]) -> None:
        self._line, self._treat, self._most = line, treat, most
        self.received = 0

    def recv(self, size: int) -> bytes:
        chunk: bytes = self._line.recv(min(size, self._most()))
        self.received += len(chunk)
        return self._treat(chunk)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)


def talking() -> SimulatedDevice:
    device = switch()
    device.outputs = {**device.outputs, COMMAND: TEXT}
    return device


def wire(where: Lab, dial: Dial = dial_directly, *, legacy: bool = False) -> Wire:
    (device,) = where.devices
    login, rules = Login(USER, Secret(PASSWORD)), where.rules
    guard = Guard(where.simulator.devices[device.name].platform)
    made = Wire(
        device.host,
        device.port,
        login,
        guard=guard,
        rules=rules,
        connect_s=5,
        stop=Event(),
        legacy=legacy,
        dial=dial,
    )
    until_prompt(made)
    made.send_line(NO_PAGING)
    until_prompt(made)
    return made


def until_prompt(open_wire: Wire) -> str:
    """Everything up to a prompt, or as far as the connection goes."""
    said, until = bytearray(), monotonic() + 20
    while not said.endswith(b"<sw-1>") and (chunk := open_wire.receive(until)):
        said += chunk
    return said.decode("ascii").replace("\r", "")


def answer(open_wire: Wire) -> str:
    open_wire.send_line(COMMAND)
    return until_prompt(open_wire)


def asked(open_wire: Wire) -> None:
    assert answer(open_wire) == f"{COMMAND}\n{TEXT}<sw-1>"


def offering(monkeypatch: pytest.MonkeyPatch, cipher: str, mac: str) -> None:
    monkeypatch.setitem(server._MODERN, "encryption_algs", [cipher])
    monkeypatch.setitem(server._MODERN, "mac_algs", [mac])


OF_EACH_KIND = [
    ("aes128-gcm@openssh.com", "hmac-sha2-256"),
    ("aes256-ctr", "hmac-sha2-256-etm@openssh.com"),
    ("aes128-ctr", "hmac-sha2-512"),
    ("3des-cbc", "hmac-sha1-96"),
]


@pytest.mark.parametrize(
    ("cipher", "mac"),
    [
        *((cipher, "hmac-sha2-256") for cipher in LEGACY.cipher),
        *(("aes128-ctr", mac) for mac in LEGACY.mac),
        ("aes128-cbc", "hmac-sha2-256-etm@openssh.com"),
    ],
)
def test_every_cipher_and_mac_that_we_offer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cipher: str, mac: str
) -> None:
    offering(monkeypatch, cipher, mac)
    modern = cipher in MODERN.cipher and mac in MODERN.mac
    with lab(tmp_path, talking()) as where, wire(where, legacy=not modern) as opened:
        for _ in range(3):
            asked(opened)


@pytest.mark.parametrize(("cipher", "mac"), OF_EACH_KIND)
@pytest.mark.parametrize("most", [1, 7, 1000])
def test_packets_may_come_in_any_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cipher: str, mac: str, most: int
) -> None:
    offering(monkeypatch, cipher, mac)
    sizes = random.Random(most)

    def dial(*where_and_how: Any) -> Any:
        return Line(dial_directly(*where_and_how), lambda chunk: chunk, lambda: sizes.randint(1, most))

    device = talking()
    device.outputs = {**device.outputs, COMMAND: SHORT}
    with lab(tmp_path, device) as where, wire(where, dial, legacy=True) as opened:
        assert answer(opened) == f"{COMMAND}\n{SHORT}<sw-1>"


@pytest.mark.parametrize(("cipher", "mac"), OF_EACH_KIND)
@pytest.mark.parametrize("ahead", [0, 1, 3, 20, 1000, 5000])
def test_one_bit_that_was_changed_on_the_way_ends_the_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cipher: str, mac: str, ahead: int
) -> None:
    """What came before it is right; nothing that came after it is given to anybody."""
    offering(monkeypatch, cipher, mac)
    armed: list[int] = []

    def dial(*where_and_how: Any) -> Any:
        def treat(chunk: bytes) -> bytes:
            if not armed:
                return chunk
            place, armed[0] = armed[0], armed[0] - len(chunk)
            if not 0 <= place < len(chunk):
                return chunk
            return chunk[:place] + bytes([chunk[place] ^ 4]) + chunk[place + 1 :]

        return Line(dial_directly(*where_and_how), treat, lambda: 65536)

    with lab(tmp_path, talking()) as where, wire(where, dial, legacy=True) as opened:
        armed.append(ahead)
        try:
            said = answer(opened)
        except DeviceError:
            said = ""
        assert f"{COMMAND}\n{TEXT}".startswith(said)
        assert len(said) < len(TEXT)
        assert opened.receive(monotonic() + 5) == b""
        assert not opened.is_alive()


@pytest.mark.parametrize(("cipher", "mac"), OF_EACH_KIND)
@pytest.mark.parametrize("who", ["the device", "we"])
def test_new_keys_in_the_middle_of_an_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cipher: str, mac: str, who: str
) -> None:
    offering(monkeypatch, cipher, mac)
    exchanges: list[object] = []
    if who == "we":
        monkeypatch.setattr(Packets, "REKEY_BYTES", 30_000)
    else:
        monkeypatch.setitem(server._MODERN, "rekey_bytes", 30_000)
    plain = Packets.set_inbound_cipher

    def counted(packets: Packets, *args: Any, **options: Any) -> None:
        exchanges.append(args)
        plain(packets, *args, **options)

    monkeypatch.setattr(Packets, "set_inbound_cipher", counted)
    with lab(tmp_path, talking()) as where, wire(where, legacy=True) as opened:
        for _ in range(4):
            asked(opened)
        begun = monotonic()
    assert monotonic() - begun < 15, "an exchange of keys that had begun held up the end"
    # At least one more in each answer but the last, whose may not be done.
    assert len(exchanges) >= 4


def test_new_keys_that_never_come_end_the_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Packets, "REKEY_BYTES", 30_000)
    monkeypatch.setattr(Packets, "REKEY_BYTES_OVERFLOW_MAX", 30_000)
    monkeypatch.setattr(Packets, "_trigger_rekey", lambda _packets: None)
    with lab(tmp_path, talking()) as where, wire(where) as opened:
        assert answer(opened) != f"{COMMAND}\n{TEXT}<sw-1>"
        assert opened.receive(monotonic() + 5) == b""


def test_what_is_no_packet_is_not_waited_for() -> None:
    """The first bytes of a length that nobody means would have us wait for 4 GB."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        packets = Packets(ours)
        theirs.sendall(b"\xff" * 64)
        assert packets.fill(monotonic() + 1)
        with pytest.raises(Exception, match="a packet of 4294967295 bytes"):
            packets.next_payload()


def test_a_connection_looks_alive_until_its_end_has_come(tmp_path: Path) -> None:
    with lab(tmp_path, talking()) as where, wire(where) as opened:
        assert opened.is_alive()
        asked(opened)
        assert opened.is_alive()
        opened.hang_up()
        assert not opened.is_alive()


@pytest.mark.parametrize("reads", [False, True])
def test_nothing_is_left_of_a_connection_that_broke(tmp_path: Path, *, reads: bool) -> None:
    before = set(threading.enumerate())
    with lab(tmp_path, talking()) as where:
        simulator = set(threading.enumerate())
        opened = wire(where)
        assert set(threading.enumerate()) - simulator
        opened.hang_up()
        if reads:
            assert opened.receive(monotonic() + 5) == b""
        opened.disconnect()
        until = monotonic() + 5
        while (left := set(threading.enumerate()) - simulator) and monotonic() < until:
            sleep(0.02)
        assert left == set()
    assert set(threading.enumerate()) <= before
