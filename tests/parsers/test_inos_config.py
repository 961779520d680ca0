"""INOS-CN: what configurations say, and what is no configuration."""

from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.inos_cn_outputs import CONFIG, plain, read


def _rule(action: str, protocol: str, *ports: tuple[int, int], source: bool = True) -> dict[str, Any]:
    said = {"action": action, "protocol": protocol, "any_source": source, "any_destination": True}
    return said | ({"destination_ports": [list(each) for each in ports]} if ports else {})


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
