"""Comware 7: VLANs, MAC addresses, spanning tree's ports, loops, and what switches form together."""

from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, plain, read

VLANS, MACS, MOVES = "display vlan brief", "display mac-address", "display mac-address mac-move"
MAC_COUNT, MAC_TABLE = "display mac-address count", "display mac-address statistics"
ARP_COUNT, ROUTES = "display arp all count", "display ip routing-table statistics"
STP, BLOCKED, CHANGES = "display stp brief", "display stp abnormal-port", "display stp tc"
DLDP, LOOPS = "display dldp", "display loopback-detection"
LINKS, MAD, M_LAG = "display irf link", "display mad verbose", "display m-lag summary"
IRF, TOPOLOGY, VERSION = "display irf", "display irf topology", "display version"
M_LAG_ON = configured(" m-lag system-number 1\n")
NO_M_LAG: dict[str, Any] = {}
SESSION = "mirroring-group 1 local\n"

CASES: dict[str, tuple[str, dict[str, str], Any]] = {
    "VLANs": (
        "vlans",
        {VLANS: "ports_on_several_lines"},
        [
            {
                "vlan": 1,
                "name": "VLAN 0001",
                "ports": [
                    "Bridge-Aggregation1",
                    "Ten-GigabitEthernet1/0/1",
                    "Ten-GigabitEthernet1/0/2",
                    "Ten-GigabitEthernet1/0/3",
                    "FortyGigE2/0/49",
                ],
            },
            {"vlan": 10, "name": "office floor 2", "ports": ["GigabitEthernet1/0/1"]},
            {"vlan": 20, "name": "VLAN 0020"},
            {
                "vlan": 4094,
                "name": "a-name-of-thirty-two-characters1",
                "ports": ["Route-Aggregation2", "M-GigabitEthernet0/0/0"],
            },
        ],
    ),
    "MAC addresses": (
        "macs",
        {MACS: "present_layout"},
        [
            {"mac": "0000-5e00-5301", "vlan": 1, "interface": "Ten-GigabitEthernet1/0/2", "static": False},
            {"mac": "0000-5e00-5302", "vlan": 10, "interface": "Bridge-Aggregation1", "static": True},
            {"mac": "0000-5e00-5303", "vlan": 10, "interface": "N/A", "static": True},
            {"mac": "0000-5e00-5304", "vlan": 20, "interface": "GigabitEthernet1/0/7", "static": True},
            {"mac": "0000-5e00-5305", "interface": "Route-Aggregation2", "static": False},
        ],
    ),
    "MAC addresses that moved": (
        "mac_moves",
        {MOVES: "of_a_slot_and_none"},
        [{"mac": "0000-5e00-5302", "vlan": 20, "count": 1, "last_at": "2026-01-02 03:04:05"}],
    ),
    "nothing moved": ("mac_moves", {MOVES: ""}, []),
    "use of tables": (
        "table_use",
        {MAC_COUNT: "many", MAC_TABLE: "some", ARP_COUNT: "some", ROUTES: "ospf"},
        [
            {"table": "mac", "used": 128, "capacity": 32768},
            {"table": "arp", "used": 52},
            {"table": "route", "used": 240},
        ],
    ),
    "use of tables without a capacity": (
        "table_use",
        {MAC_COUNT: "with_dashes", ARP_COUNT: "none", ROUTES: "direct_only"},
        [{"table": "mac", "used": 7}, {"table": "arp", "used": 0}, {"table": "route", "used": 8}],
    ),
    "ports of spanning tree": (
        "stp_ports",
        {STP: "two_instances", BLOCKED: "two", CHANGES: "two_slots"},
        [
            {
                "name": "Bridge-Aggregation1",
                "role": "ROOT",
                "state": "FORWARDING",
                "instance": 0,
                "tc_received": 9,
            },
            {
                "name": "GigabitEthernet1/0/1",
                "role": "DESI",
                "state": "DISCARDING",
                "instance": 0,
                "protection": "Root-Protected",
                "tc_received": 0,
            },
            {"name": "Ten-GigabitEthernet1/0/49", "role": "ALTE", "state": "DISCARDING", "instance": 1},
        ],
    ),
    "ports of spanning tree by VLAN": (
        "stp_ports",
        {STP: "vlans", BLOCKED: ""},
        [{"name": "GigabitEthernet1/0/2", "role": "DESI", "state": "LEARNING", "instance": 10}],
    ),
    "spanning tree is off": ("stp_ports", {STP: "off", BLOCKED: "off", CHANGES: "off"}, []),
    "DLDP": (
        "link_detection",
        {DLDP: "two_ports"},
        [
            {"interface": "GigabitEthernet1/0/1", "state": "Bidirectional"},
            {"interface": "Ten-GigabitEthernet1/0/2", "state": "Unidirectional"},
        ],
    ),
    "DLDP is off": ("link_detection", {DLDP: "off"}, []),
    "ports in a loop": (
        "loop_detection",
        {LOOPS: "two_ports"},
        {"enabled": True, "looped_ports": ["GigabitEthernet1/0/1", "GigabitEthernet1/0/4"]},
    ),
    "ports in a loop, newer words": (
        "loop_detection",
        {LOOPS: "newer_words"},
        {"enabled": True, "looped_ports": ["Bridge-Aggregation7"]},
    ),
    "loop detection is off": ("loop_detection", {LOOPS: "off"}, {"enabled": False}),
    "DHCP snooping everywhere": (
        "dhcp_snooping",
        {
            RUNNING: configured(
                " dhcp snooping enable\n",
                "interface Ten-GigabitEthernet1/0/1\n port link-mode bridge\n dhcp snooping trust\n",
                "interface Ten-GigabitEthernet1/0/2\n",
            )
        },
        {"enabled": True, "everywhere": True, "trusted_ports": ["Ten-GigabitEthernet1/0/1"]},
    ),
    "DHCP snooping in some VLANs": (
        "dhcp_snooping",
        {RUNNING: configured(" dhcp snooping enable vlan 10 20 to 22\n dhcp snooping enable vlan 99\n")},
        {"enabled": True, "vlans": [10, 20, 21, 22, 99]},
    ),
    "settings of a port": (
        "port_settings",
        {RUNNING: configured("interface GigabitEthernet1/0/1\n port access vlan 10\n stp edged-port\n")},
        [{"interface": "GigabitEthernet1/0/1", "mode": "access", "vlan": 10, "edge": True}],
    ),
    "protections of spanning tree": (
        "stp_protection",
        {RUNNING: configured(" stp bpdu-protection\n")},
        {"bpdu_guard": True, "tc_protection": True},
    ),
    "control plane": (
        "control_plane",
        {RUNNING: configured("control-plane slot 1\n qos apply policy GUARD inbound\n")},
        {"policies": ["GUARD"], "default_policy": False},
    ),
    "no DHCP snooping": ("dhcp_snooping", {RUNNING: configured()}, {"enabled": False}),
    "mirroring named in interfaces": (
        "mirrors",
        {
            RUNNING: configured(
                SESSION,
                "interface GigabitEthernet1/0/1\n mirroring-group 1 mirroring-port both\n",
                "interface GigabitEthernet1/0/2\n mirroring-group 1 monitor-port\n",
                "interface GigabitEthernet1/0/3\n mirroring-group 11 monitor-port\n",
            )
        },
        [{"id": "1", "sources": ["GigabitEthernet1/0/1"], "destination": "GigabitEthernet1/0/2"}],
    ),
    "mirroring named in the group": (
        "mirrors",
        {
            RUNNING: configured(
                "mirroring-group 2 remote-source\n"
                "mirroring-group 2 mirroring-port GigabitEthernet1/0/1 GigabitEthernet1/0/3 inbound\n"
                "mirroring-group 2 monitor-egress Ten-GigabitEthernet1/0/9\n"
            )
        },
        [
            {
                "id": "2",
                "sources": ["GigabitEthernet1/0/1", "GigabitEthernet1/0/3"],
                "destination": "Ten-GigabitEthernet1/0/9",
            }
        ],
    ),
    "no mirroring": ("mirrors", {RUNNING: configured()}, []),
    "IRF port with one link down is up": (
        "stack_ports",
        {LINKS: "two_members_one_link_down"},
        [{"name": "IRF-port1/2", "up": True}, {"name": "IRF-port2/1", "up": True}],
    ),
    "IRF ports without a link": (
        "stack_ports",
        {LINKS: "contexts_and_a_dead_port"},
        [{"name": "IRF-port1/2", "up": False}, {"name": "IRF-port2/1", "up": False}],
    ),
    "MAD by BFD and ARP": (
        "mad",
        {MAD: "bfd_normal_and_arp"},
        {"modes": ["arp", "bfd"], "faulty": False},
    ),
    "MAD by LACP is faulty": ("mad", {MAD: "lacp_faulty"}, {"modes": ["lacp"], "faulty": True}),
    "ports shut to recover": ("mad", {MAD: "recovering"}, {"faulty": True}),
    "MAD that prints no state at all": ("mad", {MAD: "without_state"}, {"modes": ["lacp", "bfd"]}),
    "MAD by ARP says no state": ("mad", {MAD: "arp_only_older_layout"}, {"modes": ["arp"]}),
    "M-LAG": (
        "mlag",
        {RUNNING: M_LAG_ON, M_LAG: "two_interfaces"},
        {
            "keepalive_ok": True,
            "peer_link_up": True,
            "peer_link": "Bridge-Aggregation100",
            "members": [
                {"name": "Bridge-Aggregation101", "local_up": True, "peer_up": True},
                {"name": "Bridge-Aggregation102", "local_up": False, "peer_up": True, "reason": "A"},
            ],
        },
    ),
    "M-LAG with both links down": (
        "mlag",
        {RUNNING: M_LAG_ON, M_LAG: "links_down"},
        {
            "keepalive_ok": False,
            "peer_link_up": False,
            "peer_link": "Bridge-Aggregation100",
            "members": [{"name": "Bridge-Aggregation7", "local_up": True}],
        },
    ),
    "no M-LAG": ("mlag", {RUNNING: configured()}, NO_M_LAG),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: tuple[str, dict[str, str], Any]) -> None:
    fact, outputs, expected = case
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    assert plain(found.value) == expected


@pytest.mark.parametrize(
    ("topology", "expected"),
    [({TOPOLOGY: "ring"}, "ring"), ({TOPOLOGY: "chain"}, "chain"), ({TOPOLOGY: ""}, None), ({}, None)],
)
def test_shape_of_a_stack(topology: dict[str, str], expected: str | None) -> None:
    found = read("stack", {IRF: "two_members", VERSION: "irf_with_patch"} | topology)
    assert isinstance(found, Known)
    assert found.value.topology == expected


@pytest.mark.parametrize(
    ("fact", "outputs", "word"),
    [
        ("vlans", {VLANS: ""}, "nothing"),
        ("macs", {MACS: ""}, "printed nothing"),
        ("macs", {MACS: "0000-5e00-5301   1          Learned          QQ1/0/2   Y\n"}, "QQ1/0/2"),
        ("stp_ports", {STP: "", BLOCKED: ""}, "printed nothing"),
        ("loop_detection", {LOOPS: ""}, "nothing"),
        ("dhcp_snooping", {RUNNING: configured(" dhcp snooping enable vlan ten\n")}, "ten"),
        ("dhcp_snooping", {RUNNING: configured(" dhcp snooping enable vlan 1 to 4095\n")}, "4095"),
        (
            "mirrors",
            {
                RUNNING: configured(
                    SESSION + "mirroring-group 1 monitor-port GigabitEthernet1/0/1 GigabitEthernet1/0/2\n"
                )
            },
            "several",
        ),
    ],
)
def test_what_cannot_be_is_unknown(fact: str, outputs: dict[str, str], word: str) -> None:
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert word in found.detail


def test_mlag_that_is_configured_and_was_not_asked_for_is_unknown() -> None:
    found = read("mlag", {RUNNING: M_LAG_ON})
    assert isinstance(found, Unknown)
    assert found.detail == M_LAG
