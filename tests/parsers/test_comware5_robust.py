"""Comware 5: what cannot be read, is cut off or is damaged never becomes a value."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.facts import Known, Partial, Reason, Unknown
from tests.parsers.comware5_outputs import (
    ALIEN,
    PATCHES,
    PEERS,
    PLATFORM,
    RUNNING,
    SAVED,
    WHOLE,
    configured,
    facts_of,
    fixture,
    read,
)

UNREADABLE: dict[str, tuple[str, dict[str, str], str]] = {
    "log buffer is off": (
        "log_events",
        {"display logbuffer": fixture("display logbuffer", "disabled")},
        "disabled",
    ),
    "more patches in states than there are": (
        "patches",
        {PATCHES: fixture(PATCHES, "states_of_two_slots").replace("4        2", "2        2")},
        "more states than patches",
    ),
    "a log host on a channel without a rule": (
        "info_center",
        {RUNNING: configured(" info-center loghost 192.0.2.251 channel 6\n")},
        "channel6",
    ),
    "a log level nobody knows": (
        "info_center",
        {RUNNING: configured(" info-center source default channel loghost log level loud\n")},
        "'loud'",
    ),
    "a configuration that is cut short": ("users", {RUNNING: configured()[: -len("return\n")]}, "return"),
    "IS-IS is configured and says nothing": (
        "isis",
        {RUNNING: configured("isis 1\n"), "display isis peer": ""},
        "printed nothing",
    ),
    "peers of a VPN instance, which are printed elsewhere": (
        "bgp",
        {
            RUNNING: configured(
                "bgp 65001\n #\n ipv4-family vpn-instance lab\n  peer 192.0.2.9 as-number 65002\n"
            ),
            **PEERS,
        },
        "ipv4-family vpn-instance lab",
    ),
    "VRRP is configured and says nothing": (
        "fhrp",
        {
            RUNNING: configured("interface Vlan-interface10\n vrrp vrid 1 virtual-ip 192.0.2.1\n"),
            "display vrrp verbose": "",
        },
        "printed nothing",
    ),
    "no word on the Telnet server, which some models start": ("telnet", {RUNNING: configured()}, "depends"),
    "no console": ("console", {RUNNING: configured()}, "no user-interface con"),
    "loop detection is on, and what it found is printed elsewhere": (
        "loop_detection",
        {RUNNING: configured(" loopback-detection enable\n")},
        "no table of looped ports",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable(case: tuple[str, dict[str, str], str]) -> None:
    fact, outputs, detail = case
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert detail in found.detail


# What is said of these counts only where they are configured, which they are not here.
NOT_USED = {"display bgp peer", "display isis peer", "display poe interface", "display vrrp verbose"}
TEMPLATED = sorted(set(WHOLE) - {RUNNING, SAVED, *NOT_USED})


def users_of(command: str) -> list[str]:
    """Facts that rest on this command."""
    return [name for name, steps in PLATFORM.facts.items() if any(command in step.any_of for step in steps)]


@pytest.mark.parametrize("command", TEMPLATED)
def test_garbage_is_never_known(command: str) -> None:
    facts = facts_of(WHOLE | {command: f"{ALIEN}\n{ALIEN}\n"})
    assert [name for name in users_of(command) if isinstance(getattr(facts, name), Known)] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_cut_off_outputs_never_raise(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(sorted(WHOLE)))
    length = data.draw(st.integers(0, len(WHOLE[command])))
    facts = facts_of(WHOLE | {command: WHOLE[command][:length]})
    assert isinstance(facts.software, Known | Partial | Unknown)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_unknown_line_is_never_overlooked(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(TEMPLATED))
    lines = WHOLE[command].splitlines()
    # Below a message of the log that ended without a full stop any line is part of the message.
    at = data.draw(st.integers(0, 7 if command == "display logbuffer" else len(lines)))
    facts = facts_of(WHOLE | {command: "\n".join([*lines[:at], ALIEN, *lines[at:]])})
    assert [name for name in users_of(command) if isinstance(getattr(facts, name), Known)] == []
