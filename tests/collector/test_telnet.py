"""Telnet: the login dialogue in all its turns, then whole runs against the simulator."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from collector.allowlist import Answer, Guard
from collector.capture import CaptureStatus
from collector.credentials import Login, Secret
from collector.errors import (
    AuthenticationError,
    ForbiddenCommandError,
    LoginFailedError,
    SessionCutError,
    StoppedError,
    UnreachableError,
)
from collector.events import LoginEnded
from collector.platform import platforms
from collector.run_record import OutcomeReason
from collector.simulator.device import Account
from collector.simulator.faults import CommandFaults, Faults
from collector.simulator.jump import SimulatedJumpHost
from collector.telnet import TelnetWire
from tests.collector.lab import PASSWORD, USER, lab, switch, within

VRP8 = platforms()["huawei_vrp8"]
LOGIN = Login("inspector", Secret("XJCANARY-TELNET-password"))
SCRIPTED_S = 0.8
"""Three times this is the longest wait for an answer to the login."""


class Script:
    """A device whose side of the dialogue is written down; remembers every byte it was sent."""

    def __init__(self, *steps: str | float | None) -> None:
        self.steps = steps
        """Text to say; None: read a line; a number: wait so many seconds."""
        self.received = b""

    def serve(self, peer: socket.socket) -> None:
        peer.settimeout(5)
        try:
            for step in self.steps:
                if isinstance(step, str):
                    peer.sendall(step.encode())
                elif step is None:
                    self._read_line(peer)
                else:
                    time.sleep(step)
        except OSError:
            return

    def _read_line(self, peer: socket.socket) -> None:
        line = b""
        while not line.endswith(b"\0"):
            byte = peer.recv(1)
            if not byte:
                return
            line += byte
            self.received += byte


@contextmanager
def served(script: Script) -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def accept() -> None:
            peer, _ = listener.accept()
            with peer:
                script.serve(peer)

        thread = threading.Thread(target=accept)
        thread.start()
        yield listener.getsockname()
    thread.join(10)
    assert not thread.is_alive()


def dial(address: tuple[str, int], login: Login = LOGIN, stop: threading.Event | None = None) -> TelnetWire:
    host, port = address
    return TelnetWire(
        host,
        port,
        login,
        guard=Guard(VRP8),
        prompts=[VRP8.prompt],
        connect_s=SCRIPTED_S,
        stop=stop or threading.Event(),
    )


SENT = b"inspector\r\0XJCANARY-TELNET-password\r\0"
NAME_SENT = b"inspector\r\0"

ACCEPTED = [
    Script("\r\nUsername:", None, "inspector\r\nPassword:", None, "\r\n<sw>", 1),
    Script("\r\nLogin: ", None, "Password: ", None, "\r\nInfo: 3 failed attempts.\r\n<sw>", 1),
    Script("sw-1 login: ", None, "Password: ", None, "\r\n<sw>", 1),
    Script("User Name:", None, "PASSWORD:", None, "<sw>", 1),
    Script(
        "banner login: none\r\nlogin", 0.1, ":", None, "Pass", 0.1, "word:", None, 0.5, "<s", 0.1, "w>", 1
    ),
]


@pytest.mark.parametrize("script", ACCEPTED)
def test_logged_in(script: Script) -> None:
    with served(script) as address:
        wire = dial(address)
        assert (wire.receive(time.monotonic() + 1) or b"").endswith(b"<sw>")
        assert wire.is_alive()
        wire.disconnect()
    assert script.received == SENT


def test_a_line_that_asks_for_the_password_alone() -> None:
    script = Script("Password:", None, "<sw>", 1)
    with served(script) as address:
        dial(address).disconnect()
    assert script.received == b"XJCANARY-TELNET-password\r\0"


def test_a_dialogue_after_the_login_is_left_to_the_session() -> None:
    question = "\r\nThe password needs to be changed. Change now? [Y/N]:"
    script = Script("Username:", None, "Password:", None, question, None)
    with served(script) as address:
        wire = dial(address)
        assert (wire.receive(time.monotonic() + 1) or b"").endswith(b"[Y/N]:")
        wire.send_answer(Answer.DECLINE_PASSWORD_CHANGE)
        wire.disconnect()
    assert script.received == SENT + b"N\r\0"


@pytest.mark.parametrize(
    ("script", "error", "said", "sent"),
    [
        (
            Script("Username:", None, "Password:", None, "\r\nError: Failed.\r\n\r\nUsername:", 1, None),
            AuthenticationError,
            "拒绝了用户名或密码：Error: Failed. / Username:",
            SENT,
        ),
        (
            Script("Username:", None, "Password:", None, "\r\n% Wrong\r\nPassword:", 1, None),
            AuthenticationError,
            "拒绝了用户名或密码",
            SENT,
        ),
        (
            Script("Username:", None, "Password:", None, "\r\nError: The user is locked.\r\n"),
            AuthenticationError,
            "断开了连接，视为拒绝登录：Error: The user is locked.",
            SENT,
        ),
        (
            Script("Username:", None, "User is not allowed\r\nUsername:", 1, None),
            AuthenticationError,
            "拒绝了用户名或密码",
            NAME_SENT,
        ),
        (
            Script("Username:", None, "Password:", None, "\r\nWait...", 4),
            LoginFailedError,
            "没有在时限内答复登录，认证服务器可能不可用：Wait...",
            SENT,
        ),
        (Script("too many users\r\n"), UnreachableError, "在要求密码前断开了 Telnet 连接：too many", b""),
        (Script("220 mail ready\r\n", 4), UnreachableError, "没有出现 Telnet 登录提示：220 mail", b""),
        (Script(4), UnreachableError, "没有出现 Telnet 登录提示", b""),
        (
            Script("Username:", None, "Password:", None, "XJCANARY-TELNET-password\r\nUsername:", 1),
            AuthenticationError,
            r"拒绝了用户名或密码：\*\*\* / Username:",
            SENT,
        ),
    ],
    ids=[
        "refused", "asked again", "locked", "name refused", "no answer", "full", "no telnet", "mute",
        "password shown",
    ],
)  # fmt: skip
def test_not_logged_in(script: Script, error: type[Exception], said: str, sent: bytes) -> None:
    with served(script) as address, pytest.raises(error, match=said) as caught:
        dial(address)
    assert type(caught.value) is error
    assert script.received == sent
    assert "XJCANARY" not in str(caught.value)


@pytest.mark.parametrize(
    "login",
    [
        Login("inspector", None),
        Login("inspector", Secret("one\ntwo")),
        Login("a\rb", Secret("x")),
        Login("a", Secret("x\x03")),
    ],
)
def test_what_must_not_be_typed_is_not_sent(login: Login) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with pytest.raises(LoginFailedError, match="未登录"):
            dial(listener.getsockname(), login)
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_stop_ends_the_login() -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with served(Script("Username:", None, "Password:", None, 3)) as address:
        start = time.monotonic()
        with pytest.raises(StoppedError):
            dial(address, stop=stop)
        assert time.monotonic() - start < 2


def test_only_what_the_guard_lets_through_is_sent() -> None:
    script = Script("Username:", None, "Password:", None, "<sw>", None, 0.5)
    with served(script) as address:
        wire = dial(address)
        with pytest.raises(ForbiddenCommandError):
            wire.send_line("system-view")
        wire.send_line("display version")
        wire.hang_up()
        assert wire.receive(time.monotonic() + 1) == b"<sw>"
        assert wire.receive(time.monotonic() + 1) == b""
        assert not wire.is_alive()
        with pytest.raises(SessionCutError):
            wire.send_line("display version")
        wire.disconnect()
    assert script.received == SENT + b"display version\r\0"


@pytest.mark.parametrize("platform", sorted(platforms()))
def test_a_run_over_telnet(tmp_path: Path, platform: str) -> None:
    device = switch(platform, protocol="telnet")
    with lab(tmp_path, device) as where:
        folder = where.folder()
        collection = where.run(folder)
        stored, _ = folder.captures()
    (outcome,) = collection.outcomes
    assert (outcome.reached, outcome.platform, outcome.reason) == (True, platform, None)
    assert device.beyond_allowed() == ()
    for each in stored:
        assert each.capture.status is CaptureStatus.OK, each.capture
        if each.capture.command in device.outputs:
            last_line = device.outputs[each.capture.command].splitlines()[-1].encode()
            assert last_line + b"\r\n" in each.capture.raw
        assert b"\xff" not in each.capture.raw
    # ECHO, SUPPRESS-GO-AHEAD both ways, terminal type, window size; environment and status refused.
    assert device.telnet_commands == [
        b"\xff\xfb\x18",
        b"\xff\xfb\x1f",
        b"\xff\xfa\x1f\x01\xff\xff\x03\xe8\xff\xf0",
        b"\xff\xfd\x01",
        b"\xff\xfd\x03",
        b"\xff\xfb\x03",
        b"\xff\xfc\x27",
        b"\xff\xfe\x05",
        b"\xff\xfa\x18\x00VT100\xff\xf0",
    ]
    assert [(s.protocol, s.closed_at is not None) for s in collection.sessions] == [("telnet", True)]


def test_a_wrong_password_is_tried_once_in_all(tmp_path: Path) -> None:
    switches = [switch(name=f"sw-{number}", protocol="telnet") for number in range(1, 9)]
    with lab(tmp_path, *switches) as where:
        outcomes = where.run(password="wrong").outcomes
    assert [outcome.reason for outcome in outcomes] == [OutcomeReason.LOGIN_FAILED] * 8
    assert "拒绝了用户名或密码：Error: Failed to log in." in outcomes[0].detail
    assert sum(len(device.logins) for device in switches) == 1
    assert where.events[0] == LoginEnded("sw-1", accepted=False)


BY_FAULT = [
    (Faults(banner_lines=500), None, ""),
    (Faults(password_change=True), None, ""),
    (Faults(stuck_pager=True), None, ""),
    (Faults(closed_port=True), OutcomeReason.UNREACHABLE, "端口未开放"),
    (Faults(hung=True), OutcomeReason.UNREACHABLE, "没有出现 Telnet 登录提示"),
    (Faults(commands={"display cpu": CommandFaults(cut_after=0.5)}), OutcomeReason.CUT, "中途断开"),
    (
        Faults(commands={"display cpu": CommandFaults(silent_after=0.5)}),
        OutcomeReason.TIMED_OUT,
        "display cpu",
    ),
    (Faults(commands={"display cpu": CommandFaults(gbk=True, size_bytes=3_000_000)}), None, ""),
]


@pytest.mark.parametrize(("faults", "reason", "said"), BY_FAULT)
def test_faults_over_telnet(
    tmp_path: Path,
    faults: Faults,
    reason: OutcomeReason | None,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("collector.session._RESYNC_S", 1)
    with lab(tmp_path, switch(protocol="telnet", faults=faults)) as where:
        outcome = where.only_outcome(limits=within(connect_s=1))
    assert outcome.reason is reason, outcome
    assert said in outcome.detail


def test_telnet_through_a_jump_host(tmp_path: Path) -> None:
    gate = SimulatedJumpHost(name="gate", accounts=(Account(username=USER, password=PASSWORD),))
    device = switch(protocol="telnet")
    with lab(tmp_path, device, jump_hosts=(gate,), jump=("gate",)) as where:
        outcome = where.only_outcome()
        assert gate.forwards == [where.simulator.address("sw-1")]
    assert outcome.reason is None
