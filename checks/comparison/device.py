"""One device that was inspected both times: its things, configuration, logs and problems."""

from collections.abc import Sequence
from typing import Any, Literal

from checks.comparison.configuration import blocks
from checks.comparison.difference import Change, Gap
from checks.comparison.found import PRESENCE, Found
from checks.comparison.logs import news
from checks.comparison.rows import KINDS
from checks.comparison.sides import Inspected
from checks.comparison.things import changed, comparable, compare_things
from checks.lifecycle import looked
from checks.record import DeviceRecord
from checks.words import FACT_WORDS, SEVERITY_WORDS
from parsers.facts import Facts, Unknown


def compare_device(old: Inspected, new: Inspected, was: Facts, now: Facts, found: Found) -> None:
    """Compare one device with itself; `was` and `now` are the facts of the two sides."""
    if old.name == new.name:
        found.same("设备")
    else:
        found.add(changed(new.name, "devices", "设备", "", "名称", old.name, new.name), "name")
    for kind in KINDS:
        if comparable(new.name, kind.fact, kind.label, was, now, found):
            compare_things(
                new.name, kind.name, kind.label, kind.fields, kind.things(was), kind.things(now), found
            )
    _configuration(new.name, was, now, found)
    _logs(new.name, was, now, found)
    _findings(old, new, found)


def _configuration(device: str, was: Facts, now: Facts, found: Found) -> None:
    if not comparable(device, "config", FACT_WORDS["config"], was, now, found):
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
            PRESENCE,
        )


def _lines(header: str, lines: Sequence[str]) -> str:
    return "\n".join(line or header for line in lines)


def _logs(device: str, was: Facts, now: Facts, found: Found) -> None:
    if comparable(device, "log_events", "日志", was, now, found):
        old, new = news(was, now, found.rules.log_severity)
        compare_things(device, "logs", "日志", {"event": "记录"}, old, new, found)


def _findings(old: Inspected, new: Inspected, found: Found) -> None:
    if old.record is None or new.record is None:
        found.gaps.append(Gap(device=new.name, label="问题", why="有一次没有判定记录"))
        return
    was, unsure_now = _seen_by(old.record, new.record, new.checks)
    now, unsure_then = _seen_by(new.record, old.record, old.checks)
    for which, names in (("本次", unsure_now), ("前次", unsure_then)):
        for name in names:
            found.gaps.append(Gap(device=new.name, label="问题", why=f"{name}：{which}未检查"))
    compare_things(new.name, "findings", "问题", {"severity": "级别"}, was, now, found)


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
