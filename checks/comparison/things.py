"""Things that a device has several of, compared one by one and value by value."""

from collections.abc import Mapping
from typing import Any, Literal

from baselines.comparing import ComparisonRules
from checks.comparison.difference import Change, Gap
from checks.comparison.found import PRESENCE, Found
from checks.words import REASON_WORDS
from parsers.facts import Facts, Partial, Unknown


def comparable(device: str, fact: str, label: str, was: Facts, now: Facts, found: Found) -> bool:
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


def compare_things(
    device: str,
    kind: str,
    label: str,
    fields: Mapping[str, str],
    was: Mapping[str, Mapping[str, Any]],
    now: Mapping[str, Mapping[str, Any]],
    found: Found,
) -> None:
    """Compare the things of one kind by name: what came, what went, each field that is no longer alike."""
    for name in dict.fromkeys((*now, *was)):
        old, new = was.get(name), now.get(name)
        if old is None or new is None:
            _whole(device, kind, label, name, _shown_all(fields, old), _shown_all(fields, new), found)
            continue
        differing = [f for f in fields if not _alike(found.rules, f"{kind}.{f}", old[f], new[f])]
        if not differing:
            found.same(label)
        for each in differing:
            change = changed(device, kind, label, name, fields[each], _shown(old[each]), _shown(new[each]))
            found.add(change, each)


def _whole(device: str, kind: str, label: str, name: str, was: str, now: str, found: Found) -> None:
    change: Literal["added", "removed"] = "removed" if was else "added"
    found.add(
        Change(
            device=device, kind=kind, label=label, object=name, field="", change=change, before=was, after=now
        ),
        PRESENCE,
    )


def _alike(rules: ComparisonRules, name: str, old: Any, new: Any) -> bool:
    if old == new:
        return True
    tolerance = rules.tolerances.get(name)
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (old, new))
    return tolerance is not None and numbers and tolerance.covers(old, new)


def changed(device: str, kind: str, label: str, name: str, field_: str, before: str, after: str) -> Change:
    """Give the change of one value of a thing that both sides have."""
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
