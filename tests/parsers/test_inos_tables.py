"""INOS-CN: tables, neighbours, storage and sessions, from fixture texts to facts."""

from typing import Any

import pytest

from parsers.facts import Known
from tests.parsers.inos_cn_outputs import (
    ALL_ON,
    CONFIG,
    MOVES,
    fixture,
    plain,
    read,
)

PEERS: list[dict[str, Any]] = [
    {"address": "192.0.2.2", "remote_as": "65000", "state": "ESTABLISHED", "up_s": 3937},
    {"address": "192.0.2.3", "remote_as": "65003", "state": "IDLE"},
    {"address": "192.0.2.4", "remote_as": "65004", "state": "SHUTDOWN", "admin_up": False},
    {
        "address": "fe80::200:5eff:fe00:5301%Ethernet1/1",
        "remote_as": "1.10",
        "state": "ESTABLISHED",
        "up_s": 1814400,
    },
]

CASES: list[tuple[str, str, str, Any]] = [
    (
        "vlans",
        "show vlan",
        "ports_wrap",
        [
            {
                "vlan": 1,
                "name": "default",
                "ports": [
                    "port-channel20", "port-channel4096", "Ethernet1/1", "Ethernet1/2", "Ethernet1/3",
                    "Ethernet1/10", "Ethernet101/1/48",
                ],
            },
            {"vlan": 30, "name": "storage net", "ports": ["Ethernet1/4"]},
            {"vlan": 40, "name": "VLAN0040", "ports": ["port-channel20"]},
            {"vlan": 50, "name": "VLAN0050"},
        ],
    ),
    (
        "arp",
        "show ip arp",
        "all_contexts",
        [
            {"ip": "192.0.2.9", "mac": "0000.5e00.5309", "interface": "mgmt0", "age_s": 191},
            {"ip": "198.51.100.2", "mac": "0000.5e00.5302", "interface": "Ethernet1/41", "age_s": 57},
            {"ip": "198.51.100.66", "mac": "0000.5e00.5366", "interface": "Vlan66", "vlan": 66},
        ],
    ),
    ("arp", "show ip arp vrf all", "none", []),
    (
        "macs",
        "show mac address-table",
        "inos_9x",
        [
            {"mac": "0000.5e00.5311", "vlan": 10, "interface": "Ethernet1/1", "static": False},
            {"mac": "0000.5e00.5312", "vlan": 10, "interface": "port-channel20", "static": False},
            {"mac": "0000.5e00.5313", "vlan": 20, "interface": "Drop", "static": True},
            {"mac": "0000.5e00.5314", "vlan": 30, "interface": "nve1(192.0.2.30)", "static": False},
            {"mac": "0000.5e00.5300", "interface": "sup-eth1", "static": True},
            {"mac": "0000.5e00.5399", "vlan": 10, "interface": "vPC Peer-Link", "static": True},
        ],
    ),
    (
        "stp_ports",
        "show spanning-tree",
        "rapid_pvst",
        [
            {"name": "port-channel14", "role": "Root", "state": "FWD", "instance": 1},
            {"name": "Ethernet1/1", "role": "Desg", "state": "FWD", "instance": 1},
            {"name": "Ethernet1/3", "role": "Desg", "state": "BKN", "instance": 1, "protection": "BA_Inc"},
            {"name": "Ethernet101/1/4", "role": "Altn", "state": "BLK", "instance": 1},
            {"name": "Ethernet1/1", "role": "Desg", "state": "LRN", "instance": 10},
        ],
    ),
    ("stp_ports", "show spanning-tree", "none", []),
    (
        "link_detection",
        "show udld neighbors",
        "two",
        [
            {"interface": "Ethernet1/1", "state": "bidirectional"},
            {"interface": "Ethernet1/2", "state": "unidirectional"},
        ],
    ),
    ("link_detection", "show udld neighbors", "none", []),
    (
        "routes",
        "show ip route vrf all",
        "two_vrfs",
        [
            {"prefix": "192.0.2.0/30", "protocol": "direct", "next_hop": "192.0.2.1",
             "interface": "port-channel20"},
            {"prefix": "198.51.100.7/32", "protocol": "local", "next_hop": "198.51.100.7",
             "interface": "mgmt0", "vrf": "management"},
            {"prefix": "0.0.0.0/0", "protocol": "bgp-65001", "next_hop": "192.0.2.9", "vrf": "tenant-a"},
        ],
    ),
    ("routes", "show ip route", "not_found", []),
    (
        "bgp",
        "show bgp sessions",
        "wrapped_addresses",
        [{**peer, "local_as": "65000", "router_id": "192.0.2.1"} for peer in PEERS],
    ),
    (
        "bgp",
        "show bgp sessions vrf all",
        "two_vrfs",
        [
            {"address": "2001:db8::9", "remote_as": "65009", "state": "ACTIVE",
             "local_as": "65002", "router_id": "192.0.2.1"},
            {"address": "198.51.100.5", "remote_as": "65003", "state": "ESTABLISHED", "up_s": 37584000,
             "vrf": "l3out", "local_as": "65002", "router_id": "198.51.100.200"},
        ],
    ),
    ("bgp", "show bgp sessions vrf all", "none", []),
    (
        "isis",
        "show isis adjacency vrf all",
        "legend",
        [
            {"system_id": "lab-leaf1", "interface": "Ethernet1/1", "state": "UP"},
            {"system_id": "lab-leaf2", "interface": "port-channel20", "state": "INIT"},
        ],
    ),
    ("isis", "show isis adjacency", "none", []),
    (
        "bfd",
        "show bfd neighbors vrf all",
        "up_and_down",
        [
            {"peer": "198.51.100.2", "interface": "port-channel10", "state": "UP"},
            {"peer": "198.51.100.10", "interface": "Ethernet1/8", "state": "DOWN"},
        ],
    ),
    ("bfd", "show bfd neighbors", "none", []),
    (
        "tracks",
        "show track",
        "kinds",
        [
            {"id": "1", "state": "positive"},
            {"id": "2", "state": "negative"},
            {"id": "3", "state": "negative"},
        ],
    ),
    (
        "mlag",
        "show vpc",
        "two_members",
        {
            "role": "primary",
            "peer_reachable": True,
            "keepalive_ok": True,
            "peer_link_up": True,
            "peer_link": "port-channel4096",
            "consistent": False,
            "inconsistent_types": [2],
            "members": [
                {"name": "port-channel20", "local_up": True},
                {"name": "port-channel30", "local_up": False,
                 "reason": "vPC type-1 configuration incompatible - STP"},
            ],
        },
    ),
    (
        "mlag",
        "show vpc",
        "not_configured",
        {"peer_reachable": False, "keepalive_ok": False, "consistent": False}
        | {"inconsistent_types": [1, 2]},
    ),
    (
        "login_sessions",
        "show users",
        "three",
        [
            {"line": "ttyS0", "user": "admin", "idle_s": 33120},
            {"line": "pts/0", "user": "opsadmin", "address": "192.0.2.10", "idle_s": 0},
            {"line": "pts/3", "user": "opsview", "address": "2001:db8::12", "idle_s": 86400},
        ],
    ),
    (
        "login_sessions",
        "show users",
        "unknown_idle",
        [{"line": "pts/1", "user": "admin", "address": "192.0.2.10"}],
    ),
    (
        "filesystems",
        "dir",
        "bootflash",
        [{"location": "", "name": "bootflash:", "total_bytes": 2_000_000_000, "free_bytes": 218_000_000}
         | {"kind": "flash"}],
    ),
    (
        "files",
        "dir",
        "bootflash",
        [
            {"name": "bootflash:/20260202_074746_poap_7537_init.log", "size_bytes": 1398},
            {"name": "bootflash:/inos-cn.9.2.3.bin", "size_bytes": 1_296_271_872},
            {"name": "bootflash:/note with blanks.txt", "size_bytes": 12},
        ],
    ),
    ("files", "dir", "supervisor", []),
    (
        "processes",
        "show processes cpu",
        "with_averages",
        [
            {"name": "init", "cpu_pct": 0},
            {"name": "dcos-xinetd", "cpu_pct": 4.8},
            {"name": "bgp worker", "cpu_pct": 12.5},
        ],
    ),
    (
        "crashes",
        "show cores",
        "two",
        [
            {"process": "lldp", "time": "2026-03-02 18:00:56"},
            {"process": "bgp-65001", "time": "2026-11-01 07:09:03"},
        ],
    ),
    ("crashes", "show cores", "none", []),
    (
        "hardware_resources",
        "show hardware access-list resource utilization",
        "chassis",
        [
            {"location": "slot 1", "pool": "Tcam 0, Bank 0 0x0", "used": 48, "total": 4096},
            {"location": "slot 1", "pool": "TCP Flags 0x0", "used": 0, "total": 16},
            {"location": "slot 1", "pool": "Tcam 0, Bank 0 0x1", "used": 7317, "total": 8096},
        ],
    ),
    ("boot", "show version", "inos_9x", [{"location": "", "bootrom": "05.31"}]),
    (
        "temperatures",
        "show environment",
        "inos_9x",
        [
            {"location": "slot 1", "sensor": "FRONT", "celsius": 24, "warn_c": 42, "alarm_c": 70,
             "state": "Ok"},
            {"location": "slot 1", "sensor": "CPU", "celsius": 91, "warn_c": 80, "alarm_c": 90,
             "state": "Alarm"},
        ],
    ),
    (
        "fans",
        "show environment",
        "inos_9x",
        [
            {"location": "", "name": "Fan1(sys_fan1)", "present": True, "state": "Ok"}
            | {"airflow": "front-to-back"},
            {"location": "", "name": "Fan_in_PS1", "present": True, "state": "Failure"}
            | {"airflow": "front-to-back"},
        ],
    ),
    (
        "power_supplies",
        "show environment",
        "inos_9x",
        [
            {"location": "", "name": "Power Supply 1", "present": True, "state": "Ok",
             "model": "CNP-650W-AC", "capacity_w": 650, "output_w": 101},
            {"location": "", "name": "Power Supply 2", "present": False, "state": "Absent", "output_w": 0},
        ],
    ),
    (
        "ospf",
        "show ip ospf neighbors",
        "two",
        [
            {"router_id": "192.0.2.8", "interface": "Vlan2", "state": "FULL"}
            | {"up_s": 2 * 365 * 86400},
            {"router_id": "192.0.2.3", "interface": "Ethernet1/1", "state": "FULL", "role": "BDR"}
            | {"up_s": (2 * 365 + 10 * 7) * 86400},
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "command", "name", "expected"), CASES, ids=[f"{f}-{c}-{n}" for f, c, n, _ in CASES]
)
def test_fact_from_fixture(fact: str, command: str, name: str, expected: Any) -> None:
    known = getattr(read({"show running-config": ALL_ON, command: fixture(command, name)}), fact)
    assert isinstance(known, Known), known
    assert plain(known.value) == expected


def test_hsrp_and_vrrp_groups_stand_side_by_side() -> None:
    outputs = {"show hsrp all": fixture("show hsrp all", "states"), "show vrrp": fixture("show vrrp", "two")}
    fact = read({"show running-config": ALL_ON, **outputs}).fhrp
    assert isinstance(fact, Known)
    assert plain(fact.value) == [
        {"interface": "Vlan100", "group": 100, "vip": "198.51.100.1", "state": "master", "priority": 250},
        {"interface": "Ethernet1/3", "group": 4, "state": "init", "priority": 100},
        {"interface": "Vlan10", "group": 1, "vip": "198.51.100.254", "state": "master", "priority": 120},
        {"interface": "Ethernet1/10", "group": 12, "vip": "198.51.100.126", "state": "init", "priority": 100},
    ]


def test_hsrp_in_brief_says_the_same() -> None:
    outputs = {
        "show running-config": CONFIG + "feature hsrp\n",
        "show hsrp brief": fixture("show hsrp brief", "two_lines"),
    }
    fact = read(outputs).fhrp
    assert isinstance(fact, Known)
    assert plain(fact.value) == [
        {"interface": "Vlan100", "group": 100, "vip": "198.51.100.1", "state": "master", "priority": 250},
        {"interface": "Vlan200", "group": 4, "vip": "198.51.100.129", "state": "init", "priority": 100},
    ]


def test_use_of_the_three_tables_sums_the_vrfs() -> None:
    outputs = {
        "show running-config": CONFIG,
        "show mac address-table count": fixture("show mac address-table count", "inos_9x"),
        "show ip arp summary": fixture("show ip arp summary", "throttled"),
        "show ip route summary vrf all": fixture("show ip route summary vrf all", "two_vrfs"),
    }
    fact = read(outputs).table_use
    assert isinstance(fact, Known)
    assert plain(fact.value) == [
        {"table": "mac", "used": 1307},
        {"table": "arp", "used": 7},
        {"table": "route", "used": 7},
    ]


def test_moves_are_counted_by_address_and_vlan() -> None:
    fact = read({"show running-config": ALL_ON, "show logging logfile": MOVES}).mac_moves
    assert isinstance(fact, Known)
    assert plain(fact.value) == [
        {"mac": "0000.5e00.5311", "vlan": 10, "count": 2, "last_at": "2026-11-21 11:00:00"}
    ]
