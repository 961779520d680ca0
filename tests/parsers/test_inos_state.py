"""INOS-CN: hardware, ports, time, patches and features, from fixture texts to facts."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from collector.capture import CaptureStatus
from parsers.facts import Known, Reason, Unknown
from parsers.reader import read_facts
from tests.parsers.inos_cn_outputs import ASKED_AT, CONFIG, PLATFORM, capture, fixture, naive, plain, read

FROM_FIXTURES: list[tuple[str, str, str, Any]] = [
    ("identity", "show version", "inos_9x", {"hostname": "lab-i1", "model": "CN61108PC-V"}),
    ("identity", "show version", "nxos_73", {"hostname": "lab-n5k", "model": "Nexus5548"}),
    ("software", "show version", "inos_9x", {"os": "INOS-CN", "version": "9.2(2)"}),
    ("software", "show version", "nxos_73", {"os": "INOS-CN", "version": "7.3(0)N1(1c)"}),
    ("uptime", "show version", "inos_9x", {"uptime_s": 7384, "reset_reason": "Kernel Panic"}),
    ("uptime", "show version", "nxos_73", {"uptime_s": 5946282, "reset_reason": "Disruptive upgrade"}),
    ("stack", "show version", "inos_9x", {"enabled": False, "members": []}),
    ("cpu", "show system resources", "full", [{"unit": "CPU", "used_now_pct": 13.7}]),
    (
        "memory",
        "show system resources",
        "full",
        [{"unit": "memory", "used_pct": 80.0, "total_bytes": 5_120_000_000,
          "used_bytes": 4_096_000_000, "free_bytes": 1_024_000_000, "state": "OK"}],
    ),
    (
        "boards",
        "show module",
        "chassis_7x",
        [
            {"location": "slot 1", "kind": "lpu", "model": "CNX-M148GS-11", "present": True, "state": "ok"},
            {"location": "slot 3", "kind": "mpu", "present": True,
             "state": "powered-up", "software_version": "7.3(0)D1(1)"},
            {"location": "slot 4", "kind": "mpu", "model": "CNX-SUP1", "present": True,
             "state": "powered-dn"},
            {"location": "slot 5", "kind": "mpu", "model": "CNX-SUP1", "present": True, "state": "active *",
             "role": "master", "software_version": "7.3(0)D1(1)"},
            {"location": "slot Xbar 1", "kind": "fabric", "model": "CNX-C7018-FAB-1", "present": True,
             "state": "ok"},
        ],
    ),
    (
        "inventory",
        "show inventory",
        "box_9x",
        [
            {"location": "", "kind": "chassis", "model": "CN61108PC-V", "serial": "DEMO0000INSP0101"},
            {"location": "slot 1", "kind": "board", "model": "CN61108PC-V", "serial": "DEMO0000INSP0101"},
            {"location": "port Power Supply 1", "kind": "power", "model": "CNP-650W-AC",
             "serial": "DEMO0000INSP0103"},
            {"location": "port Ethernet1/46", "kind": "optic", "model": "10Gbase-SR",
             "serial": "DEMOOPT0046"},
        ],
    ),
    (
        "temperatures",
        "show environment temperature",
        "v7",
        [
            {"location": "slot 1", "sensor": "ASIC", "celsius": 102, "warn_c": 95, "alarm_c": 101,
             "state": "alarm"},
            {"location": "slot 1", "sensor": "Front-Middle(D1)", "celsius": 38, "warn_c": 56, "alarm_c": 62,
             "state": "ok"},
            {"location": "slot 1", "sensor": "Front-Left  (D2)", "celsius": 33, "alarm_c": 52, "state": "ok"},
        ],
    ),
    (
        "fans",
        "show environment fan",
        "v9",
        [
            {"location": "", "name": "Fan1(sys_fan1)", "present": True, "state": "Ok"}
            | {"airflow": "front-to-back"},
            {"location": "", "name": "Fan2(sys_fan2)", "present": True, "state": "Failure"}
            | {"airflow": "front-to-back"},
            {"location": "", "name": "Fan3(sys_fan3)", "present": False, "state": "Absent"},
            {"location": "", "name": "Fan_in_PS1", "present": True, "state": "Ok"}
            | {"airflow": "back-to-front"},
        ],
    ),
    (
        "power_supplies",
        "show environment power",
        "v9",
        [
            {"location": "", "name": "Power Supply 1", "present": True, "state": "Ok", "model": "CNP-650W-AC",
             "capacity_w": 650.0, "output_w": 101.0},
            {"location": "", "name": "Power Supply 2", "present": False, "state": "Absent", "output_w": 0.0},
            {"location": "", "name": "Power Supply 3", "present": True, "state": "Shutdown",
             "model": "CNP-650W-AC", "output_w": 0.0},
        ],
    ),
    (
        "interfaces",
        "show interface",
        "box_73",
        [
            {"name": "Vlan330", "kind": "vlan", "admin_up": True, "oper_up": True, "protocol_up": True,
             "mtu_bytes": 1500, "mac": "0000.5e00.5310"},
            {"name": "Ethernet1/1", "kind": "ethernet", "admin_up": True, "oper_up": True,
             "mac": "0000.5e00.5311", "last_flap_s": 589334400, "lag": "Po131",  # 974 weeks 3 days
             "in_bytes": 70500074, "out_bytes": 711823811,
             "in_unicast_packets": 18476, "out_unicast_packets": 17841,
             "in_multicast_packets": 506094, "out_multicast_packets": 5660600,
             "in_broadcast_packets": 362760, "out_broadcast_packets": 339717,
             "description": "to fex", "speed_mbps": 1000, "duplex": "half", "mtu_bytes": 1500,
             "in_errors": 11, "out_errors": 17, "crc_errors": 7, "in_drops": 13, "out_drops": 19,
             "in_bps": 32346224, "out_bps": 47982536},
            {"name": "Ethernet1/2", "kind": "ethernet", "admin_up": True, "oper_up": False,
             "mtu_bytes": 1500, "mac": "0000.5e00.5312"},
            {"name": "Ethernet1/3", "kind": "ethernet", "admin_up": False, "oper_up": False,
             "mtu_bytes": 1500, "mac": "0000.5e00.5313"},
        ],
    ),
    (
        "err_disabled",
        "show interface status err-disabled",
        "some",
        [
            {"interface": "Ethernet1/1", "reason": "linkFlapErrDisabled"},
            {"interface": "Ethernet1/12", "reason": "linkFlapErrDisabled"},
            {"interface": "Ethernet1/13", "reason": "Error disabled"},
            {"interface": "port-channel5", "reason": "bpduguard error"},
        ],
    ),
    ("err_disabled", "show interface status err-disabled", "none", []),
    (
        "lags",
        "show port-channel summary",
        "members",
        [
            {"name": "port-channel1", "mode": "lacp", "oper_up": True,
             "members": [{"interface": "Ethernet1/1", "selected": True, "oper_up": True},
                         {"interface": "Ethernet1/2", "selected": False}]},
            {"name": "port-channel10", "mode": "static", "oper_up": True,
             "members": [{"interface": "Ethernet1/5", "selected": True, "oper_up": True}]},
            {"name": "port-channel135", "mode": "static", "oper_up": False, "members": []},
            {"name": "port-channel136", "mode": "lacp", "oper_up": False,
             "members": [{"interface": "Ethernet1/6", "selected": False, "oper_up": False}]},
        ],
    ),
    ("lags", "show port-channel summary", "none", []),
    ("stp", "show spanning-tree summary", "mst", {"enabled": True, "mode": "mstp"}),
    ("stp", "show spanning-tree summary", "rapid_pvst", {"enabled": True, "mode": "rapid-pvst"}),
    ("stp", "show spanning-tree summary", "none", {"enabled": False}),
    (
        "log_events",
        "show logging logfile",
        "plain",
        [
            {"time": naive("2026-11-20T16:20:45"), "severity": 3,
             "mnemonic": "ETHPORT/IF_ERROR_VLANS_SUSPENDED",
             "text": "VLANs 30 on Interface Ethernet1/49 are being suspended. "
                     "(Reason: Vlan is not configured)"},
            {"time": naive("2026-11-20T16:20:50"), "severity": 5, "mnemonic": "ETHPORT/IF_UP",
             "text": "Interface Ethernet1/49 is up in mode trunk"},
            {"time": naive("2026-11-21T01:02:03"), "severity": 2, "mnemonic": "PLATFORM/FAN_REMOVED",
             "text": "Fan module 3 (Fan3(sys_fan3) fan) removed"},
        ],
    ),
    (
        "startup",
        "show boot",
        "kickstart",
        {"image_current": "bootflash:/n5000.7.3.0.N1.1c.bin",
         "image_next": "bootflash:/n5000.7.3.1.N1.1.bin",
         "config_current": "startup-config", "config_next": "startup-config"},
    ),
    (
        "licenses",
        "show license usage",
        "table",
        [
            {"feature": "MPLS_PKG", "state": "Unused", "type": "Grace 10D 1H"},
            {"feature": "ENTERPRISE_PKG", "state": "Unused"},
            {"feature": "TRANSPORT_SERVICES_PKG", "state": "In use", "expires_on": "2027-06-30"},
            {"feature": "LAN_ENTERPRISE_SERVICES_PKG", "state": "In use"},
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "command", "name", "expected"), FROM_FIXTURES, ids=[f"{f}-{n}" for f, _, n, _ in FROM_FIXTURES]
)
def test_fact_from_fixture(fact: str, command: str, name: str, expected: Any) -> None:
    known = getattr(read({command: fixture(command, name)}), fact)
    assert isinstance(known, Known), known
    assert plain(known.value) == expected


def test_optics_of_several_lanes_keep_each_lane_with_its_limits() -> None:
    facts = read(
        {"show interface transceiver details": fixture("show interface transceiver details", "lanes")}
    )
    assert isinstance(facts.optics, Known)
    optic, cable = facts.optics.value
    assert (optic.interface, optic.type, optic.serial) == ("Ethernet1/49", "QSFP-DD-400G-DR4", "DEMOOPT0049")
    assert (optic.wavelength_nm, optic.temperature_c, optic.voltage_v) == (1311.0, 22.99, 3.34)
    assert (optic.temp_high_alarm_c, optic.temp_high_warn_c, optic.distance_m) == (80.0, 75.0, 500.0)
    assert [lane.lane for lane in optic.lanes] == [1, 2]
    assert [lane.rx_power_dbm for lane in optic.lanes] == [-1.77, -7.10]
    lane = optic.lanes[1]
    assert (lane.rx_low_alarm_dbm, lane.rx_high_alarm_dbm) == (-9.91, 6.99)
    assert (lane.rx_low_warn_dbm, lane.rx_high_warn_dbm) == (-5.90, 3.99)
    assert (lane.tx_power_dbm, lane.tx_low_alarm_dbm, lane.tx_high_alarm_dbm) == (1.25, -6.90, 6.99)
    assert lane.bias_ma == 60.10
    assert optic.alarms == ("Lane 2 Rx Power low-warning",)
    assert (cable.interface, cable.lanes, cable.alarms) == ("Ethernet1/50", (), None)


def test_optics_of_one_lane_and_ports_without_a_module() -> None:
    text = fixture("show interface transceiver details", "single_lane")
    facts = read({"show interface transceiver details": text})
    assert isinstance(facts.optics, Known)
    assert [optic.interface for optic in facts.optics.value] == ["Ethernet1/1", "Ethernet1/2"]
    lit, dark = facts.optics.value
    assert [lane.rx_power_dbm for lane in lit.lanes] == [-30.45]
    assert lit.alarms == ("Rx Power low-alarm",)
    assert [(lane.rx_power_dbm, lane.tx_power_dbm) for lane in dark.lanes] == [(None, None)]
    assert dark.alarms == ("Current low-alarm",)


def test_optics_of_the_layout_without_a_column_for_measurements() -> None:
    text = fixture("show interface transceiver details", "external_calibration")
    facts = read({"show interface transceiver details": text})
    assert isinstance(facts.optics, Known)
    optic, cable = facts.optics.value
    assert [(lane.lane, lane.rx_power_dbm, lane.rx_low_alarm_dbm) for lane in optic.lanes] == [
        (1, -9.95, -13.9)
    ]
    assert (optic.temperature_c, optic.voltage_v, optic.alarms) == (
        25.62,
        3.292,
        ("Lane 1 Rx Power low-warning",),
    )
    assert (cable.interface, cable.type, cable.serial, cable.lanes) == (
        "Ethernet1/8",
        None,
        "DEMODAC0008",
        (),
    )


CLOCKS = [
    ("08:07:06.543 UTC Tue Mar 10 2026\n", "", datetime(2026, 3, 10, 8, 7, 6, 543000, tzinfo=UTC)),
    ("09:05:01.002 CST Thu Jan  8 2026\n", "", naive("2026-01-08T09:05:01.002000")),
    (
        "09:05:01.002 CST Thu Jan  8 2026\n",
        "clock timezone CST 8 0\n",
        datetime(2026, 1, 8, 9, 5, 1, 2000, tzinfo=timezone(timedelta(hours=8))),
    ),
    (
        "09:05:01 NST Thu Jan  8 2026\n",
        "clock timezone NST -3 30\n",
        datetime(2026, 1, 8, 9, 5, 1, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
    ),
    # Summer time has a name of its own, whose offset nothing says.
    (
        "09:05:01 CEST Thu Jul  9 2026\n",
        "clock timezone CET 1 0\nclock summer-time CEST 5 sunday march 03:00 5 sunday october 04:00 60\n",
        naive("2026-07-09T09:05:01"),
    ),
]


@pytest.mark.parametrize(("text", "config", "expected"), CLOCKS)
def test_clock_knows_its_offset_only_where_something_says_it(
    text: str, config: str, expected: datetime
) -> None:
    outputs = {"show clock": text}
    if config:
        outputs["show running-config"] = CONFIG + config
    clock = read(outputs).clock
    assert isinstance(clock, Known)
    assert clock.value.device_time == expected
    assert clock.value.device_time.tzinfo == expected.tzinfo
    assert (clock.value.asked_at, clock.value.round_trip_s) == (ASKED_AT, 0.5)


NTP = [
    ("selected", "ntp server 192.0.2.251 use-vrf management\n", (True, True, 9, 3)),
    ("none_selected", "ntp server 192.0.2.251\n", (True, False, None, 1)),
    ("no_peer", "", (False, False, None, 0)),
]


@pytest.mark.parametrize(("name", "config", "expected"), NTP)
def test_ntp(name: str, config: str, expected: tuple[bool, bool, int | None, int]) -> None:
    outputs = {
        "show ntp peer-status": fixture("show ntp peer-status", name),
        "show running-config": CONFIG + config,
    }
    ntp = read(outputs).ntp
    assert isinstance(ntp, Known)
    value = ntp.value
    assert (value.configured, value.synchronized, value.stratum, len(value.sources)) == expected


PATCHES = [
    ("base_and_patch", "base_and_patch", "none", [("Active and Committed", True)]),
    ("base_and_patch", "none", "none", [("Active", False)]),
    ("none", "base_and_patch", "none", [("Committed", False)]),
    ("none", "none", "base_and_patch", [("Inactive", False)]),
    ("none", "none", "none", []),
]


@pytest.mark.parametrize(("active", "committed", "inactive", "expected"), PATCHES)
def test_patch_is_effective_only_when_active_and_committed(
    active: str, committed: str, inactive: str, expected: list[tuple[str, bool]]
) -> None:
    names = {"active": active, "committed": committed, "inactive": inactive}
    facts = read({f"show install {s}": fixture(f"show install {s}", n) for s, n in names.items()})
    assert isinstance(facts.patches, Known)
    assert [(patch.state, patch.effective) for patch in facts.patches.value] == expected


FEATURE_FACTS = [
    ("lldp", "show lldp neighbors detail", "neighbours", [
        {"local_port": "Ethernet1/49", "remote_system": "lab-h3c.example.com",
         "remote_port": "Ten-GigabitEthernet1/0/25", "chassis_id": "0000.5e00.5301",
         "port_description": "to lab-i1", "management_address": "192.0.2.1",
         "system_description": "H3C Comware Platform Software, Software Version 7.1.070, Release 6616P05\n"
         "H3C S6520X-54QC-EI\n"
         "Copyright (c) 2004-2022 New H3C Technologies Co., Ltd. All rights reserved.",
         "capabilities": ["B", "R"], "enabled_capabilities": ["B", "R"]},
        {"local_port": "mgmt0", "remote_system": "", "remote_port": "0000.5e00.5303",
         "chassis_id": "0000.5e00.5302", "port_description": "eth0",
         "capabilities": ["B", "W", "R", "S"], "enabled_capabilities": ["B"]},
    ]),
    ("ospf", "show ip ospf neighbors vrf all", "vrfs", [
        {"router_id": "192.0.2.8", "interface": "Vlan2", "state": "FULL", "up_s": 2 * 365 * 86400},
        {"router_id": "192.0.2.3", "interface": "Ethernet1/1", "state": "EXSTART", "role": "BDR"}
         | {"up_s": 31},
        {"router_id": "192.0.2.9", "interface": "port-channel3", "state": "2WAY", "role": "DROTHER"},
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "command", "name", "expected"), FEATURE_FACTS)
def test_neighbours_of_a_feature(fact: str, command: str, name: str, expected: Any) -> None:
    on = CONFIG + f"feature {fact}\n"
    known = getattr(read({"show running-config": on, command: fixture(command, name)}), fact)
    assert isinstance(known, Known)
    assert plain(known.value) == expected
    # The feature is off: its command is refused, and there are no neighbours.
    refused = [
        capture("show running-config", CONFIG),
        capture(command, "% Invalid command at '^' marker.\n", CaptureStatus.REFUSED),
    ]
    off = getattr(read_facts(PLATFORM, refused), fact)
    assert isinstance(off, Known)
    assert off.value == ()
    # The feature is on and the command was not answered: nobody knows.
    unanswered = getattr(read({"show running-config": on}), fact)
    assert isinstance(unanswered, Unknown)
    assert unanswered.reason is Reason.NOT_COLLECTED
    # Fewer entries than the output announces.
    cut = (
        fixture(command, name)
        .replace(" displayed: 2", " displayed: 3")
        .replace("neighbors: 1", "neighbors: 4")
    )
    short = getattr(read({"show running-config": on, command: cut}), fact)
    assert isinstance(short, Unknown)
    assert "announces" in short.detail
