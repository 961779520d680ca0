"""INOS 6: what commands print in other wordings, and where there is nothing to print."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.parsers.inos6_outputs import (
    ENVIRONMENT,
    LIMITS,
    NOW,
    RUNNING,
    SHUT,
    STATUS,
    UP,
    VERSION,
    WHOLE,
    Case,
    configured,
    fixture,
    port_row,
    value,
)

FAN = {"location": "", "present": True, "state": "OK"}


CASES: dict[str, Case] = {
    "identity: the hardware completes the product's name": (
        "identity",
        {VERSION: fixture(VERSION, "later_colons")},
        {"hostname": "lab-leaf-1", "model": "CN61108PC-V-H-48X6Q"},
    ),
    "stp_ports: guards that block": (
        "stp_ports",
        {"show spanning-tree brief": fixture("show spanning-tree brief", "guards")},
        [
            {"name": "eth-0-1", "role": "Designated", "state": "Forwarding"},
            *(
                {"name": name, "role": "Designated", "state": state, "protection": state}
                for name, state in (("eth-0-2", "Root-inconsistent"), ("eth-0-4", "Loop-inconsistent"))
            ),
            {"name": "agg1", "role": "Root", "state": "Forwarding"},
        ],
    ),
    "stp_ports: off": (
        "stp_ports",
        {"show spanning-tree brief": fixture("show spanning-tree brief", "off")},
        [],
    ),
    "log_events: the clock tells the year": (
        "log_events",
        {"show logging buffer": fixture("show logging buffer", "ports"), "show clock": WHOLE["show clock"]},
        [
            {"time": datetime.fromisoformat(time), "severity": 4, "mnemonic": "INTERFACE"}
            | {"text": f"Interface eth-0-9 state change to {state}"}
            for time, state in (("2025-12-31T23:59:58", "down"), ("2026-03-01T03:00:01", "up"))
        ],
    ),
    "login_sessions: the console, and a line without an account": (
        "login_sessions",
        {"show users": fixture("show users", "two")},
        [
            {"line": "con 0", "user": "ops", "idle_s": 93780},
            {"line": "vty 0", "user": "inspector", "address": "192.0.2.91", "idle_s": 0},
            {"line": "vty 1", "address": "192.0.2.92", "idle_s": 3723},
        ],
    ),
    "login_sessions: a line that is gone": (
        "login_sessions",
        {"show users": fixture("show users", "gone")},
        [
            {"line": "vty 0", "user": "inspector", "address": "2001:db8::91", "idle_s": 0},
            {"line": "vty 2", "user": "night"},
        ],
    ),
    "identity: the hardware is named in another way": (
        "identity",
        {VERSION: fixture(VERSION, "6x_is")},
        {"hostname": "lab-acc-1", "model": "S5350"},
    ),
    "uptime: a warm start is not the start": (
        "uptime",
        {VERSION: fixture(VERSION, "later_colons")},
        {"uptime_s": 2 * 3600 + 5 * 60},
    ),
    "cpu: averages where present load is refused": (
        "cpu",
        {"show processes cpu history": fixture("show processes cpu history", "averages_alone")},
        [{"unit": "CPU", "used_5m_pct": 3.8, "used_now_pct": 4.08}],
    ),
    "processes: nothing but the rest": (
        "processes",
        {"show cpu utilization": fixture("show cpu utilization", "idle")},
        [],
    ),
    "temperatures: below zero, without limits": (
        "temperatures",
        {ENVIRONMENT: fixture(ENVIRONMENT, "e580_tray_faults")},
        [
            {"location": "", "sensor": "Sensor 1 AROUND_CHIP", "celsius": 91.0}
            | {"warn_c": 90.0, "alarm_c": 105.0},
            {"location": "", "sensor": "Sensor 2 AIR INLET", "celsius": -3.0},
        ],
    ),
    "fans: a fault and a missing tray": (
        "fans",
        {ENVIRONMENT: fixture(ENVIRONMENT, "e580_tray_faults")},
        [
            FAN | {"name": "Fan 1-1", "speed_pct": 60.0},
            FAN | {"name": "Fan 1-2", "state": "FAIL", "speed_pct": 0.0},
            FAN | {"name": "Fan tray 2", "present": False, "state": "ABSENT"},
        ],
    ),
    "fans: without trays": (
        "fans",
        {ENVIRONMENT: fixture(ENVIRONMENT, "e530_plain_fans")},
        [FAN | {"name": f"Fan {n}", "speed_pct": 35.0} for n in (1, 2)],
    ),
    "power supplies: a fault and an empty bay": (
        "power_supplies",
        {ENVIRONMENT: fixture(ENVIRONMENT, "e580_tray_faults")},
        [
            {"location": "", "name": "Power 1", "present": True, "state": "FAIL", "model": "AC"},
            {"location": "", "name": "Power 2", "present": False, "state": "ABSENT"},
        ],
    ),
    "power supplies: an alarm at full power": (
        "power_supplies",
        {ENVIRONMENT: fixture(ENVIRONMENT, "e530_plain_fans").replace("DC        NO", "DC        YES")},
        [{"location": "", "name": "Power 1", "present": True, "state": "OK, Alert YES", "model": "DC"}],
    ),
    "interfaces: shut by the configuration or by the device's word": (
        "interfaces",
        {STATUS: fixture(STATUS, "6x"), RUNNING: configured(SHUT)},
        [
            port_row("eth-0-1", **UP, speed_mbps=2500),
            port_row("eth-0-2", admin_up=False, description="spare, two words"),
            port_row("eth-0-3", admin_up=False),
            port_row("eth-0-4", description="loop seen"),
            port_row("eth-0-17/1", oper_up=True, duplex="half", speed_mbps=100),
        ],
    ),
    "interfaces: speeds in G": (
        "interfaces",
        {STATUS: fixture(STATUS, "later_name"), RUNNING: configured()},
        [
            port_row("eth-0-1", **UP, description="to demo-core po...", speed_mbps=10000),
            port_row("eth-0-2", duplex="full", speed_mbps=40000),
            port_row("agg1", "lag"),
        ],
    ),
    "err_disabled: the word stands for the reason": (
        "err_disabled",
        {STATUS: fixture(STATUS, "6x")},
        [{"interface": "eth-0-4", "reason": "errdisable"}],
    ),
    "lags: members that are down, suspended, missing": (
        "lags",
        {"show channel-group summary": fixture("show channel-group summary", "6x")},
        [
            {"name": "agg1", "mode": "lacp", "oper_up": True}
            | {
                "members": [
                    {"interface": "eth-0-1", "selected": True, "oper_up": True},
                    {"interface": "eth-0-2", "selected": True, "oper_up": True},
                    {"interface": "eth-0-3", "selected": False},
                    {"interface": "eth-0-4", "selected": False, "oper_up": False},
                ]
            },
            {"name": "agg2", "mode": "static", "oper_up": False}
            | {"members": [{"interface": "eth-0-5", "selected": False, "oper_up": False}]},
            {"name": "agg3", "mode": "lacp", "oper_up": False},
        ],
    ),
    "lags: none": (
        "lags",
        {"show channel-group summary": fixture("show channel-group summary", "later_none")},
        [],
    ),
    "optics: flags, and no light": (
        "optics",
        {"show transceiver detail": fixture("show transceiver detail", "one_lane_flagged")},
        [
            {"interface": "eth-0-1", "type": "10GBASE_SR", "vendor": "LAB", "serial": "LAB00OPT1"}
            | {"wavelength_nm": 850.0, "temperature_c": 75.5, "voltage_v": 3.3}
            | {"distance_m": 80.0, "temp_high_alarm_c": 80.0, "temp_high_warn_c": 75.0}
            | {
                "lanes": [
                    {"rx_power_dbm": -9.8, "bias_ma": 0.0, "bias_high_alarm_ma": 13.0}
                    | LIMITS
                    | {"rx_high_alarm_dbm": 1.0, "rx_high_warn_dbm": 0.0, "tx_high_alarm_dbm": 1.0}
                ],
                "alarms": [
                    "Temperature high-warning",
                    "Current low-alarm",
                    "Transmit Power low-alarm",
                    "Receive Power low-warning",
                ],
            }
        ],
    ),
    "lldp: not switched on": ("lldp", {RUNNING: configured("no lldp enable\n")}, []),
    "lldp: a neighbour without a name": (
        "lldp",
        {
            RUNNING: configured("lldp enable\n"),
            "show lldp neighbor brief": fixture("show lldp neighbor brief", "two"),
        },
        [
            {"local_port": "eth-0-11", "remote_system": "lab-core-1", "remote_port": "GigabitEthernet1/0/1"},
            {"local_port": "eth-0-12", "remote_system": "", "remote_port": "Port 12, rear"},
        ],
    ),
    "ospf: not configured": ("ospf", {RUNNING: configured()}, []),
    "ospf: point to point, two ways": (
        "ospf",
        {
            RUNNING: configured("router ospf\n network 192.0.2.0/24 area 0\n"),
            "show ip ospf neighbor": fixture("show ip ospf neighbor", "list_lengths")
            + fixture("show ip ospf neighbor", "one_process"),
        },
        [
            {"router_id": "192.0.2.203", "interface": "eth-0-9", "state": "EXSTART"},
            {"router_id": "192.0.2.201", "interface": "vlan20", "state": "FULL", "role": "DR"},
            {"router_id": "192.0.2.202", "interface": "vlan20", "state": "2WAY", "role": "DROTHER"},
        ],
    ),
    "stp: off by default": ("stp", {RUNNING: configured("spanning-tree mode stp\n")}, {"enabled": False}),
    "stp: RSTP by default": (
        "stp",
        {RUNNING: configured("spanning-tree enable\n")},
        {"enabled": True, "mode": "rstp"},
    ),
    "macs: a multicast address has several ports": (
        "macs",
        {"show mac address-table": fixture("show mac address-table", "later")},
        [
            {"mac": "0000.5e00.5321", "vlan": 10, "interface": "eth-0-7", "static": False},
            {"mac": "0100.5e00.5322", "vlan": 10, "interface": "eth-0-1", "static": True},
            {"mac": "0100.5e00.5322", "vlan": 10, "interface": "eth-0-2", "static": True},
            {"mac": "0000.5e00.5323", "vlan": 20, "interface": "agg1", "static": False},
        ],
    ),
    "addresses: VRF, IPv6, a blank in the name": (
        "addresses",
        {
            RUNNING: configured(
                "interface vlan 30\n ip vrf forwarding red\n ip address 192.0.2.65/27\n"
                " ip address 192.0.2.97/27 secondary\n ipv6 address 2001:db8::1/64\n",
                "management ip address dhcp\n",
            )
        },
        [
            {"interface": "vlan30", "address": address, "prefix_length": length, "vrf": "red"}
            for address, length in (("192.0.2.65", 27), ("192.0.2.97", 27), ("2001:db8::1", 64))
        ],
    ),
    "clock: UTC": (
        "clock",
        {"show clock": fixture("show clock", "utc")},
        {"device_time": datetime(2019, 7, 9, 9, 17, 30, tzinfo=UTC), "asked_at": NOW, "round_trip_s": 0.5},
    ),
    "clock: nobody says what the zone is": (
        "clock",
        {"show clock": fixture("show clock", "named_zone"), RUNNING: configured()},
        {"device_time": datetime.fromisoformat("2026-11-01T23:59:08"), "asked_at": NOW, "round_trip_s": 0.5},
    ),
    "clock: a zone in the west, with minutes": (
        "clock",
        {
            "show clock": fixture("show clock", "named_zone"),
            RUNNING: configured("clock set timezone BJ minus 3 30 0\n"),
        },
        {
            "device_time": datetime(2026, 11, 1, 23, 59, 8, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            "asked_at": NOW,
            "round_trip_s": 0.5,
        },
    ),
    "ntp: not configured": ("ntp", {RUNNING: configured()}, {"configured": False, "synchronized": False}),
    "ntp: no source reached": (
        "ntp",
        {
            RUNNING: configured("ntp server mgmt-if 192.0.2.250\n"),
            "show ntp associations": fixture("show ntp associations", "not_reached"),
        },
        {"configured": True, "synchronized": False}
        | {
            "sources": [
                {"address": "192.0.2.250", "selected": False, "kind": "server", "stratum": 16, "reach": 0}
                | {"poll_s": 64, "delay_s": 0.0, "offset_s": 0.0}
            ]
        },
    ),
    "info_center: addresses alone send nothing": (
        "info_center",
        {RUNNING: configured("logging server address 192.0.2.252\n")},
        {"enabled": True},
    ),
    "info_center: by number and by default": (
        "info_center",
        {
            RUNNING: configured(
                "logging server enable\nlogging server address 192.0.2.252 source-ip 192.0.2.1\n"
            )
        },
        {"enabled": True, "hosts": [{"address": "192.0.2.252"}]},
    ),
    "startup: another image next": (
        "startup",
        {"show boot": fixture("show boot", "other_next")},
        {
            "image_current": "flash:/boot/lab-old.bin",
            "image_next": "tftp://192.0.2.9/lab-new.bin",
            "config_current": "startup-config",
            "config_next": "startup-config",
        },
    ),
}


@pytest.mark.parametrize(("fact", "outputs", "expected"), CASES.values(), ids=list(CASES))
def test_cases(fact: str, outputs: dict[str, str], expected: Any) -> None:
    assert value(fact, outputs) == expected
