import pytest

from parsers.facts import SavedState
from tests.checks.case import SEEN, Case


def saved(
    name: str, *gives: str, lines: tuple[str, ...] = (), sign: str = "+", uncommitted: bool | None = None
) -> Case:
    row = SavedState(seen=SEEN, differences=tuple((sign, line) for line in lines), uncommitted=uncommitted)
    says = tuple(f"{sign} {line}" for line in lines[:3])
    return Case(check="CFG-001", name=name, facts={"saved_state": row}, gives=gives, says=says)


PORT = "interface GigabitEthernet1/0/5 / description changed"
VERDICTS = {
    "CFG-001": "pass, major, minor",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    saved("the same", "pass"),
    saved("the same, nothing waits", "pass", uncommitted=False),
    saved("an interface differs", "fail major", lines=(PORT,)),
    saved("gone since saving", "fail major", lines=(PORT,), sign="-"),
    saved("routes", "fail major", lines=("ip route-static 0.0.0.0 0 192.0.2.254",)),
    saved("an access list, negated", "fail major", lines=("undo acl number 2001",)),
    saved("an access list, negated otherwise", "fail major", lines=("no ip access-list MGMT",)),
    saved("accounts", "fail major", lines=("local-user audit class manage / service-type ssh",)),
    saved("a name", "fail minor", lines=("sysname demo-new",)),
    saved("a word that only begins alike", "fail minor", lines=("aclx 1", "lined up")),
    saved("interface deep inside another block", "fail minor", lines=("ftp server / interface LoopBack0",)),
    saved(
        "the worst of many",
        "fail major",
        lines=("sysname demo-new", "lldp global enable", "clock timezone", PORT),
    ),
    saved("not committed", "fail minor candidate", uncommitted=True),
    saved(
        "not saved and not committed", "fail major", "fail minor candidate", lines=(PORT,), uncommitted=True
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
