from dataclasses import replace
from typing import Any

import pytest

from baselines.hardening import HardeningValues
from checks.hardening.filling import filled_for
from checks.hardening.values import values_for
from checks.texts import check_texts
from checks.verdict import Result, Severity, failed
from parsers.facts import (
    Acl,
    Interface,
    InterfaceAddress,
    IpSetting,
    LocalUser,
    Ntp,
    NtpSource,
    PortSetting,
    RoutingAuth,
    Snmp,
    SnmpCommunity,
    Stp,
    Vty,
)
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


def test_a_remedy_touches_what_was_found_and_only_where_it_was_found() -> None:
    rows = (
        IpSetting(seen=line(10), interface="Vlanif10", feature="redirects", on=True, said=True),
        IpSetting(seen=line(20), interface="Vlanif20", feature="source_routes", on=False, said=True),
        IpSetting(seen=line(30), interface="Vlanif30", feature="directed_broadcasts", on=True, said=True),
    )
    fails = [
        failed("ICMP 重定向", Severity.INFO, "bad", line(10)),
        failed("定向广播", Severity.MINOR, "bad", line(30)),
    ]
    made = filled_for(
        check_texts()["CTL-005"].remediation["huawei_vrp8"],
        fails,
        lambda meant: given({"ip_settings": rows}, *meant),
    )
    assert made.left == ()
    assert made.lines == (
        "（针对“ICMP 重定向”）",
        "interface Vlanif10",
        " undo icmp redirect send",
        "（针对“定向广播”）",
        "interface Vlanif30",
        " undo ip forward-broadcast",
        "（以上完成后）",
        "commit",
    )


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


def rows_of(values: Any, name: str) -> list[Any]:
    """The rows of the group that fills a placeholder; empty where nobody knows."""
    return next((list(group) for group in values.several if group and name in group[0]), [])


def test_an_account_keeps_the_level_it_had() -> None:
    users = (LocalUser(seen=SEEN, name="inspector", level=3), LocalUser(seen=SEEN, name="ops", level=15))
    fail = failed("账号 inspector", Severity.MAJOR, "bad", SEEN)
    assert rows_of(given({"users": users}, fail), "用户") == [{"用户": "inspector", "原级别": "3"}]


@pytest.mark.parametrize(
    ("mode", "wanted"), [("mstp", "mstp"), ("rstp", "rstp"), ("stp", None), (None, None)]
)
def test_a_fast_mode_of_spanning_tree_is_kept_and_no_other_is_chosen(mode: Any, wanted: str | None) -> None:
    assert given({"stp": Stp(seen=SEEN, enabled=False, mode=mode)}).single.get("目标模式") == wanted


def test_time_sources_are_the_devices_own_and_the_customers_further_ones() -> None:
    said = HardeningValues.model_validate({"ntp_servers": ["192.0.2.251", "192.0.2.252"]})
    source = NtpSource(seen=SEEN, address="192.0.2.251", selected=False)
    one = given(
        {"ntp": Ntp(seen=SEEN, configured=True, synchronized=False, sources=(source,))}, customer=said
    )
    assert rows_of(one, "现用NTP服务器") == [{"现用NTP服务器": "192.0.2.251"}]
    assert one.single == {"备用NTP服务器": "192.0.2.252"}
    assert one.none >= {"NTP服务器"}, "a source that the device has is not configured again"
    nothing = given({"ntp": Ntp(seen=SEEN, configured=False, synchronized=False)}, customer=said)
    assert nothing.single == {"NTP服务器": "192.0.2.251", "备用NTP服务器": "192.0.2.252"}
    assert nothing.none.isdisjoint({"NTP服务器"})


def setting(name: str, mode: Any, vlan: int, number: int) -> PortSetting:
    return PortSetting(seen=line(number), interface=name, mode=mode, vlan=vlan)


SETTINGS = {
    "port_settings": (
        setting("GE0/0/1", "access", 20, 1),
        setting("GE0/0/2", "access", 1, 2),
        setting("GE0/0/3", "trunk", 1, 3),
    )
}


def test_a_trunk_is_no_access_port() -> None:
    found = given(SETTINGS, failed("pvid", Severity.INFO, "bad", line(3)))
    assert rows_of(found, "Trunk口") == [{"Trunk口": "GE0/0/3"}]
    assert rows_of(found, "接入口") == []
    assert found.none >= {"接入口"}
    assert found.none.isdisjoint({"Trunk口"})


def test_where_no_port_is_named_all_access_ports_are_meant() -> None:
    found = given(SETTINGS, failed("", Severity.MINOR, "not enabled"))
    assert [row["接入口"] for row in rows_of(found, "接入口")] == ["GE0/0/1", "GE0/0/2"]
    assert found.none.isdisjoint({"接入口", "Trunk口"})
    assert rows_of(found, "用户VLAN") == [{"用户VLAN": "20"}], "nobody is meant to be in VLAN 1"


def test_a_list_without_use_is_named_by_its_finding() -> None:
    fails = (failed("ACL 3001", Severity.INFO, "bad", SEEN), failed("ACL OLD", Severity.INFO, "bad", SEEN))
    assert rows_of(given({}, *fails), "无引用ACL") == [{"无引用ACL": "3001"}, {"无引用ACL": "OLD"}]


def test_routing_interfaces_without_authentication_by_protocol() -> None:
    rows = (
        RoutingAuth(seen=SEEN, protocol="isis", process="1", bare=("Vlanif10", "Vlanif20"), protected=()),
        RoutingAuth(seen=SEEN, protocol="rip", process="1", bare=(), protected=("Vlanif30",)),
    )
    found = given({"routing_auth": rows})
    assert [row["ISIS口"] for row in rows_of(found, "ISIS口")] == ["Vlanif10", "Vlanif20"]
    assert found.none >= {"RIP口", "OSPFv3口"}
    assert found.none.isdisjoint({"ISIS口"})


def test_how_communities_were_allowed_to_be_used() -> None:
    communities = (
        SnmpCommunity(seen=SEEN, access="rw", name_class="default"),
        SnmpCommunity(seen=SEEN, access="ro", name_class="hidden", acl="2001"),
    )
    snmp = Snmp(seen=SEEN, enabled=True, versions=("v2c", "v3"), communities=communities)
    found = given({"snmp": snmp})
    assert found.single["原版本"] == "v2c v3"
    assert [(row["读写"], row["ACL限定"], row["团体角色"]) for row in rows_of(found, "读写")] == [
        ("write", "", "network-admin"),
        ("read", " acl 2001", "network-operator"),
    ]


def test_what_nobody_knows_is_not_said_to_be_absent() -> None:
    assert given({}).none == frozenset()
