"""Which device is which, from one inspection to the next.

A device is its place in the network, and its name says which: other hardware under the same name is a device
that was replaced, whose problems go on where they are found again. A new name is an old device renamed when a
former name is gone from the inventory and the serial numbers are the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from parsers.facts import Facts, Unknown


def serial_numbers(facts: Facts) -> frozenset[str]:
    """Give the serial numbers that make it this piece of hardware: of its chassis, else of its boards.

    Several for a stack; none where the device was not asked or does not print them.
    """
    if isinstance(facts.inventory, Unknown):
        return frozenset()
    modules = facts.inventory.value
    for kind in ("chassis", "board"):
        if found := frozenset(m.serial for m in modules if m.kind == kind and m.serial):
            return found
    return frozenset()


@dataclass(slots=True)
class Unit:
    """One device through all inspections."""

    key: str
    """The first name that is known of it; with a number where another device had that name before."""
    names: list[str]
    """All names it has had, the present one last."""
    serials: frozenset[str]
    """Where they were last known."""
    replaced_at: datetime | None = None
    """When it was first seen as another piece of hardware than before, the last time."""

    @property
    def name(self) -> str:
        """Its present name."""
        return self.names[-1]


@dataclass(slots=True)
class Tracker:
    """Follows the devices of one site; inspections are told in their order."""

    units: list[Unit] = field(default_factory=list)
    _named: dict[str, Unit] = field(default_factory=dict)

    def see(
        self, at: datetime, reached: Iterable[tuple[str, Sequence[str]]], inventory: Iterable[str]
    ) -> dict[str, Unit]:
        """Tell the devices that were reached, with their serial numbers; give each its unit, by name."""
        present = set(inventory)
        seen: dict[str, Unit] = {}
        strangers: list[tuple[str, frozenset[str]]] = []
        # Those that keep their name first, so that nobody takes their place by a number.
        for name, serials in reached:
            if (unit := self._named.get(name)) is None:
                strangers.append((name, frozenset(serials)))
            else:
                _renew(unit, frozenset(serials), at)
                seen[name] = unit
        for name, numbers in strangers:
            seen[name] = self._renamed(name, numbers, present) or self._new(name, numbers)
        return seen

    def known(self, name: str) -> Unit | None:
        """Give the device that has this name at present."""
        return self._named.get(name)

    def _renamed(self, name: str, serials: frozenset[str], present: set[str]) -> Unit | None:
        for former, unit in self._named.items():
            if former not in present and serials & unit.serials:
                del self._named[former]
                unit.names.append(name)
                unit.serials = serials
                self._named[name] = unit
                return unit
        return None

    def _new(self, name: str, serials: frozenset[str]) -> Unit:
        taken = sum(unit.names[0] == name for unit in self.units)
        unit = Unit(key=f"{name}#{taken + 1}" if taken else name, names=[name], serials=serials)
        self.units.append(unit)
        self._named[name] = unit
        return unit


def _renew(unit: Unit, serials: frozenset[str], at: datetime) -> None:
    if serials and unit.serials and not serials & unit.serials:
        unit.replaced_at = at
    unit.serials = serials or unit.serials
