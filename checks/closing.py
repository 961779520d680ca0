"""What a closing report of a critical period or change says: before against after, and what was between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from baselines.assurance_event import Event
from baselines.comparing import ExpectedChange
from checks.comparison import ChangeVerdict, Comparison
from checks.event_readiness import ReadinessReport
from checks.lifecycle import looked
from checks.record import DeviceRecord, FoundProblem, InspectionRecord
from checks.rounds import Round
from checks.verdict import SEVEREST_FIRST
from collector.inventory import Site


class Fate(StrEnum):
    """What became of a problem between the check before and the one after."""

    NEW = "new"
    UNSURE = "unsure"
    """Found before; after nobody has looked."""
    NOT_SEEN_BEFORE = "not_seen_before"
    """Found after; before nobody had looked."""
    REMAINS = "remains"
    GONE = "gone"


FATE_WORDS: Mapping[Fate, str] = {
    Fate.NEW: "新增",
    Fate.UNSURE: "未确认（保障后未检查）",
    Fate.NOT_SEEN_BEFORE: "保障前未检查",
    Fate.REMAINS: "遗留",
    Fate.GONE: "已消失",
}
_FATES = tuple(Fate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlived:
    """One problem, as last found."""

    device: str
    problem: FoundProblem
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One change that was declared, and how often it came to pass."""

    declared: ExpectedChange
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """All that the closing report of one site needs."""

    event: Event
    site: Site
    """As it was planned at the check after."""
    before: InspectionRecord | None
    """None: no check was held before."""
    after: InspectionRecord
    readiness: ReadinessReport | None
    rounds: tuple[Round, ...]
    comparison: Comparison | None
    """None where there was no check before."""
    effects: tuple[Effect, ...]
    problems: tuple[Outlived, ...]
    engineer: str
    tool_version: str
    made_at: datetime

    @property
    def unexplained(self) -> int:
        """Changes that need an explanation."""
        return 0 if self.comparison is None else self.comparison.count(ChangeVerdict.UNEXPLAINED)

    def count(self, fate: Fate) -> int:
        """How many problems ended so."""
        return sum(each.fate is fate for each in self.problems)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What keeps it from being the whole story, in Chinese."""
        said = []
        if self.before is None:
            said.append("没有保障前检查，不能作前后对比")
        elif not self.before.complete:
            said.append("保障前检查不完整")
        if not self.after.complete:
            said.append("保障后检查不完整")
        if not self.rounds:
            said.append("保障期间没有进行巡检轮次")
        elif broken := sum(not each.complete for each in self.rounds):
            said.append(f"{broken} 轮巡检不完整")
        if self.comparison is not None and self.comparison.gaps:
            said.append(f"{len(self.comparison.gaps)} 处没有比较或只比较了一部分")
        if unsure := self.count(Fate.UNSURE):
            said.append(f"{unsure} 个保障前的问题在保障后没有复查")
        return tuple(said)


def problems_between(before: InspectionRecord | None, after: InspectionRecord) -> tuple[Outlived, ...]:
    """What became of every problem of either check: what is worst to know first."""
    then = {} if before is None else {device.name: device for device in before.devices}
    now = {device.name: device for device in after.devices}
    found: list[Outlived] = []
    for name in dict.fromkeys((*now, *then)):
        checks = () if before is None else before.checks
        found += _of(name, then.get(name), now.get(name), checks, after.checks)
    return tuple(sorted(found, key=lambda each: (_FATES.index(each.fate), _severity(each), each.device)))


def _of(
    name: str,
    old: DeviceRecord | None,
    new: DeviceRecord | None,
    old_checks: Sequence[str],
    new_checks: Sequence[str],
) -> list[Outlived]:
    was = {p.identity: p for p in old.problems} if old else {}
    now = {p.identity: p for p in new.problems} if new else {}
    found = []
    for identity, problem in now.items():
        seen = old is not None and old.reached and looked(old, old_checks, *identity)
        fate = Fate.REMAINS if identity in was else Fate.NEW if seen else Fate.NOT_SEEN_BEFORE
        found.append(Outlived(device=name, problem=problem, fate=fate))
    for identity, problem in was.items():
        if identity not in now:
            seen = new is not None and new.reached and looked(new, new_checks, *identity)
            found.append(Outlived(device=name, problem=problem, fate=Fate.GONE if seen else Fate.UNSURE))
    return found


def _severity(each: Outlived) -> int:
    return SEVEREST_FIRST.index(each.problem.severity)


def effects_of(event: Event, comparison: Comparison | None) -> tuple[Effect, ...]:
    """How often each declared change came to pass."""
    changes = () if comparison is None else comparison.changes
    counted: dict[str, int] = {}
    for change in changes:
        if change.verdict is ChangeVerdict.EXPECTED:
            counted[change.why] = counted.get(change.why, 0) + 1
    return tuple(Effect(declared=each, times=counted.get(each.why, 0)) for each in event.expected)
