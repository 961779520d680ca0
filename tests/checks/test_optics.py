from typing import Any

import pytest

from parsers.facts import Interface, Optic, OpticLane
from tests.checks.case import SEEN, Case

PORT = "10GE1/0/1"
OTHER = "10GE1/0/2"


def lane(power: float | None, number: int | None = None, **limits: float | None) -> OpticLane:
    own = {
        "rx_low_alarm_dbm": -14.0,
        "rx_low_warn_dbm": -14.0,
        "rx_high_warn_dbm": 0.5,
        "rx_high_alarm_dbm": 1.5,
    }
    return OpticLane(lane=number, rx_power_dbm=power, tx_power_dbm=-2.0, **(own | limits))


def optic(*lanes: OpticLane, alarms: tuple[str, ...] | None = ()) -> Optic:
    return Optic(seen=SEEN, interface=PORT, type="10GBASE-LR", lanes=lanes, alarms=alarms)


def port(*, up: bool = True, admin: bool = True, name: str = PORT) -> Interface:
    return Interface(seen=SEEN, name=name, kind="ethernet", admin_up=admin, oper_up=up)


def power(name: str, module: Optic, *gives: str, on: Interface | None = None, **more: Any) -> Case:
    facts = {"optics": (module,), "interfaces": (on or port(),)}
    return Case(check="OPT-001", name=name, facts=facts, gives=gives, **more)


def alarm(name: str, module: Optic, *gives: str, on: Interface | None = None, **more: Any) -> Case:
    facts = {"optics": (module,), "interfaces": (on or port(),)}
    return Case(check="OPT-008", name=name, facts=facts, gives=gives, **more)


NO_LIMITS = dict.fromkeys(("rx_low_alarm_dbm", "rx_low_warn_dbm", "rx_high_warn_dbm", "rx_high_alarm_dbm"))
NO_WARNING = dict.fromkeys(("rx_low_warn_dbm", "rx_high_warn_dbm"))
UNSURE = f"not_assessed unsupported {PORT}"

VERDICTS = {
    "OPT-001": "pass, critical, major, minor, not_applicable, unparsed, unsupported",
    "OPT-008": "pass, major, not_applicable, unparsed, unsupported",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    power("well inside", optic(lane(-6)), f"pass {PORT}", says=("-6 dBm", "低告警门限 -14 dBm")),
    power("at the wider margin", optic(lane(-13.0)), f"fail minor {PORT}", says=("-13 dBm",)),
    power("outside the wider margin", optic(lane(-12.99)), f"pass {PORT}"),
    power("at the narrower margin", optic(lane(-13.5)), f"fail major {PORT}", says=("余量 0.50 dB",)),
    power(
        "below the alarm limit", optic(lane(-14.01)), f"fail critical {PORT}", says=("超出告警门限 0.01 dB",)
    ),
    power("beyond the high alarm limit", optic(lane(1.6)), f"fail critical {PORT}"),
    power("beyond the high warning limit", optic(lane(0.6)), f"fail major {PORT}"),
    power("beyond the low warning limit", optic(lane(-11, rx_low_warn_dbm=-10)), f"fail major {PORT}"),
    power("at the alarm limit", optic(lane(-14.0)), f"fail major {PORT}", says=("余量 0.00 dB",)),
    power("at the low warning limit", optic(lane(-10, rx_low_warn_dbm=-10)), f"pass {PORT}"),
    power("at the high warning limit", optic(lane(0.5, rx_high_alarm_dbm=3.5)), f"pass {PORT}"),
    power("just no light", optic(lane(-36)), UNSURE),
    power(
        "only warning limits", optic(lane(-11, rx_low_alarm_dbm=None, rx_high_alarm_dbm=None)), f"pass {PORT}"
    ),
    power("a customer's margin", optic(lane(-12)), f"fail minor {PORT}", params={"margin_warn_db": 2.0}),
    power(
        "lane by lane",
        optic(lane(-6, 1), lane(-20, 2)),
        f"pass {PORT} lane 1",
        f"fail critical {PORT} lane 2",
    ),
    power("down", optic(lane(-40)), "not_applicable", on=port(up=False)),
    power("up without a reading", optic(lane(None)), UNSURE),
    power("up, but no light at all", optic(lane(-40)), UNSURE, says=("可信",)),
    power("no limits", optic(lane(-6, **NO_LIMITS)), UNSURE, says=("门限",)),
    power("no diagnosis", optic(), "not_applicable"),
    power("on no interface", optic(lane(-6)), f"not_assessed unparsed {PORT}", on=port(name=OTHER)),
    Case(
        check="OPT-001", name="no module", facts={"optics": (), "interfaces": ()}, gives=("not_applicable",)
    ),
    alarm("quiet", optic(lane(-6)), f"pass {PORT}", says=("没有告警",)),
    alarm(
        "transmitter broken", optic(lane(-6), alarms=("TX fault",)), f"fail major {PORT}", says=("TX fault",)
    ),
    alarm(
        "transmitter broken, link down", optic(alarms=("TX fault",)), f"fail major {PORT}", on=port(up=False)
    ),
    alarm("light lost though up", optic(lane(-6), alarms=("RX loss of signal",)), f"fail major {PORT}"),
    alarm("no light on a dead link", optic(alarms=("RX signal loss",)), f"pass {PORT}", on=port(up=False)),
    alarm(
        "one root cause counts once",
        optic(lane(-15), alarms=("RX power low",)),
        f"pass {PORT}",
        says=("OPT-001",),
    ),
    alarm(
        "two root causes",
        optic(lane(-15), alarms=("RX power low", "TX fault")),
        f"fail major {PORT}",
        says=("TX fault",),
    ),
    alarm("at the limit is not beyond", optic(lane(-14), alarms=("RX power low",)), f"fail major {PORT}"),
    alarm("beyond a warning", optic(lane(-11, rx_low_warn_dbm=-10), alarms=("RX low",)), f"pass {PORT}"),
    alarm("beyond the only limits", optic(lane(-15, **NO_WARNING), alarms=("RX low",)), f"pass {PORT}"),
    alarm("one lane of two", optic(lane(-6, 1), lane(-15, 2), alarms=("RX low",)), f"pass {PORT}"),
    alarm("power unknown", optic(lane(None), alarms=("RX power low",)), f"fail major {PORT}"),
    alarm("shut", optic(lane(-40), alarms=("TX fault",)), "not_applicable", on=port(admin=False, up=False)),
    alarm("alarms not printed", optic(lane(-6), alarms=None), UNSURE),
    alarm("no diagnosis at all", optic(alarms=None), "not_applicable"),
    alarm("on no interface", optic(), f"not_assessed unparsed {PORT}", on=port(name=OTHER)),
    Case(
        check="OPT-008", name="no module", facts={"optics": (), "interfaces": ()}, gives=("not_applicable",)
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
