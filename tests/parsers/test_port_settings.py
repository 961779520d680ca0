"""What configurations set on ports, in spanning tree and in front of the processor, on every family."""

from collections.abc import Callable
from typing import Any

import pytest

from parsers import control_plane
from parsers.config_tree import ConfigTree, build_tree
from parsers.facts import ControlPlane, PortSetting
from parsers.port_settings import (
    COMWARE,
    VRP5,
    VRP8,
    listed_ports,
    listed_protection,
    spoken_ports,
    spoken_protection,
)
from parsers.template import UnreadableError

# What stands on a port of which the case says no more.
PLAIN: dict[str, Any] = {"mode": "access", "vlan": 1, "allowed_vlans": (), "mac_limit": None} | dict.fromkeys(
    ("edge", "bpdu_guard", "root_guard", "storm_control", "source_guard"), False
)


def tree_of(*lines: str) -> ConfigTree:
    return build_tree(lines, command="show", capture="c")


def told(port: PortSetting) -> dict[str, Any]:
    return {name: getattr(port, name) for name in ("interface", *PLAIN)}


def comware(tree: ConfigTree) -> tuple[PortSetting, ...]:
    return spoken_ports(tree, COMWARE)


def vrp5(tree: ConfigTree) -> tuple[PortSetting, ...]:
    return spoken_ports(tree, VRP5)


def vrp8(tree: ConfigTree) -> tuple[PortSetting, ...]:
    return spoken_ports(tree, VRP8)


Reader = Callable[[ConfigTree], tuple[PortSetting, ...]]

CASES: dict[str, tuple[Reader, tuple[str, ...], dict[str, dict[str, Any]]]] = {
    "Comware: nothing said": (comware, ("interface GigabitEthernet1/0/1",), {"GigabitEthernet1/0/1": {}}),
    "Comware: a port for terminals": (
        comware,
        (
            " stp bpdu-protection",
            "interface GigabitEthernet1/0/1",
            " port access vlan 10",
            " stp edged-port",
            " storm-constrain broadcast pps 500 300",
            " mac-address max-mac-count 4",
            " ip verify source ip-address mac-address",
        ),
        {
            "GigabitEthernet1/0/1": {"vlan": 10, "edge": True, "bpdu_guard": True, "storm_control": True}
            | {"mac_limit": 4, "source_guard": True}
        },
    ),
    "Comware: trunks": (
        comware,
        (
            "interface Ten-GigabitEthernet1/0/49",
            " port link-type trunk",
            " undo port trunk permit vlan 1",
            " port trunk permit vlan 10 20 to 30 31",
            " port trunk pvid vlan 99",
            " stp root-protection",
            "interface Bridge-Aggregation1",
            " port link-type trunk",
            " port trunk permit vlan all",
            "interface FortyGigE1/0/53",
            " port link-type trunk",
        ),
        {
            "Ten-GigabitEthernet1/0/49": {"mode": "trunk", "vlan": 99, "root_guard": True}
            | {"allowed_vlans": ((10, 10), (20, 31))},
            "Bridge-Aggregation1": {"mode": "trunk", "allowed_vlans": ((1, 4094),)},
            "FortyGigE1/0/53": {"mode": "trunk", "allowed_vlans": ((1, 1),)},
        },
    ),
    "Comware: no switch ports": (
        comware,
        (
            "interface M-GigabitEthernet0/0/0",
            "interface Vlan-interface10",
            "interface Ten-GigabitEthernet1/0/1",
            " port link-mode route",
            "interface Route-Aggregation2",
            "interface Ten-GigabitEthernet1/0/1.100",
        ),
        {
            "Ten-GigabitEthernet1/0/1": {"mode": "routed", "vlan": None},
            "Route-Aggregation2": {"mode": "routed", "vlan": None},
        },
    ),
    "VRP5: what is not said is not known": (
        vrp5,
        ("interface GigabitEthernet0/0/1", "interface MEth0/0/1"),
        {"GigabitEthernet0/0/1": {"mode": None}},
    ),
    "VRP8: a port of an aggregation is what that is": (
        vrp8,
        ("interface 10GE1/0/1", " eth-trunk 1", "interface 10GE1/0/2"),
        {"10GE1/0/1": {"mode": None}, "10GE1/0/2": {}},
    ),
    "VRP5: a port for terminals": (
        vrp5,
        (
            "interface GigabitEthernet0/0/1",
            " port link-type access",
            " port default vlan 20",
            " stp edged-port enable",
            " storm-control broadcast min-rate 1000 max-rate 2000",
            " port-security enable",
            " ip source check user-bind enable",
        ),
        {
            "GigabitEthernet0/0/1": {"vlan": 20, "edge": True, "storm_control": True, "mac_limit": 1}
            | {"source_guard": True}
        },
    ),
    "VRP5: every port is an edge port but one": (
        vrp5,
        (
            "stp edged-port default",
            "stp bpdu-protection",
            "interface XGigabitEthernet0/0/1",
            " port link-type access",
            "interface XGigabitEthernet0/0/2",
            " port link-type access",
            " stp edged-port disable",
        ),
        {"XGigabitEthernet0/0/1": {"edge": True, "bpdu_guard": True}, "XGigabitEthernet0/0/2": {}},
    ),
    "VRP8: trunk, limit, and a routed port": (
        vrp8,
        (
            "interface 10GE1/0/1",
            " port link-type trunk",
            " port trunk allow-pass vlan 2 to 4094",
            " mac-address limit maximum 100 alarm enable",
            " storm suppression broadcast packets 1000",
            "interface 100GE1/0/1",
            " undo portswitch",
            "interface Eth-Trunk1",
        ),
        {
            "10GE1/0/1": {"mode": "trunk", "allowed_vlans": ((1, 4094),), "mac_limit": 100}
            | {"storm_control": True},
            "100GE1/0/1": {"mode": "routed", "vlan": None},
            "Eth-Trunk1": {},
        },
    ),
    "INOS-CN: trunks": (
        listed_ports,
        (
            "interface Ethernet1/1",
            "  switchport mode trunk",
            "interface port-channel5",
            "  switchport mode trunk",
            "  switchport trunk native vlan 99",
            "  switchport trunk allowed vlan 10-12,20",
            "  switchport trunk allowed vlan add 21",
            "  spanning-tree guard root",
        ),
        {
            "Ethernet1/1": {"mode": "trunk", "allowed_vlans": ((1, 4094),)},
            "port-channel5": {"mode": "trunk", "vlan": 99, "root_guard": True}
            | {"allowed_vlans": ((10, 12), (20, 21))},
        },
    ),
    "INOS-CN: ports for terminals": (
        listed_ports,
        (
            "spanning-tree port type edge bpduguard default",
            "interface Ethernet1/1",
            "  switchport access vlan 30",
            "  spanning-tree port type edge",
            "  storm-control broadcast level 5.00",
            "  switchport port-security",
            "  switchport port-security maximum 3",
            "interface Ethernet1/2",
            "  spanning-tree port type edge",
            "  spanning-tree bpduguard disable",
            "interface Ethernet1/3",
            "  no switchport",
            "interface mgmt0",
        ),
        {
            "Ethernet1/1": {"vlan": 30, "edge": True, "bpdu_guard": True, "storm_control": True}
            | {"mac_limit": 3},
            "Ethernet1/2": {"edge": True},
            "Ethernet1/3": {"mode": "routed", "vlan": None},
        },
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_ports_are_set_as_the_configuration_says(
    case: tuple[Reader, tuple[str, ...], dict[str, dict[str, Any]]],
) -> None:
    read, lines, expected = case
    assert [told(port) for port in read(tree_of(*lines))] == [
        {"interface": name} | PLAIN | settings for name, settings in expected.items()
    ]


@pytest.mark.parametrize(
    ("lines", "tc_default", "bpdu_guard", "tc_protection"),
    [
        (("stp enable",), True, False, True),
        (("stp enable",), False, False, False),
        (("stp tc-protection threshold 3",), False, False, False),
        (("stp tc-protection", "stp tc-protection threshold 3"), False, False, True),
        (("stp bpdu-protection", "undo stp tc-protection"), True, True, False),
        (("stp tc-protection disable",), True, False, False),
    ],
)
def test_spanning_tree_is_protected(
    lines: tuple[str, ...], tc_default: bool, bpdu_guard: bool, tc_protection: bool
) -> None:
    found = spoken_protection(tree_of(*lines), tc_default=tc_default)
    assert (found.bpdu_guard, found.tc_protection) == (bpdu_guard, tc_protection)


def test_inos_knows_no_protection_against_floods_of_topology_changes() -> None:
    found = listed_protection(tree_of("spanning-tree port type edge bpduguard default"))
    assert (found.bpdu_guard, found.tc_protection) == (True, None)


POLICIES: list[tuple[Callable[[ConfigTree], ControlPlane], tuple[str, ...], tuple[str, ...], bool]] = [
    (control_plane.comware, (), (), True),
    (control_plane.comware, ("control-plane slot 1", " qos apply policy P1 inbound"), ("P1",), False),
    (control_plane.vrp, ("sysname a",), (), True),
    (control_plane.vrp, ("cpu-defend policy P", " car x", "cpu-defend-policy P global"), ("P",), False),
    (control_plane.vrp, ("slot 1", " cpu-defend-policy Q"), ("Q",), False),
    (control_plane.listed, ("copp profile strict",), ("strict",), True),
    (
        control_plane.listed,
        ("control-plane", "  service-policy input copp-system-policy-default"),
        ("copp-system-policy-default",),
        True,
    ),
    (control_plane.listed, ("no copp profile strict",), (), False),
]


@pytest.mark.parametrize(("read", "lines", "names", "by_default"), POLICIES)
def test_policies_stand_in_front_of_the_processor(
    read: Callable[[ConfigTree], ControlPlane],
    lines: tuple[str, ...],
    names: tuple[str, ...],
    by_default: bool,
) -> None:
    found = read(tree_of(*lines))
    assert (found.policies, found.default_policy) == (names, by_default)


def test_a_configuration_without_a_word_of_it_leaves_the_policy_unknown() -> None:
    with pytest.raises(UnreadableError, match="CoPP"):
        control_plane.listed(tree_of("hostname a"))
