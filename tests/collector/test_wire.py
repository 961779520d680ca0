"""Hosts that are no SSH server, or a strange one: each is told apart and none holds us up."""

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, cast

import paramiko
import pytest
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_SUCCEEDED

from collector.allowlist import Guard
from collector.credentials import Login, Secret
from collector.errors import LoginFailedError, SessionCutError, StoppedError, UnreachableError
from collector.host_keys import HostKeyRules
from collector.packets import Packets
from collector.run_record import OutcomeReason
from collector.simulator import server
from collector.wire import Wire
from tests.collector.lab import lab, switch


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[tuple[str, int]]:
    """A TCP server whose connections are handled by `serve`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def accept() -> None:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with peer:
                serve(peer)

        thread = threading.Thread(target=accept)
        thread.start()
        yield listener.getsockname()
    thread.join(10)


def dial(
    address: tuple[str, int], known_hosts: Path, connect_s: float = 0.4, stop: threading.Event | None = None
) -> Wire:
    host, port = address
    rules = HostKeyRules((), trust_first_use=known_hosts)
    return Wire(
        host,
        port,
        Login("u", Secret("x")),
        guard=Guard.before_recognition(()),
        rules=rules,
        connect_s=connect_s,
        stop=stop or threading.Event(),
    )


def silent(peer: socket.socket) -> None:
    time.sleep(1.5)


def closing(peer: socket.socket) -> None:
    peer.close()


def chatting(peer: socket.socket) -> None:
    peer.sendall(b"220 mail.example.com ESMTP\r\n")
    time.sleep(1)


class Refusing(paramiko.ServerInterface):
    def get_allowed_auths(self, username: str) -> str:
        return "publickey"


class Slow(paramiko.ServerInterface):
    """Asks an authentication server that is down."""

    def check_auth_password(self, username: str, password: str) -> int:
        time.sleep(3)
        return AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "password"


class Hanging(paramiko.ServerInterface):
    """Accepts any password and then never answers the request for a terminal."""

    def check_auth_password(self, username: str, password: str) -> int:
        return AUTH_SUCCESSFUL

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return OPEN_SUCCEEDED

    def check_channel_pty_request(self, *_: object) -> bool:
        time.sleep(4)
        return True


class Muttering(Hanging):
    """Says something that is no message of SSH when it is asked for a terminal."""

    def check_channel_pty_request(self, *given: object) -> bool:
        channel = cast("paramiko.Channel", given[0])
        channel.get_transport()._send_message(paramiko.Message(b"\0"))  # type: ignore[attr-defined]
        return True


def as_server(interface: paramiko.ServerInterface, seconds: float) -> Callable[[socket.socket], None]:
    def serve(peer: socket.socket) -> None:
        transport = paramiko.Transport(peer)
        transport.add_server_key(paramiko.ECDSAKey.generate())
        transport.start_server(server=interface)
        transport.join(seconds)
        transport.close()

    return serve


@pytest.mark.parametrize(
    ("serve", "error", "said"),
    [
        (silent, UnreachableError, "没有完整的 SSH 应答"),
        (closing, UnreachableError, "没有完整的 SSH 应答"),
        (chatting, UnreachableError, "没有完整的 SSH 应答"),
        (as_server(Refusing(), 1.5), LoginFailedError, "不接受用密码登录"),
        (as_server(Slow(), 3.5), LoginFailedError, "没有在时限内答复登录"),
        (as_server(Hanging(), 4.5), UnreachableError, "SSH 会话未能建立"),
        (as_server(Muttering(), 1.5), UnreachableError, r"SSH 会话未能建立：收到的报文无法解读（KeyError）"),
    ],
    ids=["silent", "closing", "no ssh", "keys only", "slow login", "hangs after login", "mutters"],
)
def test_strange_servers(
    tmp_path: Path, serve: Callable[[socket.socket], None], error: type[Exception], said: str
) -> None:
    start = time.monotonic()
    with listening(serve) as address, pytest.raises(error, match=said) as caught:
        dial(address, tmp_path / "known_hosts")
    # Only a plain no to the password spares the other devices their attempt.
    assert type(caught.value) is error
    assert time.monotonic() - start < 8


@pytest.mark.parametrize("name", ["no-such-host.invalid", f"{'x' * 64}.invalid"])
def test_a_name_that_does_not_resolve(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreachableError, match=f"{name} 不是可解析的地址"):
        dial((name, 22), tmp_path / "known_hosts")


@pytest.mark.parametrize(
    "serve", [silent, as_server(Slow(), 3.5), as_server(Hanging(), 4.5)], ids=["silent", "slow", "hangs"]
)
def test_a_stop_ends_a_login_at_any_step(tmp_path: Path, serve: Callable[[socket.socket], None]) -> None:
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    with listening(serve) as address:
        start = time.monotonic()
        with pytest.raises(StoppedError, match="登录未完成"):
            dial(address, tmp_path / "known_hosts", 60, stop)
        assert time.monotonic() - start < 3


@contextmanager
def deaf() -> Iterator[tuple[str, int]]:
    """An address at which nobody says yes or no: as many wait there as the system lets wait."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as waiting:
        for _ in range(20):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
            if not select.select([], [one], [], 0.3)[1]:
                yield listener.getsockname()
                return
        pytest.skip("this system lets any number of connections wait")


def test_a_stop_ends_a_connection_that_does_not_come_about(tmp_path: Path) -> None:
    stop = threading.Event()
    with deaf() as address:
        threading.Timer(0.3, stop.set).start()
        start = time.monotonic()
        with pytest.raises(StoppedError, match="连接未建立"):
            dial(address, tmp_path / "known_hosts", 60, stop)
        assert time.monotonic() - start < 15, "connecting alone may take 60 s"


def test_a_device_that_does_not_answer(tmp_path: Path) -> None:
    with deaf() as address, pytest.raises(UnreachableError, match=r"在 0\.3 秒内没有应答"):
        dial(address, tmp_path / "known_hosts", 0.3)


def test_a_stop_does_not_wait_for_a_name_to_be_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, answered = threading.Event(), threading.Event()
    look_up = socket.getaddrinfo

    def slow(host: str, port: int, **how: Any) -> Any:
        if how.get("flags") != socket.AI_NUMERICHOST:
            answered.wait(60)
        return look_up(host, port, **how)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    threading.Timer(0.3, stop.set).start()
    start = time.monotonic()
    with pytest.raises(StoppedError, match="连接未建立"):
        dial(("localhost", 22), tmp_path / "known_hosts", 60, stop)
    answered.set()
    assert time.monotonic() - start < 15, "looking up alone may take 60 s"


def test_a_switch_without_a_common_algorithm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(server._MODERN, "encryption_algs", ["chacha20-poly1305@openssh.com"])
    with lab(tmp_path, switch()) as where:
        outcome = where.only_outcome()
    assert outcome.reason is OutcomeReason.UNREACHABLE
    assert "没有共同的 SSH 算法" in outcome.detail


def test_a_connection_that_was_ended_gives_no_bytes(tmp_path: Path) -> None:
    device = switch()
    with lab(tmp_path, device) as where:
        host, port = where.simulator.address("sw-1")
        login = Login("inspector", Secret("XJCANARY-LOGIN-open-sesame"))
        with Wire(
            host,
            port,
            login,
            guard=Guard(device.platform),
            rules=where.rules,
            connect_s=3,
            stop=threading.Event(),
        ) as wire:
            wire.hang_up()
            while chunk := wire.receive(time.monotonic() + 5):
                assert chunk
            assert chunk == b""


@pytest.mark.parametrize("error", [EOFError, OSError])
def test_a_connection_that_breaks_while_a_line_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    device = switch()
    with lab(tmp_path, device) as where:
        host, port = where.simulator.address("sw-1")
        with Wire(
            host,
            port,
            Login("inspector", Secret("XJCANARY-LOGIN-open-sesame")),
            guard=Guard(device.platform),
            rules=where.rules,
            connect_s=3,
            stop=threading.Event(),
        ) as wire:

            def broken(*_: object) -> None:
                raise error

            # As paramiko's transport does when the other side is gone at this very moment.
            monkeypatch.setattr(Packets, "write_all", broken)
            with pytest.raises(SessionCutError, match="的连接已断开"):
                wire.send_line("display version")
            monkeypatch.undo()


def test_no_thread_is_left(tmp_path: Path) -> None:
    with lab(tmp_path, switch(name="sw-1"), switch(name="sw-2")) as where:
        before = set(threading.enumerate())
        where.run()
        where.run(password="wrong")
        deadline = time.monotonic() + 5
        while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert left == set()
