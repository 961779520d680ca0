from typing import Any

import pytest

from parsers.facts import Interface, Optic, OpticLane, Reason, Unknown
from tests.checks.case import SEEN, Case

PORT = "10GE1/0/1"


def lane(
    tx: float | None = -2.0,
    rx: float | None = -5.0,
    bias: float | None = 6.0,
    limit: float | None = 12.0,
    number: int | None = None,
    **limits: Any,
) -> OpticLane:
    own = {"tx_low_alarm_dbm": -9.0, "tx_high_alarm_dbm": 1.0} | limits
    return OpticLane(
        lane=number, rx_power_dbm=rx, tx_power_dbm=tx, bias_ma=bias, bias_high_alarm_ma=limit, **own
    )


def optic(*lanes: OpticLane, **more: Any) -> Optic:
    said = {"type": "10GBASE-LR", "serial": "DEMO-OPT-1"} | more
    return Optic(seen=SEEN, interface=PORT, lanes=lanes, **said)


def port(*, up: bool = True, admin: bool = True, name: str = PORT) -> Interface:
    return Interface(seen=SEEN, name=name, kind="ethernet", admin_up=admin, oper_up=up)


def case(check: str, name: str, module: Optic, *gives: str, on: Interface | None = None, **more: Any) -> Case:
    facts: dict[str, Any] = {"optics": (module,)}
    if check not in ("OPT-003", "OPT-006"):
        facts["interfaces"] = (on or port(),)
    return Case(check=check, name=name, facts=facts, gives=gives, **more)


def sent(name: str, module: Optic, *gives: str, **more: Any) -> Case:
    return case("OPT-002", name, module, *gives, **more)


def warm(name: str, celsius: float | None, *gives: str, **more: Any) -> Case:
    own = {key: more.pop(key) for key in ("temp_high_alarm_c", "temp_high_warn_c") if key in more}
    return case("OPT-003", name, optic(temperature_c=celsius, **own), *gives, **more)


def bias(name: str, module: Optic, *gives: str, earlier: tuple[float, ...] = (), **more: Any) -> Case:
    return case("OPT-004", name, module, *gives, series={("bias_ma", PORT): earlier}, **more)


def change(name: str, now: float | None, then: float | None, *gives: str, **more: Any) -> Case:
    before = more.pop("before", optic(lane(rx=then)))
    module = more.pop("module", optic(lane(rx=now)))
    previous = {"optics": before if isinstance(before, Unknown) else (before,)}
    return case("OPT-005", name, module, *gives, previous=previous, previous_days=30, **more)


def origin(name: str, module: Optic, *gives: str, **more: Any) -> Case:
    return case("OPT-006", name, module, *gives, **more)


VERDICTS = {
    "OPT-002": "pass, major, minor, not_applicable, unparsed, unsupported",
    "OPT-003": "pass, major, minor, not_applicable",
    "OPT-004": "pass, major, minor, not_applicable, unparsed, no_baseline",
    "OPT-005": "pass, major, minor, not_applicable, unparsed, unsupported, no_baseline",
    "OPT-006": "pass, minor, info, not_applicable",
}

CASES = [
    sent("well inside", optic(lane()), f"pass {PORT}", says=("-2 dBm", "低告警门限 -9 dBm", "余量 3.00 dB")),
    sent("at the margin", optic(lane(-8.0)), f"fail minor {PORT}", says=("余量 1.00 dB",)),
    sent("below the alarm limit", optic(lane(-9.5)), f"fail major {PORT}", says=("超出告警门限 0.50 dB",)),
    sent("above the alarm limit", optic(lane(1.1)), f"fail major {PORT}"),
    sent("only an upper limit", optic(lane(-20, tx_low_alarm_dbm=None)), f"pass {PORT}"),
    sent(
        "no limits",
        optic(lane(tx_low_alarm_dbm=None, tx_high_alarm_dbm=None)),
        f"not_assessed unsupported {PORT}",
    ),
    sent("no value", optic(lane(None)), f"not_assessed unsupported {PORT}"),
    sent(
        "dark, and the link is down", optic(lane(-40)), f"not_assessed unsupported {PORT}", on=port(up=False)
    ),
    sent("dark, and the link is up", optic(lane(-40)), f"fail major {PORT}"),
    sent("the link is down, but it sends", optic(lane(-9.5)), f"fail major {PORT}", on=port(up=False)),
    sent("shut", optic(lane(-40)), "not_applicable", on=port(admin=False, up=False)),
    sent("no diagnosis", optic(), "not_applicable"),
    sent("a port nobody lists", optic(lane()), f"not_assessed unparsed {PORT}", on=port(name="10GE9/9/9")),
    sent(
        "each lane",
        optic(lane(number=0), lane(-10, number=1)),
        f"pass {PORT} lane 0",
        f"fail major {PORT} lane 1",
    ),
    warm("cool", 40, f"pass {PORT}", temp_high_alarm_c=75, temp_high_warn_c=70, says=("模块门限 70 ℃",)),
    warm("at the warning limit", 70, f"fail minor {PORT}", temp_high_alarm_c=75, temp_high_warn_c=70),
    warm("at the alarm limit", 75, f"fail major {PORT}", temp_high_alarm_c=75, temp_high_warn_c=70),
    warm("only an alarm limit", 74, f"pass {PORT}", temp_high_alarm_c=75),
    warm("no limit of its own", 69, f"pass {PORT}", says=("基线门限 70 ℃",)),
    warm("the baseline's limit", 70, f"fail minor {PORT}", says=("基线预警门限",)),
    warm("its own comes first", 72, f"pass {PORT}", temp_high_warn_c=80),
    warm("unless overridden", 72, f"fail minor {PORT}", temp_high_warn_c=80, params={"override": True}),
    warm("no value", None, "not_applicable"),
    bias("below the limit", optic(lane()), f"pass {PORT}", says=("12 mA", "还差 2 次")),
    bias("at the limit", optic(lane(bias=12)), f"fail major {PORT}"),
    bias(
        "no limit and no history",
        optic(lane(limit=None)),
        f"not_assessed no_baseline {PORT}",
        says=("还差 2 次",),
    ),
    bias(
        "one inspection is missing",
        optic(lane(limit=None)),
        f"not_assessed no_baseline {PORT}",
        earlier=(5,),
        says=("还差 1 次",),
    ),
    bias("rises", optic(lane(bias=6)), f"fail minor {PORT}", earlier=(5, 5.5), says=("由 5 mA", "20%")),
    bias("rises a little", optic(lane(bias=5.9)), f"pass {PORT}", earlier=(5, 5.5)),
    bias("fell once", optic(lane(bias=9)), f"pass {PORT}", earlier=(5, 4.9)),
    bias("no history, but a limit", optic(lane(bias=6, limit=7)), f"pass {PORT}", earlier=(5,)),
    bias("rises without a limit", optic(lane(bias=7, limit=None)), f"fail minor {PORT}", earlier=(5, 6)),
    bias("no value", optic(lane(bias=None)), "not_applicable"),
    bias("shut", optic(lane(bias=99)), "not_applicable", on=port(admin=False)),
    bias("a port nobody lists", optic(lane()), f"not_assessed unparsed {PORT}", on=port(name="10GE9/9/9")),
    change("a little less", -5, -3.1, f"pass {PORT}", says=("上次 -3.1 dBm", "-1.90 dB")),
    change("two dB less", -5, -3, f"fail minor {PORT}", says=("-2.00 dB",)),
    change("three dB less", -6, -3, f"fail major {PORT}"),
    change("more", -3, -9, f"pass {PORT}", says=("+6.00 dB",)),
    change("dark now, which others tell", -40, -3, "not_applicable"),
    change("dark then", -3, None, "not_applicable"),
    change("another module", -9, -3, "not_applicable", before=optic(lane(rx=-3), serial="DEMO-OPT-2")),
    change(
        "no serial number",
        -9,
        -3,
        f"not_assessed unsupported {PORT}",
        module=optic(lane(rx=-9), serial=None),
    ),
    change("the link is down", -9, -3, "not_applicable", on=port(up=False)),
    change("was not there", -9, -3, "not_applicable", module=optic(lane(rx=-9)), before=optic()),
    change("the last one did not know", -9, -3, "not_assessed no_baseline", before=Unknown(Reason.CUT)),
    change("a port nobody lists", -9, -3, f"not_assessed unparsed {PORT}", on=port(name="10GE9/9/9")),
    case("OPT-005", "at the first inspection", optic(lane()), "not_applicable"),
    origin("in order", optic(vendor="DEMO"), f"pass {PORT}", says=("10GBASE-LR", "DEMO")),
    origin("not certified", optic(certified=False), f"fail info {PORT}"),
    origin("no type", optic(type=None), f"fail minor {PORT}"),
    Case(check="OPT-006", name="no modules", facts={"optics": ()}, gives=("not_applicable",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
