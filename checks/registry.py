"""The list of all checks, in the order of the catalogue. A check exists when it stands here."""

from collections.abc import Iterable

from checks.check import Check
from checks.texts import check_texts

CHECKS: tuple[Check, ...] = ()


def by_id(check_id: str) -> Check:
    """Give one check; raises KeyError for an id that does not exist."""
    return {check.id: check for check in CHECKS}[check_id]


def select(wanted: Iterable[str] = ()) -> tuple[Check, ...]:
    """Give the checks with these ids or of these groups, all when none is named, in catalogue order.

    Raises KeyError naming every word that is neither an id nor a group.
    """
    words = set(wanted)
    groups = {check.id: check_texts()[check.id].group for check in CHECKS}
    unknown = words - groups.keys() - set(groups.values())
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return tuple(c for c in CHECKS if not words or c.id in words or groups[c.id] in words)
