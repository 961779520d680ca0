"""Comware 7: values of real outputs, compared with the text by eye, where `XUNJIAN_CORPUS` names them."""

import os
from pathlib import Path
from typing import Any

import pytest

from parsers.facts import Known
from tests.parsers.comware_outputs import RUNNING, configured, plain, read, snake

CORPUS = os.environ.get("XUNJIAN_CORPUS")
if CORPUS is None:
    pytest.skip("XUNJIAN_CORPUS names no folder of real outputs", allow_module_level=True)

ON = configured(
    "m-lag system-number 1\n",
    "bgp 65001\n",
    "isis 1\n",
    "interface Vlan-interface9\n vrrp vrid 1\n poe enable\n",
)

# Fact, its output and sample, position of one row (None: the fact is no list), what it must hold.
ROWS: list[tuple[str, str, str, int | None, dict[str, Any]]] = [
    (
        "vlans",
        "display vlan brief",
        "ntc_0",
        1,
        {"vlan": 10, "name": "VLAN 0010", "ports": ["FortyGigE1/0/21"]},
    ),
    ("vlans", "display vlan brief", "ntc_0", 5, {"vlan": 500, "name": "VLAN 0500"}),
    (
        "macs",
        "display mac-address",
        "ntc_0",
        1,
        {"mac": "fedc-ba09-8765", "vlan": 10, "interface": "GigabitEthernet1/0/20", "static": False},
    ),
    (
        "bgp",
        "display bgp peer ipv4",
        "ntc_low_uptime",
        2,
        {
            "address": "2.2.2.30",
            "remote_as": "200",
            "state": "ESTABLISHED",
            "prefixes_received": 1,
            "up_s": 30647,
        },
    ),
    (
        "bgp",
        "display bgp peer ipv4",
        "ntc_0",
        1,
        {"address": "2.114.82.34", "remote_as": "100", "state": "CONNECT", "prefixes_received": 0},
    ),
    (
        "fhrp",
        "display vrrp verbose",
        "elinpf_0",
        0,
        {
            "interface": "Vlan-interface2",
            "group": 2,
            "vip": "30.50.128.1",
            "state": "master",
            "priority": 110,
        },
    ),
    ("isis", "display isis peer", "otus_hcl_r3", 2, {"system_id": "R4", "interface": "GigabitEthernet0/2"}),
    ("mad", "display mad verbose", "otus_hcl_dsw2_2", None, {"modes": ["bfd"], "faulty": True}),
    (
        "mlag",
        "display m-lag summary",
        "otus_hcl_dsw1_1",
        None,
        {
            "keepalive_ok": True,
            "peer_link_up": True,
            "members": [
                {"name": "Bridge-Aggregation101", "local_up": True, "peer_up": True},
                {"name": "Bridge-Aggregation102", "local_up": True, "peer_up": True},
            ],
        },
    ),
    (
        "mac_moves",
        "display mac-address mac-move",
        "manual_02",
        1,
        {"mac": "0000-0001-002c", "vlan": 1, "count": 20, "last_at": "2013-05-20 13:41:32"},
    ),
    ("poe", "display poe interface", "manual_02", 0, {"budget_w": 180.0, "used_w": 8.4}),
    (
        "boot",
        "display version",
        "s5560x_54c_ei",
        0,
        {"location": "slot 1", "bootrom": "119", "cpld": "002"},
    ),
]


def sample(command: str, name: str) -> str:
    return Path(str(CORPUS), "h3c_comware", snake(command), f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("case", ROWS, ids=[f"{fact}-{name}" for fact, _, name, _, _ in ROWS])
def test_row_of_a_real_output(case: tuple[str, str, str, int | None, dict[str, Any]]) -> None:
    fact, command, name, position, expected = case
    found = read(fact, {RUNNING: ON, command: sample(command, name)})
    assert isinstance(found, Known), found
    value = plain(found.value)
    row = value if position is None else value[position]
    assert {key: row.get(key) for key in expected} == expected


def test_real_outputs_that_belong_together() -> None:
    blocked = sample("display stp abnormal-port", "manual_01")
    outputs = {
        "display stp brief": sample("display stp brief", "otus_hcl_asw2_1"),
        "display stp abnormal-port": blocked,
    }
    ports = read("stp_ports", outputs)
    assert isinstance(ports, Known)
    assert [(port.name, port.role, port.protection) for port in ports.value] == [
        ("GigabitEthernet1/0/1", "DESI", None),
        ("Ten-GigabitEthernet1/0/49", "ALTE", None),
        ("Ten-GigabitEthernet1/0/50", "ROOT", None),
    ]
    tables = read(
        "table_use",
        {
            "display mac-address count": sample("display mac-address count", "manual_01"),
            "display mac-address statistics": sample("display mac-address statistics", "manual_01"),
            "display arp all count": sample("display arp all count", "manual_01"),
            "display ip routing-table statistics": sample("display ip routing-table statistics", "elinpf_0"),
        },
    )
    assert isinstance(tables, Known)
    assert [(use.table, use.used, use.capacity) for use in tables.value] == [
        ("mac", 1, 32768),
        ("arp", 5, None),
        ("route", 2555, None),
    ]
