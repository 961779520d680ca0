"""The life of every problem over all inspections of a site: appeared, remains, came back, solved, accepted.

A problem is one check on one device and one object. Only an inspection that looked can solve it: while its
device is not reached, its check not run or its object not assessed, it stays as it is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from checks.identity import Tracker, Unit
from checks.record import DeviceRecord, FoundProblem, InspectionRecord
from checks.verdict import Severity


class ProblemState(StrEnum):
    """Where a problem stands after an inspection."""

    NEW = "new"
    """新增: found for the first time."""
    REMAINING = "remaining"
    """遗留: found before and not solved since."""
    RECURRED = "recurred"
    """复发: had been solved."""
    ACCEPTED = "accepted"
    """已接受: by a waiver that holds."""
    SOLVED = "solved"
    """已解决: looked for and not found."""

    @property
    def open(self) -> bool:
        """Not solved, be it accepted."""
        return self is not ProblemState.SOLVED


STATE_WORDS: Mapping[ProblemState, str] = {
    ProblemState.NEW: "新增",
    ProblemState.REMAINING: "遗留",
    ProblemState.RECURRED: "复发",
    ProblemState.ACCEPTED: "已接受",
    ProblemState.SOLVED: "已解决",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem after the last of some inspections."""

    id: str
    """The same in every inspection: `Q-` and eight hex digits."""
    check_id: str
    device: str
    """Its present name."""
    former_names: tuple[str, ...]
    """What the device was called before, the first in front."""
    object: str
    state: ProblemState
    severity: Severity
    message: str
    """Both as last found."""
    number: str
    """Within the last inspection: `P001`; empty when it was not found there."""
    first_seen: datetime
    """The beginning of the first inspection that found it."""
    since: datetime
    """Of the one that found it new, or come back the last time."""
    last_seen: datetime
    times: int
    """How many inspections have found it since it appeared or came back."""
    recurrences: int
    """How often it came back."""
    solved_at: datetime | None
    confirmed: bool
    """The last inspection has looked; False: it stands because nobody could or wanted to look."""
    in_inventory: bool
    """The device is still among those of the site."""
    replaced_at: datetime | None
    """When the device was found to be another piece of hardware since the problem appeared."""

    @property
    def said(self) -> str:
        """The state in Chinese, e.g. `遗留（第 3 次）`."""
        word = STATE_WORDS[self.state]
        return f"{word}（第 {self.times} 次）" if self.state is ProblemState.REMAINING else word

    def age(self, now: datetime) -> timedelta:
        """How long it has stood, or stood until it was solved."""
        return (self.solved_at or now) - self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What people have said of one problem."""

    owner: str = ""
    due: date | None = None
    note: str = ""


@dataclass(slots=True)
class _Life:
    unit: Unit
    found: FoundProblem
    state: ProblemState
    first_seen: datetime
    since: datetime
    last_seen: datetime
    times: int = 1
    recurrences: int = 0
    solved_at: datetime | None = None
    confirmed: bool = True


def follow(records: Sequence[InspectionRecord]) -> tuple[Problem, ...]:
    """Follow all problems of one site through its inspections, the oldest first, to the last of them.

    Gives open ones first in the order of the last inspection's numbers, then those it did not find, then
    solved ones; raises ValueError when an inspection is of another site or not in order.
    """
    _in_order(records)
    tracker = Tracker()
    lives: dict[tuple[str, str, str], _Life] = {}
    for record in records:
        for life in lives.values():
            life.confirmed = False
        reached = [device for device in record.devices if device.reached]
        units = tracker.see(record.started_at, ((d.name, d.serials) for d in reached), record.inventory)
        by_unit = _by_unit(lives)
        for device in reached:
            unit = units[device.name]
            _find(lives, unit, device, record)
            _settle(by_unit.get(unit.key, ()), device, record)
    if not records:
        return ()
    last = records[-1]
    return tuple(sorted((_problem(life, last) for life in lives.values()), key=_place))


def _in_order(records: Sequence[InspectionRecord]) -> None:
    if len({record.site for record in records}) > 1:
        raise ValueError("inspections of several sites cannot be followed as one")
    times = [record.started_at for record in records]
    if times != sorted(times):
        raise ValueError("inspections are followed from the oldest to the newest")


def _by_unit(lives: Mapping[tuple[str, str, str], _Life]) -> dict[str, list[_Life]]:
    grouped: dict[str, list[_Life]] = {}
    for life in lives.values():
        grouped.setdefault(life.unit.key, []).append(life)
    return grouped


def _find(
    lives: dict[tuple[str, str, str], _Life], unit: Unit, device: DeviceRecord, record: InspectionRecord
) -> None:
    at = record.started_at
    for found in device.problems:
        key = (unit.key, *found.identity)
        life = lives.get(key)
        if life is None:
            state = ProblemState.ACCEPTED if found.accepted else ProblemState.NEW
            lives[key] = _Life(unit, found, state, first_seen=at, since=at, last_seen=at)
            continue
        if life.state is ProblemState.SOLVED:
            life.since, life.times, life.solved_at = at, 0, None
            life.recurrences += 1
            life.state = ProblemState.RECURRED
        else:
            life.state = ProblemState.REMAINING
        if found.accepted:
            life.state = ProblemState.ACCEPTED
        life.found, life.last_seen, life.confirmed = found, at, True
        life.times += 1


def _settle(lives: Iterable[_Life], device: DeviceRecord, record: InspectionRecord) -> None:
    """Solve what was looked for on this device and is not among what was found."""
    found = {problem.identity for problem in device.problems}
    for life in lives:
        identity = life.found.identity
        if identity not in found and looked(device, record.checks, *identity):
            life.confirmed = True
            if life.state.open:
                life.state, life.solved_at = ProblemState.SOLVED, record.started_at


def looked(device: DeviceRecord, checks: Collection[str], check_id: str, object_: str) -> bool:
    """Tell whether an inspection that ran these checks can say that the object is in order."""
    if check_id not in checks:
        return False
    return check_id not in device.unsure or object_ in device.unsure[check_id]


def _problem(life: _Life, last: InspectionRecord) -> Problem:
    unit, found = life.unit, life.found
    replaced = unit.replaced_at if unit.replaced_at and unit.replaced_at > life.since else None
    return Problem(
        id=problem_id(last.site, unit.key, *found.identity),
        check_id=found.check_id,
        device=unit.name,
        former_names=tuple(dict.fromkeys(name for name in unit.names if name != unit.name)),
        object=found.object,
        state=life.state,
        severity=found.severity,
        message=found.message,
        number=found.number if life.last_seen == last.started_at else "",
        first_seen=life.first_seen,
        since=life.since,
        last_seen=life.last_seen,
        times=life.times,
        recurrences=life.recurrences,
        solved_at=life.solved_at,
        confirmed=life.confirmed,
        in_inventory=unit.name in last.inventory,
        replaced_at=replaced,
    )


def problem_id(site: str, device_key: str, check_id: str, object_: str) -> str:
    """Make the name by which people refer to a problem over the years."""
    said = "\n".join((site, device_key, check_id, object_))
    return f"Q-{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _place(problem: Problem) -> tuple[bool, bool, str, str, str, str]:
    return (
        not problem.state.open,
        not problem.number,
        problem.number,
        problem.device,
        problem.check_id,
        problem.object,
    )


def counts(problems: Iterable[Problem]) -> dict[ProblemState, int]:
    """How many are in each state, none left out."""
    counted = dict.fromkeys(ProblemState, 0)
    for problem in problems:
        counted[problem.state] += 1
    return counted


AGES: tuple[tuple[str, int | None], ...] = (
    ("30 天内", 30),
    ("31–90 天", 90),
    ("91–180 天", 180),
    ("181–365 天", 365),
    ("一年以上", None),
)
"""Classes of the ageing chart, each with the last day that belongs to it."""


def ageing(problems: Iterable[Problem], now: datetime) -> dict[str, dict[Severity, int]]:
    """How many open problems that nobody accepted are how old, by severity; classes without any too."""
    counted = {name: dict.fromkeys(Severity, 0) for name, _ in AGES}
    for problem in problems:
        if problem.state.open and problem.state is not ProblemState.ACCEPTED:
            days = problem.age(now).days
            name = next(name for name, last in AGES if last is None or days <= last)
            counted[name][problem.severity] += 1
    return counted
