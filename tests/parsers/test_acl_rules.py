"""Rules of access lists, and where they are used, on every platform that prints them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import vrp_acls
from parsers.acl_rules import listed_rules, of_names, ports, spoken_rules, uses
from parsers.config_tree import ConfigLine, ConfigTree, build_tree
from parsers.facts import AclRule


def tree_of(*lines: str) -> ConfigTree:
    return build_tree(lines, command="show", capture="c")


def told(rule: AclRule) -> tuple[object, ...]:
    return rule.action, rule.protocol, rule.any_source, rule.any_destination, rule.destination_ports


SPOKEN = {
    "rule 5 permit": ("permit", "ip", True, True, ()),
    "rule deny": ("deny", "ip", True, True, ()),
    "rule 5 permit source 192.0.2.0 0.0.0.255": ("permit", "ip", False, True, ()),
    "rule 0 permit ip source 0.0.0.0 255.255.255.255": ("permit", "ip", True, True, ()),
    "rule 10 deny tcp destination-port eq 445": ("deny", "tcp", True, True, ((445, 445),)),
    "rule 10 deny tcp destination 198.51.100.1 0 destination-port range 137 139": (
        ("deny", "tcp", True, False, ((137, 139),))
    ),
    "rule 1 permit tcp source any source-port eq 22 destination-port gt 1023": (
        ("permit", "tcp", True, True, ((1024, 65535),))
    ),
    "rule 3 deny 17 destination-port eq netbios-ns": ("deny", "udp", True, True, ((137, 137),)),
    "rule 3 deny udp destination-port eq portmapper9": ("deny", "udp", True, True, None),
    "rule 2 permit vpn-instance A source 192.0.2.1 0": ("permit", "ip", False, True, ()),
    "rule 20 permit ipv6 source 2001:DB8::/32": ("permit", "ipv6", False, True, ()),
    "rule 25 deny icmp logging": ("deny", "icmp", True, True, ()),
}

LISTED = {
    "10 permit ip any any": ("permit", "ip", True, True, ()),
    "20 deny tcp any any eq 445": ("deny", "tcp", True, True, ((445, 445),)),
    "30 deny tcp any range 1 9 192.0.2.0/24 range 137 139": ("deny", "tcp", True, False, ((137, 139),)),
    "40 permit udp host 192.0.2.1 198.51.100.0 0.0.0.255 eq ntp": (
        ("permit", "udp", False, False, ((123, 123),))
    ),
    "50 deny tcp 0.0.0.0 255.255.255.255 addrgroup SERVERS neq 80 established": (
        ("deny", "tcp", True, False, ((0, 79), (81, 65535)))
    ),
    "60 deny udp any any portgroup GAMES": ("deny", "udp", True, True, None),
    "70 permit icmp 0.0.0.0/0 any": ("permit", "icmp", True, True, ()),
}


@pytest.mark.parametrize(
    ("text", "expected", "read"),
    [(text, expected, spoken_rules) for text, expected in SPOKEN.items()]
    + [(text, expected, listed_rules) for text, expected in LISTED.items()],
)
def test_a_rule_says(
    text: str,
    expected: tuple[object, ...],
    read: Callable[[ConfigLine, ConfigTree], tuple[AclRule, ...]],
) -> None:
    tree = tree_of("acl 3000", " description any", f" {text}")
    (rule,) = read(tree.lines[0], tree)
    assert told(rule) == expected
    assert rule.seen.lines == (3,)


@given(
    st.sampled_from(["eq", "gt", "lt", "neq"]),
    st.integers(min_value=0, max_value=65535),
    st.integers(min_value=0, max_value=65535),
)
def test_a_port_is_in_the_ranges_just_when_the_words_say_so(word: str, named: int, port: int) -> None:
    said = {"eq": port == named, "gt": port > named, "lt": port < named, "neq": port != named}[word]
    ranges = ports((word, str(named)))
    assert ranges is not None
    assert any(first <= port <= last for first, last in ranges) == said


USED = tree_of(
    "acl number 3001",
    " rule 5 permit ip source 192.0.2.0 0.0.0.255",
    "acl name GUESTS 3999",
    "acl number 2001",
    "acl number 3500",
    "vlan batch 3500",
    "interface GigabitEthernet0/0/1",
    " description filter 3500 here",
    " port trunk allow-pass vlan 3500",
    " traffic-filter inbound acl name GUESTS",
    "interface Vlanif10",
    " traffic-filter outbound acl 3001",
    "snmp-agent community read cipher XJCANARY acl 2001",
    "user-interface vty 0 4",
    " acl 2001 inbound",
)


@pytest.mark.parametrize(
    ("names", "places", "on_traffic"),
    [
        (("3001",), ("interface Vlanif10",), True),
        (("3999", "GUESTS"), ("interface GigabitEthernet0/0/1",), True),
        (("2001",), ("snmp-agent", "user-interface vty 0 4"), False),
        (("3500",), (), False),
    ],
)
def test_a_list_is_used_where_a_line_outside_it_names_it(
    names: tuple[str, ...], places: tuple[str, ...], on_traffic: bool
) -> None:
    assert of_names(uses(USED, r"acl \S"), names) == (places, on_traffic)


def test_a_list_with_a_number_and_a_name_is_used_under_both() -> None:
    lists = {acl.id: (acl.used_in, acl.on_traffic) for acl in vrp_acls.acls(USED)}
    assert lists["3999"] == lists["GUESTS"] == (("interface GigabitEthernet0/0/1",), True)
    assert lists["3500"] == ((), False)


VRP_LISTS = (
    "acl 2003",
    " rule 5 permit source any",
    "acl name adv advance",
    " rule 5 permit tcp source 192.0.2.1 0 destination-port eq 22",
    "acl number 3001 name both",
    " rule 5 permit ip source 0.0.0.0 255.255.255.255",
    "acl ipv6 number 2000",
    " rule 5 permit source 2001:DB8::/32",
    " rule 10 description source any",
    "acl number 2004",
    "acl name open 2002",
    " rule 5 deny source 192.0.2.9 0",
    " rule 10 permit",
)


def test_vrp_lists_are_told_with_their_rules() -> None:
    found = [(acl.id, acl.rules, acl.permits_any) for acl in vrp_acls.acls(tree_of(*VRP_LISTS))]
    assert found == [
        ("2003", 1, True),
        ("adv", 1, False),
        ("3001", 1, True),
        ("both", 1, True),
        ("ipv6 2000", 1, False),
        ("2004", 0, False),
        ("2002", 2, True),
        ("open", 2, True),
    ]
