"""How far a product and its version are in the maker's life cycle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from baselines.lifecycle import Milestones
from checks.ranges import read_base
from checks.target import Missing, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """The dates that hold for one device; a product's and its version's are two."""

    what: str
    """`产品` or the branch."""
    eom: date | None
    eofs: date | None
    eos: date | None
    source: str
    as_of: date


def lifecycles(target: Target, table: Sequence[Milestones]) -> tuple[Lifecycle, ...]:
    """Find the dates of a device's product and version; the first row for each counts. Empty: not known."""
    if isinstance(target.model, Missing):
        return ()
    return tuple({each.what: each for each in reversed(list(_found(target, target.model, table)))}.values())


def _found(target: Target, model: str, table: Sequence[Milestones]) -> Iterator[Lifecycle]:
    for row in table:
        if row.holds_for(model) and (row.branch is None or _runs(target, row.branch)):
            yield Lifecycle(
                what=row.branch or "产品",
                eom=row.eom,
                eofs=row.eofs,
                eos=row.eos,
                source=row.source,
                as_of=row.as_of,
            )


def _runs(target: Target, text: str) -> bool:
    branch = read_base(target.platform.version_scheme, text)
    return branch is not None and not isinstance(target.version, Missing) and branch.holds(target.version)
