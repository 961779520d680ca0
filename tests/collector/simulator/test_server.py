"""The simulator as a whole: addresses, host keys, accounts, start and stop, other clients."""

import asyncio
import socket
from contextlib import closing

import asyncssh
import netmiko
import paramiko
import pytest

from collector.platform import platforms
from collector.simulator.device import Account
from collector.simulator.faults import CommandFaults, Faults
from collector.simulator.server import Simulator
from tests.collector.simulator.terminal import (
    LINES,
    SECRET,
    USER,
    Terminal,
    connect,
    device,
    listing,
    logged_in,
)


def test_many_devices_each_at_its_own_address() -> None:
    switches = [device(name=f"sw{number}", host=f"127.40.0.{number}") for number in range(1, 31)]
    with Simulator(switches) as simulator:
        addresses = [simulator.address(switch.name) for switch in switches]
        for switch in switches:
            with closing(connect(simulator, switch.name)) as client:
                Terminal(client.invoke_shell()).until(f"<{switch.name}>".encode())
    assert [host for host, _ in addresses] == [f"127.40.0.{number}" for number in range(1, 31)]
    assert all(port > 0 for _, port in addresses)
    assert [len(switch.sessions) for switch in switches] == [1] * 30


def test_a_given_port_is_used_and_free_again_after_the_end() -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.40.1.1", 0))
        port = probe.getsockname()[1]
    for _ in range(2):
        with Simulator([device(host="127.40.1.1", port=port)]) as simulator:
            assert simulator.address("sw") == ("127.40.1.1", port)
            connect(simulator).close()


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "126.255.255.255", "::1"])  # noqa: S104
def test_only_loopback_addresses(host: str) -> None:
    with pytest.raises(ValueError, match="not a loopback address"):
        Simulator([device(host=host)])


def test_no_name_twice() -> None:
    with pytest.raises(ValueError, match="two devices of this name"):
        Simulator([device(), device()])


def test_an_address_in_use_is_an_error_and_leaves_nothing_running() -> None:
    with Simulator([device(host="127.40.1.2")]) as simulator:
        taken = simulator.address("sw")[1]
        twice = Simulator([device(host="127.40.1.3"), device(name="b", host="127.40.1.2", port=taken)])
        with pytest.raises(OSError, match="in use"):
            twice.start()
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(twice.address("sw"), 1)


def test_stop_breaks_open_sessions_and_may_be_repeated() -> None:
    simulator = Simulator([device(think_s=30)])
    simulator.start()
    with closing(connect(simulator)) as client:
        terminal = Terminal(client.invoke_shell())
        terminal.until(b"<sw>")
        terminal.send(b"display version\n")
        terminal.until(b"\n")
        simulator.stop()
        assert terminal.to_the_end() == b""
    simulator.stop()


def test_host_keys_are_new_in_each_run() -> None:
    with Simulator([device()], rsa=True) as first, Simulator([device()], rsa=True) as second:
        keys = [[line.split()[1:3] for line in run.known_hosts().splitlines()] for run in (first, second)]
    assert [kind for kind, _ in keys[0]] == ["ssh-ed25519", "ssh-rsa"]
    assert not {key for _, key in keys[0]} & {key for _, key in keys[1]}


def test_an_openssh_like_client_accepts_the_known_hosts_and_gets_a_cheap_cipher() -> None:
    async def session(simulator: Simulator) -> tuple[str, str]:
        host, port = simulator.address("sw")
        keys = asyncssh.import_known_hosts(simulator.known_hosts())
        async with asyncssh.connect(
            host, port, username=USER, password=SECRET, known_hosts=keys, config=None, client_keys=None
        ) as connection:
            process = await connection.create_process(term_type="vt100")
            shown = await asyncio.wait_for(process.stdout.readuntil("<sw>"), 5)
            return str(connection.get_extra_info("recv_cipher")), shown

    with Simulator([device()]) as simulator:
        cipher, shown = asyncio.run(session(simulator))
    assert "gcm" in cipher or "ctr" in cipher
    assert shown.endswith("<sw>")


def test_accounts_have_their_own_password_and_privileges() -> None:
    command = "display interface"
    accounts = (
        Account(username="junior", password="first-one", denied=frozenset({command})),
        Account(username="senior", password="second-one"),
    )
    answers = []
    with Simulator([device(accounts=accounts)]) as simulator:
        for account in accounts:
            with closing(connect(simulator, username=account.username, password=account.password)) as client:
                terminal = Terminal(client.invoke_shell())
                terminal.until(b"<sw>")
                terminal.ask("screen-length disable", b"<sw>")
                answers.append(terminal.ask(command, b"<sw>").splitlines()[0])
        with pytest.raises(paramiko.AuthenticationException):
            connect(simulator, username="junior", password="second-one")
    assert answers == [b"Permission denied.", b" line 1"]
    assert "first-one" not in repr(accounts[0])


def test_anything_but_a_terminal_is_refused_and_recorded() -> None:
    switch = device()
    with Simulator([switch]) as simulator, closing(connect(simulator)) as client:
        with pytest.raises(paramiko.SSHException):
            client.exec_command("reboot")
        with pytest.raises(paramiko.SSHException):
            client.open_sftp()
    assert switch.beyond_allowed() == ("exec reboot", "subsystem sftp")


@pytest.mark.parametrize("platform", sorted(platforms()))
def test_stock_netmiko_gets_the_outputs(platform: str) -> None:
    switch = device(platform)
    command = listing(platform)
    with Simulator([switch]) as simulator:
        host, port = simulator.address("sw")
        with netmiko.ConnectHandler(
            device_type=platforms()[platform].netmiko_type,
            host=host,
            port=port,
            username=USER,
            password=SECRET,
        ) as session:
            assert session.find_prompt().strip("<>#[] ") == "sw"
            got = session.send_command(command, strip_command=True, strip_prompt=True)
    assert [line.strip() for line in str(got).splitlines()] == [line.strip() for line in LINES]
    assert command in switch.lines


def test_stock_netmiko_declines_the_password_change() -> None:
    switch = device("huawei_vrp5", faults=Faults(password_change=True))
    with Simulator([switch]) as simulator:
        host, port = simulator.address("sw")
        with netmiko.ConnectHandler(
            device_type="huawei", host=host, port=port, username=USER, password=SECRET
        ) as session:
            assert session.find_prompt() == "<sw>"
    assert switch.sessions[0].answers == ["N"]


def test_the_record_of_a_broken_session_is_kept() -> None:
    switch = device(faults=Faults(commands={"display version": CommandFaults(cut_after=0.5)}))
    with logged_in(switch) as terminal:
        terminal.send(b"display version\n")
        terminal.to_the_end()
    assert switch.record == [b"display version\n"]
