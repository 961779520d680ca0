"""Any number of simulated devices on loopback addresses, served by one background thread."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import asyncssh

from collector.simulator.device import SimulatedDevice
from collector.simulator.door import Door
from collector.simulator.jump import JumpServer, SimulatedJumpHost
from collector.simulator.session import TerminalSession
from collector.simulator.telnet import TelnetServer

_LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
_STOP_TIMEOUT_S = 10.0

# The cheap ciphers first and plain CTR for clients without GCM; nothing that costs without need.
_MODERN = {
    "kex_algs": ["curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256"],
    "encryption_algs": ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes256-ctr"],
    "mac_algs": ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-256"],
}
_LEGACY = {
    "kex_algs": ["diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"],
    "encryption_algs": ["aes128-cbc", "3des-cbc"],
    "mac_algs": ["hmac-sha1"],
    "signature_algs": ["ssh-rsa"],
}


class Simulator:
    """Runs devices between `start` and `stop`, or as a context manager.

    Raises ValueError for an address outside 127.0.0.0/8 or a name used twice, and OSError where an
    address cannot be bound. Host keys are made anew for each instance.
    """

    def __init__(
        self,
        devices: Iterable[SimulatedDevice],
        *,
        jump_hosts: Iterable[SimulatedJumpHost] = (),
        rsa: bool = False,
    ) -> None:
        """With `rsa`, devices show an RSA key besides the Ed25519 one."""
        given: tuple[SimulatedDevice | SimulatedJumpHost, ...] = (*devices, *jump_hosts)
        _check(given)
        self.devices = {each.name: each for each in given if isinstance(each, SimulatedDevice)}
        self.jump_hosts = {each.name: each for each in given if isinstance(each, SimulatedJumpHost)}
        legacy = any(device.faults.legacy_ssh for device in self.devices.values())
        self._rsa = asyncssh.generate_private_key("ssh-rsa", key_size=2048) if rsa or legacy else None
        self._with_rsa = rsa
        self._keys = {
            name: asyncssh.generate_private_key("ssh-ed25519") for name in (*self.devices, *self.jump_hosts)
        }
        self._addresses: dict[str, tuple[str, int]] = {}
        self._acceptors: list[asyncssh.SSHAcceptor | asyncio.Server] = []
        self._reserved: list[socket.socket] = []
        self._connections: set[asyncssh.SSHServerConnection] = set()
        self._jumping: dict[str, set[asyncssh.SSHServerConnection]] = {
            name: set() for name in self.jump_hosts
        }
        """The connections of each jump host."""
        self._telnet: set[TelnetServer] = set()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen at every device's address; returns when all are ready."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulator", daemon=True)
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Break all connections and end the thread. Stopping twice is allowed."""
        if self._thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(_STOP_TIMEOUT_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_STOP_TIMEOUT_S)
        self._loop.close()
        self._thread = None

    def address(self, name: str) -> tuple[str, int]:
        """Host and port of a device or jump host; also of one where nothing listens."""
        return self._addresses[name]

    def break_off(self, jump_host: str) -> None:
        """Break every connection of a jump host, as when it dies; it takes new ones."""

        def break_all() -> None:
            for connection in tuple(self._jumping[jump_host]):
                connection.abort()

        self._loop.call_soon_threadsafe(break_all)

    def known_hosts(self) -> str:
        """Everybody's public keys in the form of an OpenSSH known_hosts file."""
        published = {name: self._published_keys(device) for name, device in self.devices.items()}
        published |= {name: [self._keys[name]] for name in self.jump_hosts}
        return "".join(
            f"{_pattern(*self._addresses[name])} {key.export_public_key().decode().strip()}\n"
            for name, keys in published.items()
            for key in keys
        )

    def _published_keys(self, device: SimulatedDevice) -> list[asyncssh.SSHKey]:
        if device.protocol == "telnet":
            return []
        ed25519 = [] if device.faults.legacy_ssh else [self._keys[device.name]]
        shows_rsa = self._with_rsa or device.faults.legacy_ssh
        return [*ed25519, *([self._rsa] if self._rsa is not None and shows_rsa else [])]

    # --- in the thread ----------------------------------------------------------------------------

    async def _open(self) -> None:
        for device in self.devices.values():
            if device.faults.closed_port or device.faults.hung:
                self._reserve(device, takes_connections=device.faults.hung)
            elif device.protocol == "telnet":
                await self._listen_for_telnet(device)
            else:
                await self._listen(device)
        for hop in self.jump_hosts.values():
            if hop.closed_port:
                self._reserve(hop, takes_connections=False)
            else:
                await self._listen_to_pass_on(hop)

    def _reserve(self, who: SimulatedDevice | SimulatedJumpHost, *, takes_connections: bool) -> None:
        """Hold the address without a server: connecting is refused, or succeeds and leads nowhere."""
        held = self._bind(who)
        self._reserved.append(held)
        if takes_connections:
            held.listen()

    async def _listen_for_telnet(self, device: SimulatedDevice) -> None:
        server = await self._loop.create_server(
            lambda: TelnetServer(device, self._telnet), sock=self._bind(device)
        )
        self._acceptors.append(server)

    async def _listen_to_pass_on(self, hop: SimulatedJumpHost) -> None:
        key = asyncssh.generate_private_key("ssh-ed25519") if hop.changed_host_key else self._keys[hop.name]
        acceptor = await asyncssh.listen(
            sock=self._bind(hop),
            server_factory=lambda: JumpServer(hop, self._jumping[hop.name], self._addresses.values()),
            server_host_keys=[key],
            encoding=None,
            compression_algs=None,
            **_MODERN,
        )
        self._acceptors.append(acceptor)

    async def _listen(self, device: SimulatedDevice) -> None:
        keys = self._published_keys(device)
        if device.faults.changed_host_key:
            keys = [asyncssh.generate_private_key("ssh-ed25519")]
        algorithms = _LEGACY if device.faults.legacy_ssh else _MODERN
        # Bound here, since asyncssh would look the address up in a thread of its own.
        bound = self._bind(device)
        acceptor = await asyncssh.listen(
            sock=bound,
            server_factory=lambda: _Server(device, self._connections),
            server_host_keys=[_pair(key, device) for key in keys],
            server_version=device.dialect.ssh_version,
            encoding=None,
            line_editor=False,
            compression_algs=None,
            allow_scp=False,
            **algorithms,
        )
        self._acceptors.append(acceptor)

    def _bind(self, device: SimulatedDevice | SimulatedJumpHost) -> socket.socket:
        bound = socket.socket()
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((device.host, device.port))
        except OSError:
            bound.close()
            raise
        self._addresses[device.name] = (device.host, bound.getsockname()[1])
        return bound

    async def _close(self) -> None:
        for acceptor in self._acceptors:
            acceptor.close()
        for held in self._reserved:
            held.close()
        for client in tuple(self._telnet):
            client.abort()
        open_ones = [*self._connections, *(c for each in self._jumping.values() for c in each)]
        for connection in open_ones:
            connection.abort()
        await asyncio.gather(*(connection.wait_closed() for connection in open_ones))
        await self._loop.shutdown_default_executor()


class _Server(Door):
    """One connection: who logs in, and into what."""

    def __init__(self, device: SimulatedDevice, connections: set[asyncssh.SSHServerConnection]) -> None:
        super().__init__(device)
        self._connections = connections

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        super().connection_made(conn)
        self._connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.discard(self._connection)

    def session_requested(self) -> TerminalSession | bool:
        return False if self.account is None else TerminalSession(self._device, self.account)


def _check(given: Iterable[SimulatedDevice | SimulatedJumpHost]) -> None:
    names: set[str] = set()
    for each in given:
        if ipaddress.ip_address(each.host) not in _LOOPBACK:
            raise ValueError(f"{each.name}: {each.host} is not a loopback address (127.0.0.0/8)")
        if each.name in names:
            raise ValueError(f"{each.name}: two devices of this name")
        names.add(each.name)


def _pair(key: asyncssh.SSHKey, device: SimulatedDevice) -> asyncssh.SSHKeyPair:
    """Give a host key as it signs; old devices know SHA-1 alone."""
    (pair,) = asyncssh.load_keypairs([key])
    if device.faults.legacy_ssh:
        pair.host_key_algorithms = (pair.algorithm,)
    return pair


def _pattern(host: str, port: int) -> str:
    """How known_hosts names an address."""
    return host if port == 22 else f"[{host}]:{port}"
