"""Comware 5: the platform file, a whole switch, and what Comware 5 words in a way of its own."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import FACT_NAMES, Facts, Known, Partial, Reason, Unknown
from parsers.masking import mask_line
from parsers.reader import read_facts
from tests.parsers import test_attacks, test_hardening, test_ip_settings, test_routing_settings
from tests.parsers.comware_outputs import acl_rule, plain

PLATFORM = platforms()["h3c_comware5"]
SWITCH = Path("tests/switches/h3c_comware5")
FIXTURES = Path(__file__).parent / "fixtures" / "h3c_comware5"
NOW = datetime(2026, 3, 1, 4, 5, 6, 789000, tzinfo=UTC)
ALIEN = "~~ no switch has ever printed this line ~~"
RUNNING, SAVED = "display current-configuration", "display saved-configuration"


def snake(command: str) -> str:
    return command.replace("-", "_").replace(" ", "_")


def fixture(command: str, name: str) -> str:
    return (FIXTURES / snake(command) / f"{name}.txt").read_text("utf-8")


WHOLE = {c: render((SWITCH / f"{snake(c)}.txt").read_text("utf-8"), NOW) for c in PLATFORM.commands()}


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="acc-old-1", command=command, status=status, raw=text.encode(), started_at=NOW, elapsed_s=0.5
    )


def facts_of(outputs: dict[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def configured(*blocks: str) -> str:
    return "#\n".join(("#\n version 5.20, Release 2208P01\n", *blocks, "return\n"))


def read(fact: str, outputs: dict[str, str]) -> Any:
    return getattr(facts_of(outputs), fact)


def value(fact: str, outputs: dict[str, str]) -> Any:
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    return plain(found.value)


# --- the platform file ----------------------------------------------------------------------------


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


# What is kept on the device where nothing is said; the cases of logs say where they go.
KEPT = {"buffer_records": 512, "log_file": True, "dated": True}
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


# --- what is worded in another way than under Comware 7 -------------------------------------------

Case = tuple[str, dict[str, str], Any]
VERSION, PATCHES, IMAGES = "display version", "display patch information", "display boot-loader"
BLOCKED = "display stp abnormal-port"
HOST = " info-center loghost 192.0.2.251\n"
PEERS = {"display bgp peer": WHOLE["display bgp peer"]}

CASES: dict[str, Case] = {
    "uptime: a router says why it restarted": (
        "uptime",
        {VERSION: fixture(VERSION, "router_restarted_by_command")},
        {"uptime_s": 86400 + 3660, "reset_reason": "<Reboot> Command"},
    ),
    "software: a region is not part of the version": (
        "software",
        {VERSION: fixture(VERSION, "router_of_a_region")},
        {"os": "Comware", "version": "Release 2207L03", "platform_version": "5.20"},
    ),
    "startup: a router before its upgrade": (
        "startup",
        {"display startup": WHOLE["display startup"], IMAGES: fixture(IMAGES, "router_before_upgrade")},
        {
            "image_current": "flash:/a_msr9xx-cmw520-r2207l03.bin",
            "image_next": "flash:/a_msr9xx-cmw520-r2514p10.bin",
            "config_current": "flash:/startup.cfg",
            "config_next": "flash:/startup.cfg",
        },
    ),
    "patches: none": ("patches", {PATCHES: fixture(PATCHES, "none")}, []),
    "patches: in force for good only when all are running": (
        "patches",
        {PATCHES: fixture(PATCHES, "states_of_two_slots")},
        [
            {"name": "XXX002", "state": "2 RUNNING", "effective": True, "location": "slot 1"},
            {"name": "XXX003", "state": "1 RUNNING, 2 ACTIVE, 1 DEACTIVE", "effective": False}
            | {"location": "slot 2"},
        ],
    ),
    "stack: two members": (
        "stack",
        {"display irf": fixture("display irf", "two_members")},
        {
            "enabled": True,
            "members": [
                {"member": 1, "role": "master", "state": "Master", "priority": 32, "mac": "0000-5e00-53c6"},
                {"member": 2, "role": "slave", "state": "Slave", "priority": 1, "mac": "0000-5e00-53d6"},
            ],
        },
    ),
    "log_events: messages that go on in the next line": (
        "log_events",
        {"display logbuffer": fixture("display logbuffer", "messages")},
        [
            {"time": datetime.fromisoformat("2026-02-27T23:59:01.004"), "severity": 6}
            | {"mnemonic": "IC/SYS_RESTART", "text": "System restarted -- H3C Platform Software."},
            {"time": datetime.fromisoformat("2026-02-28T00:10:00.018"), "severity": 3}
            | {"mnemonic": "IFNET/LINK_UPDOWN", "text": "GigabitEthernet1/0/2 link status is UP."},
            {"time": datetime.fromisoformat("2026-03-01T03:00:00.374"), "severity": 1}
            | {"mnemonic": "DRVICOUT/DrvIcOutStr"}
            | {"text": "System returned to ROM By Power-up. Software Version, Release 2208P01"},
        ],
    ),
    "users: levels where early releases write them, none, and accounts of ports": (
        "users",
        {
            RUNNING: configured(
                "local-user ops\n service-type ssh level 2\n",
                "local-user night\n level 1\n service-type telnet\n",
                "local-user nobody\n",
                "local-user guest\n service-type portal\n",
            )
        },
        [
            {"name": "ops", "level": 2, "services": ["ssh"]},
            {"name": "night", "level": 1, "services": ["telnet"]},
            {"name": "nobody"},
        ],
    ),
    "services: the web server says itself how it is": (
        "services",
        {
            "display ip http": fixture("display ip http", "running"),
            RUNNING: configured(" ftp server enable\n ftp server acl 2002\n", " undo ip http enable\n"),
        },
        [
            {"name": "ftp", "enabled": True, "by_default": False, "acl": "2002"},
            {"name": "http", "enabled": True, "by_default": False, "acl": "2001"},
            {"name": "https", "enabled": False, "by_default": True},
        ],
    ),
    "link_detection: two ports": (
        "link_detection",
        {"display dldp": fixture("display dldp", "two_ports")},
        [
            {"interface": "GigabitEthernet1/0/25", "state": "advertisement"},
            {"interface": "GigabitEthernet1/0/26", "state": "disable"},
        ],
    ),
    "info_center: off, host at the default": (
        "info_center",
        {RUNNING: configured(" undo info-center enable\n" + HOST)},
        {"enabled": False, "hosts": [{"address": "192.0.2.251"}]},
    ),
    "info_center: nothing passes": (
        "info_center",
        {RUNNING: configured(HOST + " info-center source default channel 2 log state off\n")},
        {"enabled": True},
    ),
    "info_center: traps are no logs": (
        "info_center",
        {RUNNING: configured(HOST + " info-center source default channel loghost trap state off\n")},
        {"enabled": True, "hosts": [{"address": "192.0.2.251"}]},
    ),
    "info_center: channels by number, by name and renamed": (
        "info_center",
        {
            RUNNING: configured(
                " info-center channel 7 name far\n"
                " info-center loghost 192.0.2.251 channel 6 facility local5\n"
                " info-center loghost vpn-instance mgmt 192.0.2.252 channel far\n"
                " info-center source default channel channel6 log level warnings\n"
                " info-center source default channel 7 log level errors state on debug state off\n"
            )
        },
        {
            "enabled": True,
            "hosts": [{"address": "192.0.2.251", "level": 4}, {"address": "192.0.2.252", "level": 3}],
        },
    ),
    "console: a line of its own that asks for nothing": (
        "console",
        {RUNNING: configured("user-interface con 0\nuser-interface aux 0\n authentication-mode scheme\n")},
        {"idle_min": 10.0, "auth_mode": "none"},
    ),
    "vty: all that is not said": (
        "vty",
        {RUNNING: configured("user-interface vty 0 4\n")},
        [{"first": 0, "last": 4, "protocols": ["ssh", "telnet"], "auth_mode": "password", "idle_min": 10.0}],
    ),
    "stp_ports: one that a protection blocks": (
        "stp_ports",
        {
            "display stp brief": " MSTID      Port                         Role  STP State     Protection\n"
            "   0        GigabitEthernet1/0/3         DESI  DISCARDING      LOOP\n",
            BLOCKED: fixture(BLOCKED, "heading_in_one_word"),
        },
        [
            {"name": "GigabitEthernet1/0/3", "role": "DESI", "state": "DISCARDING", "instance": 0}
            | {"protection": "Loop-Protected"}
        ],
    ),
    "dhcp_snooping: off": (
        "dhcp_snooping",
        {RUNNING: configured("interface GigabitEthernet1/0/1\n")},
        {"enabled": False},
    ),
    "bgp: a peer": (
        "bgp",
        {RUNNING: configured("bgp 65001\n peer 192.0.2.1 as-number 65000\n"), **PEERS},
        [
            {"address": "192.0.2.1", "remote_as": "65000", "state": "ESTABLISHED"}
            | {"prefixes_received": 2, "up_s": 634}
            | {"local_as": "65001", "router_id": "192.0.2.77", "family": "ipv4"}
        ],
    ),
    "poe: small letters": (
        "poe",
        {
            RUNNING: configured("interface GigabitEthernet1/0/1\n poe enable\n"),
            "display poe interface": fixture("display poe interface", "words_in_small_letters"),
        },
        [
            {"location": "", "budget_w": 370.0, "used_w": 4.6}
            | {
                "ports": [
                    {"interface": "GigabitEthernet1/0/1", "state": "delivering-power", "power_w": 4.6},
                    {"interface": "GigabitEthernet1/0/2", "state": "searching", "power_w": 0.0},
                    {"interface": "GigabitEthernet1/0/3", "state": "other-fault", "power_w": 0.0},
                ]
            }
        ],
    ),
    "stp: off": (
        "stp",
        {"display stp": fixture("display stp", "off")},
        {"enabled": False},
    ),
    "stp: the words of Comware 5": (
        "stp",
        {"display stp": fixture("display stp", "mstp_with_instance")},
        {"enabled": True, "mode": "mstp", "bridge_id": "32768.0000-5e00-5371"}
        | {"root_bridge": "0.0000-5e00-5372"},
    ),
    "boot: the boards of a chassis": (
        "boot",
        {VERSION: fixture(VERSION, "chassis")},
        [
            {"location": "slot 0", "bootrom": "507", "cpld": "006, 002"},
            {"location": "chassis 1 slot 2", "bootrom": "204"},
        ],
    ),
    "ssh: version 1 is let in": (
        "ssh",
        {
            RUNNING: configured(" ssh server enable\n"),
            "display ssh server status": fixture("display ssh server status", "version_1_compatible"),
        },
        {"enabled": True, "v1_compatible": True},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    fact, outputs, expected = case
    assert value(fact, outputs) == (KEPT | expected if fact == "info_center" else expected)


def test_every_fact_of_the_platform_has_a_case() -> None:
    tested = {fact for fact, _, _ in CASES.values()} | set(WHOLE_CASES)
    tested |= (
        test_hardening.FACTS
        | test_routing_settings.FACTS
        | test_ip_settings.FACTS
        | (test_attacks.FACTS & PLATFORM.facts.keys())
    )
    assert tested | {"interfaces", "optics", "config"} == set(PLATFORM.facts)


UNREADABLE: dict[str, tuple[str, dict[str, str], str]] = {
    "log buffer is off": (
        "log_events",
        {"display logbuffer": fixture("display logbuffer", "disabled")},
        "disabled",
    ),
    "more patches in states than there are": (
        "patches",
        {PATCHES: fixture(PATCHES, "states_of_two_slots").replace("4        2", "2        2")},
        "more states than patches",
    ),
    "a log host on a channel without a rule": (
        "info_center",
        {RUNNING: configured(" info-center loghost 192.0.2.251 channel 6\n")},
        "channel6",
    ),
    "a log level nobody knows": (
        "info_center",
        {RUNNING: configured(" info-center source default channel loghost log level loud\n")},
        "'loud'",
    ),
    "a configuration that is cut short": ("users", {RUNNING: configured()[: -len("return\n")]}, "return"),
    "IS-IS is configured and says nothing": (
        "isis",
        {RUNNING: configured("isis 1\n"), "display isis peer": ""},
        "printed nothing",
    ),
    "peers of a VPN instance, which are printed elsewhere": (
        "bgp",
        {
            RUNNING: configured(
                "bgp 65001\n #\n ipv4-family vpn-instance lab\n  peer 192.0.2.9 as-number 65002\n"
            ),
            **PEERS,
        },
        "ipv4-family vpn-instance lab",
    ),
    "VRRP is configured and says nothing": (
        "fhrp",
        {
            RUNNING: configured("interface Vlan-interface10\n vrrp vrid 1 virtual-ip 192.0.2.1\n"),
            "display vrrp verbose": "",
        },
        "printed nothing",
    ),
    "no word on the Telnet server, which some models start": ("telnet", {RUNNING: configured()}, "depends"),
    "no console": ("console", {RUNNING: configured()}, "no user-interface con"),
    "loop detection is on, and what it found is printed elsewhere": (
        "loop_detection",
        {RUNNING: configured(" loopback-detection enable\n")},
        "no table of looped ports",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable(case: tuple[str, dict[str, str], str]) -> None:
    fact, outputs, detail = case
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert detail in found.detail


# --- damaged outputs ------------------------------------------------------------------------------

# What is said of these counts only where they are configured, which they are not here.
NOT_USED = {"display bgp peer", "display isis peer", "display poe interface", "display vrrp verbose"}
TEMPLATED = sorted(set(WHOLE) - {RUNNING, SAVED, *NOT_USED})


def users_of(command: str) -> list[str]:
    """Facts that rest on this command."""
    return [name for name, steps in PLATFORM.facts.items() if any(command in step.any_of for step in steps)]


@pytest.mark.parametrize("command", TEMPLATED)
def test_garbage_is_never_known(command: str) -> None:
    facts = facts_of(WHOLE | {command: f"{ALIEN}\n{ALIEN}\n"})
    assert [name for name in users_of(command) if isinstance(getattr(facts, name), Known)] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_cut_off_outputs_never_raise(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(sorted(WHOLE)))
    length = data.draw(st.integers(0, len(WHOLE[command])))
    facts = facts_of(WHOLE | {command: WHOLE[command][:length]})
    assert isinstance(facts.software, Known | Partial | Unknown)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_unknown_line_is_never_overlooked(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(TEMPLATED))
    lines = WHOLE[command].splitlines()
    # Below a message of the log that ended without a full stop any line is part of the message.
    at = data.draw(st.integers(0, 7 if command == "display logbuffer" else len(lines)))
    facts = facts_of(WHOLE | {command: "\n".join([*lines[:at], ALIEN, *lines[at:]])})
    assert [name for name in users_of(command) if isinstance(getattr(facts, name), Known)] == []
