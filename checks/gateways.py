"""Gateway redundancy: VRRP and HSRP groups, alone and as their devices see them together."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.fleet import Fleet
from checks.verdict import Result, Severity, failed, not_applicable, passed
from parsers.facts import Fhrp, Interface, Unknown

_STATES = {"master": "主（Master/Active）", "backup": "备（Backup/Standby）", "init": "初始（Initialize）"}
_Side = tuple[str, Fhrp]
"""Device and its view of a group."""


@check("L3-007", "fhrp", "interfaces")
def groups(context: Context) -> list[Result]:
    """Each group: one master among the inspected devices, and the one that was planned.

    What several devices show together is reported by the one that stands first in the inventory.
    """
    rows: tuple[Fhrp, ...] = value_of(context.facts.fhrp)
    interfaces = {row.name.lower(): row for row in value_of(context.facts.interfaces)}
    results = [_group(row, interfaces.get(row.interface.lower()), context) for row in rows]
    return results or [not_applicable("没有配置 VRRP/HSRP")]


def object_of(row: Fhrp) -> str:
    """A group's name: its interface and its number."""
    return f"{row.interface} {row.group}"


def _group(row: Fhrp, interface: Interface | None, context: Context) -> Result:
    object_ = object_of(row)
    if interface is not None and not interface.oper_up:
        return not_applicable("网关接口 down，备份组不工作", object_)
    if row.state == "init":
        said = "备份组状态为初始（Initialize），而网关接口 up"
        return failed(object_, Severity.CRITICAL, said, row.seen)
    sides = context.fleet.once(_sides).get((row.group, row.vip), []) if row.vip else []
    wrong = _together(sides)
    if wrong:
        first = sides[0][0]
        if first != context.device.name:
            return not_applicable(f"{wrong}，由 {first} 报告", object_)
        return failed(object_, Severity.CRITICAL, wrong, row.seen)
    wanted = {name.lower(): role for name, role in context.device.expect.fhrp_roles.items()}.get(
        object_.lower()
    )
    if wanted is not None and wanted != row.state:
        said = f"本端为{_STATES[row.state]}，规划为{_STATES[wanted]}"
        return failed(object_, Severity.MAJOR, said, row.seen)
    alone = "" if len(sides) > 1 else "；对端不在本次采集中，主备关系未核对"
    return passed(object_, f"虚地址 {row.vip or '未知'}，本端为{_STATES[row.state]}{alone}", row.seen)


def _together(sides: Sequence[_Side]) -> str:
    """What is wrong with a group as several devices show it together; empty for nothing."""
    masters = [device for device, row in sides if row.state == "master"]
    names = "、".join(device for device, _ in sides)
    if len(sides) > 1 and len(masters) > 1:
        return f"{'、'.join(masters)} 同时为主，虚地址 {sides[0][1].vip}"
    if len(sides) > 1 and not masters:
        return f"{names} 中没有一台为主，虚地址 {sides[0][1].vip}"
    return ""


def _sides(fleet: Fleet) -> dict[tuple[int, str], list[_Side]]:
    """Every group by number and virtual address, with its devices in the order of the inventory."""
    found: dict[tuple[int, str], list[_Side]] = {}
    for member in fleet.members:
        fact = member.facts.fhrp
        for row in () if isinstance(fact, Unknown) else fact.value:
            if row.vip and row.state != "init":
                found.setdefault((row.group, row.vip), []).append((member.device.name, row))
    return found
