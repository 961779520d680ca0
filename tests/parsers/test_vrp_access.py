"""What a VRP configuration says of services, authentication, passwords, trap targets and switching."""

from collections.abc import Callable
from typing import Any

import pytest

from parsers import vrp_access, vrp_config, vrp_switching
from parsers.config_tree import ConfigTree, build_tree
from parsers.facts import Ssh
from parsers.seen import Seen
from parsers.template import UnreadableError
from parsers.vrp_config import Dialect
from tests.parsers.vrp5_outputs import plain

KNOWN = Dialect(
    telnet_enabled=False,
    stelnet_enabled=False,
    inbound=("ssh",),
    snmp_versions=("v3",),
    idle_min=10,
    max_fail=3,
    lock_min=5,
    password_length=8,
    password_types=2,
    http_enabled=False,
)
SILENT = Dialect(telnet_enabled=False, stelnet_enabled=False, inbound=("ssh",), snmp_versions=("v3",))


def whole(*lines: str) -> ConfigTree:
    text = ("#", "sysname demo-s", "#", *lines, "#", "return")
    return build_tree(text, command="display current-configuration", capture="c")


def off(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "enabled": False, **more}


Reading = Callable[..., Any]
READERS_WITH_DIALECT: tuple[Reading, ...] = (
    vrp_access.console,
    vrp_access.services,
    vrp_access.login_policy,
    vrp_access.password_policy,
    vrp_config.vty,
)
POLICY = "local-aaa-user password policy administrator"
TARGET = "snmp-agent target-host"

# (reader, configuration, dialect, what must come out; fields that are None or empty are left out)
CASES: dict[str, tuple[Reading, tuple[str, ...], Dialect, Any]] = {
    "a console with its own timeout": (
        vrp_access.console,
        ("user-interface con 0", " authentication-mode password", " idle-timeout 1 30"),
        KNOWN,
        {"idle_min": 1.5, "auth_mode": "password"},
    ),
    "a console that never closes": (
        vrp_access.console,
        ("user-interface con 0", " authentication-mode none", " idle-timeout 0 0"),
        KNOWN,
        {"idle_min": 0.0, "auth_mode": "none"},
    ),
    "a console of defaults": (
        vrp_access.console,
        ("user-interface con 0", "user-interface vty 0 4", " idle-timeout 3"),
        KNOWN,
        {"idle_min": 10},
    ),
    "a console of which nobody knows the default": (
        vrp_access.console,
        ("user-interface con 0",),
        SILENT,
        {},
    ),
    "login lines": (
        vrp_config.vty,
        (
            "user-interface vty 0 4",
            " authentication-mode aaa",
            " idle-timeout 3600 0",
            "user-interface vty 16 20",
        ),
        KNOWN,
        (
            {"first": 0, "last": 4, "protocols": ("ssh",), "auth_mode": "aaa", "idle_min": 3600.0},
            {"first": 16, "last": 20, "protocols": ("ssh",), "idle_min": 10},
        ),
    ),
    "no service": (
        vrp_access.services,
        (),
        KNOWN,
        tuple(off(name, by_default=True) for name in ("ftp", "http", "https", "netconf")),
    ),
    "services of which nothing is known": (
        vrp_access.services,
        (),
        SILENT,
        (off("ftp", by_default=True), off("netconf", by_default=True)),
    ),
    "services on and off": (
        vrp_access.services,
        (
            "FTP server enable",
            "undo http server enable",
            "http secure-server enable",
            "snetconf server enable",
        ),
        SILENT,
        (
            {"name": "ftp", "enabled": True, "by_default": False},
            off("http", by_default=False),
            {"name": "https", "enabled": True, "by_default": False},
            {"name": "netconf", "enabled": True, "by_default": False},
        ),
    ),
    "authentication schemes": (
        vrp_access.aaa,
        (
            "aaa",
            " authentication-scheme default",
            " authentication-scheme tac",
            "  authentication-mode hwtacacs local",
            " #",
            " authentication-scheme rad",
            "  authentication-mode radius none",
            " domain default",
            "  authentication-scheme tac",
            "hwtacacs-server template ops",
            " hwtacacs-server authentication 192.0.2.9",
            "radius-server template idle",
        ),
        KNOWN,
        (
            {"scheme": "default", "methods": ("local",), "for_logins": False},
            {"scheme": "tac", "methods": ("tacacs", "local")},
            {"scheme": "rad", "methods": ("radius", "none"), "for_logins": False, "unserved": True},
        ),
    ),
    "accounts locked by default": (vrp_access.login_policy, (), KNOWN, {"max_fail": 3, "lock_min": 5}),
    "accounts locked in a line": (
        vrp_access.login_policy,
        ("aaa", " local-aaa-user wrong-password retry-interval 6 retry-time 10 block-time 20"),
        KNOWN,
        {"max_fail": 10, "lock_min": 20.0},
    ),
    "accounts locked in two lines": (
        vrp_access.login_policy,
        (
            "aaa",
            " local-user authentication lock times 4 7",
            " local-user authentication lock duration 30",
        ),
        KNOWN,
        {"max_fail": 4, "lock_min": 30.0},
    ),
    "accounts never locked": (
        vrp_access.login_policy,
        ("aaa", " undo local-aaa-user wrong-password"),
        KNOWN,
        {},
    ),
    "passwords by default": (vrp_access.password_policy, (), KNOWN, {"length_min": 8, "types_min": 2}),
    "a policy of defaults": (
        vrp_access.password_policy,
        ("aaa", f" {POLICY}"),
        KNOWN,
        {"length_min": 8, "types_min": 2, "age_max_days": 90, "history_min": 5},
    ),
    "a policy that demands nothing": (
        vrp_access.password_policy,
        (
            "aaa",
            f" {POLICY}",
            "  password expire 0",
            "  password history record number 0",
            " undo user-password complexity-check",
        ),
        KNOWN,
        {"length_min": 8},
    ),
    "a policy in full": (
        vrp_access.password_policy,
        (
            "set password min-length 10",
            "aaa",
            " user-password complexity-check three-of-kinds",
            f" {POLICY}",
            "  password expire 60",
            "  password history record number 8",
        ),
        KNOWN,
        {"length_min": 10, "types_min": 3, "age_max_days": 60, "history_min": 8},
    ),
    "a policy in the words of later releases": (
        vrp_access.password_policy,
        ("aaa", f" {POLICY}", "  password min-length 12", "  password complexity four-of-kinds"),
        SILENT,
        {"length_min": 12, "types_min": 4, "age_max_days": 90, "history_min": 5},
    ),
    "SNMP groups": (
        vrp_config.snmp_groups,
        (
            "snmp-agent",
            "snmp-agent group v3 strong privacy read-view all acl 2001",
            "snmp-agent group v3 middle authentication acl ipv6 2001",
            "snmp-agent group v3 weak",
        ),
        KNOWN,
        (
            {"name": "strong", "security": "priv", "acl": "2001"},
            {"name": "middle", "security": "auth"},
            {"name": "weak", "security": "noauth"},
        ),
    ),
    "trap targets": (
        vrp_access.trap_hosts,
        (
            f"{TARGET} trap address udp-domain 192.0.2.1 params securityname cipher %^%#v1%^%# v2c",
            f"{TARGET} host-name n trap address udp-domain 192.0.2.2 udp-port 162 params securityname v1 v3",
            f"{TARGET} inform address udp-domain 192.0.2.3 vpn-instance mgmt params securityname v2c",
            f"{TARGET} trap ipv6 address udp-domain 2001:DB8::1 params securityname x v3",
        ),
        KNOWN,
        (
            {"address": "192.0.2.1", "version": "v2c"},
            {"address": "192.0.2.2", "version": "v3"},
            {"address": "192.0.2.3"},
            {"address": "2001:DB8::1", "version": "v3"},
        ),
    ),
    "trap targets with lists of parameters": (
        vrp_access.trap_hosts,
        (
            f"{TARGET} trap-paramsname strong v3 securityname nms privacy",
            f"{TARGET} trap-hostname a address 192.0.2.1 udp-port 162 trap-paramsname strong",
            f"{TARGET} trap-hostname b address 192.0.2.2 trap-paramsname missing",
        ),
        KNOWN,
        ({"address": "192.0.2.1", "version": "v3"}, {"address": "192.0.2.2"}),
    ),
    "no DHCP snooping": (vrp_switching.dhcp_snooping, ("dhcp enable",), KNOWN, {"enabled": False}),
    "DHCP snooping": (
        vrp_switching.dhcp_snooping,
        (
            "dhcp enable",
            "dhcp snooping enable",
            "dhcp snooping enable vlan 30 to 32 40",
            "vlan 10",
            " dhcp snooping enable",
            " dhcp snooping trusted interface GigabitEthernet0/0/2",
            "interface GigabitEthernet0/0/1",
            " dhcp snooping trusted",
            "interface GigabitEthernet0/0/3",
            " dhcp snooping enable",
        ),
        KNOWN,
        {
            "enabled": True,
            "vlans": (10, 30, 31, 32, 40),
            "trusted_ports": ("GigabitEthernet0/0/2", "GigabitEthernet0/0/1"),
        },
    ),
    "DHCP snooping set in a VLAN but off": (
        vrp_switching.dhcp_snooping,
        ("vlan 10", " dhcp snooping enable"),
        KNOWN,
        {"enabled": False, "vlans": (10,)},
    ),
    "mirroring": (
        vrp_switching.mirrors,
        (
            "observe-port 1 interface GigabitEthernet0/0/24",
            "observe-port 2 interface GigabitEthernet0/0/23 vlan 99",
            "interface GigabitEthernet0/0/1",
            " port-mirroring to observe-port 1 inbound",
            " port-mirroring to observe-port 1 outbound",
            "interface 10GE1/0/2",
            " port-mirroring observe-port 1 both",
        ),
        KNOWN,
        (
            {
                "id": "1",
                "sources": ("GigabitEthernet0/0/1", "10GE1/0/2"),
                "destination": "GigabitEthernet0/0/24",
            },
            {"id": "2", "destination": "GigabitEthernet0/0/23"},
        ),
    ),
    "split detection": (
        vrp_switching.mad,
        (
            "interface Eth-Trunk1",
            " mad detect mode relay",
            "interface 10GE1/0/1",
            " dual-active detect mode direct",
        ),
        KNOWN,
        {"modes": ("direct", "relay")},
    ),
    "no split detection": (vrp_switching.mad, ("interface Eth-Trunk1", " mad relay"), KNOWN, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_configuration_says(name: str) -> None:
    reader, lines, dialect, expected = CASES[name]
    more = (dialect,) if reader in READERS_WITH_DIALECT else ()
    assert plain(reader(whole(*lines), *more)) == expected


@pytest.mark.parametrize(
    ("reader", "lines"),
    [
        (vrp_access.console, ("user-interface vty 0 4",)),
        (vrp_access.aaa, ()),
        (vrp_access.aaa, ("aaa", " authentication-scheme x", "  authentication-mode magic")),
        (vrp_access.login_policy, ("aaa", " local-user authentication lock duration 0")),
        (vrp_switching.dhcp_snooping, ("vlan 10", " dhcp snooping trusted somewhere")),
    ],
)
def test_what_nobody_knows_is_said(reader: Reading, lines: tuple[str, ...]) -> None:
    more = (KNOWN,) if reader in READERS_WITH_DIALECT else ()
    with pytest.raises(UnreadableError):
        reader(whole(*lines), *more)


def test_algorithms_of_ssh_are_those_that_somebody_chose() -> None:
    plainly = Ssh(seen=Seen("c", "display ssh server status", ()), enabled=True, acl=None)
    tree = whole(
        "ssh server cipher aes256_ctr aes128_ctr", "ssh server hmac sha2_256", "ssh client cipher des"
    )
    server = vrp_access.with_algorithms(plainly, tree)
    assert (server.ciphers, server.macs, server.kex) == (("aes256_ctr", "aes128_ctr"), ("sha2_256",), ())
    assert vrp_access.with_algorithms(plainly, whole()) == plainly


def test_secrets_are_passed_over() -> None:
    tree = whole(f"{TARGET} trap address udp-domain 192.0.2.1 params securityname cipher XJCANARY v2c")
    assert "XJCANARY" not in repr(vrp_access.trap_hosts(tree))


def test_evidence_names_the_lines() -> None:
    tree = whole("aaa", " authentication-scheme tac", "  authentication-mode hwtacacs")
    assert vrp_access.aaa(tree)[0].seen.lines == (5, 6)
