"""Running against saved configuration."""

import pytest

from parsers.config_diff import compare
from parsers.config_tree import ConfigTree, build_tree
from parsers.template import UnreadableError


def tree(text: str, command: str = "running") -> ConfigTree:
    return build_tree(text.splitlines(), command=command, capture=command)


BASE = """!Software Version V200R019C10SPC500
#
sysname demo
#
interface GE1/0/1
 description uplink
 undo shutdown
#
local-user ops
 password cipher $1$aaaa
"""


def test_the_same_configuration_has_no_differences() -> None:
    assert compare(tree(BASE), tree(BASE, "saved")).differences == ()


def test_a_changed_line_counts_once_on_each_side_with_its_block() -> None:
    state = compare(tree(BASE.replace("uplink", "to core")), tree(BASE, "saved"))
    assert state.differences == (
        ("+", "interface GE1/0/1 / description to core"),
        ("-", "interface GE1/0/1 / description uplink"),
    )
    assert (state.seen.command, state.seen.lines) == ("running", (6,))


def test_a_line_only_in_the_saved_configuration_is_shown_there() -> None:
    state = compare(tree(BASE.replace(" undo shutdown\n", "")), tree(BASE, "saved"))
    assert state.differences == (("-", "interface GE1/0/1 / undo shutdown"),)
    assert (state.seen.command, state.seen.lines) == ("saved", (7,))


def test_a_line_that_stands_twice_differs_from_one_that_stands_once() -> None:
    twice = BASE.replace(" undo shutdown\n", " undo shutdown\n undo shutdown\n")
    assert compare(tree(twice), tree(BASE, "saved")).differences == (
        ("+", "interface GE1/0/1 / undo shutdown"),
    )


def test_headers_order_and_salts_are_not_differences() -> None:
    other = """!Last configuration was saved at 2026-01-01 10:00:00 UTC
#
local-user ops
 password cipher $1$bbbb
#
interface GE1/0/1
 undo shutdown
 description uplink
#
sysname demo
return
"""
    assert compare(tree(BASE), tree(other, "saved")).differences == ()


def test_secrets_are_masked_in_differences() -> None:
    more = BASE + "snmp-agent community read cipher CANARY\n"
    (difference,) = compare(tree(more), tree(BASE, "saved")).differences
    assert difference == ("+", "snmp-agent community read cipher ******")


@pytest.mark.parametrize(("running", "saved"), [("", BASE), (BASE, ""), ("#\n!\n", BASE)])
def test_an_empty_configuration_says_nothing(running: str, saved: str) -> None:
    with pytest.raises(UnreadableError, match="is empty"):
        compare(tree(running), tree(saved, "saved"))


def test_a_key_that_spans_lines_is_hidden_whole() -> None:
    key = ["pki import", " -----BEGIN RSA PRIVATE KEY-----", " MIIEsecret", " -----END RSA PRIVATE KEY-----"]
    state = compare(tree(BASE + "\n".join(key) + "\n"), tree(BASE, "saved"))
    assert [shown.rpartition(" / ")[2] for _, shown in state.differences] == [
        "pki import",
        "-----BEGIN RSA PRIVATE KEY-----",
        "******",
        "-----END RSA PRIVATE KEY-----",
    ]
