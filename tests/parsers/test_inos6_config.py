"""INOS 6: what configurations say in other wordings, and what holds where they say nothing."""

from typing import Any

import pytest

from tests.parsers.inos6_outputs import RUNNING, SAVED, SHUT, Case, configured, fixture, setting_row, value

CASES: dict[str, Case] = {
    "snmp: communities, every version": (
        "snmp",
        {
            RUNNING: configured(
                "snmp-server enable\nsnmp-server community public read-only\n"
                "snmp-server community x read-write view all\n"
            )
        },
        {
            "enabled": True,
            "versions": ["v1", "v2c"],
            "communities": [
                {"access": "ro", "name_class": "default"},
                {"access": "rw", "name_class": "other"},
            ],
        },
    ),
    "snmp: off": (
        "snmp",
        {RUNNING: configured("snmp-server usm-user nms authentication md5 x\n")},
        {"enabled": False, "users": [{"security": "auth"}]},
    ),
    "trap hosts: by community": (
        "trap_hosts",
        {RUNNING: configured("snmp-server trap target-address mgmt-if 192.0.2.9 community x\n")},
        [{"address": "192.0.2.9"}],
    ),
    "telnet: on by default": ("telnet", {RUNNING: configured()}, {"enabled": True, "by_default": True}),
    "vty: nothing restricts them": (
        "vty",
        {RUNNING: configured()},
        [{"first": 0, "last": 7, "protocols": ["ssh", "telnet"], "auth_mode": "aaa", "idle_min": 10.0}],
    ),
    "vty: single lines, other words": (
        "vty",
        {
            RUNNING: configured(
                lines="line console 0\n no login\nline vty 0\n no login\n exec-timeout 0 30\n"
                "line vty 1 7\n login\n ip access-class M in\n transport input none\n"
            )
        },
        [
            {"first": 0, "last": 0, "protocols": ["ssh", "telnet"], "auth_mode": "none", "idle_min": 0.5},
            {
                "first": 1,
                "last": 7,
                "acl_in": "M",
                "auth_mode": "password",
                "idle_min": 10.0,
            },
        ],
    ),
    "console: no login": ("console", {RUNNING: configured()}, {"idle_min": 10.0, "auth_mode": "none"}),
    "aaa: off": ("aaa", {RUNNING: configured("aaa authentication login default radius\n")}, []),
    "ssh: off, both versions": (
        "ssh",
        {"show ip ssh server status": fixture("show ip ssh server status", "later_off")},
        {"enabled": False, "v1_compatible": True},
    ),
    "services: all on": (
        "services",
        {"show services": fixture("show services", "all_on")},
        [{"name": name, "enabled": True, "by_default": False} for name in ("http", "https", "netconf")],
    ),
    "acls: any source, other order": (
        "acls",
        {
            RUNNING: configured(
                "ip access-list A extend\n deny any 192.0.2.9 0.0.0.0 any\n permit any any any\n",
                "ipv6 access-list B\n 10 permit tcp 2001:db8::/32 any\n",
            )
        },
        [{"id": "A", "rules": 2, "permits_any": True}, {"id": "B", "rules": 1, "permits_any": False}],
    ),
    "ntp_auth: one of two, and nobody asks": (
        "ntp_auth",
        {RUNNING: configured("ntp server mgmt-if 192.0.2.9 key 3  version 3 \nntp peer 192.0.2.8\n")},
        {"enabled": False, "sources": 2, "keyed": 1},
    ),
    "banners: none, and one without text": (
        "banners",
        {RUNNING: configured("banner motd ^C\n^C\n")},
        [],
    ),
    "banners: two": (
        "banners",
        {RUNNING: configured("banner motd ^C\n  Welcome\nto all\n^C\nbanner exec ^C\nSo be it\n^C\n")},
        [{"text": "Welcome"}, {"text": "So be it"}],
    ),
    "command_audit: a list of its own that a line names": (
        "command_audit",
        {
            RUNNING: configured(
                "aaa new-model\n!\naaa accounting commands told tacplus none\n",
                lines="line console 0\nline vty 0 7\n accounting commands told\n",
            )
        },
        {"accounting": True, "authorization": False},
    ),
    "command_audit: a list that nobody names, one that tells nobody": (
        "command_audit",
        {
            RUNNING: configured(
                "aaa new-model\n!\naaa accounting commands told tacplus\n"
                "aaa accounting commands default none\n"
            )
        },
        {"accounting": False, "authorization": False},
    ),
    "command_audit: AAA is off": (
        "command_audit",
        {RUNNING: configured("aaa accounting commands default tacplus\n")},
        {"accounting": False, "authorization": False},
    ),
    "routing_auth: OSPFv3 knows none": (
        "routing_auth",
        {
            RUNNING: configured(
                "router ospf6\n router-id 192.0.2.1\n interface vlan20 area 0.0.0.0\n", "router ospf6\n"
            )
        },
        [{"protocol": "ospfv3", "process": "1", "bare": ["vlan20"]}],
    ),
    "arp_detection: what is logged switches nothing on": (
        "arp_detection",
        {
            RUNNING: configured(
                "ip arp inspection vlan 10-12,20\nip arp inspection vlan 30 logging acl-match none\n"
            )
        },
        {"vlans": [10, 11, 12, 20]},
    ),
    "dhcp_snooping: VLANs alone": (
        "dhcp_snooping",
        {RUNNING: configured("dhcp snooping vlan 10-11\n", "interface eth-0-1\n dhcp snooping trust\n")},
        {"enabled": False, "vlans": [10, 11], "trusted_ports": ["eth-0-1"]},
    ),
    "mirrors: ports, the processor, a group": (
        "mirrors",
        {
            RUNNING: configured(
                "monitor session 1 destination interface eth-0-9\n"
                "monitor session 1 source interface eth-0-1 rx\n"
                "monitor session 1 source interface agg1 both\n"
                "monitor session 1 source vlan 10 rx\n"
                "monitor session 2 destination group 1 member eth-0-7\n"
                "monitor session 2 destination group 1 member eth-0-8\n"
                "monitor session 3 destination cpu\n"
            )
        },
        [
            {"id": "1", "sources": ["eth-0-1", "agg1", "vlan 10"], "destination": "eth-0-9"},
            {"id": "2", "destination": "group 1 member eth-0-7, group 1 member eth-0-8"},
            {"id": "3", "destination": "cpu"},
        ],
    ),
    "port_settings: what each line does": (
        "port_settings",
        {
            RUNNING: configured(
                "interface eth-0-1\n switchport mode trunk\n switchport trunk native vlan 7\n"
                " switchport trunk allowed vlan add 2-3,9\n switchport trunk allowed vlan add 20\n"
                " switchport trunk allowed vlan remove 1\n spanning-tree guard root\n",
                "interface eth-0-2\n switchport mode trunk\n switchport trunk allowed vlan none\n",
                "interface eth-0-3\n spanning-tree edgeport bpdu-guard enable\n switchport port-security\n",
                "interface eth-0-4\n switchport port-security maximum 9\n ip verify source ip-mac\n"
                " storm-control broadcast pps 900\n storm-control unicast level 1.00\n",
                "interface eth-0-5\n no switchport\n ip address 192.0.2.1/30\n",
                "interface eth-0-5.10\n",
                "interface eth-0-6\n switchport mode dot1q-tunnel\n switchport dot1q-tunnel native vlan 8\n",
                "interface eth-0-7\n storm-control multicast level 1.00\n spanning-tree edgeport\n",
                "interface agg2\n ip address 192.0.2.5/30\n",
                "interface vlan10\n",
            )
        },
        [
            setting_row(
                "eth-0-1", mode="trunk", vlan=7, allowed_vlans=[[2, 3], [9, 9], [20, 20]], root_guard=True
            ),
            setting_row("eth-0-2", mode="trunk"),
            setting_row("eth-0-3", bpdu_guard=True, mac_limit=1),
            setting_row("eth-0-4", source_guard=True, storm_control=True),
            {"interface": "eth-0-5", "mode": "routed"},
            setting_row("eth-0-6", vlan=8),
            setting_row("eth-0-7", edge=True),
            {"interface": "agg2", "mode": "routed"},
        ],
    ),
    "port_settings: an edge port that takes itself out": (
        "port_settings",
        {
            RUNNING: configured(
                "spanning-tree edgeport bpdu-guard\n",
                "interface eth-0-1\n spanning-tree edgeport\n spanning-tree edgeport bpdu-guard disable\n",
                "interface eth-0-2\n",
            )
        },
        [setting_row("eth-0-1", edge=True), setting_row("eth-0-2")],
    ),
    "stp_protection: none by default": (
        "stp_protection",
        {RUNNING: configured("interface eth-0-1\n spanning-tree edgeport bpdu-guard enable\n")},
        {"bpdu_guard": False, "tc_protection": False},
    ),
    "adjacency_auth: areas, an interface, peers": (
        "adjacency_auth",
        {
            RUNNING: configured(
                "interface vlan20\n ip ospf authentication\n ip ospf authentication-key x\n",
                "interface vlan30\n ip ospf authentication message-digest\n",
                "router ospf\n network 192.0.2.0/28 area 0\n network 192.0.2.16/28 area 1\n"
                " area 1 authentication message-digest\n",
                "router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n neighbor 192.0.2.1 password x\n"
                " neighbor 192.0.2.2 remote-as 64500\n neighbor 192.0.2.2 next-hop-self\n",
            )
        },
        [
            {"scope": "area", "name": "1", "kind": "hash"},
            {"scope": "area", "name": "0", "kind": "none"},
            {"scope": "interface", "name": "vlan20", "kind": "plain"},
            {"scope": "interface", "name": "vlan30", "kind": "hash"},
            {"scope": "peer", "name": "192.0.2.1", "kind": "hash", "external": True},
            {"scope": "peer", "name": "192.0.2.2", "kind": "none", "external": False},
        ],
    ),
    "static_routes: distances, tracked, and into nothing": (
        "static_routes",
        {
            RUNNING: configured(
                "ip route 0.0.0.0/0 192.0.2.1 200\nip route 198.51.100.0/24 192.0.2.1 5 track 3\n"
                "ip route 203.0.113.0/24 192.0.2.1 track 3\nip route 192.0.2.128/25 null 0 200\n"
            )
        },
        [
            {"prefix": prefix, "next_hop": "192.0.2.1", "preference": distance}
            for prefix, distance in (("0.0.0.0/0", 200), ("198.51.100.0/24", 5), ("203.0.113.0/24", 1))
        ],
    ),
    "fhrp_tracking: two groups, one without an interface": (
        "fhrp_tracking",
        {
            RUNNING: configured(
                "router vrrp 1\n interface vlan10\n virtual-ip 192.0.2.46\n track 3 decrement 30\n enable\n",
                "router vrrp 2\n interface vlan20\n virtual-ip 192.0.2.30\n enable\n",
                "router vrrp 3\n priority 120\n",
            )
        },
        [
            {"interface": "vlan10", "group": 1, "watched": ["3 decrement 30"]},
            {"interface": "vlan20", "group": 2},
        ],
    ),
    "saved_state: a port was shut since": (
        "saved_state",
        {RUNNING: configured(SHUT), SAVED: configured().replace("version 6.6.6.R1.23\n", "")},
        {
            "differences": [
                ["+", "interface eth-0-2"],
                ["+", "interface eth-0-2 / shutdown"],
            ]
        },
    ),
}


@pytest.mark.parametrize(("fact", "outputs", "expected"), CASES.values(), ids=list(CASES))
def test_cases(fact: str, outputs: dict[str, str], expected: Any) -> None:
    assert value(fact, outputs) == expected
