"""Any number of simulated devices on loopback addresses, served by one background thread."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import asyncssh

from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.session import TerminalSession

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

    def __init__(self, devices: Iterable[SimulatedDevice], *, rsa: bool = False) -> None:
        """With `rsa`, devices show an RSA key besides the Ed25519 one."""
        self.devices = {device.name: device for device in _checked(devices)}
        legacy = any(device.faults.legacy_ssh for device in self.devices.values())
        self._rsa = asyncssh.generate_private_key("ssh-rsa", key_size=2048) if rsa or legacy else None
        self._with_rsa = rsa
        self._keys = {name: asyncssh.generate_private_key("ssh-ed25519") for name in self.devices}
        self._addresses: dict[str, tuple[str, int]] = {}
        self._acceptors: list[asyncssh.SSHAcceptor] = []
        self._reserved: list[socket.socket] = []
        self._connections: set[asyncssh.SSHServerConnection] = set()
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
        """Host and port of a device; also of one where nothing listens."""
        return self._addresses[name]

    def known_hosts(self) -> str:
        """The devices' public keys in the form of an OpenSSH known_hosts file."""
        return "".join(
            f"{_pattern(*self._addresses[name])} {key.export_public_key().decode().strip()}\n"
            for name, device in self.devices.items()
            for key in self._published_keys(device)
        )

    def _published_keys(self, device: SimulatedDevice) -> list[asyncssh.SSHKey]:
        ed25519 = [] if device.faults.legacy_ssh else [self._keys[device.name]]
        shows_rsa = self._with_rsa or device.faults.legacy_ssh
        return [*ed25519, *([self._rsa] if self._rsa is not None and shows_rsa else [])]

    # --- in the thread ----------------------------------------------------------------------------

    async def _open(self) -> None:
        for device in self.devices.values():
            if device.faults.closed_port or device.faults.hung:
                self._reserve(device)
            else:
                await self._listen(device)

    def _reserve(self, device: SimulatedDevice) -> None:
        """Hold the address without a server: connecting is refused, or succeeds and leads nowhere."""
        held = self._bind(device)
        self._reserved.append(held)
        if device.faults.hung:
            held.listen()

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

    def _bind(self, device: SimulatedDevice) -> socket.socket:
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
        open_ones = list(self._connections)
        for connection in open_ones:
            connection.abort()
        await asyncio.gather(*(connection.wait_closed() for connection in open_ones))
        await self._loop.shutdown_default_executor()


class _Server(asyncssh.SSHServer):
    """One connection: who logs in, and into what."""

    def __init__(self, device: SimulatedDevice, connections: set[asyncssh.SSHServerConnection]) -> None:
        self._device = device
        self._connections = connections
        self._account: Account | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self._account = self._device.login(username, password)
        return self._account is not None

    def session_requested(self) -> TerminalSession | bool:
        return False if self._account is None else TerminalSession(self._device, self._account)


def _checked(devices: Iterable[SimulatedDevice]) -> Iterator[SimulatedDevice]:
    names: set[str] = set()
    for device in devices:
        if ipaddress.ip_address(device.host) not in _LOOPBACK:
            raise ValueError(f"{device.name}: {device.host} is not a loopback address (127.0.0.0/8)")
        if device.name in names:
            raise ValueError(f"{device.name}: two devices of this name")
        names.add(device.name)
        yield device


def _pair(key: asyncssh.SSHKey, device: SimulatedDevice) -> asyncssh.SSHKeyPair:
    """Give a host key as it signs; old devices know SHA-1 alone."""
    (pair,) = asyncssh.load_keypairs([key])
    if device.faults.legacy_ssh:
        pair.host_key_algorithms = (pair.algorithm,)
    return pair


def _pattern(host: str, port: int) -> str:
    """How known_hosts names an address."""
    return host if port == 22 else f"[{host}]:{port}"
