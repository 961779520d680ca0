"""What a VRP5 device has learnt and feeds: VLANs, ARP, MAC addresses, table sizes, power over Ethernet.

What VRP8 prints in the same way is read by `vrp8_tables`.
"""

import re
from dataclasses import replace

from parsers import vrp8_tables
from parsers.facts import ArpEntry, Location, MacEntry, MacMove, Poe, PoePort, StpPort, TableUse, Vlan
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.vrp5_rows import none_or, rows, said

_LONG = {"GE": "GigabitEthernet", "XGE": "XGigabitEthernet", "Eth": "Ethernet"}
_STATIC = ("static", "blackhole", "sticky", "sec-config")


def long_name(port: str) -> str:
    """Spell a port as `display interface` does; tables shorten some kinds."""
    return re.sub(r"^[A-Za-z]+(?=\d)", lambda kind: _LONG.get(kind[0], kind[0]), port)


def vlans(outputs: Outputs) -> tuple[Vlan, ...]:
    """VLANs with their ports, see `vrp8_tables.vlans`."""
    found = vrp8_tables.vlans(outputs)
    return tuple(replace(row, ports=tuple(long_name(port) for port in row.ports)) for row in found)


def arp(outputs: Outputs) -> tuple[ArpEntry, ...]:
    """Resolved entries, see `vrp8_tables.arp`."""
    return tuple(
        replace(row, interface=row.interface and long_name(row.interface)) for row in vrp8_tables.arp(outputs)
    )


def macs(outputs: Outputs) -> tuple[MacEntry, ...]:
    """Entries of the MAC table; one that belongs to a VSI or bridge domain has no VLAN."""
    parsed = outputs.need("display mac-address")
    return tuple(
        MacEntry(
            seen=row.seen,
            mac=row["MAC"],
            vlan=row.integer("VLAN"),
            interface=long_name(row["PORT"]),
            static=row["TYPE"] in _STATIC,
        )
        for row in none_or(parsed, r"Total (matching )?items.*\b0$")
    )


def mac_moves(outputs: Outputs) -> tuple[MacMove, ...]:
    """Recorded moves of addresses; without any there is an empty table or a sentence."""
    parsed = outputs.need("display mac-address flapping record")
    return tuple(
        MacMove(
            seen=row.seen,
            mac=row["MAC"],
            vlan=row.integer("VLAN"),
            count=row.integer("COUNT"),
            last_at=row["ENDED"] or row["BEGAN"],
        )
        for row in none_or(parsed, r"Move-Time +VLAN|Info: ")
    )


def table_use(outputs: Outputs) -> tuple[TableUse, ...]:
    """MAC table of each slot with its size, ARP entries without the interfaces' own, active routes."""
    macs_used = tuple(
        TableUse(
            seen=row.seen,
            table="mac",
            used=int(said(row, "IN_USED")),
            capacity=row.integer("CAPACITY"),
        )
        for row in rows(outputs, "display mac-address summary")
    )
    arps = (vrp8_tables.arp_use(row) for row in rows(outputs, "display arp statistics all"))
    return (*macs_used, *arps, _route_use(outputs))


def _route_use(outputs: Outputs) -> TableUse:
    for row in rows(outputs, "display ip routing-table statistics"):
        if row["PROTOCOL"] == "Total":
            return TableUse(seen=row.seen, table="route", used=int(row["ACTIVE"]))
    raise UnreadableError("display ip routing-table statistics: no total in it")


def stp_ports(outputs: Outputs) -> tuple[StpPort, ...]:
    """Ports in each instance, see `vrp8_tables.stp_ports`.

    The table names the protection that is set on a port. It holds back a designated port that does not
    forward (root and loop protection); elsewhere it has nothing to do with the state.
    """
    return tuple(
        row if row.role == "DESI" and row.state == "DISCARDING" else replace(row, protection=None)
        for row in vrp8_tables.stp_ports(outputs)
    )


_MILLI = 1000


def poe(outputs: Outputs) -> tuple[Poe, ...]:
    """Power over Ethernet of each slot, with its ports, whose names begin with the slot's number.

    The budget is what the supplies give, or less where somebody has set less.
    """
    ports = rows(outputs, "display poe power-state")
    return tuple(
        Poe(
            seen=row.seen,
            location=Location(slot=row["SLOT"]),
            budget_w=min(_watts(row, "SUPPLY_MW"), _watts(row, "LIMIT_MW")),
            used_w=_watts(row, "CONSUMED_MW"),
            ports=tuple(
                PoePort(seen=port.seen, interface=port["PORT"], state=port["STATE"])
                for port in ports
                if _slot(port) == row["SLOT"]
            ),
        )
        for row in rows(outputs, "display poe information")
    )


def _slot(port: Row) -> str:
    return port["PORT"].partition("Ethernet")[2].partition("/")[0]


def _watts(row: Row, name: str) -> float:
    return int(said(row, name)) / _MILLI
