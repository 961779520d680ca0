"""The jump hosts of one run: each is logged in to once, when the first device needs it, and shared by all.

Nothing runs on a jump host: no session is opened there, only connections are forwarded through it (RFC
4254, 7.2). Its host key is checked by the same rules as a device's. What failed once is not tried again in
the same run, so that a wrong password is sent to it once at most.
"""

import socket
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from datetime import datetime
from threading import Event, Lock
from types import TracebackType
from typing import Self

import paramiko

from collector.credentials import Login
from collector.dial import Dial, dial_directly, unless_stopped
from collector.errors import (
    AuthenticationError,
    DeviceError,
    HostKeyError,
    LoginFailedError,
    StoppedError,
    UnreachableError,
)
from collector.events import LoginEnded
from collector.host_keys import HostKeyRules
from collector.hub import Stream
from collector.inventory import Device, JumpHost
from collector.run_folder import RunFolder
from collector.run_record import OpenedSession
from collector.ssh import SshAccess

_SLICE_S = 0.5
"""Longest wait after which a stop of the run is noticed."""
_KEEPALIVE_S = 15
_DEAD_AFTER_S = 45
"""Without any acknowledgement in this time the system gives the connection up."""
_PROHIBITED = 1
"""SSH_OPEN_ADMINISTRATIVELY_PROHIBITED."""


class JumpHosts:
    """Ways to devices, for a run; a context manager that closes every jump host at its end."""

    def __init__(
        self,
        known: Mapping[str, JumpHost],
        logins: Mapping[str, Login],
        *,
        rules: HostKeyRules,
        connect_s: float,
        stop: Event,
        folder: RunFolder,
        now: Callable[[], datetime],
        emit: Callable[[LoginEnded], None],
    ) -> None:
        self._known = known
        self._logins = logins
        self._rules = rules
        self._connect_s = connect_s
        self._stop = stop
        self._folder = folder
        self._now = now
        self._emit = emit
        self._lock = Lock()
        self._hops: dict[tuple[str, ...], Future[_Hop]] = {}
        """By the names from the first jump host up to this one."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all that were opened, the farthest first; nobody may dial any more."""
        farthest_first = sorted(self._hops, key=len, reverse=True)
        opened = [self._hops[chain] for chain in farthest_first]
        hops = [hop.result() for hop in opened if hop.exception() is None]
        for hop in hops:
            hop.close()
        # A disk that takes nothing more must not keep one open.
        for hop in hops:
            hop.note_end()

    def way_to(self, device: Device) -> Dial:
        """Give how to connect to this device; the jump hosts are opened when that is called.

        It raises UnreachableError when a jump host cannot be reached or does not connect to the device,
        and LoginFailedError when it lets us not in or is not the one we know.
        """
        if not device.jump:
            return dial_directly

        def dial(host: str, port: int, connect_s: float, stop: Event) -> Stream:
            return self._through(device.jump, device.name).dial(host, port, connect_s, stop)

        return dial

    def broken(self, device: Device) -> str:
        """Name the first jump host on the way to a device whose connection has ended; empty: none has."""
        chains = (device.jump[: count + 1] for count in range(len(device.jump)))
        for chain in chains:
            hop = self._hops.get(chain)
            if hop is not None and hop.done() and hop.exception() is None and not hop.result().is_alive():
                return chain[-1]
        return ""

    def _through(self, chain: tuple[str, ...], device: str) -> "_Hop":
        """Give an open jump host; the first who asks opens it, the others wait for how that ends."""
        with self._lock:
            first = chain not in self._hops
            hop = self._hops.setdefault(chain, Future())
        if first:
            try:
                hop.set_result(self._opened(chain, device))
            except Exception as error:  # noqa: BLE001 - raised again for everyone who waits
                hop.set_exception(error)
        while not wait((hop,), _SLICE_S).done:
            if self._stop.is_set():
                raise StoppedError("采集被中止，连接未建立")
        try:
            return hop.result()
        except DeviceError as error:
            # One error must not be raised by several threads.
            raise type(error)(str(error)) from None

    def _opened(self, chain: tuple[str, ...], device: str) -> "_Hop":
        *before, name = chain
        host = self._known[name]
        dial = self._through(tuple(before), device).dial if before else dial_directly
        try:
            access = SshAccess(
                host.host,
                host.port,
                self._logins[host.credential],
                rules=self._rules,
                connect_s=self._connect_s,
                stop=self._stop,
                dial=dial,
            )
            with access.attempt():
                access.client.connect(**access.parameters)
        except AuthenticationError as error:
            self._emit(LoginEnded(device, accepted=False, hop=name))
            # To the device nobody has logged in, so its own credential is not what was refused.
            raise LoginFailedError(_said_of(name, error)) from None
        except (UnreachableError, LoginFailedError) as error:
            kind = HostKeyError if isinstance(error, HostKeyError) else type(error)
            raise kind(_said_of(name, error)) from None
        self._emit(LoginEnded(device, accepted=True, hop=name))
        try:
            return _Hop(name, access, self._folder, OpenedSession.of_hop(chain, self._now()), self._now)
        except BaseException:
            access.close()
            raise


class _Hop:
    """One jump host that is open."""

    def __init__(
        self,
        name: str,
        access: SshAccess,
        folder: RunFolder,
        record: OpenedSession,
        now: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._access = access
        self._folder = folder
        self._record = record
        self._now = now
        transport = access.client.get_transport()
        if transport is None:
            raise TypeError("a client that is logged in has a transport")
        self._transport = transport
        transport.set_keepalive(_KEEPALIVE_S)
        if isinstance(access.stream, socket.socket) and hasattr(socket, "TCP_USER_TIMEOUT"):
            access.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _DEAD_AFTER_S * 1000)
        folder.add_session(record)

    def is_alive(self) -> bool:
        return self._transport.is_active()

    def close(self) -> None:
        self._access.hang_up()
        self._access.close()

    def note_end(self) -> None:
        self._folder.add_session(self._record.closed(self._now()))

    def dial(self, host: str, port: int, connect_s: float, stop: Event) -> Stream:
        """Have a connection forwarded; what `collector.dial.Dial` says."""

        def forwarded() -> paramiko.Channel:
            return self._transport.open_channel(
                "direct-tcpip", (host, port), ("127.0.0.1", 0), timeout=connect_s
            )

        try:
            return unless_stopped(forwarded, stop, paramiko.Channel.close)
        except paramiko.ChannelException as error:
            if error.code == _PROHIBITED:
                raise UnreachableError(
                    f"跳板机 {self._name} 不允许转发到 {host}:{port}（administratively prohibited）"
                ) from None
            said = str(error.text).strip()[:100]
            raise UnreachableError(f"跳板机 {self._name} 连不上 {host}:{port}：{said}") from None
        except (EOFError, OSError, paramiko.SSHException) as error:
            if "Timeout" in str(error):
                said = f"经跳板机 {self._name}，{host}:{port} 在 {connect_s:g} 秒内没有应答"
            elif not self.is_alive():
                said = f"跳板机 {self._name} 的连接已断开，{host}:{port} 未连接"
            else:
                said = f"跳板机 {self._name} 没有接通 {host}:{port}：{str(error) or type(error).__name__}"
            raise UnreachableError(said) from None


def _said_of(name: str, error: DeviceError) -> str:
    """Say that it was the jump host; one farther ahead has said so itself."""
    said = str(error)
    return said if "跳板机" in said else f"跳板机 {name}：{said}，设备未登录"
