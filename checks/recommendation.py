"""The version to go to: the nearest one of the same line that clears the most, within what is approved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from baselines.approved import Approved
from checks.exposure import Certainty, Exposure, ExposureState
from checks.matching import AdvisoryIndex
from checks.ranges import read_base, read_patch
from checks.target import InForce, Missing, Target
from parsers.versions import Order, Version, compare


class Basis(StrEnum):
    """What a recommendation rests on."""

    APPROVED = "approved"
    """The customer approved the version."""
    FIX = "fix"
    """The advisories name it as a fix."""
    STAY = "stay"
    """Nothing that is known asks for another version."""
    NONE = "none"
    """There is none in the same line, or the version is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """Where to go, why, and what stays open there."""

    basis: Basis
    version: str = ""
    """Base and patch as reports print them; empty for NONE."""
    clears: tuple[str, ...] = ()
    """Numbers of the problems that are gone there."""
    leaves: tuple[str, ...] = ()
    """Numbers of the problems that still affect it there."""
    unknown: tuple[str, ...] = ()
    """Numbers of the problems of which nobody says whether they are gone there."""
    crossing: tuple[str, ...] = ()
    """Fixes and approved versions in another line: going there is a migration, not an upgrade."""
    because: str = ""
    """In Chinese."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A version to try: a base, and the patch to be in force with it."""

    base: Version
    patch: Version | None
    rule: Approved | None = None

    @property
    def said(self) -> str:
        return "+".join(each.text for each in (self.base, self.patch) if each is not None)


_OPEN = (ExposureState.AFFECTED, ExposureState.UNDETERMINED)


def recommend(
    target: Target,
    exposures: Sequence[Exposure],
    index: AdvisoryIndex,
    *,
    rules: Sequence[Approved],
) -> Recommendation:
    """Find the version to go to; `rules` are those that are about the device and valid now. Pure."""
    if isinstance(target.version, Missing) or isinstance(target.model, Missing):
        what = target.version if isinstance(target.version, Missing) else target.model
        return Recommendation(basis=Basis.NONE, because=what.said if isinstance(what, Missing) else "")
    known = {e.advisory_id: e for e in exposures if e.state in _OPEN and e.certainty is not Certainty.HINT}
    if rules:
        return _approved(target, target.version, rules, known, index)
    if not any(e.state is ExposureState.AFFECTED for e in known.values()):
        return _stay(target.version, exposures, tuple(known))
    return _by_fixes(target, target.version, known, index)


def _stay(running: Version, exposures: Sequence[Exposure], unknown: tuple[str, ...]) -> Recommendation:
    mitigated = any(each.state is ExposureState.MITIGATED for each in exposures)
    said = "命中的公告都已规避，尚未修复" if mitigated else "没有确认命中的公告"
    return Recommendation(basis=Basis.STAY, version=running.text, unknown=unknown, because=said)


def _approved(
    target: Target,
    running: Version,
    rules: Sequence[Approved],
    known: Mapping[str, Exposure],
    index: AdvisoryIndex,
) -> Recommendation:
    scheme = target.platform.version_scheme
    steps = []
    crossing = []
    for rule in rules:
        base = read_base(scheme, rule.version)
        how = None if base is None else compare(base, running)
        if base is None or how is None or how.order is Order.INCOMPARABLE:
            crossing.append(rule.said)
        elif how.order is not Order.LESS:
            steps.append(_Step(base, read_patch(scheme, rule.patch) if rule.patch else None, rule))
    preferred = [step for step in steps if step.rule is not None and step.rule.preferred]
    best = _best(target, preferred or steps, known, index)
    if best is None:
        said = "认可版本都低于当前版本，或与它不在同一版本线"
        return _none(known, tuple(crossing), said)
    step, clears, leaves, unknown = best
    source = step.rule.source if step.rule else ""
    return Recommendation(
        basis=Basis.APPROVED,
        version=step.said,
        clears=clears,
        leaves=leaves,
        unknown=unknown,
        crossing=tuple(crossing),
        because=f"客户认可版本（{source}）",
    )


def _by_fixes(
    target: Target, running: Version, known: Mapping[str, Exposure], index: AdvisoryIndex
) -> Recommendation:
    fixes = [(fix.base, fix.patch) for e in known.values() for fix in index.fixes(target, e.advisory_id)]
    scheme = target.platform.version_scheme
    bases = {base.text: base for base in _bases(scheme, running, (base for base, _ in fixes))}
    patches = [
        patch for _, text in fixes if text is not None and (patch := read_patch(scheme, text)) is not None
    ]
    steps = [step for base in bases.values() for step in _steps(base, running, patches)]
    best = _best(target, steps, known, index)
    crossing = _in_other_lines(scheme, running, (base for base, _ in fixes))
    if best is None or not best[1]:
        said = "公告没有给出同一版本线内的修复版本"
        return _none(known, crossing, said)
    step, clears, leaves, unknown = best
    said = "同一版本线内解决命中公告最多的最近版本"
    return Recommendation(
        basis=Basis.FIX,
        version=step.said,
        clears=clears,
        leaves=leaves,
        unknown=unknown,
        crossing=crossing,
        because=said,
    )


def _none(known: Mapping[str, Exposure], crossing: tuple[str, ...], said: str) -> Recommendation:
    return Recommendation(
        basis=Basis.NONE,
        leaves=tuple(n for n, e in known.items() if e.state is ExposureState.AFFECTED),
        unknown=tuple(n for n, e in known.items() if e.state is ExposureState.UNDETERMINED),
        crossing=crossing,
        because=said,
    )


def _in_other_lines(scheme: str, running: Version, texts: Iterable[str | None]) -> tuple[str, ...]:
    read = {text: base for text in texts if text is not None and (base := read_base(scheme, text))}
    return tuple(text for text, base in read.items() if compare(base, running).other_line)


def _bases(scheme: str, running: Version, texts: Iterable[str | None]) -> Iterator[Version]:
    """The running version, and of each branch the lowest one that has all fixes that are named for it."""
    yield running
    highest: dict[tuple[int, ...], Version] = {}
    for text in texts:
        base = None if text is None else read_base(scheme, text)
        if base is None or compare(base, running).order is not Order.GREATER:
            continue
        other = highest.get(base.branch)
        if other is None or compare(base, other).order is Order.GREATER:
            highest[base.branch] = base
    yield from highest.values()


def _steps(base: Version, running: Version, patches: Sequence[Version]) -> Iterator[_Step]:
    """A base, and with the highest patch that is named for it; the running one only with a patch."""
    if base is not running:
        yield _Step(base, None)
    highest: Version | None = None
    for patch in patches:
        fits = patch.of is not None and patch.of.holds(base)
        if fits and (highest is None or compare(patch, highest).order is Order.GREATER):
            highest = patch
    if highest is not None:
        yield _Step(base, highest)


_Tried = tuple[_Step, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""A step with what it clears, leaves, and leaves open."""


def _best(
    target: Target, steps: Sequence[_Step], known: Mapping[str, Exposure], index: AdvisoryIndex
) -> _Tried | None:
    """The step that clears the most; of equal ones the nearest. None where there is none."""
    best: _Tried | None = None
    for step in steps:
        there = index.states(_moved(target, step))
        each = (
            step,
            tuple(number for number in known if there.get(number) not in _OPEN),
            tuple(number for number, state in there.items() if state is ExposureState.AFFECTED),
            tuple(number for number, state in there.items() if state is ExposureState.UNDETERMINED),
        )
        if best is None or _better(each, best):
            best = each
    return best


def _better(one: _Tried, other: _Tried) -> bool:
    """Fewer that still affect it, then fewer left open, then nearer."""
    ours, theirs = (len(one[2]), len(one[3])), (len(other[2]), len(other[3]))
    if ours != theirs:
        return ours < theirs
    how = compare(one[0].base, other[0].base).order
    if how is Order.EQUAL:
        return _lower_patch(one[0].patch, other[0].patch)
    return how is Order.LESS


def _lower_patch(one: Version | None, other: Version | None) -> bool:
    if one is None or other is None:
        return one is None and other is not None
    return compare(one, other).order is Order.LESS


def _moved(target: Target, step: _Step) -> Target:
    """The device as it would be: patches of the old base do not come along."""
    kept: tuple[InForce, ...] = ()
    if step.base is target.version and not isinstance(target.patches, Missing):
        kept = target.patches
    patch = () if step.patch is None else (InForce(step.patch.text, step.patch),)
    return replace(target, version=step.base, patches=(*kept, *patch))
