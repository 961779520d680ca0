"""The key that a device shows: connected to as far as that, and no further."""

from dataclasses import dataclass
from threading import Event

import paramiko

from collector.credentials import Login
from collector.host_keys import HostKeyRules, known_as
from collector.ssh import SshAccess

_NOBODY = Login("")


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What a device shows, beside what is known of it."""

    name: str
    """As known_hosts has it."""
    shown: paramiko.PKey
    known: tuple[paramiko.PKey, ...]
    """Empty: the device is new."""

    @property
    def is_known(self) -> bool:
        """The device is the one it was."""
        return self.shown in self.known

    @property
    def has_changed(self) -> bool:
        """Another key, or one of another type, is known for this address."""
        return bool(self.known) and not self.is_known


def shown_key(
    host: str, port: int, *, rules: HostKeyRules, connect_s: float, stop: Event, legacy: bool = False
) -> ShownKey:
    """Ask for the host key, of a known type where one is known; nobody is logged in.

    Raises UnreachableError, HostKeyError for known keys that cannot be read, StoppedError when `stop` is
    set before.
    """
    access = SshAccess(host, port, _NOBODY, rules=rules, connect_s=connect_s, stop=stop, legacy=legacy)
    try:
        shown = access.host_key()
    finally:
        access.close()
    name = known_as(host, port)
    known = access.client.get_host_keys().lookup(name)
    return ShownKey(name, shown, tuple(known.values()) if known else ())
