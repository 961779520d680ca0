"""Logging in within a hub: what goes wrong with one login is nothing to the other conversations."""

import gc
import socket
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import Any

import pytest

import collector.hub as hub_module
from collector import session as conversation
from collector.errors import UnreachableError
from collector.hub import Hub, readable
from collector.polling import Readers, Select
from collector.simulator.faults import Faults
from collector.transport import Transport
from tests.collector.lab import lab, switch, within
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


def transports() -> list[Transport]:
    """All that are in memory; those of other tests can be."""
    return [each for each in gc.get_objects() if isinstance(each, Transport)]


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"hung": True},
        {"refused_login": True},
        {"changed_host_key": True},
        {"password_expired": True},
        {"prompts": ("Password: ", "Token: ")},
        {"no_prompt": True},
    ],
    ids=lambda what: "".join(what) or "accepted",
)
def test_nothing_of_a_connection_is_left_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: dict[str, Any]
) -> None:
    """Each would be there until Python searches all memory for circles."""
    monkeypatch.setattr(conversation, "_GREETING_S", 0.5)
    with lab(tmp_path, *(switch(name=name, faults=Faults(**what)) for name in ("sw-1", "sw-2"))) as where:
        gc.collect()
        before = transports()
        gc.disable()
        try:
            where.run(limits=within(connect_s=1))
            left = [each for each in transports() if each not in before]
        finally:
            gc.enable()
    assert left == []
