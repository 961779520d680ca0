"""What a Huawei VRP configuration says of the device's own protection; shared by VRP5 and VRP8.

Defaults are those of the command references of the S series (V200R) and CE6800 (V300R023).
"""

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
from parsers.interface_lines import Protocol
from parsers.reader import Reader
from parsers.vrp_config import anywhere, running, switch


def _of(read: Callable[[ConfigTree], object]) -> Reader:
    return lambda outputs: read(running(outputs))


def ntp_auth(tree: ConfigTree) -> NtpAuth:
    """Servers and peers, IPv4 and IPv6, and which of them have a key."""
    on, lines = switch(
        tree,
        r"ntp(?:-service)? authentication enable",
        r"undo ntp(?:-service)? authentication enable",
        default=False,
    )
    form = r"ntp(?:-service)? (?:ipv6 )?unicast-(?:server|peer) .+"
    found = [line for line, _ in anywhere(tree, form)]
    keyed = [line for line in found if " authentication-keyid " in line.text]
    return NtpAuth(seen=tree.seen(*lines, *found), enabled=on, sources=len(found), keyed=len(keyed))


def banners(tree: ConfigTree) -> tuple[Banner, ...]:
    """Texts before login; those for the shell alone come too late to warn."""
    found = anywhere(tree, r"header login (?:information )?(.*)")
    return tuple(Banner(seen=tree.seen(line), text=match[1].strip('"%# ')) for line, match in found)


def command_audit(tree: ConfigTree) -> CommandAudit:
    """Recording of commands, and the levels whose commands are asked for."""
    told = [line for line, _ in anywhere(tree, r"cmd recording-scheme \S+")]
    asked = [line for line, _ in anywhere(tree, r"authorization-cmd \d+ (?:hwtacacs|radius).*")]
    return CommandAudit(seen=tree.seen(*told, *asked), accounting=bool(told), authorization=bool(asked))


_AUTH: Final[Mapping[Protocol, tuple[str, str]]] = {
    "isis": (r"isis (?:ipv6 )?enable(?: (\d+))?", r"isis authentication-mode .+"),
    "rip": (r"rip (\d+) enable", r"rip authentication-mode .+"),
    "ospfv3": (r"ospfv3 (\d+) area .+", r"ospfv3 (?:ipsec sa|authentication-mode) .+"),
}


def routing_auth(tree: ConfigTree) -> tuple[RoutingAuth, ...]:
    """Authentication of the neighbours of IS-IS, RIP and OSPFv3."""
    return interface_lines.routing_auth(tree, _AUTH)


def arp_detection(tree: ConfigTree) -> ArpDetection:
    """VLANs whose own block turns the check against bindings on."""
    lines: list[ConfigLine] = []
    vlans: list[int] = []
    for block, match in tree.find(r"vlan (\d+)"):
        for line, _ in block.find(r"arp anti-attack check user-bind enable"):
            lines += [block, line]
            vlans.append(int(match[1]))
    return ArpDetection(seen=tree.seen(*lines), vlans=tuple(vlans))


READERS: Final[Mapping[str, Reader]] = {
    "ntp_auth": _of(ntp_auth),
    "banners": _of(banners),
    "command_audit": _of(command_audit),
    "routing_auth": _of(routing_auth),
    "arp_detection": _of(arp_detection),
}
