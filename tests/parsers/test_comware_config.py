"""Comware 7: facts that stand in the configuration, and the defaults where it is silent."""

import os
from pathlib import Path
from typing import Any

import pytest

from parsers.config_tree import ConfigTree
from parsers.facts import Known, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, SAVED, acl_rule, configured, plain, read

SSH_ON = " ssh server enable\n"
SSH_ACL = " ssh server acl 2001\n"
# What a terminal line does that says nothing about it.
SILENT_LINE = {"auth_mode": "password", "idle_min": 10.0}
OF_THE_CONFIGURATION = (
    "info_center",
    "users",
    "snmp",
    "telnet",
    "vty",
    "ssh",
    "acls",
    "services",
    "console",
    "aaa",
    "snmp_groups",
    "trap_hosts",
    "dhcp_snooping",
    "port_settings",
    "stp_protection",
    "control_plane",
    "mirrors",
    "addresses",
)
HOST = " info-center loghost 192.0.2.210\n"
# What is kept on the device where nothing is said; the cases of logs say where they go.
KEPT = {"buffer_records": 512, "log_file": True, "dated": True}


def vty(*lines: str, first: str = "line vty 0 63") -> str:
    """A whole configuration with this one block of lines in place of the plain one."""
    return configured().replace("line vty 0 63\n", "".join((first, "\n", *(f" {line}\n" for line in lines))))


CASES: dict[str, tuple[str, str, Any]] = {
    "log hosts with the default level": (
        "info_center",
        configured(HOST + " info-center loghost vpn-instance mgmt 198.51.100.9 port 5514 facility local4\n"),
        {"enabled": True, "hosts": [{"address": "192.0.2.210"}, {"address": "198.51.100.9"}]},
    ),
    "log level for hosts": (
        "info_center",
        configured(" info-center source default loghost level error\n" + HOST),
        {"enabled": True, "hosts": [{"address": "192.0.2.210", "level": 3}]},
    ),
    "hosts that get nothing": (
        "info_center",
        configured(" info-center source default loghost deny\n" + HOST),
        {"enabled": True},
    ),
    "source interface is no host": (
        "info_center",
        configured(" info-center loghost source Vlan-interface99\n"),
        {"enabled": True},
    ),
    "information center off": (
        "info_center",
        configured(" undo info-center enable\n" + HOST),
        {"enabled": False, "hosts": [{"address": "192.0.2.210"}]},
    ),
    "accounts that manage": (
        "users",
        configured(
            "local-user ops class manage\n password hash $h$6$demo\n service-type ssh terminal\n"
            " authorization-attribute user-role network-admin\n",
            "local-user guest class network\n service-type lan-access\n",
            "local-user old\n service-type telnet\n",
        ),
        [
            {"name": "ops", "roles": ["network-admin"], "services": ["ssh", "terminal"]}
            | {"administrator": True, "password_form": "hash"},
            {"name": "old", "services": ["telnet"]},
        ],
    ),
    "snmp off": ("snmp", configured(), {"enabled": False}),
    "snmp, version 3 by default": (
        "snmp",
        configured(
            " snmp-agent\n snmp-agent group v3 g privacy\n"
            " snmp-agent usm-user v3 a g cipher authentication-mode sha x privacy-mode aes128 y\n"
            " snmp-agent usm-user v3 b g cipher authentication-mode sha x\n snmp-agent usm-user v3 c g\n"
        ),
        {
            "enabled": True,
            "versions": ["v3"],
            "users": [{"security": "priv"}, {"security": "auth"}, {"security": "noauth"}],
        },
    ),
    "snmp communities": (
        "snmp",
        configured(
            " snmp-agent\n snmp-agent community write private\n"
            " snmp-agent community read simple tellnobody acl 2001\n"
            " snmp-agent community read cipher $c$3$demo acl name MGMT\n"
            " snmp-agent community simple public user-role network-operator\n"
            " snmp-agent community Public user-role network-admin acl 2002\n"
            " snmp-agent sys-info version all\n"
        ),
        {
            "enabled": True,
            "versions": ["v1", "v2c", "v3"],
            "communities": [
                {"access": "rw", "name_class": "default"},
                {"access": "ro", "name_class": "other", "acl": "2001"},
                {"access": "ro", "name_class": "hidden", "acl": "MGMT"},
                {"access": "ro", "name_class": "default"},
                {"access": "rw", "name_class": "default", "acl": "2002"},
            ],
        },
    ),
    "snmp users of old versions are communities": (
        "snmp",
        configured(
            " snmp-agent\n snmp-agent group v2c w read-view v write-view v\n snmp-agent group v1 r\n"
            " snmp-agent usm-user v2c private w acl 2003\n snmp-agent usm-user v1 ops r\n"
            " snmp-agent sys-info version v1 v2c\n undo snmp-agent sys-info version v3\n"
        ),
        {
            "enabled": True,
            "versions": ["v1", "v2c"],
            "communities": [
                {"access": "rw", "name_class": "default", "acl": "2003"},
                {"access": "ro", "name_class": "other"},
            ],
        },
    ),
    "telnet by default": ("telnet", configured(), {"enabled": False, "by_default": True}),
    "telnet on": ("telnet", configured(" telnet server enable\n"), {"enabled": True, "by_default": False}),
    "telnet off": (
        "telnet",
        configured(" undo telnet server enable\n"),
        {"enabled": False, "by_default": False},
    ),
    "ssh by default": ("ssh", configured(), {"enabled": False}),
    "ssh with a list": ("ssh", configured(SSH_ON + SSH_ACL), {"enabled": True, "acl": "2001"}),
    "vty says nothing": (
        "vty",
        configured(),
        [{"first": 0, "last": 63, "protocols": ["ssh", "telnet"], **SILENT_LINE}],
    ),
    "vty with its own list": (
        "vty",
        vty("protocol inbound ssh", "acl 2005 inbound"),
        [{"first": 0, "last": 63, "protocols": ["ssh"], **SILENT_LINE, "acl_in": "2005"}],
    ),
    "vty behind the list of the SSH server": (
        "vty",
        vty("protocol inbound ssh").replace("return\n", SSH_ON + SSH_ACL + "#\nreturn\n"),
        [{"first": 0, "last": 63, "protocols": ["ssh"], **SILENT_LINE, "acl_in": "2001"}],
    ),
    "vty that Telnet gets into without a list": (
        "vty",
        configured(SSH_ON + SSH_ACL, " telnet server enable\n"),
        [{"first": 0, "last": 63, "protocols": ["ssh", "telnet"], **SILENT_LINE}],
    ),
    "vty, Telnet server off": (
        "vty",
        configured(SSH_ON + SSH_ACL),
        [{"first": 0, "last": 63, "protocols": ["ssh", "telnet"], **SILENT_LINE, "acl_in": "2001"}],
    ),
    "vty follows its class unless it says otherwise": (
        "vty",
        configured("line class vty\n protocol inbound telnet\n", "line vty 60\n protocol inbound pad\n"),
        [
            {"first": 0, "last": 63, "protocols": ["telnet"], **SILENT_LINE},
            {"first": 60, "last": 60, **SILENT_LINE},
        ],
    ),
    "vty that says how it authenticates": (
        "vty",
        vty("authentication-mode scheme", "protocol inbound ssh", "idle-timeout 5 30"),
        [{"first": 0, "last": 63, "protocols": ["ssh"], "auth_mode": "aaa", "idle_min": 5.5}],
    ),
    "vty that asks for nothing and never ends": (
        "vty",
        configured("line class vty\n authentication-mode none\n idle-timeout 0 0\n"),
        [{"first": 0, "last": 63, "protocols": ["ssh", "telnet"], "auth_mode": "none", "idle_min": 0.0}],
    ),
    "logs kept": (
        "info_center",
        configured(" info-center logbuffer size 1024\n info-center timestamp loghost none\n"),
        {"enabled": True, "buffer_records": 1024, "dated": False},
    ),
    "logs not kept": (
        "info_center",
        configured(" undo info-center logbuffer\n undo info-center logfile enable\n"),
        {"enabled": True, "buffer_records": 0, "log_file": False},
    ),
    "lists": (
        "acls",
        configured(
            "acl basic 2001\n description stations\n rule 0 permit source 192.0.2.192 0.0.0.63\n"
            " rule 100 deny\n",
            "acl basic 2002\n rule 0 permit\n",
            "acl number 3001 name TELNET\n rule 0 permit tcp source any destination-port eq telnet\n",
            "acl advanced name MGMT\n rule 0 permit ip source 192.0.2.0 0.0.0.255\n",
            "acl advanced 3002\n rule 0 permit ip source 0.0.0.0 255.255.255.255\n"
            " rule 5 permit tcp source-port eq 22 source 192.0.2.9 0\n",
            "acl basic 2003\n",
            "acl ipv6 basic 2001\n rule 0 permit\n",
        ),
        [
            {"id": "2001", "rules": 2, "permits_any": False}
            | {"rule_list": [acl_rule("permit", source=False), acl_rule("deny")]},
            {"id": "2002", "rules": 1, "permits_any": True, "rule_list": [acl_rule("permit")]},
            {"id": "3001", "rules": 1, "permits_any": True}
            | {"rule_list": [acl_rule("permit", "tcp", (23, 23))]},
            {"id": "MGMT", "rules": 1, "permits_any": False}
            | {"rule_list": [acl_rule("permit", source=False)]},
            {"id": "3002", "rules": 2, "permits_any": True}
            | {"rule_list": [acl_rule("permit"), acl_rule("permit", "tcp", source=False)]},
            {"id": "2003", "rules": 0, "permits_any": False},
        ],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: tuple[str, str, Any]) -> None:
    fact, text, expected = case
    found = read(fact, {RUNNING: text})
    assert isinstance(found, Known), found
    assert plain(found.value) == (KEPT | expected if fact == "info_center" else expected)


def test_evidence_names_the_line() -> None:
    found = read("telnet", {RUNNING: configured(" telnet server enable\n")})
    assert isinstance(found, Known)
    assert found.value.seen.lines == (8,)
    assert configured(" telnet server enable\n").splitlines()[7] == " telnet server enable"


@pytest.mark.parametrize(
    ("saved", "differences"),
    [
        (configured(HOST), ()),
        (configured(), (("+", "info-center loghost 192.0.2.210"),)),
        (configured(HOST, " telnet server enable\n"), (("-", "telnet server enable"),)),
    ],
)
def test_saved_state(saved: str, differences: tuple[tuple[str, str], ...]) -> None:
    found = read("saved_state", {RUNNING: configured(HOST), SAVED: saved})
    assert isinstance(found, Known)
    assert found.value.differences == differences


def test_configuration_itself() -> None:
    found = read("config", {RUNNING: configured(HOST)})
    assert isinstance(found, Known)
    assert isinstance(found.value, ConfigTree)
    assert [line.text for line in found.value.walk()][-2:] == ["info-center loghost 192.0.2.210", "return"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#\nreturn\n",
        configured(HOST).replace("return\n", ""),
        configured().replace(" version 7.1.070, Release 6616P01\n", ""),
        "The configuration is empty.\n",
    ],
)
@pytest.mark.parametrize("fact", [*OF_THE_CONFIGURATION, "config", "saved_state"])
def test_part_of_a_configuration_is_unknown(fact: str, text: str) -> None:
    found = read(fact, {RUNNING: text, SAVED: configured()})
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert "whole configuration" in found.detail


@pytest.mark.parametrize(
    ("fact", "text", "word"),
    [
        ("info_center", configured(" info-center source default loghost level loud\n"), "loud"),
        ("vty", vty("protocol inbound carrier-pigeon"), "carrier"),
        ("vty", vty(first="line con 0"), "no line vty"),
    ],
)
def test_words_that_nobody_knows_are_unknown(fact: str, text: str, word: str) -> None:
    found = read(fact, {RUNNING: text})
    assert isinstance(found, Unknown)
    assert word in found.detail


@pytest.mark.skipif(
    "XUNJIAN_CORPUS" not in os.environ, reason="XUNJIAN_CORPUS names no folder of real outputs"
)
def test_real_configurations_are_read_when_they_are_whole() -> None:
    folder = Path(os.environ.get("XUNJIAN_CORPUS", "")) / "h3c_comware" / "configuration"
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.txt")}
    whole = {name for name, text in texts.items() if "version 7" in text and text.strip().endswith("return")}
    assert len(whole) > 10
    for fact in OF_THE_CONFIGURATION:
        known = {name for name, text in texts.items() if isinstance(read(fact, {RUNNING: text}), Known)}
        assert known == whole
