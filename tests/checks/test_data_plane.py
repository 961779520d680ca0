from typing import Any

import pytest

from parsers.facts import DhcpSnooping, MirrorSession
from tests.checks.case import SEEN, Case

VERDICTS = {
    "DAT-003": "pass, major lacking, not_applicable",
    "DAT-008": "pass, major, minor",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def snooping(
    name: str, gives: str, *says: str, device: Any = None, enabled: bool = True, **said: Any
) -> Case:
    row = DhcpSnooping(seen=SEEN, enabled=enabled, **({"trusted_ports": ("XGE1/0/1",)} | said))
    facts = {"dhcp_snooping": row}
    at = {"role": "access"} if device is None else device
    return Case(check="DAT-003", name=name, facts=facts, gives=(gives,), says=says, device=at)


def session(number: str = "1") -> MirrorSession:
    return MirrorSession(seen=SEEN, id=number, sources=("GE1/0/1",), destination="GE1/0/9")


def mirrors(name: str, rows: tuple[MirrorSession, ...], *gives: str, **params: Any) -> Case:
    return Case(check="DAT-008", name=name, facts={"mirrors": rows}, gives=gives, params=params)


CASES = [
    snooping("in some VLANs", "pass", "VLAN 10", vlans=(10,)),
    snooping("everywhere", "pass", "全部 VLAN", everywhere=True),
    snooping("in none", "fail major", "不起作用"),
    snooping("nobody may answer", "fail major", "没有信任口", vlans=(10,), trusted_ports=()),
    snooping("off", "fail major", "没有启用", enabled=False),
    snooping("not where users are", "not_applicable", enabled=False, device={"role": "core"}),
    snooping(
        "static addresses",
        "not_applicable",
        enabled=False,
        device={"role": "access", "tags": ("static-address",)},
    ),
    mirrors("none", (), "pass"),
    mirrors("no register", (session(), session("2")), "fail minor 镜像 1", "fail minor 镜像 2"),
    mirrors(
        "one of two registered",
        (session(), session("2")),
        "pass 镜像 1",
        "fail major 镜像 2",
        sessions=("1",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
