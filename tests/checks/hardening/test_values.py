from dataclasses import replace
from typing import Any

import pytest

from baselines.hardening import HardeningValues
from checks.hardening.values import values_for
from checks.verdict import Result, Severity, failed
from parsers.facts import Acl, Interface, InterfaceAddress, IpSetting, LocalUser, Stp, Vty
from parsers.seen import Seen
from tests.checks.case import SEEN, facts_of
from tests.checks.site import PASS, report, verdicts

NOBODY = HardeningValues()


def given(facts: dict[str, Any], *fails: Result, customer: HardeningValues = NOBODY) -> Any:
    device = replace(report(verdicts([[PASS]])), facts=facts_of(facts))
    return values_for(device, fails, customer)


def acl(number: str) -> Acl:
    return Acl(seen=SEEN, id=number, rules=1, permits_any=False)


@pytest.mark.parametrize(
    ("taken", "free"), [((), "2001"), (("2001", "2002", "3000"), "2003"), (("2000", "MGMT"), "2001")]
)
def test_a_free_access_list_is_found(taken: tuple[str, ...], free: str) -> None:
    assert given({"acls": tuple(map(acl, taken))}).single["ACL编号"] == free


def test_no_access_list_is_chosen_where_the_devices_own_are_not_known() -> None:
    assert "ACL编号" not in given({}).single


def test_only_lines_that_somebody_can_come_in_on() -> None:
    rows = (
        Vty(seen=SEEN, first=0, last=4, acl_in=None, protocols=("ssh", "telnet")),
        Vty(seen=SEEN, first=5, last=15, acl_in=None, protocols=()),
    )
    assert given({"vty": rows}).several[0] == [{"起始编号": "0", "结束编号": "4"}]


def line(number: int) -> Seen:
    return replace(SEEN, lines=(number,))


def interface(name: str, number: int) -> Interface:
    return Interface(seen=line(number), name=name, kind="ethernet", admin_up=True, oper_up=True)


PORTS = {"interfaces": tuple(interface(f"GE0/0/{n}", n) for n in range(1, 4))}


@pytest.mark.parametrize(
    ("fail", "found"),
    [
        (failed("GE0/0/2", Severity.MINOR, "bad", SEEN), ["GE0/0/2"]),
        (failed("GE0/0/2 vlan 10", Severity.MINOR, "bad", SEEN), ["GE0/0/2"]),
        (
            failed("", Severity.MINOR, "bad", *(replace(SEEN, lines=(n,)) for n in (1, 3))),
            ["GE0/0/1", "GE0/0/3"],
        ),
        (failed("", Severity.MINOR, "bad", SEEN), []),
    ],
)
def test_interfaces_are_those_that_were_found_fault_with(fail: Result, found: list[str]) -> None:
    assert [row["闲置口"] for row in given(PORTS, fail).several[1]] == found


def test_interfaces_are_found_by_the_lines_of_their_ip_settings() -> None:
    rows = tuple(
        IpSetting(seen=line(n), interface=f"Vlanif{n}", feature="redirects", on=True, said=False)
        for n in (10, 20, 30)
    )
    fail = failed("ICMP 重定向", Severity.INFO, "bad", line(10), line(30))
    assert [row["接口"] for row in given({"ip_settings": rows}, fail).several[1]] == ["Vlanif10", "Vlanif30"]


def test_users_are_those_that_were_found_fault_with() -> None:
    users = tuple(LocalUser(seen=SEEN, name=name) for name in ("ops", "old"))
    fails = (failed("old", Severity.MAJOR, "bad", SEEN), failed("none", Severity.MAJOR, "bad", SEEN))
    assert given({"users": users}, *fails).several[3] == [{"用户": "old"}]


def test_the_interface_of_the_management_address() -> None:
    rows = (InterfaceAddress(seen=SEEN, interface="Vlanif10", address="192.0.2.1", prefix_length=24),)
    assert given({"addresses": rows}).single["源接口"] == "Vlanif10"


def test_the_mode_before() -> None:
    assert given({"stp": Stp(seen=SEEN, enabled=True, mode="stp")}).single["原模式"] == "stp"


def test_what_the_customer_says() -> None:
    said = HardeningValues.model_validate(
        {"management_networks": ["192.0.2.0/25"], "log_servers": ["192.0.2.200"]}
    )
    found = given({}, customer=said)
    assert found.single == {"日志服务器": "192.0.2.200"}
    assert found.several[4] == [
        {"管理网段": "192.0.2.0", "反掩码": "0.0.0.127", "掩码": "255.255.255.128", "掩码位": "25"}
    ]
