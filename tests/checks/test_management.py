from typing import Any, Literal

import pytest

from parsers.facts import (
    Acl,
    Fact,
    Identity,
    Partial,
    Reason,
    Snmp,
    SnmpCommunity,
    SnmpUser,
    Ssh,
    Telnet,
    Unknown,
    Vty,
)
from tests.checks.case import SEEN, UNREAD, Case

Protocol = Literal["ssh", "telnet"]


def vty(acl: str | None, *protocols: Protocol, first: int = 0, last: int = 4) -> Vty:
    return Vty(seen=SEEN, first=first, last=last, acl_in=acl, protocols=protocols)


def server(*, on: bool, by_default: bool = False) -> Telnet:
    return Telnet(seen=SEEN, enabled=on, by_default=by_default)


def telnet(name: str, row: Telnet, lines: tuple[Vty, ...] | Fact[Any], gives: str, *says: str) -> Case:
    return Case(check="MGT-001", name=name, facts={"telnet": row, "vty": lines}, gives=(gives,), says=says)


def community(
    access: Literal["ro", "rw"], name: Literal["default", "other", "hidden"], acl: str | None = None
) -> SnmpCommunity:
    return SnmpCommunity(seen=SEEN, access=access, name_class=name, acl=acl)


def snmp(name: str, gives: str, *says: str, **more: Any) -> Case:
    values: dict[str, Any] = {"enabled": True, "versions": ("v2c",)}
    row = Snmp(seen=SEEN, **(values | more))
    return Case(check="MGT-006", name=name, facts={"snmp": row}, gives=(gives,), says=says)


def user(security: Literal["noauth", "auth", "priv"]) -> SnmpUser:
    return SnmpUser(seen=SEEN, security=security)


def login(name: str, lines: tuple[Vty, ...], gives: str, *says: str, **more: Any) -> Case:
    facts = {
        "vty": lines,
        "ssh": Ssh(seen=SEEN, enabled=more.get("ssh_on", True), acl=more.get("ssh_acl")),
        "telnet": server(on=more.get("telnet_on", False)),
        "acls": more.get("acls", (GOOD_ACL,)),
    }
    return Case(check="MGT-008", name=name, facts=facts, gives=(gives,), says=says)


def acl(number: str, rules: int = 2, *, permits_any: bool = False) -> Acl:
    return Acl(seen=SEEN, id=number, rules=rules, permits_any=permits_any)


def inspected(name: str, gives: str, *says: str, **device: Any) -> Case:
    facts = {"identity": Identity(seen=SEEN, hostname="sw1", model="S6520X")}
    return Case(check="MGT-017", name=name, facts=facts, gives=(gives,), says=says, device=device)


REFUSED_LINES = Unknown(Reason.NO_PRIVILEGE, "display current-configuration")
OFF, ON = server(on=False), server(on=True)
GOOD_ACL = acl("2001")
BOTH: tuple[Protocol, Protocol] = ("ssh", "telnet")
RO, RW, PUBLIC = community("ro", "other"), community("rw", "other"), community("ro", "default")

VERDICTS = {
    "MGT-001": "pass, critical, major, minor",
    "MGT-006": "pass, critical, major, minor, not_applicable",
    "MGT-008": "pass, critical, major, major lacking, not_applicable, unparsed, unsupported",
    "MGT-017": "major, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    telnet("off", OFF, (vty(None, *BOTH),), "pass", "关闭（配置）"),
    telnet("off by default", server(on=False, by_default=True), (), "pass", "平台缺省"),
    telnet("on, anybody may come", ON, (vty(None, *BOTH),), "fail critical", "VTY 0～4"),
    telnet(
        "on by default", server(on=True, by_default=True), (vty(None, "telnet"),), "fail critical", "缺省"
    ),
    telnet(
        "on, one range is open",
        ON,
        (vty("2001", *BOTH), vty(None, *BOTH, first=5, last=5)),
        "fail critical",
        "VTY 5",
    ),
    telnet("on, restricted", ON, (vty("2001", *BOTH),), "fail major", "有来源 ACL"),
    telnet("on, no line admits it", ON, (vty(None, "ssh"),), "fail minor", "没有 VTY"),
    telnet("on, lines not listed", ON, (), "fail major"),
    telnet("off, lines not known", OFF, REFUSED_LINES, "pass", "关闭"),
    telnet("on, lines not known", ON, REFUSED_LINES, "fail major", "未取得", "更严重"),
    telnet("on, lines partly known", ON, Partial((vty(None, "ssh"),), (UNREAD,)), "fail major", "未取得"),
    snmp("off", "not_applicable", enabled=False),
    snmp("v3 with privacy", "pass", versions=("v3",), users=(user("priv"),)),
    snmp("on, but nobody may ask", "pass"),
    snmp(
        "v3 without privacy", "fail minor", "1 个不加密", versions=("v3",), users=(user("auth"), user("priv"))
    ),
    snmp("v3 without anything", "fail minor", versions=("v3",), users=(user("noauth"),)),
    snmp("read only", "fail major", "只读团体字，无 ACL", communities=(RO,)),
    snmp("read only, enciphered", "fail major", "看不出", communities=(community("ro", "hidden"),)),
    snmp("public", "fail critical", "只读默认团体字，无 ACL", communities=(PUBLIC,)),
    snmp("public, restricted", "fail major", "有 ACL", communities=(community("ro", "default", "2001"),)),
    snmp("writable", "fail critical", "可写团体字，无 ACL", communities=(RW,)),
    snmp("writable, restricted", "fail major", communities=(community("rw", "other", "2001"),)),
    snmp("the worst of them", "fail critical", communities=(RO, RW)),
    snmp("left over from v2c", "fail minor", "残留", versions=("v3",), communities=(RW,)),
    login("all restricted", (vty("2001", "ssh"),), "pass", "2001"),
    login(
        "none restricted",
        (vty(None, "ssh"), vty(None, "ssh", first=5, last=15)),
        "fail critical",
        "0～4、5～15",
    ),
    login(
        "some restricted", (vty("2001", "ssh"), vty(None, "ssh", first=5, last=15)), "fail major", "VTY 5～15"
    ),
    login("the SSH server is restricted", (vty(None, "ssh"),), "pass", ssh_acl="2001"),
    login("but Telnet is not", (vty(None, *BOTH),), "fail major", ssh_acl="2001", telnet_on=True),
    login("and Telnet is off", (vty(None, *BOTH),), "pass", ssh_acl="2001"),
    login("lines that admit nobody", (vty("2001", "ssh"), vty(None, first=5, last=15)), "pass"),
    login("lines for Telnet, which is off", (vty(None, "telnet"),), "not_applicable"),
    login("both servers are off", (vty(None, *BOTH),), "not_assessed unsupported", "没有在用", ssh_on=False),
    login("SSH is off, Telnet is on", (vty(None, *BOTH),), "fail critical", ssh_on=False, telnet_on=True),
    login("no list of that name", (vty("2999", "ssh"),), "fail major", "2999 不存在"),
    login("an empty list", (vty("2001", "ssh"),), "fail major", "没有规则", acls=(acl("2001", 0),)),
    login(
        "a list that permits all",
        (vty("2001", "ssh"),),
        "fail major",
        "任意来源",
        acls=(acl("2001", permits_any=True),),
    ),
    login(
        "an SSH list that permits all",
        (vty(None, "ssh"),),
        "fail major",
        ssh_acl="2001",
        acls=(acl("2001", 0),),
    ),
    login("no lines listed", (), "not_assessed unparsed", "没有 VTY"),
    inspected("over SSH", "not_applicable", "SSH"),
    inspected("over telnet", "fail major", "Telnet", "明文", protocol="telnet", insecure=True),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
