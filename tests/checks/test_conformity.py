from typing import Any

import pytest

from parsers.config_tree import build_tree
from parsers.facts import Identity, Interface, Known, Reason, Snmp, Unknown, Vlan
from tests.checks.case import SEEN, SOURCE, Case

SNMP = Snmp(seen=SEEN, enabled=True, versions=("v3",), contact="demo-noc", location="demo-room-1")
CONFIG = build_tree(
    ["sysname sw1", "#", "interface Vlan10", " description office", "#", "ntp server 192.0.2.9", "#"],
    command="display current-configuration",
    capture="ab" * 32,
)


def named(name: str, hostname: str, *gives: str, snmp: Any = SNMP, **more: Any) -> Case:
    facts = {"identity": Identity(seen=SEEN, hostname=hostname, model="DEMO-48"), "snmp": snmp}
    return Case(check="CFG-004", name=name, facts=facts, gives=gives, **more)


def rule(line: str, block: str | None = None, *platforms: str) -> dict[str, Any]:
    return {"name": "demo", "line": line, "block": block, "platforms": platforms}


def rules(name: str, gives: str, *, required: Any = (), forbidden: Any = (), **more: Any) -> Case:
    params = {"required": required, "forbidden": forbidden}
    return Case(check="CFG-005", name=name, facts={"config": CONFIG}, params=params, gives=(gives,), **more)


def vlans(name: str, gives: str, *rows: Vlan, **more: Any) -> Case:
    routed = Interface(seen=SEEN, name="Vlanif20", kind="vlan", admin_up=True, oper_up=True)
    facts = {"vlans": Known(rows, (SOURCE,)), "interfaces": (routed,)}
    return Case(check="CFG-006", name=name, facts=facts, gives=(gives,), **more)


def vlan(number: int, *ports: str) -> Vlan:
    return Vlan(seen=SEEN, vlan=number, ports=ports)


PATTERN = {"name_pattern": r"[a-z]{2}-\d+"}
VERDICTS = {
    "CFG-004": "pass, info, info lacking, no_privilege",
    "CFG-005": "pass, minor, minor lacking, not_applicable",
    "CFG-006": "pass, info lacking",
}

CASES = [
    named("no rule", "core-1", "pass", says=("只核对",)),
    named("as the rule wants", "sw-1", "pass", params=PATTERN, says=("符合命名规则",)),
    named("not as the rule wants", "core", "fail info", params=PATTERN),
    named("from the factory", "HUAWEI", "fail info", params=PATTERN, says=("出厂",)),
    named(
        "no location", "sw-1", "pass", "fail info location", snmp=Snmp(seen=SEEN, enabled=True, versions=())
    ),
    named("SNMP is off", "sw-1", "pass", snmp=Snmp(seen=SEEN, enabled=False, versions=())),
    named(
        "nobody wants them",
        "sw-1",
        "pass",
        snmp=Snmp(seen=SEEN, enabled=True, versions=()),
        params={"wanted": ()},
    ),
    named(
        "SNMP is not known",
        "sw-1",
        "pass",
        "not_assessed no_privilege location",
        snmp=Unknown(Reason.NO_PRIVILEGE, sources=(SOURCE,)),
    ),
    rules("none", "not_applicable"),
    rules("at the top", "pass required demo", required=(rule("ntp server .*"),)),
    rules("missing", "fail minor required demo", required=(rule("ntp server"),), says=("缺少",)),
    rules("only as a whole line", "fail minor required demo", required=(rule("sysname"),)),
    rules("in a block", "pass required demo", required=(rule("description .*", "interface .*"),)),
    rules("not at the top", "fail minor required demo", required=(rule("description .*"),)),
    rules("forbidden", "fail minor forbidden demo", forbidden=(rule("ntp .*"),), says=("192.0.2.9",)),
    rules("forbidden and absent", "pass forbidden demo", forbidden=(rule("telnet .*"),)),
    rules("of another platform", "not_applicable", required=(rule("x", None, "other"),), platform="demo"),
    rules(
        "of this platform", "fail minor required demo", required=(rule("x", None, "demo"),), platform="demo"
    ),
    vlans("all with ports", "pass", vlan(10, "GE1/0/1"), vlan(1), vlan(20)),
    vlans("one is left over", "fail info", vlan(30), vlan(10, "GE1/0/1"), says=("1 个", "30")),
    vlans("many", "fail info", *(vlan(number) for number in range(100, 120)), says=("20 个", "109 等")),
    vlans("kept on purpose", "pass", vlan(30), params={"keep_vlans": (30,)}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
