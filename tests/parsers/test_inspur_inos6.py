"""INOS 6: the platform file, and a whole switch."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from collector.capture import CaptureStatus
from parsers.facts import FACT_NAMES, Known, Reason, Unknown
from parsers.inspur_inos6 import READERS
from parsers.masking import mask_line
from parsers.reader import read_facts
from tests.parsers.inos6_outputs import (
    LIMITS,
    NOW,
    PLATFORM,
    RUNNING,
    UP,
    WHOLE,
    capture,
    facts_of,
    port_row,
    setting_row,
    snake,
    value,
)


def test_nothing_but_printing_is_allowed() -> None:
    assert [c for c in PLATFORM.allowed if not c.startswith("show ")] == ["terminal length 0"]


def test_reports_say_how_weak_the_base_is() -> None:
    assert "按盛科系统的打印格式推定" in PLATFORM.evidence
    assert "未经浪潮实机验证" in PLATFORM.evidence


def test_every_fact_that_is_asked_for_has_a_reader() -> None:
    assert set(READERS) == set(PLATFORM.facts)


def test_commands_have_files_of_their_own() -> None:
    names = [snake(command) for command in PLATFORM.commands()]
    assert len(set(names)) == len(names)


# --- a whole switch -------------------------------------------------------------------------------


def test_every_fact_of_the_switch_is_known() -> None:
    found = {name: getattr(facts_of(WHOLE), name) for name in FACT_NAMES}
    known = {*PLATFORM.facts, *PLATFORM.without}
    assert {name for name, fact in found.items() if isinstance(fact, Known)} == known
    others = {fact.reason for name, fact in found.items() if name not in known}
    assert others == {Reason.UNSUPPORTED}


@pytest.mark.parametrize("status", [s for s in CaptureStatus if s is not CaptureStatus.OK])
@pytest.mark.parametrize("fact", sorted(PLATFORM.facts))
def test_unanswered_commands_make_a_fact_unknown(fact: str, status: CaptureStatus) -> None:
    captures = [capture(c, WHOLE[c], status) for step in PLATFORM.facts[fact] for c in step.any_of]
    unknown = getattr(read_facts(PLATFORM, captures), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason(status.value)


WHOLE_CASES: dict[str, Any] = {
    "identity": {"hostname": "demo-leaf-c1", "model": "CN61108PC-V-H"},
    "software": {"os": "INOS", "version": "6.6.6.R1.23"},
    "uptime": {"uptime_s": (211 * 24 + 4) * 3600 + 9 * 60},
    "boot": [{"location": "", "bootrom": "8.1.3", "cpld": "1.4"}],
    "inventory": [
        {"location": "", "kind": "chassis", "model": "CN61108PC-V-H", "serial": "DEMO0000INS0601"},
        {"location": "port eth-0-49", "kind": "optic", "model": "DQ-40SR4", "serial": "DEMO0000OPT61"},
        {"location": "port eth-0-50", "kind": "optic", "model": "DQ-40CR4-1M", "serial": "DEMO0000OPT62"},
    ],
    "cpu": [{"unit": "CPU", "used_now_pct": 10.0}],
    "processes": [
        {"name": "switch", "cpu_pct": 6.4},
        {"name": "routed", "cpu_pct": 1.25},
        {"name": "ccs", "cpu_pct": 0.75},
    ],
    "memory": [
        {"unit": "memory", "used_pct": 40.0, "total_bytes": 2048000 * 1024}
        | {"used_bytes": 819200 * 1024, "free_bytes": 1228800 * 1024}
    ],
    "temperatures": [
        {"location": "", "sensor": "Sensor 1 BEFORE_CHIP", "celsius": 36.0, "warn_c": 70.0, "alarm_c": 85.0},
        {"location": "", "sensor": "Sensor 2 AROUND_CHIP", "celsius": 48.0, "warn_c": 90.0, "alarm_c": 105.0},
    ],
    "fans": [
        {"location": "", "name": f"Fan 1-{n}", "present": True, "state": "OK", "speed_pct": speed}
        for n, speed in ((1, 40.0), (2, 40.0), (3, 41.0))
    ],
    "power_supplies": [
        {"location": "", "name": f"Power {n}", "present": True, "state": "OK", "model": "AC"} for n in (1, 2)
    ],
    "interfaces": [
        port_row("eth-0-1", **UP, description="To demo-srv-1", speed_mbps=1000),
        port_row("eth-0-2"),
        port_row("eth-0-3", admin_up=False),
        port_row("eth-0-49", **UP, description="To demo-spine-1 port 7", speed_mbps=40000),
        port_row("eth-0-50", **UP, speed_mbps=40000),
        port_row("agg1", "lag", **UP, description="Uplink", speed_mbps=80000),
    ],
    "err_disabled": [],
    "optics": [
        {"interface": "eth-0-49", "type": "40GBASE_SR4", "vendor": "DEMO-OPTICS", "serial": "DEMO0000OPT61"}
        | {"wavelength_nm": 850.0, "temperature_c": 31.25, "voltage_v": 3.28}
        | {"distance_m": 150.0, "temp_high_alarm_c": 75.0, "temp_high_warn_c": 70.0}
        | {"distance_m": 150.0, "temp_high_alarm_c": 75.0, "temp_high_warn_c": 70.0}
        | {
            "lanes": [
                {
                    "lane": 1,
                    "rx_power_dbm": -0.88,
                    "tx_power_dbm": -1.02,
                    "bias_ma": 6.61,
                    "bias_high_alarm_ma": 13.0,
                }
                | LIMITS,
                {
                    "lane": 2,
                    "rx_power_dbm": -12.75,
                    "tx_power_dbm": -1.1,
                    "bias_ma": 6.7,
                    "bias_high_alarm_ma": 13.0,
                }
                | LIMITS,
            ],
            "alarms": ["Lane 2 Receive Power low-alarm"],
        },
        {"interface": "eth-0-50", "type": "40GBASE_CR4", "vendor": "DEMO-CABLES", "serial": "DEMO0000OPT62"}
        | {"distance_m": 1.0},
    ],
    "lags": [
        {"name": "agg1", "mode": "lacp", "oper_up": True}
        | {
            "members": [
                {"interface": f"eth-0-{port}", "selected": True, "oper_up": True} for port in (49, 50)
            ]
        }
    ],
    "lldp": [
        {"local_port": f"eth-0-{port}", "remote_system": far, "remote_port": "eth-0-7"}
        for port, far in ((49, "demo-spine-1"), (50, "demo-spine-2"))
    ],
    "ospf": [
        {"router_id": f"192.0.2.{n}", "interface": "vlan20", "state": "FULL", "role": role}
        for n, role in ((201, "DR"), (202, "BDR"))
    ],
    "stp": {"enabled": True, "mode": "mstp"},
    "vlans": [
        {"vlan": 1, "name": "default", "ports": ["agg1"]},
        {"vlan": 10, "name": "servers", "ports": ["eth-0-1", "eth-0-2", "agg1"]},
        {"vlan": 20, "name": "VLAN0020", "ports": ["agg1"]},
    ],
    "addresses": [
        {"interface": "mgmt-if", "address": "192.0.2.77", "prefix_length": 24, "vrf": "mgmt-if"},
        {"interface": "vlan10", "address": "192.0.2.33", "prefix_length": 28},
        {"interface": "vlan20", "address": "192.0.2.20", "prefix_length": 28},
    ],
    "arp": [
        {"ip": f"192.0.2.{n}", "mac": f"0000.5e00.53{mac}", "interface": f"vlan{vlan}", "vlan": vlan} | age
        for n, mac, vlan, age in (
            (17, "61", 20, {"age_s": 360}),
            (18, "62", 20, {"age_s": 2460}),
            (33, "63", 10, {}),
        )
    ],
    "macs": [
        {"mac": f"0000.5e00.53{mac}", "vlan": vlan, "interface": port, "static": static}
        for mac, vlan, port, static in (
            ("71", 10, "eth-0-1", False),
            ("61", 20, "agg1", False),
            ("62", 20, "agg1", True),
        )
    ],
    "routes": [
        {"prefix": "0.0.0.0/0", "protocol": "static", "next_hop": "192.0.2.17", "interface": "vlan20"},
        {"prefix": "0.0.0.0/0", "protocol": "static", "next_hop": "192.0.2.18", "interface": "vlan20"},
        {"prefix": "198.51.100.0/24", "protocol": "ospf", "next_hop": "192.0.2.17", "interface": "vlan20"},
        {"prefix": "192.0.2.16/28", "protocol": "connected", "interface": "vlan20"},
        {"prefix": "192.0.2.20/32", "protocol": "local", "interface": "vlan20"},
        {"prefix": "192.0.2.32/28", "protocol": "connected", "interface": "vlan10"},
    ],
    "clock": {
        "device_time": datetime(2026, 3, 1, 12, 5, 6, tzinfo=timezone(timedelta(hours=8))),
        "asked_at": NOW,
        "round_trip_s": 0.5,
    },
    "ntp": {"configured": True, "synchronized": True, "stratum": 4}
    | {
        "sources": [
            {"address": "192.0.2.250", "selected": True, "kind": "server", "stratum": 3, "reach": 255}
            | {"poll_s": 64, "delay_s": 0.000778, "offset_s": -0.000234},
            {"address": "192.0.2.251", "selected": False, "kind": "server", "stratum": 4, "reach": 255}
            | {"poll_s": 64, "delay_s": 0.00102, "offset_s": 0.000511},
        ]
    },
    "info_center": {"enabled": True, "hosts": [{"address": "192.0.2.252", "level": 6}]},
    "startup": {
        "image_current": "flash:/boot/cn61108-inos-v6.6.6.R1.23.bin",
        "image_next": "flash:/boot/cn61108-inos-v6.6.6.R1.23.bin",
        "config_current": "startup-config",
        "config_next": "startup-config",
    },
    "users": [
        {
            "name": "ops",
            "level": 4,
            "services": ["ssh"],
            "administrator": True,
            "password_form": "reversible",
        },
        {"name": "audit", "level": 1, "password_form": "reversible"},
    ],
    "snmp": {"enabled": True, "versions": ["v3"], "users": [{"security": "priv"}]},
    "snmp_groups": [{"name": "monitor", "security": "priv"}],
    "trap_hosts": [{"address": "192.0.2.253", "version": "v3"}],
    "telnet": {"enabled": False, "by_default": False},
    "vty": [
        {"first": first, "last": last, "acl_in": "MGMT", "protocols": ["ssh"]}
        | {"auth_mode": "aaa", "idle_min": 5.0}
        for first, last in ((0, 4), (5, 7))
    ],
    "console": {"idle_min": 5.0, "auth_mode": "aaa"},
    "aaa": [{"scheme": "default", "methods": ["radius", "local"]}],
    "ssh": {"enabled": True, "v1_compatible": False},
    "services": [{"name": name, "enabled": False, "by_default": False} for name in ("http", "https")],
    "acls": [{"id": "MGMT", "rules": 2, "permits_any": False, "used_in": ["line vty 0 4", "line vty 5 7"]}],
    "saved_state": {},
    "stp_ports": [
        {"name": "eth-0-1", "role": "Designated", "state": "Forwarding"},
        {"name": "agg1", "role": "Root", "state": "Forwarding"},
    ],
    "log_events": [
        {"time": datetime.fromisoformat("2026-02-26T04:05:06"), "severity": 4, "mnemonic": "INTERFACE"}
        | {"text": "Interface eth-0-3 state change to down"}
    ],
    "login_sessions": [{"line": "vty 0", "user": "ops", "address": "192.0.2.91", "idle_s": 0}],
    "ntp_auth": {"enabled": True, "sources": 2, "keyed": 2},
    "banners": [{"text": "Authorised use only. Every command is recorded."}],
    "command_audit": {"accounting": True, "authorization": False},
    "routing_auth": [],
    "ip_settings": [
        {"interface": f"vlan{n}", "feature": feature, "said": False} | on
        for feature, on in (
            ("redirects", {"on": True}),
            ("source_routes", {}),
            ("directed_broadcasts", {}),
        )
        for n in (10, 20)
    ],
    "arp_detection": {"vlans": [10]},
    "dhcp_snooping": {"enabled": True, "vlans": [10], "trusted_ports": ["agg1"]},
    "mirrors": [],
    "port_settings": [
        setting_row("eth-0-1", vlan=10, edge=True, bpdu_guard=True, storm_control=True, mac_limit=4),
        setting_row("eth-0-2", vlan=10, edge=True, bpdu_guard=True),
        setting_row("eth-0-3"),
        setting_row("eth-0-49", mode="trunk", allowed_vlans=[[1, 1]]),
        setting_row("eth-0-50", mode="trunk", allowed_vlans=[[1, 1]]),
        setting_row("agg1", mode="trunk", allowed_vlans=[[1, 4094]]),
    ],
    "stp_protection": {"bpdu_guard": True, "tc_protection": True},
    "adjacency_auth": [{"scope": "area", "name": "0", "kind": "hash"}],
    "static_routes": [{"prefix": "0.0.0.0/0", "next_hop": f"192.0.2.{n}", "preference": 1} for n in (17, 18)],
    "fhrp_tracking": [],
}


def test_the_table_states_every_fact_but_the_configuration() -> None:
    assert set(WHOLE_CASES) == set(PLATFORM.facts) - {"config"}


@pytest.mark.parametrize("fact", sorted(WHOLE_CASES))
def test_what_the_switch_says(fact: str) -> None:
    assert value(fact, WHOLE) == WHOLE_CASES[fact]


def test_canaries_are_masked() -> None:
    canaries = [line for line in WHOLE[RUNNING].splitlines() if "XJCANARY" in line]
    assert len(canaries) == 5
    assert [line for line in canaries if "XJCANARY" in mask_line(line)] == []
