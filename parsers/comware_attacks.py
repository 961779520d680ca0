"""What Comware says of drops in front of the processor and of ARP floods.

Forms and defaults: H3C Comware 7 command references, ACL and QoS (`display qos policy control-plane`) and
Security (`display arp source-mac`, off by default); HPE 12500 command reference for counters in bytes alone.
"""

from collections.abc import Mapping
from typing import Final

from parsers.comware_config import config_lines, configuration
from parsers.comware_network import full_name
from parsers.comware_rows import place
from parsers.facts import AttackSource, AttackTracing, ControlPlaneDrop, Location
from parsers.reader import Outputs, Reader
from parsers.template import Row, UnreadableError

_MEMBERS: Final = ("display qos policy control-plane slot 1", "display qos policy control-plane slot 2")
_FLOODS: Final = "display arp source-mac"


def control_plane_drops(outputs: Outputs) -> tuple[ControlPlaneDrop, ...]:
    """Red packets of each class that discards them, of members 1 and 2.

    None where no policy of one's own is applied: what the predefined ones discard is printed nowhere.
    """
    answers = [outputs.need(_MEMBERS[0]), outputs.parsed(_MEMBERS[1])]
    rows = [row for parsed in answers if parsed is not None for row in parsed.rows]
    return tuple(_drop(row) for row in rows if row["RED_ACTION"] == "discard")


def _drop(row: Row) -> ControlPlaneDrop:
    packets, octets = row.integer("RED_PACKETS"), row.integer("RED_BYTES")
    if packets is None and octets is None:
        raise UnreadableError(f"{row.seen.command}: class {row['CLASS']} discards and counts nothing")
    return ControlPlaneDrop(
        seen=row.seen, location=place(row), protocol=row["CLASS"], dropped=packets, dropped_bytes=octets
    )


def attack_tracing(outputs: Outputs) -> AttackTracing:
    """Detection of ARP floods by source MAC address: on by configuration, what was found by the master."""
    tree = configuration(outputs)
    lines = config_lines(tree, r"arp source-mac (?:filter|monitor)")
    sources = tuple(
        AttackSource(
            seen=row.seen,
            location=Location(),
            mac=row["MAC"],
            interface=full_name(row["INTERFACE"]),
            vlan=row.integer("VLAN"),
            protocol="ARP",
        )
        for row in outputs.need(_FLOODS).rows
    )
    return AttackTracing(seen=tree.seen(*lines), enabled=bool(lines), sources=sources)


def switched_off(outputs: Outputs) -> AttackTracing:
    """Comware 5: whether it is on; raises UnreadableError where it is, as its list was not seen.

    HP 5120 SI and E4510 command references: `arp anti-attack source-mac`, off by default.
    """
    tree = configuration(outputs)
    if config_lines(tree, r"arp anti-attack source-mac (?:filter|monitor)"):
        raise UnreadableError("arp anti-attack source-mac is on, and the form of its list is not known")
    return AttackTracing(seen=tree.seen(), enabled=False, sources=())


READERS: Final[Mapping[str, Reader]] = {
    "control_plane_drops": control_plane_drops,
    "attack_tracing": attack_tracing,
}
