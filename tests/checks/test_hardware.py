from typing import Any

import pytest

from parsers.facts import Crash, Fan, Known, Location, PowerSupply, Reason, Unknown, Uptime
from tests.checks.case import SEEN, SOURCE, Case

SLOT = Location(slot="2")


def psu(number: int, state: str, *, present: bool = True) -> PowerSupply:
    return PowerSupply(seen=SEEN, location=SLOT, name=f"Power {number}", present=present, state=state)


def fan(number: int, state: str, *, present: bool = True) -> Fan:
    return Fan(seen=SEEN, location=SLOT, name=f"FAN{number}", present=present, state=state)


def watts(number: int, output: float | None, capacity: float | None = 600.0, slot: str = "2") -> PowerSupply:
    return PowerSupply(
        seen=SEEN,
        location=Location(slot=slot),
        name=f"Power {number}",
        present=True,
        state="Normal",
        capacity_w=capacity,
        output_w=output,
    )


def turning(number: int, pct: float | None, state: str = "Normal", slot: str = "2") -> Fan:
    return Fan(
        seen=SEEN,
        location=Location(slot=slot),
        name=f"FAN{number}",
        present=True,
        state=state,
        speed_pct=pct,
    )


def crash(process: str, time: str | None = "2026-11-01 08:00:00") -> Crash:
    return Crash(seen=SEEN, process=process, time=time)


def up(days: float, reason: str | None = None) -> dict[str, Uptime]:
    return {"uptime": Uptime(seen=SEEN, uptime_s=int(days * 86400), reset_reason=reason)}


def power(name: str, rows: tuple[PowerSupply, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-001", name=name, facts={"power_supplies": rows}, gives=gives, **more)


def fans(name: str, rows: tuple[Fan, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-003", name=name, facts={"fans": rows}, gives=gives, **more)


def headroom(name: str, rows: tuple[PowerSupply, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-002", name=name, facts={"power_supplies": rows}, gives=gives, **more)


def speeds(name: str, rows: tuple[Fan, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-004", name=name, facts={"fans": rows}, gives=gives, **more)


def crashes(name: str, rows: tuple[Crash, ...], *gives: str, earlier: Any = None, **more: Any) -> Case:
    previous: dict[str, Any] = (
        {} if earlier is None else {"previous": {"crashes": earlier}, "previous_days": 30}
    )
    return Case(
        check="HW-011", name=name, facts={"crashes": Known(rows, (SOURCE,))}, gives=gives, **previous, **more
    )


def blows(number: int, way: str | None, slot: str = "2") -> Fan:
    return Fan(
        seen=SEEN,
        location=Location(slot=slot),
        name=f"FAN{number}",
        present=True,
        state="Normal",
        airflow=way,
    )


def airflow(name: str, rows: tuple[Fan, ...], *gives: str, power: str | None = None) -> Case:
    supply = PowerSupply(seen=SEEN, location=SLOT, name="P1", present=True, state="Normal", airflow=power)
    facts = {"fans": rows, "power_supplies": (supply,)}
    return Case(check="HW-005", name=name, facts=facts, gives=gives)


def restart(name: str, facts: dict[str, Uptime], *gives: str, **more: Any) -> Case:
    return Case(check="HW-010", name=name, facts=facts, gives=gives, **more)


TWO = {"psu_min": 2}
P1, P2 = "slot 2 Power 1", "slot 2 Power 2"
GOOD, BAD, EMPTY = psu(1, "Normal"), psu(2, "Fault"), psu(2, "Absent", present=False)

VERDICTS = {
    "HW-001": "pass, critical, major lacking, not_applicable, unparsed, unsupported",
    "HW-002": "pass, minor, not_applicable, unsupported",
    "HW-003": "pass, critical, not_applicable, unparsed",
    "HW-004": "pass, minor, not_applicable",
    "HW-005": "pass, major, not_applicable",
    "HW-010": "pass, critical, major, info",
    "HW-011": "pass, major, minor, info",
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
    headroom("enough is left", (watts(1, 150), watts(2, 150)), "pass slot 2", says=("50%", "600 W")),
    headroom("just at the limit", (watts(1, 240), watts(2, 240)), "fail minor slot 2", says=("480 W", "80%")),
    headroom("the largest is taken off", (watts(1, 200), watts(2, 200, 1200)), "pass slot 2", says=("67%",)),
    headroom(
        "each unit by itself",
        (watts(1, 1), watts(2, 1), watts(1, 300, slot="3"), watts(2, 300, slot="3")),
        "pass slot 2",
        "fail minor slot 3",
    ),
    headroom("one supply alone", (watts(1, 590),), "not_applicable"),
    headroom("none prints its output", (watts(1, None), watts(2, None)), "not_applicable"),
    headroom("one prints none", (watts(1, 100), watts(2, None)), "not_assessed unsupported slot 2"),
    headroom("no rating", (watts(1, 100, None), watts(2, 100)), "not_assessed unsupported slot 2"),
    headroom("an empty bay gives nothing", (watts(1, 100), EMPTY), "not_applicable"),
    speeds("slow", (turning(1, 40),), "pass slot 2 FAN1", says=("40%",)),
    speeds("fast", (turning(1, 80),), "fail minor slot 2 FAN1"),
    speeds(
        "apart",
        (turning(1, 30), turning(2, 70)),
        "pass slot 2 FAN1",
        "pass slot 2 FAN2",
        "fail minor slot 2",
        says=("30%～70%",),
    ),
    speeds("not quite apart", (turning(1, 31), turning(2, 70)), "pass slot 2 FAN1", "pass slot 2 FAN2"),
    speeds(
        "fast and apart counts once",
        (turning(1, 30), turning(2, 90)),
        "pass slot 2 FAN1",
        "fail minor slot 2 FAN2",
    ),
    speeds(
        "other units may be slower",
        (turning(1, 70), turning(1, 20, slot="3")),
        "pass slot 2 FAN1",
        "pass slot 3 FAN1",
    ),
    speeds("a broken one is not asked", (turning(1, 40), turning(2, 0, "Abnormal")), "pass slot 2 FAN1"),
    speeds("no speed in percent", (turning(1, None),), "not_applicable"),
    airflow("one way", (blows(1, "front-to-back"), blows(2, None)), "pass slot 2", power="front-to-back"),
    airflow("a fan against it", (blows(1, "front-to-back"), blows(2, "back-to-front")), "fail major slot 2"),
    airflow("a supply against it", (blows(1, "front-to-back"),), "fail major slot 2", power="back-to-front"),
    airflow("two words for one way", (blows(1, "front to back"),), "pass slot 2", power="front-to-back"),
    airflow("two devices of a stack", (blows(1, "a"), blows(1, "b", "3")), "pass slot 2", "pass slot 3"),
    airflow("nobody says", (blows(1, None),), "not_applicable"),
    crashes("none", (), "pass"),
    crashes("none, and earlier some", (), "pass", earlier=(crash("bgp"),)),
    crashes(
        "at the first inspection",
        (crash("bgp"), crash("bgp", None)),
        "fail minor bgp",
        says=("2 条", "时间未给出"),
    ),
    crashes(
        "nobody knows what there was", (crash("bgp"),), "fail minor bgp", earlier=Unknown(Reason.NO_PRIVILEGE)
    ),
    crashes(
        "a new one",
        (crash("bgp"), crash("snmpd")),
        "fail info bgp",
        "fail major snmpd",
        earlier=(crash("bgp"),),
    ),
    crashes(
        "again",
        (crash("bgp"), crash("bgp", "2026-11-19 01:00:00")),
        "fail major bgp",
        earlier=(crash("bgp"),),
        says=("1 条", "2026-11-19"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
