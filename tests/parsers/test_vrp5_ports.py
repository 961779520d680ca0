"""VRP5: interfaces, transceivers, neighbours, trunks."""

import pytest

from parsers.facts import Known
from tests.parsers.vrp5_outputs import Case, check_known, check_unknown, fixture, named, read

SFP = {"type": "10GBASE_SR_SFP", "vendor": "HUAWEI", "wavelength_nm": 850.0}
SFP_LIMITS = {
    "rx_low_alarm_dbm": -11.9,
    "rx_high_alarm_dbm": 1.0,
    "rx_low_warn_dbm": -9.9,
    "rx_high_warn_dbm": -1.0,
    "tx_low_alarm_dbm": -9.3,
    "tx_high_alarm_dbm": 1.0,
}
LANE_LIMITS = {
    "rx_low_alarm_dbm": -10.3,
    "rx_high_alarm_dbm": 3.4,
    "rx_low_warn_dbm": -9.2,
    "rx_high_warn_dbm": 2.4,
    "tx_low_alarm_dbm": -8.4,
    "tx_high_alarm_dbm": 3.4,
}
TRAFFIC = tuple(
    f"{way}_{what}"
    for way in ("in", "out")
    for what in ("bytes", "unicast_packets", "multicast_packets", "broadcast_packets")
)
NO_COUNTERS = {"in_errors": 0, "crc_errors": 0, "in_drops": 0, "out_drops": 0, "in_bps": 0, "out_bps": 0}


CASES: dict[str, Case] = {
    "shut by a protection": (
        "err_disabled",
        {"display interface": "box"},
        ({"interface": "GigabitEthernet0/0/1", "reason": "bpdu-protection"},),
    ),
    "nothing shut by a protection": ("err_disabled", {"display interface": "fibre"}, ()),
    "shut by BPDU protection and by loop detection": (
        "err_disabled",
        {"display interface": "held_down"},
        (
            {"interface": "GigabitEthernet0/0/1", "reason": "bpdu-protection"},
            {"interface": "GigabitEthernet0/0/2", "reason": "loopback-detect"},
        ),
    ),
    "fibre ports": (
        "interfaces",
        {"display interface": "fibre"},
        (
            {
                "name": "XGigabitEthernet0/0/24",
                "kind": "ethernet",
                "admin_up": True,
                "oper_up": True,
                "protocol_up": True,
                "description": "<< to core Te1/8 [10G] >>",
                "speed_mbps": 10000,
                "duplex": "full",
                "mac": "0000-5e00-5320",
                "last_flap_s": 2242610,  # 25 days 22:56:50 since it came up
                "in_bytes": 15725199006,
                "out_bytes": 9541883968,
                "in_unicast_packets": 104412883,
                "out_unicast_packets": 97278830,
                "in_multicast_packets": 1924712,
                "out_multicast_packets": 1182402,
                "in_broadcast_packets": 1272,
                "out_broadcast_packets": 650672,
                "in_errors": 6520,
                "crc_errors": 0,
                "in_drops": 0,
                "out_drops": 12,
                "in_bps": 24432,
                "out_bps": 23792,
            },
            {
                "name": "100GE0/0/3",
                "kind": "ethernet",
                "admin_up": True,
                "oper_up": False,
                "protocol_up": False,
                "description": "reserved",
                "speed_mbps": 100000,
                "duplex": "full",
                "mac": "0000-5e00-5320",
                "last_flap_s": 2344236,  # 27 days 3:10:36 since it went down
                **dict.fromkeys(TRAFFIC, 0),
                **NO_COUNTERS,
            },
        ),
    ),
    "a simulated switch gives its rates in bytes": (
        "interfaces",
        {"display interface": "simulated"},
        (
            {
                "name": "GigabitEthernet0/0/1",
                "kind": "ethernet",
                "admin_up": True,
                "oper_up": True,
                "protocol_up": True,
                "mac": "0000-5e00-5311",
                "last_flap_s": 214,  # up since 15:22:35, and it was 15:26:09
                "in_bytes": 300,
                "out_bytes": 560,
                "in_unicast_packets": 1,
                "out_unicast_packets": 4,
                "in_multicast_packets": 2,
                "out_multicast_packets": 8,
                "in_broadcast_packets": 3,
                "out_broadcast_packets": 5,
                "in_bps": 80,  # 10 bytes/sec
                "out_bps": 200,
            },
            {
                "name": "Eth-Trunk12",
                "kind": "lag",
                "admin_up": True,
                "oper_up": True,
                "protocol_up": True,
                "speed_mbps": 1000,
                "mac": "0000-5e00-5311",
            },
        ),
    ),
    "one module of each kind": (
        "optics",
        {"display transceiver verbose": "sfp"},
        (
            {
                **SFP,
                "interface": "XGigabitEthernet0/0/1",
                "serial": "DEMO00HWSFP0001",
                "distance_m": 400.0,
                "temperature_c": 35.1,
                "temp_high_alarm_c": 80.0,
                "voltage_v": 3.31,
                "alarms": ("RX power low", "RX loss of signal"),
                "lanes": (
                    {
                        "rx_power_dbm": -15.04,
                        "tx_power_dbm": -2.27,
                        "bias_ma": 5.78,
                        "bias_high_alarm_ma": 12.0,
                        **SFP_LIMITS,
                    },
                ),
            },
            {
                **SFP,
                "type": "10GBASE_USR_SFP",
                "interface": "XGigabitEthernet0/0/2",
                "serial": "DEMO00HWSFP0002",
                "distance_m": 100.0,
                "temperature_c": 42.57,
                "temp_high_alarm_c": 80.0,
                "voltage_v": 3.32,
                "lanes": (
                    {
                        "rx_power_dbm": -5.45,
                        "tx_power_dbm": -1.97,
                        "bias_ma": 6.06,
                        "bias_high_alarm_ma": 15.0,
                        "rx_low_alarm_dbm": -12.7,
                        "rx_high_alarm_dbm": 2.5,
                        "tx_low_alarm_dbm": -9.29,
                        "tx_high_alarm_dbm": 0.99,
                    },
                ),
            },
            {
                "interface": "GigabitEthernet0/0/25",
                "type": "1000_BASE_T_SFP",
                "vendor": "DEMO OPTICS",
                "serial": "DEMO00HWSFP0003",
                "distance_m": 100.0,
            },
        ),
    ),
    "no module": ("optics", {"display transceiver verbose": ""}, ()),
    "neighbours": (
        "lldp",
        {"display lldp neighbor": "switches"},
        (
            {
                "local_port": "GigabitEthernet0/0/10",
                "remote_system": "demo-mgt-s57",
                "remote_port": "GigabitEthernet1/0/24",
                "chassis_id": "0000-5e00-5331",
                "port_description": "To_demo",
                "system_description": "FutureMatrix Switch S5735-L24T4X-A1\n"
                "FutureMatrix Versatile Routing Platform Software\n"
                "VRP (R) software, Version 5.170 (S5735-L24T4X-A1 V200R021C00SPC100)",
                "capabilities": ("bridge", "router"),
                "enabled_capabilities": ("bridge", "router"),
                "management_address": "192.0.2.31",
            },
            {
                "local_port": "XGigabitEthernet0/0/1",
                "remote_system": "demo-core",
                "remote_port": "Ten-GigabitEthernet1/0/23",
                "chassis_id": "0000-5e00-5332",
                "system_description": "H3C Comware Platform Software, "
                "Software Version 7.1.070, Release 6628P47\n"
                "H3C S6520X-30HF-EI\n"
                "Copyright (c) 2004-2023 New H3C Technologies Co., Ltd. All rights reserved.",
                "capabilities": ("bridge", "router"),
                "enabled_capabilities": ("bridge", "router"),
                "management_address": "0000-5e00-5332",
            },
            {
                "local_port": "XGigabitEthernet0/0/1",
                "remote_system": "420000224",
                "remote_port": "0000-5e00-5333",
                "chassis_id": "420000224",
            },
        ),
    ),
    "LLDP is off": ("lldp", {"display lldp neighbor": "off"}, ()),
    "nobody heard": ("lldp", {"display lldp neighbor": ""}, ()),
    "trunks": (
        "lags",
        {"display eth-trunk": "both_modes"},
        (
            {
                "name": "Eth-Trunk0",
                "mode": "static",
                "oper_up": True,
                "members": (
                    {"interface": "GigabitEthernet0/0/27", "selected": True, "oper_up": True},
                    {"interface": "GigabitEthernet0/0/28", "selected": False, "oper_up": False},
                ),
            },
            {
                "name": "Eth-Trunk1",
                "mode": "lacp",
                "oper_up": True,
                "members": (
                    {"interface": "GigabitEthernet0/0/11", "selected": True},
                    {"interface": "GigabitEthernet0/0/12", "selected": False},
                ),
            },
            {"name": "Eth-Trunk2", "mode": "static", "oper_up": False},
        ),
    ),
    "no trunk": ("lags", {"display eth-trunk": "none"}, ()),
}


@pytest.mark.parametrize("name", CASES)
def test_fact_is_read_from_what_the_device_prints(name: str) -> None:
    check_known(CASES[name])


UNREADABLE: dict[str, Case] = {
    "no interface": ("interfaces", {"display interface": ""}, "nothing was recognised"),
    "an interface cut short": (
        "interfaces",
        {"display interface": "Vlanif10 current state : UP\n"},
        "no protocol",
    ),
    "no trunk and no word of it": ("lags", {"display eth-trunk": ""}, "nothing was recognised"),
    "a power that is no number": (
        "optics",
        {
            "display transceiver verbose": fixture("display transceiver verbose", "sfp").replace(
                ":-15.04", ":abc"
            )
        },
        "abc",
    ),
    "a module whose lanes do not agree": (
        "optics",
        {
            "display transceiver verbose": fixture("display transceiver verbose", "lanes").replace(
                "7.11|0.00", "7.11"
            )
        },
        "lanes",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_unknown_with_its_reason(name: str) -> None:
    check_unknown(UNREADABLE[name])


def test_lanes_of_a_module_are_counted_from_zero() -> None:
    optics = read(named({"display transceiver verbose": "lanes"})).optics
    assert isinstance(optics, Known)
    (optic,) = optics.value
    assert optic.certified is False  # a line that only the complaint prints
    assert [(lane.lane, lane.rx_power_dbm, lane.tx_power_dbm, lane.bias_ma) for lane in optic.lanes] == [
        (0, -1.64, 0.85, 7.24),
        (1, -2.0, 0.91, 7.3),
        (2, -2.25, 0.77, 7.11),
        (3, -40.0, -40.0, 0.0),
    ]
    assert {name: getattr(optic.lanes[2], name) for name in LANE_LIMITS} == LANE_LIMITS
    assert optic.alarms == ()


def test_states_of_interfaces() -> None:
    interfaces = read(named({"display interface": "box"})).interfaces
    assert isinstance(interfaces, Known)
    assert [
        (i.name, i.kind, i.admin_up, i.oper_up, i.protocol_up, i.speed_mbps) for i in interfaces.value
    ] == [
        ("Eth-Trunk1", "lag", True, True, True, 10000),
        ("GigabitEthernet0/0/1", "ethernet", True, False, False, 1000),
        ("GigabitEthernet0/0/2", "ethernet", False, False, False, 10),
        ("LoopBack1", "loopback", True, True, True, None),
        ("MEth0/0/1", "mgmt", True, False, False, 10),
        ("Vlanif10", "vlan", True, True, True, None),
    ]
    trunk = interfaces.value[0]
    assert (trunk.in_errors, trunk.out_errors, trunk.crc_errors) == (7, 1, 5)
    assert (trunk.in_drops, trunk.out_drops) == (3, 4)


def test_evidence_names_the_lines() -> None:
    fact = read(named({"display interface": "box"})).err_disabled
    assert isinstance(fact, Known)
    assert min(fact.value[0].seen.lines) == 44
    assert fact.value[0].seen.command == "display interface"


def test_what_holds_a_port_down_is_not_up() -> None:
    fact = read(named({"display interface": "held_down"})).interfaces
    assert isinstance(fact, Known)
    assert [(port.name, port.oper_up, port.protocol_up) for port in fact.value] == [
        ("GigabitEthernet0/0/1", False, False),
        ("GigabitEthernet0/0/2", False, False),
        ("GigabitEthernet0/0/3", False, False),
        ("Eth-Trunk7", False, False),
        ("Vlanif20", True, False),
        ("LoopBack0", True, True),
    ]
