"""All devices of one inspection side by side, for checks that compare a device with the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from collector.inventory import Device, Site
from parsers.facts import Facts, Reason

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One device of the inspection; also one that was not reached, of which nothing is known."""

    device: Device
    facts: Facts
    platform: str | None = None
    """Platform id; None where it could not be told."""
    reason: Reason | None = None
    """Why it was not inspected; None when it was."""
    collected_at: datetime | None = None
    """UTC, aware; None: not reached, or an imported log does not say."""


class Fleet:
    """The devices inspected together, in the order of the inventory."""

    def __init__(self, members: Iterable[Member] = (), site: Site | None = None) -> None:
        self.members = tuple(members)
        self.site = site
        self._named = {member.device.name: member for member in self.members}
        self._known: dict[Callable[[Fleet], Any], Any] = {}

    def get(self, name: str) -> Member | None:
        """Give the device of this name; None when it is none of the inspected."""
        return self._named.get(name)

    def once(self, build: Callable[["Fleet"], _T]) -> _T:
        """Give what `build` makes of all devices, made at the first question and kept.

        An index that every device's check needs costs the work of all devices once, not once per device.
        """
        if build not in self._known:
            self._known[build] = build(self)
        return cast(_T, self._known[build])
