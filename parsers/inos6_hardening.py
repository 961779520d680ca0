"""What an INOS 6 configuration says of the device's own protection, and of mirrors.

The lines and the defaults are those that Centec's own system writes and leaves out (its public source).
"""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from parsers import ip_settings, port_settings, routing_settings
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    ArpDetection,
    Banner,
    CommandAudit,
    DhcpSnooping,
    MirrorSession,
    NtpAuth,
    RoutingAuth,
)
from parsers.inos6_config import interface_blocks, running
from parsers.reader import Reader
from parsers.template import UnreadableError

_SERVERS: Final = re.compile(r"\b(?:tacplus|tacacs\+?|radius)\b")


def _of(read: Callable[[ConfigTree], object]) -> Reader:
    return lambda outputs: read(running(outputs))


def ntp_auth(tree: ConfigTree) -> NtpAuth:
    """Servers and peers, and which of them have a key."""
    on = [line for line, _ in tree.find(r"ntp authentication enable")]
    found = [line for line, _ in tree.find(r"ntp (?:server|peer) .+")]
    keyed = [line for line in found if re.search(r" key \d+\b", line.text)]
    return NtpAuth(seen=tree.seen(*on, *found), enabled=bool(on), sources=len(found), keyed=len(keyed))


def banners(tree: ConfigTree) -> tuple[Banner, ...]:
    """`banner motd`, `banner exec` and `banner login`: the text stands below, between two marks."""
    lines = list(tree.walk())
    found = []
    for line, below in itertools.pairwise(lines):
        match = re.fullmatch(r"banner (?:motd|exec|login) (\S+)", line.text)
        if match and below.text != match[1]:
            found.append(Banner(seen=tree.seen(line, below), text=below.text))
    return tuple(found)


def command_audit(tree: ConfigTree) -> CommandAudit:
    """Commands are told to servers by the default list, or by one that login lines name.

    The lineage's own system cannot ask a server whether a command is allowed.
    """
    if not any(tree.find(r"aaa new-model")):
        return CommandAudit(seen=tree.seen(), accounting=False, authorization=False)
    named = {
        match[1] for line, _ in tree.find(r"line .+") for _, match in line.find(r"accounting commands (\S+)")
    }
    told = [
        line
        for line, match in tree.find(r"aaa accounting commands (\S+) (.+)")
        if _SERVERS.search(match[2]) and match[1] in {"default", *named}
    ]
    return CommandAudit(seen=tree.seen(*told), accounting=bool(told), authorization=False)


def routing_auth(tree: ConfigTree) -> tuple[RoutingAuth, ...]:
    """OSPFv3, which the lineage's own system does not authenticate; it speaks no IS-IS.

    Raises UnreadableError where RIP runs: nobody has seen the lines that tell its interfaces.
    """
    for line, _ in tree.find(r"router rip"):
        raise UnreadableError(f"{tree.command}: line {line.number}: on which interfaces RIP runs is not read")
    return tuple(
        RoutingAuth(
            seen=tree.seen(process, *(line for line, _ in ports)),
            protocol="ospfv3",
            process="1",
            bare=tuple(match[1] for _, match in ports),
            protected=(),
        )
        for process, _ in tree.find(r"router ospf6")
        if (ports := list(process.find(r"interface (\S+) area \S+")))
    )


def arp_detection(tree: ConfigTree) -> ArpDetection:
    """VLANs of `ip arp inspection vlan`; lines on what is logged of them switch nothing on."""
    found = list(tree.find(r"ip arp inspection vlan (\d[\d,-]*)"))
    vlans = [number for _, match in found for number in _numbers(match[1])]
    return ArpDetection(seen=tree.seen(*(line for line, _ in found)), vlans=tuple(vlans))


def dhcp_snooping(tree: ConfigTree) -> DhcpSnooping:
    """DHCP snooping: on by `dhcp snooping`, and then in the VLANs that are named."""
    lines = [line for line, _ in tree.find(r"dhcp snooping")]
    enabled = bool(lines)
    vlans: set[int] = set()
    for line, match in tree.find(r"dhcp snooping vlan (.+)"):
        if not re.fullmatch(r"\d[\d,-]*", match[1]):
            raise UnreadableError(f"{tree.command}: line {line.number}: VLANs {match[1]!r}")
        lines.append(line)
        vlans.update(_numbers(match[1]))
    trusted = []
    for name, block in interface_blocks(tree):
        for line, _ in block.find(r"dhcp snooping trust"):
            lines.append(line)
            trusted.append(name)
    return DhcpSnooping(
        seen=tree.seen(*lines),
        enabled=enabled,
        vlans=tuple(sorted(vlans)),
        trusted_ports=tuple(trusted),
    )


def _numbers(listed: str) -> Iterator[int]:
    """Every number of a list such as `10,20-22`."""
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", listed):
        yield from range(int(first), int(last or first) + 1)


@dataclass(slots=True)
class _Session:
    lines: list[ConfigLine] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)


def mirrors(tree: ConfigTree) -> tuple[MirrorSession, ...]:
    """Sessions of `monitor session`; sources are ports and VLANs as printed, destinations likewise."""
    found: dict[str, _Session] = {}
    for line, match in tree.find(r"monitor session (\d+) (source|destination) (?:interface )?(.+)"):
        session = found.setdefault(match[1], _Session())
        session.lines.append(line)
        if match[2] == "source":
            session.sources.append(re.sub(r" (?:rx|tx|both)$", "", match[3]))
        else:
            session.to.append(match[3])
    return tuple(
        MirrorSession(
            seen=tree.seen(*session.lines),
            id=number,
            sources=tuple(dict.fromkeys(session.sources)),
            destination=", ".join(session.to) or None,
        )
        for number, session in found.items()
    )


READERS: Final[Mapping[str, Reader]] = {
    "ntp_auth": _of(ntp_auth),
    "banners": _of(banners),
    "command_audit": _of(command_audit),
    "routing_auth": _of(routing_auth),
    "ip_settings": _of(lambda tree: ip_settings.ip_settings(tree, ip_settings.INOS6)),
    "arp_detection": _of(arp_detection),
    "dhcp_snooping": _of(dhcp_snooping),
    "mirrors": _of(mirrors),
    "port_settings": _of(port_settings.inos6_ports),
    "stp_protection": _of(port_settings.inos6_protection),
    "adjacency_auth": _of(routing_settings.inos6_auth),
    "static_routes": _of(routing_settings.inos6_routes),
    "fhrp_tracking": _of(routing_settings.inos6_tracking),
}
