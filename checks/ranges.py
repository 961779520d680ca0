"""Where a version, with its patches, stands to a range of affected versions."""

from dataclasses import dataclass
from functools import lru_cache

from baselines.advisory import Affected, Bound
from checks.answer import Place
from checks.exposure import Ground
from checks.target import InForce, Missing, Target
from parsers.facts import Reason
from parsers.versions import Comparison, Order, Version, VersionError, compare, find_patch, parse_version

_WORDS = {Order.LESS: "低于", Order.EQUAL: "等于", Order.GREATER: "高于"}


@dataclass(frozen=True, slots=True)
class Stand:
    """A place and its grounds."""

    place: Place
    because: tuple[Ground, ...]
    span: Affected
    reason: Reason | None = None
    """What keeps an open one open."""


@lru_cache(maxsize=65536)
def read_base(scheme: str, text: str) -> Version | None:
    """Read a version of an advisory; None where it is none of this scheme."""
    try:
        return parse_version(scheme, text).base
    except VersionError:
        return None


@lru_cache(maxsize=65536)
def read_patch(scheme: str, text: str) -> Version | None:
    """Read a patch of an advisory; None where it is none of this scheme."""
    return find_patch(scheme, text)


def stand(span: Affected, running: Version, target: Target) -> Stand:
    """Tell where a device stands to one range; everything that the range says must hold."""
    because: list[Ground] = []
    for step in (_listed, _from, _to, _patches):
        found = step(span, running, target)
        if found is None:
            continue
        if found.place is not Place.INSIDE:
            return found
        because += found.because
    if span.every:
        because.append(_ground(span, "公告写明所有版本"))
    if span.condition or not because:
        said = f"公告的条件“{span.condition or span.text}”无法自动判断"
        return Stand(Place.OPEN, (*because, _ground(span, said, fact="")), span, Reason.NO_BASELINE)
    return Stand(Place.INSIDE, tuple(because), span)


def _ground(span: Affected, text: str, fact: str = "software") -> Ground:
    return Ground(text, "products.affected", fact, exact=not span.inferred)


def _listed(span: Affected, running: Version, target: Target) -> Stand | None:
    if not span.builds and not span.branches:
        return None
    scheme = target.platform.version_scheme
    vague: list[str] = []
    other_line = True
    for text in span.builds:
        how = _compared(running, read_base(scheme, text), text)
        if how.order is Order.EQUAL:
            said = f"当前版本 {running.text} 是公告所列版本 {text}"
            return Stand(Place.INSIDE, (_ground(span, said),), span)
        other_line = other_line and how.other_line
        if how.order is Order.INCOMPARABLE and not how.other_line:
            vague.append(how.reason)
    for text in span.branches:
        branch = read_base(scheme, text)
        if branch is not None and branch.holds(running):
            said = f"当前版本 {running.text} 属于公告所列分支 {text}"
            return Stand(Place.INSIDE, (_ground(span, said),), span)
        other_line = other_line and _compared(running, branch, text).other_line
    if vague:
        return Stand(Place.OPEN, tuple(_ground(span, each) for each in vague[:3]), span, Reason.NO_BASELINE)
    names = "、".join((*span.builds, *span.branches)[:6])
    more = " 等" if len(span.builds) + len(span.branches) > 6 else ""
    place = Place.OTHER_LINE if other_line else Place.UNLISTED
    return Stand(place, (_ground(span, f"公告所列版本 {names}{more} 不含当前版本 {running.text}"),), span)


def _compared(running: Version, other: Version | None, text: str) -> Comparison:
    if other is None:
        return Comparison(Order.INCOMPARABLE, f"公告中的版本 {text} 不合该平台的编号规则")
    return compare(running, other)


def _from(span: Affected, running: Version, target: Target) -> Stand | None:
    return None if span.base_from is None else _bounded(span, span.base_from, running, target, Order.GREATER)


def _to(span: Affected, running: Version, target: Target) -> Stand | None:
    return None if span.base_to is None else _bounded(span, span.base_to, running, target, Order.LESS)


def _bounded(span: Affected, bound: Bound, running: Version, target: Target, side: Order) -> Stand:
    how = _compared(running, read_base(target.platform.version_scheme, bound.version), bound.version)
    if how.order is Order.INCOMPARABLE:
        place = Place.OTHER_LINE if how.other_line else Place.OPEN
        return Stand(place, (_ground(span, how.reason),), span, Reason.NO_BASELINE)
    said = f"当前版本 {running.text} {_WORDS[how.order]}{_what(bound, side)} {bound.version}"
    inside = how.order is side or (bound.inclusive and how.order is Order.EQUAL)
    beyond = Place.BELOW if side is Order.GREATER else Place.ABOVE
    return Stand(Place.INSIDE if inside else beyond, (_ground(span, said),), span)


def _what(bound: Bound, side: Order) -> str:
    if side is Order.GREATER:
        return "受影响起始版本" if bound.inclusive else "受影响起始版本（不含）"
    return "受影响截止版本" if bound.inclusive else "修复版本"


# --- the axis of patches -------------------------------------------------------------------------


def _patches(span: Affected, running: Version, target: Target) -> Stand | None:
    for bound, side in ((span.patch_to, Order.LESS), (span.patch_from, Order.GREATER)):
        if bound is not None and (found := _patch_bound(span, bound, running, target, side)) is not None:
            return found
    if span.patch_to is None and span.patch_from is None:
        return None
    return Stand(Place.INSIDE, (_ground(span, _in_force(span, target), "patches"),), span)


def _in_force(span: Affected, target: Target) -> str:
    names = () if isinstance(target.patches, Missing) else tuple(each.name for each in target.patches)
    said = f"已生效补丁：{'、'.join(names) or '无'}"
    if span.patch_to is None:
        return f"{said}，在公告所列范围之内"
    end = span.patch_to
    return f"{said}，{'不高于受影响截止补丁' if end.inclusive else '低于修复补丁'} {end.version}"


def _patch_bound(span: Affected, bound: Bound, running: Version, target: Target, side: Order) -> Stand | None:
    """None where the patches in force lie inside; a device with no patch lies below every bound."""
    scheme = target.platform.version_scheme
    wanted = read_patch(scheme, bound.version)
    if wanted is None:
        said = f"公告中的补丁 {bound.version} 不合该平台的编号规则"
        return Stand(Place.OPEN, (_ground(span, said, ""),), span, Reason.NO_BASELINE)
    if (apart := other_release(wanted, running)) is not None:
        if apart is Order.LESS and side is Order.LESS:
            return Stand(Place.INSIDE, (_ground(span, _must_move(running, wanted)),), span)
        said = f"补丁 {wanted.text} 不是当前版本 {running.text} 的补丁"
        return Stand(Place.UNLISTED, (_ground(span, said),), span)
    reached = reaches(wanted, target.patches)
    if isinstance(reached, Missing):
        return Stand(
            Place.OPEN, (_ground(span, f"{reached.said}，无法判断", "patches"),), span, reached.reason
        )
    if side is Order.GREATER:
        return None if reached else Stand(Place.BELOW, (_ground(span, f"未达到补丁 {wanted.text}"),), span)
    if reached is None or (bound.inclusive and reached.version == wanted):
        return None
    said = f"补丁 {reached.name} 已生效，不低于修复补丁 {bound.version}"
    return Stand(Place.PATCHED, (_ground(span, said, "patches"),), span)


def _must_move(running: Version, wanted: Version) -> str:
    return f"修复补丁 {wanted.text} 属于更高的版本，当前版本 {running.text} 须先升级"


def other_release(patch: Version, running: Version) -> Order | None:
    """How a base stands to the release that a patch is made for; None where the patch is made for it."""
    if patch.of is None or patch.of.holds(running):
        return None
    return compare(running, patch.of).order


def reaches(wanted: Version, patches: tuple[InForce, ...] | Missing) -> InForce | Missing | None:
    """Give the patch in force that is the wanted one or later; None where none is, Missing where unclear."""
    if isinstance(patches, Missing):
        return patches
    unclear = []
    for each in patches:
        how = compare(each.version, wanted) if each.version else None
        if how is not None and how.order in (Order.EQUAL, Order.GREATER):
            return each
        if how is None or how.order is Order.INCOMPARABLE:
            unclear.append(how.reason if how else f"补丁 {each.name} 的编号无法识别")
    if unclear:
        return Missing(Reason.UNPARSED, "；".join(unclear))
    return None
