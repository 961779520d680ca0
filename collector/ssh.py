"""Getting into an SSH server, up to the end of the login: the same for devices and jump hosts."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any

import paramiko

from collector.algorithms import LEGACY, MODERN, explained
from collector.authentication import Authentication
from collector.credentials import Login
from collector.dial import Dial, dial_directly, hang_up
from collector.errors import DeviceError, StoppedError, UnreachableError
from collector.host_keys import HostKeyRules, changed, client_with, known_as
from collector.hub import Signal, Stream, beside
from collector.transport import Transport

_SLICE_S = 0.5
"""Longest wait for anything of a login, after which a stop of the run is noticed."""

# Without any handler, Python prints the tracebacks of paramiko's own threads to the terminal; what
# happened is told by our errors.
logging.getLogger("paramiko").addHandler(logging.NullHandler())


class SshAccess:
    """The way into one SSH server: dialled by the constructor, to be logged in to within `attempt`.

    Raises HostKeyError for known keys that cannot be read, and what `dial` raises. With `legacy`,
    algorithms of the 2010s are offered too.
    """

    def __init__(
        self,
        host: str,
        port: int,
        login: Login,
        *,
        rules: HostKeyRules,
        connect_s: float,
        stop: Event,
        legacy: bool = False,
        dial: Dial = dial_directly,
    ) -> None:
        self.where = f"{host}:{port}"
        known = rules.known(known_as(host, port))
        self.client = client_with(rules, known_as(host, port), known)
        self._known_types = [key.get_name() for key in known]
        self._host, self._port = host, port
        self._login = login
        self._algorithms = LEGACY if legacy else MODERN
        self._connect_s = connect_s
        self._stop = stop
        self.stream = dial(host, port, connect_s, stop)

    @property
    def parameters(self) -> dict[str, Any]:
        """What `client.connect` is to be called with."""
        return {
            "hostname": self._host,
            "port": self._port,
            "username": self._login.username,
            "sock": self.stream,
            "look_for_keys": False,
            "allow_agent": False,
            # The key exchange must be done in this time, and old switches take seconds for it.
            "timeout": self._connect_s * 2,
            "banner_timeout": self._connect_s,
            # RADIUS and TACACS+ servers that are down make a device wait before it says no.
            "auth_timeout": self._connect_s * 3,
            "transport_factory": self._make_transport,
            "auth_strategy": Authentication(self._login, self.where),
        }

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Log in within the block; whatever fails in it closes everything and is one of our own errors.

        Raises UnreachableError, HostKeyError or LoginFailedError, StoppedError when `stop` is set before.
        """
        try:
            # A server can hang at any step of the login, and some steps of paramiko wait for ever.
            with _hung_up_on(self._stop, self._connect_s * 7, self.hang_up):
                yield
        except DeviceError:
            self.close()
            if self._stop.is_set():
                raise self._stopped() from None
            raise
        except (EOFError, OSError, paramiko.SSHException) as error:
            self.close()
            raise self._explained(error) from None
        except BaseException:
            self.close()
            raise

    def host_key(self) -> paramiko.PKey:
        """Go as far as the server's key and no further: nobody is logged in; raises as `attempt` does."""
        with self.attempt():
            transport = self._make_transport(self.stream)
            try:
                transport.banner_timeout = self._connect_s
                transport.start_client(timeout=self._connect_s * 2)
                return transport.get_remote_server_key()
            finally:
                transport.close()

    def close(self) -> None:
        """End the connection; more than once does no harm."""
        self.client.close()
        self.stream.close()

    def hang_up(self) -> None:
        """End the connection at once; may be called from any thread."""
        hang_up(self.stream)

    def _make_transport(self, sock: Stream, **options: Any) -> Transport:
        self._transport = Transport(sock, ours=self._algorithms, known_types=self._known_types, **options)
        return self._transport

    def _stopped(self) -> StoppedError:
        return StoppedError("采集被中止，登录未完成")

    def _explained(self, error: BaseException) -> DeviceError:
        match error:
            case paramiko.BadHostKeyException():
                return changed(error.hostname, error.key, error.expected_key)
            case _ if self._stop.is_set():
                return self._stopped()
            case paramiko.ssh_exception.IncompatiblePeer():
                theirs = self._transport.offered
                why = explained(theirs, self._algorithms) if theirs else ""
                return UnreachableError(
                    f"{self.where} 与本机没有共同的 SSH 算法：{why or _first_line(error)}"
                )
            case paramiko.SSHException() if re.search("banner|No existing session", str(error)):
                return UnreachableError(f"{self.where} 的 TCP 已连通，但没有完整的 SSH 应答")
            case _:
                return UnreachableError(f"{self.where} 的 SSH 会话未能建立：{_first_line(error)}")


@contextmanager
def _hung_up_on(stop: Event, limit_s: float, hang_up: Callable[[], None]) -> Iterator[None]:
    """Hang up when the block has not ended after that time, or soon after `stop` is set."""
    done = Signal()
    until = monotonic() + limit_s

    def watch() -> None:
        while not done.wait(_SLICE_S):
            if stop.is_set() or monotonic() >= until:
                hang_up()
                return

    if not beside(watch):
        Thread(target=watch, name="login watchdog", daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _first_line(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:200]
