"""VRP5: VLANs, addresses, tables, spanning tree ports, routes, storage, sessions, processes, power fed."""

import pytest

from tests.parsers.vrp5_outputs import RUNNING, Case, check_known, check_unknown, fixture

WITH_ROUTING = """\
sysname demo-s
#
bgp 64500
 peer 192.0.2.1 as-number 64501
#
bfd
#
nqa test-instance ops uplink
 test-type icmp
#
interface Vlanif101
 vrrp vrid 101 virtual-ip 198.51.100.129
#
return
"""
WITHOUT_ROUTING = "sysname demo-s\n#\nreturn\n"
STATISTICS = """
Summary Prefixes : 7
Proto     total      active      added        deleted      freed
          routes     routes      routes       routes       routes
DIRECT    5          5           5            0            0
STATIC    3          2           3            0            0
Total     8          7           8            0            0
"""
PEERS = """\

 BGP local router ID : 192.0.2.9
 Local AS number : 64500
 Total number of peers : 2		  Peers in established state : 1

  Peer            V          AS  MsgRcvd  MsgSent  OutQ  Up/Down       State PrefRcv

  192.0.2.1       4       64501       72       77     0 01:09:57 Established       4
  192.0.2.2       4       64502        0        0     0 0099h36m Idle(Admin)       0
"""
SESSIONS = """\
--------------------------------------------------------------------------------
Local  Remote     PeerIpAddr      State     Type        InterfaceName
--------------------------------------------------------------------------------
8192   8192       192.0.2.1       Up        S_IP_IF     Vlanif101
8193   0          192.0.2.2       Down      D_IP_PEER   -
--------------------------------------------------------------------------------
Total UP/DOWN Session Number : 1/1
"""
ONE_PORT = fixture("display poe power-state", "one_slot").partition("GigabitEthernet0/0/2")[0]

CASES: dict[str, Case] = {
    "VLANs": (
        "vlans",
        {"display vlan": "campus"},
        (
            {
                "vlan": 1,
                "ports": (
                    "XGigabitEthernet0/0/1",
                    "XGigabitEthernet0/0/2",
                    "GigabitEthernet0/0/3",
                    "GigabitEthernet0/0/4",
                    "Ethernet0/0/5",
                    "40GE0/0/1",
                ),
            },
            {"vlan": 10, "ports": ("Eth-Trunk0",)},
            {"vlan": 20},
        ),
    ),
    "VLANs of newer releases": (
        "vlans",
        {"display vlan": "newer"},
        ({"vlan": 3, "ports": ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2")},),
    ),
    "addresses": (
        "addresses",
        {"display ip interface brief": "campus"},
        (
            {"interface": "MEth0/0/1", "address": "192.0.2.15", "prefix_length": 24},
            {"interface": "Vlanif10", "address": "198.51.100.1", "prefix_length": 30},
        ),
    ),
    "ARP, with an entry still looked for": (
        "arp",
        {"display arp all": "campus"},
        (
            {"ip": "192.0.2.253", "mac": "0000-5e00-5301", "interface": "MEth0/0/1"},
            {"ip": "198.51.100.1", "mac": "0000-5e00-5301", "interface": "Vlanif10"},
            {
                "ip": "198.51.100.2",
                "mac": "0000-5e00-5302",
                "interface": "XGigabitEthernet0/0/1",
                "vlan": 10,
            },
        ),
    ),
    "ARP of the oldest releases": (
        "arp",
        {"display arp all": "oldest"},
        (
            {"ip": "192.0.2.15", "mac": "0000-5e00-5311", "interface": "MEth0/0/1", "vrf": "MGMT"},
            {"ip": "192.0.2.66", "mac": "0000-5e00-5312", "interface": "GigabitEthernet0/0/6", "vlan": 1},
        ),
    ),
    "MAC table": (
        "macs",
        {"display mac-address": "present"},
        (
            {"mac": "0000-5e00-5301", "vlan": 10, "interface": "XGigabitEthernet0/0/1", "static": False},
            {"mac": "0000-5e00-5302", "vlan": 10, "interface": "Eth-Trunk1", "static": True},
            {"mac": "0000-5e00-5303", "interface": "GigabitEthernet0/0/3", "static": False},
            {"mac": "0000-5e00-5304", "vlan": 20, "interface": "-", "static": True},
        ),
    ),
    "MAC table of the oldest releases": (
        "macs",
        {"display mac-address": "oldest"},
        (
            {"mac": "0000-5e00-5311", "vlan": 1, "interface": "GigabitEthernet0/0/3", "static": False},
            {"mac": "0000-5e00-5312", "vlan": 4094, "interface": "Ethernet0/0/24", "static": True},
        ),
    ),
    "empty MAC table": ("macs", {"display mac-address": "empty"}, ()),
    "moves": (
        "mac_moves",
        {"display mac-address flapping record": "stack"},
        (
            {"mac": "0000-5e00-5321", "vlan": 10, "count": 10, "last_at": "2026-02-11 15:00:24"},
            {"mac": "0000-5e00-5322", "vlan": 20, "count": 42, "last_at": "2026-02-12 08:25:53"},
        ),
    ),
    "no moves": ("mac_moves", {"display mac-address flapping record": "none"}, ()),
    "table sizes": (
        "table_use",
        {
            "display mac-address summary": "stack",
            "display arp statistics all": "Dynamic:1        Static:0\n",
            "display ip routing-table statistics": STATISTICS,
        },
        (
            {"table": "mac", "used": 46, "capacity": 16384},
            {"table": "mac", "used": 40, "capacity": 16384},
            {"table": "arp", "used": 1},
            {"table": "route", "used": 7},
        ),
    ),
    "ports in spanning tree": (
        "stp_ports",
        {"display stp brief": "blocked"},
        (
            {"name": "GigabitEthernet0/0/1", "role": "DESI", "state": "FORWARDING", "instance": 0},
            {
                "name": "GigabitEthernet0/0/2",
                "role": "DESI",
                "state": "DISCARDING",
                "instance": 0,
                "protection": "ROOT",
            },
            {"name": "GigabitEthernet0/0/3", "role": "ALTE", "state": "DISCARDING", "instance": 0},
            {"name": "Eth-Trunk1", "role": "ROOT", "state": "FORWARDING", "instance": 1},
        ),
    ),
    "routes, one with two next hops": (
        "routes",
        {"display ip routing-table": "campus"},
        (
            {
                "prefix": "0.0.0.0/0",
                "protocol": "Static",
                "next_hop": "198.51.100.2",
                "interface": "Vlanif10",
            },
            {
                "prefix": "0.0.0.0/0",
                "protocol": "Static",
                "next_hop": "198.51.100.6",
                "interface": "Vlanif20",
            },
            {
                "prefix": "127.0.0.0/8",
                "protocol": "Direct",
                "next_hop": "127.0.0.1",
                "interface": "InLoopBack0",
            },
            {
                "prefix": "198.51.100.0/30",
                "protocol": "Direct",
                "next_hop": "198.51.100.1",
                "interface": "GigabitEthernet0/0/1",
            },
        ),
    ),
    "BGP": (
        "bgp",
        {"display bgp peer": PEERS, RUNNING: WITH_ROUTING},
        tuple(
            peer | {"local_as": "64500", "router_id": "192.0.2.9", "family": "ipv4"}
            for peer in (
                {
                    "address": "192.0.2.1",
                    "remote_as": "64501",
                    "state": "ESTABLISHED",
                    "prefixes_received": 4,
                    "up_s": 4197,
                },
                {
                    "address": "192.0.2.2",
                    "remote_as": "64502",
                    "state": "IDLE",
                    "admin_up": False,
                    "prefixes_received": 0,
                },
            )
        ),
    ),
    "no BGP, in whatever words": (
        "bgp",
        {"display bgp peer": "Error: something about BGP.\n", RUNNING: WITHOUT_ROUTING},
        (),
    ),
    "BFD": (
        "bfd",
        {"display bfd session all": SESSIONS, RUNNING: WITH_ROUTING},
        (
            {"peer": "192.0.2.1", "interface": "Vlanif101", "state": "UP"},
            {"peer": "192.0.2.2", "state": "DOWN"},
        ),
    ),
    "VRRP": (
        "fhrp",
        {"display vrrp brief": "campus", RUNNING: WITH_ROUTING},
        (
            {"interface": "Vlanif101", "group": 101, "vip": "198.51.100.129", "state": "backup"},
            {"interface": "Vlanif102", "group": 102, "vip": "198.51.100.145", "state": "master"},
        ),
    ),
    "NQA": (
        "tracks",
        {"display nqa results": "icmp_and_jitter", RUNNING: WITH_ROUTING},
        ({"id": "nqa ops uplink", "state": "positive"}, {"id": "nqa ops voice", "state": "negative"}),
    ),
    "no NQA": ("tracks", {"display nqa results": "Error: something.\n", RUNNING: WITHOUT_ROUTING}, ()),
    "no IS-IS": ("isis", {"display isis peer": "\n", RUNNING: WITHOUT_ROUTING}, ()),
    "who is logged in": (
        "login_sessions",
        {"display users": "two"},
        (
            {"line": "CON 0", "idle_s": 150},
            {"line": "VTY 1", "user": "inspector", "address": "192.0.2.91", "idle_s": 4836},
        ),
    ),
    "storage": (
        "filesystems",
        {"dir": "campus"},
        ({"name": "flash:", "total_bytes": 509256 * 1024, "free_bytes": 52752 * 1024, "kind": "flash"},),
    ),
    "files": (
        "files",
        {"dir": "campus"},
        (
            {"name": "flash:/demo-v200r021c00spc100.cc", "size_bytes": 104522668},
            {"name": "flash:/vrpcfg.zip", "size_bytes": 2871},
        ),
    ),
    "power over Ethernet": (
        "poe",
        {"display poe information": "stack", "display poe power-state": "stack"},
        (
            {
                "location": "slot 0",
                "budget_w": 740.0,
                "used_w": 49.5,
                "ports": ({"interface": "GigabitEthernet0/0/1", "state": "Powered"},),
            },
            {
                "location": "slot 1",
                "budget_w": 740.0,
                "used_w": 0.0,
                "ports": ({"interface": "GigabitEthernet1/0/1", "state": "Overload"},),
            },
        ),
    ),
    "less power than the supplies have": (
        "poe",
        {
            "display poe information": "one_slot",
            "display poe power-state": fixture("display poe power-state", "one_slot").split(
                "GigabitEthernet0/0/2"
            )[0],
        },
        (
            {
                "location": "slot 0",
                "budget_w": 369.6,
                "used_w": 14.4,
                "ports": ({"interface": "GigabitEthernet0/0/1", "state": "Powered"},),
            },
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fact_is_read_from_what_the_device_prints(name: str) -> None:
    check_known(CASES[name])


UNREADABLE: dict[str, Case] = {
    "no VLAN at all": ("vlans", {"display vlan": "\n"}, "nothing was recognised"),
    "a MAC table that lost its entries": (
        "macs",
        {"display mac-address": fixture("display mac-address", "empty").replace("= 0", "= 3")},
        "nothing was recognised",
    ),
    "an ARP table without entries or a total": ("arp", {"display arp all": "\n"}, "no entry"),
    "no word about moves": ("mac_moves", {"display mac-address flapping record": "\n"}, "nothing was"),
    "no route": ("routes", {"display ip routing-table": "\n"}, "no route"),
    "sizes without those of routes": (
        "table_use",
        {
            "display mac-address summary": "stack",
            "display arp statistics all": "Dynamic:1        Static:0\n",
            "display ip routing-table statistics": STATISTICS.partition("Total")[0],
        },
        "no total",
    ),
    "a slot without its use": (
        "table_use",
        {
            "display mac-address summary": "Summary information of slot 0:\nCapacity : 16384\n",
            "display arp statistics all": "Dynamic:1        Static:0\n",
            "display ip routing-table statistics": STATISTICS,
        },
        "in_used",
    ),
    "nobody logged in": ("login_sessions", {"display users": "\n"}, "not even our own"),
    "a storage without its size": (
        "filesystems",
        {"dir": fixture("dir", "campus").partition("509,256")[0]},
        "total size",
    ),
    "power of which nothing is said": (
        "poe",
        {"display poe information": "PSE Information of slot 0:\n", "display poe power-state": "one_slot"},
        "no supply_mw",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_unknown_with_its_reason(name: str) -> None:
    check_unknown(UNREADABLE[name])
