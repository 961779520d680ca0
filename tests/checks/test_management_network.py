from typing import Any

import pytest

from parsers.facts import Interface, InterfaceAddress
from tests.checks.case import SEEN, Case

VERDICTS = {"MGT-016": "pass, minor, info, no_baseline"}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def address(interface: str, ip: str, vrf: str | None = None) -> InterfaceAddress:
    return InterfaceAddress(seen=SEEN, interface=interface, address=ip, prefix_length=24, vrf=vrf)


def path(name: str, rows: tuple[InterfaceAddress, ...], gives: str, *says: str, **more: Any) -> Case:
    facts: dict[str, Any] = {"addresses": rows} | more.pop("facts", {})
    return Case(check="MGT-016", name=name, facts=facts, gives=(gives,), says=says, **more)


OURS, USERS = address("Vlan99", "192.0.2.10"), address("Vlan10", "198.51.100.1")
PORT = Interface(seen=SEEN, name="Vlan99", kind="mgmt", admin_up=True, oper_up=True)

CASES = [
    path("the only address", (OURS,), "pass", "只有 Vlan99"),
    path("an instance of its own", (address("Vlan99", "192.0.2.10", "MGMT"), USERS), "pass", "实例 MGMT"),
    path("a port of its own", (OURS, USERS), "pass", "带外管理口", facts={"interfaces": (PORT,)}),
    path("among the users", (OURS, USERS), "fail minor", "Vlan10 等 1 个"),
    path("among the users, where they are attached", (OURS, USERS), "fail info", device={"role": "access"}),
    path("the users are in an instance", (OURS, address("Vlan10", "198.51.100.1", "A")), "pass"),
    path("another address than ours", (USERS,), "not_assessed no_baseline", "192.0.2.10"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
