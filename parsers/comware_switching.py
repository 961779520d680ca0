"""VLANs, MAC addresses, spanning tree's ports and protections against loops of a Comware 7 switch."""

from collections.abc import Iterable, Iterator
from typing import Literal

from parsers import control_plane as policies
from parsers.comware_config import config_lines, configuration
from parsers.comware_network import full_name
from parsers.comware_rows import printed, required, rows_of
from parsers.config_tree import ConfigLine
from parsers.facts import (
    ControlPlane,
    DhcpSnooping,
    LinkDetection,
    LoopDetection,
    MacEntry,
    MacMove,
    MirrorSession,
    PortSetting,
    StpPort,
    StpProtection,
    TableUse,
    Vlan,
)
from parsers.port_settings import COMWARE, spoken_ports, spoken_protection
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

_LAST_VLAN = 4094
_STATIC = {"Static", "Config static", "Security", "Blackhole", "Multiport"}
_MAC_COUNT, _MAC_TABLE = "display mac-address count", "display mac-address statistics"
_ARP_COUNT, _ROUTE_COUNT = "display arp all count", "display ip routing-table statistics"
# As Comware 7 and Comware 5 word it.
_DLDP_ON = {"Enabled", "enable"}
_STP_PORTS, _STP_BLOCKED, _STP_TC = "display stp brief", "display stp abnormal-port", "display stp tc"


def vlans(outputs: Outputs) -> tuple[Vlan, ...]:
    """Read the VLANs with the ports in them, tagged or not; VLAN 1 is always there."""
    return tuple(
        Vlan(
            seen=row.seen,
            vlan=int(row["VLAN"]),
            name=row["NAME"] or None,
            ports=tuple(full_name(port) for line in row.all("PORTS") for port in line.split()),
        )
        for row in rows_of(outputs.need("display vlan brief"))
    )


def macs(outputs: Outputs) -> tuple[MacEntry, ...]:
    """Read the MAC address table; blackhole entries keep the word that stands in place of a port."""
    return tuple(_mac(row) for row in printed(outputs, "display mac-address"))


def _mac(row: Row) -> MacEntry:
    required(row, "STATE", "PORT")
    port = row["PORT"]
    return MacEntry(
        seen=row.seen,
        mac=row["MAC"],
        vlan=row.integer("VLAN"),
        interface=port if row.maybe("PORT") is None else full_name(port),
        static=row["STATE"] in _STATIC,
    )


def mac_moves(outputs: Outputs) -> tuple[MacMove, ...]:
    """Read the addresses that moved between ports, one row for each way they went."""
    return tuple(
        MacMove(
            seen=row.seen,
            mac=row["MAC"],
            vlan=row.integer("VLAN"),
            count=row.integer("TIMES"),
            last_at=row["LAST"],
        )
        for row in outputs.need("display mac-address mac-move").rows
    )


def table_use(outputs: Outputs) -> tuple[TableUse, ...]:
    """Read how many entries the tables hold; only that of MAC addresses says how many it could."""
    whole = outputs.parsed(_MAC_TABLE)
    capacity = None
    if whole is not None:
        required(rows_of(whole)[0], "CAPACITY")
        capacity = whole.rows[0].integer("CAPACITY")
    return (
        _use(outputs, "mac", _MAC_COUNT, "COUNT", capacity),
        _use(outputs, "arp", _ARP_COUNT, "COUNT", None),
        _use(outputs, "route", _ROUTE_COUNT, "ACTIVE", None),
    )


def _use(
    outputs: Outputs, table: Literal["mac", "arp", "route"], command: str, column: str, capacity: int | None
) -> TableUse:
    row = rows_of(outputs.need(command))[0]
    return TableUse(seen=row.seen, table=table, used=int(row[column]), capacity=capacity)


def stp_ports(outputs: Outputs) -> tuple[StpPort, ...]:
    """Read the ports of every instance; none where spanning tree is off.

    What `display stp brief` calls protection is configuration; a port that one has blocked is in
    `display stp abnormal-port`. Topology changes are counted slot by slot and added up.
    """
    blocked = {_place(row): row for row in outputs.need(_STP_BLOCKED).rows}
    counts = outputs.parsed(_STP_TC)
    changes = _sums(counts.rows) if counts else {}
    return tuple(_stp_port(row, blocked.get(_place(row)), changes) for row in printed(outputs, _STP_PORTS))


def _place(row: Row) -> tuple[str, str]:
    return row["INSTANCE"], row["PORT"]


def _sums(rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        found[_place(row)] = found.get(_place(row), 0) + int(row["RECEIVED"])
    return found


def _stp_port(row: Row, blocked: Row | None, changes: dict[tuple[str, str], int]) -> StpPort:
    required(row, "ROLE", "STATE")
    return StpPort(
        seen=row.seen,
        name=full_name(row["PORT"]),
        role=row["ROLE"],
        state=row["STATE"],
        instance=row.integer("INSTANCE"),
        protection=blocked["REASON"] if blocked else None,
        tc_received=changes.get(_place(row)),
    )


def link_detection(outputs: Outputs) -> tuple[LinkDetection, ...]:
    """Read DLDP on every port that has it; none while it is off globally."""
    head, *ports = rows_of(outputs.need("display dldp"))
    required(head, "GLOBAL")
    for row in ports:
        required(row, "INTERFACE", "STATE")
    on = head["GLOBAL"] in _DLDP_ON
    return tuple(
        LinkDetection(seen=row.seen, interface=row["INTERFACE"], state=row["STATE"]) for row in ports if on
    )


def loop_detection(outputs: Outputs) -> LoopDetection:
    """Read loop detection and the ports in a loop."""
    row = rows_of(outputs.need("display loopback-detection"))[0]
    return LoopDetection(
        seen=row.seen,
        enabled=row["STATE"] == "enabled",
        looped_ports=tuple(full_name(port) for port in row.all("PORT")),
    )


def dhcp_snooping(outputs: Outputs) -> DhcpSnooping:
    """Read DHCP snooping out of the configuration; off unless it says so.

    `dhcp snooping enable` alone is for every VLAN.
    """
    tree = configuration(outputs)
    everywhere = config_lines(tree, "dhcp snooping enable")
    some = list(tree.find(r"dhcp snooping enable vlan (.+)"))
    trusted = list(_interfaces_that_say(tree.lines, "dhcp snooping trust"))
    numbers = () if everywhere else tuple(n for _, m in some for n in _vlan_list(m[1]))
    return DhcpSnooping(
        seen=tree.seen(*everywhere, *(line for line, _ in some), *(line for line, _ in trusted)),
        enabled=bool(everywhere or some),
        everywhere=bool(everywhere),
        vlans=numbers,
        trusted_ports=tuple(name for _, name in trusted),
    )


def port_settings(outputs: Outputs) -> tuple[PortSetting, ...]:
    """What the configuration sets on ports."""
    return spoken_ports(configuration(outputs), COMWARE)


def stp_protection(outputs: Outputs) -> StpProtection:
    """Protections of spanning tree that hold for the whole device."""
    return spoken_protection(configuration(outputs), tc_default=True)


def control_plane(outputs: Outputs) -> ControlPlane:
    """Policies in front of the processor."""
    return policies.comware(configuration(outputs))


def _interfaces_that_say(lines: Iterable[ConfigLine], text: str) -> Iterator[tuple[ConfigLine, str]]:
    for line in lines:
        if line.text.startswith("interface ") and any(line.find(text)):
            yield line, line.text.removeprefix("interface ")


def _vlan_list(text: str) -> Iterator[int]:
    """Numbers of a list such as `10 20 to 30`."""
    words = text.split()
    while words:
        first = last = words.pop(0)
        if words[:1] == ["to"]:
            last = words[1] if len(words) > 1 else ""
            words = words[2:]
        if not (first.isdecimal() and last.isdecimal() and int(last) <= _LAST_VLAN):
            raise UnreadableError(f"list of VLANs {text!r}")
        yield from range(int(first), int(last) + 1)


def mirrors(outputs: Outputs) -> tuple[MirrorSession, ...]:
    """Read the mirroring groups; their ports are named in the group's lines or in the interfaces'."""
    tree = configuration(outputs)
    groups = list(tree.find(r"mirroring-group (\d+) (?:local|remote-source|remote-destination)(?: .+)?"))
    found = []
    for line, match in groups:
        sources, targets = _mirror_ends(tree.lines, match[1])
        if len(targets) > 1:
            raise UnreadableError(f"mirroring group {match[1]} has several monitor ports")
        found.append(
            MirrorSession(
                seen=tree.seen(line),
                id=match[1],
                sources=tuple(sources),
                destination=targets[0] if targets else None,
            )
        )
    return tuple(found)


def _mirror_ends(lines: Iterable[ConfigLine], group: str) -> tuple[list[str], list[str]]:
    sources: list[str] = []
    targets: list[str] = []
    for line in lines:
        name = line.text.removeprefix("interface ") if line.text.startswith("interface ") else None
        for said in (line, *(line.children if name else ())):
            words = said.text.split()
            if words[:2] != ["mirroring-group", group] or len(words) < 3:
                continue
            ends = [name] if name else words[3:]
            if words[2] in {"mirroring-port", "mirroring-vlan", "mirroring-cpu"}:
                sources += [word for word in ends if word not in {"both", "inbound", "outbound"}]
            elif words[2] in {"monitor-port", "monitor-egress"}:
                targets += ends
    return sources, targets
