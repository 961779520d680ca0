"""What a Comware configuration says of the device's own protection.

Defaults are those of the H3C command references (Network Management and Monitoring, Security, ACL and QoS).
"""

from collections.abc import Callable, Mapping
from typing import Final

from parsers import interface_lines
from parsers.comware_config import config_lines, configuration
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    ArpDetection,
    Banner,
    CommandAudit,
    NtpAuth,
    RoutingAuth,
)
from parsers.interface_lines import Protocol
from parsers.reader import Reader


def _of(read: Callable[[ConfigTree], object]) -> Reader:
    return lambda outputs: read(configuration(outputs))


def ntp_auth(tree: ConfigTree) -> NtpAuth:
    """Servers and peers, IPv4 and IPv6, and which of them have a key."""
    on = config_lines(tree, "ntp-service authentication enable")
    found = config_lines(tree, r"ntp-service (?:ipv6 )?unicast-(?:server|peer) .+")
    keyed = [line for line in found if " authentication-keyid " in line.text]
    return NtpAuth(seen=tree.seen(*on, *found), enabled=bool(on), sources=len(found), keyed=len(keyed))


def banners(tree: ConfigTree) -> tuple[Banner, ...]:
    """Texts before and after login; those for the shell alone come too late to warn."""
    found = tree.find(r"(?:copyright-info|header) (?:login|motd|legal|incoming) ?(.*)")
    return tuple(Banner(seen=tree.seen(line), text=match[1].strip("%# ")) for line, match in found)


def command_audit(tree: ConfigTree) -> CommandAudit:
    """`command accounting` and `command authorization` of the terminal lines or their class.

    Commands are recorded by an HWTACACS server alone, and by none unless a domain names it: the
    default method is local (H3C command reference, AAA, `accounting command`).
    """
    blocks = [line for line, _ in tree.find(r"(?:line|user-interface) (?:vty|class vty).*")]
    told = [c for block in blocks for c, _ in block.find("command accounting")]
    asked = [c for block in blocks for c, _ in block.find("command authorization")]
    domains = [domain for domain, _ in tree.find(r"domain (?!default )\S.*")]
    form = r"accounting (?:command|default) hwtacacs-scheme .+"
    servers = [line for domain in domains for line, _ in domain.find(form)]
    return CommandAudit(
        seen=tree.seen(*blocks, *told, *asked, *servers),
        accounting=bool(told and servers),
        authorization=bool(asked),
    )


_AUTH: Final[Mapping[Protocol, tuple[str, str]]] = {
    "isis": (r"isis (?:ipv6 )?enable(?: (\d+))?", r"isis authentication-mode .+"),
    "rip": (r"rip (\d+) enable", r"rip authentication-mode .+"),
    "ospfv3": (r"ospfv3 (\d+) area .+", r"ospfv3 (?:ipsec-profile|authentication-mode) .+"),
}


def routing_auth(tree: ConfigTree) -> tuple[RoutingAuth, ...]:
    """Authentication of the neighbours of IS-IS, RIP and OSPFv3."""
    return interface_lines.routing_auth(tree, _AUTH)


def arp_detection(tree: ConfigTree) -> ArpDetection:
    """VLANs whose own block turns ARP detection on."""
    lines: list[ConfigLine] = []
    vlans: list[int] = []
    for block, match in tree.find(r"vlan (\d+)(?: to (\d+))?"):
        for line, _ in block.find("arp detection enable"):
            lines += [block, line]
            vlans += range(int(match[1]), int(match[2] or match[1]) + 1)
    return ArpDetection(seen=tree.seen(*lines), vlans=tuple(vlans))


READERS: Final[Mapping[str, Reader]] = {
    "ntp_auth": _of(ntp_auth),
    "banners": _of(banners),
    "command_audit": _of(command_audit),
    "routing_auth": _of(routing_auth),
    "arp_detection": _of(arp_detection),
}
