"""VRP8: VLANs, addresses, ARP, MAC and spanning tree tables, routing, stacking links, M-LAG."""

import pytest

from collector.capture import CaptureStatus
from parsers.facts import Known, Reason, Unknown
from parsers.reader import read_facts
from tests.parsers.vrp8_outputs import (
    CONFIG,
    MLAG,
    MLAG_BRIEF,
    MLAG_NODE,
    PLATFORM,
    ROUTED,
    RUNNING,
    TABLE_USE,
    VERSION,
    Case,
    Outputs,
    capture,
    check_known,
    check_unknown,
    fixture,
    read,
)

NOWHERE = "0.0.0.0"  # noqa: S104 - the text of a device, nothing is bound
TRUNKS = fixture("display eth-trunk", "lacp_and_manual")

CASES: dict[str, Case] = {
    "VLANs": (
        "vlans",
        {"display vlan": fixture("display vlan", "two_tables")},
        (
            {
                "vlan": 1,
                "ports": ("10GE1/0/5", "10GE1/0/6", "10GE1/0/7", "10GE1/0/8", "100GE1/0/1:2", "Eth-Trunk4"),
            },
            {"vlan": 20, "ports": ("10GE1/0/2",)},
            {"vlan": 300},
        ),
    ),
    "addresses": (
        "addresses",
        {"display ip interface brief": fixture("display ip interface brief", "with_vpn")},
        (
            {"interface": "10GE1/0/7", "address": "198.51.100.97", "prefix_length": 29},
            {
                "interface": "Eth-Trunk1.130",
                "address": "203.0.113.11",
                "prefix_length": 24,
                "vrf": "demo-red",
            },
            {"interface": "LoopBack1", "address": "192.0.2.31", "prefix_length": 32},
            {"interface": "MEth0/0/0", "address": "192.0.2.129", "prefix_length": 25, "vrf": "mgmt"},
        ),
    ),
    "ARP": (
        "arp",
        {"display arp all": fixture("display arp all", "type_and_vlan")},
        (
            {"ip": "192.0.2.136", "mac": "0000-5e00-5350", "interface": "MEth0/0/0"},
            {"ip": "192.0.2.254", "mac": "0000-5e00-5391", "interface": "MEth0/0/0"},
            {"ip": "198.51.100.30", "mac": "0000-5e00-5356", "interface": "Vlanif802"},
            {"ip": "198.51.100.4", "mac": "0000-5e00-5329", "interface": "Eth-Trunk40", "vlan": 802},
            {"ip": "198.51.100.11", "mac": "0000-5e00-5384", "interface": "25GE1/0/10.111"},
            {"ip": "198.51.100.12", "mac": "0000-5e00-5385", "interface": "100GE1/0/2.1", "vlan": 10},
            {
                "ip": "203.0.113.2",
                "mac": "0000-5e00-5386",
                "interface": "VNI10(src:192.0.2.1 dst:192.0.2.2)",
            },
        ),
    ),
    "ARP with VLANs below": (
        "arp",
        {"display arp all": fixture("display arp all", "vlan_below")},
        (
            {"ip": "192.0.2.1", "mac": "0000-5e00-530a", "interface": "Eth0/0/0"},
            {"ip": "198.51.100.3", "mac": "0000-5e00-5347", "interface": "Eth-Trunk1.201", "vlan": 201},
            {"ip": "198.51.100.5", "mac": "0000-5e00-53c9", "interface": "10GE1/0/4", "vlan": 20},
            {"ip": "198.51.100.9", "mac": "0000-5e00-53ca", "interface": "10GE1/0/5"},
        ),
    ),
    "no ARP entry": ("arp", {"display arp": fixture("display arp", "none")}, ()),
    "MAC addresses": (
        "macs",
        {"display mac-address": fixture("display mac-address", "flags_and_age")},
        (
            {"mac": "0000-5e00-531c", "vlan": 10, "interface": "-", "static": True},
            {"mac": "0000-5e00-536a", "vlan": 10, "interface": "Eth-Trunk1", "static": False},
            {"mac": "0000-5e00-5353", "interface": "Eth-Trunk13.1300", "static": False},
            {"mac": "0000-5e00-5354", "vlan": 20, "interface": "10GE1/0/3", "static": True},
        ),
    ),
    "no MAC address": ("macs", {"display mac-address": fixture("display mac-address", "none")}, ()),
    "MAC addresses that move": (
        "mac_moves",
        {"display mac-address flapping": fixture("display mac-address flapping", "records")},
        (
            {"mac": "0000-5e00-5356", "vlan": 20, "count": 318, "last_at": "2024-02-05 23:09:01"},
            {"mac": "0000-5e00-5357", "count": 65535, "last_at": "2024-02-06 08:00:00"},
        ),
    ),
    "no MAC address moves": (
        "mac_moves",
        {"display mac-address flapping": fixture("display mac-address flapping", "none")},
        (),
    ),
    "use of tables": (
        "table_use",
        TABLE_USE,
        (
            {"table": "mac", "used": 17, "capacity": 32768},
            {"table": "mac", "used": 4, "capacity": 131072},
            {"table": "arp", "used": 16},
            {"table": "route", "used": 4290},
        ),
    ),
    "spanning tree ports": (
        "stp_ports",
        {
            "display stp brief": fixture("display stp brief", "protection"),
            "display stp tc-bpdu statistics": fixture("display stp tc-bpdu statistics", "instances"),
        },
        (
            {"name": "10GE1/0/1", "role": "ALTE", "state": "discarding", "instance": 0, "tc_received": 2},
            {"name": "10GE1/0/3", "role": "ROOT", "state": "forwarding", "instance": 0, "tc_received": 17},
            {
                "name": "10GE1/0/9",
                "role": "DESI",
                "state": "discarding",
                "instance": 0,
                "protection": "loop",
            },
            {
                "name": "Eth-Trunk10",
                "role": "DESI",
                "state": "forwarding",
                "instance": 1,
                "tc_received": 9,
            },
        ),
    ),
    "no spanning tree ports": ("stp_ports", {"display stp brief": ""}, ()),
    "BGP": (
        "bgp",
        {"display bgp peer": fixture("display bgp peer", "v200"), RUNNING: ROUTED},
        (
            {
                "address": "192.0.2.32",
                "remote_as": "65001",
                "state": "ESTABLISHED",
                "admin_up": True,
                "prefixes_received": 1,
                "up_s": 4197,
            },
            {
                "address": "198.51.100.2",
                "remote_as": "65010",
                "state": "ESTABLISHED",
                "admin_up": True,
                "prefixes_received": 812,
                "up_s": 358560,
            },
            {
                "address": "198.51.100.6",
                "remote_as": "65011",
                "state": "IDLE",
                "admin_up": True,
                "prefixes_received": 0,
            },
            {
                "address": "198.51.100.10",
                "remote_as": "1.10",
                "state": "IDLE",
                "admin_up": False,
                "prefixes_received": 0,
            },
        ),
    ),
    "BGP of V300": (
        "bgp",
        {"display bgp peer": fixture("display bgp peer", "v300")},
        (
            {
                "address": "198.51.100.14",
                "remote_as": "65020",
                "state": "ESTABLISHED",
                "admin_up": True,
                "prefixes_received": 7,
                "up_s": 232,
            },
            {
                "address": "198.51.100.18",
                "remote_as": "65021",
                "state": "ACTIVE",
                "admin_up": True,
                "prefixes_received": 0,
            },
            {
                "address": "198.51.100.22",
                "remote_as": "65022",
                "state": "NO NEG",
                "admin_up": True,
                "prefixes_received": 0,
            },
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
    "stacking links": (
        "stack_ports",
        {
            "display version": VERSION,
            "display stack topology": fixture("display stack topology", "two_members"),
        },
        (
            {"name": "Stack-Port1/1 40GE1/0/5", "up": True},
            {"name": "Stack-Port1/1 40GE1/0/6", "up": False},
            {"name": "Stack-Port2/1 40GE2/0/5", "up": True},
        ),
    ),
    "no stacking links": (
        "stack_ports",
        {"display version": VERSION, "display stack topology": fixture("display stack topology", "alone")},
        (),
    ),
    "stacking that V300 does not have": (
        "stack_ports",
        {"display version": fixture("display version", "ce6881_v300")},
        (),
    ),
    "M-LAG": (
        "mlag",
        {
            RUNNING: ROUTED,
            MLAG: fixture(MLAG, "two_nodes"),
            MLAG_BRIEF: fixture(MLAG_BRIEF, "mode"),
            "display eth-trunk": TRUNKS,
        },
        {
            "role": "primary",
            "peer_reachable": True,
            "keepalive_ok": True,
            "peer_link_up": True,
            "consistent": False,
            "members": (
                {"name": "Eth-Trunk6", "local_up": True, "peer_up": True},
                {"name": "Eth-Trunk7", "local_up": False, "peer_up": True, "reason": "failed(1,4)"},
            ),
        },
    ),
    "M-LAG without its peer": (
        "mlag",
        {
            RUNNING: ROUTED,
            MLAG: fixture(MLAG, "peer_lost"),
            MLAG_NODE: fixture(MLAG_NODE, "second_node"),
            "display eth-trunk": TRUNKS.replace("Eth-Trunk10", "Eth-Trunk11"),
        },
        {
            "role": "primary",
            "peer_reachable": False,
            "keepalive_ok": False,
            "consistent": True,
            "members": ({"name": "Eth-Trunk10", "local_up": True, "peer_up": False},),
        },
    ),
    "no M-LAG": ("mlag", {RUNNING: CONFIG}, {}),
}

UNREADABLE: dict[str, Case] = {
    "VLANs without ports": (
        "vlans",
        {"display vlan": fixture("display vlan", "v300_without_ports")},
        "no table of ports",
    ),
    "VLANs": ("vlans", {"display vlan": ""}, "nothing"),
    "addresses": ("addresses", {"display ip interface brief": ""}, "nothing"),
    "ARP": ("arp", {"display arp all": ""}, "not said"),
    "MAC addresses": ("macs", {"display mac-address": ""}, "not said"),
    "moves where nobody looks": (
        "mac_moves",
        {"display mac-address flapping": fixture("display mac-address flapping", "off")},
        "detection",
    ),
    "use of tables": ("table_use", TABLE_USE | {"display arp statistics": ""}, "arp statistics"),
    "use of the MAC table": (
        "table_use",
        TABLE_USE | {"display mac-address summary": "Summary information of slot 1:\n"},
        "without its use",
    ),
    "routes without a total": (
        "table_use",
        TABLE_USE
        | {
            "display ip routing-table statistics": TABLE_USE["display ip routing-table statistics"].split(
                "Total"
            )[0]
        },
        "no total",
    ),
    "routes": ("routes", {"display ip routing-table": ""}, "no route"),
    "stacking links": (
        "stack_ports",
        {"display version": VERSION, "display stack topology": ""},
        "no topology",
    ),
    "M-LAG without this device": (
        "mlag",
        {RUNNING: ROUTED, MLAG: fixture(MLAG, "two_nodes").replace("Node 1 *", "Node 1")},
        "not in it",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_is_known_with_its_values(case: Case) -> None:
    check_known(case)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_unknown(case: Case) -> None:
    check_unknown(case)


@pytest.mark.parametrize(
    ("fact", "outputs", "command"),
    [
        ("stack_ports", {"display version": VERSION}, "display stack topology"),
        ("mlag", {RUNNING: ROUTED}, MLAG),
    ],
)
def test_an_optional_command_may_turn_out_to_be_needed(fact: str, outputs: Outputs, command: str) -> None:
    assert getattr(read(outputs), fact) == Unknown(Reason.NOT_COLLECTED, command)
    refused = [capture(command, "", CaptureStatus.REFUSED), *(capture(c, t) for c, t in outputs.items())]
    assert getattr(read_facts(PLATFORM, refused), fact).reason is Reason.REFUSED


@pytest.mark.parametrize(
    ("fact", "command"),
    [
        ("bgp", "display bgp peer"),
        ("isis", "display isis peer"),
        ("bfd", "display bfd session all"),
        ("fhrp", "display vrrp brief"),
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
