"""How a device's version stands to those that the customer has approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from baselines.approved import Approved
from checks.ranges import reaches, read_base, read_patch
from checks.target import Missing, Target
from parsers.versions import Order, Version, compare


class Approval(StrEnum):
    """The answers."""

    APPROVED = "approved"
    BEHIND = "behind"
    AHEAD = "ahead"
    """Above every approved version of its line."""
    INCOMPARABLE = "incomparable"
    """The version is not known, or no approved one is of its line."""
    NO_RULE = "no_rule"
    """No rule is about the device, or none that is valid today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An answer, with the version that the customer wants."""

    approval: Approval
    wanted: str = ""
    """The preferred version, else the highest approved one of the line."""
    behind: int = 0
    """Approved versions from the running one up to the wanted one; a missing patch counts as one."""
    because: str
    """In Chinese."""


def standing(target: Target, rules: Sequence[Approved], today: date) -> Standing:
    """Compare a device's version with the rules that are about it."""
    valid = [rule for rule in rules if rule.valid_on(today)]
    if not valid:
        over = "，原有的认可版本都不在有效期内" if rules else ""
        return Standing(approval=Approval.NO_RULE, because=f"没有适用于该设备的认可版本{over}")
    running = target.version
    if isinstance(running, Missing):
        return Standing(approval=Approval.INCOMPARABLE, because=running.said)
    read = [(rule, read_base(target.platform.version_scheme, rule.version)) for rule in valid]
    line = [
        (rule, base)
        for rule, base in read
        if base is not None and compare(running, base).order is not Order.INCOMPARABLE
    ]
    if not line:
        names = "、".join(rule.said for rule in valid)
        said = f"认可版本 {names} 与当前版本 {running.text} 无法比较"
        return Standing(approval=Approval.INCOMPARABLE, because=said)
    return _in_line(target, running, line)


def _in_line(target: Target, running: Version, line: Sequence[tuple[Approved, Version]]) -> Standing:
    same = [rule for rule, base in line if compare(running, base).order is Order.EQUAL]
    for rule in same:
        if _patched(rule, target):
            said = f"当前版本 {running.text} 是认可版本（{rule.source}）"
            return Standing(approval=Approval.APPROVED, wanted=rule.said, because=said)
    preferred = [(rule, base) for rule, base in line if rule.preferred] or list(line)
    wanted, base = _highest(preferred)
    if compare(running, base).order is Order.GREATER:
        said = f"当前版本 {running.text} 高于认可版本 {wanted.said}，不在认可之列"
        return Standing(approval=Approval.AHEAD, wanted=wanted.said, because=said)
    between = {b.key for _, b in line if compare(b, running).order is Order.GREATER and b <= base}
    behind = len(between) + bool(same)
    said = f"当前版本 {running.text} 低于认可版本 {wanted.said}，落后 {behind} 个认可版本（{wanted.source}）"
    return Standing(approval=Approval.BEHIND, wanted=wanted.said, behind=behind, because=said)


def _highest(line: Sequence[tuple[Approved, Version]]) -> tuple[Approved, Version]:
    best = line[0]
    for each in line[1:]:
        if compare(each[1], best[1]).order is Order.GREATER:
            best = each
    return best


def _patched(rule: Approved, target: Target) -> bool:
    """Whether the patch that the rule wants is surely in force."""
    if rule.patch is None:
        return True
    wanted = read_patch(target.platform.version_scheme, rule.patch)
    reached = None if wanted is None else reaches(wanted, target.patches)
    return reached is not None and not isinstance(reached, Missing)
