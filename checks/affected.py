"""Whether a product's advisory concerns the version and the patches of a device.

Not affected is answered only where the advisory gives a fix for the branch that the device runs, or leaves
its version out in so many words. A list of builds is never complete: what it lacks is uncovered, not safe.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from baselines.advisory import Affected, Fix, Product
from checks.answer import Answer, Place, affected, missing, not_affected, undetermined
from checks.exposure import Ground, Safe
from checks.ranges import Stand, other_release, reaches, read_base, read_patch, stand
from checks.target import Missing, Target
from parsers.facts import Reason
from parsers.versions import Order, Version, compare


def judge_version(product: Product, target: Target) -> Answer:
    """Answer for version and patches alone; AFFECTED leaves the configuration open."""
    running = target.version
    if isinstance(running, Missing):
        return _whatever_runs(product) or missing(running, "products.affected", "software")
    spared = [stand(span, running, target) for span in product.unaffected]
    if free := [each for each in spared if each.place is Place.INSIDE]:
        said = Ground(f"公告写明版本 {running.text} 不受影响", "products.unaffected", "software")
        return not_affected(Safe.OUT_OF_RANGE, said, *free[0].because)
    stands = [stand(span, running, target) for span in product.affected]
    return _with_condition(product, _answer(product, running, target, stands))


def _whatever_runs(product: Product) -> Answer | None:
    """An advisory about all versions needs none to be known; None where it is not about all."""
    for span in product.affected:
        only = replace(span, text="", inferred=False, origin=None) == Affected(every=True)
        if only and not product.unaffected and not product.fixed:
            ground = Ground("公告写明所有版本", "products.affected", exact=not span.inferred)
            return _with_condition(product, affected(ground))
    return None


def _with_condition(product: Product, answer: Answer) -> Answer:
    """What else must be true of the product cannot be told: it may only make a bad answer open."""
    if not product.condition or answer.safe is not None:
        return answer
    ground = Ground(f"公告限定的条件“{product.condition}”无法自动判断", "products.condition")
    return undetermined(*answer.because, ground, reason=answer.reason or Reason.NO_BASELINE)


def _answer(product: Product, running: Version, target: Target, stands: Sequence[Stand]) -> Answer:
    by_place: dict[Place, list[Stand]] = {}
    for each in stands:
        by_place.setdefault(each.place, []).append(each)
    fixed = _fixed(product, running, target)
    if inside := by_place.get(Place.INSIDE):
        return _inside(running, inside, fixed)
    if fixed is not None and fixed.safe is not None:
        return fixed
    if patched := by_place.get(Place.PATCHED):
        return not_affected(Safe.FIXED, *patched[0].because)
    if open_ := by_place.get(Place.OPEN):
        return undetermined(*_once(open_), reason=open_[0].reason or Reason.NO_BASELINE)
    if not stands:
        return undetermined(Ground("公告没有给出受影响的版本", "products.affected"), uncovered=True)
    return _outside(product, running, target, stands)


def _once(stands: Sequence[Stand]) -> tuple[Ground, ...]:
    return tuple(dict.fromkeys(ground for each in stands for ground in each.because))


def _inside(running: Version, inside: Sequence[Stand], fixed: Answer | None) -> Answer:
    """A fix for the branch beats a range or branch, but not the very build that is listed as affected."""
    listed = affected(*inside[0].because)
    if fixed is None:
        return listed
    if any(each.span.builds for each in inside) and fixed.safe is Safe.FIXED and _by_base(fixed):
        said = f"公告既把 {running.text} 列为受影响，又把它列为已修复"
        return undetermined(*listed.because, *fixed.because, Ground(said, "products.fixed", "software"))
    return fixed.after(listed)


def _by_base(fixed: Answer) -> bool:
    return all(ground.fact == "software" for ground in fixed.because)


# --- fixes ---------------------------------------------------------------------------------------


def _fixed(product: Product, running: Version, target: Target) -> Answer | None:
    """Whether the device has one of the fixes; None where it has none, undetermined where it may."""
    open_ = None
    for fix in product.fixed:
        found = _has(fix, running, target)
        if found is not None and found.safe is not None:
            return found
        open_ = open_ or found
    return open_


def _has(fix: Fix, running: Version, target: Target) -> Answer | None:
    scheme = target.platform.version_scheme
    if fix.for_bases and not any(
        (base := read_base(scheme, text)) is not None and base.holds(running) for text in fix.for_bases
    ):
        return None
    if fix.base is not None:
        how = _base_of_fix(fix.base, running, scheme)
        if how is None or (fix.patch is not None and how is Order.GREATER):
            return None
        if fix.patch is None:
            said = f"当前版本 {running.text} 不低于修复版本 {fix.base}"
            return not_affected(Safe.FIXED, _ground(fix, said, "software"))
    return None if fix.patch is None else _has_patch(fix, fix.patch, running, target)


def _base_of_fix(text: str, running: Version, scheme: str) -> Order | None:
    """EQUAL or GREATER where the device runs the fixed base or a later one of its branch; else None."""
    base = read_base(scheme, text)
    if base is None or not base.shares_branch(running):
        return None
    order = compare(running, base).order
    return order if order in (Order.EQUAL, Order.GREATER) else None


def _has_patch(fix: Fix, text: str, running: Version, target: Target) -> Answer | None:
    wanted = read_patch(target.platform.version_scheme, text)
    if wanted is None or other_release(wanted, running) is not None:
        return None
    reached = reaches(wanted, target.patches)
    if isinstance(reached, Missing):
        open_ = _ground(fix, f"{reached.said}，无法判断是否已有修复补丁 {text}", "patches")
        return undetermined(open_, reason=reached.reason)
    if reached is None:
        return None
    said = f"补丁 {reached.name} 已生效，不低于修复补丁 {text}"
    return not_affected(Safe.FIXED, _ground(fix, said, "patches"))


def _ground(fix: Fix, text: str, fact: str) -> Ground:
    return Ground(text, "products.fixed", fact, exact=not fix.inferred)


# --- outside every range -------------------------------------------------------------------------


def _outside(product: Product, running: Version, target: Target, stands: Sequence[Stand]) -> Answer:
    """A version in no range: safe by the ranges' own words, but not because a list of builds lacks it."""
    because = _once(stands)
    if product.complete:
        rest = Ground("公告写明其余版本不受影响", "products.complete")
        return not_affected(Safe.OUT_OF_RANGE, *because, rest)
    same_line = [each for each in stands if each.place is not Place.OTHER_LINE]
    above = [each for each in same_line if each.place is Place.ABOVE]
    below = [each for each in same_line if each.place is Place.BELOW]
    unlisted = len(same_line) > len(above) + len(below)
    for each in above:
        if _speaks_of(each, running, target, later=not below and not _fixed_by_patch(product)):
            return not_affected(Safe.FIXED, *each.because)
    if below and not above and not unlisted:
        return not_affected(Safe.OUT_OF_RANGE, *_once(below))
    said = f"未覆盖：公告没有列出版本 {running.text}，也没有说明它已修复"
    return undetermined(*because, Ground(said, "products.affected", "software"), uncovered=True)


def _fixed_by_patch(product: Product) -> bool:
    """Whether the fix is a patch alone, which says nothing of releases later than its own."""
    return bool(product.fixed) and all(fix.base is None and fix.patch is not None for fix in product.fixed)


def _speaks_of(each: Stand, running: Version, target: Target, *, later: bool) -> bool:
    """Whether the end of a range is a fix of the branch that runs, or of everything later.

    A range within one branch, V200R005C00 before V200R005C00SPC300, says nothing of V200R006; one over
    several branches, or without a start, does. A last affected version is not a fix: what comes after it
    may only not have been looked at.
    """
    end = each.span.base_to
    if end is None or end.inclusive:
        return False
    scheme = target.platform.version_scheme
    fixed = read_base(scheme, end.version)
    if fixed is None:
        return False
    if fixed.shares_branch(running):
        return True
    start = None if each.span.base_from is None else read_base(scheme, each.span.base_from.version)
    return later and (start is None or not start.shares_branch(fixed))


def fixes_for(product: Product, target: Target) -> Iterator[Fix]:
    """The fixes that are said to be for the device's version, or for all."""
    running = target.version
    for fix in product.fixed:
        bases = [read_base(target.platform.version_scheme, text) for text in fix.for_bases]
        if (
            not bases
            or isinstance(running, Missing)
            or any(b is not None and b.holds(running) for b in bases)
        ):
            yield fix
