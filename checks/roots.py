"""Where spanning tree has its root: where it was planned, not at the edge, and in one place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checks.check import Context, check, value_of
from checks.fleet import Fleet
from checks.links import links_of
from checks.loops import STP_OFF
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Reason, Stp, Unknown

_MAC = re.compile(r"(?:(?:[0-9a-f]{4}[-.]){2}[0-9a-f]{4}|(?:[0-9a-f]{2}[-:]){5}[0-9a-f]{2})$")
_PRIORITY = re.compile(rf"(\d{{1,5}})[. ] ?(?:{_MAC.pattern})")
"""In front of the address: `32768.0000-5e00-5301`."""
_ONE_TREE = ("stp", "rstp", "mstp")
"""Modes with one root for all VLANs."""
DEFAULT_PRIORITY = 32768


def _mac(bridge: str | None) -> str:
    """Hex digits of the address in a bridge id; empty where there is none."""
    found = _MAC.search((bridge or "").strip().lower())
    return re.sub(r"[-.:]", "", found[0]) if found else ""


def _priority(bridge: str | None) -> int | None:
    found = _PRIORITY.match((bridge or "").strip().lower())
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class _Trees:
    """Every device with spanning tree on, in the order of the inventory."""

    rows: Mapping[str, Stp]
    device_of: Mapping[str, str]
    """By address of the bridge."""
    first_under: Mapping[str, str]
    """By address of the root: the first device that sees it."""


def _trees(fleet: Fleet) -> _Trees:
    known = [(m.device.name, m.facts.stp) for m in fleet.members]
    rows = {name: fact.value for name, fact in known if not isinstance(fact, Unknown) and fact.value.enabled}
    first: dict[str, str] = {}
    for name, row in rows.items():
        first.setdefault(_mac(row.root_bridge), name)
    return _Trees(rows, {_mac(row.bridge_id): name for name, row in rows.items()}, first)


@check("L2-002", "stp", also=("lldp",))
def root_bridge(context: Context) -> list[Result]:
    """The root is a planned one, or at least none at the edge; linked devices agree on it."""
    row: Stp = value_of(context.facts.stp)
    if not row.enabled:
        return [not_applicable(STP_OFF)]
    if not _mac(row.root_bridge):
        return [not_assessed(Reason.UNSUPPORTED, "设备没有给出根桥", "", row.seen)]
    trees = context.fleet.once(_trees)
    plan = {_mac(name) or name.lower() for name in context.params["root_bridges"]}
    return [
        _place(context, row, trees, plan),
        *_priorities(context, row, plan),
        *_other_roots(context, row, trees),
    ]


def _place(context: Context, row: Stp, trees: _Trees, plan: set[str]) -> Result:
    root = _mac(row.root_bridge)
    holder = trees.device_of.get(root)
    shown = f"根桥 {row.root_bridge}" + (f"（{holder}）" if holder else "（不在本次采集中）")
    wrong = _misplaced(context.fleet, root, holder, plan)
    if not wrong:
        return passed("", f"{shown}，{'符合规划' if plan else '未登记规划，只作记录'}", row.seen)
    teller = holder or trees.first_under[root]
    if teller != context.device.name:
        return not_applicable(f"{shown}，{wrong}，由 {teller} 报告")
    return failed("", Severity.MAJOR, f"{shown}，{wrong}", row.seen)


def _misplaced(fleet: Fleet, root: str, holder: str | None, plan: set[str]) -> str:
    """Why the root ought not to be there; empty where it may."""
    if plan:
        return "" if root in plan or (holder or "").lower() in plan else "不是规划的根桥"
    member = fleet.get(holder) if holder else None
    return "它是接入设备" if member is not None and member.device.role == "access" else ""


def _priorities(context: Context, row: Stp, plan: set[str]) -> list[Result]:
    """A planned root must have been given a priority: by default the oldest address wins."""
    if context.device.name.lower() not in plan and _mac(row.bridge_id) not in plan:
        return []
    priority = _priority(row.bridge_id)
    if priority is None:
        return [not_assessed(Reason.UNSUPPORTED, "规划的根桥，设备没有给出桥优先级", "priority", row.seen)]
    if priority >= DEFAULT_PRIORITY:
        said = f"规划的根桥，优先级 {priority} 仍是缺省值"
        return [failed("priority", Severity.MINOR, said, row.seen)]
    return [passed("priority", f"规划的根桥，优先级 {priority}", row.seen)]


def _other_roots(context: Context, row: Stp, trees: _Trees) -> list[Result]:
    """Neighbours that see another root, though one tree ought to span both."""
    if row.mode not in _ONE_TREE:
        return []
    own, results = context.device.name, []
    for link in context.fleet.once(links_of).of.get(own, ()):
        other = link.b.device if link.a.device == own else link.a.device
        theirs = trees.rows.get(other)
        if theirs is None or theirs.mode not in _ONE_TREE or not _mac(theirs.root_bridge):
            continue
        if _mac(theirs.root_bridge) != _mac(row.root_bridge):
            results.append((other, theirs))
    first = list(trees.rows)
    return [
        failed(
            f"root of {other}",
            Severity.MAJOR,
            f"本端根桥 {row.root_bridge}，相连的 {other} 根桥 {theirs.root_bridge}：一个二层网出现两个根",
            row.seen,
        )
        for other, theirs in dict(results).items()
        if first.index(own) < first.index(other)
    ]
