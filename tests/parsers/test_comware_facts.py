"""Comware 7: from the outputs of our fixtures to the values of each fact, units and all."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from parsers.facts import Known, Partial, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, fixture, plain, read

VERSION, BOARDS, IRF = "display version", "display device", "display irf"
MANUINFO, PORTS = "display device manuinfo", "display interface"
NTP, SESSIONS = "display ntp-service status", "display ntp-service sessions"
OSPF, LAGS = "display ospf peer verbose", "display link-aggregation verbose"
LLDP = "display lldp neighbor-information list"
OPTIC, VALUES = "display transceiver interface", "display transceiver diagnosis interface"
ALARMS, MADE = "display transceiver alarm interface", "display transceiver manuinfo interface"
ACTIVE, COMMITTED = "display install active", "display install committed"

PORT_UP = "{}\nCurrent state: UP\nLine protocol state: UP\n"
OSPF_ON = configured("ospf 1 router-id 192.0.2.11\n")
SERVER = configured(" ntp-service unicast-server 192.0.2.250\n")

Case = tuple[str, dict[str, str], Any]

CASES: dict[str, Case] = {
    "identity": (
        "identity",
        {VERSION: "irf_with_patch", RUNNING: configured()},
        {"hostname": "core-a", "model": "S6520X-30QC-EI"},
    ),
    "software": (
        "software",
        {VERSION: "irf_with_patch"},
        {"os": "Comware", "version": "Release 6616P01", "platform_version": "7.1.070"},
    ),
    "uptime": (
        "uptime",
        {VERSION: "irf_with_patch"},
        {"uptime_s": 9 * 604800 + 86400 + 180, "reset_reason": "USER reboot"},
    ),
    "boards, a model wrapped onto the next line": (
        "boards",
        {BOARDS: "long_names_wrap"},
        [
            {"location": f"slot {slot}", "kind": "fixed", "present": True, "model": model}
            | {"state": state, "role": state.lower(), "software_version": version}
            for slot, model, state, version in (
                (1, "S5130S-52S-HPWR-EI", "Master", "S5130S_EI-6340P12"),
                (2, "S5560X-54C-PWR-EI-G", "Standby", "S5560X_EI-6615P05123"),
                (4, "S5130S-28P-EI", "Standby", "S5130S_EI-6340P12345"),
            )
        ],
    ),
    "boards with a patch": (
        "boards",
        {BOARDS: "irf_of_boxes"},
        [
            {"location": "slot 1", "kind": "fixed", "model": "S6520X-30QC-EI", "present": True}
            | {"state": "Master", "role": "master", "software_version": "S6520X-6616P01 H03"},
            {"location": "slot 2", "kind": "fixed", "model": "S6520X-54QC-EI", "present": True}
            | {"state": "Standby", "role": "standby", "software_version": "S6520X-6616P01"},
            {"location": "slot 3", "kind": "fixed", "model": "S6520X-54QC-EI", "present": True}
            | {"state": "Loading", "role": "none", "software_version": "S6520X-6616P01"},
        ],
    ),
    "boards of chassis": (
        "boards",
        {BOARDS: "chassis_irf"},
        [
            {"location": "chassis 1 slot 0", "kind": "mpu", "model": "LSQM2MPUD0", "present": True}
            | {"state": "Master", "role": "master", "software_version": "S7506E-7536"},
            {"location": "chassis 1 slot 1", "kind": "lpu", "present": False, "state": "Absent"}
            | {"role": "none"},
            {"location": "chassis 1 slot 2", "kind": "lpu", "model": "LSQM1GT48SC", "present": True}
            | {"state": "Normal", "role": "none", "software_version": "S7506E-7536"},
            {"location": "chassis 2 slot 0", "kind": "mpu", "model": "LSQM2MPUD0", "present": True}
            | {"state": "Standby", "role": "standby", "software_version": "S7506E-7536"},
            {"location": "chassis 2 slot 3", "kind": "lpu", "model": "LSQM1TGS16S", "present": True}
            | {"state": "Fault", "role": "none", "software_version": "S7506E-7536"},
        ],
    ),
    "boards and subcards": (
        "boards",
        {BOARDS: "subslots_of_boxes"},
        [
            {"location": "slot 1", "kind": "fixed", "present": True, "state": "Normal", "role": "none"},
            {"location": "slot 1/2", "kind": "subcard", "model": "4*10GE", "present": True}
            | {"state": "Normal", "role": "none"},
            {"location": "slot 3", "kind": "fixed", "present": True, "state": "Fault", "role": "none"},
        ],
    ),
    "inventory with optics": (
        "inventory",
        {MANUINFO: "irf_with_fans_and_power", MADE: "some"},
        [
            {"location": "slot 1", "kind": "chassis", "model": "S5560X-54C-EI"}
            | {"serial": "DEMO0000H3C0101", "made_on": "2019-03-08"},
            {"location": "slot 1", "kind": "power", "model": "LSPM2150A"}
            | {"serial": "DEMO0000H3C0102", "made_on": "2019-02-01"},
            {"location": "slot 2", "kind": "chassis", "model": "S5560X-30C-EI"}
            | {"serial": "DEMO0000H3C0103", "made_on": "2019-03-09"},
            {"location": "port Ten-GigabitEthernet1/0/9", "kind": "optic"}
            | {"serial": "DEMO00OPT109", "made_on": "2020-02-28"},
        ],
    ),
    "inventory: a chassis' fans belong to no board; NONE is no serial number": (
        "inventory",
        {MANUINFO: fixture(MANUINFO, "chassis").replace("DEMO0000H3C0202", "NONE")},
        [
            {"location": "chassis 1", "kind": "chassis", "model": "LS-10506-X"}
            | {"serial": "DEMO0000H3C0201", "made_on": "2018-07-13"},
            {"location": "chassis 1", "kind": "fan", "model": "LSEM1FAN"}
            | {"serial": "DEMO0000H3C0203", "made_on": "2018-05-14"},
            {"location": "chassis 2", "kind": "chassis", "model": "LS-10506-X"}
            | {"serial": "DEMO0000H3C0204", "made_on": "2018-07-13"},
            {"location": "chassis 2", "kind": "power", "model": "LSEM1PSR"}
            | {"serial": "DEMO0000H3C0205", "made_on": "2018-04-01"},
        ],
    ),
    "cpu": (
        "cpu",
        {"display cpu-usage": "slots_without_cpu"},
        [
            {"unit": "Slot 1", "used_5m_pct": 10.0, "used_now_pct": 21.0},
            {"unit": "Slot 1 CPU 1", "used_5m_pct": 3.0, "used_now_pct": 2.0},
        ],
    ),
    "cpu without a name": (
        "cpu",
        {"display cpu-usage": "unit"},
        [{"unit": "CPU", "used_5m_pct": 12.0, "used_now_pct": 11.0}],
    ),
    "memory: FreeRatio is what is free": (
        "memory",
        {"display memory": "two_slots"},
        [
            {"unit": "Slot 1", "used_pct": 45.5, "total_bytes": 2002888 * 1024},
            {"unit": "Slot 2", "used_pct": 85.0, "total_bytes": 2002888 * 1024},
        ],
    ),
    "memory: Used Rate is what is used": (
        "memory",
        {"display memory": "used_rate"},
        [{"unit": "Memory", "used_pct": 42.0, "total_bytes": 491817120}],
    ),
    "temperatures": (
        "temperatures",
        {"display environment": "chassis"},
        [
            {"location": where, "sensor": sensor, "celsius": now, "warn_c": warn, "alarm_c": alarm}
            for where, sensor, now, warn, alarm in (
                ("chassis 1 slot Vent", "outflow 1", 37.0, 42.0, 51.0),
                ("chassis 2 slot 0", "inflow 1", 26.0, 52.0, 71.0),
                ("chassis 2 slot 4", "hotspot 1", 41.0, 52.0, 81.0),
            )
        ],
    ),
    "fans": (
        "fans",
        {"display fan": "slots_with_airflow"},
        [
            {"location": "slot 1", "name": "Fan 1", "present": True, "state": "Normal"},
            {"location": "slot 1", "name": "Fan 2", "present": True, "state": "FanDirectionFault"},
            {"location": "slot 2", "name": "Fan 1", "present": False, "state": "Absent"},
        ],
    ),
    "fan frames": (
        "fans",
        {"display fan": "frames_of_a_chassis"},
        [
            {"location": "chassis 1", "name": "Fan Frame 0", "present": True, "state": "Normal"},
            {"location": "chassis 1", "name": "Fan Frame 1", "present": False, "state": "Absent"},
        ],
    ),
    "power supplies": (
        "power_supplies",
        {"display power": "table_with_fan_direction"},
        [
            {"location": "slot 1", "name": "Power 1", "present": True, "state": "Normal", "output_w": 462.0},
            {"location": "slot 1", "name": "Power 2", "present": False, "state": "Absent"},
            {"location": "slot 2", "name": "Power 1", "present": True, "state": "Normal"},
        ],
    ),
    "power supplies of a box without slots": (
        "power_supplies",
        {"display power": "index_table"},
        [
            {"location": "", "name": "PWR1", "present": True, "state": "normal"},
            {"location": "", "name": "PWR2", "present": True, "state": "fail"},
            {"location": "", "name": "PWR3", "present": False, "state": "not present"},
        ],
    ),
    "err_disabled: only what a protection has shut": (
        "err_disabled",
        {PORTS: "access_and_management"},
        [
            {"interface": "GigabitEthernet1/0/2", "reason": "STP DOWN"},
            {"interface": "GigabitEthernet1/0/4", "reason": "Storm-Constrain"},
        ],
    ),
    "optics: one lane": (
        "optics",
        {OPTIC: "sfp_and_empty_cage", VALUES: "single_lane", ALARMS: "some", MADE: "some"},
        [
            {"interface": "Ten-GigabitEthernet1/0/9", "type": "10G_BASE_LR_SFP", "vendor": "H3C"}
            | {"serial": "DEMO00OPT109", "wavelength_nm": 1310.0, "temperature_c": 41.0, "voltage_v": 3.29}
            | {"alarms": ["RX power low", "RX signal loss"]}
            | {
                "lanes": [
                    {"rx_power_dbm": -5.75, "tx_power_dbm": -2.11, "bias_ma": 31.42}
                    | {"rx_low_alarm_dbm": -14.4, "rx_high_alarm_dbm": 2.5}
                    | {"tx_low_alarm_dbm": -11.2, "tx_high_alarm_dbm": 3.5}
                ]
            }
        ],
    ),
    "optics: warning limits, and a cable without diagnosis": (
        "optics",
        {
            OPTIC: "third_party",
            VALUES: fixture(VALUES, "degree_sign_and_no_light") + fixture(VALUES, "single_lane"),
            ALARMS: "other_words",
        },
        [
            {"interface": "Ten-GigabitEthernet2/0/1", "type": "10G_BASE_SR_SFP"}
            | {"vendor": "EXAMPLE-OPTICS", "serial": "DEMO00OPT201"}
            | {"wavelength_nm": 850.0, "temperature_c": 36.0, "voltage_v": 3.31}
            | {
                "lanes": [
                    {"rx_power_dbm": -36.96, "tx_power_dbm": -2.42, "bias_ma": 6.12}
                    | {"rx_low_alarm_dbm": -13.9, "rx_high_alarm_dbm": 3.0}
                    | {"rx_low_warn_dbm": -11.9, "rx_high_warn_dbm": 2.0}
                    | {"tx_low_alarm_dbm": -11.3, "tx_high_alarm_dbm": 3.0}
                ]
            },
            {"interface": "FortyGigE2/0/49", "type": "40G_BASE_CR_QSFP_PLUS", "vendor": "H3C"},
        ],
    ),
    "lldp": (
        "lldp",
        {LLDP: "names_first_and_wrapped"},
        [
            {"local_port": port, "remote_system": system, "remote_port": remote}
            for port, system, remote in (
                ("GigabitEthernet1/0/24", "phone-00005e005399.example.com", "00005E005399:P1"),
                ("Ten-GigabitEthernet1/0/29", "access-17", "Ten-GigabitEthernet1/0/17"),
                ("Ten-GigabitEthernet1/0/30", "a-name-of-20-letters", "Ten-GigabitEthernet1/0/18"),
                ("Ten-GigabitEthernet1/0/31", "another-name-even-longer", "Eth 1/1"),
                ("GigabitEthernet2/0/45", "", "Port 1"),
            )
        ],
    ),
    "lldp: nobody": ("lldp", {LLDP: "legend_only"}, []),
    "lags": (
        "lags",
        {
            LAGS: "dynamic_with_unselected",
            PORTS: PORT_UP.format("Bridge-Aggregation11")
            + "Bridge-Aggregation12\nCurrent state: DOWN\n"
            + PORT_UP.format("Ten-GigabitEthernet1/0/49")
            + "Ten-GigabitEthernet2/0/49\nCurrent state: DOWN\n",
        },
        [
            {"name": "Bridge-Aggregation11", "mode": "lacp", "oper_up": True}
            | {
                "members": [
                    {"interface": "Ten-GigabitEthernet1/0/49", "selected": True, "oper_up": True},
                    {"interface": "Ten-GigabitEthernet2/0/49", "selected": False, "oper_up": False},
                ]
            },
            {"name": "Bridge-Aggregation12", "mode": "static", "oper_up": False}
            | {"members": [{"interface": "GigabitEthernet1/0/1", "selected": True}]},
        ],
    ),
    "lags: none": ("lags", {LAGS: "", PORTS: PORT_UP.format("GigabitEthernet1/0/1")}, []),
    "stack": (
        "stack",
        {IRF: "two_members", VERSION: "irf_with_patch"},
        {
            "enabled": True,
            "members": [
                {"member": 1, "role": "master", "state": "Master", "priority": 32}
                | {"mac": "0000-5e00-5301", "software_version": "6616P01 6616P01H03"},
                {"member": 2, "role": "standby", "state": "Standby", "priority": 20}
                | {"mac": "0000-5e00-5302", "software_version": "6616P01"},
            ],
        },
    ),
    "stack: a chassis is one member, a loading one is a slave": (
        "stack",
        {IRF: fixture(IRF, "boards_of_chassis").replace("2      0     Standby", "2      0     Loading")}
        | {VERSION: "chassis_boards"},
        {
            "enabled": True,
            "members": [
                {"member": 1, "role": "master", "state": "Master", "priority": 10}
                | {"mac": "0000-5e00-5321", "software_version": "H3C S10506X-7585P05"},
                {"member": 2, "role": "slave", "state": "Loading", "priority": 5, "mac": "0000-5e00-5323"},
            ],
        },
    ),
    "ospf": (
        "ospf",
        {OSPF: "broadcast_and_p2p", RUNNING: OSPF_ON},
        [
            {"router_id": "192.0.2.12", "interface": "Vlan-interface31", "state": "FULL"}
            | {"role": "DR", "local_role": "BDR"},
            {"router_id": "192.0.2.13", "interface": "Vlan-interface31", "state": "2WAY"}
            | {"role": "DROTHER", "local_role": "BDR"},
            {"router_id": "192.0.2.14", "interface": "Ten-GigabitEthernet1/0/7", "state": "EXSTART"},
            {"router_id": "192.0.2.22", "interface": "GigabitEthernet1/0/1", "state": "FULL"}
            | {"role": "DR", "local_role": "DROTHER"},
        ],
    ),
    "ospf: no neighbour": ("ospf", {OSPF: "no_neighbors", RUNNING: OSPF_ON}, []),
    "ospf: not configured": ("ospf", {OSPF: "", RUNNING: configured()}, []),
    "stp": (
        "stp",
        {"display stp": "mstp_with_instance"},
        {"enabled": True, "mode": "mstp", "bridge_id": "32768.0000-5e00-5361"}
        | {"root_bridge": "4096.0000-5e00-5362"},
    ),
    "stp: one tree for each VLAN": (
        "stp",
        {"display stp": "pvst"},
        {"enabled": True, "mode": "pvst", "bridge_id": "32768.0000-5e00-5361"}
        | {"root_bridge": "4096.0000-5e00-5362"},
    ),
    "stp: off": ("stp", {"display stp": "off"}, {"enabled": False}),
    "clock: ahead of UTC": (
        "clock",
        {"display clock": "zone_ahead"},
        {
            "device_time": datetime(2026, 3, 2, 8, 5, 6, 789000, tzinfo=timezone(timedelta(hours=8))),
            "asked_at": datetime(2026, 3, 2, 0, 5, 7, tzinfo=UTC),
            "round_trip_s": 0.5,
        },
    ),
    "ntp": (
        "ntp",
        {NTP: "synchronized", SESSIONS: "two_sources", RUNNING: SERVER},
        {
            "configured": True,
            "synchronized": True,
            "stratum": 4,
            "sources": [
                {"address": "192.0.2.250", "selected": True},
                {"address": "192.0.2.251", "selected": False},
            ],
        },
    ),
    "ntp: configured and silent": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: SERVER},
        {"configured": True, "synchronized": False, "stratum": 16},
    ),
    "ntp: not configured": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: configured()},
        {"configured": False, "synchronized": False, "stratum": 16},
    ),
    "log_events": (
        "log_events",
        {"display logbuffer": "messages"},
        [
            {"time": datetime(2026, 2, 27, 23, 59, 1, 4000), "severity": 2}
            | {"mnemonic": "DEV/FAN_FAILED", "text": "-Slot=2; Fan 1 failed."},
            {"time": datetime(2026, 2, 28, 0, 0, 2, 282000), "severity": 6}
            | {"mnemonic": "SYSLOG/SYSLOG_RESTART", "text": "System restarted -- H3C Comware Software."},
            {"time": datetime(2026, 2, 28, 0, 10, 0, 18000), "severity": 6, "mnemonic": "SHELL/SHELL_CMD"}
            | {"text": "-Line=vty0-IPAddr=192.0.2.200-User=ops; Command is display version"},
            {"time": datetime(2026, 3, 1, 3, 0, 0, 9000), "severity": 3, "mnemonic": "IFNET/PHY_UPDOWN"}
            | {"text": "Physical state on the interface GigabitEthernet1/0/7 changed to down."},
            {"time": datetime(2026, 3, 1, 3, 0, 1, 77000), "severity": 7}
            | {"mnemonic": "SYSLOG/SYS_NOTE", "text": "kept"},
            {"time": datetime(2026, 3, 1, 3, 0, 2, 770000), "severity": 1}
            | {"mnemonic": "DRVPLAT/DrvDebug", "text": "Parity error on unit 0 table 7."},
        ],
    ),
    "log_events: none": ("log_events", {"display logbuffer": "empty"}, []),
    "patches: active but not committed does not survive a restart": (
        "patches",
        {ACTIVE: "irf_with_hot_patch", COMMITTED: "irf_with_hot_patch", VERSION: "irf_with_patch"},
        [
            {"name": "s6520x-cmw710-system-patch-r6616p01h03.bin", "location": "slot 1"}
            | {"state": "active, committed", "effective": True},
            {"name": "s6520x-cmw710-system-patch-r6616p01h03.bin", "location": "slot 2"}
            | {"state": "active", "effective": False},
        ],
    ),
    "patches: none": ("patches", {ACTIVE: "device", COMMITTED: "device", VERSION: "hpe_router_like"}, []),
    "patches: known by the number at the end": (
        "patches",
        {ACTIVE: "device", COMMITTED: "chassis", VERSION: "hpe_router_like"},
        [
            {"name": "feature-a0301h07.bin", "location": "chassis 2 slot 1"}
            | {"state": "committed", "effective": False},
        ],
    ),
    "startup": (
        "startup",
        {"display startup": "saved", "display boot-loader": "two_slots"},
        {
            "image_current": "flash:/s5560x_ei-cmw710-boot-r6615p08.bin, "
            "flash:/s5560x_ei-cmw710-system-r6615p08.bin",
            "image_next": "flash:/s5560x_ei-cmw710-boot-r6616.bin, flash:/s5560x_ei-cmw710-system-r6616.bin",
            "config_current": "flash:/night.cfg",
            "config_next": "flash:/startup.cfg",
        },
    ),
    "licenses": (
        "licenses",
        {"display license": "keys_and_files"},
        [
            {"feature": "vxlan", "state": "In use", "expires_on": "2026-03-25"},
            {"feature": "EVPN VXLAN", "state": "In use"},
        ],
    ),
    "licenses: none": ("licenses", {"display license": ""}, []),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: Case) -> None:
    fact, outputs, expected = case
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    assert plain(found.value) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "GigabitEthernet1/0/1",
            {"kind": "ethernet", "admin_up": True, "oper_up": True, "protocol_up": True}
            | {"description": "三楼-财务", "speed_mbps": 100, "duplex": "half"}
            | {"in_errors": 41, "crc_errors": 38, "out_errors": 2}
            | {"in_bps": 1281338 * 8, "out_bps": 175475 * 8},
        ),
        (
            "GigabitEthernet1/0/2",
            {"kind": "ethernet", "admin_up": True, "oper_up": False, "protocol_up": False},
        ),
        (
            "M-GigabitEthernet0/0/0",
            {"kind": "mgmt", "admin_up": False, "oper_up": False, "protocol_up": False}
            | {"description": "M-GigabitEthernet0/0/0 Interface", "mtu_bytes": 1500, "crc_errors": 0},
        ),
        (
            "Bridge-Aggregation11",
            {"kind": "lag", "admin_up": True, "oper_up": True, "description": "to-agg"}
            | {"speed_mbps": 20000, "duplex": "full", "in_bps": 6203 * 8, "out_bps": 7675 * 8}
            | {"in_errors": 0, "crc_errors": 0, "out_errors": 0},
        ),
        (
            "Vlan-interface31",
            {"kind": "vlan", "admin_up": True, "oper_up": False, "protocol_up": False, "mtu_bytes": 1600}
            | {"description": "Vlan-interface31 Interface", "in_drops": 1, "out_drops": 2}
            | {"in_bps": 96, "out_bps": 192},
        ),
        (
            "FortyGigE2/0/50",
            {"kind": "ethernet", "admin_up": True, "oper_up": True, "protocol_up": True}
            | {"description": "routed", "mtu_bytes": 9008, "speed_mbps": 40000, "duplex": "full"}
            | {"in_bps": 427679 * 8, "out_bps": 18859 * 8},
        ),
        (
            "NULL0",
            {"kind": "other", "admin_up": True, "oper_up": True, "protocol_up": True}
            | {"description": "NULL0 Interface", "mtu_bytes": 1500},
        ),
        (
            "Ten-GigabitEthernet1/1/2",
            {"kind": "ethernet", "admin_up": False, "oper_up": False, "speed_mbps": 10000}
            | {"description": "Ten-GigabitEthernet1/1/2 Interface", "duplex": "full", "in_bps": 0}
            | {"out_bps": 0},
        ),
        (
            "GigabitEthernet0/0/1",
            {"kind": "ethernet", "admin_up": True, "oper_up": True, "protocol_up": False, "mtu_bytes": 1500}
            | {"description": "GigabitEthernet0/0/1 Interface", "speed_mbps": 1000, "duplex": "full"}
            | {"in_errors": 4, "crc_errors": 3, "out_errors": 5, "in_drops": 6}
            | {"in_bps": 21628, "out_bps": 36832},
        ),
    ],
)
def test_interface_has_these_values(name: str, expected: dict[str, Any]) -> None:
    names = ("access_and_management", "aggregate_vlan_and_null", "name_and_state_in_one_line", "routed_ports")
    text = "\n".join(fixture(PORTS, part) for part in names)
    found = read("interfaces", {PORTS: text})
    assert isinstance(found, Known)
    assert {row["name"]: row for row in plain(found.value)}[name] == {"name": name} | expected


@pytest.mark.parametrize(
    ("text", "offset_h", "is_aware"),
    [
        ("named_utc_but_ahead", 8, True),
        ("utc", 0, True),
        ("zone_behind_in_summer", -4, True),
        ("04:05:06 BJ Sun 03/01/2026\n", 0, False),
    ],
)
def test_clock_knows_its_offset(text: str, offset_h: int, is_aware: bool) -> None:  # noqa: FBT001
    found = read("clock", {"display clock": text})
    assert isinstance(found, Known)
    offset = found.value.device_time.utcoffset()
    assert offset == (timedelta(hours=offset_h) if is_aware else None)


def test_optic_with_four_lanes() -> None:
    one = fixture(OPTIC, "third_party").replace("FortyGigE2/0/49", "FortyGigE1/0/51")
    one = one.replace("Monitoring : NO", "Monitoring : YES")
    found = read(
        "optics", {OPTIC: one[one.index("FortyGigE") :], VALUES: "four_lanes", ALARMS: "other_words"}
    )
    assert isinstance(found, Known)
    (optic,) = found.value
    assert [(lane.lane, lane.rx_power_dbm) for lane in optic.lanes] == [
        (1, -1.1),
        (2, -1.25),
        (3, -9.9),
        (4, None),
    ]
    assert {lane.rx_low_alarm_dbm for lane in optic.lanes} == {-10.9}
    assert optic.temperature_c == 33.0
    assert optic.alarms == ()


CANNOT_BE: dict[str, tuple[str, dict[str, str], str]] = {
    "no host name": (
        "identity",
        {VERSION: "irf_with_patch", RUNNING: configured().replace("sysname", "name")},
        "sysname",
    ),
    "an empty table": ("boards", {BOARDS: ""}, "nothing in it"),
    "no processor": ("cpu", {"display cpu-usage": ""}, "nothing in it"),
    "no fan": ("fans", {"display fan": "Slot 1:\n"}, "nothing in it"),
    "LLDP prints nothing": ("lldp", {LLDP: "\n"}, "printed nothing"),
    "an abbreviation nobody knows": (
        "lldp",
        {LLDP: fixture(LLDP, "names_last").replace("XGE", "QQGE")},
        "QQGE",
    ),
    "aggregation without ports listed": (
        "lags",
        {LAGS: "", PORTS: PORT_UP.format("Bridge-Aggregation1")},
        "Bridge-Aggregation1",
    ),
    "OSPF is on and nothing is printed": ("ospf", {OSPF: "", RUNNING: OSPF_ON}, "no process"),
    "the clock follows SNTP": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: configured(" sntp enable\n")},
        "SNTP",
    ),
    "the clock follows PTP": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: configured(" clock protocol ptp\n")},
        "PTP",
    ),
    "log buffer is off": ("log_events", {"display logbuffer": "off"}, "disabled"),
    "a day that does not exist": (
        "log_events",
        {"display logbuffer": fixture("display logbuffer", "messages").replace("Feb 28", "Feb 30")},
        "Feb 30",
    ),
    "a zone of neither kind": (
        "clock",
        {"display clock": "08:05:06 CST Mon 03/02/2026\nTime Zone : BJ add 08:00:00\n"},
        "CST",
    ),
    "a patch is said to run, but no package is one": (
        "patches",
        {ACTIVE: "device", COMMITTED: "device", VERSION: "irf_with_patch"},
        "6616P01H03",
    ),
    "digital diagnosis without values": (
        "optics",
        {OPTIC: "sfp_and_empty_cage", VALUES: "four_lanes", ALARMS: "some"},
        "Ten-GigabitEthernet1/0/9",
    ),
    "a licence without an end that has one": (
        "licenses",
        {"display license": "Feature: x\nLicense Type: Date restricted\nCurrent State: In use\n"},
        "Date restricted",
    ),
    "an interface without a state": ("interfaces", {PORTS: "GigabitEthernet1/0/1\n"}, "STATE"),
}


@pytest.mark.parametrize("case", CANNOT_BE.values(), ids=CANNOT_BE.keys())
def test_what_cannot_be_is_unknown(case: tuple[str, dict[str, str], str]) -> None:
    fact, outputs, word = case
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert word in found.detail


def test_an_unknown_state_of_an_interface_is_not_taken_for_down() -> None:
    text = fixture(PORTS, "access_and_management").replace("Storm-Constrain", "Quarantined")
    found = read("err_disabled", {PORTS: text})
    assert isinstance(found, Unknown | Partial)
    if isinstance(found, Partial):
        assert [line.text for line in found.unread] == ["Current state: Quarantined"]
