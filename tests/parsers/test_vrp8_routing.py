"""VRP8: routing protocols, redundancy groups and routes."""

import pytest

from parsers.facts import Known, Unknown
from tests.parsers.vrp8_outputs import (
    CONFIG,
    ROUTED,
    RUNNING,
    Case,
    check_known,
    check_unknown,
    fixture,
    read,
)

NOWHERE = "0.0.0.0"  # noqa: S104 - the text of a device, nothing is bound

CASES: dict[str, Case] = {
    "BGP": (
        "bgp",
        {"display bgp peer": fixture("display bgp peer", "v200"), RUNNING: ROUTED},
        tuple(
            peer | {"local_as": "65001", "router_id": "192.0.2.31", "family": "ipv4"}
            for peer in (
                {
                    "address": "192.0.2.32",
                    "remote_as": "65001",
                    "state": "ESTABLISHED",
                    "prefixes_received": 1,
                    "up_s": 4197,
                },
                {
                    "address": "198.51.100.2",
                    "remote_as": "65010",
                    "state": "ESTABLISHED",
                    "prefixes_received": 812,
                    "up_s": 358560,
                },
                {
                    "address": "198.51.100.6",
                    "remote_as": "65011",
                    "state": "IDLE",
                    "prefixes_received": 0,
                },
                {
                    "address": "198.51.100.10",
                    "remote_as": "1.10",
                    "state": "IDLE",
                    "admin_up": False,
                    "prefixes_received": 0,
                },
            )
        ),
    ),
    "BGP of V300": (
        "bgp",
        {"display bgp peer": fixture("display bgp peer", "v300")},
        tuple(
            peer | {"local_as": "65001", "router_id": "192.0.2.41", "family": "ipv4"}
            for peer in (
                {
                    "address": "198.51.100.14",
                    "remote_as": "65020",
                    "state": "ESTABLISHED",
                    "prefixes_received": 7,
                    "up_s": 232,
                },
                {
                    "address": "198.51.100.18",
                    "remote_as": "65021",
                    "state": "ACTIVE",
                    "prefixes_received": 0,
                },
                {
                    "address": "198.51.100.22",
                    "remote_as": "65022",
                    "state": "NO NEG",
                    "prefixes_received": 0,
                },
            )
        ),
    ),
    "IS-IS": (
        "isis",
        {"display isis peer": fixture("display isis peer", "two_processes"), RUNNING: ROUTED},
        (
            {"system_id": "DEMO-SPINE-LONG-01", "interface": "10GE1/0/1", "state": "UP"},
            {"system_id": "0000.0000.0007", "interface": "10GE1/0/2", "state": "INIT"},
            {"system_id": "DEMO-LEAF-02", "interface": "10GE1/0/1.1000", "state": "UP"},
        ),
    ),
    "BFD": (
        "bfd",
        {"display bfd session all": fixture("display bfd session all", "three"), RUNNING: ROUTED},
        (
            {"peer": "198.51.100.2", "interface": "Eth-Trunk1", "state": "UP"},
            {"peer": "198.51.100.6", "interface": "100GE1/0/1", "state": "DOWN"},
            {"peer": "192.0.2.32", "state": "UP"},
            {"peer": "198.51.100.10", "interface": "100GE1/0/2", "state": "ADMINDOWN"},
        ),
    ),
    "BFD session shut": (
        "bfd",
        {"display bfd session all": fixture("display bfd session all", "shut")},
        ({"peer": "198.51.100.10", "interface": "100GE1/0/2", "state": "ADMINDOWN"},),
    ),
    "BFD sessions in detail": (
        "bfd",
        {"display bfd session all verbose": fixture("display bfd session all verbose", "name_first")},
        (
            {"peer": "192.0.2.2", "interface": "100GE1/0/1", "state": "UP"},
            {"peer": "2001:db8::2", "state": "DOWN"},
        ),
    ),
    "VRRP in detail": (
        "fhrp",
        {"display vrrp verbose": fixture("display vrrp verbose", "tracked")},
        (
            {"interface": "100GE1/0/1", "group": 1, "vip": "192.0.2.111", "state": "backup", "priority": 90},
            {"interface": "Vlanif20", "group": 2, "vip": "192.0.2.130", "state": "init", "priority": 0},
        ),
    ),
    "VRRP": (
        "fhrp",
        {"display vrrp brief": fixture("display vrrp brief", "three"), RUNNING: ROUTED},
        (
            {"interface": "Vlanif10", "group": 10, "vip": "192.0.2.1", "state": "master"},
            {"interface": "Vlanif20", "group": 20, "vip": "198.51.100.1", "state": "backup"},
            {"interface": "10GE1/0/1.30", "group": 30, "vip": "203.0.113.1", "state": "init"},
        ),
    ),
    "routes": (
        "routes",
        {"display ip routing-table": fixture("display ip routing-table", "equal_cost")},
        (
            {
                "prefix": "0.0.0.0/0",
                "protocol": "Static",
                "next_hop": "198.51.100.1",
                "interface": "Vlanif101",
            },
            {
                "prefix": "192.0.2.0/24",
                "protocol": "O_ASE",
                "next_hop": "198.51.100.5",
                "interface": "10GE1/0/1",
            },
            {
                "prefix": "192.0.2.0/24",
                "protocol": "O_ASE",
                "next_hop": "198.51.100.9",
                "interface": "10GE1/0/2",
            },
            {
                "prefix": "192.0.2.0/24",
                "protocol": "O_ASE",
                "next_hop": "198.51.100.13",
                "interface": "Eth-Trunk3",
            },
            {
                "prefix": "192.0.2.77/32",
                "protocol": "IBGP",
                "next_hop": "192.0.2.32",
                "interface": "Vlanif101",
            },
            {"prefix": "203.0.113.0/24", "protocol": "Static", "next_hop": NOWHERE, "interface": "NULL0"},
        ),
    ),
    "routes with wrapped names": (
        "routes",
        {"display ip routing-table": fixture("display ip routing-table", "wrapped_and_vpn")},
        (
            {
                "prefix": "127.0.0.0/8",
                "protocol": "Direct",
                "next_hop": "127.0.0.1",
                "interface": "InLoopBack0",
            },
            {
                "prefix": "198.51.100.0/24",
                "protocol": "Direct",
                "next_hop": "198.51.100.50",
                "interface": "GigabitEthernet0/0/1",
            },
            {
                "prefix": "0.0.0.0/0",
                "protocol": "EBGP",
                "next_hop": "203.0.113.97",
                "interface": "GigabitEthernet0/2/9.61",
                "vrf": "demo_red",
            },
        ),
    ),
}

TESTS = "display nqa results"
TWO_TESTS = fixture(TESTS, "two_tests")
CASES |= {
    "NQA: the last run that ended decides": (
        "tracks",
        {TESTS: TWO_TESTS, RUNNING: ROUTED},
        (
            {"id": "nqa ops uplink-a", "state": "negative"},
            {"id": "nqa ops uplink-b", "state": "positive"},
        ),
    ),
    "NQA of V300": (
        "tracks",
        {TESTS: fixture(TESTS, "jitter_v300"), RUNNING: ROUTED},
        ({"id": "nqa ops voice", "state": "positive"},),
    ),
    "NQA: no run has ended": (
        "tracks",
        {TESTS: TWO_TESTS.replace(":success", ":no result").replace(":failed   ", ":no result")},
        (
            {"id": "nqa ops uplink-a", "state": "notready"},
            {"id": "nqa ops uplink-b", "state": "notready"},
        ),
    ),
}

UNREADABLE: dict[str, Case] = {
    "routes": ("routes", {"display ip routing-table": ""}, "no route"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_is_known_with_its_values(case: Case) -> None:
    check_known(case)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_unknown(case: Case) -> None:
    check_unknown(case)


@pytest.mark.parametrize(
    ("fact", "command"),
    [
        ("bgp", "display bgp peer"),
        ("isis", "display isis peer"),
        ("bfd", "display bfd session all"),
        ("fhrp", "display vrrp brief"),
        ("tracks", "display nqa results"),
    ],
)
def test_what_is_not_configured_has_no_neighbours(fact: str, command: str) -> None:
    """Releases say it in their own words, which count only where the configuration does not speak."""
    words = "Info: this is not set up here"
    assert getattr(read({command: words, RUNNING: CONFIG}), fact) == Known(
        (), getattr(read({command: words, RUNNING: CONFIG}), fact).sources
    )
    assert not isinstance(getattr(read({command: words, RUNNING: ROUTED}), fact), Known)
    assert not isinstance(getattr(read({command: words}), fact), Known)
    cut = ROUTED.removesuffix("return\n").replace("bgp 65001\n", "")
    assert isinstance(getattr(read({command: "", RUNNING: cut}), fact), Unknown)
