"""Comware 7: the platform file, unanswered commands, and outputs that are damaged."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.capture import CaptureStatus
from parsers.facts import Facts, Known, Partial, Reason, Unknown
from parsers.reader import read_facts
from tests.parsers import (
    test_attacks,
    test_comware_access,
    test_comware_config,
    test_comware_hardware,
    test_comware_network,
    test_comware_resources,
    test_comware_routing,
    test_comware_switching,
    test_comware_system,
    test_hardening,
    test_ip_settings,
    test_routing_settings,
)
from tests.parsers.comware_outputs import PLATFORM, RUNNING, SAVED, capture, fixture, fixtures, snake

DEMO = Path("collector/simulator/demo/demo-core")
# Protocols that only count where they are configured.
EVERY_PROTOCOL = (
    "m-lag system-number 1\n#\nbgp 65001\n#\nisis 1\n#\n"
    "interface Vlan-interface9\n vrrp vrid 1\n poe enable\n#\nreturn"
)
# A whole device; what moves with the time does not matter here, so the clock and the log are fixtures.
WHOLE = {c: (DEMO / f"{snake(c)}.txt").read_text("utf-8") for c in PLATFORM.commands()} | {
    "display clock": fixture("display clock", "zone_ahead"),
    "display logbuffer": fixture("display logbuffer", "messages"),
    "display interface": fixture("display interface", "aggregate_vlan_and_null"),
    "display ntp-service status": fixture("display ntp-service status", "synchronized"),
    RUNNING: (DEMO / "display_current_configuration.txt")
    .read_text("utf-8")
    .replace("return", EVERY_PROTOCOL),
    "display bgp peer ipv4": fixture("display bgp peer ipv4", "states"),
    "display isis peer": fixture("display isis peer", "two_neighbours"),
    "display m-lag summary": fixture("display m-lag summary", "two_interfaces"),
    "dir": fixture("dir", "files_and_a_folder"),
    "display poe interface": fixture("display poe interface", "some_ports"),
    "display users": fixture("display users", "two_sessions"),
    "display ospf peer verbose": fixture("display ospf peer verbose", "broadcast_and_p2p"),
}
# Every line of a configuration is one, so there are no unknown lines in it.
TEMPLATED = sorted(set(WHOLE) - {RUNNING, SAVED})
ALIEN = "~~ no switch has ever printed this line ~~"


def facts_of(outputs: dict[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def users_of(command: str) -> list[str]:
    """Facts that rest on this command."""
    return [name for name, steps in PLATFORM.facts.items() if any(command in step.any_of for step in steps)]


def test_every_fact_of_the_platform_has_a_case() -> None:
    tables = (
        test_comware_access.CASES,
        test_comware_hardware.CASES,
        test_comware_network.CASES,
        test_comware_resources.CASES,
        test_comware_routing.CASES,
        test_comware_switching.CASES,
        test_comware_system.CASES,
    )
    tested = {fact for table in tables for fact, _, _ in table.values()}
    tested |= {fact for fact, _, _ in test_comware_config.CASES.values()}
    tested |= test_hardening.FACTS | test_routing_settings.FACTS | test_ip_settings.FACTS | test_attacks.FACTS
    assert tested | {"interfaces", "saved_state", "config"} == set(PLATFORM.facts)


@pytest.mark.parametrize("status", [s for s in CaptureStatus if s is not CaptureStatus.OK])
@pytest.mark.parametrize("fact", sorted(PLATFORM.facts))
def test_unanswered_commands_make_a_fact_unknown(fact: str, status: CaptureStatus) -> None:
    captures = [capture(c, WHOLE[c], status) for step in PLATFORM.facts[fact] for c in step.any_of]
    unknown = getattr(read_facts(PLATFORM, captures), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason(status.value)


@pytest.mark.parametrize("fact", ["inventory", "optics"])
def test_serial_numbers_of_optics_are_not_needed(fact: str) -> None:
    refused = capture(
        "display transceiver manuinfo interface",
        "              ^\n % Unrecognized command found at '^' position.",
        CaptureStatus.REFUSED,
    )
    answered = [capture(c, text) for c, text in WHOLE.items() if c != refused.command]
    assert isinstance(getattr(read_facts(PLATFORM, [*answered, refused]), fact), Known)


# --- the platform file ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (fixture("display version", "irf_with_patch"), True),
        (fixture("display version", "hpe_router_like"), True),
        ("H3C Comware Software, Version 9.1.058, Release 9126P01\n", True),
        ("H3C Comware Platform Software\nComware Software, Version 5.20, Release 1211\n", False),
        ("HPE Comware Platform Software\nComware Software, Version 5.20.106, Release 2516P13\n", False),
        ("VRP (R) software, Version 5.170 (S5735 V200R019C10SPC500)\n", False),
        ("Cisco Nexus Operating System (NX-OS) Software\n", False),
    ],
)
def test_platform_is_recognised_by_its_version(text: str, ours: bool) -> None:
    assert all(pattern.search(text) for pattern in PLATFORM.recognise) is ours


@pytest.mark.parametrize(
    ("line", "is_prompt"),
    [
        ("<demo-core>", True),
        ("<H3C_1.demo-Slot2>", True),
        ("[demo-core]", False),
        ("[V200R009C00SPC500]", False),
        ("<two words>", False),
        (" description <uplink> to core", False),
        ("#", False),
    ],
)
def test_prompt(line: str, is_prompt: bool) -> None:
    assert bool(PLATFORM.prompt.fullmatch(line)) is is_prompt


@pytest.mark.parametrize(
    ("text", "is_refused", "lacks_privilege"),
    [
        ("               ^\n % Unrecognized command found at '^' position.", True, False),
        ("                 ^\n % Incomplete command found at '^' position.", True, False),
        ("                 ^\n % Wrong parameter found at '^' position.", True, False),
        ("                 ^\n % Too many parameters found at '^' position.", True, False),
        ("                 ^\n % Ambiguous command found at '^' position.", True, False),
        ("Permission denied.", False, True),
        ("% Permission denied.", False, True),
        (WHOLE["display logbuffer"], False, False),
        (WHOLE[RUNNING], False, False),
        (" description Permission denied. Ask the owner", False, False),
    ],
)
def test_refusals_are_told_from_outputs(text: str, is_refused: bool, lacks_privilege: bool) -> None:
    assert any(p.search(text) for p in PLATFORM.refused) is is_refused
    assert any(p.search(text) for p in PLATFORM.no_privilege) is lacks_privilege


def test_nothing_but_printing_is_allowed() -> None:
    others = {c for c in PLATFORM.allowed if not c.startswith("display ")}
    assert others == {"screen-length disable", "dir"}


# --- damaged outputs ------------------------------------------------------------------------------


def test_the_whole_device_is_known() -> None:
    facts = facts_of(WHOLE)
    others = {n for n in PLATFORM.facts if not isinstance(getattr(facts, n), Known)}
    # The interface list is shorter than the aggregations here, which is noticed.
    assert others == {"lags"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_cut_off_outputs_never_raise(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(sorted(WHOLE)))
    length = data.draw(st.integers(0, len(WHOLE[command])))
    facts = facts_of(WHOLE | {command: WHOLE[command][:length]})
    assert isinstance(facts.software, Known | Partial | Unknown)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_lines_lost_or_changed_never_raise(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(TEMPLATED))
    path = data.draw(st.sampled_from(sorted(fixtures(command).glob("*.txt"))))
    lines = path.read_text("utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    changed = data.draw(st.sampled_from(["", lines[at][::-1], lines[at][: len(lines[at]) // 2], "0", "%"]))
    damaged = [*lines[:at], changed, *lines[at + 1 :]]
    facts = facts_of(WHOLE | {command: "\n".join(damaged)})
    assert isinstance(facts.software, Known | Partial | Unknown)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_unknown_line_is_never_overlooked(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(TEMPLATED))
    lines = WHOLE[command].splitlines()
    # Below a message of the log that ended without a full stop any line is part of the message.
    last = 6 if command == "display logbuffer" else len(lines)
    at = data.draw(st.integers(0, last))
    facts = facts_of(WHOLE | {command: "\n".join([*lines[:at], ALIEN, *lines[at:]])})
    known = [name for name in users_of(command) if isinstance(getattr(facts, name), Known)]
    assert known == []


@pytest.mark.parametrize("command", TEMPLATED)
def test_garbage_is_never_known(command: str) -> None:
    facts = facts_of(WHOLE | {command: f"{ALIEN}\n{ALIEN}\n"})
    assert [name for name in users_of(command) if isinstance(getattr(facts, name), Known)] == []
