from typing import Any, Literal

import pytest

from parsers.facts import Acl, Snmp, SnmpCommunity, SnmpGroup, SnmpUser, TrapHost
from tests.checks.case import SEEN, Case

VERDICTS = {
    "MGT-007": "pass, major, major lacking, not_applicable",
    "LOG-007": "pass, minor lacking, info",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def group(acl: str | None = None) -> SnmpGroup:
    return SnmpGroup(seen=SEEN, name="g", security="priv", acl=acl)


def user(acl: str | None = None) -> SnmpUser:
    return SnmpUser(seen=SEEN, security="priv", acl=acl)


def community(acl: str | None) -> SnmpCommunity:
    return SnmpCommunity(seen=SEEN, access="ro", name_class="other", acl=acl)


def acl(name: str, rules: int = 1) -> Acl:
    return Acl(seen=SEEN, id=name, rules=rules, permits_any=False)


def sources(
    name: str,
    *gives: str,
    groups: tuple[SnmpGroup, ...] = (),
    acls: tuple[Acl, ...] = (acl("2001"),),
    says: str = "",
    **snmp: Any,
) -> Case:
    values: dict[str, Any] = {"enabled": True, "versions": ("v3",)}
    row = Snmp(seen=SEEN, **(values | snmp))
    facts = {"snmp": row, "snmp_groups": groups, "acls": acls}
    return Case(check="MGT-007", name=name, facts=facts, gives=gives, says=(says,) if says else ())


def traps(name: str, versions: tuple[Literal["v1", "v2c", "v3"] | None, ...], gives: str, *says: str) -> Case:
    hosts = tuple(TrapHost(seen=SEEN, address="192.0.2.9", version=version) for version in versions)
    return Case(check="LOG-007", name=name, facts={"trap_hosts": hosts}, gives=(gives,), says=says)


CASES = [
    sources("a list in front of the group", "pass", groups=(group("2001"),), users=(user(),), says="2001"),
    sources("a list in front of the agent", "pass", groups=(group(),), users=(user(),), acl="2001"),
    sources("a list for each user", "pass", groups=(group(),), users=(user("2001"),)),
    sources("no list", "fail major", groups=(group(), group("2001")), users=(user(),), says="组有 1 个"),
    sources("no list where users have them", "fail major", users=(user(), user("2001")), says="用户有 1 个"),
    sources("groups that nobody is in", "not_applicable", groups=(group(),)),
    sources("a list that is not there", "fail major ACL 2009", acl="2009", users=(user(),), says="不存在"),
    sources(
        "a list without rules", "fail major ACL 2001", acl="2001", acls=(acl("2001", 0),), says="没有规则"
    ),
    sources("a community's list is not there", "fail major ACL 2009", communities=(community("2009"),)),
    sources("a community without a list is MGT-006's", "not_applicable", communities=(community(None),)),
    sources("off", "not_applicable", enabled=False),
    traps("version 3", ("v3", "v2c"), "pass", "2 个"),
    traps("version not printed", (None,), "pass", "未写明版本"),
    traps("in clear", ("v2c", "v1"), "fail info", "明文"),
    traps("nobody is told", (), "fail minor"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()


def test_no_name_of_a_community_is_in_a_message() -> None:
    """The model does not hold it; this is for whoever adds it."""
    assert set(SnmpCommunity.__dataclass_fields__) == {"seen", "access", "name_class", "acl"}
