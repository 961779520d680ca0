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

CASES: dict[str, Case] = {
    "log hosts": (
        "info_center",
        {RUNNING: CONFIG},
        {"enabled": True, "hosts": ({"address": "192.0.2.210", "level": 4},)},
    ),
    "users": ("users", {RUNNING: CONFIG}, ({"name": "xjadmin", "level": 3, "services": ("ssh",)},)),
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
        ({"first": 0, "last": 4, "acl_in": "2001", "protocols": ("ssh",)},),
    ),
    "login lines by default": (
        "vty",
        {RUNNING: SILENT},
        ({"first": 0, "last": 4, "protocols": ("ssh", "telnet")},),
    ),
    "SSH": ("ssh", {RUNNING: CONFIG}, {"enabled": True, "acl": "2001"}),
    "access lists": ("acls", {RUNNING: CONFIG}, ({"id": "2001", "rules": 1, "permits_any": False},)),
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
