"""What Huawei VRP says of drops in front of the processor and of attack sources; shared by VRP5 and VRP8.

Forms: CE6800 V300R023 and S series command references; the one-line form of VRP5 is in Huawei's handbook for
faults of S switches, its two-line form that of `display auto-port-defend statistics` in the reference.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from parsers.facts import AttackSource, AttackTracing, ControlPlaneDrop, Location
from parsers.reader import Outputs, Reader
from parsers.seen import Seen
from parsers.template import Parsed, Row, UnreadableError
from parsers.vrp5_tables import long_name

_DROPS: Final = "display cpu-defend statistics all"
_SOURCES: Final = "display auto-defend attack-source"
_POLICIES: Final = "display auto-defend configuration"


def _rows(outputs: Outputs, command: str) -> tuple[Row, ...]:
    """Rows of a table that is never empty."""
    parsed = outputs.need(command)
    if not parsed.rows:
        raise UnreadableError(f"{command}: nothing was recognised in it")
    return parsed.rows


def drops(outputs: Outputs) -> tuple[ControlPlaneDrop, ...]:
    """VRP8: packets dropped of each kind on each slot."""
    return tuple(
        ControlPlaneDrop(
            seen=row.seen,
            location=Location(slot=row["SLOT"]),
            protocol=row["PROTOCOL"],
            dropped=int(row["DROPPED"]),
        )
        for row in _rows(outputs, _DROPS)
    )


def drops_of_boards(outputs: Outputs) -> tuple[ControlPlaneDrop, ...]:
    """VRP5: packets and bytes dropped of each kind on each slot, the main board of a chassis without one."""
    return tuple(
        ControlPlaneDrop(
            seen=row.seen,
            location=_board(row),
            protocol=row["PROTOCOL"],
            dropped=int(row["DROPPED"]),
            dropped_bytes=row.integer("DROPPED_BYTES"),
        )
        for row in _rows(outputs, _DROPS)
    )


def _board(row: Row) -> Location:
    word, _, slot = row["PLACE"].partition(" ")
    return Location(slot=slot) if word == "slot" else Location()


def tracing(outputs: Outputs) -> AttackTracing:
    """VRP8: attackers by MAC address; rows of the other tables are not read."""
    return _tracing(outputs, tuple(_user(row, Location(slot=row["SLOT"])) for row in _listed(outputs)))


def tracing_of_boards(outputs: Outputs) -> AttackTracing:
    """VRP5: attackers by MAC address, by port with VLAN and by IP address."""
    found = (_any(row) for row in _listed(outputs))
    return _tracing(
        outputs,
        tuple(replace(row, interface=row.interface and long_name(row.interface)) for row in found),
    )


def _listed(outputs: Outputs) -> tuple[Row, ...]:
    """Rows of all tables; without any attacker nothing is printed, or tables with a total of zero."""
    parsed = outputs.need(_SOURCES)
    if _total(parsed) != len(parsed.rows) and not parsed.unread:
        raise UnreadableError(f"{_SOURCES}: {_total(parsed)} by its totals, {len(parsed.rows)} in its tables")
    return parsed.rows


def _total(parsed: Parsed) -> int:
    found = (re.match(r"\s*Total\s*:\s*(\d+)\s*$", line) for line in parsed.lines)
    return sum(int(match[1]) for match in found if match)


def _any(row: Row) -> AttackSource:
    where = _board(row)
    if row["TABLE"] == "User":
        return _user(row, where)
    if row["TABLE"] == "IP":
        return AttackSource(seen=row.seen, location=where, ip=row["SOURCE"], packets=row.integer("PACKETS"))
    return AttackSource(
        seen=row.seen,
        location=where,
        interface=row["SOURCE"],
        vlan=row.integer("VLAN"),
        packets=row.integer("PACKETS"),
    )


def _user(row: Row, where: Location) -> AttackSource:
    protocol = row["PROTOCOL"] if "PROTOCOL" in row.values else ""
    return AttackSource(
        seen=row.seen,
        location=where,
        mac=row["SOURCE"],
        interface=row["INTERFACE"],
        vlan=row.integer("VLAN"),
        protocol=protocol or None,
        packets=row.integer("PACKETS"),
    )


def _tracing(outputs: Outputs, sources: tuple[AttackSource, ...]) -> AttackTracing:
    """Tracing is on where every policy that is applied to something has it on."""
    policies = _rows(outputs, _POLICIES)
    unsaid = [row["NAME"] for row in policies if not row["ENABLED"]]
    if unsaid:
        raise UnreadableError(f"{_POLICIES}: policy {unsaid[0]} does not say whether tracing is on")
    applied = [row for row in policies if row["RELATED"] not in {"", "<>", "-"}] or list(policies)
    lines = sorted({number for row in applied for number in row.seen.lines})
    return AttackTracing(
        seen=Seen(applied[0].seen.capture, _POLICIES, tuple(lines)),
        enabled=all(row["ENABLED"] == "enable" for row in applied),
        sources=sources,
    )


VRP5: Final[Mapping[str, Reader]] = {
    "control_plane_drops": drops_of_boards,
    "attack_tracing": tracing_of_boards,
}
VRP8: Final[Mapping[str, Reader]] = {"control_plane_drops": drops, "attack_tracing": tracing}
