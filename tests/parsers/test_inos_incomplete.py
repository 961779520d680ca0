"""INOS-CN: tables, neighbours and features that are off, not asked for, cut off or of one VRF alone."""

import pytest

from parsers.facts import Known, Partial, Reason, Unknown
from tests.parsers.inos_cn_outputs import ALL_ON, CONFIG, MOVES, fixture, plain, read

OFF = ["link_detection", "bgp", "isis", "bfd", "fhrp", "tracks", "ospf"]


@pytest.mark.parametrize("fact", OFF)
def test_a_feature_that_is_off_has_nothing(fact: str) -> None:
    known = getattr(read({"show running-config": CONFIG}), fact)
    assert isinstance(known, Known)
    assert known.value == ()


@pytest.mark.parametrize("fact", OFF)
def test_a_feature_that_is_on_and_was_not_asked_for_is_unknown(fact: str) -> None:
    unknown = getattr(read({"show running-config": ALL_ON}), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.NOT_COLLECTED


def test_a_pair_that_is_not_configured_says_nothing_of_a_peer() -> None:
    mlag = read({"show running-config": CONFIG}).mlag
    assert isinstance(mlag, Known)
    assert (mlag.value.role, mlag.value.peer_reachable, mlag.value.members) == (None, None, ())


TENANT = "vrf context tenant-a\n"

UNREADABLE: list[tuple[str, str, dict[str, str]]] = [
    ("mac_moves", CONFIG, {"show logging logfile": MOVES}),
    ("mac_moves", CONFIG + "logging level l2fm 3\n", {"show logging logfile": MOVES}),
    (
        "mac_moves",
        ALL_ON,
        {"show logging logfile": "2026 Nov 20 10:00:00 lab-i1 %L2FM-4-L2FM_MAC_MOVE: in other words\n"},
    ),
    # Of the default VRF alone, while the configuration has others.
    (
        "bgp",
        CONFIG + "feature bgp\nrouter bgp 65000\n  vrf tenant-a\n    neighbor 192.0.2.9\n",
        {"show bgp sessions": fixture("show bgp sessions", "none")},
    ),
    (
        "ospf",
        CONFIG + "feature ospf\nrouter ospf 1\n  vrf tenant-a\n",
        {"show ip ospf neighbors": fixture("show ip ospf neighbors", "none")},
    ),
    # The address stands in a line of its own, and what belongs to it is cut off.
    (
        "bgp",
        CONFIG + "feature bgp\n",
        {"show bgp sessions": fixture("show bgp sessions", "wrapped_addresses").rpartition("\n   ")[0]},
    ),
    ("fhrp", CONFIG + "feature vrrpv3\n", {}),
    # Of the default VRF alone, and there is another one.
    (
        "isis",
        ALL_ON + "router isis 1\n  vrf tenant-a\n",
        {"show isis adjacency": fixture("show isis adjacency", "none")},
    ),
    ("bfd", ALL_ON + TENANT, {"show bfd neighbors": fixture("show bfd neighbors", "none")}),
    ("arp", CONFIG + TENANT, {"show ip arp": fixture("show ip arp", "all_contexts")}),
    ("routes", CONFIG + TENANT, {"show ip route": fixture("show ip route", "not_found")}),
    ("arp", CONFIG, {"show ip arp": "Total number of entries: 9\nAddress Age MAC Address Interface\n"}),
    (
        "arp",
        CONFIG,
        {"show ip arp": fixture("show ip arp", "all_contexts").replace("entries: 4", "entries: 7")},
    ),
    ("tracks", ALL_ON, {"show track": "Track 1\n  Interface Ethernet1/49 Line Protocol\n"}),
    ("fhrp", CONFIG + "feature hsrp\n", {"show hsrp all": "Vlan100 - Group 100 (HSRP-V2) (IPv4)\n"}),
    ("filesystems", CONFIG, {"dir": "    1398    Feb 02 00:48:18 2026  a.log\n"}),
    ("files", CONFIG, {"dir": "    1398    Feb 02 00:48:18 2026  a.log\n"}),
    ("fans", CONFIG, {"show environment": "Temperature:\n"}),
]


@pytest.mark.parametrize(("fact", "config", "outputs"), UNREADABLE)
def test_what_would_be_half_of_it_is_unreadable(fact: str, config: str, outputs: dict[str, str]) -> None:
    unknown = getattr(read({"show running-config": config, **outputs}), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.UNPARSED


EMPTY = [
    ("vlans", "show vlan"), ("arp", "show ip arp vrf all"), ("macs", "show mac address-table"),
    ("stp_ports", "show spanning-tree"), ("link_detection", "show udld neighbors"),
    ("routes", "show ip route vrf all"), ("bgp", "show bgp sessions vrf all"),
    ("isis", "show isis adjacency vrf all"), ("bfd", "show bfd neighbors vrf all"), ("tracks", "show track"),
    ("mlag", "show vpc"), ("login_sessions", "show users"), ("filesystems", "dir"), ("files", "dir"),
    ("processes", "show processes cpu"), ("crashes", "show cores"),
    ("hardware_resources", "show hardware access-list resource utilization"), ("boot", "show version"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "command"), EMPTY)
def test_an_empty_answer_is_not_an_empty_table(fact: str, command: str) -> None:
    unknown = getattr(read({"show running-config": ALL_ON, command: ""}), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.UNPARSED


def test_a_damaged_part_of_the_environment_makes_all_of_it_partial() -> None:
    text = fixture("show environment", "inos_9x").replace("91         Alarm", "hot        Alarm")
    facts = read({"show environment": text})
    assert isinstance(facts.temperatures, Partial)
    assert [row.sensor for row in facts.temperatures.value] == ["FRONT"]
    assert isinstance(facts.fans, Partial)


DAMAGED = [
    ("routes", "show ip route vrf all", "two_vrfs", 'VRF "tenant-a"', "VRF tenant-a?"),
    ("routes", "show ip route vrf all", "two_vrfs", "0.0.0.0/0, ubest", "0.0.0.0/0, worst"),
    ("stp_ports", "show spanning-tree", "rapid_pvst", "VLAN0010", "VLAN?"),
    ("bgp", "show bgp sessions vrf all", "two_vrfs", "VRF l3out, local", "VRF l3out; local"),
]


@pytest.mark.parametrize(("fact", "command", "name", "right", "wrong"), DAMAGED)
def test_rows_below_a_damaged_heading_are_not_credited_to_another(
    fact: str, command: str, name: str, right: str, wrong: str
) -> None:
    whole = getattr(read({"show running-config": ALL_ON, command: fixture(command, name)}), fact)
    text = fixture(command, name).replace(right, wrong)
    damaged = getattr(read({"show running-config": ALL_ON, command: text}), fact)
    assert isinstance(whole, Known)
    assert isinstance(damaged, Partial)
    assert plain(damaged.value) == plain(whole.value)[:-1]


@pytest.mark.parametrize(
    ("fact", "command", "fixture_name"),
    [("arp", "show ip arp", "all_contexts"), ("routes", "show ip route", "not_found")],
)
def test_tables_of_the_default_vrf_wait_for_the_configuration_to_say_that_there_is_no_other(
    fact: str, command: str, fixture_name: str
) -> None:
    output = {command: fixture(command, fixture_name)}
    alone = getattr(read(output), fact)
    assert isinstance(alone, Unknown)
    assert (alone.reason, alone.detail) == (Reason.NOT_COLLECTED, f"{command} vrf all")
    assert isinstance(getattr(read({"show running-config": CONFIG, **output}), fact), Known)
