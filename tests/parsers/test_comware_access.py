"""Comware 7: who may manage the switch, from the configuration and from outputs."""

from typing import Any

import pytest

from parsers.facts import Known, Partial, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, plain, read

PASSWORDS, USERS, SSH_STATUS = "display password-control", "display users", "display ssh server status"
SILENT = [
    {"name": name, "enabled": False, "by_default": True} for name in ("ftp", "http", "https", "netconf")
]
TRAP = " snmp-agent target-host trap address udp-domain "


def lines(*blocks: str) -> str:
    """A configuration without the usual terminal lines, holding these blocks."""
    return configured(*blocks).replace("line vty 0 63\n#\n", "")


CASES: dict[str, tuple[str, dict[str, str], Any]] = {
    "services nobody mentions": ("services", {RUNNING: configured()}, SILENT),
    "services on and off": (
        "services",
        {
            RUNNING: configured(
                " ftp server enable\n",
                " ip https enable\n undo ip http enable\n",
                " netconf soap https enable\n",
            )
        },
        [
            {"name": "ftp", "enabled": True, "by_default": False},
            {"name": "http", "enabled": False, "by_default": False},
            {"name": "https", "enabled": True, "by_default": False},
            {"name": "netconf", "enabled": True, "by_default": False},
        ],
    ),
    "console that asks for nothing": (
        "console",
        {RUNNING: lines("line con 0\n user-role network-admin\n")},
        {"idle_min": 10.0, "auth_mode": "none"},
    ),
    "console follows its class": (
        "console",
        {
            RUNNING: lines(
                "line class console\n authentication-mode scheme\n idle-timeout 3 30\n", "line con 0 1\n"
            )
        },
        {"idle_min": 3.5, "auth_mode": "aaa"},
    ),
    "a line outranks its class, and never ends": (
        "console",
        {
            RUNNING: lines(
                "line class console\n authentication-mode scheme\n",
                "line con 0\n authentication-mode password\n idle-timeout 0 0\n",
            )
        },
        {"idle_min": 0.0, "auth_mode": "password"},
    ),
    "AUX line as the console": (
        "console",
        {RUNNING: lines("line aux 0 3\n idle-timeout 5\n")},
        {"idle_min": 5.0, "auth_mode": "none"},
    ),
    "password control off": (
        "password_policy",
        {PASSWORDS: "control_off"},
        {},
    ),
    "password control on": (
        "password_policy",
        {PASSWORDS: "no_aging_and_lock"},
        {"length_min": 12, "types_min": 3, "history_min": 6},
    ),
    "failed logins are not limited": ("login_policy", {PASSWORDS: "control_off"}, {}),
    "failed logins lock": (
        "login_policy",
        {PASSWORDS: "no_aging_and_lock"},
        {"max_fail": 4, "lock_min": 30.0},
    ),
    "domains": (
        "aaa",
        {
            RUNNING: configured(
                "domain system\n",
                "domain name ops\n authentication login hwtacacs-scheme tac radius-scheme rad local none\n"
                " authentication default ldap-scheme dir\n",
                "domain guests\n authentication default radius-scheme rad\n",
                " domain default enable system\n",
                "hwtacacs scheme tac\n primary authentication 192.0.2.9\n",
                "radius scheme rad\n user-name-format without-domain\n",
            )
        },
        [
            {"scheme": "system", "methods": ["local"]},
            {"scheme": "ops", "methods": ["tacacs", "radius", "local", "none"], "for_logins": False},
            {"scheme": "guests", "methods": ["radius"], "for_logins": False, "unserved": True},
        ],
    ),
    "sessions": (
        "login_sessions",
        {USERS: "two_sessions"},
        [
            {"line": "VTY 0", "user": "ops@system", "address": "192.0.2.201", "idle_s": 3723},
            {"line": "VTY 1", "user": "inspect", "address": "192.0.2.200", "idle_s": 8},
        ],
    ),
    "sessions without names": (
        "login_sessions",
        {USERS: "console_without_name"},
        [
            {"line": "CON 0", "idle_s": 360920},
            {"line": "VTY 1", "address": "2001:db8::25", "idle_s": 0},
        ],
    ),
    "groups": (
        "snmp_groups",
        {
            RUNNING: configured(
                " snmp-agent group v3 a\n snmp-agent group v3 b authentication read-view v acl 2001\n"
                " snmp-agent group v3 c privacy acl ipv6 name V6\n snmp-agent group v2c d\n"
            )
        },
        [
            {"name": "a", "security": "noauth"},
            {"name": "b", "security": "auth", "acl": "2001"},
            {"name": "c", "security": "priv", "acl": "V6"},
        ],
    ),
    "no groups": ("snmp_groups", {RUNNING: configured()}, []),
    "trap hosts": (
        "trap_hosts",
        {
            RUNNING: configured(
                f"{TRAP}192.0.2.211 params securityname ops v3 privacy\n"
                f"{TRAP}198.51.100.7 udp-port 1162 vpn-instance mgmt params securityname demo v2c\n"
                f"{TRAP}ipv6 2001:db8::7 params securityname demo\n"
            )
        },
        [
            {"address": "192.0.2.211", "version": "v3"},
            {"address": "198.51.100.7", "version": "v2c"},
            {"address": "2001:db8::7"},
        ],
    ),
    "no trap hosts": ("trap_hosts", {RUNNING: configured()}, []),
    "SSH algorithms and an old version let in": (
        "ssh",
        {
            RUNNING: configured(
                " ssh2 algorithm cipher aes256-ctr aes128-ctr\n ssh2 algorithm mac sha2-256\n"
                " ssh2 algorithm key-exchange ecdh-sha2-nistp256\n ssh server compatible-ssh1x enable\n"
            )
        },
        {
            "enabled": False,
            "v1_compatible": True,
            "ciphers": ["aes256-ctr", "aes128-ctr"],
            "macs": ["sha2-256"],
            "kex": ["ecdh-sha2-nistp256"],
        },
    ),
    "SSH server says version 2": (
        "ssh",
        {RUNNING: configured(" ssh server enable\n"), SSH_STATUS: "version_2"},
        {"enabled": True, "v1_compatible": False},
    ),
    "SSH server says 1.99": (
        "ssh",
        {
            RUNNING: configured(" undo ssh server compatible-ssh1x enable\n"),
            SSH_STATUS: "version_1_compatible",
        },
        {"enabled": False, "v1_compatible": True},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: tuple[str, dict[str, str], Any]) -> None:
    fact, outputs, expected = case
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    assert plain(found.value) == expected


LOCKED = """Global password control configurations:
 Password control:                     Enabled
 Maximum login attempts:               3
 Action for exceeding login attempts:  Lock user forever
"""


@pytest.mark.parametrize(
    ("fact", "outputs", "word"),
    [
        ("console", {RUNNING: lines()}, "no line con"),
        ("console", {RUNNING: lines("line con 0\n authentication-mode psychic\n")}, "psychic"),
        ("aaa", {RUNNING: configured()}, "no domain"),
        ("aaa", {RUNNING: configured("domain a\n authentication login psychic\n")}, "psychic"),
        ("trap_hosts", {RUNNING: configured(" snmp-agent target-host smoke-signal\n")}, "target-host"),
        ("login_policy", {PASSWORDS: LOCKED}, "forever"),
        ("password_policy", {PASSWORDS: LOCKED}, "LENGTH_STATE"),
        ("login_sessions", {USERS: "  Idx  Line     Idle       Time              Pid     Type\n"}, "nothing"),
        ("ssh", {RUNNING: configured(), SSH_STATUS: " Stelnet server: Enable\n"}, "no version"),
    ],
)
def test_what_cannot_be_is_unknown(fact: str, outputs: dict[str, str], word: str) -> None:
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert word in found.detail


def test_an_unknown_demand_on_passwords_is_noticed() -> None:
    found = read(
        "password_policy", {PASSWORDS: LOCKED.replace("Lock user forever", "unlock") + " Password smell: 1\n"}
    )
    assert isinstance(found, Partial | Unknown)
