"""paramiko's transport as we need it: with our algorithms, and at home in a hub as well as in a thread."""

# ruff: noqa: SLF001 - paramiko has no other way to what its own methods do here

from collections.abc import Iterable
from threading import Event
from time import monotonic
from typing import Any, ClassVar

import paramiko

from collector.algorithms import Algorithms, known_first
from collector.hub import Signal, beside
from collector.packets import Packets, Shell

_SLICE_S = 0.1
"""Longest wait in one piece, after which the end of a connection is noticed."""
_CHANNEL_OPEN = b"\x5a"
"""SSH_MSG_CHANNEL_OPEN."""


class Transport(paramiko.Transport):
    """paramiko's transport with our lists; remembers what the device offered.

    `known_types` are those of the device's known host keys (`PKey.get_name`): a device that has several
    keys shall show the one we can compare.
    """

    packetizer: Packets

    _kex_info: ClassVar[dict[str, Any]] = {
        **paramiko.Transport._kex_info,  # type: ignore[attr-defined]
        # RFC 8731 gave it this name; paramiko knows only the one of before.
        "curve25519-sha256": paramiko.Transport._kex_info["curve25519-sha256@libssh.org"],  # type: ignore[attr-defined]
    }

    def __init__(self, sock: Any, *, ours: Algorithms, known_types: Iterable[str], **options: Any) -> None:
        self._ours = ours
        self._host_keys = known_first(ours.host_key, known_types)
        self.offered: Algorithms | None = None
        """What the device offers; None: it has not said so yet."""
        super().__init__(sock, packetizer_class=Packets, **options)
        self.clear_to_send = Signal()

    def shell(self, channel: paramiko.Channel) -> Shell:
        """Give the terminal of this connection, which nobody else may read from now on."""
        return Shell(self, channel, self.packetizer)

    def start(self) -> None:
        """Read and answer packets from now on: in the hub of who asks, or else in a thread."""
        if not beside(self.run):
            super().start()

    def start_client(self, event: Event | None = None, timeout: float | None = None) -> None:
        """Agree on keys as paramiko does, but wait in a way that lets a hub go on."""
        done = Signal()
        super().start_client(event=done)
        until = float("inf") if timeout is None else monotonic() + timeout
        while self.is_active() and not done.wait(_SLICE_S) and monotonic() < until:
            pass
        if not self.is_active():
            raise self.get_exception() or paramiko.SSHException("Negotiation failed.")

    def open_session(
        self,
        window_size: int | None = None,
        max_packet_size: int | None = None,
        timeout: float | None = None,
    ) -> paramiko.Channel:
        """Open a channel for a terminal as paramiko does, but wait in a way that lets a hub go on."""
        until = monotonic() + (self.channel_timeout if timeout is None else timeout)
        # Their types leave out most of what paramiko itself does here.
        our: Any = self
        with our.lock:
            number = our._next_channel()
            window = our._sanitize_window_size(window_size)
            packet = our._sanitize_packet_size(max_packet_size)
            channel: Any = paramiko.Channel(number)
            channel.event = Signal()
            channel._set_transport(self)
            channel._set_window(window, packet)
            our._channels.put(number, channel)
            our.channel_events[number] = opened = Signal()
            our.channels_seen[number] = True
        our._send_user_message(_opening(number, window, packet))
        while self.is_active() and not opened.wait(_SLICE_S):
            if monotonic() >= until:
                raise paramiko.SSHException("Timeout opening channel.")
        if not self.is_active() or our._channels.get(number) is None:
            raise self.get_exception() or paramiko.SSHException("Unable to open channel.")
        opened_channel: paramiko.Channel = channel
        return opened_channel

    def run(self) -> None:
        """Do what paramiko's thread does, tell when it begins and ends, and break up circles of references.

        What is left of a connection would wait for Python to search all memory for circles: 50 kB each.
        """
        self.packetizer.begin()
        try:
            super().run()
        finally:
            self.kex_engine = self.auth_handler = None
            self._handler_table.clear()  # type: ignore[attr-defined]
            if (error := self.saved_exception) is not None:
                error.__traceback__ = None
            self.packetizer.end()

    def get_exception(self) -> Exception | None:
        """Give what ended the connection; a message that nobody can read is the device's fault, not ours."""
        error: Exception | None = super().get_exception()
        if error is None or isinstance(error, EOFError | OSError | paramiko.SSHException):
            return error
        # Its kind and not what it says: that may hold something of the message.
        return paramiko.SSHException(f"收到的报文无法解读（{type(error).__name__}）")

    @property
    def preferred_kex(self) -> tuple[str, ...]:
        """Key exchanges."""
        return self._ours.key_exchange

    @property
    def preferred_keys(self) -> tuple[str, ...]:
        """Signatures of host keys."""
        return self._host_keys

    @property
    def preferred_pubkeys(self) -> tuple[str, ...]:
        """Signatures of keys that we log in with."""
        return self._ours.host_key

    @property
    def preferred_ciphers(self) -> tuple[str, ...]:
        """Ciphers in both directions."""
        return self._ours.cipher

    @property
    def preferred_macs(self) -> tuple[str, ...]:
        """MACs in both directions; of no effect with GCM."""
        return self._ours.mac

    def _really_parse_kex_init(self, *args: Any, **options: Any) -> dict[str, Any]:
        """Keep the device's lists: paramiko tells only that nothing fitted."""
        said: dict[str, Any] = super()._really_parse_kex_init(*args, **options)  # type: ignore[misc]
        self.offered = Algorithms(
            key_exchange=tuple(said["kex_algo_list"]),
            host_key=tuple(said["server_key_algo_list"]),
            cipher=tuple(said["server_encrypt_algo_list"]),
            mac=tuple(said["server_mac_algo_list"]),
        )
        return said


def _opening(number: int, window: int, packet: int) -> paramiko.Message:
    """Ask for a channel for a terminal (RFC 4254, 6.1)."""
    message = paramiko.Message()
    message.add_byte(_CHANNEL_OPEN)
    message.add_string("session")
    for value in (number, window, packet):
        message.add_int(value)
    return message
