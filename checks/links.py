"""Cables between the devices of an inspection, as LLDP shows them: which port leads to which."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checks.fleet import Fleet
from parsers.facts import Facts, Interface, Lag, LldpNeighbor, Unknown


@dataclass(frozen=True, slots=True)
class End:
    """One end of a cable."""

    device: str
    """Name in the inventory; what the neighbour calls itself where it is not there."""
    port: str
    """As the device itself names it, where it was inspected."""


@dataclass(frozen=True, slots=True)
class Link:
    """One cable between two devices, as one or both of them hear it."""

    a: End
    b: End
    confirmed: bool
    """Both ends hear each other."""
    heard: tuple[LldpNeighbor, ...]
    """What was heard, of either end."""


@dataclass(frozen=True, slots=True)
class Links:
    """Every cable once, and those of each device."""

    all: tuple[Link, ...]
    of: dict[str, tuple[Link, ...]]


def links_of(fleet: Fleet) -> Links:
    """Every cable that LLDP shows; for `Fleet.once`."""
    names = fleet.once(names_of)
    heard: dict[frozenset[tuple[str, str]], list[tuple[End, End, LldpNeighbor]]] = {}
    for member in fleet.members:
        for row in _known(member.facts):
            here = End(member.device.name, row.local_port)
            there = End(names.get(row.remote_system.casefold(), row.remote_system), row.remote_port)
            key = frozenset(((here.device, digits(here.port)), (there.device, digits(there.port))))
            heard.setdefault(key, []).append((here, there, row))
    found = tuple(_link(ends, fleet) for ends in heard.values())
    of: dict[str, list[Link]] = {}
    for link in found:
        for device in {link.a.device, link.b.device}:
            of.setdefault(device, []).append(link)
    return Links(found, {device: tuple(links) for device, links in of.items()})


def _known(facts: Facts) -> tuple[LldpNeighbor, ...]:
    return () if isinstance(facts.lldp, Unknown) else facts.lldp.value


def _link(ends: list[tuple[End, End, LldpNeighbor]], fleet: Fleet) -> Link:
    here, there, _ = ends[0]
    answers = [end for end, _, _ in ends if end.device != here.device]
    # What the other end calls its own port is better than what it tells its neighbour.
    other = answers[0] if answers else End(there.device, _own_name(there, fleet))
    return Link(here, other, confirmed=bool(answers), heard=tuple(row for _, _, row in ends))


def _own_name(end: End, fleet: Fleet) -> str:
    row = interface_of(fleet, end)
    return end.port if row is None else row.name


def interface_of(fleet: Fleet, end: End) -> Interface | None:
    """The interface at an end, however its type is written; None where it is not known."""
    rows = fleet.once(_ports).get(end.device, {}).get(digits(end.port), ())
    exact = [row for row in rows if row.name.casefold() == end.port.casefold()]
    physical = [row for row in rows if row.kind in ("ethernet", "mgmt")]
    return next(iter(exact), physical[0] if len(physical) == 1 else None)


def _ports(fleet: Fleet) -> dict[str, dict[str, list[Interface]]]:
    """Interfaces by device and by what stays of their names."""
    found: dict[str, dict[str, list[Interface]]] = {}
    for member in fleet.members:
        ports = found.setdefault(member.device.name, {})
        fact = member.facts.interfaces
        for row in () if isinstance(fact, Unknown) else fact.value:
            ports.setdefault(digits(row.name), []).append(row)
    return found


def names_of(fleet: Fleet) -> dict[str, str]:
    """From what a device calls itself, in small letters, to its name in the inventory; for `Fleet.once`."""
    names = {member.device.name.casefold(): member.device.name for member in fleet.members}
    for member in fleet.members:
        if not isinstance(member.facts.identity, Unknown):
            names.setdefault(member.facts.identity.value.hostname.casefold(), member.device.name)
    return names


def member_ports(lags: Iterable[Lag]) -> set[str]:
    """Ports in an aggregation, in small letters: what is set on them is that of the aggregation."""
    return {member.interface.lower() for lag in lags for member in lag.members}


_DIGITS = re.compile(r"\d[\d/.:]*$")


def digits(port: str) -> str:
    """What stays of a port's name however its type is written: `XGE1/0/1` and `XGigabitEthernet1/0/1`."""
    found = _DIGITS.search(port)
    return found.group() if found else port.casefold()
