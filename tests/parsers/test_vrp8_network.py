"""VRP8: interfaces, optics, neighbours, aggregations, OSPF, spanning tree."""

import pytest

from parsers.facts import Known
from tests.parsers.vrp8_outputs import Case, check_known, check_unknown, fixture, read

LIMITS = {
    "rx_low_alarm_dbm": -14.0,
    "rx_high_alarm_dbm": 5.4,
    "tx_low_alarm_dbm": -12.1,
    "tx_high_alarm_dbm": 5.4,
}

# Both ports of the fixture print the same; up for a day and 3:29:23.
TRAFFIC = {
    "mac": "0000-5e00-5310",
    "last_flap_s": 98963,
    "in_bytes": 774123,
    "out_bytes": 665432,
    "in_unicast_packets": 4000,
    "out_unicast_packets": 3300,
    "in_multicast_packets": 120,
    "out_multicast_packets": 20,
    "in_broadcast_packets": 3,
    "out_broadcast_packets": 1,
}

CASES: dict[str, Case] = {
    "DLDP": (
        "link_detection",
        {"display dldp": fixture("display dldp", "two_ports")},
        (
            {"interface": "25GE1/0/1", "state": "advertisement"},
            {"interface": "100GE1/0/2", "state": "disable"},
        ),
    ),
    "DLDP is off": ("link_detection", {"display dldp": fixture("display dldp", "off")}, ()),
    "interfaces": (
        "interfaces",
        {"display interface": fixture("display interface", "v200r019_ports")},
        (
            {
                "name": "10GE1/0/1",
                "kind": "ethernet",
                "admin_up": True,
                "oper_up": True,
                "protocol_up": True,
                "description": "to-demo-core",
                "speed_mbps": 10000,
                "duplex": "full",
                "in_errors": 17,
                "crc_errors": 11,
                "in_drops": 45,
                "out_drops": 402,
                "in_bps": 4821,
                "out_bps": 5312,
                **TRAFFIC,
            },
            {
                "name": "GE1/0/9",
                "kind": "ethernet",
                "admin_up": True,
                "oper_up": False,
                "protocol_up": False,
                "duplex": "half",
                "in_errors": 17,
                "crc_errors": 11,
                "out_drops": 402,
                "in_bps": 4821,
                "out_bps": 5312,
                **TRAFFIC,
            },
        ),
    ),
    "err-disabled": (
        "err_disabled",
        {"display error-down recovery": fixture("display error-down recovery", "two_ports")},
        (
            {"interface": "10GE1/0/11", "reason": "bpdu-protection"},
            {"interface": "10GE1/0/12", "reason": "storm-control"},
        ),
    ),
    "optic with one lane": (
        "optics",
        {
            "display interface transceiver verbose": fixture(
                "display interface transceiver verbose", "v200r019_single_lane"
            )
        },
        (
            {
                "interface": "10GE1/0/1",
                "type": "10GBASE_SR",
                "vendor": "DEMO OPTICS",
                "serial": "DEMOOPT0001",
                "wavelength_nm": 850.0,
                "distance_m": 300.0,
                "certified": False,
                "temperature_c": 44.13,
                "voltage_v": 3.23,
                "lanes": (
                    {
                        "rx_power_dbm": -11.28,
                        "tx_power_dbm": -1.98,
                        "bias_ma": 7.37,
                        "bias_high_alarm_ma": 15.0,
                        "rx_low_alarm_dbm": -15.0,
                        "rx_high_alarm_dbm": 1.0,
                        "tx_low_alarm_dbm": -9.0,
                        "tx_high_alarm_dbm": 1.0,
                    },
                ),
                "alarms": ("LOS Alarm", "Non-Huawei-Ethernet-Switch-Certified Transceiver"),
            },
        ),
    ),
    "optic with lanes, and a cable": (
        "optics",
        {
            "display interface transceiver verbose": fixture(
                "display interface transceiver verbose", "v200r019_lanes_and_cable"
            )
        },
        (
            {
                "interface": "100GE1/0/3",
                "type": "100GBASE_SR4",
                "vendor": "DEMO OPTICS",
                "serial": "DEMOOPT0003",
                "wavelength_nm": 850.0,
                "distance_m": 100.0,
                "temperature_c": 36.0,
                "voltage_v": 3.33,
                "lanes": (
                    {
                        "lane": 0,
                        "rx_power_dbm": -1.1,
                        "tx_power_dbm": -0.22,
                        "bias_ma": 6.13,
                        "bias_high_alarm_ma": 12.0,
                        **LIMITS,
                    },
                    {
                        "lane": 1,
                        "rx_power_dbm": -1.2,
                        "tx_power_dbm": 0.29,
                        "bias_ma": 6.14,
                        "bias_high_alarm_ma": 12.0,
                        **LIMITS,
                    },
                    {"lane": 2, "tx_power_dbm": 0.81, "bias_ma": 6.15, "bias_high_alarm_ma": 12.0, **LIMITS},
                    {"lane": 3, "tx_power_dbm": 0.25, "bias_ma": 6.16, "bias_high_alarm_ma": 12.0, **LIMITS},
                ),
            },
            {"interface": "40GE1/0/2:3", "type": "40GBASE_CR4", "distance_m": 1.0},
        ),
    ),
    "neighbours": (
        "lldp",
        {"display lldp neighbor": fixture("display lldp neighbor", "v200r019")},
        (
            {
                "local_port": "10GE1/0/1",
                "remote_system": "demo-core",
                "remote_port": "Ten-GigabitEthernet1/0/1",
                "chassis_id": "0000-5e00-53a1",
                "port_description": "to-demo-agg-w1",
                "system_description": "H3C Comware Platform Software\nH3C S6520X-54QC-EI\n"
                "Copyright (c) 2004-2024 New H3C Technologies Co., Ltd. All rights reserved.",
                "capabilities": ("bridge", "router"),
                "enabled_capabilities": ("bridge", "router"),
                "management_address": "192.0.2.1",
            },
            {"local_port": "10GE1/0/3", "remote_system": "0000-5e00-53b1", "remote_port": "0000-5e00-53b2"}
            | {"chassis_id": "0000-5e00-53b1"},
            {"local_port": "10GE1/0/3", "remote_system": "demo-probe", "remote_port": "eth1"}
            | {
                "chassis_id": "demo-probe",
                "system_description": "Linux demo-probe 5.15.0 #1 SMP",
                "management_address": "192.0.2.77",
            },
        ),
    ),
    "aggregations": (
        "lags",
        {"display eth-trunk": fixture("display eth-trunk", "lacp_and_manual")},
        (
            {
                "name": "Eth-Trunk10",
                "mode": "lacp",
                "oper_up": True,
                "members": (
                    {"interface": "10GE1/0/2", "selected": True, "oper_up": True},
                    {"interface": "10GE1/0/3", "selected": True, "oper_up": True},
                    {"interface": "10GE1/0/4", "selected": False},
                ),
            },
            {
                "name": "Eth-Trunk20",
                "mode": "static",
                "oper_up": True,
                "members": (
                    {"interface": "10GE1/0/7", "selected": True, "oper_up": True},
                    {"interface": "10GE1/0/8", "selected": False, "oper_up": False},
                ),
            },
            {"name": "Eth-Trunk30", "mode": "static", "oper_up": False},
        ),
    ),
    "OSPF": (
        "ospf",
        {"display ospf peer": fixture("display ospf peer", "v200r019")},
        (
            {
                "router_id": "192.0.2.12",
                "interface": "Vlanif101",
                "state": "FULL",
                "role": "DR",
                "local_role": "BDR",
                "up_s": 211 * 86400 + 4 * 3600 + 12 * 60 + 40,
            },
            {
                "router_id": "192.0.2.13",
                "interface": "Vlanif101",
                "state": "2WAY",
                "role": "DROTHER",
                "local_role": "BDR",
                "up_s": 0,
            },
            {"router_id": "192.0.2.14", "interface": "10GE1/0/1", "state": "EXSTART", "up_s": 0},
        ),
    ),
    "OSPF of V300": (
        "ospf",
        {"display ospf peer": fixture("display ospf peer", "v300")},
        (
            {
                "router_id": "192.0.2.22",
                "interface": "100GE1/0/1",
                "state": "FULL",
                "role": "BDR",
                "local_role": "DR",
                "up_s": 4 * 60 + 14,
            },
            {
                "router_id": "192.0.2.23",
                "interface": "Vlanif9",
                "state": "2WAY",
                "role": "DROTHER",
                "local_role": "DROTHER",
            },
        ),
    ),
    "spanning tree": (
        "stp",
        {"display stp": fixture("display stp", "v200r019_rstp")},
        {
            "enabled": True,
            "mode": "rstp",
            "bridge_id": "8192.0000-5e00-5310",
            "root_bridge": "4096.0000-5e00-53a1",
        },
    ),
    "spanning tree off": (
        "stp",
        {"display stp": fixture("display stp", "disabled")},
        {"enabled": False, "bridge_id": "0000-5e00-5310"},
    ),
    "nothing err-disabled": (
        "err_disabled",
        {"display error-down recovery": fixture("display error-down recovery", "none")},
        (),
    ),
    "no optics": ("optics", {"display interface transceiver verbose": ""}, ()),
    "no neighbours": ("lldp", {"display lldp neighbor": "10GE1/0/1 has 0 neighbor(s)\n"}, ()),
    "no aggregation": ("lags", {"display eth-trunk": fixture("display eth-trunk", "none")}, ()),
    "no OSPF": ("ospf", {"display ospf peer": ""}, ()),
}

UNREADABLE: dict[str, Case] = {
    "DLDP says nothing": ("link_detection", {"display dldp": ""}, "no global state"),
    "no interface": ("interfaces", {"display interface": ""}, "no interface"),
    "lanes without numbers": (
        "optics",
        {
            "display interface transceiver verbose": fixture(
                "display interface transceiver verbose", "v200r019_lanes_and_cable"
            ).replace("(Lane2|Lane3)", "(Lane2)")
        },
        "does not name each lane",
    ),
    "optic without measurements": (
        "optics",
        {
            "display interface transceiver verbose": fixture(
                "display interface transceiver verbose", "v200r019_single_lane"
            ).split(" Diagnostic information")[0]
        },
        "not whole",
    ),
    "LLDP says nothing": ("lldp", {"display lldp neighbor": ""}, "not said to be none"),
    "STP says nothing": ("stp", {"display stp": ""}, "neither"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_is_known_with_its_values(case: Case) -> None:
    check_known(case)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_unknown(case: Case) -> None:
    check_unknown(case)


def test_kinds_and_bandwidths_of_logical_interfaces() -> None:
    found = read({"display interface": fixture("display interface", "v200r019_logical")}).interfaces
    assert isinstance(found, Known)
    assert [(i.name, i.kind, i.admin_up, i.oper_up, i.speed_mbps, i.duplex) for i in found.value] == [
        ("Eth-Trunk1", "lag", True, True, 10000, None),
        ("LoopBack0", "loopback", True, True, None, None),
        ("MEth0/0/0", "mgmt", True, True, 100, "half"),
        ("Stack-Port1/1", "other", True, False, None, None),
        ("Vlanif100", "vlan", False, False, None, None),
        ("Nve1", "other", True, True, None, None),
        ("Tunnel1", "other", True, False, None, None),
    ]
    newer = read({"display interface": fixture("display interface", "v300")}).interfaces
    assert isinstance(newer, Known)
    assert [(i.name, i.kind, i.protocol_up, i.mtu_bytes) for i in newer.value] == [
        ("100GE1/0/1", "ethernet", True, 1500),
        ("100GE1/0/1.1", "other", False, 1500),
    ]
