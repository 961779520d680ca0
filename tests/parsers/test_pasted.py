"""Outputs as people paste them: prompts, what was typed, margins."""

import pytest

from parsers.pasted import as_printed, flush


def test_escapes_of_a_recorder_are_undone_and_nothing_else() -> None:
    assert as_printed(rb"NAME: \"Chassis\", SN: X1  \x20" + b"\n", "show inventory") == (
        b'NAME: "Chassis", SN: X1   \n'
    )
    assert as_printed(b'a "b" \\n', "show inventory") == b'a "b" \\n'


@pytest.mark.parametrize(
    "typed",
    [
        "sw-1# show ip arp",
        "sw-1# sh ip arp vrf blue",
        "sw-1(config-if)#sho ip arp vrf all",
        "<sw-1>show ip arp vrf all",
        "[~sw-1-vlan7]show ip arp",
        "\n\n show ip arp vrf all",
        "sw-1# show ip 192.0.2.1 arp",
        "sw-1(config)# do show ip arp",
    ],
)
@pytest.mark.parametrize("left", ["", "sw-1#\n", "<sw-1>\n<sw-1>\n\n", "[sw-1]quit\n<sw-1>"])
def test_what_was_typed_and_the_prompts_after_the_answer_are_cut_off(typed: str, left: str) -> None:
    raw = f"{typed}\r\n\r\n a  1\r\n b  2\r\n{left}".encode()
    assert as_printed(raw, "show ip arp vrf all").rstrip(b"\n") == b"\r\n a  1\r\n b  2\r"


@pytest.mark.parametrize(
    "raw",
    [
        "show ip route\nx\n",
        "s ip arp\nx\n",
        "sw-1# show version\nx\n",
        "a\nsw-1# show ip arp\nx\nsw-1# show ip route\n",
        "a\n <b> c\n [d] e\n",
        "a\nf# g\n",
    ],
)
def test_lines_that_answer_the_command_stay(raw: str) -> None:
    assert as_printed(raw.encode(), "show ip arp vrf all").rstrip(b"\n") == raw.encode().rstrip(b"\n")


def test_a_margin_is_what_all_lines_but_the_first_share() -> None:
    assert flush(b"a\n    b\n\n\t  c\n") == b"a\nb\n\n      c\n"
    assert flush(b"    a\n    b\n      c\n") == b"a\nb\n  c\n"
    assert flush(b"  a\n    b\n") == b"  a\nb\n"
    assert flush(b"      a\n    b\n      c\n") == b"  a\nb\n  c\n"
    assert flush(b"    a\n") == b"a\n"


@pytest.mark.parametrize("raw", [b"", b"a\n", b"a\n b\n   c\n", b"a\nb\n"])
def test_without_a_margin_there_is_nothing_to_take_away(raw: bytes) -> None:
    assert flush(raw) is None
