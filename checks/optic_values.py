"""What transceivers say of themselves: light sent, temperature, bias current, change of light, origin."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from checks.check import Context, check, value_of
from checks.optics import interfaces_by_name, lane_object, left, margin, nowhere
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Optic, OpticLane, Reason, Unknown


@check("OPT-002", "optics", "interfaces")
def sent_power(context: Context) -> list[Result]:
    """Each lane of each module whose port is not shut, against the module's alarm limits."""
    results: list[Result] = []
    for optic, port in _placed(context, results):
        if port.admin_up:
            results += [_sent(optic, lane, context.params, up=port.oper_up) for lane in optic.lanes]
    return results or [not_applicable("没有启用且支持数字诊断的光口")]


def _placed(context: Context, results: list[Result]) -> Iterator[tuple[Optic, Any]]:
    """Modules with diagnosis and their ports; one whose port is not there is told in `results`."""
    ports = interfaces_by_name(context)
    for optic in value_of(context.facts.optics):
        port = ports.get(optic.interface.lower())
        if optic.lanes and port is None:
            results.append(nowhere(optic))
        elif optic.lanes:
            yield optic, port


def _sent(optic: Optic, lane: OpticLane, params: Mapping[str, Any], *, up: bool) -> Result:
    object_, power = lane_object(optic, lane), lane.tx_power_dbm
    if power is None or (power <= params["no_light_dbm"] and not up):
        why = "模块没有给出发送光功率" if power is None else "链路未 up，激光器没有发光，无法判断"
        return not_assessed(Reason.UNSUPPORTED, why, object_, optic.seen)
    rest = margin(lane.tx_low_alarm_dbm, lane.tx_high_alarm_dbm, power)
    said = f"发送光功率 {power:g} dBm"
    if rest is None:
        return not_assessed(Reason.UNSUPPORTED, f"{said}，模块未给出告警门限", object_, optic.seen)
    limits = (("低", lane.tx_low_alarm_dbm), ("高", lane.tx_high_alarm_dbm))
    said += "".join(f"，{word}告警门限 {limit:g} dBm" for word, limit in limits if limit is not None)
    said += left(rest)
    if rest < 0:
        return failed(object_, Severity.MAJOR, said, optic.seen)
    if rest <= params["margin_warn_db"]:
        return failed(object_, Severity.MINOR, said, optic.seen)
    return passed(object_, said, optic.seen)


@check("OPT-003", "optics")
def module_temperatures(context: Context) -> list[Result]:
    """Each module's temperature against its own limits; the baseline's where it prints none."""
    rows = [row for row in value_of(context.facts.optics) if row.temperature_c is not None]
    return [_warmth(row, context.params) for row in rows] or [not_applicable("没有报告温度的光模块")]


def _warmth(row: Optic, params: Mapping[str, Any]) -> Result:
    celsius = row.temperature_c or 0.0
    own = (row.temp_high_alarm_c, row.temp_high_warn_c)
    if own == (None, None) or params["override"]:
        alarm, warn, whose = None, params["warn_c"], "基线"
    else:
        (alarm, warn), whose = own, "模块"
    said = f"模块温度 {celsius:g} ℃"
    if alarm is not None and celsius >= alarm:
        return failed(row.interface, Severity.MAJOR, f"{said}，达到模块告警门限 {alarm:g} ℃", row.seen)
    if warn is not None and celsius >= warn:
        return failed(row.interface, Severity.MINOR, f"{said}，达到{whose}预警门限 {warn:g} ℃", row.seen)
    lowest = alarm if warn is None else warn
    return passed(row.interface, f"{said}，低于{whose}门限 {lowest:g} ℃", row.seen)


@check("OPT-004", "optics", "interfaces")
def bias_currents(context: Context) -> list[Result]:
    """Each lane's bias current against the module's limit, and whether it only ever rises."""
    results: list[Result] = []
    for optic, port in _placed(context, results):
        if port.admin_up:
            lanes = [lane for lane in optic.lanes if lane.bias_ma is not None]
            results += [_bias(optic, lane, context) for lane in lanes]
    return results or [not_applicable("没有启用且报告偏置电流的光口")]


def _bias(optic: Optic, lane: OpticLane, context: Context) -> Result:
    object_, now, limit = lane_object(optic, lane), lane.bias_ma or 0.0, lane.bias_high_alarm_ma
    said = f"偏置电流 {now:g} mA"
    if limit is not None and now >= limit:
        return failed(object_, Severity.MAJOR, f"{said}，达到模块告警门限 {limit:g} mA", optic.seen)
    said += "" if limit is None else f"，低于模块告警门限 {limit:g} mA"
    earlier = [sample.value for sample in context.series.get(("bias_ma", object_), ())]
    values = [*earlier, now]
    lacking = context.params["runs_min"] - len(values)
    if lacking > 0:
        said += f"；判断趋势需要 {context.params['runs_min']} 次巡检的数据，还差 {lacking} 次"
        if limit is None:
            return not_assessed(Reason.NO_BASELINE, said, object_, optic.seen)
        return passed(object_, said, optic.seen)
    rise = 100 * (now - values[0]) / values[0] if values[0] > 0 else 0.0
    if all(a < b for a, b in pairwise(values)) and rise >= context.params["rise_pct"]:
        more = f"{said}；{len(values)} 次巡检持续上升，由 {values[0]:g} mA 累计上升 {rise:.0f}%"
        return failed(object_, Severity.MINOR, more, optic.seen)
    return passed(object_, f"{said}；{len(values)} 次巡检没有持续上升达到门限", optic.seen)


@check("OPT-005", "optics", "interfaces")
def received_change(context: Context) -> list[Result]:
    """Light received against that of the last inspection, where it is the same module and the link is up."""
    if context.previous is None:
        return [not_applicable("首次巡检，没有可比的收光")]
    if isinstance(context.previous.optics, Unknown):
        return [not_assessed(Reason.NO_BASELINE, "上次巡检没有取得光模块数据，不能比较")]
    before = {row.interface.lower(): row for row in context.previous.optics.value}
    results: list[Result] = []
    for optic, port in _placed(context, results):
        earlier = before.get(optic.interface.lower())
        if port.oper_up and earlier is not None:
            results += _changes(optic, earlier, context.params)
    return results or [not_applicable("两次巡检没有同一模块都收到光的端口")]


def _changes(optic: Optic, earlier: Optic, params: Mapping[str, Any]) -> Iterator[Result]:
    """Nothing for a module that was exchanged, or that had no light then."""
    if optic.serial is None or earlier.serial is None:
        why = "模块没有序列号，不能确认与上次是同一模块"
        yield not_assessed(Reason.UNSUPPORTED, why, optic.interface, optic.seen)
        return
    powers = {lane.lane: lane.rx_power_dbm for lane in earlier.lanes}
    for lane in optic.lanes if optic.serial == earlier.serial else ():
        then, now = powers.get(lane.lane), lane.rx_power_dbm
        if then is not None and now is not None and min(then, now) > params["no_light_dbm"]:
            yield _change(lane_object(optic, lane), optic, then, now, params)


def _change(object_: str, optic: Optic, then: float, now: float, params: Mapping[str, Any]) -> Result:
    drop = round(then - now, 3)
    said = f"接收光功率 {now:g} dBm，上次 {then:g} dBm，变化 {-drop:+.2f} dB"
    if drop >= params["drop_crit_db"]:
        return failed(object_, Severity.MAJOR, f"{said}，跌幅达到 {params['drop_crit_db']:g} dB", optic.seen)
    if drop >= params["drop_warn_db"]:
        return failed(object_, Severity.MINOR, f"{said}，跌幅达到 {params['drop_warn_db']:g} dB", optic.seen)
    return passed(object_, said, optic.seen)


@check("OPT-006", "optics")
def module_origin(context: Context) -> list[Result]:
    """Each module: whether its type can be read, and whether the device complains of its origin."""
    rows = value_of(context.facts.optics)
    return [_origin(row) for row in rows] or [not_applicable("设备没有在位的光模块")]


def _origin(row: Optic) -> Result:
    if not row.type:
        return failed(row.interface, Severity.MINOR, "模块在位，但读不出类型", row.seen)
    said = f"类型 {row.type}，厂商 {row.vendor or '未给出'}"
    if row.certified is False:
        return failed(row.interface, Severity.INFO, f"{said}，设备提示模块未经认证", row.seen)
    return passed(row.interface, f"{said}，设备没有提示未认证", row.seen)
