"""Transceivers."""

from collections.abc import Mapping
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Interface, Optic, OpticLane, Reason


@check("OPT-001", "optics", "interfaces")
def received_power(context: Context) -> list[Result]:
    """Each lane of each module with diagnosis whose interface is up, against the module's limits."""
    interfaces = interfaces_by_name(context)
    results: list[Result] = []
    for optic in value_of(context.facts.optics):
        interface = interfaces.get(optic.interface.lower())
        if not optic.lanes:
            continue
        if interface is None:
            results.append(nowhere(optic))
        elif interface.oper_up:
            results += [_lane(optic, lane, context.params) for lane in optic.lanes]
    return results or [not_applicable("没有 up 且支持数字诊断的光口")]


def interfaces_by_name(context: Context) -> Mapping[str, Interface]:
    """Every interface by its name in small letters."""
    return {row.name.lower(): row for row in value_of(context.facts.interfaces)}


def nowhere(optic: Optic) -> Result:
    """Say that the port of a module is not among the interfaces."""
    return not_assessed(Reason.UNPARSED, "接口列表里没有该模块所在的接口", optic.interface, optic.seen)


def _lane(optic: Optic, lane: OpticLane, params: Mapping[str, Any]) -> Result:
    object_ = lane_object(optic, lane)
    power = lane.rx_power_dbm
    if power is None or power <= params["no_light_dbm"]:
        why = "接口 up，但模块没有给出可信的接收光功率"
        return not_assessed(Reason.UNSUPPORTED, why, object_, optic.seen)
    limits = (lane.rx_low_alarm_dbm, lane.rx_low_warn_dbm, lane.rx_high_warn_dbm, lane.rx_high_alarm_dbm)
    said = f"接收光功率 {power:g} dBm"
    if limits == (None, None, None, None):
        return not_assessed(Reason.UNSUPPORTED, f"{said}，模块未给出门限", object_, optic.seen)
    said += f"，{_limits(lane)}{left(_margin(lane, power))}"
    severity = _severity(lane, power, params)
    if severity is not None:
        return failed(object_, severity, said, optic.seen)
    return passed(object_, said, optic.seen)


def lane_object(optic: Optic, lane: OpticLane) -> str:
    """Name a lane as problems and series do."""
    return optic.interface if lane.lane is None else f"{optic.interface} lane {lane.lane}"


def _severity(lane: OpticLane, power: float, params: Mapping[str, Any]) -> Severity | None:
    rest = _margin(lane, power)
    if rest is not None and rest < 0:
        return Severity.CRITICAL
    if _beyond_warning(lane, power) or (rest is not None and rest <= params["margin_crit_db"]):
        return Severity.MAJOR
    return Severity.MINOR if rest is not None and rest <= params["margin_warn_db"] else None


def margin(low: float | None, high: float | None, power: float) -> float | None:
    """How many dB are left to the nearer alarm limit, negative beyond it; None where the module prints none.

    Rounded to what modules print, so that -13.50 against -14.00 is half a dB and not a hair more.
    """
    rest = [power - low] if low is not None else []
    rest += [high - power] if high is not None else []
    return round(min(rest), 3) if rest else None


def _margin(lane: OpticLane, power: float) -> float | None:
    return margin(lane.rx_low_alarm_dbm, lane.rx_high_alarm_dbm, power)


def _beyond_warning(lane: OpticLane, power: float) -> bool:
    low, high = lane.rx_low_warn_dbm, lane.rx_high_warn_dbm
    return (low is not None and power < low) or (high is not None and power > high)


def left(rest: float | None) -> str:
    """Word a margin; nothing where there is none."""
    if rest is None:
        return ""
    return f"，余量 {rest:.2f} dB" if rest >= 0 else f"，超出告警门限 {-rest:.2f} dB"


def _limits(lane: OpticLane) -> str:
    pairs = (
        ("低告警", lane.rx_low_alarm_dbm),
        ("低预警", lane.rx_low_warn_dbm),
        ("高预警", lane.rx_high_warn_dbm),
        ("高告警", lane.rx_high_alarm_dbm),
    )
    return "，".join(f"{name}门限 {limit:g} dBm" for name, limit in pairs if limit is not None)


@check("OPT-008", "optics", "interfaces")
def module_alarms(context: Context) -> list[Result]:
    """Each module's own alarms, but for what OPT-001 or a link that is down already says."""
    interfaces = interfaces_by_name(context)
    results: list[Result] = []
    for optic in value_of(context.facts.optics):
        interface = interfaces.get(optic.interface.lower())
        if interface is None:
            results.append(nowhere(optic))
        elif interface.admin_up and (optic.alarms is not None or optic.lanes):
            results.append(_alarms(optic, interface, context.params))
    return results or [not_applicable("没有支持告警指示的光模块")]


def _alarms(optic: Optic, interface: Interface, params: Mapping[str, Any]) -> Result:
    if optic.alarms is None:
        return not_assessed(Reason.UNSUPPORTED, "设备不给出模块告警", optic.interface, optic.seen)
    left = [alarm for alarm in optic.alarms if not _told_elsewhere(alarm, optic, interface, params)]
    if left:
        return failed(optic.interface, Severity.MAJOR, f"模块告警：{'、'.join(left)}", optic.seen)
    return passed(optic.interface, _quiet(optic), optic.seen)


def _quiet(optic: Optic) -> str:
    if optic.alarms:
        return f"模块告警 {'、'.join(optic.alarms)} 与收光有关，由 OPT-001 或链路状态判定"
    return "模块没有告警"


def _told_elsewhere(alarm: str, optic: Optic, interface: Interface, params: Mapping[str, Any]) -> bool:
    """An alarm about received light on a link that is down, or whose power OPT-001 finds beyond limits."""
    if not any(word in alarm.lower() for word in params["rx_words"]):
        return False
    return not interface.oper_up or any(_out_of_limits(lane) for lane in optic.lanes)


def _out_of_limits(lane: OpticLane) -> bool:
    power = lane.rx_power_dbm
    if power is None:
        return False
    rest = _margin(lane, power)
    return _beyond_warning(lane, power) or (rest is not None and rest < 0)
