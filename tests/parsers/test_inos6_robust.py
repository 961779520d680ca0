"""INOS 6: what cannot be, what is cut off and what is damaged never becomes a value."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.facts import Partial, Reason, Unknown
from tests.parsers.comware_outputs import plain
from tests.parsers.inos6_outputs import (
    ALIEN,
    COMMANDS,
    ENVIRONMENT,
    FIXTURES,
    LINES,
    PLATFORM,
    RUNNING,
    SAVED,
    STATUS,
    SWITCH,
    TEMPLATED,
    VERSION,
    WHOLE,
    configured,
    facts_of,
    fixture,
    read,
)

UNREADABLE: dict[str, tuple[str, dict[str, str], str]] = {
    "no head of spanning tree": ("stp_ports", {"show spanning-tree brief": "\n"}, "state of the whole"),
    "nobody is logged in": ("login_sessions", {"show users": "\n"}, "not even its head"),
    "a record of no day": (
        "log_events",
        {"show logging buffer": "Feb 30 01:02:03 demo LIB-6: x\n", "show clock": WHOLE["show clock"]},
        "Feb 30 01:02:03 is no time",
    ),
    "RIP": ("routing_auth", {RUNNING: configured("router rip\n network 192.0.2.0/24\n")}, "RIP runs"),
    "VLANs in other words": (
        "dhcp_snooping",
        {RUNNING: configured("dhcp snooping vlan all\n")},
        "VLANs 'all'",
    ),
    "a route of a VRF": (
        "static_routes",
        {RUNNING: configured("ip route vrf red 192.0.2.0/24 192.0.2.1\n")},
        "ip route vrf red",
    ),
    "no version": ("software", {VERSION: "lab uptime is 1 days, 2 hours, 3 minutes\n"}, "nothing of what"),
    "no name": (
        "identity",
        {VERSION: "INOS Software, S5350, Version 6.2.27.13\n"},
        "no hostname in it",
    ),
    "no serial number": (
        "inventory",
        {VERSION: "INOS Software, S5350, Version 6.2.27.13\n"},
        "no serial in it",
    ),
    "no sum": ("cpu", {"show cpu utilization": "Process              Usage(%)\nswitch   1.00\n"}, "no sum"),
    "an impossible load": ("cpu", {"show cpu utilization": "Total   101.00\n"}, "impossible"),
    "more used than there is": (
        "memory",
        {"show memory summary total": "Total memory      : 10 KB\nUsed memory       : 11 KB\n"},
        "impossible",
    ),
    "no fans": ("fans", {ENVIRONMENT: "Sensor status (Degree Centigrade):\n"}, "no fan in it"),
    "no ports": ("interfaces", {STATUS: "", RUNNING: configured()}, "no port in it"),
    "an aggregation by no known protocol": (
        "lags",
        {"show channel-group summary": "Aggregator Mode Protocol Ports\nagg1(SU) SLB PAGP eth-0-1(B)\n"},
        "'PAGP'",
    ),
    "values without a module": (
        "optics",
        {
            "show transceiver detail": "\n".join(
                fixture("show transceiver detail", "one_lane_flagged").splitlines()[10:]
            )
        },
        "nothing of the module itself",
    ),
    "no VLAN": ("vlans", {"show vlan all": ""}, "no VLAN in it"),
    "no state of the SSH server": ("ssh", {"show ip ssh server status": ""}, "whether the server is on"),
    "a mode nobody knows": (
        "stp",
        {RUNNING: configured("spanning-tree mode rpvst+\nspanning-tree enable\n")},
        "'rpvst+'",
    ),
    "a method nobody knows": (
        "aaa",
        {RUNNING: configured("aaa new-model\naaa authentication login default oracle\n")},
        "'oracle'",
    ),
    "a severity nobody knows": (
        "info_center",
        {RUNNING: configured("logging server severity loud\n")},
        "'loud'",
    ),
    "a transport nobody knows": (
        "vty",
        {RUNNING: configured(lines="line console 0\nline vty 0 7\n transport input carrier-pigeon\n")},
        "'carrier-pigeon'",
    ),
    "a date that is none": ("clock", {"show clock": "09:17:30 UTC Tue Feb 30 2019\n"}, "no time"),
    "a configuration without its end": ("users", {RUNNING: configured(lines="")}, "cut off"),
    "no configuration": ("users", {RUNNING: LINES}, "not a configuration"),
    "a saved configuration without its end": (
        "saved_state",
        {RUNNING: configured(), SAVED: configured(lines="")},
        "cut off",
    ),
}


@pytest.mark.parametrize(("fact", "outputs", "why"), UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_cannot_be_is_unknown(fact: str, outputs: dict[str, str], why: str) -> None:
    found = read(fact, outputs)
    assert isinstance(found, Unknown), found
    assert found.reason is Reason.UNPARSED
    assert why in found.detail


@pytest.mark.parametrize("fact", ["lldp", "ospf", "ntp"])
def test_what_is_configured_must_be_answered(fact: str) -> None:
    on = configured("lldp enable\nntp server 192.0.2.250\n", "router ospf 1\n")
    found = read(fact, {RUNNING: on})
    assert isinstance(found, Unknown)
    assert found.reason is Reason.NOT_COLLECTED


@pytest.mark.parametrize("command", TEMPLATED)
def test_an_unknown_line_makes_no_fact_known(command: str) -> None:
    facts = facts_of({**WHOLE, command: f"{WHOLE[command]}\n{ALIEN}\n"})
    for name, steps in PLATFORM.facts.items():
        asked = [step.any_of[0] for step in steps]
        if command in asked:
            assert isinstance(getattr(facts, name), Partial | Unknown), name


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEMPLATED), st.data())
def test_a_cut_output_never_gives_other_values(command: str, data: st.DataObject) -> None:
    """Rows of a beginning are rows of the whole, and nothing raises."""
    lines = WHOLE[command].splitlines()
    cut = "\n".join(lines[: data.draw(st.integers(0, len(lines)))])
    whole, part = facts_of(WHOLE), facts_of({**WHOLE, command: cut})
    for name in ("routes", "macs", "arp", "interfaces", "temperatures", "fans", "power_supplies"):
        found = getattr(part, name)
        if not isinstance(found, Unknown):
            assert {repr(plain(row)) for row in found.value} <= {
                repr(plain(row)) for row in getattr(whole, name).value
            }


SAVED_TEXTS = sorted(FIXTURES.rglob("*.txt"))


@settings(max_examples=120, deadline=None)
@given(path=st.sampled_from([*SAVED_TEXTS, *sorted(SWITCH.glob("show_*.txt"))]), data=st.data())
def test_lost_and_damaged_lines_never_raise(path: Path, data: st.DataObject) -> None:
    lines = path.read_text("utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        if not lines:
            break
        at = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            del lines[at]
        else:
            cut = data.draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:cut] + data.draw(st.text(max_size=8)) + lines[at][cut + 1 :]
    command = COMMANDS[path.stem if path.parent == SWITCH else path.parent.name]
    facts_of({**WHOLE, command: "\n".join(lines)})
