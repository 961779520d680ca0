"""What a Huawei VRP configuration says of DHCP snooping, mirroring and split detection.

Of `vrp_config`'s language; shared by VRP5 and VRP8.
"""

import re
from collections.abc import Iterable

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import DhcpSnooping, LoopDetection, Mad, MirrorSession, Mlag
from parsers.template import UnreadableError


def vlan_numbers(said: str) -> Iterable[int]:
    """Give every number of a list such as `10 20 to 22`."""
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", said):
        yield from range(int(first), int(last or first) + 1)


def dhcp_snooping(tree: ConfigTree) -> DhcpSnooping:
    """Read DHCP snooping, which is off unless a line of the system view turns it on.

    VLANs are those named in a line or with a line of their own; that it is on for a port only is not
    counted as a VLAN.
    """
    lines = [line for line, _ in tree.find(r"dhcp snooping enable(?: ipv[46])?")]
    vlans: list[int] = []
    trusted: list[str] = []
    for line, match in tree.find(r"dhcp snooping enable vlan (.+)"):
        lines.append(line)
        vlans += vlan_numbers(match[1])
    for block, match in tree.find(r"(vlan|interface) (\S+)"):
        for line, _ in block.find(r"dhcp snooping enable|dhcp snooping trusted(?: .*)?"):
            lines.append(line)
            vlans += [int(match[2])] if match[1] == "vlan" and line.text.endswith("enable") else []
            trusted += [_trusted_port(match, line)] if " trusted" in line.text else []
    enabled = next(tree.find(r"dhcp snooping enable(?: .*)?"), None) is not None
    return DhcpSnooping(
        seen=tree.seen(*lines),
        enabled=enabled,
        vlans=tuple(sorted(set(vlans))),
        trusted_ports=tuple(dict.fromkeys(trusted)),
    )


def _trusted_port(block: re.Match[str], line: ConfigLine) -> str:
    """Name the port of `dhcp snooping trusted` in an interface, or with `interface X` in a VLAN."""
    if block[1] == "interface":
        return block[2]
    named = re.search(r" interface (\S+?) ?(\d\S*)?$", line.text)
    if named is None:
        raise UnreadableError(f"line {line.number}: {line.text!r} names no port")
    return named[1] + (named[2] or "")


def mirrors(tree: ConfigTree) -> tuple[MirrorSession, ...]:
    """Read port mirroring: an observing port each with the ports that are mirrored to it."""
    sources: dict[str, list[tuple[str, ConfigLine]]] = {}
    for block, match in tree.find(r"interface (\S+)"):
        for line, said in block.find(r"port-mirroring (?:to )?observe-port (?:group )?(\d+) .*"):
            sources.setdefault(said[1], []).append((match[1], line))
    found = []
    for line, match in tree.find(r"observe-port (?:group )?(\d+) interface (\S+).*"):
        mirrored = sources.get(match[1], [])
        found.append(
            MirrorSession(
                seen=tree.seen(line, *(source for _, source in mirrored)),
                id=match[1],
                sources=tuple(dict.fromkeys(name for name, _ in mirrored)),
                destination=match[2],
            )
        )
    return tuple(found)


def loop_detection(tree: ConfigTree) -> LoopDetection:
    """Read whether loop detection is on; where it is, nothing that was seen says what it has found."""
    on = [line for line in tree.walk() if re.fullmatch(r"loop(?:back)?-detect .*enable", line.text)]
    if on:
        where = f"line {on[0].number}: loop detection is on"
        raise UnreadableError(f"{where}, and no table of looped ports is known")
    return LoopDetection(seen=tree.seen(), enabled=False)


def no_mlag(tree: ConfigTree) -> Mlag:
    """Read that there is no M-LAG; raises UnreadableError where the configuration holds a group for it."""
    if any(tree.find(r"dfs-group .*")):
        raise UnreadableError("a DFS group is configured, and its state is not known on this platform")
    return Mlag(
        seen=tree.seen(),
        role=None,
        peer_reachable=None,
        keepalive_ok=None,
        peer_link_up=None,
        consistent=None,
    )


def mad(tree: ConfigTree) -> Mad:
    """Read which ways of multi-active detection are set; whether they work stands in no configuration."""
    form = r"(?:mad|dual-active) detect mode (direct|relay)"
    found = [(line, match[1]) for block, _ in tree.find(r"interface \S+") for line, match in block.find(form)]
    return Mad(seen=tree.seen(*(line for line, _ in found)), modes=tuple(sorted({mode for _, mode in found})))
