from typing import Any, Literal

import pytest

from parsers.facts import (
    Banner,
    CommandAudit,
    ControlPlane,
    Identity,
    InfoCenter,
    NtpAuth,
    RoutingAuth,
    Software,
)
from tests.checks.case import SEEN, Case

VERDICTS = {
    "LOG-004": "pass, minor, not_applicable, unparsed",
    "LOG-005": "pass, minor, info, not_applicable, unparsed",
    "NTP-003": "pass, minor, not_applicable",
    "MGT-014": "pass, info, info lacking",
    "MGT-015": "pass, minor, info, not_applicable",
    "CTL-001": "pass, major lacking, not_applicable",
    "CTL-004": "pass, major, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def logs(
    check: str,
    name: str,
    gives: str,
    *says: str,
    on: bool = True,
    dated: bool | None = True,
    buffer: int | None = 512,
    to_file: bool | None = True,
) -> Case:
    row = InfoCenter(seen=SEEN, enabled=on, hosts=(), dated=dated, buffer_records=buffer, log_file=to_file)
    return Case(check=check, name=name, facts={"info_center": row}, gives=(gives,), says=says)


def time(name: str, gives: str, *says: str, on: bool = True, sources: int = 2, keyed: int = 2) -> Case:
    row = NtpAuth(seen=SEEN, enabled=on, sources=sources, keyed=keyed)
    return Case(check="NTP-003", name=name, facts={"ntp_auth": row}, gives=(gives,), says=says)


def banner(name: str, texts: tuple[str, ...], gives: str, *says: str, known: bool = False) -> Case:
    facts: dict[str, Any] = {"banners": tuple(Banner(seen=SEEN, text=text) for text in texts)}
    if known:
        facts["identity"] = Identity(seen=SEEN, hostname="sw1", model="S6520X")
        facts["software"] = Software(seen=SEEN, os="x", version="R6616")
    return Case(check="MGT-014", name=name, facts=facts, gives=(gives,), says=says)


def audit(name: str, gives: str, *, told: bool, asked: bool, role: str = "core") -> Case:
    row = CommandAudit(seen=SEEN, accounting=told, authorization=asked)
    facts = {"command_audit": row}
    return Case(check="MGT-015", name=name, facts=facts, gives=(gives,), device={"role": role})


def plane(name: str, gives: str, *says: str, default: bool = False, role: str = "core", **more: Any) -> Case:
    row = ControlPlane(seen=SEEN, policies=more.get("policies", ()), default_policy=default)
    facts = {"control_plane": row}
    return Case(check="CTL-001", name=name, facts=facts, gives=(gives,), says=says, device={"role": role})


def routing(name: str, rows: tuple[RoutingAuth, ...], *gives: str) -> Case:
    return Case(check="CTL-004", name=name, facts={"routing_auth": rows}, gives=gives)


def process(
    protocol: Literal["isis", "rip", "ospfv3"], bare: tuple[str, ...] = (), protected: tuple[str, ...] = ()
) -> RoutingAuth:
    return RoutingAuth(seen=SEEN, protocol=protocol, process="1", bare=bare, protected=protected)


CASES = [
    logs("LOG-004", "in a file", "pass"),
    logs("LOG-004", "in no file", "fail minor", "重启", to_file=False),
    logs("LOG-004", "nobody says", "not_assessed unparsed", to_file=None),
    logs("LOG-004", "no logs at all is LOG-003's", "not_applicable", "LOG-003", on=False, to_file=False),
    logs("LOG-005", "as it should be", "pass", "512 条"),
    logs("LOG-005", "by the file's size", "pass", "不判大小", buffer=None),
    logs("LOG-005", "since start", "fail minor", "日期", dated=False),
    logs("LOG-005", "nobody says", "not_assessed unparsed", dated=None),
    logs("LOG-005", "small", "fail info", "256 条", buffer=256),
    logs("LOG-005", "no logs at all is LOG-003's", "not_applicable", on=False, dated=False),
    time("keys for both", "pass"),
    time("off", "fail minor", "没有启用", on=False),
    time("a key for one", "fail minor", "1 个没有指定密钥", keyed=1),
    time("no source", "not_applicable", sources=0, keyed=0),
    banner("a warning", ("Authorized users only",), "pass", known=True),
    banner("none", (), "fail info", "没有警示语"),
    banner("the model", ("This is a s6520x",), "fail info", "s6520x", known=True),
    banner("the version", ("Authorized only", "Release r6616"), "fail info", "r6616", known=True),
    banner("a welcome", ("Welcome to the core",), "fail info", "welcome"),
    audit("told and asked", "pass", told=True, asked=True),
    audit("told", "fail info", told=True, asked=False),
    audit("neither", "fail minor", told=False, asked=False),
    audit("not at the core", "not_applicable", told=False, asked=False, role="access"),
    plane("as shipped", "pass", "缺省", default=True),
    plane("of its own", "pass", "guard", policies=("guard",)),
    plane("none", "fail major"),
    plane("not at the core", "not_applicable", role="access"),
    routing("everywhere", (process("isis", protected=("Vlan1", "Vlan2")),), "pass IS-IS 1"),
    routing(
        "not everywhere",
        (process("rip", ("Vlan1",), ("Vlan2",)), process("ospfv3", ("Vlan3",))),
        "fail major RIP 1",
        "fail major OSPFv3 1",
    ),
    routing("none of them runs", (), "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
