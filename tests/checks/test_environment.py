from typing import Any

import pytest

from parsers.facts import Location, Reason, Temperature, Unknown
from tests.checks.case import SEEN, Case


def sensor(celsius: float, **more: Any) -> Temperature:
    said: dict[str, Any] = {"seen": SEEN, "sensor": "hotspot 1"} | more
    return Temperature(location=Location(slot="1"), celsius=celsius, **said)


def case(name: str, row: Temperature, gives: str, *says: str, **more: Any) -> Case:
    facts = {"temperatures": (row,)}
    return Case(check="ENV-001", name=name, facts=facts, gives=(gives,), says=says, **more)


def rise(name: str, rows: tuple[Temperature, ...], *gives: str, before: Any = None, **more: Any) -> Case:
    previous: dict[str, Any] = (
        {} if before is None else {"previous": {"temperatures": before}, "previous_days": 30}
    )
    return Case(check="ENV-002", name=name, facts={"temperatures": rows}, gives=gives, **previous, **more)


HERE = "slot 1 hotspot 1"
VERDICTS = {
    "ENV-001": "pass, critical, major, minor, not_applicable, unparsed, unsupported",
    "ENV-002": "pass, minor, not_applicable, no_baseline",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    case("well below", sensor(40, warn_c=70, alarm_c=80), f"pass {HERE}", "40 ℃", "70 ℃", "80 ℃"),
    case("just outside the margin", sensor(64.9, warn_c=70, alarm_c=80), f"pass {HERE}"),
    case("at the margin", sensor(65, warn_c=70, alarm_c=80), f"fail minor {HERE}", "65 ℃"),
    case("a customer's margin", sensor(65, warn_c=70), f"pass {HERE}", params={"margin_c": 2}),
    case("at the warning limit", sensor(70, warn_c=70, alarm_c=80), f"fail major {HERE}", "预警门限 70 ℃"),
    case("at the alarm limit", sensor(80, warn_c=70, alarm_c=80), f"fail critical {HERE}"),
    case("a single limit is the alarm limit", sensor(70, warn_c=70), f"fail critical {HERE}"),
    case("near a single limit", sensor(66, alarm_c=70), f"fail minor {HERE}"),
    case(
        "the device says it is too hot",
        sensor(50, alarm_c=70, state="MAJOR"),
        f"fail critical {HERE}",
        "MAJOR",
    ),
    case("the device says it is warm", sensor(50, alarm_c=70, state="Minor"), f"fail major {HERE}"),
    case("no limit, but a good word", sensor(50, state="NORMAL"), f"pass {HERE}", "NORMAL"),
    case("neither limit nor word", sensor(50), f"not_assessed unsupported {HERE}", "未给出门限"),
    case("a word nobody knows", sensor(50, alarm_c=70, state="Odd"), f"not_assessed unparsed {HERE}", "Odd"),
    case("a bad value beats an unknown word", sensor(75, alarm_c=70, state="Odd"), f"fail critical {HERE}"),
    case(
        "the baseline's limit where it prints none",
        sensor(60),
        f"fail critical {HERE}",
        "基线告警门限 60 ℃",
        params={"alarm_c": 60},
    ),
    case("its own limit comes first", sensor(60, alarm_c=70), f"pass {HERE}", params={"alarm_c": 50}),
    case(
        "unless it is overridden",
        sensor(60, warn_c=80, alarm_c=90),
        f"fail major {HERE}",
        "基线预警门限 55 ℃",
        params={"warn_c": 55, "alarm_c": 65, "override": True},
    ),
    case(
        "overridden by nothing",
        sensor(60, warn_c=80, alarm_c=90),
        f"pass {HERE}",
        params={"override": True},
    ),
    Case(check="ENV-001", name="no sensor", facts={"temperatures": ()}, gives=("not_applicable",)),
    Case(
        check="ENV-001",
        name="each sensor for itself",
        facts={
            "temperatures": (
                sensor(30, alarm_c=70),
                Temperature(seen=SEEN, location=Location(), sensor="inlet", celsius=99, alarm_c=70),
            )
        },
        gives=(f"pass {HERE}", "fail critical inlet"),
    ),
    rise(
        "a little warmer", (sensor(49.9),), f"pass {HERE}", before=(sensor(40),), says=("上次 40 ℃", "+9.9 ℃")
    ),
    rise("ten degrees warmer", (sensor(50),), f"fail minor {HERE}", before=(sensor(40),), says=("+10 ℃",)),
    rise("cooler", (sensor(20),), f"pass {HERE}", before=(sensor(40),), says=("-20 ℃",)),
    rise("at the first inspection", (sensor(90),), "not_applicable", says=("首次巡检",)),
    rise("the last one did not know", (sensor(90),), "not_assessed no_baseline", before=Unknown(Reason.CUT)),
    rise("another sensor", (sensor(90),), "not_applicable", before=(sensor(10, sensor="inlet"),)),
    rise(
        "only what both have",
        (sensor(90), sensor(30, sensor="inlet")),
        "pass slot 1 inlet",
        before=(sensor(28, sensor="inlet"),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
