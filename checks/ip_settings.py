"""ICMP redirects, source routes, directed broadcasts: what hosts hardly need, and attackers use."""

from collections.abc import Sequence
from typing import Final

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import IpSetting, Reason

_FEATURES: Final = {
    "redirects": ("ICMP 重定向", "发送 ICMP 重定向", Severity.INFO),
    "source_routes": ("IP 源路由", "处理带源路由选项的报文", Severity.MINOR),
    "directed_broadcasts": ("定向广播", "转发定向广播", Severity.MINOR),
}
"""By feature: object, what an interface does, severity."""
SHOWN = 8
"""Interfaces named in a message; the evidence has all."""


@check("CTL-005", "ip_settings")
def ip_settings(context: Context) -> list[Result]:
    """Feature by feature, over all layer 3 interfaces."""
    rows: tuple[IpSetting, ...] = value_of(context.facts.ip_settings)
    if not rows:
        return [not_applicable("没有启用的三层业务口")]
    return [
        _judged(object_, does, severity, [row for row in rows if row.feature == feature])
        for feature, (object_, does, severity) in _FEATURES.items()
    ]


def _judged(object_: str, does: str, severity: Severity, rows: Sequence[IpSetting]) -> Result:
    on = [row for row in rows if row.on]
    if said := [row for row in on if row.said]:
        rest = f"，另有 {len(on) - len(said)} 个缺省即如此" if len(on) > len(said) else ""
        seen = [row.seen for row in (*said, *(row for row in on if not row.said))]
        return failed(object_, severity, f"{_names(said)} 配置为{does}{rest}", *seen)
    if on:
        return lacking(object_, severity, f"{_names(on)} 没有关闭，缺省{does}", *(row.seen for row in on))
    if silent := [row for row in rows if row.on is None]:
        why = f"{_names(silent)} 没有写明是否{does}，缺省值没有依据"
        return not_assessed(Reason.UNPARSED, why, object_, *(row.seen for row in silent))
    return passed(object_, f"{len(rows)} 个三层口都不{does}", *(row.seen for row in rows))


def _names(rows: Sequence[IpSetting]) -> str:
    names = [row.interface for row in rows]
    return "、".join(names[:SHOWN]) + (f" 等 {len(names)} 个三层口" if len(names) > SHOWN else "")
