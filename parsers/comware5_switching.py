"""VLANs as Comware 5 prints them, and what its configuration says of the guards on its ports."""

from parsers.comware_config import config_lines, configuration
from parsers.comware_network import full_name
from parsers.comware_rows import rows_of
from parsers.facts import DhcpSnooping, LoopDetection, Vlan
from parsers.reader import Outputs
from parsers.template import UnreadableError


def vlans(outputs: Outputs) -> tuple[Vlan, ...]:
    """Read the VLANs with the ports in them, tagged or not; VLAN 1 is always there."""
    return tuple(
        Vlan(
            seen=row.seen,
            vlan=int(row["VLAN"]),
            name=row["NAME"] or None,
            ports=tuple(
                full_name(port.removesuffix("(U)").removesuffix("(D)"))
                for line in (*row.all("TAGGED"), *row.all("UNTAGGED"))
                for port in line.split()
            ),
        )
        for row in rows_of(outputs.need("display vlan all"))
    )


def dhcp_snooping(outputs: Outputs) -> DhcpSnooping:
    """Read DHCP snooping, which works in every VLAN once it is on; off unless the configuration says so."""
    tree = configuration(outputs)
    on = config_lines(tree, "dhcp-snooping")
    trusted = [
        (line, match[1])
        for line, match in tree.find(r"interface (\S+)")
        if any(line.find(r"dhcp-snooping trust(?: .*)?"))
    ]
    return DhcpSnooping(
        seen=tree.seen(*on, *(line for line, _ in trusted)),
        enabled=bool(on),
        everywhere=bool(on),
        trusted_ports=tuple(name for _, name in trusted),
    )


def loop_detection(outputs: Outputs) -> LoopDetection:
    """Read that loop detection is off.

    No port looks unless it is on for the whole device, and by default it is not (command references of
    S5120-SI and S7500E). How it prints what it has found was not seen.
    """
    tree = configuration(outputs)
    on = config_lines(tree, "loopback-detection enable")
    if on:
        raise UnreadableError(
            f"line {on[0].number}: loop detection is on, and no table of looped ports is known"
        )
    return LoopDetection(seen=tree.seen(), enabled=False)
