"""SSH packets, read by whoever waits for them.

paramiko has a thread for every connection that reads each packet and wakes the one who waits for what is in
it. For a short answer these changes between threads cost more than everything else. Here paramiko's loop, in
its thread or in a hub, reads until somebody is logged in. Then it lends the reading to a `Shell`: what a
device prints is taken out of the packets where it is waited for, and paramiko's loop gets all other packets
handed, one by one.
"""

from collections.abc import Callable
from contextlib import suppress
from hmac import compare_digest
from time import monotonic
from typing import Any

import paramiko
from paramiko.packet import NeedRekeyException, Packetizer, compute_hmac

from collector.dial import hang_up
from collector.hub import Box, Reader, received

_READ_BYTES = 65536
_MOST_BYTES = 256 * 1024
"""Longest packet, as in OpenSSH. We ask for no more than 32 kB of data in one (RFC 4254, 5.2)."""
_LINE_BYTES = 64 * 1024
_SLICE_S = 0.1
_SEND_S = 30.0
"""Longest wait until a device takes a line; it does not while keys are exchanged."""
_BLOCKED_S = 3.0
"""Longest time, all in all, that a connection may hold up the hub by not taking what is written."""
_BUSY_S = 0.1
"""How long after its end a wait goes on while packets come: data that were there may be behind them."""
_DATA = 94
"""SSH_MSG_CHANNEL_DATA."""

Message = tuple[int, paramiko.Message]


class Packets(Packetizer):
    """paramiko's packets with a reading side that keeps half a packet until the rest has come."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._stream = stream
        # paramiko tries again and again to write what is not taken, so it has to wait in between.
        stream.settimeout(_SLICE_S)
        self._unread = bytearray()
        self._head = b""
        """Of the next packet: what tells its length, deciphered where that is ciphered."""
        self._number = 0
        self._received = 0
        self._engine: Any = None
        self._block, self._mac_bytes = 8, 0
        self._mac: Callable[[bytes], bytes] = lambda _said: b""
        self._etm = self._aead = False
        self._salt, self._nonce = b"", 0
        self._blocked_s = 0.0
        self._lent = self._over = False
        self._reader: Reader | None = None
        """None: nobody reads so far, or any more."""
        self._asked: Box[None] = Box()
        """paramiko's loop puts something in when it has dealt with what it was handed."""
        self._handed: Box[Message | BaseException | None] = Box()
        """None: paramiko's loop reads again."""

    def start_handshake(self, timeout: float) -> None:
        """Start no timer, which paramiko does for every handshake and stops at every packet.

        Whoever logs in has a limit for the whole (`collector.ssh`).
        """

    def set_inbound_cipher(
        self,
        block_engine: Any,
        block_size: int,
        mac_engine: Any,
        mac_size: int,
        mac_key: Any,
        etm: bool = False,  # noqa: FBT001, FBT002
        aead: bool = False,  # noqa: FBT001, FBT002
        iv_in: Any = None,
    ) -> None:
        """Decipher from now on with this."""
        super().set_inbound_cipher(block_engine, block_size, mac_engine, mac_size, mac_key, etm, aead, iv_in)
        self._engine, self._block, self._mac_bytes = block_engine, block_size, mac_size
        self._mac = lambda said: compute_hmac(mac_key, said, mac_engine)[:mac_size]
        self._etm, self._aead = etm, aead
        if aead:
            self._salt, self._nonce = iv_in[:4], int.from_bytes(iv_in[4:])
        self._received = 0

    def reset_seqno_in(self) -> None:
        """Count packets from 0 again (strict key exchange)."""
        self._number = 0

    def readline(self, timeout: float) -> str:
        """Read a line of the greeting; raises TimeoutError, EOFError."""
        until = monotonic() + timeout
        while b"\n" not in self._unread:
            if not self.fill(until) and monotonic() >= until:
                raise TimeoutError
            if len(self._unread) > _LINE_BYTES:
                raise paramiko.SSHException("a line without an end")
        line, _, self._unread = self._unread.partition(b"\n")
        return line.removesuffix(b"\r").decode("utf-8")

    def read_message(self) -> Message:
        """Give paramiko's loop its next message: the next at all, or the next that it is handed."""
        while True:
            if self._lent:
                self._asked.put(None)
                handed = self._handed.get()
                if isinstance(handed, BaseException):
                    raise handed
                if handed is not None:
                    return handed
            elif (payload := self.next_payload()) is not None:
                return self.message(payload)
            elif not self.fill(monotonic() + _SLICE_S):
                if self.need_rekey():
                    raise NeedRekeyException
                self._check_keepalive()  # type: ignore[attr-defined]

    def close(self) -> None:
        """Close the connection; paramiko's loop does not wait for anything more."""
        self._interrupt()
        super().close()
        self._handed.put(EOFError())

    def write_all(self, out: Any) -> None:
        """Write as paramiko does, which would try for ever; raises EOFError when the connection has ended.

        Nobody else goes on meanwhile: locks are held. What a device does not take goes into a buffer, which
        is full only when the device asks a lot and reads nothing.
        """
        while out:
            begun = monotonic()
            try:
                sent = self._stream.send(out)
            except (TimeoutError, BlockingIOError):
                self._blocked_s += monotonic() - begun
                if self.closed or self._blocked_s >= _BLOCKED_S:
                    hang_up(self._stream)
                    raise EOFError from None
            except (OSError, paramiko.SSHException):
                raise EOFError from None
            else:
                if not sent:
                    raise EOFError
                out = out[sent:]

    def fill(self, until: float) -> bool:
        """Wait for bytes for a moment, at most until that one (of `time.monotonic`); False: none came.

        Raises EOFError when the connection has ended.
        """
        try:
            chunk = received(self._stream, until, _READ_BYTES)
        except (TimeoutError, BlockingIOError):
            chunk = None
        except OSError:
            if self.closed:
                raise EOFError from None
            raise
        if chunk == b"" or self.closed:
            raise EOFError
        self._unread += chunk or b""
        return chunk is not None

    def next_payload(self) -> bytes | None:
        """Decipher and verify the next packet; None: it is not there to its end.

        Raises SSHException for one that is not whole, cryptography's InvalidTag with GCM.
        """
        unread, clear_length = self._unread, self._etm or self._aead
        if not self._head:
            have = 4 if clear_length else self._block
            if len(unread) < have:
                return None
            head = bytes(unread[:have])
            self._head = head if clear_length or self._engine is None else self._engine.update(head)
        size = int.from_bytes(self._head[:4])
        if not 2 <= size <= _MOST_BYTES or (not clear_length and (size + 4) % self._block):
            raise paramiko.SSHException(f"a packet of {size} bytes")
        end = 4 + size + self._mac_bytes
        if len(unread) < end:
            return None
        plain = self._opened(bytes(unread[len(self._head) : end]), size)
        self._head = b""
        del unread[:end]
        self._count(end)
        payload = plain[1 : size - plain[0]]
        if not payload:
            raise paramiko.SSHException("an empty packet")
        return payload

    def _opened(self, rest: bytes, size: int) -> bytes:
        """Decipher and verify what follows the head of a packet of that size."""
        if self._aead:
            nonce = self._salt + self._nonce.to_bytes(8)
            self._nonce = (self._nonce + 1) & 0xFFFFFFFFFFFFFFFF
            opened: bytes = self._engine.decrypt(nonce, rest, self._head)
            return opened
        body, mac = rest[: 4 + size - len(self._head)], rest[4 + size - len(self._head) :]
        sealed = self._head + body
        plain = body if self._engine is None else self._engine.update(body)
        told = sealed if self._etm else self._head + plain
        if self._mac_bytes and not compare_digest(self._mac(self._number.to_bytes(4) + told), mac):
            raise paramiko.SSHException("Mismatched MAC")
        return (self._head + plain)[4:]

    def _count(self, size: int) -> None:
        """Number the packet; ask for new keys when much was read by the old ones (RFC 4253, 9)."""
        self._number = (self._number + 1) & 0xFFFFFFFF
        if not self._number and not self._initial_kex_done:  # type: ignore[attr-defined]
            raise paramiko.SSHException("Sequence number rolled over during initial kex!")
        self._received += size
        if self._received >= self.REKEY_BYTES + self.REKEY_BYTES_OVERFLOW_MAX:
            raise paramiko.SSHException("Remote transport is ignoring rekey requests")
        if self._received >= self.REKEY_BYTES and not self.need_rekey():
            self._trigger_rekey()  # type: ignore[attr-defined]

    def message(self, payload: bytes) -> Message:
        """Give the packet that was read last as paramiko has it."""
        message = paramiko.Message(payload[1:])
        message.seqno = (self._number - 1) & 0xFFFFFFFF
        return payload[0], message

    def lend(self) -> None:
        """Make paramiko's loop read no more; in a thread it notices soon, or at the next packet."""
        self._lent = True
        self._interrupt()
        self._asked.get()

    def take_back(self) -> None:
        """Have paramiko's loop read again."""
        self._lent = False
        self._handed.put(None)

    def hand_over(self, what: Message | BaseException) -> None:
        """Let paramiko's loop deal with a message, or end by an error, before anything more is read."""
        if not self._over:
            self._handed.put(what)
            self._asked.get()

    def begin(self) -> None:
        """Note that paramiko's loop begins, here: from the greeting on it reads."""
        self._reader = Reader()

    def end(self) -> None:
        """Note that paramiko's loop has ended."""
        self._over = True
        self._reader = None
        self._asked.put(None)

    def _interrupt(self) -> None:
        if self._reader is not None:
            self._reader.interrupt()


class Shell:
    """The terminal of a connection that is logged in, read in the thread that waits for it."""

    def __init__(self, transport: paramiko.Transport, channel: paramiko.Channel, packets: Packets) -> None:
        # Their types leave out much of what they have.
        self._transport: Any = transport
        self._channel: Any = channel
        self._packets = packets
        packets.lend()
        self._arrived = bytearray(channel.in_buffer.empty())
        """Data that nobody has asked for yet."""
        self._untold = 0
        """Bytes that came since the device was last told that it may send more."""
        self._take_all()

    def receive(self, until: float) -> bytes | None:
        """Wait for bytes until that moment; None: none came, b"": the connection has ended."""
        while not self._arrived and not self.has_ended():
            if not self._fill_and_take(until):
                break
        if not self._arrived:
            return b"" if self.has_ended() else None
        self._make_room()
        data = bytes(self._arrived)
        self._arrived.clear()
        return data

    def send(self, data: bytes) -> None:
        """Send bytes; raises OSError or EOFError when the connection has ended or does not take them."""
        until = monotonic() + _SEND_S
        while not self._takes(len(data)):
            if self.has_ended() or not self._fill_and_take(until):
                raise OSError("the connection takes nothing more")
        channel = self._channel
        with channel.lock:
            if channel.closed:
                raise OSError("the connection has ended")
            channel.out_window_size -= len(data)
        head = channel.remote_chanid.to_bytes(4) + len(data).to_bytes(4)
        self._say(paramiko.Message(bytes([_DATA]) + head + data))

    def give_up(self) -> None:
        """Read no more, since the connection is about to be closed."""
        if not self._transport.clear_to_send.is_set():
            # Closing says goodbye to the device, which waits until keys that are being exchanged are there.
            self._packets.take_back()

    def has_ended(self) -> bool:
        """Tell whether nothing more can come, by what was read so far."""
        channel = self._channel
        return bool(channel.closed or channel.eof_received or not self._transport.active)

    def is_alive(self) -> bool:
        """Tell whether the connection is open, by what has arrived."""
        until = monotonic() + _BUSY_S
        while not self.has_ended() and monotonic() < until and self._fill(0.0):
            self._take_all()
        return not self.has_ended()

    def _takes(self, size: int) -> bool:
        return bool(self._transport.clear_to_send.is_set() and self._channel.out_window_size >= size)

    def _say(self, message: paramiko.Message) -> None:
        """Send a message unless keys are being exchanged, as `_takes` has told."""
        # paramiko's own way there waits for an event first, which costs as much as sending.
        with self._transport.clear_to_send_lock:
            if not self._transport.clear_to_send.is_set():
                raise OSError("the connection takes nothing while keys are exchanged")
            self._transport._send_message(message)  # noqa: SLF001

    def _fill_and_take(self, until: float) -> bool:
        """Take what comes for a moment; False: that one has come, however much comes that is no data."""
        came = self._fill(until)
        if came:
            self._take_all()
        return monotonic() < until + (_BUSY_S if came else 0.0)

    def _fill(self, until: float) -> bool:
        """Wait for bytes, at most until that moment; False: none came."""
        try:
            return self._packets.fill(until)
        except (EOFError, OSError) as error:
            self._packets.hand_over(error)
            return True

    def _take_all(self) -> None:
        """Take all packets that have come whole."""
        while not self.has_ended():
            try:
                payload = self._packets.next_payload()
            except Exception as error:  # noqa: BLE001 - raised again where paramiko ends the connection for it
                self._packets.hand_over(error)
                return
            if payload is None:
                return
            self._take(payload)

    def _take(self, payload: bytes) -> None:
        transport, channel = self._transport, self._channel
        ours = payload[0] == _DATA and int.from_bytes(payload[1:5]) == channel.chanid
        if ours and not transport._expected_packet:  # noqa: SLF001
            data = payload[9 : 9 + int.from_bytes(payload[5:9])]
            self._arrived += data
            self._untold += len(data)
        else:
            self._packets.hand_over(self._packets.message(payload))
        if self._packets.need_rekey() and not transport.in_kex:
            self._packets.hand_over(NeedRekeyException())

    def _make_room(self) -> None:
        """Tell the device that it may send more, when paramiko finds it due and it may be told now."""
        if self._untold <= self._channel.in_window_threshold or not self._transport.clear_to_send.is_set():
            return
        room = self._channel._check_add_window(self._untold)  # noqa: SLF001
        self._untold = 0
        if room:
            message = paramiko.Message()
            message.add_byte(b"\x5d")  # SSH_MSG_CHANNEL_WINDOW_ADJUST
            message.add_int(self._channel.remote_chanid)
            message.add_int(room)
            # A connection that has broken meanwhile says so when it is read; what has come is not lost.
            with suppress(EOFError, OSError):
                self._say(message)
