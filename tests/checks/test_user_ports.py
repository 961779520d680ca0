from typing import Any, Literal

import pytest

from parsers.facts import ArpDetection, DhcpSnooping, Interface, PortSetting, Reason, Unknown
from tests.checks.case import SEEN, Case

VERDICTS = {
    "DAT-001": "pass, minor, not_applicable",
    "DAT-002": "pass, minor, not_applicable",
    "DAT-004": "pass, minor lacking, not_applicable, cut",
    "DAT-005": "pass, minor, not_applicable",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def port(number: int, *, access: bool = True, vlan: int | None = 10, **guards: Any) -> PortSetting:
    mode: Literal["access", "trunk"] = "access" if access else "trunk"
    return PortSetting(seen=SEEN, interface=f"GE1/0/{number}", mode=mode, vlan=vlan, **guards)


def shut(number: int) -> Interface:
    return Interface(seen=SEEN, name=f"ge1/0/{number}", kind="ethernet", admin_up=False, oper_up=False)


def ports(
    check: str, name: str, rows: tuple[PortSetting, ...], gives: str, *says: str, **device: Any
) -> Case:
    facts: dict[str, Any] = {"port_settings": rows, "interfaces": device.pop("shut", ())}
    at = {"role": "access"} | device
    return Case(check=check, name=name, facts=facts, gives=(gives,), says=says, device=at)


def arp(
    name: str,
    gives: str,
    *says: str,
    vlans: tuple[int, ...] = (),
    interfaces: Any = None,
    **snooping: Any,
) -> Case:
    said: dict[str, Any] = {"enabled": True, "vlans": snooping.pop("on", ())} | snooping
    facts = {
        "dhcp_snooping": DhcpSnooping(seen=SEEN, **said),
        "arp_detection": ArpDetection(seen=SEEN, vlans=vlans),
        "port_settings": (port(1), port(2, vlan=20), port(3, access=False, vlan=None)),
        "interfaces": interfaces or (shut(2),),
    }
    return Case(check="DAT-004", name=name, facts=facts, gives=(gives,), says=says)


LIMITED, BARE = port(1, storm_control=True), port(2)
PUBLIC, WANTED = ("public-area",), ("source-guard",)

CASES = [
    ports("DAT-001", "all limited", (LIMITED,), "pass", "0 个没有"),
    ports("DAT-001", "one of five not", (BARE, *(port(n, storm_control=True) for n in range(4))), "pass"),
    ports("DAT-001", "half of them not", (LIMITED, BARE), "fail minor", "50%", "GE1/0/2"),
    ports("DAT-001", "many", tuple(port(n) for n in range(9)), "fail minor", "等 9 个"),
    ports(
        "DAT-001", "nobody is attached", (port(1), port(2, access=False)), "not_applicable", shut=(shut(1),)
    ),
    ports("DAT-001", "not where users are", (BARE,), "not_applicable", role="core"),
    ports("DAT-002", "limited", (port(1, mac_limit=2),), "pass", tags=PUBLIC),
    ports("DAT-002", "not limited", (BARE,), "fail minor", "GE1/0/2", tags=PUBLIC),
    ports("DAT-002", "no port", (), "not_applicable", tags=PUBLIC),
    ports("DAT-002", "not marked", (BARE,), "not_applicable", "public-area"),
    ports("DAT-005", "checked", (port(1, source_guard=True),), "pass", tags=WANTED),
    ports("DAT-005", "not checked", (BARE,), "fail minor", "IP 源防护", tags=WANTED),
    ports("DAT-005", "not marked", (BARE,), "not_applicable"),
    arp("everywhere, by the users' VLANs", "pass", "VLAN 10", vlans=(10,), everywhere=True),
    arp("not in the users' VLAN", "fail minor", "VLAN 10", vlans=(20,), everywhere=True),
    arp(
        "who is attached is not known",
        "not_assessed cut",
        "VLAN 20",
        vlans=(10,),
        everywhere=True,
        interfaces=Unknown(Reason.CUT),
    ),
    arp(
        "who is attached does not matter",
        "fail minor",
        "VLAN 20",
        vlans=(10,),
        on=(20,),
        interfaces=Unknown(Reason.CUT),
    ),
    arp("snooping off", "not_applicable", enabled=False),
    arp("snooping in no VLAN", "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()


def test_vlans_of_snooping_are_wanted() -> None:
    row = DhcpSnooping(seen=SEEN, enabled=True, vlans=(30,))
    facts = {"dhcp_snooping": row, "arp_detection": ArpDetection(seen=SEEN, vlans=()), "port_settings": ()}
    Case(check="DAT-004", name="", facts=facts, gives=("fail minor",), says=("VLAN 30",)).hold()
