from typing import Any, Literal

import pytest

from parsers.facts import Fhrp, Interface
from tests.checks.case import SEEN, Case

State = Literal["master", "backup", "init"]
HERE = "Vlanif10 1"


def group(state: State = "master", vip: str | None = "192.0.2.254", number: int = 1) -> Fhrp:
    return Fhrp(seen=SEEN, interface="Vlanif10", group=number, vip=vip, state=state)


def port(*, up: bool = True) -> Interface:
    return Interface(seen=SEEN, name="Vlanif10", kind="vlan", admin_up=True, oper_up=up)


def vrrp(
    name: str, row: Fhrp, gives: str, *says: str, up: bool = True, peer: Fhrp | None = None, **more: Any
) -> Case:
    facts = {"fhrp": (row,), "interfaces": (port(up=up),)}
    peers = {} if peer is None else {"sw0": {"fhrp": (peer,)}}
    return Case(check="L3-007", name=name, facts=facts, gives=(gives,), says=says, peers=peers, **more)


VERDICTS = {
    "L3-007": "pass, critical, major, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    vrrp("one master", group(), f"pass {HERE}", "192.0.2.254", peer=group("backup")),
    vrrp("the other is the master", group("backup"), f"pass {HERE}", peer=group()),
    vrrp("nobody looked at the other", group("backup"), f"pass {HERE}", "未核对"),
    vrrp("two masters", group(), f"fail critical {HERE}", "sw1", "sw0", peer=group()),
    vrrp(
        "two masters, reported by the first",
        group(),
        f"not_applicable {HERE}",
        "由 sw0",
        peer=group(),
        behind=True,
    ),
    vrrp("no master", group("backup"), f"fail critical {HERE}", "没有一台为主", peer=group("backup")),
    vrrp("another group of the same number", group(), f"pass {HERE}", peer=group(vip="192.0.2.253")),
    vrrp("address not printed", group(vip=None), f"pass {HERE}", "未知", peer=group(vip=None)),
    vrrp("not begun", group("init"), f"fail critical {HERE}", "Initialize"),
    vrrp("not begun, as the port is down", group("init"), f"not_applicable {HERE}", up=False),
    vrrp(
        "not as planned",
        group(),
        f"fail major {HERE}",
        "规划",
        expect={"fhrp_roles": {"vlanif10 1": "backup"}},
    ),
    vrrp("as planned", group(), f"pass {HERE}", expect={"fhrp_roles": {"Vlanif10 1": "master"}}),
    Case(check="L3-007", name="none", facts={"fhrp": (), "interfaces": ()}, gives=("not_applicable",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
