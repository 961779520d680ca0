"""Comware 7, interfaces, neighbours and protocols: from our fixtures to the values of each fact."""

from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, fixture, plain, read

VERSION = "display version"
IRF = "display irf"
PORTS = "display interface"
OSPF = "display ospf peer verbose"
LAGS = "display link-aggregation verbose"
LLDP = "display lldp neighbor-information list"
OPTIC = "display transceiver interface"
VALUES = "display transceiver diagnosis interface"
ALARMS = "display transceiver alarm interface"
MADE = "display transceiver manuinfo interface"
PORT_UP = "{}\nCurrent state: UP\nLine protocol state: UP\n"
OSPF_ON = configured("ospf 1 router-id 192.0.2.11\n")

Case = tuple[str, dict[str, str], Any]

CASES: dict[str, Case] = {
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
            | {"distance_m": 10000.0, "temp_high_alarm_c": 78.0}
            | {"alarms": ["RX power low", "RX signal loss"]}
            | {
                "lanes": [
                    {
                        "rx_power_dbm": -5.75,
                        "tx_power_dbm": -2.11,
                        "bias_ma": 31.42,
                        "bias_high_alarm_ma": 85.0,
                    }
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
            | {"distance_m": 300.0, "temp_high_alarm_c": 73.0, "temp_high_warn_c": 70.0}
            | {
                "lanes": [
                    {
                        "rx_power_dbm": -36.96,
                        "tx_power_dbm": -2.42,
                        "bias_ma": 6.12,
                        "bias_high_alarm_ma": 12.0,
                    }
                    | {"rx_low_alarm_dbm": -13.9, "rx_high_alarm_dbm": 3.0}
                    | {"rx_low_warn_dbm": -11.9, "rx_high_warn_dbm": 2.0}
                    | {"tx_low_alarm_dbm": -11.3, "tx_high_alarm_dbm": 3.0}
                ]
            },
            {"interface": "FortyGigE2/0/49", "type": "40G_BASE_CR_QSFP_PLUS", "vendor": "H3C"}
            | {"distance_m": 1.0},
        ],
    ),
    "lldp": (
        "lldp",
        {LLDP: "names_first_and_wrapped"},
        [
            {"local_port": port, "remote_system": system, "remote_port": remote, "chassis_id": chassis}
            for port, system, remote, chassis in (
                (
                    "GigabitEthernet1/0/24",
                    "phone-00005e005399.example.com",
                    "00005E005399:P1",
                    "198.51.100.3",
                ),
                ("Ten-GigabitEthernet1/0/29", "access-17", "Ten-GigabitEthernet1/0/17", "0000-5e00-5333"),
                (
                    "Ten-GigabitEthernet1/0/30",
                    "a-name-of-20-letters",
                    "Ten-GigabitEthernet1/0/18",
                    "0000-5e00-5334",
                ),
                ("Ten-GigabitEthernet1/0/31", "another-name-even-longer", "Eth 1/1", "0000-5e00-5335"),
                ("GigabitEthernet2/0/45", "", "Port 1", "0000-5e00-5336"),
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
                | {"mac": "0000-5e00-5301", "software_version": "6616P01H03"},
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
                | {"mac": "0000-5e00-5321", "software_version": "7585P05"},
                {"member": 2, "role": "slave", "state": "Loading", "priority": 5, "mac": "0000-5e00-5323"},
            ],
        },
    ),
    "ospf": (
        "ospf",
        {OSPF: "broadcast_and_p2p", RUNNING: OSPF_ON},
        [
            {"router_id": "192.0.2.12", "interface": "Vlan-interface31", "state": "FULL"}
            | {"role": "DR", "local_role": "BDR", "up_s": 312 * 3600 + 3 * 60 + 35},
            {"router_id": "192.0.2.13", "interface": "Vlan-interface31", "state": "2WAY"}
            | {"role": "DROTHER", "local_role": "BDR", "up_s": 0},
            {"router_id": "192.0.2.14", "interface": "Ten-GigabitEthernet1/0/7", "state": "EXSTART"}
            | {"up_s": 0},
            {"router_id": "192.0.2.22", "interface": "GigabitEthernet1/0/1", "state": "FULL"}
            | {"role": "DR", "local_role": "DROTHER", "up_s": 8 * 60 + 13},
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
            | {"in_bps": 1281338 * 8, "out_bps": 175475 * 8}
            | {"mac": "0000-5e00-5371", "last_flap_s": 2032560}  # 3 weeks 2 days 12 hours 36 minutes
            | {"in_bytes": 88240023360, "out_bytes": 208347674531}
            | {"in_unicast_packets": 892036226, "out_unicast_packets": 514210728}
            | {"in_broadcast_packets": 114815, "out_broadcast_packets": 5}
            | {"in_multicast_packets": 33890, "out_multicast_packets": 225298},
        ),
        (
            "GigabitEthernet1/0/2",
            {"kind": "ethernet", "admin_up": True, "oper_up": False, "protocol_up": False},
        ),
        (
            "M-GigabitEthernet0/0/0",
            {"kind": "mgmt", "admin_up": False, "oper_up": False, "protocol_up": False}
            | {"description": "M-GigabitEthernet0/0/0 Interface", "mtu_bytes": 1500, "crc_errors": 0}
            | {"mac": "0000-5e00-5372", "in_bytes": 0, "out_bytes": 0}
            | {"in_broadcast_packets": 0, "out_broadcast_packets": 0}
            | {"in_multicast_packets": 0, "out_multicast_packets": 0},
        ),
        (
            "Bridge-Aggregation11",
            {"kind": "lag", "admin_up": True, "oper_up": True, "description": "to-agg"}
            | {"speed_mbps": 20000, "duplex": "full", "in_bps": 6203 * 8, "out_bps": 7675 * 8}
            | {"in_errors": 0, "crc_errors": 0, "out_errors": 0}
            | {"mac": "0000-5e00-5373", "in_bytes": 14856, "out_bytes": 16702}
            | {"in_unicast_packets": 130, "out_unicast_packets": 140}
            | {"in_broadcast_packets": 4, "out_broadcast_packets": 5}
            | {"in_multicast_packets": 3, "out_multicast_packets": 4},
        ),
        (
            "Vlan-interface31",
            {"kind": "vlan", "admin_up": True, "oper_up": False, "protocol_up": False, "mtu_bytes": 1600}
            | {"description": "Vlan-interface31 Interface", "in_drops": 1, "out_drops": 2}
            | {"in_bps": 96, "out_bps": 192}
            | {"mac": "0000-5e00-5374", "in_bytes": 420, "out_bytes": 480},
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
            | {"out_bps": 0, "mac": "0000-5e00-5375"},
        ),
        (
            "GigabitEthernet0/0/1",
            {"kind": "ethernet", "admin_up": True, "oper_up": True, "protocol_up": False, "mtu_bytes": 1500}
            | {"description": "GigabitEthernet0/0/1 Interface", "speed_mbps": 1000, "duplex": "full"}
            | {"in_errors": 4, "crc_errors": 3, "out_errors": 5, "in_drops": 6}
            | {"in_bps": 21628, "out_bps": 36832, "in_bytes": 2754557, "out_bytes": 13897729}
            | {"in_broadcast_packets": 7, "out_broadcast_packets": 1499}
            | {"in_multicast_packets": 3290, "out_multicast_packets": 176},
        ),
    ],
)
def test_interface_has_these_values(name: str, expected: dict[str, Any]) -> None:
    names = ("access_and_management", "aggregate_vlan_and_null", "name_and_state_in_one_line", "routed_ports")
    text = "\n".join(fixture(PORTS, part) for part in names)
    found = read("interfaces", {PORTS: text})
    assert isinstance(found, Known)
    assert {row["name"]: row for row in plain(found.value)}[name] == {"name": name} | expected


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
    "digital diagnosis without values": (
        "optics",
        {OPTIC: "sfp_and_empty_cage", VALUES: "four_lanes", ALARMS: "some"},
        "Ten-GigabitEthernet1/0/9",
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


def test_an_unknown_state_of_an_interface_is_neither_up_nor_plainly_down() -> None:
    text = fixture(PORTS, "access_and_management").replace("Storm-Constrain", "UPPER Quarantine")
    found = read("err_disabled", {PORTS: text})
    assert isinstance(found, Known)
    assert "UPPER Quarantine" in [port.reason for port in found.value]
    ports = read("interfaces", {PORTS: text})
    assert isinstance(ports, Known)
    shut = {port.interface for port in found.value}
    assert [port.oper_up for port in ports.value if port.name in shut] == [False] * len(shut)
