"""Devices that ought to be alike, and links whose ends ought to fit."""

import re
from collections.abc import Iterator, Mapping

from checks.check import Context, check, value_of
from checks.fleet import Fleet
from checks.links import End, digits, links_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Optic, Reason, Unknown

_Groups = Mapping[tuple[str, str], Mapping[str, str]]
"""By model and role: versions by name of the device, in the order of the inventory."""


@check("VER-007", "software", "identity")
def same_versions(context: Context) -> list[Result]:
    """One model in one role runs one version; told once, at the first of these devices."""
    software, identity = value_of(context.facts.software), value_of(context.facts.identity)
    group = context.fleet.once(_versions).get((identity.model, context.device.role), {})
    if len(group) < 2:
        return [not_applicable("同型号、同角色的设备只有本机取得了版本")]
    by_version: dict[str, list[str]] = {}
    for name, version in group.items():
        by_version.setdefault(version, []).append(name)
    shown = "；".join(f"{version}：{'、'.join(names)}" for version, names in by_version.items())
    if len(by_version) == 1:
        return [passed("", f"同型号、同角色的 {len(group)} 台版本一致：{software.version}", software.seen)]
    first = next(iter(group))
    if first != context.device.name:
        return [not_applicable(f"{identity.model} 有 {len(by_version)} 个版本，在 {first} 处汇总报告一次")]
    said = f"同型号 {identity.model}、同角色的 {len(group)} 台有 {len(by_version)} 个版本：{shown}"
    return [failed("", Severity.MINOR, said, software.seen)]


def _versions(fleet: Fleet) -> _Groups:
    groups: dict[tuple[str, str], dict[str, str]] = {}
    for member in fleet.members:
        identity, software = member.facts.identity, member.facts.software
        if not isinstance(identity, Unknown) and not isinstance(software, Unknown):
            key = identity.value.model, member.device.role
            groups.setdefault(key, {})[member.device.name] = software.value.version
    return groups


@check("OPT-007", "optics", "lldp")
def fitting_modules(context: Context) -> list[Result]:
    """Both ends of each link between inspected devices; told at the end that stands first."""
    own = {digits(row.interface): row for row in value_of(context.facts.optics)}
    results: list[Result] = []
    for link in context.fleet.once(links_of).of.get(context.device.name, ()):
        if link.a.device == context.device.name:
            results += _pair(link.a, link.b, own, context.fleet)
    return results or [not_applicable("没有由本机一端判定的、两端都有光模块的链路")]


def _pair(here: End, there: End, own: Mapping[str, Optic], fleet: Fleet) -> Iterator[Result]:
    """Nothing for a port without a module, for a cable, or for a neighbour that is not of the inspection."""
    mine, member = own.get(digits(here.port)), fleet.get(there.device)
    if mine is None or member is None:
        return
    if isinstance(member.facts.optics, Unknown):
        why = f"没有取得对端 {there.device} 的光模块数据，只有单端"
        yield not_assessed(member.facts.optics.reason, why, here.port, mine.seen)
        return
    modules = fleet.once(_modules).get(there.device, {})
    other = modules.get(digits(there.port))
    if other is not None and not (_wavelength(mine) is None and _wavelength(other) is None):
        yield _fit(mine, other, f"{there.device} {there.port}", here.port)


def _modules(fleet: Fleet) -> Mapping[str, Mapping[str, Optic]]:
    return {
        member.device.name: {digits(row.interface): row for row in member.facts.optics.value}
        for member in fleet.members
        if not isinstance(member.facts.optics, Unknown)
    }


def _fit(mine: Optic, other: Optic, where: str, port: str) -> Result:
    said = f"本端 {_worded(mine)}，对端 {where} {_worded(other)}"
    ours, theirs = _wavelength(mine), _wavelength(other)
    if ours is None or theirs is None:
        return not_assessed(Reason.UNSUPPORTED, f"{said}，有一端没有给出波长", port, mine.seen)
    speeds = {speed for row in (mine, other) if (speed := _speed(row)) is not None}
    if len(speeds) > 1:
        return failed(port, Severity.MAJOR, f"{said}，两端速率不同", mine.seen)
    same = abs(ours - theirs) < NEAR_NM
    if _is_bidi(mine) or _is_bidi(other):
        if same:
            return failed(port, Severity.MAJOR, f"{said}，单纤双向模块两端波长应互补", mine.seen)
        return passed(port, f"{said}，单纤双向，波长互补", mine.seen)
    if not same:
        return failed(port, Severity.MAJOR, f"{said}，两端波长不配对", mine.seen)
    return passed(port, f"{said}，配对", mine.seen)


NEAR_NM = 15.0
"""Two modules of one kind may name their wavelength a little differently."""
_SPEED = re.compile(r"(\d+)\s*G|\b(1000|100)\s*_?BASE", re.IGNORECASE)


_STANDARD = re.compile(r"BASE[-_ ]?(SR|SX|LR|LX|ER|ZR)", re.IGNORECASE)
_NM = {"SR": 850.0, "SX": 850.0, "LR": 1310.0, "LX": 1310.0, "ER": 1550.0, "ZR": 1550.0}
"""Nominal wavelengths of IEEE 802.3 and common practice, for a module that prints its standard only."""


def _wavelength(row: Optic) -> float | None:
    found = _STANDARD.search(row.type or "")
    return row.wavelength_nm if row.wavelength_nm is not None or found is None else _NM[found[1].upper()]


def _speed(row: Optic) -> str | None:
    found = _SPEED.search(row.type or "")
    return None if found is None else found[1] or found[2].replace("1000", "1")


def _is_bidi(row: Optic) -> bool:
    return re.search(r"BX|BIDI|BI-DI", row.type or "", re.IGNORECASE) is not None


def _worded(row: Optic) -> str:
    wave = "波长未给出" if (nm := _wavelength(row)) is None else f"{nm:g} nm"
    return f"{row.type or '类型未给出'}（{wave}）"
