"""What configurations of each platform say of redirects, source routes and directed broadcasts."""

from collections.abc import Sequence

import pytest

from parsers import ip_settings
from parsers.config_tree import build_tree
from parsers.ip_settings import COMWARE5, COMWARE7, INOS_CN, VRP5, VRP8, Feature

FACTS = frozenset({"ip_settings"})
"""Read of every platform whose lines the cases below hold."""
Said = tuple[bool | None, bool]
"""Whether it is on, and whether a line says so."""
BY_DEFAULT = {True: (True, False), False: (False, False), None: (None, False)}
ON, OFF = (True, True), (False, True)

CASES: dict[str, tuple[Sequence[Feature], str, dict[str, tuple[Said, Said, Said]]]] = {
    "Comware 7, by default": (
        COMWARE7,
        "interface Vlan-interface10\n ip address 192.0.2.1 255.255.255.0\n",
        {"Vlan-interface10": (BY_DEFAULT[False], BY_DEFAULT[None], BY_DEFAULT[False])},
    ),
    "Comware 7, globally and on one of two interfaces": (
        COMWARE7,
        (
            " ip redirects enable\n#\n"
            "interface Vlan-interface10\n ip address 192.0.2.1 24\n ip forward-broadcast acl 2001\n"
            "interface Vlan-interface20\n ip address 198.51.100.1 24\n"
        ),
        {
            "Vlan-interface10": (ON, BY_DEFAULT[None], ON),
            "Vlan-interface20": (ON, BY_DEFAULT[None], BY_DEFAULT[False]),
        },
    ),
    "Comware 5, by default": (
        COMWARE5,
        "interface Vlan-interface10\n ip address 192.0.2.1 255.255.255.0\n",
        {"Vlan-interface10": (BY_DEFAULT[None], BY_DEFAULT[None], BY_DEFAULT[None])},
    ),
    "Comware 5, said": (
        COMWARE5,
        " undo ip redirects\n#\ninterface Vlan-interface9\n ip address 192.0.2.1 24\n ip forward-broadcast\n",
        {"Vlan-interface9": (OFF, BY_DEFAULT[None], ON)},
    ),
    "VRP5, by default": (
        VRP5,
        "interface Vlanif10\n ip address 192.0.2.1 255.255.255.0\n",
        {"Vlanif10": (BY_DEFAULT[True], BY_DEFAULT[True], BY_DEFAULT[False])},
    ),
    "VRP5, off on one of two": (
        VRP5,
        (
            "interface Vlanif10\n ip address 192.0.2.1 24\n undo icmp redirect send\n discard srr\n"
            "interface Vlanif20\n ip address 198.51.100.1 24\n ip forward-broadcast acl 3000\n"
        ),
        {"Vlanif10": (OFF, OFF, BY_DEFAULT[False]), "Vlanif20": (BY_DEFAULT[True], BY_DEFAULT[True], ON)},
    ),
    "VRP8, by default": (
        VRP8,
        "interface Vlanif10\n ip address 192.0.2.1 255.255.255.0\n",
        {"Vlanif10": (BY_DEFAULT[None], BY_DEFAULT[True], BY_DEFAULT[False])},
    ),
    "VRP8, what an interface says goes before what the whole device does": (
        VRP8,
        (
            "ip option source-route disable\n#\n"
            "interface Vlanif10\n ip address 192.0.2.1 24\n undo icmp redirect send\n"
            "interface Vlanif20\n ip address 198.51.100.1 24\n undo ip option source-route disable\n"
            "interface Vlanif30\n ip address 203.0.113.1 24\n ip option source-route inherent-global\n"
        ),
        {
            "Vlanif10": (OFF, OFF, BY_DEFAULT[False]),
            "Vlanif20": (BY_DEFAULT[None], ON, BY_DEFAULT[False]),
            "Vlanif30": (BY_DEFAULT[None], OFF, BY_DEFAULT[False]),
        },
    ),
    "VRP8, in the words of its configuration guide": (
        VRP8,
        "undo ip option source-route enable\n#\ninterface Vlanif10\n ip address 192.0.2.1 24\n",
        {"Vlanif10": (BY_DEFAULT[None], OFF, BY_DEFAULT[False])},
    ),
    "INOS-CN, by default": (
        INOS_CN,
        "interface Vlan10\n  no shutdown\n  ip address 192.0.2.1/24\n",
        {"Vlan10": (BY_DEFAULT[True], BY_DEFAULT[True], BY_DEFAULT[False])},
    ),
    "INOS-CN, said": (
        INOS_CN,
        (
            "no ip source-route\ninterface Ethernet1/1\n  no switchport\n  no ip redirects\n"
            "  ip directed-broadcast\n  ip address 192.0.2.1/24\n"
        ),
        {"Ethernet1/1": (OFF, OFF, ON)},
    ),
    "no hosts are on these": (
        VRP5,
        (
            "interface LoopBack0\n ip address 192.0.2.1 32\ninterface MEth0/0/1\n ip address 192.0.2.2 24\n"
            "interface Vlanif30\n shutdown\n ip address 198.51.100.1 24\ninterface GigabitEthernet0/0/1\n"
        ),
        {},
    ),
    "nor on these": (
        INOS_CN,
        "interface mgmt0\n  ip address 192.0.2.1/24\ninterface loopback0\n  ip address 192.0.2.2/32\n",
        {},
    ),
    "nor on this": (COMWARE7, "interface M-GigabitEthernet0/0/0\n ip address 192.0.2.1 24\n", {}),
}


@pytest.mark.parametrize("case", CASES)
def test_settings(case: str) -> None:
    features, text, expected = CASES[case]
    tree = build_tree(text.splitlines(), command="display current-configuration", capture="ab" * 32)
    rows = ip_settings.ip_settings(tree, features)
    found = {
        interface: tuple(
            (row.on, row.said)
            for feature in ("redirects", "source_routes", "directed_broadcasts")
            for row in rows
            if (row.interface, row.feature) == (interface, feature)
        )
        for interface in dict.fromkeys(row.interface for row in rows)
    }
    assert found == expected


def test_evidence_is_the_interface_and_the_line_that_says_it() -> None:
    text = (
        "ip option source-route disable\ninterface Vlanif1\n ip address 192.0.2.1 24\n ip forward-broadcast\n"
    )
    tree = build_tree(text.splitlines(), command="display current-configuration", capture="ab" * 32)
    lines = {row.feature: row.seen.lines for row in ip_settings.ip_settings(tree, VRP8)}
    assert lines == {"redirects": (2,), "source_routes": (2, 1), "directed_broadcasts": (2, 4)}
