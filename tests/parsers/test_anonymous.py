"""Outputs made safe to hand on keep their form and lose what tells whose they are."""

import re
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.anonymous import Anonymiser, names_in, strange_words
from parsers.facts import Facts, Identity, Known, LldpNeighbor, Partial, Reason, Unknown, Vlan
from parsers.seen import Seen

KEY = b"k"
SEEN = Seen("", "", ())


def shape(text: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "0", text)))


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("Internet address is 192.0.2.17/24 Primary", "192.0.2.17"),
        ("  00e0-fc12-3456   10  GE1/0/1", "00e0-fc12-3456"),
        ("  00:E0:FC:12:34:56 dynamic", "00:E0:FC:12:34:56"),
        ("IPv6 address 2001:db8:17::5 up", "2001:db8:17::5"),
        ("ESN of slot 1: 2102AB34CD56EF78", "2102AB34CD56EF78"),
        ("core-hq-1 is the neighbour", "core-hq-1"),
        ("Description: to Zhang San's office", "Zhang San's office"),
        (" sysname core-hq-1", "core-hq-1"),
    ],
)
def test_what_tells_a_customer_is_gone_and_the_form_stays(line: str, gone: str) -> None:
    (made,) = Anonymiser({"core-hq-1"}, KEY).lines([line])
    assert gone not in made
    assert shape(made) == shape(line)
    assert made.split(gone)[0] == made


@pytest.mark.parametrize(
    "line",
    [
        "GigabitEthernet1/0/1 current state : UP",
        "Mask 255.255.255.0, wildcard 0.0.0.255, group 224.0.0.5",
        "2026-11-22 10:20:30+08:00 uptime 12:34:56",
        "Software Version V200R019C10SPC500, Release 6616P05",
        "CPU 5% in last 5 seconds, 123456 packets",
        "7.0(3)I7(8) S6520X-54QC-EI",
    ],
)
def test_what_a_template_reads_stays(line: str) -> None:
    assert Anonymiser({"core-hq-1"}, KEY).lines([line]) == (line,)


def test_the_same_value_is_replaced_by_the_same_everywhere_and_by_another_with_another_key() -> None:
    lines = ["peer 198.51.100.7 core-hq-1", "core-hq-1 at 198.51.100.7 via 198.51.100.8"]
    first, second = Anonymiser({"core-hq-1"}, KEY).lines(lines)
    _, address, name = first.split()
    assert second.split()[0] == name
    assert second.split()[2] == address != second.split()[4]
    assert Anonymiser({"core-hq-1"}).lines(lines) != (first, second)


def test_secrets_are_masked_not_replaced() -> None:
    made = Anonymiser((), KEY).lines(["snmp-agent community read cipher XJCANARY"])
    assert made == ("snmp-agent community read cipher ******",)


def test_a_long_name_wins_over_one_that_it_begins_with() -> None:
    (made,) = Anonymiser({"core", "core-hq-1"}, KEY).lines(["core-hq-1"])
    assert "hq" not in made
    assert shape(made) == "aaaa-aa-0"


@given(st.ip_addresses(v=4))
def test_an_address_becomes_an_address_of_the_same_width(address: object) -> None:
    (made,) = Anonymiser((), KEY).lines([str(address)])
    assert shape(made) == shape(str(address))
    assert IPv4Address(made)


@given(st.lists(st.text(alphabet="aB9 .:-/", max_size=30), max_size=5))
def test_lines_stay_lines_and_nothing_is_raised(lines: list[str]) -> None:
    made = Anonymiser({"aB9", "a.b"}, KEY).lines(lines)
    assert [shape(line) for line in made] == [shape(line) for line in lines]


def test_names_are_those_in_the_facts_that_are_known() -> None:
    facts = Facts(
        identity=Known(Identity(hostname="core-hq-1", model="S6520", seen=SEEN)),
        lldp=Partial(
            (LldpNeighbor(local_port="GE1", remote_system="acc-7", remote_port="GE2", seen=SEEN),), ()
        ),
        vlans=Known((Vlan(vlan=7, name=None, seen=SEEN), Vlan(vlan=8, name="finance", seen=SEEN))),
        users=Unknown(Reason.REFUSED),
    )
    assert names_in(facts) == {"core-hq-1", "acc-7", "finance"}


def test_words_that_no_template_knows_are_listed_for_a_person() -> None:
    lines = ["Interface GE1 of Zhangsan is up", "interface to 财务部"]
    assert strange_words(lines, frozenset({"interface", "ge1"})) == ("Zhangsan", "财务部")
