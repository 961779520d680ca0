"""What a VRP configuration says, for both dialects of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import vrp_config
from parsers.config_tree import ConfigTree, build_tree
from parsers.template import UnreadableError
from parsers.vrp_config import Dialect
from tests.parsers.vrp5_outputs import CONFIG, plain

OPEN = Dialect(telnet_enabled=True, stelnet_enabled=True, inbound=("ssh", "telnet"), snmp_versions=("v3",))
SHUT = Dialect(telnet_enabled=False, stelnet_enabled=False, inbound=("ssh",), snmp_versions=())


def tree_of(text: str) -> ConfigTree:
    return build_tree(text.splitlines(), command="display current-configuration", capture="c")


def whole(*lines: str) -> ConfigTree:
    return tree_of("\n".join(("#", "sysname demo-s", "#", *lines, "#", "return")))


def read(fact: str, tree: ConfigTree, dialect: Dialect) -> Any:
    reader = getattr(vrp_config, fact)
    alone = fact in ("users", "info_center")
    return plain(reader(tree) if alone else reader(tree, dialect))


ADMIN = {"name": "admin", "level": 15, "services": ("terminal", "ssh")} | {
    "administrator": True,
    "password_form": "hash",
}
AUDITOR = {"name": "auditor", "services": ("http",), "password_form": "reversible"}
RO = {"access": "ro", "name_class": "hidden"}
PRIV_USER = (
    "snmp-agent usm-user v3 nms group g",
    "snmp-agent usm-user v3 nms authentication-mode sha2-256 cipher %^%#x%^%#",
    "snmp-agent usm-user v3 nms privacy-mode aes128 cipher %^%#x%^%#",
)
HOST = "info-center loghost 192.0.2.210"
ADDRESS = {"address": "192.0.2.210"}

# (fact, configuration, dialect, what must come out)
CASES: dict[str, tuple[str, ConfigTree, Dialect, Any]] = {
    "users": ("users", tree_of(CONFIG), SHUT, (ADMIN, AUDITOR)),
    "no local user": ("users", whole("aaa", " authentication-scheme default"), SHUT, ()),
    "user of VRP8": (
        "users",
        whole(
            "aaa",
            " local-user x password irreversible-cipher $1c$y$",
            " local-user x level 3",
            " local-user x user-group manage-ug",
        ),
        SHUT,
        ({"name": "x", "level": 3, "roles": ("manage-ug",), "administrator": True, "password_form": "hash"},),
    ),
    "a policy is no user": ("users", whole("aaa", " local-user policy security-enhance"), SHUT, ()),
    "the limit of failed logins is no user": (
        "users",
        whole(
            "aaa", " local-user authentication lock times 3 5", " local-user authentication lock duration 5"
        ),
        SHUT,
        (),
    ),
    "telnet said on": ("telnet", tree_of(CONFIG), SHUT, {"enabled": True, "by_default": False}),
    "telnet on by default": ("telnet", whole(), OPEN, {"enabled": True, "by_default": True}),
    "telnet off by default": ("telnet", whole(), SHUT, {"enabled": False, "by_default": True}),
    "telnet off, and that of IPv6 by default": (
        "telnet",
        whole("undo telnet server enable"),
        SHUT,
        {"enabled": False, "by_default": False},
    ),
    "telnet off but for IPv6": (
        "telnet",
        whole("telnet server disable"),
        OPEN,
        {"enabled": True, "by_default": False},
    ),
    "telnet off for both": (
        "telnet",
        whole("telnet server disable", "telnet ipv6 server disable"),
        OPEN,
        {"enabled": False, "by_default": False},
    ),
    "SSH with an ACL": ("ssh", tree_of(CONFIG), SHUT, {"enabled": True, "acl": "2001"}),
    "SSH of IPv4": ("ssh", whole("stelnet ipv4 server enable"), SHUT, {"enabled": True}),
    "SSH by default": ("ssh", whole(), OPEN, {"enabled": True}),
    "SSH off": ("ssh", whole("undo stelnet server enable"), OPEN, {"enabled": False}),
    "an indented old release": (
        "ssh",
        tree_of("#\n sysname a\n#\n sftp server enable\n stelnet server enable\n#\nreturn"),
        SHUT,
        {"enabled": True},
    ),
    "login lines": (
        "vty",
        tree_of(CONFIG),
        SHUT,
        (
            {"first": 0, "last": 4, "acl_in": "2001", "protocols": ("ssh",), "auth_mode": "aaa"},
            {"first": 16, "last": 20, "protocols": ("ssh",)},
        ),
    ),
    "login lines of every protocol, with an ACL outwards and one of IPv6": (
        "vty",
        whole(
            "user-interface vty 0", " acl 2001 outbound", " acl ipv6 2001 inbound", " protocol inbound all"
        ),
        SHUT,
        ({"first": 0, "last": 0, "protocols": ("ssh", "telnet")},),
    ),
    "logs kept": (
        "info_center",
        whole("info-center logbuffer size 1024", "info-center timestamp log boot"),
        SHUT,
        {"enabled": True, "buffer_records": 1024, "dated": False},
    ),
    "logs not kept": (
        "info_center",
        whole("undo info-center logbuffer"),
        SHUT,
        {"enabled": True, "buffer_records": 0},
    ),
    "SNMP": (
        "snmp",
        tree_of(CONFIG),
        OPEN,
        {
            "enabled": True,
            "versions": ("v2c", "v3"),
            "communities": ({**RO, "acl": "2001"}, {"access": "rw", "name_class": "default"}),
            "users": ({"security": "priv"},),
        },
    ),
    "no SNMP": ("snmp", whole(), OPEN, {"enabled": False, "versions": ("v3",)}),
    "an ACL for the whole agent": (
        "snmp",
        whole(
            "snmp-agent",
            "snmp-agent acl 2009",
            "snmp-agent community read cipher x",
            "snmp-agent community read monitor acl 2001",
        ),
        SHUT,
        {
            "enabled": True,
            "acl": "2009",
            "communities": ({**RO, "acl": "2009"}, {"access": "ro", "name_class": "other", "acl": "2001"}),
        },
    ),
    "names that are hidden without a word of it": (
        "snmp",
        whole(
            "snmp-agent",
            "snmp-agent community read %^%#abc%^%#",
            "snmp-agent community read %$%$abc%$%$",
            "snmp-agent community read ******",
        ),
        SHUT,
        {"enabled": True, "communities": (RO, RO, RO)},
    ),
    "what is about communities but none": (
        "snmp",
        whole("snmp-agent", "snmp-agent community complexity-check disable"),
        SHUT,
        {"enabled": True},
    ),
    "versions turned off": (
        "snmp",
        whole("snmp-agent", "snmp-agent sys-info version all", "undo snmp-agent sys-info version v1 v2c"),
        SHUT,
        {"enabled": True, "versions": ("v3",)},
    ),
    "a user in a weak group": (
        "snmp",
        whole("snmp-agent", "snmp-agent group v3 g", *PRIV_USER),
        SHUT,
        {"enabled": True, "users": ({"security": "noauth"},)},
    ),
    "a user in a group nobody defined": (
        "snmp",
        whole("snmp-agent", *PRIV_USER),
        SHUT,
        {"enabled": True, "users": ({"security": "priv"},)},
    ),
    "a user of one line, without encryption": (
        "snmp",
        whole(
            "snmp-agent",
            "snmp-agent group v3 g privacy",
            "snmp-agent usm-user v3 u g authentication-mode md5 %^%#x%^%#",
        ),
        SHUT,
        {"enabled": True, "users": ({"security": "auth"},)},
    ),
    "log host at its default level": (
        "info_center",
        whole("info-center loghost source Vlanif1", HOST),
        SHUT,
        {"enabled": True, "hosts": (ADDRESS,)},
    ),
    "log host with a level": (
        "info_center",
        whole(f"{HOST} level warning"),
        SHUT,
        {"enabled": True, "hosts": ({**ADDRESS, "level": 4},)},
    ),
    "log host with the level of its channel": (
        "info_center",
        whole("info-center source default channel 2 log level error", HOST),
        SHUT,
        {"enabled": True, "hosts": ({**ADDRESS, "level": 3},)},
    ),
    "log host on a channel of its own": (
        "info_center",
        whole(
            "info-center channel 6 name audit",
            "info-center source default channel audit log level debugging state on",
            f"{HOST} channel 6",
        ),
        SHUT,
        {"enabled": True, "hosts": ({**ADDRESS, "level": 7},)},
    ),
    "logs off": ("info_center", whole("undo info-center enable"), SHUT, {"enabled": False}),
}


@pytest.mark.parametrize("name", CASES)
def test_configuration_says(name: str) -> None:
    fact, tree, dialect, expected = CASES[name]
    kept = {"buffer_records": 512, "dated": True} if fact == "info_center" else None
    assert read(fact, tree, dialect) == (kept | expected if kept else expected)


def test_passwords_are_passed_over() -> None:
    assert "XJCANARY" not in repr([vrp_config.users(tree_of(CONFIG)), vrp_config.snmp(tree_of(CONFIG), SHUT)])


@pytest.mark.parametrize(
    ("fact", "tree"),
    [
        ("vty", whole("user-interface con 0")),
        ("snmp", whole("snmp-agent", "snmp-agent usm-user v9 x y")),
        ("info_center", whole(f"{HOST} level loud")),
    ],
)
def test_what_nobody_knows_is_said(fact: str, tree: ConfigTree) -> None:
    with pytest.raises(UnreadableError):
        read(fact, tree, SHUT)


@given(st.integers(min_value=0, max_value=len(CONFIG) - len("return\n") - 1))
def test_a_configuration_cut_anywhere_is_not_whole(end: int) -> None:
    with pytest.raises(UnreadableError):
        vrp_config.complete(tree_of(CONFIG[:end]))


def test_the_whole_configuration_is() -> None:
    tree = tree_of(CONFIG)
    assert vrp_config.complete(tree) is tree
    with pytest.raises(UnreadableError):
        vrp_config.complete(tree_of(""))
