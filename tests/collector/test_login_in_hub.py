"""Logging in within a hub: what goes wrong with one login is nothing to the other conversations."""

import socket
from pathlib import Path
from threading import Timer
from time import monotonic, sleep

import pytest

import collector.hub as hub_module
from collector.errors import UnreachableError
from collector.hub import Hub, readable
from collector.polling import Readers, Select
from tests.collector.test_wire import dial, listening


def greeting_for_long(peer: socket.socket) -> None:
    peer.sendall(b"a line in front of the greeting\r\n")
    sleep(2.6)


@pytest.mark.parametrize("readers", [Readers, Select])
def test_a_login_that_ends_during_the_greeting_leaves_no_reader_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readers: type
) -> None:
    """Whoever gets the number of its file descriptor next reads undisturbed."""
    monkeypatch.setattr(hub_module, "Readers", readers)

    def converse(address: tuple[str, int]) -> tuple[bool, bytes]:
        with pytest.raises(UnreachableError, match="没有完整的 SSH 应答"):
            dial(address, tmp_path / "known_hosts")
        near, far = socket.socketpair()
        with near, far:
            # Later than the end of the longest wait for a line of a greeting.
            Timer(2.2, far.send, (b"answer",)).start()
            return readable(near, monotonic() + 5), near.recv(9)

    with listening(greeting_for_long) as address, Hub(1) as hub:
        assert hub.submit(converse, address).result(20) == (True, b"answer")
