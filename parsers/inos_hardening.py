"""What an INOS-CN configuration says of the device's own protection.

Defaults are those of the Cisco Nexus 9000 security and system management guides, 7.x and 9.x.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from parsers import interface_lines
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    ArpDetection,
    Banner,
    CommandAudit,
    NtpAuth,
    RoutingAuth,
)
from parsers.inos_config import running
from parsers.interface_lines import Protocol
from parsers.reader import Reader


def _of(read: Callable[[ConfigTree], object]) -> Reader:
    return lambda outputs: read(running(outputs))


def ntp_auth(tree: ConfigTree) -> NtpAuth:
    """Servers and peers, and which of them have a key."""
    on = [line for line, _ in tree.find(r"ntp authenticate")]
    found = [line for line, _ in tree.find(r"ntp (?:server|peer) .+")]
    keyed = [line for line in found if re.search(r" key \d+\b", line.text)]
    return NtpAuth(seen=tree.seen(*on, *found), enabled=bool(on), sources=len(found), keyed=len(keyed))


def banners(tree: ConfigTree) -> tuple[Banner, ...]:
    """`banner motd` and `banner exec`; the one that is shipped is not written."""
    found = tree.find(r"banner (?:motd|exec|login) (.*)")
    return tuple(Banner(seen=tree.seen(line), text=match[1].strip("#^% ")) for line, match in found)


def command_audit(tree: ConfigTree) -> CommandAudit:
    """Commands are told and asked for by server groups; accounting to the local log alone does not count."""
    told = [line for line, _ in tree.find(r"aaa accounting default group .+")]
    asked = [
        line for line, _ in tree.find(r"aaa authorization (?:commands|config-commands) default group .+")
    ]
    return CommandAudit(seen=tree.seen(*told, *asked), accounting=bool(told), authorization=bool(asked))


_AUTH: Final[Mapping[Protocol, tuple[str, str]]] = {
    "isis": (r"ip router isis (\S+)", r"isis authentication(?:-type| key-chain| ).*"),
    "rip": (r"ip router rip (\S+)", r"ip rip authentication .+"),
    "ospfv3": (r"ipv6 router ospfv3 (\S+) area .+", r"ospfv3 (?:authentication|encryption) .+"),
}


def routing_auth(tree: ConfigTree) -> tuple[RoutingAuth, ...]:
    """Authentication of the neighbours of IS-IS, RIP and OSPFv3."""
    return interface_lines.routing_auth(tree, _AUTH)


def arp_detection(tree: ConfigTree) -> ArpDetection:
    """VLANs of `ip arp inspection vlan`."""
    lines: list[ConfigLine] = []
    vlans: list[int] = []
    for line, match in tree.find(r"ip arp inspection vlan (.+)"):
        lines.append(line)
        for first, last in re.findall(r"(\d+)(?:-(\d+))?", match[1]):
            vlans += range(int(first), int(last or first) + 1)
    return ArpDetection(seen=tree.seen(*lines), vlans=tuple(vlans))


READERS: Final[Mapping[str, Reader]] = {
    "ntp_auth": _of(ntp_auth),
    "banners": _of(banners),
    "command_audit": _of(command_audit),
    "routing_auth": _of(routing_auth),
    "arp_detection": _of(arp_detection),
}
