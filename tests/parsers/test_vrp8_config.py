"""VRP8: what the configuration says of access, and whether it is saved."""

import pytest

from parsers.facts import Known
from tests.parsers.vrp8_outputs import (
    CONFIG,
    RUNNING,
    SAVED,
    SILENT,
    Case,
    check_known,
    check_unknown,
    fixture,
    read,
)

ACCESS = """\
!Software Version V200R019C10SPC800
#
sysname demo-access
#
dhcp snooping enable
#
observe-port 1 interface 10GE1/0/8
#
vlan 20
 dhcp snooping enable
#
aaa
 user-password complexity-check three-of-kinds
 local-user policy password min-len 10
 local-user authentication lock times 4 5
 local-user authentication lock duration 7
 #
 authentication-scheme default
 #
 authentication-scheme demo
  authentication-mode hwtacacs local
#
interface 10GE1/0/1
 dhcp snooping trusted
 port-mirroring observe-port 1 inbound
#
interface 10GE1/0/2
 dual-active detect mode direct
#
snmp-agent
snmp-agent group v3 xjgroup privacy acl 2001
snmp-agent target-host trap address udp-domain 192.0.2.220 params securityname xjmon v3 privacy
#
user-interface con 0
 authentication-mode aaa
 idle-timeout 5 30
#
return
"""

YUNSHAN = """\
!Software Version V600R025C00SPC500
#
sysname demo-yunshan
#
stelnet server enable
ssh server-source all-interface
#
ssh server cipher aes256_gcm aes128_ctr
ssh server hmac sha2_512 sha2_256
ssh server key-exchange dh_group16_sha512 curve25519_sha256
#
web-manager enable port 443
web-manager http forward enable
#
return
"""

CASES: dict[str, Case] = {
    "YunShan's web manager": (
        "services",
        {RUNNING: YUNSHAN},
        (
            {"name": "ftp", "enabled": False, "by_default": True},
            {"name": "https", "enabled": True, "by_default": False},
            {"name": "netconf", "enabled": False, "by_default": True},
        ),
    ),
    "servers of a campus switch on V600": (
        "services",
        {RUNNING: CONFIG.replace("V200R019C10SPC800", "V600R023C00SPC500")},
        (
            {"name": "ftp", "enabled": False, "by_default": True},
            {"name": "netconf", "enabled": False, "by_default": True},
        ),
    ),
    "algorithms of SSH": (
        "ssh",
        {RUNNING: YUNSHAN},
        {
            "enabled": True,
            "v1_compatible": False,
            "ciphers": ("aes256_gcm", "aes128_ctr"),
            "macs": ("sha2_512", "sha2_256"),
            "kex": ("dh_group16_sha512", "curve25519_sha256"),
        },
    ),
    "log hosts": (
        "info_center",
        {RUNNING: CONFIG},
        {"enabled": True, "hosts": ({"address": "192.0.2.210", "level": 4},)}
        | {"buffer_records": 512, "dated": True},
    ),
    "users": (
        "users",
        {RUNNING: CONFIG},
        (
            {
                "name": "xjadmin",
                "level": 3,
                "services": ("ssh",),
                "administrator": True,
                "password_form": "hash",
            },
        ),
    ),
    "SNMP": (
        "snmp",
        {RUNNING: CONFIG},
        {
            "enabled": True,
            "versions": ("v2c", "v3"),
            "communities": ({"access": "ro", "name_class": "hidden"},),
        },
    ),
    "telnet by configuration": ("telnet", {RUNNING: CONFIG}, {"enabled": True, "by_default": False}),
    "telnet by default": ("telnet", {RUNNING: SILENT}, {"enabled": True, "by_default": True}),
    "telnet by its state": (
        "telnet",
        {
            RUNNING: SILENT,
            "display telnet server status": fixture("display telnet server status", "v200r019").replace(
                "Enable", "Disable"
            ),
        },
        {"enabled": False, "by_default": False},
    ),
    "telnet sessions say nothing": (
        "telnet",
        {
            RUNNING: CONFIG + "",
            "display telnet server status": fixture("display telnet server status", "v300_sessions"),
        },
        {"enabled": True, "by_default": False},
    ),
    "login lines": (
        "vty",
        {RUNNING: CONFIG},
        ({"first": 0, "last": 4, "acl_in": "2001", "protocols": ("ssh",), "idle_min": 10},),
    ),
    "login lines by default": (
        "vty",
        {RUNNING: SILENT},
        ({"first": 0, "last": 4, "protocols": ("ssh", "telnet"), "idle_min": 10},),
    ),
    "SSH": ("ssh", {RUNNING: CONFIG}, {"enabled": True, "acl": "2001", "v1_compatible": False}),
    "access lists": (
        "acls",
        {RUNNING: CONFIG},
        (
            {"id": "2001", "rules": 1, "permits_any": False, "used_in": ("ssh", "user-interface vty 0 4")}
            | {
                "rule_list": (
                    {"action": "permit", "protocol": "ip", "any_source": False, "any_destination": True},
                )
            },
        ),
    ),
    "settings of a port": (
        "port_settings",
        {
            RUNNING: CONFIG.replace(
                "#\nsnmp-agent\n", "#\ninterface 10GE1/0/1\n stp edged-port enable\n#\nsnmp-agent\n"
            )
        },
        ({"interface": "10GE1/0/1", "mode": "access", "vlan": 1, "edge": True},),
    ),
    "protections of spanning tree": (
        "stp_protection",
        {RUNNING: CONFIG},
        {"bpdu_guard": False, "tc_protection": False},
    ),
    "control plane": ("control_plane", {RUNNING: CONFIG}, {"default_policy": True}),
    "no loop detection": ("loop_detection", {RUNNING: CONFIG}, {"enabled": False}),
    "servers by default": (
        "services",
        {RUNNING: SILENT},
        (
            {"name": "ftp", "enabled": False, "by_default": True},
            {"name": "netconf", "enabled": False, "by_default": True},
        ),
    ),
    "servers as set": (
        "services",
        {RUNNING: CONFIG.replace("#\nreturn", "#\nftp server enable\n#\nreturn")},
        (
            {"name": "ftp", "enabled": True, "by_default": False},
            {"name": "http", "enabled": False, "by_default": True},
            {"name": "https", "enabled": False, "by_default": True},
            {"name": "netconf", "enabled": False, "by_default": True},
        ),
    ),
    "console": ("console", {RUNNING: ACCESS}, {"idle_min": 5.5, "auth_mode": "aaa"}),
    "console by default": (
        "console",
        {RUNNING: ACCESS.replace(" idle-timeout 5 30\n", "")},
        {"auth_mode": "aaa"},
    ),
    "locking": ("login_policy", {RUNNING: ACCESS}, {"max_fail": 4, "lock_min": 7.0}),
    "no locking": (
        "login_policy",
        {RUNNING: "sysname x\naaa\n undo local-aaa-user wrong-password\n#\nreturn\n"},
        {},
    ),
    "passwords": ("password_policy", {RUNNING: ACCESS}, {"length_min": 10, "types_min": 3}),
    "authentication": (
        "aaa",
        {RUNNING: ACCESS},
        (
            {"scheme": "default", "methods": ("local",)},
            {"scheme": "demo", "methods": ("tacacs", "local"), "for_logins": False, "unserved": True},
        ),
    ),
    "SNMP groups": (
        "snmp_groups",
        {RUNNING: ACCESS},
        ({"name": "xjgroup", "security": "priv", "acl": "2001"},),
    ),
    "trap targets": (
        "trap_hosts",
        {RUNNING: ACCESS},
        ({"address": "192.0.2.220", "version": "v3"},),
    ),
    "no trap targets": ("trap_hosts", {RUNNING: CONFIG}, ()),
    "DHCP snooping": (
        "dhcp_snooping",
        {RUNNING: ACCESS},
        {"enabled": True, "vlans": (20,), "trusted_ports": ("10GE1/0/1",)},
    ),
    "no DHCP snooping": ("dhcp_snooping", {RUNNING: CONFIG}, {"enabled": False}),
    "mirroring": (
        "mirrors",
        {RUNNING: ACCESS},
        ({"id": "1", "sources": ("10GE1/0/1",), "destination": "10GE1/0/8"},),
    ),
    "no mirroring": ("mirrors", {RUNNING: CONFIG}, ()),
    "detection of split stacks": ("mad", {RUNNING: ACCESS}, {"modes": ("direct",)}),
    "no detection of split stacks": ("mad", {RUNNING: CONFIG}, {}),
    "saved": ("saved_state", {RUNNING: CONFIG, SAVED: CONFIG}, {}),
    "saved, asked at two times": (
        "saved_state",
        {
            RUNNING: f"2024-05-25 13:30:41.274 +03:00\n{CONFIG}",
            SAVED: f"2024-05-25 13:30:43.105 +03:00\n{CONFIG}",
        },
        {},
    ),
    "not saved": (
        "saved_state",
        {RUNNING: CONFIG, SAVED: CONFIG.replace("stelnet server enable\n", "")},
        {"differences": (("+", "stelnet server enable"),)},
    ),
}

UNREADABLE: dict[str, Case] = {
    "locking by a default nobody names": ("login_policy", {RUNNING: CONFIG}, "default"),
    "locking half said": (
        "login_policy",
        {RUNNING: ACCESS.replace(" local-user authentication lock duration 7\n", "")},
        "default",
    ),
    "passwords by a default nobody names": ("password_policy", {RUNNING: CONFIG}, "default"),
    "authentication without its block": ("aaa", {RUNNING: SILENT}, "no aaa block"),
    "no console": ("console", {RUNNING: SILENT}, "no user-interface con"),
    "empty configuration": ("snmp", {RUNNING: ""}, "sysname"),
    "cut configuration": ("acls", {RUNNING: CONFIG.split("snmp-agent")[0]}, "cut short"),
    "empty saved configuration": ("saved_state", {RUNNING: CONFIG, SAVED: ""}, "sysname"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_is_known_with_its_values(case: Case) -> None:
    check_known(case)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_unknown(case: Case) -> None:
    check_unknown(case)


def test_secrets_of_the_configuration_are_in_no_fact_but_the_tree() -> None:
    facts = read({RUNNING: CONFIG, SAVED: CONFIG.replace("test$", "old$")})
    for fact in ("users", "snmp", "vty", "ssh", "acls", "info_center", "saved_state"):
        assert isinstance(getattr(facts, fact), Known)
        assert "XJCANARY" not in repr(getattr(facts, fact))
