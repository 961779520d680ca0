from typing import Any

import pytest

from parsers.facts import Board, Fan, Location, PowerSupply, Uptime
from tests.checks.case import SEEN, Case

SLOT = Location(slot="2")


def psu(number: int, state: str, *, present: bool = True) -> PowerSupply:
    return PowerSupply(seen=SEEN, location=SLOT, name=f"Power {number}", present=present, state=state)


def fan(number: int, state: str, *, present: bool = True) -> Fan:
    return Fan(seen=SEEN, location=SLOT, name=f"FAN{number}", present=present, state=state)


def board(state: str, kind: Any = "lpu", *, present: bool = True) -> Board:
    return Board(seen=SEEN, location=SLOT, kind=kind, model="DEMO-48", present=present, state=state)


def up(days: float, reason: str | None = None) -> dict[str, Uptime]:
    return {"uptime": Uptime(seen=SEEN, uptime_s=int(days * 86400), reset_reason=reason)}


def power(name: str, rows: tuple[PowerSupply, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-001", name=name, facts={"power_supplies": rows}, gives=gives, **more)


def fans(name: str, rows: tuple[Fan, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-003", name=name, facts={"fans": rows}, gives=gives, **more)


def boards(name: str, rows: tuple[Board, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-006", name=name, facts={"boards": rows}, gives=gives, **more)


def restart(name: str, facts: dict[str, Uptime], *gives: str, **more: Any) -> Case:
    return Case(check="HW-010", name=name, facts=facts, gives=gives, **more)


TWO = {"psu_min": 2}
P1, P2 = "slot 2 Power 1", "slot 2 Power 2"
GOOD, BAD, EMPTY = psu(1, "Normal"), psu(2, "Fault"), psu(2, "Absent", present=False)

VERDICTS = {
    "HW-001": "pass, critical, major lacking, not_applicable, unparsed, unsupported",
    "HW-003": "pass, critical, not_applicable, unparsed",
    "HW-006": "pass, critical, not_applicable, unparsed",
    "HW-010": "pass, critical, major, info",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    power("one is good", (GOOD,), f"pass {P1}", says=("Normal",)),
    power("one is broken", (GOOD, BAD), f"pass {P1}", f"fail critical {P2}", says=("Fault",)),
    power("present, but without input", (psu(1, "NotSupply"),), f"fail critical {P1}"),
    power("case and spaces do not matter", (psu(1, "  NORMAL "),), f"pass {P1}"),
    power("an empty bay is no fault", (GOOD, EMPTY), f"pass {P1}"),
    power("an empty bay by its word", (GOOD, psu(2, "Not present")), f"pass {P1}"),
    power("two are wanted", (GOOD, EMPTY), f"pass {P1}", "fail major", expect=TWO, says=("1 块", "2 块")),
    power("two are wanted and there", (GOOD, psu(2, "OK")), f"pass {P1}", f"pass {P2}", expect=TWO),
    power("one root cause counts once", (GOOD, BAD), f"pass {P1}", f"fail critical {P2}", expect=TWO),
    power("none is there", (EMPTY,), "not_applicable"),
    power("none is printed", (), "not_applicable"),
    power("none is there, but two wanted", (EMPTY,), "fail major", expect=TWO, says=("0 块",)),
    power("none is printed, but two wanted", (), "not_assessed unsupported", expect=TWO),
    power("a word nobody knows", (psu(1, "Odd"),), f"not_assessed unparsed {P1}", says=("Odd",)),
    power(
        "one may be good, nobody knows",
        (GOOD, psu(2, "Odd")),
        f"pass {P1}",
        f"not_assessed unparsed {P2}",
        expect=TWO,
    ),
    fans("good", (fan(1, "Normal"),), "pass slot 2 FAN1"),
    fans("broken", (fan(1, "OK"), fan(2, "Abnormal")), "pass slot 2 FAN1", "fail critical slot 2 FAN2"),
    fans("empty bay", (fan(1, "Absent", present=False),), "not_applicable"),
    fans("none", (), "not_applicable"),
    fans("a word nobody knows", (fan(1, "Humming"),), "not_assessed unparsed slot 2 FAN1", says=("Humming",)),
    boards("good", (board("Normal"),), "pass slot 2", says=("DEMO-48",)),
    boards("standby with a star", (board("active *", "mpu"),), "pass slot 2"),
    boards("powered down", (board("powered-dn"),), "fail critical slot 2", says=("powered-dn",)),
    boards("a fixed switch may be broken as well", (board("Fault", "fixed"),), "fail critical slot 2"),
    boards(
        "only kinds of the baseline", (board("Fault", "mpu"),), "not_applicable", params={"kinds": ("lpu",)}
    ),
    boards("empty slot", (board("Absent", present=False),), "not_applicable"),
    boards("empty slot by its word", (board("Absent"),), "not_applicable"),
    boards("none", (), "not_applicable"),
    boards("a word nobody knows", (board("Odd"),), "not_assessed unparsed slot 2", says=("Odd",)),
    restart("first inspection, up for long", up(30, "User reboot"), "pass", says=("30 天", "User reboot")),
    restart("first inspection, just seven days", up(7), "pass"),
    restart("first inspection, up for days", up(3), "fail info", says=("3 天 0 小时", "不足 7 天")),
    restart("not restarted since", up(40), "pass", previous_days=30),
    restart("up exactly since then", up(30), "pass", previous_days=30),
    restart(
        "restarted since", up(0.5, "User reboot"), "fail major", previous_days=30, says=("12 小时 0 分",)
    ),
    restart("restarted, nobody says why", up(2), "fail major", previous_days=30, says=("设备未给出",)),
    restart("lost its power", up(2, "Power on"), "fail critical", previous_days=30, says=("Power on",)),
    restart("crashed", up(2, "Kernel exception reboot"), "fail critical", previous_days=30),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
