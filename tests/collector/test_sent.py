"""The suite's own proof of what was sent fails for whatever gets past a guard, over SSH and telnet alike."""

import subprocess
import sys
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, Literal, cast

import paramiko
import pytest

from collector.allowlist import Answer, Guard
from collector.credentials import Login, Secret
from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.faults import Faults
from collector.simulator.jump import SimulatedJumpHost
from collector.telnet import TelnetWire
from collector.wire import Wire
from tests.collector.lab import PASSWORD, USER, Lab, lab, switch
from tests.sent import violations, watched

ROOT = Path(__file__).parent.parent.parent
Protocol = Literal["ssh", "telnet"]
BOTH: tuple[Protocol, ...] = ("ssh", "telnet")


class BrokenGuard(Guard):
    def check(self, line: str) -> None:
        """Let everything pass."""


class Anything:
    """An answer that is none of ours."""

    def __init__(self, value: str) -> None:
        self.value = value


def dial(where: Lab, device: SimulatedDevice) -> Wire | TelnetWire:
    host, port = where.simulator.address(device.name)
    given: dict[str, Any] = {"guard": BrokenGuard(device.platform), "connect_s": 3, "stop": Event()}
    login = Login(USER, Secret(PASSWORD))
    if device.protocol == "telnet":
        return TelnetWire(host, port, login, prompts=[device.platform.prompt], **given)
    return Wire(host, port, login, rules=where.rules, **given)


def read_until(wire: Wire | TelnetWire, *ends: bytes) -> None:
    got = b""
    while not got.endswith(ends):
        chunk = wire.receive(monotonic() + 5)
        assert chunk, f"none of {ends!r} after {got!r}"
        got += chunk


def break_through(tmp_path: Path, device: SimulatedDevice) -> None:
    """Send what is not allowed, behind something that is."""
    with lab(tmp_path, device) as where:
        wire = dial(where, device)
        read_until(wire, b"<sw-1>")
        wire.send_line("display cpu")
        wire.send_line("system-view")
        read_until(wire, b"[~sw-1]")
        wire.disconnect()


@pytest.mark.parametrize("protocol", BOTH)
def test_a_broken_guard_is_seen(tmp_path: Path, protocol: Protocol) -> None:
    device = switch(protocol=protocol)
    watched.remove(device)
    break_through(tmp_path, device)
    assert violations([device]) == ["sw-1: 'system-view'"]


@pytest.mark.parametrize("protocol", BOTH)
def test_a_wrong_answer_is_seen(tmp_path: Path, protocol: Protocol) -> None:
    device = switch(protocol=protocol, faults=Faults(password_change=True))
    watched.remove(device)
    with lab(tmp_path, device) as where:
        wire = dial(where, device)
        read_until(wire, b"[Y/N]:", b"[Y/N]: ")
        wire.send_answer(cast("Answer", Anything("Y\n")))
        while wire.receive(monotonic() + 5):
            """The simulated device hangs up rather than let a password be changed."""
        wire.disconnect()
    assert set(violations([device])) == {"sw-1: 'Y'"}


@pytest.mark.parametrize("protocol", BOTH)
def test_a_key_that_is_not_the_pagers_is_seen(tmp_path: Path, protocol: Protocol) -> None:
    long = {"display cpu": "line\n" * 100}
    device = switch(protocol=protocol, outputs=long)
    watched.remove(device)
    with lab(tmp_path, device) as where:
        wire = dial(where, device)
        read_until(wire, b"<sw-1>")
        wire.send_line("display cpu")
        read_until(wire, b"---- More ----", b"  ---- More ----")
        wire.send_answer(Answer.NEXT_PAGE)
        read_until(wire, b"---- More ----", b"  ---- More ----")
        wire.send_answer(cast("Answer", Anything("q")))
        read_until(wire, b"<sw-1>")
        wire.disconnect()
    assert violations([device]) == ["sw-1: 'q'"]


def test_a_command_outside_the_terminal_is_seen(tmp_path: Path) -> None:
    device = switch()
    watched.remove(device)
    with lab(tmp_path, device) as where, client(where, device.name) as ssh:
        channel = ssh.get_transport().open_session()  # type: ignore[union-attr]
        with pytest.raises(paramiko.SSHException):
            channel.exec_command("save")
    assert violations([device]) == ["sw-1: 'exec save'"]


def test_a_session_on_a_jump_host_is_seen(tmp_path: Path) -> None:
    hop = SimulatedJumpHost(name="hop-1", accounts=(Account(username=USER, password=PASSWORD),))
    watched.remove(hop)
    with (
        lab(tmp_path, switch(), jump_hosts=(hop,)) as where,
        client(where, "hop-1") as ssh,
        pytest.raises(paramiko.ChannelException),
    ):
        ssh.get_transport().open_session()  # type: ignore[union-attr]
    assert violations([hop]) == ["hop-1: session"]


def client(where: Lab, name: str) -> paramiko.SSHClient:
    host, port = where.simulator.address(name)
    ssh = paramiko.SSHClient()
    ssh.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # noqa: S507 - a simulated device
    ssh.connect(host, port, USER, PASSWORD, allow_agent=False, look_for_keys=False, timeout=5)
    return ssh


SUITE = """
from pathlib import Path

import pytest

from tests.collector.lab import switch
from tests.collector.test_sent import break_through


@pytest.mark.parametrize("protocol", ["{protocol}"])
def test_that_itself_passes(tmp_path: Path, protocol: str) -> None:
    break_through(tmp_path, switch(protocol=protocol))
"""


@pytest.mark.parametrize("protocol", BOTH)
def test_a_suite_with_a_broken_guard_fails(tmp_path: Path, protocol: Protocol) -> None:
    file = tmp_path / "test_suite.py"
    file.write_text(SUITE.format(protocol=protocol), "utf-8")
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml")),
            *("--rootdir", str(ROOT), "-p", "tests.conftest", "-p", "no:cacheprovider", str(file)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "1 passed, 1 error" in ended.stdout
    assert "sw-1: 'system-view'" in ended.stdout
