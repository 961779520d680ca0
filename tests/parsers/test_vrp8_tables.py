"""VRP8: VLANs, addresses, ARP, MAC and spanning tree tables, stacking links, M-LAG."""

import pytest

from collector.capture import CaptureStatus
from parsers.facts import Reason, Unknown
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
            {"ip": "192.0.2.136", "mac": "0000-5e00-5350", "interface": "MEth0/0/0", "vrf": "mgmt"},
            {"ip": "192.0.2.254", "mac": "0000-5e00-5391", "interface": "MEth0/0/0", "vrf": "mgmt"},
            {"ip": "198.51.100.30", "mac": "0000-5e00-5356", "interface": "Vlanif802"},
            {"ip": "198.51.100.4", "mac": "0000-5e00-5329", "interface": "Eth-Trunk40", "vlan": 802},
            {
                "ip": "198.51.100.11",
                "mac": "0000-5e00-5384",
                "interface": "25GE1/0/10.111",
                "vrf": "demo-red",
            },
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
            {"ip": "192.0.2.1", "mac": "0000-5e00-530a", "interface": "Eth0/0/0", "vrf": "__LOCAL_OAM_VPN__"},
            {
                "ip": "198.51.100.3",
                "mac": "0000-5e00-5347",
                "interface": "Eth-Trunk1.201",
                "vlan": 201,
                "vrf": "demo-red",
            },
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
            "peer_link": "Eth-Trunk10",
            "consistent": False,
            "peer_version": "V300R023C00",
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
            "peer_link": "Eth-Trunk10",
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
