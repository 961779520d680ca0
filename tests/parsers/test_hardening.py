"""What configurations of each dialect say of the device's own protection: said, by default, not at all."""

from collections.abc import Mapping
from typing import Any

import pytest

from parsers import comware_hardening, inos_hardening, vrp_hardening
from parsers.config_tree import build_tree
from tests.parsers.comware_outputs import plain

CASES: Mapping[str, tuple[Any, str, Any]] = {
    "Comware: time": (
        comware_hardening.ntp_auth,
        (
            " ntp-service authentication enable\n"
            " ntp-service unicast-server 192.0.2.1 authentication-keyid 1\n"
            " ntp-service unicast-server 192.0.2.2\n"
        ),
        {"enabled": True, "sources": 2, "keyed": 1},
    ),
    "Comware: banner": (comware_hardening.banners, " header login %Keep out.%\n", [{"text": "Keep out."}]),
    "Comware: the shell's banner comes too late": (comware_hardening.banners, " header shell %Hi%\n", []),
    "Comware: audit": (
        comware_hardening.command_audit,
        "domain ops\n accounting command hwtacacs-scheme tac\nline vty 0 63\n command accounting\n",
        {"accounting": True, "authorization": False},
    ),
    "Comware: an audit without a server to keep it": (
        comware_hardening.command_audit,
        "domain ops\n authentication login hwtacacs-scheme tac\nline vty 0 63\n command accounting\n",
        {"accounting": False, "authorization": False},
    ),
    "Comware: routing": (
        comware_hardening.routing_auth,
        (
            "interface Vlan-interface1\n isis enable 7\n isis authentication-mode md5 cipher x\n"
            "interface Vlan-interface2\n isis enable 7\n ospfv3 1 area 0.0.0.0\n"
            "interface LoopBack0\n isis enable 7\n"
        ),
        [
            {
                "protocol": "isis",
                "process": "7",
                "bare": ["Vlan-interface2"],
                "protected": ["Vlan-interface1"],
            },
            {"protocol": "ospfv3", "process": "1", "bare": ["Vlan-interface2"]},
        ],
    ),
    "Comware: ARP": (
        comware_hardening.arp_detection,
        "vlan 10\n arp detection enable\nvlan 11\n",
        {"vlans": [10]},
    ),
    "VRP: time of VRP5 and VRP8": (
        vrp_hardening.ntp_auth,
        (
            "ntp-service unicast-server 192.0.2.1 authentication-keyid 1\nntp unicast-server 192.0.2.2\n"
            "ntp authentication enable\n"
        ),
        {"enabled": True, "sources": 2, "keyed": 1},
    ),
    "VRP: banner": (vrp_hardening.banners, 'header login information "Keep out."\n', [{"text": "Keep out."}]),
    "VRP: audit": (
        vrp_hardening.command_audit,
        "aaa\n cmd recording-scheme x\n authorization-scheme y\n  authorization-cmd 3 hwtacacs\n",
        {"accounting": True, "authorization": True},
    ),
    "VRP: routing": (
        vrp_hardening.routing_auth,
        "interface Vlanif1\n isis enable 1\n",
        [{"protocol": "isis", "process": "1", "bare": ["Vlanif1"]}],
    ),
    "VRP: ARP": (
        vrp_hardening.arp_detection,
        "vlan 10\n arp anti-attack check user-bind enable\n",
        {"vlans": [10]},
    ),
    "INOS: time": (
        inos_hardening.ntp_auth,
        "ntp authenticate\nntp server 192.0.2.1 key 1\nntp server 192.0.2.2 prefer\n",
        {"enabled": True, "sources": 2, "keyed": 1},
    ),
    "INOS: banner": (inos_hardening.banners, "banner motd #Keep out.#\n", [{"text": "Keep out."}]),
    "INOS: audit": (
        inos_hardening.command_audit,
        "aaa accounting default group OPS\n",
        {"accounting": True, "authorization": False},
    ),
    "INOS: routing": (
        inos_hardening.routing_auth,
        "interface Vlan1\n  ip router isis core\n",
        [{"protocol": "isis", "process": "core", "bare": ["Vlan1"]}],
    ),
    "INOS: ARP": (inos_hardening.arp_detection, "ip arp inspection vlan 10,20-21\n", {"vlans": [10, 20, 21]}),
}


FACTS = frozenset(reader.__name__ for reader, _, _ in CASES.values())
"""The facts that have cases here, on every platform."""


@pytest.mark.parametrize("name", CASES)
def test_configuration_says(name: str) -> None:
    reader, text, expected = CASES[name]
    tree = build_tree(text.splitlines(), command="display current-configuration", capture="ab" * 32)
    assert plain(reader(tree)) == expected
