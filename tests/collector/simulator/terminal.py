"""A bare SSH terminal, so that nothing but what a test types is sent to a simulated device."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import paramiko
from paramiko.hostkeys import HostKeyEntry

from collector.platform import platforms
from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.server import Simulator

USER = "inspector"
SECRET = "open-sesame"
PROMPTS = {
    "h3c_comware5": b"<sw>",
    "h3c_comware7": b"<sw>",
    "huawei_vrp5": b"<sw>",
    "huawei_vrp8": b"<sw>",
    "inspur_inos6": b"sw# ",
    "inspur_inos_cn": b"sw# ",
}
LINES = [f" line {number}" if number % 3 else f"line {number}" for number in range(1, 61)]
OUTPUTS = {
    "version": "Version 1\nprinted at {{now|%Y}}\n",
    "interface": "\n".join(LINES) + "\n",
    "interface brief": "端口说明：上联\n",
}


def verb(platform: str) -> str:
    return "show" if platform.startswith("inspur_") else "display"


def listing(platform: str) -> str:
    """The command that prints pages; every platform is asked it."""
    return f"{verb(platform)} interface{' status' if platform == 'inspur_inos6' else ''}"


def device(platform: str = "h3c_comware7", **what: Any) -> SimulatedDevice:
    """A switch `sw` with a short, a long and a Chinese output."""
    outputs = {f"{verb(platform)} {rest}": text for rest, text in OUTPUTS.items()}
    outputs[listing(platform)] = OUTPUTS["interface"]
    account = Account(username=USER, password=SECRET)
    given: dict[str, Any] = {"name": "sw", "outputs": outputs, "accounts": (account,), **what}
    return SimulatedDevice(platform=platforms()[platform], **given)


class Terminal:
    """An interactive session; reads with a deadline instead of guessing how long to wait."""

    def __init__(self, channel: paramiko.Channel) -> None:
        self.channel = channel
        channel.settimeout(5)

    def send(self, typed: bytes) -> None:
        self.channel.sendall(typed)

    def until(self, end: bytes) -> bytes:
        """Everything up to and with `end`, which must be the last that came."""
        got = b""
        while not got.endswith(end):
            more = self.channel.recv(65536)
            assert more, f"closed before {end!r}: {got[-200:]!r}"
            got += more
        return got

    def to_the_end(self) -> bytes:
        """Everything up to the end of the connection."""
        got = b""
        while more := self.channel.recv(65536):
            got += more
        return got

    def ask(self, line: str, end: bytes) -> bytes:
        """What comes after the echo of a line."""
        self.send(line.encode() + b"\n")
        got = self.until(end)
        assert got.startswith(line.encode() + b"\r\n")
        return got[len(line) + 2 :]

    def heard(self, seconds: float) -> bytes:
        """All that comes within so many seconds."""
        time.sleep(seconds)
        return self.channel.recv(65536) if self.channel.recv_ready() else b""

    def is_silent(self, seconds: float = 0.3) -> bool:
        return not self.heard(seconds)


def connect(
    simulator: Simulator, name: str = "sw", username: str = USER, password: str = SECRET
) -> paramiko.SSHClient:
    """Log in to a device whose key is the one that the simulator gives for it."""
    client = paramiko.SSHClient()
    for line in simulator.known_hosts().splitlines():
        entry = HostKeyEntry.from_line(line)
        assert entry is not None
        assert entry.key is not None
        client.get_host_keys().add(entry.hostnames[0], entry.key.get_name(), entry.key)
    host, port = simulator.address(name)
    try:
        client.connect(host, port, username, password, look_for_keys=False, allow_agent=False, timeout=5)
    except Exception:
        client.close()
        raise
    return client


@contextmanager
def logged_in(switch: SimulatedDevice, *, to_prompt: bool = True) -> Iterator[Terminal]:
    """Run a device and log in to it."""
    with Simulator([switch]) as simulator:
        client = connect(simulator, switch.name)
        try:
            terminal = Terminal(client.invoke_shell())
            if to_prompt:
                terminal.until(PROMPTS[switch.platform.id])
            yield terminal
        finally:
            client.close()
