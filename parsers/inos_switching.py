"""INOS-CN: VLANs, MAC and ARP tables, spanning tree ports, UDLD, DHCP snooping and port mirroring."""

import re
from collections.abc import Iterator

from parsers import control_plane
from parsers.config_tree import ConfigLine
from parsers.facts import (
    ArpEntry,
    ControlPlane,
    ControlPlaneDrop,
    DhcpSnooping,
    LinkDetection,
    Location,
    MacEntry,
    MacMove,
    MirrorSession,
    PortSetting,
    StpPort,
    StpProtection,
    TableUse,
    Vlan,
)
from parsers.inos_config import feature_on, has_vrfs, of_every_vrf, running
from parsers.inos_names import long_name
from parsers.inos_system import log_events
from parsers.inos_totals import announcement
from parsers.port_settings import listed_ports, listed_protection
from parsers.reader import Outputs
from parsers.template import Parsed, UnreadableError
from parsers.times import stretch_s

_LEAST_MOVE_LEVEL = 4
"""Level of `L2FM_MAC_MOVE`; without `logging level l2fm` only 2 and worse is logged."""


def headed(parsed: Parsed, head: str) -> None:
    """Raise UnreadableError where the head of a table that may be empty is not there."""
    if not parsed.rows and not any(re.match(head, line) for line in parsed.lines):
        raise UnreadableError(f"{parsed.seen.command}: no table in it")


def vlans(outputs: Outputs) -> tuple[Vlan, ...]:
    """VLANs with the ports that are up in them or that have no other; VLAN 1 always exists."""
    rows = outputs.need("show vlan").rows
    if not rows:
        raise UnreadableError("show vlan: no VLAN in it")
    return tuple(
        Vlan(
            seen=row.seen,
            vlan=int(row["VLAN"]),
            name=row["NAME"],
            ports=tuple(
                long_name(port) for line in row.all("PORTS") for port in re.findall(r"[^\s,]+", line)
            ),
        )
        for row in rows
    )


# --- addresses ------------------------------------------------------------------------------------


def arp(outputs: Outputs) -> tuple[ArpEntry, ...]:
    """Resolved entries of all VRFs."""
    parsed = of_every_vrf(outputs, "show ip arp", others=has_vrfs)
    headed(parsed, r"Total number of entries:\s*0\s*$")
    resolved = [row for row in parsed.rows if row["MAC"] != "INCOMPLETE"]
    announced = announcement(parsed, r"Total number of entries:\s*(\d+)")
    # Whether entries without a MAC address count in the total is not the same everywhere.
    if announced is not None and announced not in (len(parsed.rows), len(resolved)):
        raise UnreadableError(
            f"{parsed.seen.command}: announces {announced} entries, but {len(parsed.rows)} were read"
        )
    return tuple(
        ArpEntry(
            seen=row.seen,
            ip=row["IP"],
            mac=row["MAC"],
            interface=row["INTERFACE"],
            vlan=int(vlan[1]) if (vlan := re.fullmatch(r"Vlan(\d+)", row["INTERFACE"])) else None,
            vrf=_arp_vrf(row["TABLE"]),
            age_s=_age(row["AGE"]),
        )
        for row in resolved
    )


def _age(printed: str) -> int | None:
    """Read `00:09:53`, `1d20h` or, of a new entry, fractions of a second as in `0.007239`."""
    if printed == "-":
        return None
    return int(float(printed)) if re.fullmatch(r"\d+\.\d+", printed) else stretch_s(printed)


def _arp_vrf(table: str) -> str | None:
    """Read `context blue` or `VRF blue`; entries of `all contexts` do not say which is theirs."""
    name = table.removeprefix("context ").removeprefix("VRF ")
    return None if name in ("", "default", "all contexts") else name


def macs(outputs: Outputs) -> tuple[MacEntry, ...]:
    """Entries of the MAC table, the switch's own included; those of routed ports have no VLAN."""
    parsed = outputs.need("show mac address-table")
    headed(parsed, r"\s*VLAN\s+MAC Address\s+Type")
    return tuple(
        MacEntry(
            seen=row.seen,
            mac=row["MAC"],
            vlan=row.integer("VLAN"),
            interface=long_name(row["PORT"].removesuffix("(R)")),
            static=row["TYPE"] != "dynamic",
        )
        for row in parsed.rows
    )


def table_use(outputs: Outputs) -> tuple[TableUse, ...]:
    """Entries of the three tables; this lineage prints no capacity beside them. Routes by VRF, summed."""
    macs_used, arp_used, routes_used = (
        outputs.need("show mac address-table count"),
        of_every_vrf(outputs, "show ip arp summary", others=has_vrfs),
        of_every_vrf(outputs, "show ip route summary", others=has_vrfs),
    )
    for parsed in (macs_used, arp_used, routes_used):
        if not parsed.rows:
            raise UnreadableError(f"{parsed.seen.command}: no number in it")
    return (
        TableUse(seen=macs_used.rows[0].seen, table="mac", used=int(macs_used.rows[0]["USED"])),
        TableUse(seen=arp_used.rows[0].seen, table="arp", used=int(arp_used.rows[0]["TOTAL"])),
        TableUse(
            seen=routes_used.rows[0].seen,
            table="route",
            used=sum(int(row["ROUTES"]) for row in routes_used.rows),
        ),
    )


def mac_moves(outputs: Outputs) -> tuple[MacMove, ...]:
    """Moves that the log tells of; it does so only where `logging level l2fm` is set to 4 or more."""
    tree = running(outputs)
    level = next((int(match[1]) for _, match in tree.find(r"logging level l2fm ([0-7])")), None)
    if level is None or level < _LEAST_MOVE_LEVEL:
        raise UnreadableError("the device does not log moves: no `logging level l2fm` of 4 or more")
    return tuple(_moves(outputs))


def _moves(outputs: Outputs) -> Iterator[MacMove]:
    form = r"Mac (\S+) in vlan (\d+) has moved (?:from \S* ?to \S+|between \S+ to \S+).*"
    events = [event for event in log_events(outputs) if event.mnemonic.startswith("L2FM/L2FM_MAC_MOVE")]
    said = [(event, match) for event in events if (match := re.fullmatch(form, event.text.strip()))]
    if len(said) < len(events):
        raise UnreadableError("show logging logfile: a move whose words are not known")
    for mac, vlan in dict.fromkeys((match[1], match[2]) for _, match in said):
        own = [event for event, match in said if (match[1], match[2]) == (mac, vlan)]
        last = max(own, key=lambda event: event.time)
        yield MacMove(
            seen=last.seen, mac=mac, vlan=int(vlan), count=len(own), last_at=last.time.isoformat(" ")
        )


# --- loops and one-way links ----------------------------------------------------------------------


def stp_ports(outputs: Outputs) -> tuple[StpPort, ...]:
    """Ports in each instance; only those that are up are listed."""
    parsed = outputs.need("show spanning-tree")
    headed(parsed, r"No spanning tree instance exists|(?:VLAN|MST)\d+\s*$")
    return tuple(
        StpPort(
            seen=row.seen,
            name=long_name(row["PORT"]),
            role=row["ROLE"],
            state=row["STATE"],
            instance=int(row["INSTANCE"].lstrip("VLANMST")),
            protection=row["PROTECTION"] or None,
        )
        for row in parsed.rows
    )


def link_detection(outputs: Outputs) -> tuple[LinkDetection, ...]:
    """Ports that have found a neighbour by UDLD; none where the feature is off, as it is by default."""
    if not feature_on(running(outputs), "udld"):
        return ()
    parsed = outputs.need("show udld neighbors")
    headed(parsed, r"Port\s+Device Name")
    return tuple(
        LinkDetection(seen=row.seen, interface=long_name(row["PORT"]), state=row["STATE"])
        for row in parsed.rows
    )


def dhcp_snooping(outputs: Outputs) -> DhcpSnooping:
    """DHCP snooping: off unless both the feature and `ip dhcp snooping` are there."""
    tree = running(outputs)
    lines = [line for line, _ in tree.find(r"ip dhcp snooping(?: vlan .*)?")]
    vlans = [number for line in lines for number in _numbers(line)]
    trusted: list[str] = []
    for block, match in tree.find(r"interface (\S+)"):
        for line, _ in block.find(r"ip dhcp snooping trust"):
            lines.append(line)
            trusted.append(match[1])
    switched_on = next(tree.find(r"ip dhcp snooping"), None) is not None
    return DhcpSnooping(
        seen=tree.seen(*lines),
        enabled=feature_on(tree, "dhcp") and switched_on,
        vlans=tuple(sorted(set(vlans))),
        trusted_ports=tuple(trusted),
    )


def _numbers(line: ConfigLine) -> Iterator[int]:
    """Every number of a list such as `vlan 10,20-22`."""
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", line.text):
        yield from range(int(first), int(last or first) + 1)


def mirrors(outputs: Outputs) -> tuple[MirrorSession, ...]:
    """SPAN sessions of the configuration, shut ones too; sources are ports and VLANs as printed."""
    tree = running(outputs)
    found = []
    for block, match in tree.find(r"monitor session (\d+)(?: .*)?"):
        sources = [said[1] for _, said in block.find(r"source (?:interface )?(.+?)(?: (?:both|rx|tx))?")]
        to = [said[1] for _, said in block.find(r"destination (?:interface )?(.+)")]
        if sources or to:
            found.append(
                MirrorSession(
                    seen=tree.seen(block, *block.children),
                    id=match[1],
                    sources=tuple(dict.fromkeys(sources)),
                    destination=", ".join(to) or None,
                )
            )
    return tuple(found)


# --- settings of ports and in front of the processor ----------------------------------------------


def ports(outputs: Outputs) -> tuple[PortSetting, ...]:
    """What the configuration sets on ports."""
    return listed_ports(running(outputs))


def stp_protection(outputs: Outputs) -> StpProtection:
    """Protections of spanning tree that hold for the whole device."""
    return listed_protection(running(outputs))


def policies(outputs: Outputs) -> ControlPlane:
    """Policies in front of the processor."""
    return control_plane.listed(running(outputs))


def policy_drops(outputs: Outputs) -> tuple[ControlPlaneDrop, ...]:
    """Drops of each class on each module, in packets or in bytes, as the hardware counts.

    Form of NX-OS (genieparser's outputs of Nexus 9000); nobody has seen one of INOS-CN.
    """
    parsed = outputs.need("show policy-map interface control-plane")
    headed(parsed, r"\s*[Cc]ontrol [Pp]lane\s*$")
    return tuple(
        ControlPlaneDrop(
            seen=row.seen,
            location=Location(slot=row["MODULE"] or None),
            protocol=row["CLASS"],
            dropped=int(row["DROPPED"]) if row["UNIT"] == "packet" else None,
            dropped_bytes=int(row["DROPPED"]) if row["UNIT"] == "byte" else None,
        )
        for row in parsed.rows
    )
