"""Comware 5: what it words in another way than Comware 7."""

from datetime import datetime

import pytest

from tests.parsers import test_attacks, test_hardening, test_ip_settings, test_routing_settings
from tests.parsers.comware5_outputs import (
    IMAGES,
    KEPT,
    PATCHES,
    PEERS,
    PLATFORM,
    RUNNING,
    VERSION,
    WHOLE,
    Case,
    configured,
    fixture,
    value,
)
from tests.parsers.test_h3c_comware5 import WHOLE_CASES

BLOCKED = "display stp abnormal-port"
HOST = " info-center loghost 192.0.2.251\n"


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
