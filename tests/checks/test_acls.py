from typing import Any, Literal

import pytest

from parsers.facts import Acl, AclRule
from tests.checks.case import SEEN, Case

VERDICTS = {
    "DAT-006": "pass, minor, minor lacking, not_applicable, unparsed",
    "DAT-007": "pass, info, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def rule(
    action: Literal["permit", "deny"] = "permit",
    protocol: str = "ip",
    *,
    source: bool = True,
    ports: tuple[tuple[int, int], ...] = (),
) -> AclRule:
    return AclRule(
        seen=SEEN,
        action=action,
        protocol=protocol,
        any_source=source,
        any_destination=True,
        destination_ports=ports,
    )


def acl(*rules: AclRule, name: str = "3000", traffic: bool = True, used: bool = True, **more: Any) -> Acl:
    values = {"rule_list": rules} | more
    return Acl(
        seen=SEEN,
        id=name,
        rules=len(rules),
        permits_any=False,
        used_in=("interface Vlanif10",) if used else (),
        on_traffic=traffic,
        **values,
    )


def rules(name: str, rows: tuple[Acl, ...], *gives: str, role: str = "unknown", says: str = "") -> Case:
    device = {"role": role}
    return Case(
        check="DAT-006",
        name=name,
        facts={"acls": rows},
        gives=gives,
        device=device,
        says=(says,) if says else (),
    )


def unused(name: str, rows: tuple[Acl, ...], *gives: str) -> Case:
    return Case(check="DAT-007", name=name, facts={"acls": rows}, gives=gives)


ALL, NONE, ONE = rule(), rule("deny"), rule(source=False)
WORMS = rule("deny", "tcp", ports=((135, 139), (445, 445), (3389, 3389)))

CASES = [
    rules("nothing on traffic", (acl(ALL, traffic=False),), "not_applicable"),
    rules("restricts", (acl(ONE, NONE),), "pass ACL 3000"),
    rules("no rule for everything", (acl(ONE),), "pass ACL 3000", says="1 条规则"),
    rules("everything first", (acl(ALL),), "fail minor ACL 3000", says="其余 0 条"),
    rules("what stands behind does nothing", (acl(ONE, ALL, NONE),), "fail minor ACL 3000", says="其后 1 条"),
    rules("ports only", (acl(rule("permit", "tcp"), ONE),), "pass ACL 3000"),
    rules("rules not read", (acl(rule_list=None),), "not_assessed unparsed ACL 3000"),
    rules("a border without any", (), "fail minor 高危端口", role="border", says="135、137"),
    rules(
        "a border that keeps them out", (acl(WORMS, ALL),), "pass ACL 3000", "pass 高危端口", role="border"
    ),
    rules(
        "a border whose rules are not read",
        (acl(rule_list=None),),
        "not_assessed unparsed ACL 3000",
        "not_assessed unparsed 高危端口",
        role="border",
    ),
    unused("all in use", (acl(ONE), acl(name="2000")), "pass"),
    unused("one left over", (acl(ONE), acl(name="2000", used=False)), "fail info ACL 2000"),
    unused("none", (), "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
