"""INOS-CN: what the configuration says of login lines, authentication, services and targets of traps."""

from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.inos_cn_outputs import CONFIG, plain, read

CASES: list[tuple[str, str, str, Any]] = [
    # Whether NX-API then runs, nothing says for sure from 9.2 on.
    ("services", "nothing said", "", [{"name": "netconf", "enabled": False, "by_default": True}]),
    (
        "services",
        "off",
        "no feature nxapi\n",
        [
            {"name": "nxapi", "enabled": False, "by_default": False},
            {"name": "http", "enabled": False, "by_default": True},
            {"name": "https", "enabled": False, "by_default": True},
            {"name": "netconf", "enabled": False, "by_default": True},
        ],
    ),
    # Which port is open without a line for it is not the same in every release.
    (
        "services",
        "one port named",
        "feature nxapi\nfeature netconf\nnxapi http port 80\n",
        [
            {"name": "nxapi", "enabled": True, "by_default": False},
            {"name": "http", "enabled": True, "by_default": False},
            {"name": "netconf", "enabled": True, "by_default": False},
        ],
    ),
    ("console", "no block", "", {"auth_mode": "aaa"}),
    (
        "console",
        "ten minutes, nobody asked",
        (
            "aaa authentication login console none\n"
            "line console\n  exec-timeout 10\nline vty\n  exec-timeout 3\n"
        ),
        {"idle_min": 10, "auth_mode": "none"},
    ),
    ("console", "never", "line console\n  exec-timeout 0\n", {"idle_min": 0, "auth_mode": "aaa"}),
    ("login_policy", "none", "", {}),
    (
        "login_policy",
        "for everybody",
        "login block-for 120 attempts 3 within 60\n",
        {"max_fail": 3, "lock_min": 2},
    ),
    (
        "login_policy",
        "for the user",
        "aaa authentication rejected 5 in 60 ban 300\n",
        {"max_fail": 5, "lock_min": 5},
    ),
    ("password_policy", "default", "", {"length_min": 8, "types_min": 3, "cannot": ["history_min"]}),
    ("password_policy", "off", "no password strength-check\n", {"cannot": ["history_min"]}),
    (
        "password_policy",
        "passphrases",
        (
            "no password strength-check\nuserpassphrase min-length 12 max-length 127\n"
            "userpassphrase default-lifetime 90 default-warntime 14 default-gracetime 3\n"
        ),
        {"length_min": 12, "age_max_days": 90, "cannot": ["history_min"]},
    ),
    (
        "aaa",
        "default",
        "",
        [
            {"scheme": "default", "methods": ["local"], "falls_back": True},
            {"scheme": "console", "methods": ["local"], "falls_back": True},
        ],
    ),
    (
        "aaa",
        "groups",
        (
            "aaa group server tacacs+ ISE\n  server 192.0.2.40\n"
            "aaa authentication login default group ISE radius local\n"
            "aaa authentication login console local none\n"
            "no aaa authentication login default fallback error local\n"
        ),
        [
            {"scheme": "default", "methods": ["tacacs", "radius", "local"]},
            {"scheme": "console", "methods": ["local", "none"], "falls_back": True},
        ],
    ),
    ("trap_hosts", "none", "", []),
    (
        "trap_hosts",
        "lines of one host",
        (
            "snmp-server host 192.0.2.60 traps version 2c SECRET\n"
            "snmp-server host 192.0.2.60 use-vrf management\n"
            "snmp-server host 192.0.2.61 informs version 3 priv nms udp-port 1162\n"
            "snmp-server host 192.0.2.62 source-interface mgmt0\n"
        ),
        [
            {"address": "192.0.2.60", "version": "v2c"},
            {"address": "192.0.2.61", "version": "v3"},
            {"address": "192.0.2.62"},
        ],
    ),
    ("dhcp_snooping", "off", "feature dhcp\n", {"enabled": False}),
    # Without the feature the lines do nothing.
    ("dhcp_snooping", "no feature", "ip dhcp snooping\n", {"enabled": False}),
    (
        "dhcp_snooping",
        "on",
        (
            "feature dhcp\nip dhcp snooping\nip dhcp snooping vlan 10,20-22\n"
            "interface Ethernet1/49\n  ip dhcp snooping trust\ninterface Ethernet1/1\n  switchport\n"
        ),
        {"enabled": True, "vlans": [10, 20, 21, 22], "trusted_ports": ["Ethernet1/49"]},
    ),
    ("mirrors", "none", "monitor session 1\n", []),
    (
        "mirrors",
        "ports and a VLAN",
        (
            "monitor session 2\n  description lab\n  source interface Ethernet1/1 both\n"
            "  source interface port-channel20 rx\n  source vlan 30 tx\n"
            "  destination interface Ethernet1/9\n  no shut\n"
        ),
        [
            {
                "id": "2",
                "sources": ["Ethernet1/1", "port-channel20", "vlan 30"],
                "destination": "Ethernet1/9",
            }
        ],
    ),
    (
        "addresses",
        "VRFs and a second one",
        (
            "interface Vlan10\n  no shutdown\n  ip address 198.51.100.1/25\n"
            "  ip address 198.51.100.129/25 secondary\n"
            "interface mgmt0\n  vrf member management\n  ip address 192.0.2.7/24\n"
            "interface Vlan20\n  ip address dhcp\n"
        ),
        [
            {"interface": "Vlan10", "address": "198.51.100.1", "prefix_length": 25},
            {"interface": "Vlan10", "address": "198.51.100.129", "prefix_length": 25},
            {"interface": "mgmt0", "address": "192.0.2.7", "prefix_length": 24, "vrf": "management"},
        ],
    ),
]


@pytest.mark.parametrize(
    ("fact", "case", "config", "expected"), CASES, ids=[f"{f}-{c}" for f, c, _, _ in CASES]
)
def test_fact_from_configuration(fact: str, case: str, config: str, expected: Any) -> None:
    known = getattr(read({"show running-config": CONFIG + config}), fact)
    assert isinstance(known, Known), f"{case}: {known}"
    assert plain(known.value) == expected


def test_services_are_off_by_default_in_earlier_releases() -> None:
    services = read({"show running-config": CONFIG.replace("9.2(2)", "7.0(3)I7(1)")}).services
    assert isinstance(services, Known)
    assert [(row.name, row.enabled, row.by_default) for row in services.value] == [
        ("nxapi", False, True),
        ("http", False, True),
        ("https", False, True),
        ("netconf", False, True),
    ]


def test_a_group_of_servers_that_is_not_there_is_no_method() -> None:
    config = "aaa authentication login default group GONE local\n"
    facts = read({"show running-config": CONFIG + config})
    for fact in (facts.aaa, facts.vty):
        assert isinstance(fact, Unknown)
        assert fact.reason is Reason.UNPARSED
        assert "GONE" in fact.detail


def test_a_secret_of_a_trap_target_is_not_kept() -> None:
    config = "snmp-server host 192.0.2.60 traps version 2c SECRET\n"
    assert "SECRET" not in repr(read({"show running-config": CONFIG + config}).trap_hosts)
