"""Rounds during a critical period: what has newly changed since the last one, and what is over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checks.comparison import WHOLE_DEVICE, Change, ChangeVerdict, Comparison, Gap, Side
from checks.lifecycle import looked

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PASSING = ("logs",)
"""Kinds whose things go by themselves: that they are no more is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round."""

    run_id: str
    at: datetime
    base: str
    """Run that it is compared with; empty for the first one where there was no check before."""
    devices: int
    missed: tuple[str, ...]
    """Devices that were not reached."""
    interrupted: str
    """What cut it short; empty when nothing did."""
    differences: tuple[Change, ...]
    """All that needs an explanation, against the base."""
    expected: int
    """How many changes were declared beforehand or are harmless by rule."""
    new: tuple[Change, ...]
    """Those of the differences that the round before did not have, or had otherwise."""
    over: tuple[Change, ...]
    """Differences of the round before that are no more."""

    @property
    def complete(self) -> bool:
        """Every device was reached and nothing cut it short."""
        return not self.missed and not self.interrupted

    @property
    def alerts(self) -> bool:
        """Something is to be told."""
        return bool(self.new or self.over)


def new_round(comparison: Comparison | None, now: Side, last: Round | None, interrupted: str) -> Round:
    """Judge one round by its comparison with the base and by the round before it; pure.

    `comparison` is None for what is the base itself. What was not looked at keeps its differences: they are
    neither new nor over. Where the round was cut short, that a device was not reached says nothing of it.
    """
    found = () if comparison is None else comparison.changes
    open_ = tuple(
        change
        for change in found
        if change.verdict is ChangeVerdict.UNEXPLAINED and not (interrupted and change.kind == "devices")
    )
    before = () if last is None else last.differences
    had, there = {_same(change) for change in before}, {_place(change) for change in open_}
    gaps = () if comparison is None else comparison.gaps
    gone = [change for change in before if _place(change) not in there]
    kept = tuple(c for c in gone if (interrupted if c.kind == "devices" else _unseen(c, gaps, now)))
    return Round(
        run_id=now.run_id,
        at=now.at,
        base="" if comparison is None else comparison.before,
        devices=len(now.devices),
        missed=tuple(device.name for device in now.devices if device.facts is None),
        interrupted=interrupted,
        differences=(*open_, *kept),
        expected=0 if comparison is None else comparison.count(ChangeVerdict.EXPECTED),
        new=tuple(change for change in open_ if _same(change) not in had),
        over=tuple(change for change in gone if change not in kept and change.kind not in _PASSING),
    )


def _unseen(change: Change, gaps: Sequence[Gap], now: Side) -> bool:
    """Whether nobody could see if a difference of the round before is still there."""
    device = next((device for device in now.devices if device.name == change.device), None)
    if device is None or device.facts is None:
        return True
    if change.kind == "findings":
        check_id, _, object_ = change.object.partition(" ")
        return device.record is None or not looked(device.record, device.checks, check_id, object_)
    return any(gap.device == change.device and gap.label in (WHOLE_DEVICE, change.label) for gap in gaps)


def _place(change: Change) -> tuple[str, ...]:
    return change.device, change.kind, change.object, change.field, change.change


def _same(change: Change) -> tuple[str, ...]:
    """What makes a difference the one of the round before; a number that goes on moving is the same."""
    return (*_place(change), "" if _NUMBER.fullmatch(change.after) else change.after)
