"""What configurations set for routing, in both languages."""

import pytest

from parsers import routing_settings as settings
from parsers.config_tree import ConfigTree, build_tree
from parsers.template import UnreadableError

FACTS = frozenset({"adjacency_auth", "static_routes", "fhrp_tracking"})
"""The facts that have cases here, on every platform that prints them."""

SPOKEN = """\
interface Vlanif10
 vrrp vrid 1 virtual-ip 192.0.2.254
 vrrp vrid 1 track interface 10GE1/0/1 reduced 30
 vrrp vrid 2 virtual-ip 192.0.2.253
 ospf authentication-mode hmac-sha256 1 cipher XJCANARY
interface Vlanif20
 ospf authentication-mode simple cipher XJCANARY
interface Vlanif30
 ospf authentication-mode null
ospf 1 router-id 192.0.2.1
 area 0.0.0.0
  authentication-mode md5 1 cipher XJCANARY
  network 192.0.2.0 0.0.0.255
 area 0.0.0.1
  network 198.51.100.0 0.0.0.255
bgp 64500
 peer 192.0.2.2 as-number 64501
 peer 192.0.2.2 password cipher XJCANARY
 peer 192.0.2.3 as-number 64500
 group RR external
 peer RR keychain KC
 ipv4-family vpn-instance red
  peer 192.0.2.4 group RR
ip route-static 0.0.0.0 0.0.0.0 192.0.2.254
ip route-static 198.51.100.0 24 192.0.2.2 preference 70 description spare
ip route-static vpn-instance red 203.0.113.0 255.255.255.0 Vlanif20 192.0.2.9
ip route-static 203.0.113.0 255.255.255.0 NULL0
ip route-static default-preference 80
"""
LISTED = """\
interface Vlan10
  ip ospf authentication message-digest
  ip ospf message-digest-key 1 md5 3 XJCANARY
  ip router ospf 1 area 0.0.0.0
  vrrp 1
    address 192.0.2.254
    track 5 decrement 30
  hsrp 2 ipv4
    ip 192.0.2.253
interface Vlan20
  ip ospf authentication
router ospf 1
  area 0.0.0.1 authentication message-digest
  area 0.0.0.2 authentication
router bgp 64500
  template peer RR
    remote-as 64500
    password 3 XJCANARY
  neighbor 192.0.2.2
    inherit peer RR
  neighbor 192.0.2.3 remote-as 64501
  vrf red
    neighbor 192.0.2.4
      remote-as 64502
      password 3 XJCANARY
ip route 0.0.0.0/0 192.0.2.254
ip route 198.51.100.0/24 Vlan10 192.0.2.2 tag 7 200
ip route 203.0.113.0/24 Null0
vrf context red
  ip route 203.0.113.0/25 192.0.2.9 5
"""


def tree(text: str) -> ConfigTree:
    return build_tree(text.splitlines(), command="display current-configuration", capture="ab" * 32)


@pytest.mark.parametrize(
    ("read", "text", "values"),
    [
        (
            settings.spoken_auth,
            SPOKEN,
            [
                ("area", "0.0.0.0", "hash", None),  # noqa: S104 - an area
                ("area", "0.0.0.1", "none", None),
                ("interface", "Vlanif10", "hash", None),
                ("interface", "Vlanif20", "plain", None),
                ("interface", "Vlanif30", "none", None),
                ("peer", "192.0.2.2", "hash", True),
                ("peer", "192.0.2.3", "none", False),
                ("peer", "192.0.2.4", "hash", True),
            ],
        ),
        (
            settings.listed_auth,
            LISTED,
            [
                ("interface", "Vlan10", "hash", None),
                ("interface", "Vlan20", "plain", None),
                ("area", "0.0.0.1", "hash", None),
                ("area", "0.0.0.2", "plain", None),
                ("area", "0.0.0.0", "none", None),  # noqa: S104 - an area
                ("peer", "192.0.2.2", "hash", False),
                ("peer", "192.0.2.3", "none", True),
                ("peer", "192.0.2.4", "hash", True),
            ],
        ),
    ],
    ids=["spoken", "listed"],
)
def test_authentication(read, text: str, values: list[tuple[object, ...]]) -> None:  # type: ignore[no-untyped-def]
    found = read(tree(text))
    assert [(row.scope, row.name, row.kind, row.external) for row in found] == values
    assert "XJCANARY" not in repr(found)


@pytest.mark.parametrize(
    ("read", "text", "values"),
    [
        (
            settings.spoken_routes,
            SPOKEN,
            [
                ("0.0.0.0/0", "192.0.2.254", None, 60, None),
                ("198.51.100.0/24", "192.0.2.2", None, 70, None),
                ("203.0.113.0/24", "192.0.2.9", "Vlanif20", 60, "red"),
            ],
        ),
        (
            settings.listed_routes,
            LISTED,
            [
                ("0.0.0.0/0", "192.0.2.254", None, 1, None),
                ("198.51.100.0/24", "192.0.2.2", "Vlan10", 200, None),
                ("203.0.113.0/25", "192.0.2.9", None, 5, "red"),
            ],
        ),
    ],
    ids=["spoken", "listed"],
)
def test_static_routes(read, text: str, values: list[tuple[object, ...]]) -> None:  # type: ignore[no-untyped-def]
    found = read(tree(text))
    assert [(row.prefix, row.next_hop, row.interface, row.preference, row.vrf) for row in found] == values


@pytest.mark.parametrize(
    ("read", "text", "values"),
    [
        (
            settings.spoken_tracking,
            SPOKEN,
            [("Vlanif10", 1, ("interface 10GE1/0/1 reduced 30",)), ("Vlanif10", 2, ())],
        ),
        (settings.listed_tracking, LISTED, [("Vlan10", 1, ("5 decrement 30",)), ("Vlan10", 2, ())]),
    ],
    ids=["spoken", "listed"],
)
def test_what_groups_watch(read, text: str, values: list[tuple[object, ...]]) -> None:  # type: ignore[no-untyped-def]
    assert [(row.interface, row.group, row.watched) for row in read(tree(text))] == values


def test_a_route_of_another_form_is_not_made_up() -> None:
    with pytest.raises(UnreadableError, match="line 1"):
        settings.spoken_routes(tree("ip route-static topology red 10.0.0.0 24 192.0.2.1"))
