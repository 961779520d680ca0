"""Connecting: all addresses of a name are tried, and each way to fail is told apart."""

import socket
from threading import Event
from typing import Any

import pytest

from collector.dial import dial_directly
from collector.errors import UnreachableError

NO_SUCH_FAMILY = 99


def addresses(monkeypatch: pytest.MonkeyPatch, *found: tuple[int, str, int]) -> None:
    """Have every name stand for these."""
    answer = [(family, socket.SOCK_STREAM, 0, "", (host, port)) for family, host, port in found]

    def look_up(_host: str, _port: int, **how: Any) -> Any:
        if how.get("flags") == socket.AI_NUMERICHOST:
            raise socket.gaierror
        return answer

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.fixture
def port() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_an_address_of_a_kind_that_this_machine_has_not_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    addresses(monkeypatch, (NO_SUCH_FAMILY, "2001:db8::1", port), (socket.AF_INET, "127.0.0.1", port))
    with dial_directly("core-1.example", port, 5, Event()) as stream:
        assert stream.getpeername() == ("127.0.0.1", port)


def test_an_address_that_refuses_is_passed_over(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    addresses(monkeypatch, (socket.AF_INET, "127.30.9.9", port), (socket.AF_INET, "127.0.0.1", port))
    with dial_directly("core-1.example", port, 5, Event()) as stream:
        assert stream.getpeername() == ("127.0.0.1", port)


def test_where_none_answers_it_is_said_of_the_last(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    addresses(monkeypatch, (socket.AF_INET, "127.30.9.9", port), (NO_SUCH_FAMILY, "2001:db8::1", port))
    with pytest.raises(UnreachableError, match="连不上"):
        dial_directly("core-1.example", port, 5, Event())


def test_a_numeric_address_of_the_sixth_version() -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with listener:
        where = listener.getsockname()[1]
        with dial_directly("::1", where, 5, Event()) as stream:
            assert stream.getpeername()[:2] == ("::1", where)
    with pytest.raises(UnreachableError, match="拒绝连接"):
        dial_directly("::1", where, 5, Event())
