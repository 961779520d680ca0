"""Two inspections of one site compared: every difference once, with whether it needs an explanation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any, Literal

from baselines.comparing import ComparisonRules, ExpectedChange, Place
from checks.comparison.configuration import blocks
from checks.comparison.logs import news
from checks.comparison.rows import KINDS
from checks.identity import serial_numbers
from checks.lifecycle import looked
from checks.record import DeviceRecord
from checks.words import FACT_WORDS, REASON_WORDS, SEVERITY_WORDS
from parsers.facts import Facts, Partial, Unknown


class ChangeVerdict(StrEnum):
    """What a difference means; what is the same is counted, not listed."""

    UNEXPLAINED = "unexplained"
    """需解释的变化."""
    EXPECTED = "expected"
    """预期变化: declared beforehand, or harmless by rule."""


VERDICT_WORDS: Mapping[ChangeVerdict, str] = {
    ChangeVerdict.UNEXPLAINED: "需解释的变化",
    ChangeVerdict.EXPECTED: "预期变化",
}
UNCHANGED = "无变化"
WHOLE_DEVICE = "整机"
"""Label of a gap that is a device of which nothing could be compared."""

_PRESENCE = ""
"""Field of a change of a thing as a whole."""
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """One device of one inspection."""

    name: str
    facts: Facts | None
    """None: it was not inspected. Secrets masked, or both sides' are."""
    why: str = ""
    """Why it was not; in Chinese."""
    record: DeviceRecord | None = None
    """What was found on it; None: it was not judged."""
    checks: tuple[str, ...] = ()
    """Ids of the checks that were run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One inspection."""

    run_id: str
    site: str
    at: datetime
    devices: tuple[Inspected, ...]
    inventory: tuple[str, ...] = ()
    """Names of all devices of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference."""

    device: str
    """Its name in the second inspection, or in the first where the second has it not."""
    kind: str
    label: str
    """The kind in Chinese."""
    object: str
    """Empty for the device as a whole."""
    field: str
    """In Chinese; empty where a thing as a whole came or went, or a block of configuration changed."""
    change: Literal["added", "removed", "changed"]
    before: str
    after: str
    """In Chinese or the device's words; empty for the side that has nothing."""
    verdict: ChangeVerdict = ChangeVerdict.UNEXPLAINED
    why: str = ""
    """By what it is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be compared, or only in part."""

    device: str
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The second inspection against the first."""

    site: str
    before: str
    after: str
    """Ids of the runs."""
    before_at: datetime
    after_at: datetime
    devices: int
    """That were compared: inspected both times."""
    changes: tuple[Change, ...]
    """By device in the second's order, then as KINDS have them."""
    unchanged: Mapping[str, int]
    """By label of the kind how many things are the same, within the tolerances."""
    gaps: tuple[Gap, ...]

    def count(self, verdict: ChangeVerdict) -> int:
        """How many changes are judged so."""
        return sum(change.verdict is verdict for change in self.changes)


@dataclass(slots=True)
class _Found:
    """What comparing has found so far."""

    rules: ComparisonRules
    changes: list[Change] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    unchanged: dict[str, int] = field(default_factory=dict)

    def same(self, label: str) -> None:
        self.unchanged[label] = self.unchanged.get(label, 0) + 1

    def add(self, change: Change, field_name: str) -> None:
        """Take a change up, unless it is to be ignored; `field_name` is the field as rules name it."""
        if not any(_is_there(place, change, field_name) for place in self.rules.ignored):
            self.changes.append(_judged(change, field_name, self.rules.expected))


def known_fields() -> dict[str, tuple[str, ...]]:
    """Name every kind that is compared and its fields, as rules name them."""
    fields = {kind.name: tuple(kind.fields) for kind in KINDS}
    return {
        "devices": ("inspected", "name"),
        **fields,
        "configuration": (),
        "logs": (),
        "findings": ("severity",),
    }


def compare(before: Side, after: Side, rules: ComparisonRules) -> Comparison:
    """Compare two inspections; pure. Raises ValueError when they are of two sites, or one and the same."""
    if before.site != after.site:
        raise ValueError(f"{before.run_id} is of site {before.site}, {after.run_id} of {after.site}")
    if before.run_id == after.run_id:
        raise ValueError(f"{before.run_id} cannot be compared with itself")
    found = _Found(rules)
    compared = 0
    for old, new in _pairs(before, after):
        if old is None or new is None:
            _one_sided(old, new, found)
        elif old.facts is None or new.facts is None:
            _not_inspected(old, new, found)
        else:
            compared += 1
            _device(old, new, old.facts, new.facts, found)
    return Comparison(
        site=after.site,
        before=before.run_id,
        after=after.run_id,
        before_at=before.at,
        after_at=after.at,
        devices=compared,
        changes=tuple(found.changes),
        unchanged=found.unchanged,
        gaps=tuple(found.gaps),
    )


# --- devices -------------------------------------------------------------------------------------


def _pairs(before: Side, after: Side) -> Iterator[tuple[Inspected | None, Inspected | None]]:
    """Each device of either side once: by name, else by serial number where both names are new or gone."""
    old = {device.name: device for device in before.devices}
    new = {device.name: device for device in after.devices}
    alone = {n: d for n, d in old.items() if n not in new and n not in after.inventory}
    for device in after.devices:
        partner = old.get(device.name)
        if partner is None and device.name not in before.inventory:
            partner = _same_hardware(device, alone)
            if partner is not None:
                del alone[partner.name]
        yield partner, device
    taken = {d.name for d in alone.values()}
    yield from ((d, None) for n, d in old.items() if n not in new and (n in taken or n in after.inventory))


def _same_hardware(device: Inspected, others: Mapping[str, Inspected]) -> Inspected | None:
    serials = frozenset() if device.facts is None else serial_numbers(device.facts)
    return next(
        (o for o in others.values() if o.facts is not None and serials & serial_numbers(o.facts)), None
    )


def _one_sided(old: Inspected | None, new: Inspected | None, found: _Found) -> None:
    present = old or new
    if present is None:
        return
    change: Literal["added", "removed"] = "added" if old is None else "removed"
    said = "在巡检范围内"
    found.add(
        Change(
            device=present.name,
            kind="devices",
            label="设备",
            object="",
            field="",
            change=change,
            before=said if old else "",
            after=said if new else "",
        ),
        _PRESENCE,
    )


def _not_inspected(old: Inspected, new: Inspected, found: _Found) -> None:
    if (old.facts is None) != (new.facts is None):
        found.add(
            _changed(new.name, "devices", "设备", "", "巡检情况", _inspected(old), _inspected(new)),
            "inspected",
        )
    why = "；".join(
        f"{which}未检：{each.why}" for which, each in (("前次", old), ("本次", new)) if each.facts is None
    )
    found.gaps.append(Gap(device=new.name, label=WHOLE_DEVICE, why=why))


def _inspected(device: Inspected) -> str:
    return "已检" if device.facts is not None else "未检"


def _device(old: Inspected, new: Inspected, was: Facts, now: Facts, found: _Found) -> None:
    if old.name == new.name:
        found.same("设备")
    else:
        found.add(_changed(new.name, "devices", "设备", "", "名称", old.name, new.name), "name")
    for kind in KINDS:
        if _comparable(new.name, kind.fact, kind.label, was, now, found):
            _things(new.name, kind.name, kind.label, kind.fields, kind.things(was), kind.things(now), found)
    _configuration(new.name, was, now, found)
    _logs(new.name, was, now, found)
    _findings(old, new, found)


# --- things --------------------------------------------------------------------------------------


def _comparable(device: str, fact: str, label: str, was: Facts, now: Facts, found: _Found) -> bool:
    """Whether both sides know the fact; says what is missing, once, and what was read in part."""
    sides = (("前次", getattr(was, fact)), ("本次", getattr(now, fact)))
    missing = [
        f"{which}{REASON_WORDS[each.reason].removeprefix('本次')}"
        for which, each in sides
        if isinstance(each, Unknown)
    ]
    partly = [f"{which}部分未能识别" for which, each in sides if isinstance(each, Partial)]
    if len(missing) == 2 and sides[0][1].reason is sides[1][1].reason is _never_asked(sides[0][1]):
        return False
    if missing or partly:
        found.gaps.append(Gap(device=device, label=label, why="；".join((*missing, *partly))))
    return not missing


def _never_asked(fact: Unknown) -> Any:
    """The reason, where it says that the device was never asked or has no such thing; else None."""
    return fact.reason if fact.reason in ("not_collected", "unsupported") else None


def _things(
    device: str,
    kind: str,
    label: str,
    fields: Mapping[str, str],
    was: Mapping[str, Mapping[str, Any]],
    now: Mapping[str, Mapping[str, Any]],
    found: _Found,
) -> None:
    for name in dict.fromkeys((*now, *was)):
        old, new = was.get(name), now.get(name)
        if old is None or new is None:
            _whole(device, kind, label, name, _shown_all(fields, old), _shown_all(fields, new), found)
            continue
        differing = [f for f in fields if not _alike(found.rules, f"{kind}.{f}", old[f], new[f])]
        if not differing:
            found.same(label)
        for each in differing:
            change = _changed(device, kind, label, name, fields[each], _shown(old[each]), _shown(new[each]))
            found.add(change, each)


def _whole(device: str, kind: str, label: str, name: str, was: str, now: str, found: _Found) -> None:
    change: Literal["added", "removed"] = "removed" if was else "added"
    found.add(
        Change(
            device=device, kind=kind, label=label, object=name, field="", change=change, before=was, after=now
        ),
        _PRESENCE,
    )


def _alike(rules: ComparisonRules, name: str, old: Any, new: Any) -> bool:
    if old == new:
        return True
    tolerance = rules.tolerances.get(name)
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (old, new))
    return tolerance is not None and numbers and tolerance.covers(old, new)


def _changed(device: str, kind: str, label: str, name: str, field_: str, before: str, after: str) -> Change:
    return Change(
        device=device,
        kind=kind,
        label=label,
        object=name,
        field=field_,
        change="changed",
        before=before,
        after=after,
    )


def _shown(value: Any) -> str:
    match value:
        case None:
            return "—"
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:.2f}".rstrip("0").rstrip(".")
        case tuple():
            return "、".join(map(str, value)) or "—"
        case _:
            return str(value)


def _shown_all(fields: Mapping[str, str], thing: Mapping[str, Any] | None) -> str:
    """What a thing was, in short; empty where it is not."""
    if thing is None:
        return ""
    told = [f"{label} {_shown(thing[name])}" for name, label in fields.items() if thing[name] is not None]
    return "，".join(told) or "存在"


# --- configuration, logs, findings ---------------------------------------------------------------


def _configuration(device: str, was: Facts, now: Facts, found: _Found) -> None:
    if not _comparable(device, "config", FACT_WORDS["config"], was, now, found):
        return
    if isinstance(was.config, Unknown) or isinstance(now.config, Unknown):
        return
    differing = list(blocks(was.config.value, now.config.value, found.rules.volatile_lines))
    if not differing:
        found.same("配置")
    for block in differing:
        change: Literal["added", "removed", "changed"] = (
            "changed" if block.in_before and block.in_after else "added" if block.in_after else "removed"
        )
        found.add(
            Change(
                device=device,
                kind="configuration",
                label="配置",
                object=block.header,
                field="",
                change=change,
                before=_lines(block.header, block.removed),
                after=_lines(block.header, block.added),
            ),
            _PRESENCE,
        )


def _lines(header: str, lines: Sequence[str]) -> str:
    return "\n".join(line or header for line in lines)


def _logs(device: str, was: Facts, now: Facts, found: _Found) -> None:
    if _comparable(device, "log_events", "日志", was, now, found):
        old, new = news(was, now, found.rules.log_severity)
        _things(device, "logs", "日志", {"event": "记录"}, old, new, found)


def _findings(old: Inspected, new: Inspected, found: _Found) -> None:
    if old.record is None or new.record is None:
        found.gaps.append(Gap(device=new.name, label="问题", why="有一次没有判定记录"))
        return
    was, unsure_now = _seen_by(old.record, new.record, new.checks)
    now, unsure_then = _seen_by(new.record, old.record, old.checks)
    for which, names in (("本次", unsure_now), ("前次", unsure_then)):
        for name in names:
            found.gaps.append(Gap(device=new.name, label="问题", why=f"{name}：{which}未检查"))
    _things(new.name, "findings", "问题", {"severity": "级别"}, was, now, found)


def _seen_by(
    device: DeviceRecord, other: DeviceRecord, checks: Sequence[str]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The problems of one side by name, and those of them of which the other side can say nothing."""
    theirs = {problem.identity for problem in other.problems}
    seen, unsure = {}, []
    for problem in device.problems:
        name = " ".join(part for part in problem.identity if part)
        if problem.identity in theirs or looked(other, checks, *problem.identity):
            seen[name] = {"severity": SEVERITY_WORDS[problem.severity]}
        else:
            unsure.append(name)
    return seen, unsure


# --- verdicts ------------------------------------------------------------------------------------


def _judged(change: Change, field_name: str, expected: Sequence[ExpectedChange]) -> Change:
    for rule in expected:
        if (
            _is_there(rule, change, field_name)
            and rule.change in ("any", change.change)
            and _values(rule, change)
        ):
            return replace(change, verdict=ChangeVerdict.EXPECTED, why=rule.why)
    return change


def _values(rule: ExpectedChange, change: Change) -> bool:
    return fnmatchcase(change.before, rule.before) and fnmatchcase(change.after, rule.after)


def _is_there(place: Place, change: Change, field_name: str) -> bool:
    return (
        fnmatchcase(change.kind, place.kind)
        and fnmatchcase(change.device, place.device)
        and fnmatchcase(change.object, place.object)
        and (place.field == "*" or fnmatchcase(field_name, place.field))
    )
