"""What a Comware 5 configuration says of the guards on its ports."""

from parsers.comware_config import config_lines, configuration
from parsers.facts import DhcpSnooping
from parsers.reader import Outputs


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
        trusted_ports=tuple(name for _, name in trusted),
    )
