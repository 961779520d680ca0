"""The telnet protocol around a conversation: what is left of the bytes, and what is answered."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.telnet_options import Options, TelnetProtocolError

IAC, DONT, DO, WONT, WILL, SB, SE = b"\xff", b"\xfe", b"\xfd", b"\xfc", b"\xfb", b"\xfa", b"\xf0"
ECHO, SGA, STATUS, TYPE, SIZE, ENVIRONMENT = b"\x01", b"\x03", b"\x05", b"\x18", b"\x1f", b"\x27"

CASES = [
    (b"<sw>", b"<sw>", b""),
    (IAC + WILL + ECHO + b"User:", b"User:", IAC + DO + ECHO),
    (IAC + WILL + SGA, b"", IAC + DO + SGA),
    (IAC + WILL + STATUS, b"", IAC + DONT + STATUS),
    (IAC + DO + SGA, b"", IAC + WILL + SGA),
    (IAC + DO + ECHO, b"", IAC + WONT + ECHO),
    (IAC + DO + ENVIRONMENT, b"", IAC + WONT + ENVIRONMENT),
    (IAC + WONT + ECHO, b"", b""),
    (IAC + DONT + SGA, b"", b""),
    (2 * (IAC + WILL + ECHO), b"", IAC + DO + ECHO),
    (IAC + WILL + ECHO + IAC + WONT + ECHO, b"", IAC + DO + ECHO + IAC + DONT + ECHO),
    (IAC + DO + TYPE, b"", IAC + WILL + TYPE),
    (
        IAC + DO + TYPE + IAC + SB + TYPE + b"\x01" + IAC + SE,
        b"",
        IAC + WILL + TYPE + IAC + SB + TYPE + b"\x00VT100" + IAC + SE,
    ),
    (IAC + SB + TYPE + b"\x01" + IAC + SE, b"", b""),
    # 511 columns are 0x01FF: the byte 255 is doubled.
    (
        IAC + DO + SIZE,
        b"",
        IAC + WILL + SIZE + IAC + SB + SIZE + b"\x01\xff\xff\x03\xe8" + IAC + SE,
    ),
    (b"a" + IAC + IAC + b"b", b"a\xffb", b""),
    (b"a" + IAC + b"\xf9" + b"b", b"ab", b""),
    (IAC + SB + ENVIRONMENT + b"\x01" + IAC + IAC + b"x" + IAC + SE + b"y", b"y", b""),
    (b"one\r\ntwo\r\x00three\x00", b"one\r\ntwo\rthree\x00", b""),
]


@pytest.mark.parametrize(("received", "said", "reply"), CASES)
def test_what_is_said_and_what_is_answered(received: bytes, said: bytes, reply: bytes) -> None:
    assert Options().take(received) == (said, reply)


@given(
    st.lists(st.sampled_from([received for received, _, _ in CASES]), max_size=6),
    st.lists(st.integers(0, 200), max_size=8),
)
def test_bytes_may_be_cut_anywhere(parts: list[bytes], cuts: list[int]) -> None:
    whole = b"".join(parts)
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    options = Options()
    taken = [options.take(whole[begin:end]) for begin, end in pairwise(places)]
    in_one = Options().take(whole)
    assert (b"".join(said for said, _ in taken), b"".join(reply for _, reply in taken)) == in_one


@given(st.binary(max_size=300))
def test_any_bytes_are_taken(received: bytes) -> None:
    said, reply = Options().take(received)
    assert len(said) <= len(received)
    # A reply is of telnet commands alone: nothing that a shell would take for a line.
    assert b"\n" not in reply
    assert b"\r" not in reply


def test_a_subnegotiation_has_an_end() -> None:
    options = Options()
    assert options.take(IAC + SB + TYPE + b"x" * 900) == (b"", b"")
    with pytest.raises(TelnetProtocolError):
        options.take(b"x" * 900)
