"""Which advisories concern a device: four answers with their reasons, and never a silent no."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from baselines.advisory import Advisory, Affected, Bound, Product, Workaround
from checks.exposure import Exposure, ExposureState
from checks.words import REASON_WORDS
from collector.inventory import Device
from collector.platform import platforms
from parsers.config_tree import ConfigTree
from parsers.facts import Facts, Identity, Known, Partial, Patch, Reason, Software, Unknown
from parsers.seen import Seen
from parsers.versions import Order, Version, VersionError, compare, find_patch, parse_version


@dataclass(frozen=True, slots=True)
class _Finding:
    """One step's answer; of several ranges the worst counts."""

    state: ExposureState
    because: tuple[str, ...]
    seen: tuple[Seen, ...] = ()
    trigger_known: bool = True
    reason: Reason | None = None


def match(
    device: Device, facts: Facts, platform_id: str, advisories: Sequence[Advisory]
) -> tuple[Exposure, ...]:
    """Match one device against every advisory that names its platform.

    An advisory that does not name the platform says nothing of the device and gives no exposure: a
    device without any exposure is one that the advisories do not cover, not one that is safe.
    """
    scheme = platforms()[platform_id].version_scheme
    return tuple(
        _exposure(device, advisory, _concerns(advisory, products, facts, scheme))
        for advisory in advisories
        if (products := [product for product in advisory.products if platform_id in product.platforms])
    )


def _exposure(device: Device, advisory: Advisory, found: _Finding) -> Exposure:
    return Exposure(
        device=device.name,
        advisory_id=advisory.id,
        title=advisory.title,
        state=found.state,
        because=found.because,
        severity=advisory.severity,
        cvss=advisory.cvss,
        remote=advisory.remote,
        fixed_in=advisory.fixed_in,
        workaround="；".join(workaround.text for workaround in advisory.workarounds),
        source=f"{advisory.source}，{_dated(advisory)}",
        seen=found.seen,
        trigger_known=found.trigger_known,
        reason=found.reason,
    )


def _dated(advisory: Advisory) -> str:
    day = advisory.updated or advisory.published
    return "日期不详" if day is None else f"{day.isoformat()} 更新"


def _concerns(advisory: Advisory, products: Sequence[Product], facts: Facts, scheme: str) -> _Finding:
    """Go on from model to version, feature and workaround, as long as the answer is open."""
    product, found = _product(products, facts)
    steps: tuple[Callable[[], _Finding], ...] = (
        lambda: _versions(product, facts, scheme),
        lambda: _feature(advisory, facts),
        lambda: _workaround(advisory, facts),
    )
    for step in steps:
        if found.state is not ExposureState.AFFECTED:
            break
        found = _after(found, step())
    return found


def _after(before: _Finding, now: _Finding) -> _Finding:
    """What is known after one more step, with the reasons of both."""
    return _Finding(
        now.state,
        (*before.because, *now.because),
        (*before.seen, *now.seen),
        before.trigger_known and now.trigger_known,
        now.reason,
    )


def _undetermined(fact: Unknown, what: str) -> _Finding:
    detail = f"（{fact.detail}）" if fact.detail else ""
    because = f"{what}未知，无法判断：{REASON_WORDS[fact.reason]}{detail}"
    return _Finding(ExposureState.UNDETERMINED, (because,), fact.sources, reason=fact.reason)


def _product(products: Sequence[Product], facts: Facts) -> tuple[Product, _Finding]:
    """Find the product that the device is, with what follows from it."""
    if isinstance(facts.identity, Unknown):
        return products[0], _undetermined(facts.identity, "设备型号")
    identity: Identity = facts.identity.value
    for product in products:
        if any(re.fullmatch(pattern, identity.model) for pattern in product.models):
            said = f"型号 {identity.model} 在公告所列产品之内"
            return product, _Finding(ExposureState.AFFECTED, (said,), (identity.seen,))
    said = f"型号 {identity.model} 不在公告所列产品之内"
    return products[0], _Finding(ExposureState.NOT_AFFECTED, (said,), (identity.seen,))


# --- versions and patches ------------------------------------------------------------------------


def _versions(product: Product, facts: Facts, scheme: str) -> _Finding:
    if isinstance(facts.software, Unknown):
        return _undetermined(facts.software, "软件版本")
    software: Software = facts.software.value
    try:
        running = parse_version(scheme, software.version)
    except VersionError as error:
        return _Finding(ExposureState.UNDETERMINED, (str(error),), (software.seen,), reason=Reason.UNPARSED)
    spans = [(span, *_range(span, running, facts, scheme)) for span in product.affected]
    inside = [found for _, where, found in spans if where == "inside"]
    outside = [(span, found) for span, where, found in spans if where == "outside"]
    if inside:
        worst = next(f for state in ExposureState for f in inside if f.state is state)
    elif outside:
        worst = _outside(product, running, outside, scheme)
    else:
        because = tuple(dict.fromkeys(line for _, _, found in spans for line in found.because))
        worst = _Finding(ExposureState.UNDETERMINED, because, reason=Reason.NO_BASELINE)
    return _Finding(worst.state, worst.because, (software.seen, *worst.seen), reason=worst.reason)


_Where = Literal["inside", "outside", "other line"]


def _range(span: Affected, running: Version, facts: Facts, scheme: str) -> tuple[_Where, _Finding]:
    """Tell whether the base may lie in this range, and what follows from it and the patches."""
    if said := _beyond_words(span):
        return "inside", _Finding(ExposureState.UNDETERMINED, (said,), reason=Reason.UNPARSED)
    because = []
    for said, wanted, what in _bounds(span):
        how = compare(running, parse_version(scheme, said))
        if how.order is Order.INCOMPARABLE:
            vague = _Finding(ExposureState.UNDETERMINED, (how.reason,), reason=Reason.NO_BASELINE)
            return "other line" if how.other_line else "inside", vague
        text = f"当前版本 {running.text} {_WORDS[how.order]}{what} {said}"
        if how.order not in wanted:
            return "outside", _Finding(ExposureState.NOT_AFFECTED, (text,))
        because.append(text)
    base = _Finding(ExposureState.AFFECTED, tuple(because))
    if span.patch_to is None:
        return "inside", base
    return "inside", _after(base, _patched(span.patch_to.version, facts, scheme))


def _beyond_words(span: Affected) -> str:
    """Say what of a range cannot be compared; empty where all of it can."""
    odd_patch = span.patch_from is not None or (span.patch_to is not None and span.patch_to.inclusive)
    if span.condition or odd_patch or len(span.builds) > 1 or not span.understood:
        return f"公告的版本条件“{span.condition or span.text}”无法自动判断"
    return f"公告所列分支 {'、'.join(span.branches)} 无法自动判断" if span.branches else ""


def _bounds(span: Affected) -> Iterator[tuple[str, tuple[Order, ...], str]]:
    for build in span.builds:
        yield build, (Order.EQUAL,), "公告所列版本"
    if span.base_from is not None:
        yield span.base_from.version, _within(span.base_from, Order.GREATER), "受影响起始版本"
    if span.base_to is not None:
        what = "受影响截止版本" if span.base_to.inclusive else "修复版本"
        yield span.base_to.version, _within(span.base_to, Order.LESS), what


def _within(bound: Bound, side: Order) -> tuple[Order, ...]:
    return (side, Order.EQUAL) if bound.inclusive else (side,)


def _outside(
    product: Product, running: Version, spans: Sequence[tuple[Affected, _Finding]], scheme: str
) -> _Finding:
    """A version in no range: safe by the ranges' own words, but not because a list of builds lacks it."""
    because = tuple(dict.fromkeys(line for _, found in spans for line in found.because))
    if not any(span.builds for span, _ in spans):
        return _Finding(ExposureState.NOT_AFFECTED, because)
    ends = [span.base_to for span, _ in spans if span.base_to and not span.base_to.inclusive]
    for fixed in (*(fix.base for fix in product.fixed), *(end.version for end in ends)):
        if fixed is not None and _reaches(running, fixed, scheme):
            said = f"当前版本 {running.text} 不低于修复版本 {fixed}"
            return _Finding(ExposureState.NOT_AFFECTED, (said,))
    unlisted = f"公告没有列出版本 {running.text}，也没有说明它已修复"
    return _Finding(ExposureState.UNDETERMINED, (*because, unlisted), reason=Reason.NO_BASELINE)


def _reaches(running: Version, fixed: str, scheme: str) -> bool:
    """Tell whether a version is this fixed one or later; a patch that fixes says nothing of bases."""
    try:
        how = compare(running, parse_version(scheme, fixed))
    except VersionError:
        return False
    return how.order in (Order.EQUAL, Order.GREATER)


_WORDS = {Order.LESS: "低于", Order.EQUAL: "等于", Order.GREATER: "高于"}


def _patched(fixed: str, facts: Facts, scheme: str) -> _Finding:
    """Whether a patch in force is the fixed one or later; a patch that is only loaded counts for nothing."""
    if isinstance(facts.patches, Unknown):
        return _undetermined(facts.patches, "补丁")
    if isinstance(facts.patches, Partial):
        return _Finding(
            ExposureState.UNDETERMINED,
            ("补丁信息没有完整识别",),
            facts.patches.sources,
            reason=Reason.UNPARSED,
        )
    wanted = find_patch(scheme, fixed)
    if wanted is None:
        raise ValueError(f"{fixed} is no patch of {scheme}: the advisory should not have been loaded")
    patches: tuple[Patch, ...] = facts.patches.value
    in_force = [patch for patch in patches if patch.effective]
    seen = tuple(patch.seen for patch in patches) or facts.patches.sources
    unclear = []
    for patch in in_force:
        version = find_patch(scheme, patch.name)
        how = compare(version, wanted) if version else None
        if how and how.order in (Order.EQUAL, Order.GREATER):
            said = f"补丁 {patch.name} 已生效，{_WORDS[how.order]}修复补丁 {fixed}"
            return _Finding(ExposureState.NOT_AFFECTED, (said,), (patch.seen,))
        if how is None or how.order is Order.INCOMPARABLE:
            unclear.append(how.reason if how else f"补丁 {patch.name} 的编号无法识别")
    if unclear:
        return _Finding(ExposureState.UNDETERMINED, tuple(unclear), seen, reason=Reason.UNPARSED)
    names = "、".join(patch.name for patch in in_force) or "无"
    return _Finding(ExposureState.AFFECTED, (f"已生效补丁：{names}，低于修复补丁 {fixed}",), seen)


# --- feature and workaround ----------------------------------------------------------------------


def _feature(advisory: Advisory, facts: Facts) -> _Finding:
    feature = advisory.feature
    if feature is None:
        return _Finding(ExposureState.AFFECTED, ("公告没有列出触发条件，任何配置都受影响",))
    if feature.pattern is None:
        return _Finding(
            ExposureState.AFFECTED, (f"触发条件“{feature.detail}”无法从配置判断",), trigger_known=False
        )
    if not isinstance(facts.config, Known):
        return _no_config(facts, f"触发条件“{feature.detail}”需要查看配置，但配置")
    if seen := _lines(facts.config.value, feature.pattern):
        return _Finding(ExposureState.AFFECTED, (f"触发条件满足：{feature.detail}",), (seen,))
    return _Finding(
        ExposureState.NOT_AFFECTED, (f"触发条件不满足：配置中没有“{feature.detail}”",), facts.config.sources
    )


def _no_config(facts: Facts, what: str) -> _Finding:
    if isinstance(facts.config, Unknown):
        return _undetermined(facts.config, what)
    return _Finding(
        ExposureState.UNDETERMINED, (f"{what}没有完整识别",), facts.config.sources, reason=Reason.UNPARSED
    )


def _workaround(advisory: Advisory, facts: Facts) -> _Finding:
    found = [_one_workaround(workaround, facts) for workaround in advisory.workarounds]
    mitigated = [each for each in found if each.state is ExposureState.MITIGATED]
    because = tuple(line for each in found for line in each.because)
    return mitigated[0] if mitigated else _Finding(ExposureState.AFFECTED, because)


def _one_workaround(workaround: Workaround, facts: Facts) -> _Finding:
    if workaround.pattern is None or not isinstance(facts.config, Known):
        return _Finding(ExposureState.AFFECTED, (f"规避措施“{workaround.text}”是否落实无法从配置判断",))
    if seen := _lines(facts.config.value, workaround.pattern):
        return _Finding(ExposureState.MITIGATED, (f"已落实规避措施：{workaround.text}",), (seen,))
    return _Finding(ExposureState.AFFECTED, (f"没有落实规避措施：{workaround.text}",))


def _lines(config: ConfigTree, pattern: str) -> Seen | None:
    """Where whole lines of the configuration match, at any depth; None where none does."""
    found = [line for line in config.walk() if re.fullmatch(pattern, line.text)]
    return config.seen(*found[:5]) if found else None
