"""Comware 5: the platform file, and a whole switch."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from collector.capture import CaptureStatus
from collector.platform import platforms
from parsers.facts import FACT_NAMES, Known, Reason, Unknown
from parsers.masking import mask_line
from parsers.reader import read_facts
from tests.parsers.comware5_outputs import (
    KEPT,
    NOW,
    PLATFORM,
    RUNNING,
    WHOLE,
    capture,
    facts_of,
    fixture,
    value,
)
from tests.parsers.comware_outputs import acl_rule


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (fixture("display version", "box_switch"), ["h3c_comware5"]),
        (fixture("display version", "hp_with_slot_in_model"), ["h3c_comware5"]),
        (fixture("display version", "router_restarted_by_command"), ["h3c_comware5"]),
        ("H3C Comware Software, Version 7.1.070, Release 6616P05\n", ["h3c_comware7"]),
        ("HPE Comware Platform Software, Version 7.1.045, Release 2432P01\n", ["h3c_comware7"]),
        ("H3C Comware Software, Version 9.1.058, Release 9126P01\n", ["h3c_comware7"]),
        ("H3C Comware Platform Software\nComware Software, Version 3.10, Release 1602\n", []),
        ("Comware Software, Version 5.20, Release 1211\n", []),
    ],
)
def test_the_comwares_are_told_apart(text: str, ours: list[str]) -> None:
    assert [p.id for p in platforms().values() if all(r.search(text) for r in p.recognise)] == ours


def test_nothing_but_printing_is_allowed() -> None:
    assert [c for c in PLATFORM.allowed if not c.startswith(("display ", "dir"))] == ["screen-length disable"]


def test_reports_say_how_weak_the_base_is() -> None:
    assert "按 Comware 7 同形推定" in PLATFORM.evidence
    assert "未经实机验证" in PLATFORM.evidence


# --- a whole switch -------------------------------------------------------------------------------


def test_every_fact_of_the_switch_is_known() -> None:
    facts = facts_of(WHOLE)
    found = {name: getattr(facts, name) for name in FACT_NAMES}
    assert {name for name, fact in found.items() if isinstance(fact, Known)} == set(PLATFORM.facts)
    others = {fact.reason for name, fact in found.items() if name not in PLATFORM.facts}
    assert others == {Reason.UNSUPPORTED}


@pytest.mark.parametrize("status", [s for s in CaptureStatus if s is not CaptureStatus.OK])
@pytest.mark.parametrize("fact", sorted(PLATFORM.facts))
def test_unanswered_commands_make_a_fact_unknown(fact: str, status: CaptureStatus) -> None:
    captures = [capture(c, WHOLE[c], status) for step in PLATFORM.facts[fact] for c in step.any_of]
    unknown = getattr(read_facts(PLATFORM, captures), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason(status.value)


WHOLE_CASES: dict[str, Any] = {
    "identity": {"hostname": "acc-old-1", "model": "S5500-28C-EI"},
    "software": {"os": "Comware", "version": "Release 2208P01", "platform_version": "5.20"},
    "uptime": {"uptime_s": ((41 * 7 + 2) * 24 + 3) * 3600 + 4 * 60},
    "boards": [
        {"location": "slot 1", "kind": "fixed", "present": True, "state": "Normal", "role": "none"},
        {"location": "slot 1/1", "kind": "subcard", "model": "2 SFP+", "present": True}
        | {"state": "Normal", "role": "none"},
    ],
    "inventory": [
        {"location": "slot 1", "kind": "chassis", "model": "S5500-28C-EI"}
        | {"serial": "DEMO0000H3C0551", "made_on": "2011-05-06"},
        *(
            {"location": f"port GigabitEthernet1/0/{port}", "kind": "optic"}
            | {"serial": f"DEMO0000OPT5{n}", "made_on": f"2011-04-0{n}"}
            for n, port in ((1, 25), (2, 26))
        ),
    ],
    "cpu": [{"unit": "Slot 1", "used_5m_pct": 9.0, "used_now_pct": 11.0}],
    "memory": [{"unit": "Memory", "used_pct": 46.0, "total_bytes": 170115712, "used_bytes": 79872336}],
    "temperatures": [
        {"location": "", "sensor": "hotspot 1", "celsius": 36.0, "warn_c": 55.0, "alarm_c": 60.0}
    ],
    "fans": [{"location": "slot 1", "name": "Fan 1", "present": True, "state": "Normal"}],
    "power_supplies": [
        {"location": "slot 1", "name": "Power 1", "present": True, "state": "Normal"},
        {"location": "slot 1", "name": "Power 2", "present": False, "state": "Absent"},
    ],
    "err_disabled": [],
    "lldp": [
        {"local_port": f"GigabitEthernet1/0/{port}", "remote_system": "old-core"}
        | {"remote_port": f"GigabitEthernet1/0/{far}", "chassis_id": "0000-5e00-53c1"}
        for port, far in ((25, 1), (26, 2))
    ],
    "lags": [
        {"name": "Bridge-Aggregation1", "mode": "lacp", "oper_up": True}
        | {
            "members": [
                {"interface": f"GigabitEthernet1/0/{port}", "selected": True, "oper_up": True}
                for port in (25, 26)
            ]
        }
    ],
    "ospf": [],
    "stp": {"enabled": True, "mode": "rstp", "bridge_id": "32768.0000-5e00-53c5"}
    | {"root_bridge": "4096.0000-5e00-53c1"},
    "clock": {
        "device_time": datetime(2026, 3, 1, 12, 5, 6, tzinfo=timezone(timedelta(hours=8))),
        "asked_at": NOW,
        "round_trip_s": 0.5,
        "dst": False,
    },
    "ntp": {"configured": True, "synchronized": True, "stratum": 4}
    | {
        "sources": [
            {"address": "192.0.2.250", "selected": True, "kind": "server", "stratum": 3, "reach": 255}
            | {"poll_s": 64, "delay_s": 0.0144, "offset_s": 0.0003}
        ]
    },
    "info_center": KEPT | {"enabled": True, "hosts": [{"address": "192.0.2.251", "level": 6}]},
    "patches": [{"name": "XXX002", "state": "2 RUNNING", "effective": True, "location": "slot 1"}],
    "startup": {
        "image_current": "flash:/s5500ei-cmw520-r2208p01.bin",
        "image_next": "flash:/s5500ei-cmw520-r2208p01.bin",
        "config_current": "flash:/startup.cfg",
        "config_next": "flash:/startup.cfg",
    },
    "users": [
        {
            "name": "ops",
            "level": 3,
            "services": ["ssh", "terminal"],
            "administrator": True,
            "password_form": "reversible",
        }
    ],
    "snmp": {"enabled": True, "versions": ["v3"], "users": [{"security": "priv"}]},
    "telnet": {"enabled": False, "by_default": False},
    "vty": [
        {"first": 0, "last": 4, "acl_in": "2001", "protocols": ["ssh"], "auth_mode": "aaa", "idle_min": 5.0},
        {"first": 5, "last": 15, "acl_in": "2001", "protocols": ["ssh"], "auth_mode": "aaa"}
        | {"idle_min": 10.0},
    ],
    "ssh": {"enabled": True, "v1_compatible": False},
    "acls": [
        {"id": "2001", "rules": 2, "permits_any": False}
        | {"used_in": ["user-interface vty 0 4", "user-interface vty 5 15"]}
        | {"rule_list": [acl_rule("permit", source=False), acl_rule("deny")]}
    ],
    "saved_state": {},
    "console": {"idle_min": 5.0, "auth_mode": "aaa"},
    "login_policy": {"max_fail": 3, "lock_min": 5.0},
    "password_policy": {"length_min": 10, "types_min": 2, "age_max_days": 90, "history_min": 4},
    "aaa": [{"scheme": "system", "methods": ["radius", "local"]}],
    "login_sessions": [
        {"line": "AUX 0", "idle_s": 190},
        {"line": "VTY 0", "user": "ops", "address": "192.0.2.9", "idle_s": 0},
    ],
    "snmp_groups": [{"name": "monitor", "security": "priv"}],
    "trap_hosts": [{"address": "192.0.2.252", "version": "v3"}],
    "vlans": [
        {"vlan": 1, "name": "VLAN 0001", "ports": ["GigabitEthernet1/0/2", "GigabitEthernet1/0/3"]},
        {"vlan": 10, "name": "VLAN 0010"}
        | {
            "ports": [
                "Bridge-Aggregation1",
                "GigabitEthernet1/0/25",
                "GigabitEthernet1/0/26",
                "GigabitEthernet1/0/1",
                "GigabitEthernet1/0/4",
            ]
        },
        {"vlan": 99, "name": "VLAN 0099"}
        | {"ports": ["Bridge-Aggregation1", "GigabitEthernet1/0/25", "GigabitEthernet1/0/26"]},
    ],
    "macs": [
        {"mac": mac, "vlan": vlan, "interface": port, "static": static}
        for mac, vlan, port, static in (
            ("0000-5e00-53e1", 10, "GigabitEthernet1/0/1", False),
            ("0000-5e00-53c1", 99, "Bridge-Aggregation1", False),
            ("0000-5e00-53e9", 10, "GigabitEthernet1/0/4", True),
        )
    ],
    "table_use": [
        {"table": "mac", "used": 3, "capacity": 8192},
        {"table": "arp", "used": 2},
        {"table": "route", "used": 5},
    ],
    "stp_ports": [
        {"name": name, "role": role, "state": "FORWARDING", "instance": 0, "tc_received": changes}
        for name, role, changes in (
            ("Bridge-Aggregation1", "ROOT", 12),
            ("GigabitEthernet1/0/1", "DESI", 0),
            ("GigabitEthernet1/0/2", "DESI", 0),
        )
    ],
    "dhcp_snooping": {"enabled": True, "everywhere": True, "trusted_ports": ["GigabitEthernet1/0/25"]},
    "port_settings": [
        {"interface": name, "mode": "trunk", "vlan": 1, "allowed_vlans": [[10, 10], [99, 99]]}
        if name in ("Bridge-Aggregation1", "GigabitEthernet1/0/25")
        else {"interface": name, "mode": "access", "vlan": 10}
        | ({"edge": True, "bpdu_guard": True} if name == "GigabitEthernet1/0/1" else {})
        for name in (
            "Bridge-Aggregation1",
            "GigabitEthernet1/0/1",
            "GigabitEthernet1/0/4",
            "GigabitEthernet1/0/25",
        )
    ],
    "stp_protection": {"bpdu_guard": True, "tc_protection": True},
    "control_plane": {"default_policy": True},
    "mirrors": [{"id": "1", "sources": ["GigabitEthernet1/0/1"], "destination": "GigabitEthernet1/0/4"}],
    "addresses": [{"interface": "Vlan-interface99", "address": "192.0.2.77", "prefix_length": 24}],
    "arp": [
        {"ip": ip, "mac": mac, "interface": "Bridge-Aggregation1", "vlan": 99}
        for ip, mac in (("192.0.2.1", "0000-5e00-53c1"), ("192.0.2.250", "0000-5e00-53ca"))
    ],
    "routes": [
        {"prefix": prefix, "protocol": protocol, "next_hop": hop, "interface": interface}
        for prefix, protocol, hop, interface in (
            ("0.0.0.0/0", "Static", "192.0.2.1", "Vlan-interface99"),
            ("127.0.0.0/8", "Direct", "127.0.0.1", "InLoopBack0"),
            ("127.0.0.1/32", "Direct", "127.0.0.1", "InLoopBack0"),
            ("192.0.2.0/24", "Direct", "192.0.2.77", "Vlan-interface99"),
            ("192.0.2.77/32", "Direct", "127.0.0.1", "InLoopBack0"),
        )
    ],
    "stack_ports": [],
    "mad": {},
    "bgp": [],
    "isis": [],
    "fhrp": [],
    "bfd": [],
    "tracks": [{"id": "1", "state": "positive"}],
    "link_detection": [],
    "loop_detection": {"enabled": False},
    "services": [{"name": name, "enabled": False, "by_default": True} for name in ("ftp", "http", "https")],
    "poe": [],
    "boot": [{"location": "", "bootrom": "609", "cpld": "002"}],
    "filesystems": [
        {"location": "", "name": "flash:", "total_bytes": 31496 * 1024, "free_bytes": 18390 * 1024}
        | {"kind": "flash"}
    ],
    "files": [
        {"name": "flash:/s5500ei-cmw520-r2208p01.bin", "size_bytes": 11734568},
        {"name": "flash:/startup.cfg", "size_bytes": 6121},
    ],
}


@pytest.mark.parametrize("fact", sorted(WHOLE_CASES))
def test_what_the_switch_says(fact: str) -> None:
    assert value(fact, WHOLE) == WHOLE_CASES[fact]


def test_ports_and_optics_of_the_switch() -> None:
    ports = {p["name"]: p for p in value("interfaces", WHOLE)}
    short = {name: (p["admin_up"], p["oper_up"], p.get("speed_mbps")) for name, p in ports.items()}
    assert short == {
        "Bridge-Aggregation1": (True, True, 2000),
        "GigabitEthernet1/0/1": (True, True, 1000),
        "GigabitEthernet1/0/2": (True, True, 100),
        "GigabitEthernet1/0/3": (True, False, None),
        "GigabitEthernet1/0/4": (False, False, None),
        "GigabitEthernet1/0/25": (True, True, 1000),
        "GigabitEthernet1/0/26": (True, True, 1000),
        "Vlan-interface99": (True, True, None),
    }
    lanes = [optic["lanes"] for optic in value("optics", WHOLE)]
    assert lanes == [[{"rx_power_dbm": -5.64, "tx_power_dbm": -5.19, "bias_ma": 6.13}]] * 2


def test_canaries_are_masked() -> None:
    canaries = [line for line in WHOLE[RUNNING].splitlines() if "XJCANARY" in line]
    assert len(canaries) == 5
    assert [line for line in canaries if "XJCANARY" in mask_line(line)] == []
