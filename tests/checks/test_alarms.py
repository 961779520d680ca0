from typing import Any, Literal

import pytest

from parsers.facts import Alarm, Partial, Reason, Unknown
from tests.checks.case import SEEN, UNREAD, Case

VERDICTS = {"LOG-006": "pass, critical, major, minor, info"}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""


def alarm(
    severity: Literal["critical", "major", "minor", "warning"],
    name: str = "entityInvalid",
    at: str | None = "2026-11-01 10:00:00",
) -> Alarm:
    return Alarm(seen=SEEN, name=name, severity=severity, raised_at=at)


def alarms(name: str, rows: tuple[Alarm, ...], *gives: str, says: str = "", **more: Any) -> Case:
    facts = {"alarms": rows, **more}
    return Case(check="LOG-006", name=name, facts=facts, gives=gives, says=(says,) if says else ())


FAN = alarm("critical", "hwFanInvalid")

CASES = [
    alarms("none", (), "pass"),
    alarms(
        "one of each", (alarm("critical"), alarm("minor", "b")), "fail critical entityInvalid", "fail minor b"
    ),
    alarms("major", (alarm("major"),), "fail major entityInvalid", says="最早 2026-11-01"),
    alarms("a warning", (alarm("warning", at=None),), "fail info entityInvalid"),
    alarms("the worst of several", (alarm("minor"), alarm("major")), "fail major entityInvalid", says="2 条"),
    alarms("the fan's, and the fans are known", (FAN,), "pass hwFanInvalid", says="风扇", fans=()),
    alarms("the fan's, and nobody asked for fans", (FAN,), "fail critical hwFanInvalid"),
    alarms(
        "the fan's, and the fans were refused",
        (FAN,),
        "fail critical hwFanInvalid",
        fans=Unknown(Reason.REFUSED, "display fan"),
    ),
    alarms(
        "the fan's, and the fans are read in part",
        (FAN,),
        "fail critical hwFanInvalid",
        fans=Partial((), (UNREAD,)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
