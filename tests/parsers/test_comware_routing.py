"""Comware 7: addresses, tables, routing protocols and what guards them."""

from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, plain, read

ARP, ROUTES, BGP, ISIS = (
    "display arp",
    "display ip routing-table",
    "display bgp peer ipv4",
    "display isis peer",
)
BFD, VRRP, TRACKS = "display bfd session", "display vrrp verbose", "display track all"
BGP_ON, ISIS_ON = configured("bgp 65001\n peer 192.0.2.189 as-number 65002\n"), configured("isis 1\n")
VRRP_ON = configured("interface Vlan-interface10\n vrrp vrid 2 virtual-ip 203.0.113.1\n")
IN_VRF = configured("bgp 65001\n #\n ip vpn-instance blue\n  peer 192.0.2.9 as-number 65009\n")


def addressed(*lines: str) -> str:
    return configured("interface Vlan-interface10\n" + "".join(f" {line}\n" for line in lines))


def on_vlan_10(address: str, length: int, **others: str) -> dict[str, Any]:
    return {"interface": "Vlan-interface10", "address": address, "prefix_length": length, **others}


CASES: dict[str, tuple[str, dict[str, str], Any]] = {
    "addresses": (
        "addresses",
        {
            RUNNING: addressed(
                "ip address 192.0.2.1 255.255.255.128",
                "ip address 192.0.2.129 255.255.255.192 sub",
                "ipv6 address 2001:DB8::1/64",
                "ipv6 address FE80::1 link-local",
            )
        },
        [
            on_vlan_10("192.0.2.1", 25),
            on_vlan_10("192.0.2.129", 26),
            on_vlan_10("2001:DB8::1", 64),
            on_vlan_10("FE80::1", 128),
        ],
    ),
    "address in a VPN instance": (
        "addresses",
        {RUNNING: addressed("ip binding vpn-instance mgmt", "ip address 192.0.2.1 24")},
        [on_vlan_10("192.0.2.1", 24, vrf="mgmt")],
    ),
    "address of a tunnel, whose mode stands behind its name": (
        "addresses",
        {RUNNING: configured("interface Tunnel7 mode gre ipv6\n ip address 198.51.100.7 255.255.255.252\n")},
        [{"interface": "Tunnel7", "address": "198.51.100.7", "prefix_length": 30}],
    ),
    "no addresses": ("addresses", {RUNNING: configured("interface NULL0\n")}, []),
    "ARP": (
        "arp",
        {ARP: "management_port_and_static"},
        [
            {"ip": "192.0.2.1", "mac": "0000-5e00-53a1", "interface": "M-GigabitEthernet0/0/0"},
            {"ip": "203.0.113.5", "mac": "0000-5e00-5310", "interface": "Bridge-Aggregation1", "vlan": 10},
            {"ip": "203.0.113.6", "mac": "0000-5e00-5311", "interface": "Vlan-interface10"},
        ],
    ),
    "ARP knows nobody": ("arp", {ARP: "nobody_in_a_newer_header"}, []),
    "routes": (
        "routes",
        {ROUTES: "two_ways_to_one_prefix"},
        [
            {
                "prefix": prefix,
                "protocol": protocol,
                "next_hop": next_hop,
                "interface": interface,
            }
            for prefix, protocol, next_hop, interface in (
                ("0.0.0.0/0", "Static", "192.0.2.254", "Vlan-interface99"),
                ("198.51.100.0/24", "O_INTRA", "192.0.2.3", "GigabitEthernet1/0/1"),
                ("198.51.100.0/24", "O_INTRA", "192.0.2.7", "Ten-GigabitEthernet1/0/50"),
                ("203.0.113.0/24", "BGP", "192.0.2.9", "Tunnel7"),
                ("127.0.0.0/8", "Direct", "127.0.0.1", "InLoopBack0"),
            )
        ],
    ),
    "routes to nowhere": (
        "routes",
        {ROUTES: "null_and_loopback"},
        [
            {
                "prefix": "224.0.0.0/4",
                "protocol": "Direct",
                "next_hop": "0.0.0.0",  # noqa: S104 - what a route to nowhere is printed with
                "interface": "NULL0",
            },
            {
                "prefix": "192.0.2.77/32",
                "protocol": "IS_L1",
                "next_hop": "192.0.2.1",
                "interface": "Route-Aggregation1",
            },
        ],
    ),
    "BGP peers": (
        "bgp",
        {RUNNING: BGP_ON, BGP: "states"},
        [
            peer | {"local_as": "65001", "router_id": "192.0.2.1", "family": "ipv4"}
            for peer in [
                {
                    "address": "192.0.2.189",
                    "remote_as": "65002",
                    "state": "ESTABLISHED",
                    "prefixes_received": 12,
                    "up_s": 1032420,
                },
                {
                    "address": "192.0.2.34",
                    "remote_as": "65003",
                    "state": "CONNECT",
                    "prefixes_received": 0,
                },
                {
                    "address": "198.51.100.7",
                    "remote_as": "1.10",
                    "state": "ESTABLISHED",
                    "prefixes_received": 3,
                    "up_s": 30647,
                },
                {
                    "address": "198.51.100.8",
                    "remote_as": "65009",
                    "state": "IDLE",
                    "admin_up": False,
                    "prefixes_received": 0,
                },
            ]
        ],
    ),
    "BGP without peers": ("bgp", {RUNNING: BGP_ON, BGP: "no_peers"}, []),
    "no BGP, whatever is printed": ("bgp", {RUNNING: configured(), BGP: "BGP is not configured.\n"}, []),
    "IS-IS": (
        "isis",
        {RUNNING: ISIS_ON, ISIS: "two_neighbours"},
        [
            {"system_id": "core-b", "interface": "GigabitEthernet1/0/1", "state": "UP"},
            {"system_id": "0000.5e00.5301", "interface": "Vlan-interface100", "state": "INIT"},
        ],
    ),
    "IS-IS alone": ("isis", {RUNNING: ISIS_ON, ISIS: "none"}, []),
    "no IS-IS": ("isis", {RUNNING: configured()}, []),
    "BFD": (
        "bfd",
        {BFD: "control_and_echo"},
        [
            {"peer": "192.0.2.2", "interface": "Vlan-interface999", "state": "DOWN"},
            {"peer": "198.51.100.2", "interface": "GigabitEthernet1/0/1", "state": "UP"},
            {"peer": "203.0.113.2", "interface": "Vlan-interface10", "state": "UP"},
        ],
    ),
    "no BFD": ("bfd", {BFD: "none"}, []),
    "VRRP": (
        "fhrp",
        {RUNNING: VRRP_ON, VRRP: "three_states"},
        [
            {
                "interface": "Vlan-interface10",
                "group": 2,
                "vip": "203.0.113.1",
                "state": "master",
                "priority": 200,
            },
            {
                "interface": "Vlan-interface20",
                "group": 3,
                "vip": "203.0.113.129",
                "state": "backup",
                "priority": 80,
            },
            {
                "interface": "Ten-GigabitEthernet1/0/9.10",
                "group": 255,
                "vip": "198.51.100.1",
                "state": "init",
                "priority": 100,
            },
        ],
    ),
    "VRRP that balances": (
        "fhrp",
        {RUNNING: VRRP_ON, VRRP: "load_balance"},
        [
            {
                "interface": "GigabitEthernet1/0/1",
                "group": 1,
                "vip": "192.0.2.1",
                "state": "master",
                "priority": 150,
            }
        ],
    ),
    "no VRRP": ("fhrp", {RUNNING: configured()}, []),
    "tracks": (
        "tracks",
        {TRACKS: "objects"},
        [
            {"id": "1", "state": "positive"},
            {"id": "2", "state": "notready"},
            {"id": "3", "state": "negative"},
        ],
    ),
    "no tracks": ("tracks", {TRACKS: ""}, []),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: tuple[str, dict[str, str], Any]) -> None:
    fact, outputs, expected = case
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    assert plain(found.value) == expected


@pytest.mark.parametrize(
    ("fact", "outputs", "word"),
    [
        ("addresses", {RUNNING: addressed("ip address dhcp-alloc")}, "dhcp-alloc"),
        ("addresses", {RUNNING: addressed("ip address 192.0.2.1 255.0.255.0")}, "255.0.255.0"),
        ("arp", {ARP: ""}, "printed nothing"),
        ("routes", {ROUTES: ""}, "printed nothing"),
        (
            "routes",
            {ROUTES: "                   O_INTRA 10  2           192.0.2.3       GE1/0/1\n"},
            "PREFIX",
        ),
        ("bgp", {RUNNING: BGP_ON, BGP: ""}, "printed nothing"),
        ("bgp", {RUNNING: IN_VRF, BGP: "states"}, "blue"),
        ("isis", {RUNNING: ISIS_ON, ISIS: ""}, "printed nothing"),
        ("bfd", {BFD: ""}, "printed nothing"),
        ("fhrp", {RUNNING: VRRP_ON, VRRP: ""}, "printed nothing"),
        ("tracks", {TRACKS: "Track ID: 1\n"}, "STATE"),
    ],
)
def test_what_cannot_be_is_unknown(fact: str, outputs: dict[str, str], word: str) -> None:
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert word in found.detail


def test_a_vrrp_state_that_nobody_knows_is_unknown() -> None:
    text = "   Interface Vlan-interface10\n     VRID : 2   Adver Timer : 100\n"
    text += "     Admin Status : Up   State : Sulking\n"
    found = read("fhrp", {RUNNING: VRRP_ON, VRRP: text})
    assert isinstance(found, Unknown)
    assert "Sulking" in found.detail


def test_bgp_that_is_configured_and_was_not_asked_for_is_unknown() -> None:
    found = read("bgp", {RUNNING: BGP_ON})
    assert isinstance(found, Unknown)
    assert found.detail == BGP
