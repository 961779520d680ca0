"""INOS 6: a whole switch, fixture texts to typed facts, and bad outputs to Unknown or Partial."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import FACT_NAMES, Facts, Known, Partial, Reason, Unknown
from parsers.inspur_inos6 import READERS
from parsers.masking import mask_line
from parsers.reader import read_facts
from tests.parsers.comware_outputs import plain

PLATFORM = platforms()["inspur_inos6"]
SWITCH = Path("tests/switches/inspur_inos6")
FIXTURES = Path(__file__).parent / "fixtures" / PLATFORM.id
NOW = datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC)
ALIEN = "~~ no switch has ever printed this line ~~"
RUNNING, SAVED = "show running-config", "show startup-config"
LINES = "line console 0\n no line-password\n no login\nline vty 0 7\n no line-password\n login local\n"


def snake(command: str) -> str:
    return command.replace("-", "_").replace(" ", "_")


def fixture(command: str, name: str) -> str:
    return (FIXTURES / snake(command) / f"{name}.txt").read_text("utf-8")


WHOLE = {c: render((SWITCH / f"{snake(c)}.txt").read_text("utf-8"), NOW) for c in PLATFORM.commands()}


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="demo-leaf-c1",
        command=command,
        status=status,
        raw=f"{command}\n{text}\ndemo-leaf-c1# ".replace("\n", "\r\n").encode(),
        started_at=NOW,
        elapsed_s=0.5,
    )


def facts_of(outputs: Mapping[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def configured(*blocks: str, lines: str = LINES) -> str:
    return "!\n".join(("Building configuration...\nversion 6.6.6.R1.23\n", *blocks, lines))


def read(fact: str, outputs: Mapping[str, str]) -> Any:
    return getattr(facts_of(outputs), fact)


def value(fact: str, outputs: Mapping[str, str]) -> Any:
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    return plain(found.value)


# --- the platform file ----------------------------------------------------------------------------


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


def _port(name: str, kind: str = "ethernet", **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "admin_up": True, "oper_up": False} | more


def _set(name: str, **more: Any) -> dict[str, Any]:
    return {"interface": name, "mode": "access", "vlan": 1} | more


_UP: dict[str, Any] = {"oper_up": True, "duplex": "full"}
_LIMITS = {
    "rx_low_alarm_dbm": -11.5,
    "rx_high_alarm_dbm": 3.4,
    "rx_low_warn_dbm": -9.5,
    "rx_high_warn_dbm": 2.4,
    "tx_low_alarm_dbm": -8.3,
    "tx_high_alarm_dbm": 3.4,
}

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
        _port("eth-0-1", **_UP, description="To demo-srv-1", speed_mbps=1000),
        _port("eth-0-2"),
        _port("eth-0-3", admin_up=False),
        _port("eth-0-49", **_UP, description="To demo-spine-1 port 7", speed_mbps=40000),
        _port("eth-0-50", **_UP, speed_mbps=40000),
        _port("agg1", "lag", **_UP, description="Uplink", speed_mbps=80000),
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
                | _LIMITS,
                {
                    "lane": 2,
                    "rx_power_dbm": -12.75,
                    "tx_power_dbm": -1.1,
                    "bias_ma": 6.7,
                    "bias_high_alarm_ma": 13.0,
                }
                | _LIMITS,
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
        _set("eth-0-1", vlan=10, edge=True, bpdu_guard=True, storm_control=True, mac_limit=4),
        _set("eth-0-2", vlan=10, edge=True, bpdu_guard=True),
        _set("eth-0-3"),
        _set("eth-0-49", mode="trunk", allowed_vlans=[[1, 1]]),
        _set("eth-0-50", mode="trunk", allowed_vlans=[[1, 1]]),
        _set("agg1", mode="trunk", allowed_vlans=[[1, 4094]]),
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


# --- other wordings, defaults, and what there is none of ------------------------------------------

Case = tuple[str, dict[str, str], Any]
VERSION, ENVIRONMENT, STATUS = "show version", "show environment", "show interface status"
SHUT = "interface eth-0-2\n shutdown\n"
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
            _port("eth-0-1", **_UP, speed_mbps=2500),
            _port("eth-0-2", admin_up=False, description="spare, two words"),
            _port("eth-0-3", admin_up=False),
            _port("eth-0-4", description="loop seen"),
            _port("eth-0-17/1", oper_up=True, duplex="half", speed_mbps=100),
        ],
    ),
    "interfaces: speeds in G": (
        "interfaces",
        {STATUS: fixture(STATUS, "later_name"), RUNNING: configured()},
        [
            _port("eth-0-1", **_UP, description="to demo-core po...", speed_mbps=10000),
            _port("eth-0-2", duplex="full", speed_mbps=40000),
            _port("agg1", "lag"),
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
                    | _LIMITS
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
    "snmp: communities, every version": (
        "snmp",
        {
            RUNNING: configured(
                "snmp-server enable\nsnmp-server community public read-only\n"
                "snmp-server community x read-write view all\n"
            )
        },
        {
            "enabled": True,
            "versions": ["v1", "v2c"],
            "communities": [
                {"access": "ro", "name_class": "default"},
                {"access": "rw", "name_class": "other"},
            ],
        },
    ),
    "snmp: off": (
        "snmp",
        {RUNNING: configured("snmp-server usm-user nms authentication md5 x\n")},
        {"enabled": False, "users": [{"security": "auth"}]},
    ),
    "trap hosts: by community": (
        "trap_hosts",
        {RUNNING: configured("snmp-server trap target-address mgmt-if 192.0.2.9 community x\n")},
        [{"address": "192.0.2.9"}],
    ),
    "telnet: on by default": ("telnet", {RUNNING: configured()}, {"enabled": True, "by_default": True}),
    "vty: nothing restricts them": (
        "vty",
        {RUNNING: configured()},
        [{"first": 0, "last": 7, "protocols": ["ssh", "telnet"], "auth_mode": "aaa", "idle_min": 10.0}],
    ),
    "vty: single lines, other words": (
        "vty",
        {
            RUNNING: configured(
                lines="line console 0\n no login\nline vty 0\n no login\n exec-timeout 0 30\n"
                "line vty 1 7\n login\n ip access-class M in\n transport input none\n"
            )
        },
        [
            {"first": 0, "last": 0, "protocols": ["ssh", "telnet"], "auth_mode": "none", "idle_min": 0.5},
            {
                "first": 1,
                "last": 7,
                "acl_in": "M",
                "auth_mode": "password",
                "idle_min": 10.0,
            },
        ],
    ),
    "console: no login": ("console", {RUNNING: configured()}, {"idle_min": 10.0, "auth_mode": "none"}),
    "aaa: off": ("aaa", {RUNNING: configured("aaa authentication login default radius\n")}, []),
    "ssh: off, both versions": (
        "ssh",
        {"show ip ssh server status": fixture("show ip ssh server status", "later_off")},
        {"enabled": False, "v1_compatible": True},
    ),
    "services: all on": (
        "services",
        {"show services": fixture("show services", "all_on")},
        [{"name": name, "enabled": True, "by_default": False} for name in ("http", "https", "netconf")],
    ),
    "acls: any source, other order": (
        "acls",
        {
            RUNNING: configured(
                "ip access-list A extend\n deny any 192.0.2.9 0.0.0.0 any\n permit any any any\n",
                "ipv6 access-list B\n 10 permit tcp 2001:db8::/32 any\n",
            )
        },
        [{"id": "A", "rules": 2, "permits_any": True}, {"id": "B", "rules": 1, "permits_any": False}],
    ),
    "ntp_auth: one of two, and nobody asks": (
        "ntp_auth",
        {RUNNING: configured("ntp server mgmt-if 192.0.2.9 key 3  version 3 \nntp peer 192.0.2.8\n")},
        {"enabled": False, "sources": 2, "keyed": 1},
    ),
    "banners: none, and one without text": (
        "banners",
        {RUNNING: configured("banner motd ^C\n^C\n")},
        [],
    ),
    "banners: two": (
        "banners",
        {RUNNING: configured("banner motd ^C\n  Welcome\nto all\n^C\nbanner exec ^C\nSo be it\n^C\n")},
        [{"text": "Welcome"}, {"text": "So be it"}],
    ),
    "command_audit: a list of its own that a line names": (
        "command_audit",
        {
            RUNNING: configured(
                "aaa new-model\n!\naaa accounting commands told tacplus none\n",
                lines="line console 0\nline vty 0 7\n accounting commands told\n",
            )
        },
        {"accounting": True, "authorization": False},
    ),
    "command_audit: a list that nobody names, one that tells nobody": (
        "command_audit",
        {
            RUNNING: configured(
                "aaa new-model\n!\naaa accounting commands told tacplus\n"
                "aaa accounting commands default none\n"
            )
        },
        {"accounting": False, "authorization": False},
    ),
    "command_audit: AAA is off": (
        "command_audit",
        {RUNNING: configured("aaa accounting commands default tacplus\n")},
        {"accounting": False, "authorization": False},
    ),
    "routing_auth: OSPFv3 knows none": (
        "routing_auth",
        {
            RUNNING: configured(
                "router ospf6\n router-id 192.0.2.1\n interface vlan20 area 0.0.0.0\n", "router ospf6\n"
            )
        },
        [{"protocol": "ospfv3", "process": "1", "bare": ["vlan20"]}],
    ),
    "arp_detection: what is logged switches nothing on": (
        "arp_detection",
        {
            RUNNING: configured(
                "ip arp inspection vlan 10-12,20\nip arp inspection vlan 30 logging acl-match none\n"
            )
        },
        {"vlans": [10, 11, 12, 20]},
    ),
    "dhcp_snooping: VLANs alone": (
        "dhcp_snooping",
        {RUNNING: configured("dhcp snooping vlan 10-11\n", "interface eth-0-1\n dhcp snooping trust\n")},
        {"enabled": False, "vlans": [10, 11], "trusted_ports": ["eth-0-1"]},
    ),
    "mirrors: ports, the processor, a group": (
        "mirrors",
        {
            RUNNING: configured(
                "monitor session 1 destination interface eth-0-9\n"
                "monitor session 1 source interface eth-0-1 rx\n"
                "monitor session 1 source interface agg1 both\n"
                "monitor session 1 source vlan 10 rx\n"
                "monitor session 2 destination group 1 member eth-0-7\n"
                "monitor session 2 destination group 1 member eth-0-8\n"
                "monitor session 3 destination cpu\n"
            )
        },
        [
            {"id": "1", "sources": ["eth-0-1", "agg1", "vlan 10"], "destination": "eth-0-9"},
            {"id": "2", "destination": "group 1 member eth-0-7, group 1 member eth-0-8"},
            {"id": "3", "destination": "cpu"},
        ],
    ),
    "port_settings: what each line does": (
        "port_settings",
        {
            RUNNING: configured(
                "interface eth-0-1\n switchport mode trunk\n switchport trunk native vlan 7\n"
                " switchport trunk allowed vlan add 2-3,9\n switchport trunk allowed vlan add 20\n"
                " switchport trunk allowed vlan remove 1\n spanning-tree guard root\n",
                "interface eth-0-2\n switchport mode trunk\n switchport trunk allowed vlan none\n",
                "interface eth-0-3\n spanning-tree edgeport bpdu-guard enable\n switchport port-security\n",
                "interface eth-0-4\n switchport port-security maximum 9\n ip verify source ip-mac\n"
                " storm-control broadcast pps 900\n storm-control unicast level 1.00\n",
                "interface eth-0-5\n no switchport\n ip address 192.0.2.1/30\n",
                "interface eth-0-5.10\n",
                "interface eth-0-6\n switchport mode dot1q-tunnel\n switchport dot1q-tunnel native vlan 8\n",
                "interface eth-0-7\n storm-control multicast level 1.00\n spanning-tree edgeport\n",
                "interface agg2\n ip address 192.0.2.5/30\n",
                "interface vlan10\n",
            )
        },
        [
            _set("eth-0-1", mode="trunk", vlan=7, allowed_vlans=[[2, 3], [9, 9], [20, 20]], root_guard=True),
            _set("eth-0-2", mode="trunk"),
            _set("eth-0-3", bpdu_guard=True, mac_limit=1),
            _set("eth-0-4", source_guard=True, storm_control=True),
            {"interface": "eth-0-5", "mode": "routed"},
            _set("eth-0-6", vlan=8),
            _set("eth-0-7", edge=True),
            {"interface": "agg2", "mode": "routed"},
        ],
    ),
    "port_settings: an edge port that takes itself out": (
        "port_settings",
        {
            RUNNING: configured(
                "spanning-tree edgeport bpdu-guard\n",
                "interface eth-0-1\n spanning-tree edgeport\n spanning-tree edgeport bpdu-guard disable\n",
                "interface eth-0-2\n",
            )
        },
        [_set("eth-0-1", edge=True), _set("eth-0-2")],
    ),
    "stp_protection: none by default": (
        "stp_protection",
        {RUNNING: configured("interface eth-0-1\n spanning-tree edgeport bpdu-guard enable\n")},
        {"bpdu_guard": False, "tc_protection": False},
    ),
    "adjacency_auth: areas, an interface, peers": (
        "adjacency_auth",
        {
            RUNNING: configured(
                "interface vlan20\n ip ospf authentication\n ip ospf authentication-key x\n",
                "interface vlan30\n ip ospf authentication message-digest\n",
                "router ospf\n network 192.0.2.0/28 area 0\n network 192.0.2.16/28 area 1\n"
                " area 1 authentication message-digest\n",
                "router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n neighbor 192.0.2.1 password x\n"
                " neighbor 192.0.2.2 remote-as 64500\n neighbor 192.0.2.2 next-hop-self\n",
            )
        },
        [
            {"scope": "area", "name": "1", "kind": "hash"},
            {"scope": "area", "name": "0", "kind": "none"},
            {"scope": "interface", "name": "vlan20", "kind": "plain"},
            {"scope": "interface", "name": "vlan30", "kind": "hash"},
            {"scope": "peer", "name": "192.0.2.1", "kind": "hash", "external": True},
            {"scope": "peer", "name": "192.0.2.2", "kind": "none", "external": False},
        ],
    ),
    "static_routes: distances, tracked, and into nothing": (
        "static_routes",
        {
            RUNNING: configured(
                "ip route 0.0.0.0/0 192.0.2.1 200\nip route 198.51.100.0/24 192.0.2.1 5 track 3\n"
                "ip route 203.0.113.0/24 192.0.2.1 track 3\nip route 192.0.2.128/25 null 0 200\n"
            )
        },
        [
            {"prefix": prefix, "next_hop": "192.0.2.1", "preference": distance}
            for prefix, distance in (("0.0.0.0/0", 200), ("198.51.100.0/24", 5), ("203.0.113.0/24", 1))
        ],
    ),
    "fhrp_tracking: two groups, one without an interface": (
        "fhrp_tracking",
        {
            RUNNING: configured(
                "router vrrp 1\n interface vlan10\n virtual-ip 192.0.2.46\n track 3 decrement 30\n enable\n",
                "router vrrp 2\n interface vlan20\n virtual-ip 192.0.2.30\n enable\n",
                "router vrrp 3\n priority 120\n",
            )
        },
        [
            {"interface": "vlan10", "group": 1, "watched": ["3 decrement 30"]},
            {"interface": "vlan20", "group": 2},
        ],
    ),
    "saved_state: a port was shut since": (
        "saved_state",
        {RUNNING: configured(SHUT), SAVED: configured().replace("version 6.6.6.R1.23\n", "")},
        {
            "differences": [
                ["+", "interface eth-0-2"],
                ["+", "interface eth-0-2 / shutdown"],
            ]
        },
    ),
}


@pytest.mark.parametrize(("fact", "outputs", "expected"), CASES.values(), ids=list(CASES))
def test_cases(fact: str, outputs: dict[str, str], expected: Any) -> None:
    assert value(fact, outputs) == expected


# --- what cannot be -------------------------------------------------------------------------------

UNREADABLE: dict[str, tuple[str, dict[str, str], str]] = {
    "no head of spanning tree": ("stp_ports", {"show spanning-tree brief": "\n"}, "state of the whole"),
    "nobody is logged in": ("login_sessions", {"show users": "\n"}, "not even its head"),
    "a record of no day": (
        "log_events",
        {"show logging buffer": "Feb 30 01:02:03 demo LIB-6: x\n", "show clock": WHOLE["show clock"]},
        "Feb 30 01:02:03 is no time",
    ),
    "RIP": ("routing_auth", {RUNNING: configured("router rip\n network 192.0.2.0/24\n")}, "RIP runs"),
    "VLANs in other words": (
        "dhcp_snooping",
        {RUNNING: configured("dhcp snooping vlan all\n")},
        "VLANs 'all'",
    ),
    "a route of a VRF": (
        "static_routes",
        {RUNNING: configured("ip route vrf red 192.0.2.0/24 192.0.2.1\n")},
        "ip route vrf red",
    ),
    "no version": ("software", {VERSION: "lab uptime is 1 days, 2 hours, 3 minutes\n"}, "nothing of what"),
    "no name": (
        "identity",
        {VERSION: "INOS Software, S5350, Version 6.2.27.13\n"},
        "no hostname in it",
    ),
    "no serial number": (
        "inventory",
        {VERSION: "INOS Software, S5350, Version 6.2.27.13\n"},
        "no serial in it",
    ),
    "no sum": ("cpu", {"show cpu utilization": "Process              Usage(%)\nswitch   1.00\n"}, "no sum"),
    "an impossible load": ("cpu", {"show cpu utilization": "Total   101.00\n"}, "impossible"),
    "more used than there is": (
        "memory",
        {"show memory summary total": "Total memory      : 10 KB\nUsed memory       : 11 KB\n"},
        "impossible",
    ),
    "no fans": ("fans", {ENVIRONMENT: "Sensor status (Degree Centigrade):\n"}, "no fan in it"),
    "no ports": ("interfaces", {STATUS: "", RUNNING: configured()}, "no port in it"),
    "an aggregation by no known protocol": (
        "lags",
        {"show channel-group summary": "Aggregator Mode Protocol Ports\nagg1(SU) SLB PAGP eth-0-1(B)\n"},
        "'PAGP'",
    ),
    "values without a module": (
        "optics",
        {
            "show transceiver detail": "\n".join(
                fixture("show transceiver detail", "one_lane_flagged").splitlines()[10:]
            )
        },
        "nothing of the module itself",
    ),
    "no VLAN": ("vlans", {"show vlan all": ""}, "no VLAN in it"),
    "no state of the SSH server": ("ssh", {"show ip ssh server status": ""}, "whether the server is on"),
    "a mode nobody knows": (
        "stp",
        {RUNNING: configured("spanning-tree mode rpvst+\nspanning-tree enable\n")},
        "'rpvst+'",
    ),
    "a method nobody knows": (
        "aaa",
        {RUNNING: configured("aaa new-model\naaa authentication login default oracle\n")},
        "'oracle'",
    ),
    "a severity nobody knows": (
        "info_center",
        {RUNNING: configured("logging server severity loud\n")},
        "'loud'",
    ),
    "a transport nobody knows": (
        "vty",
        {RUNNING: configured(lines="line console 0\nline vty 0 7\n transport input carrier-pigeon\n")},
        "'carrier-pigeon'",
    ),
    "a date that is none": ("clock", {"show clock": "09:17:30 UTC Tue Feb 30 2019\n"}, "no time"),
    "a configuration without its end": ("users", {RUNNING: configured(lines="")}, "cut off"),
    "no configuration": ("users", {RUNNING: LINES}, "not a configuration"),
    "a saved configuration without its end": (
        "saved_state",
        {RUNNING: configured(), SAVED: configured(lines="")},
        "cut off",
    ),
}


@pytest.mark.parametrize(("fact", "outputs", "why"), UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_cannot_be_is_unknown(fact: str, outputs: dict[str, str], why: str) -> None:
    found = read(fact, outputs)
    assert isinstance(found, Unknown), found
    assert found.reason is Reason.UNPARSED
    assert why in found.detail


@pytest.mark.parametrize("fact", ["lldp", "ospf", "ntp"])
def test_what_is_configured_must_be_answered(fact: str) -> None:
    on = configured("lldp enable\nntp server 192.0.2.250\n", "router ospf 1\n")
    found = read(fact, {RUNNING: on})
    assert isinstance(found, Unknown)
    assert found.reason is Reason.NOT_COLLECTED


TEMPLATED = sorted(c for c in PLATFORM.commands() if c not in (RUNNING, SAVED))


@pytest.mark.parametrize("command", TEMPLATED)
def test_an_unknown_line_makes_no_fact_known(command: str) -> None:
    facts = facts_of({**WHOLE, command: f"{WHOLE[command]}\n{ALIEN}\n"})
    for name, steps in PLATFORM.facts.items():
        asked = [step.any_of[0] for step in steps]
        if command in asked:
            assert isinstance(getattr(facts, name), Partial | Unknown), name


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEMPLATED), st.data())
def test_a_cut_output_never_gives_other_values(command: str, data: st.DataObject) -> None:
    """Rows of a beginning are rows of the whole, and nothing raises."""
    lines = WHOLE[command].splitlines()
    cut = "\n".join(lines[: data.draw(st.integers(0, len(lines)))])
    whole, part = facts_of(WHOLE), facts_of({**WHOLE, command: cut})
    for name in ("routes", "macs", "arp", "interfaces", "temperatures", "fans", "power_supplies"):
        found = getattr(part, name)
        if not isinstance(found, Unknown):
            assert {repr(plain(row)) for row in found.value} <= {
                repr(plain(row)) for row in getattr(whole, name).value
            }


SAVED_TEXTS = sorted(FIXTURES.rglob("*.txt"))
COMMANDS = {snake(command): command for command in PLATFORM.commands()}


@settings(max_examples=120, deadline=None)
@given(path=st.sampled_from([*SAVED_TEXTS, *sorted(SWITCH.glob("show_*.txt"))]), data=st.data())
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
    command = COMMANDS[path.stem if path.parent == SWITCH else path.parent.name]
    facts_of({**WHOLE, command: "\n".join(lines)})
