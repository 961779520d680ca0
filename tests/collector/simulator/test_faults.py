"""Every fault, over real SSH."""

import re
import socket
from contextlib import closing
from typing import Any

import paramiko
import pytest

from collector.platform import platforms
from collector.simulator.device import SimulatedDevice
from collector.simulator.dialects import DIALECTS
from collector.simulator.faults import EVERY, CommandFaults, Faults
from collector.simulator.server import Simulator
from tests.collector.simulator.terminal import LINES, PROMPTS, Terminal, connect, device, listing, logged_in

SHORT, LONG, CHINESE = "display version", "display interface", "display interface brief"
OFF = "screen-length disable"


def faulty(platform: str = "h3c_comware7", command: str = LONG, **faults: Any) -> SimulatedDevice:
    return device(platform, faults=Faults(commands={command: CommandFaults(**faults)}))


def unpaged(terminal: Terminal, command: str) -> bytes:
    terminal.ask(OFF, b"<sw>")
    return terminal.ask(command, b"<sw>")


def test_a_refused_login() -> None:
    switch = device(faults=Faults(refused_login=True))
    with Simulator([switch]) as simulator, pytest.raises(paramiko.AuthenticationException):
        connect(simulator)
    assert [login.accepted for login in switch.logins] == [False]
    assert switch.sessions == []


def test_a_wrong_password_is_always_refused() -> None:
    switch = device()
    with Simulator([switch]) as simulator, pytest.raises(paramiko.AuthenticationException):
        connect(simulator, password="guess")
    assert [login.accepted for login in switch.logins] == [False]


def test_a_closed_port() -> None:
    switch = device(faults=Faults(closed_port=True))
    with Simulator([switch]) as simulator, pytest.raises(paramiko.ssh_exception.NoValidConnectionsError):
        connect(simulator)
    assert switch.logins == []


def test_a_device_that_takes_connections_and_never_speaks() -> None:
    with (
        Simulator([device(faults=Faults(hung=True))]) as simulator,
        socket.create_connection(simulator.address("sw"), 1) as connection,
    ):
        connection.settimeout(0.3)
        connection.sendall(b"SSH-2.0-test\r\n")
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_a_changed_host_key() -> None:
    switch = device(faults=Faults(changed_host_key=True))
    with Simulator([switch]) as simulator, pytest.raises(paramiko.BadHostKeyException):
        connect(simulator)
    assert switch.logins == []


@pytest.mark.filterwarnings("ignore:Diffie-Hellman over finite fields")
def test_only_old_algorithms() -> None:
    switch = device(faults=Faults(legacy_ssh=True))
    with Simulator([switch]) as simulator, closing(connect(simulator)) as client:
        transport = client.get_transport()
        assert transport is not None
        assert transport.host_key_type == "ssh-rsa"
        Terminal(client.invoke_shell()).until(b"<sw>")


@pytest.mark.parametrize("platform", ["huawei_vrp5", "huawei_vrp8"])
def test_a_password_change_can_be_declined(platform: str) -> None:
    switch = device(platform, faults=Faults(password_change=True))
    with logged_in(switch, to_prompt=False) as terminal:
        question = terminal.until(b"Change now? [Y/N]: ")
        assert b"Warning: The initial password poses security risks.\r\n" in question
        terminal.ask("", b"Change now? [Y/N]: ")
        assert b"VTY users" in terminal.ask("N", b"<sw>")
        terminal.ask("display version", b"<sw>")
    assert switch.sessions[0].answers == ["", "N"]
    assert switch.lines == ["display version"]
    assert switch.beyond_allowed() == ()


@pytest.mark.parametrize("platform", ["huawei_vrp5", "h3c_comware7"])
def test_a_password_change_that_is_not_declined_ends_the_session(platform: str) -> None:
    switch = device(platform, faults=Faults(password_change=True))
    with logged_in(switch, to_prompt=False) as terminal:
        terminal.until(b"old password:" if platform == "h3c_comware7" else b"[Y/N]: ")
        terminal.send(b"Y\n")
        assert b"<sw>" not in terminal.to_the_end()
    assert switch.beyond_allowed() == ("Y",)


def test_a_platform_without_that_question_cannot_be_made_to_ask_it() -> None:
    with pytest.raises(ValueError, match="asks for no new password"):
        device("inspur_inos_cn", faults=Faults(password_change=True))


def test_a_banner_of_500_lines_comes_before_the_prompt() -> None:
    with logged_in(device(faults=Faults(banner_lines=500)), to_prompt=False) as terminal:
        greeting = terminal.until(b"\n<sw>")
    assert len(re.findall(rb"^# \d{4} ", greeting, re.MULTILINE)) == 500


def test_a_delayed_prompt() -> None:
    with logged_in(device(faults=Faults(prompt_delay_s=0.6)), to_prompt=False) as terminal:
        assert b"<sw>" not in terminal.until(b"****\r\n")
        assert terminal.is_silent(0.3)
        assert terminal.until(b"<sw>") == b"<sw>"


@pytest.mark.parametrize("platform", sorted(PROMPTS))
def test_a_pager_that_stays_on(platform: str) -> None:
    switch = device(platform, faults=Faults(stuck_pager=True))
    with logged_in(switch) as terminal:
        terminal.ask(DIALECTS[platform].pager_off, PROMPTS[platform])
        assert b"line 24" not in terminal.ask(listing(platform), DIALECTS[platform].more)


@pytest.mark.parametrize(("part", "last"), [(0.0, b"interface"), (0.25, b"line 15"), (1.0, b"line 60")])
def test_silence_in_mid_output(part: float, last: bytes) -> None:
    switch = faulty(silent_after=part)
    with logged_in(switch) as terminal:
        terminal.ask(OFF, b"<sw>")
        terminal.send(LONG.encode() + b"\n")
        got = terminal.heard(0.3)
        assert last in got.split(b"\r\n")[-2]
        assert b"<sw>" not in got
        terminal.send(b"\x03\ndisplay version\n")
        assert terminal.is_silent()
    assert switch.record[0].endswith(b"\x03\ndisplay version\n")
    assert switch.beyond_allowed() == ("\x03\ndisplay version\n",)


def test_a_cut_in_mid_output() -> None:
    with logged_in(faulty(cut_after=0.5)) as terminal:
        terminal.ask(OFF, b"<sw>")
        terminal.send(LONG.encode() + b"\n")
        got = terminal.to_the_end()
    assert b"line 15\r\n" in got
    assert b"line 45\r\n" not in got
    assert b"<sw>" not in got


@pytest.mark.parametrize(("gbk", "encoding"), [(True, "gb18030"), (False, "utf-8")])
def test_chinese_in_either_encoding(*, gbk: bool, encoding: str) -> None:
    with logged_in(faulty(command=CHINESE, gbk=gbk, swap={"上联": "下联"})) as terminal:
        assert terminal.ask(CHINESE, b"<sw>") == "端口说明：下联\r\n<sw>".encode(encoding)


@pytest.mark.parametrize("platform", sorted(PROMPTS))
def test_log_lines_burst_in(platform: str) -> None:
    command = listing(platform)
    switch = faulty(platform, command, syslog_every=10)
    with logged_in(switch) as terminal:
        for quiet in platforms()[platform].no_paging:
            terminal.ask(quiet, PROMPTS[platform])
        shown = terminal.ask(command, PROMPTS[platform]).decode().split("\r\n")[:-1]
    assert [line for line in shown if line in LINES] == LINES
    burst = [line for line in shown if line not in LINES]
    assert len(burst) == 5
    log_line = platforms()[platform].log_line
    assert log_line is not None
    assert [line for line in burst if not log_line.match(line)] == []
    assert not any("{" in line for line in burst)
    assert shown[10] == burst[0]


def test_an_output_of_five_megabytes_arrives_whole() -> None:
    with logged_in(faulty(size_bytes=5_000_000)) as terminal:
        got = unpaged(terminal, LONG)
    assert 5_000_000 <= len(got) < 5_010_000
    lines = got.decode().split("\r\n")[:-1]
    assert lines == [LINES[number % 60] for number in range(len(lines))]


def test_an_endless_output_can_only_be_interrupted() -> None:
    switch = faulty(endless=True)
    with logged_in(switch) as terminal:
        terminal.ask(OFF, b"<sw>")
        terminal.send(LONG.encode() + b"\n")
        received = 0
        while received < 20_000_000:
            received += len(terminal.channel.recv(1_000_000))
        terminal.send(b"\x03")
        terminal.until(b"<sw>")
        assert terminal.ask(SHORT, b"<sw>").startswith(b"Version 1")
    assert switch.beyond_allowed() == ()


def test_what_an_interrupt_throws_away_is_recorded() -> None:
    switch = faulty(endless=True)
    with logged_in(switch) as terminal:
        terminal.ask(OFF, b"<sw>")
        terminal.send(LONG.encode() + b"\n")
        terminal.channel.recv(1000)
        terminal.send(b"reboot\n\x03")
        terminal.until(b"<sw>")
    assert switch.beyond_allowed() == ("reboot\n\x03",)


def test_an_endless_output_nobody_reads_does_not_hinder_others() -> None:
    switch = faulty(endless=True)
    with logged_in(switch) as terminal, Simulator([device(name="other")]) as others:
        terminal.ask(OFF, b"<sw>")
        terminal.send(LONG.encode() + b"\n")
        with closing(connect(others, "other")) as client:
            Terminal(client.invoke_shell()).until(b"<other>")


def test_an_endless_output_through_the_pager() -> None:
    more = DIALECTS["h3c_comware7"].more
    with logged_in(faulty(endless=True)) as terminal:
        terminal.ask(LONG, more)
        for _ in range(50):
            terminal.send(b" ")
            assert terminal.until(more).count(b"line") == 23
        terminal.send(b"q")
        terminal.until(b"<sw>")


def test_no_privilege_for_a_command() -> None:
    with logged_in(faulty(no_privilege=True)) as terminal:
        assert terminal.ask(LONG, b"<sw>") == b"Permission denied.\r\n<sw>"
        assert terminal.ask(SHORT, b"<sw>").startswith(b"Version 1")


@pytest.mark.parametrize("command", [LONG, OFF])
def test_a_refused_command(command: str) -> None:
    with logged_in(faulty(command=command, refused=True)) as terminal:
        got = terminal.ask(command, b"<sw>")
    caret = len("<sw>") + command.rindex(" ") + 1
    assert got == b" " * caret + b"^\r\n % Unrecognized command found at '^' position.\r\n<sw>"


def test_a_prompt_that_changes() -> None:
    with logged_in(faulty(command=SHORT, rename="sw-new")) as terminal:
        assert terminal.ask(SHORT, b"<sw-new>").startswith(b"Version 1")
        terminal.ask(OFF, b"<sw-new>")


def test_faults_of_every_command_and_of_one() -> None:
    faults = {EVERY: CommandFaults(no_privilege=True), SHORT: CommandFaults(rename="sw2")}
    with logged_in(device(faults=Faults(commands=faults))) as terminal:
        assert terminal.ask(LONG, b"<sw>") == b"Permission denied.\r\n<sw>"
        assert terminal.ask(SHORT, b"<sw2>").startswith(b"Version 1")


def test_faults_can_be_combined() -> None:
    switch = faulty(command=CHINESE, gbk=True, size_bytes=1000, cut_after=0.5)
    with logged_in(switch) as terminal:
        terminal.ask(OFF, b"<sw>")
        terminal.send(CHINESE.encode() + b"\n")
        got = terminal.to_the_end()
    answer = got[len(CHINESE) + 2 :]
    assert 490 < len(answer) < 520
    assert answer.startswith("端口说明：上联\r\n".encode("gb18030") * 20)
