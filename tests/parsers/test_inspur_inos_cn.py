"""INOS-CN: from fixture texts to typed facts, and from bad outputs to Unknown or Partial."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import FACT_NAMES, Facts, Known, Location, Partial, Reason, Unknown
from parsers.inspur_inos_cn import READERS
from parsers.reader import read_facts

PLATFORM = platforms()["inspur_inos_cn"]
FIXTURES = Path(__file__).parent / "fixtures" / PLATFORM.id
ASKED_AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def naive(text: str) -> datetime:
    """What a device prints without a zone."""
    return datetime.fromisoformat(text)


CONFIG = """!Command: show running-config
!Time: Sun Nov 22 03:00:00 2026

version 9.2(2) Bios:version 05.31
hostname lab-i1
"""


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="lab-i1",
        command=command,
        status=status,
        raw=f"{command}\n{text}\nlab-i1# ".replace("\n", "\r\n").encode(),
        started_at=ASKED_AT,
        elapsed_s=0.5,
        detail="said so",
    )


def read(outputs: Mapping[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def fixture(command: str, name: str) -> str:
    return (FIXTURES / command.replace("-", "_").replace(" ", "_") / f"{name}.txt").read_text("utf-8")


def plain(value: Any) -> Any:
    """Rows as mappings without `seen` and without what has its default: what a table below states."""
    if isinstance(value, Location):
        return str(value)
    if is_dataclass(value):
        pairs = ((f, getattr(value, f.name)) for f in fields(value) if f.name != "seen")
        return {f.name: plain(each) for f, each in pairs if each is not None and each != f.default}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def _rule(action: str, protocol: str, *ports: tuple[int, int], source: bool = True) -> dict[str, Any]:
    said = {"action": action, "protocol": protocol, "any_source": source, "any_destination": True}
    return said | ({"destination_ports": [list(each) for each in ports]} if ports else {})


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


FROM_CONFIG: list[tuple[str, str, str, Any]] = [
    ("users", "none", "", []),
    (
        "users",
        "roles of one user on two lines",
        (
            "username admin password 5 $5$x  role network-admin\n"
            "username ops password 5 $5$y  role network-operator\nusername ops role vdc-operator\n"
        ),
        [
            {"name": "admin", "roles": ["network-admin"], "administrator": True, "password_form": "hash"},
            {"name": "ops", "roles": ["network-operator", "vdc-operator"], "password_form": "hash"},
        ],
    ),
    ("snmp", "nothing", "", {"enabled": False, "versions": []}),
    (
        "snmp",
        "switched off",
        "no snmp-server protocol enable\nsnmp-server community public group network-operator\n",
        {"enabled": False, "versions": []},
    ),
    (
        "snmp",
        "communities",
        (
            "snmp-server community public group network-operator\n"
            "snmp-server community Zz9 group network-admin\n"
            "snmp-server community Zz9 use-acl NMS\nsnmp-server community old rw\n"
            "snmp-server community bare\nsnmp-server community six use-ipv6acl NMS6\n"
        ),
        {
            "enabled": True,
            "versions": ["v1", "v2c"],
            "communities": [
                {"access": "ro", "name_class": "default"},
                {"access": "rw", "name_class": "other", "acl": "NMS"},
                {"access": "rw", "name_class": "other"},
                {"access": "ro", "name_class": "other"},
                {"access": "ro", "name_class": "other", "acl": "NMS6"},
            ],
        },
    ),
    (
        "snmp",
        "users",
        (
            "snmp-server user a network-operator auth sha 0x1 priv aes-128 0x2 localizedkey\n"
            "snmp-server user a vdc-operator\nsnmp-server user b network-operator auth md5 0x1 localizedkey\n"
            "snmp-server user c network-operator\nsnmp-server user a use-ipv4acl NMS\n"
        ),
        {
            "enabled": True,
            "versions": ["v3"],
            "users": [{"security": "priv", "acl": "NMS"}, {"security": "auth"}, {"security": "noauth"}],
        },
    ),
    ("telnet", "default", "", {"enabled": False, "by_default": True}),
    ("telnet", "on", "feature telnet\n", {"enabled": True, "by_default": False}),
    ("telnet", "off", "no feature telnet\n", {"enabled": False, "by_default": False}),
    ("ssh", "default", "", {"enabled": True, "v1_compatible": False}),
    ("ssh", "off", "no feature ssh\n", {"enabled": False, "v1_compatible": False}),
    ("vty", "no block", "", [{"first": 0, "last": 31, "protocols": ["ssh"], "auth_mode": "aaa"}]),
    (
        "vty",
        "restricted",
        (
            "feature telnet\nline console\n  exec-timeout 5\nline vty\n  session-limit 16\n"
            "  exec-timeout 10\n  access-class M in\n"
        ),
        [
            {
                "first": 0,
                "last": 15,
                "acl_in": "M",
                "protocols": ["ssh", "telnet"],
                "auth_mode": "aaa",
                "idle_min": 10,
            }
        ],
    ),
    (
        "acls",
        "open, closed, empty",
        (
            "ip access-list OPEN\n  10 permit ip any any\n"
            "ip access-list ZERO\n  10 deny ip 192.0.2.9/32 any\n  20 permit tcp 0.0.0.0/0 any eq 22\n"
            "ip access-list M\n  statistics per-entry\n"
            "  10 permit tcp 192.0.2.0/24 any eq 22\n  20 deny ip any any\nipv6 access-list SIX\n"
        ),
        [
            {"id": "OPEN", "rules": 1, "permits_any": True, "rule_list": [_rule("permit", "ip")]},
            {"id": "ZERO", "rules": 2, "permits_any": True}
            | {"rule_list": [_rule("deny", "ip", source=False), _rule("permit", "tcp", (22, 22))]},
            {"id": "M", "rules": 2, "permits_any": False}
            | {"rule_list": [_rule("permit", "tcp", (22, 22), source=False), _rule("deny", "ip")]},
            {"id": "SIX", "rules": 0, "permits_any": False, "rule_list": []},
        ],
    ),
    ("info_center", "none", "", {"enabled": True, "hosts": [], "log_file": True, "dated": True}),
    (
        "info_center",
        "no file",
        "no logging logfile\n",
        {"enabled": True, "hosts": [], "log_file": False, "dated": True},
    ),
    (
        "info_center",
        "two",
        "logging server 192.0.2.250 6 use-vrf management\nlogging server 192.0.2.251\n",
        {"enabled": True, "hosts": [{"address": "192.0.2.250", "level": 6}, {"address": "192.0.2.251"}]}
        | {"log_file": True, "dated": True},
    ),
]


@pytest.mark.parametrize(
    ("fact", "case", "config", "expected"), FROM_CONFIG, ids=[f"{f}-{c}" for f, c, _, _ in FROM_CONFIG]
)
def test_fact_from_configuration(fact: str, case: str, config: str, expected: Any) -> None:
    known = getattr(read({"show running-config": CONFIG + config}), fact)
    assert isinstance(known, Known), known
    assert plain(known.value) == expected


def test_configuration_rows_name_their_lines() -> None:
    facts = read({"show running-config": CONFIG + "line vty\n  access-class M in\n"})
    assert isinstance(facts.vty, Known)
    assert facts.vty.value[0].seen.lines == (6, 7)


def test_saved_state_ignores_headers_and_finds_a_changed_block() -> None:
    saved = CONFIG.replace("show running-config", "show startup-config").replace("03:00:00", "01:00:00")
    block = "interface Ethernet1/1\n  description a\n"
    same = read({"show running-config": CONFIG + block, "show startup-config": saved + block})
    assert isinstance(same.saved_state, Known)
    assert same.saved_state.value.differences == ()
    changed = block.replace("description a", "shutdown")
    other = read({"show running-config": CONFIG + changed, "show startup-config": saved + block})
    assert isinstance(other.saved_state, Known)
    assert other.saved_state.value.differences == (
        ("+", "interface Ethernet1/1 / shutdown"),
        ("-", "interface Ethernet1/1 / description a"),
    )


@pytest.mark.parametrize("text", ["", "\n", "garbage\n", "No startup configuration\n"])
@pytest.mark.parametrize("fact", ["users", "snmp", "telnet", "vty", "ssh", "acls", "info_center", "config"])
def test_what_is_no_configuration_is_not_one_without_settings(fact: str, text: str) -> None:
    unknown = getattr(read({"show running-config": text}), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.UNPARSED


MUST_HOLD_SOMETHING = [
    "identity", "software", "uptime", "stack", "boards", "inventory", "cpu", "memory", "temperatures", "fans",
    "power_supplies", "interfaces", "stp", "startup", "clock",
]  # fmt: skip


@pytest.mark.parametrize("fact", MUST_HOLD_SOMETHING)
def test_an_empty_answer_is_not_an_empty_device(fact: str) -> None:
    outputs = {command: "\n" for step in PLATFORM.facts[fact] for command in step.any_of}
    unknown = getattr(read(outputs), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.UNPARSED


STATUSES = [
    (CaptureStatus.REFUSED, Reason.REFUSED),
    (CaptureStatus.NO_PRIVILEGE, Reason.NO_PRIVILEGE),
    (CaptureStatus.TIMED_OUT, Reason.TIMED_OUT),
    (CaptureStatus.CUT, Reason.CUT),
]


@pytest.mark.parametrize(("status", "reason"), STATUSES)
def test_unanswered_commands_make_every_fact_unknown(status: CaptureStatus, reason: Reason) -> None:
    facts = read_facts(PLATFORM, [capture(command, "x", status) for command in PLATFORM.commands()])
    found = {name: getattr(facts, name) for name in PLATFORM.facts}
    assert {name for name, fact in found.items() if not isinstance(fact, Unknown)} == set()
    assert {fact.reason for fact in found.values()} == {reason}


def test_every_fact_has_commands_and_a_reader() -> None:
    assert set(PLATFORM.facts) == set(READERS) <= set(FACT_NAMES)


IMPOSSIBLE = [
    ("cpu", "show system resources", "CPU states  :   2.10% user,   11.60% kernel,   186.30% idle\n"),
    (
        "memory",
        "show system resources",
        (
            "CPU states  :   2.10% user,   11.60% kernel,   86.30% idle\n"
            "Memory usage:   100K total,   200K used,   0K free\n"
        ),
    ),
    ("clock", "show clock", "25:61:00 UTC Mon Oct 19 2015\n"),
    ("clock", "show clock", "10:00:00 UTC Mon Foo 19 2015\n"),
    ("optics", "show interface transceiver details", "Ethernet1/1\n    type is 10Gbase-SR\n"),
]


@pytest.mark.parametrize(("fact", "command", "text"), IMPOSSIBLE)
def test_impossible_values_are_unreadable(fact: str, command: str, text: str) -> None:
    unknown = getattr(read({command: text}), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.UNPARSED


def test_the_clock_evidence_says_which_value_is_wrong() -> None:
    unknown = read({"show clock": "10:00:00 UTC Mon Foo 19 2015\n"}).clock
    assert isinstance(unknown, Unknown)
    assert "Foo" in unknown.detail


# --- recognising the platform, its prompt and its refusals ----------------------------------------

IDENTIFY = [
    ("inos", fixture("show version", "inos_9x"), True),
    ("sysdescr", "ICNT NOS-CN(tm) inos, Software (inos-cn), Version 9.2(2), RELEASE SOFTWARE", True),
    ("inos-cn 7.3", "Inspur Operating System (INOS-CN) Software\n  system:    version 7.3(0)N1(1c)\n", True),
    ("nx-os 9", fixture("show version", "nxos_70"), False),
    ("nx-os 7.3", fixture("show version", "nxos_73"), False),
    ("inos 6", "Inspur INOS Software, CN61108PC-V-H, Version 6.6.6.R1.23\n", False),
    ("ios-like", "Inspur Internetwork Operating System Software\nS6650, Version 11.12.1a\n", False),
    ("comware", "H3C Comware Software, Version 7.1.070, Release 6616P05\n", False),
    ("vrp", "VRP (R) software, Version 8.191 (CE6857EI V200R019C10SPC800)\n", False),
]


@pytest.mark.parametrize(("case", "text", "ours"), IDENTIFY, ids=[case for case, _, _ in IDENTIFY])
def test_recognised_by_what_the_device_says(case: str, text: str, ours: bool) -> None:
    assert all(pattern.search(text) for pattern in PLATFORM.recognise) is ours


@pytest.mark.parametrize("line", ["lab-i1#", "demo_srv.i2>", "switch#"])
def test_prompt(line: str) -> None:
    assert PLATFORM.prompt.fullmatch(line)


@pytest.mark.parametrize(
    "line", ["!", "#", "banner motd #", "lab-i1(config)#", "<lab-i1>", "hostname lab-i1", ""]
)
def test_no_prompt(line: str) -> None:
    assert not PLATFORM.prompt.fullmatch(line)


REFUSALS = [
    ("refused", "           ^\n% Invalid command at '^' marker.\n"),
    ("refused", "           ^\n% Incomplete command at '^' marker.\n"),
    ("refused", "% Ambiguous command at '^' marker.\n"),
    ("refused", "Syntax error while parsing 'show foo'\n"),
    ("no_privilege", "% Permission denied for the role\n"),
    ("no_privilege", "% Authorization failed\n"),
]


@pytest.mark.parametrize(("kind", "text"), REFUSALS)
def test_refusal_texts(kind: str, text: str) -> None:
    other = {"refused": "no_privilege", "no_privilege": "refused"}[kind]
    assert any(pattern.search(text) for pattern in getattr(PLATFORM, kind))
    assert not any(pattern.search(text) for pattern in getattr(PLATFORM, other))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.txt")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_answer_looks_like_a_refusal(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not any(pattern.search(text) for pattern in (*PLATFORM.refused, *PLATFORM.no_privilege))


# --- damaged outputs ------------------------------------------------------------------------------

BY_SNAKE = {c.replace("-", "_").replace(" ", "_"): c for c in PLATFORM.commands()}
# Those that facts rest on; a template of another command is only read when somebody has its output.
ALL = [path for path in sorted(FIXTURES.glob("*/*.txt")) if path.parent.name in BY_SNAKE]
ALL_ON = (
    CONFIG
    + "".join(
        f"feature {name}\n" for name in ("bfd", "bgp", "hsrp", "isis", "lldp", "ospf", "udld", "vpc", "vrrp")
    )
    + "track 1 interface Ethernet1/1 line-protocol\nlogging level l2fm 5\n"
)
NOISE = "@@ no device prints this @@"
# What a neighbour says of itself may be any text at all.
FREE_TEXT = {"show lldp neighbors detail"}


@settings(deadline=None, max_examples=60)
@given(path=st.sampled_from(ALL), at=st.integers(0, 2000))
def test_truncated_output_never_raises(path: Path, at: int) -> None:
    text = path.read_text("utf-8")[:at]
    read({BY_SNAKE[path.parent.name]: text, "show running-config": ALL_ON})


@settings(deadline=None, max_examples=120)
@given(path=st.sampled_from(ALL), data=st.data())
def test_an_unknown_line_is_never_known(path: Path, data: st.DataObject) -> None:
    command = BY_SNAKE[path.parent.name]
    lines = path.read_text("utf-8").splitlines()
    lines.insert(data.draw(st.integers(0, len(lines))), NOISE)
    others = {
        f"show install {s}": fixture(f"show install {s}", "none") for s in ("active", "committed", "inactive")
    }
    facts = read({**others, "show running-config": ALL_ON, command: "\n".join(lines)})
    for name, steps in PLATFORM.facts.items():
        if any(command in step.any_of for step in steps) and command not in FREE_TEXT:
            fact = getattr(facts, name)
            assert not isinstance(fact, Known), name
            if isinstance(fact, Partial):
                assert fact.unread[0].text == NOISE


@settings(deadline=None, max_examples=120)
@given(path=st.sampled_from(ALL), data=st.data())
def test_lost_and_damaged_lines_never_raise(path: Path, data: st.DataObject) -> None:
    lines = path.read_text("utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        if not lines:
            break
        at = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            del lines[at]
        else:
            cut = data.draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:cut] + data.draw(st.text(max_size=8)) + lines[at][cut + 1 :]
    read({BY_SNAKE[path.parent.name]: "\n".join(lines), "show running-config": ALL_ON})
