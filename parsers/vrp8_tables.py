"""VLANs, addresses, ARP, MAC and spanning tree tables of a VRP8 device."""

import re

from parsers.facts import ArpEntry, InterfaceAddress, MacEntry, MacMove, StpPort, TableUse, Vlan
from parsers.reader import Outputs
from parsers.template import Parsed, Row, UnreadableError


def _printed(parsed: Parsed, pattern: str) -> bool:
    return any(re.search(pattern, line) for line in parsed.lines)


def _rows(outputs: Outputs, *commands: str) -> tuple[Row, ...]:
    """Rows of a table that cannot be empty on a device that works."""
    parsed = outputs.need(*commands)
    if not parsed.rows:
        raise UnreadableError(f"{parsed.seen.command}: nothing was recognised in it")
    return parsed.rows


def vlans(outputs: Outputs) -> tuple[Vlan, ...]:
    """VLANs with their ports, tagged or not. A description is no name, and names are not printed.

    Some V300R0xx print no ports when all VLANs are asked for: that is unreadable, not "no ports".
    """
    ports = [row for row in _rows(outputs, "display vlan") if not row["STATUS"]]
    if not ports:
        raise UnreadableError("display vlan: no table of ports in it")
    return tuple(
        Vlan(
            seen=row.seen,
            vlan=int(row["VID"]),
            ports=tuple(
                name
                for line in row.all("PORTS")
                for name in re.findall(r"(?:(?:UT|TG|MP|ST):)?(\S+?)\([UD]\)", line)
            ),
        )
        for row in ports
    )


def addresses(outputs: Outputs) -> tuple[InterfaceAddress, ...]:
    """Primary IPv4 address of each interface that has one; secondary ones are not in this table."""
    return tuple(
        InterfaceAddress(
            seen=row.seen,
            interface=row["INTERFACE"],
            address=row["ADDRESS"],
            prefix_length=int(row["PREFIX_LENGTH"]),
            vrf=row.maybe("VPN"),
        )
        for row in _rows(outputs, "display ip interface brief")
        if row["ADDRESS"]
    )


def arp(outputs: Outputs) -> tuple[ArpEntry, ...]:
    """Entries that have a MAC address; those still looked for (`Incomplete`) have none."""
    parsed = outputs.need("display arp all", "display arp")
    if not parsed.rows and not _printed(parsed, r"^Total:\s*0\b"):
        raise UnreadableError(f"{parsed.seen.command}: no entry, and not said to be none")
    return tuple(
        ArpEntry(
            seen=row.seen,
            ip=row["IP"],
            mac=row["MAC"],
            interface=row["INTERFACE"],
            vlan=int(row["VLAN"]) if row["VLAN"].isdigit() else None,
            vrf=row.maybe("VPN"),
        )
        for row in parsed.rows
        if row["MAC"] != "Incomplete"
    )


_STATIC = {"static", "blackhole", "sticky", "sec-config"}


def macs(outputs: Outputs) -> tuple[MacEntry, ...]:
    """Entries of the MAC table; one that belongs to a bridge domain has no VLAN."""
    parsed = outputs.need("display mac-address")
    if not parsed.rows and not _printed(parsed, r"^Total items(?: displayed)?\s*[:=]\s*0\b"):
        raise UnreadableError("display mac-address: no entry, and not said to be none")
    return tuple(
        MacEntry(
            seen=row.seen,
            mac=row["MAC"],
            vlan=row.integer("VLAN"),
            interface=row["PORT"],
            static=row["TYPE"] in _STATIC,
        )
        for row in parsed.rows
    )


def table_use(outputs: Outputs) -> tuple[TableUse, ...]:
    """MAC table of each slot with its size, ARP entries without interfaces' own, active routes."""
    return (
        *(_mac_use(row) for row in _rows(outputs, "display mac-address summary")),
        *(arp_use(row) for row in _rows(outputs, "display arp statistics", "display arp statistics all")),
        _route_use(outputs),
    )


def _mac_use(row: Row) -> TableUse:
    used = row.integer("IN_USED")
    if used is None:
        raise UnreadableError(f"display mac-address summary: slot {row['SLOT']} without its use")
    return TableUse(seen=row.seen, table="mac", used=used, capacity=row.integer("CAPACITY"))


def arp_use(row: Row) -> TableUse:
    """Entries that were learned or set, without the interfaces' own."""
    counts = (row.integer(name) for name in ("DYNAMIC", "STATIC", "OPENFLOW", "REDIRECT"))
    return TableUse(seen=row.seen, table="arp", used=sum(count or 0 for count in counts))


def _route_use(outputs: Outputs) -> TableUse:
    for row in _rows(outputs, "display ip routing-table statistics"):
        if row["PROTOCOL"] == "Total":
            return TableUse(seen=row.seen, table="route", used=int(row["ACTIVE"]))
    raise UnreadableError("display ip routing-table statistics: no total in it")


def mac_moves(outputs: Outputs) -> tuple[MacMove, ...]:
    """Addresses that were seen moving; nothing is known where detection is off."""
    parsed = outputs.need("display mac-address flapping")
    if not _printed(parsed, r"Flapping detection\s*: Enable"):
        raise UnreadableError("display mac-address flapping: detection is not said to be on")
    return tuple(
        MacMove(
            seen=row.seen,
            mac=row["MAC"],
            vlan=row.integer("VLAN"),
            count=row.integer("COUNT"),
            last_at=row["ENDED"] or row["BEGAN"],
        )
        for row in parsed.rows
    )


def stp_ports(outputs: Outputs) -> tuple[StpPort, ...]:
    """Ports in each instance; empty where spanning tree is off or no port is up.

    The table names the protection that is set on a port. It holds back a designated port that does not
    forward (root and loop protection); elsewhere it has nothing to do with the state.
    """
    counters = outputs.parsed("display stp tc-bpdu statistics")
    received = {
        (row["INSTANCE"], row["PORT"]): row.integer("RECEIVED") for row in (counters.rows if counters else ())
    }
    return tuple(
        StpPort(
            seen=row.seen,
            name=row["PORT"],
            role=row["ROLE"],
            state=row["STATE"],
            instance=int(row["INSTANCE"]),
            protection=_held_back_by(row),
            tc_received=received.get((row["INSTANCE"], row["PORT"])),
        )
        for row in outputs.need("display stp brief").rows
    )


def _held_back_by(row: Row) -> str | None:
    held = row["ROLE"] == "DESI" and row["STATE"].lower() == "discarding"
    return row["PROTECTION"] if held and row["PROTECTION"].lower() != "none" else None
