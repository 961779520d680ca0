"""What configurations set for ICMP redirects, source routes and directed broadcasts, interface by interface.

What a platform does where nothing is said differs between vendors and stands in its `Feature`s, each with its
source; where none tells, the default is None.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import Pattern
from typing import Final, Literal

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import IpSetting

Said = tuple[ConfigLine, bool]
"""A line, and whether it turns the feature on."""

_NO_ROUTED_PORT: Final = r"(?:[Ll]oop[Bb]ack|NULL|MEth|M-GigabitEthernet|M-Ethernet|mgmt).*"
"""Interfaces on which no hosts are: addresses of the device itself, and the management port."""


@dataclass(frozen=True, slots=True)
class Feature:
    """How a platform writes one feature, globally or in the blocks of interfaces, which go first."""

    name: Literal["redirects", "source_routes", "directed_broadcasts"]
    on: Pattern[str]
    off: Pattern[str]
    default: bool | None


def _feature(
    name: Literal["redirects", "source_routes", "directed_broadcasts"],
    on: str,
    off: str,
    *,
    default: bool | None,
) -> Feature:
    return Feature(name, re.compile(on), re.compile(off), default)


_NEVER: Final = r"(?!)"
_SPOKEN_BROADCASTS: Final = (r"ip forward-broadcast(?: .+)?", r"undo ip forward-broadcast(?: .+)?")

COMWARE7: Final = (
    # H3C and HPE (5900, 10500) command references, Layer 3 IP services: both are off.
    _feature("redirects", "ip redirects enable", "undo ip redirects enable", default=False),
    # The references have no command for it and do not say what becomes of such packets.
    _feature("source_routes", _NEVER, _NEVER, default=None),
    _feature("directed_broadcasts", *_SPOKEN_BROADCASTS, default=False),
)
COMWARE5: Final = (
    # On in 3Com's Switch 8800 (V5 guide); other models' defaults were not found.
    _feature("redirects", r"ip redirects(?: enable)?", r"undo ip redirects(?: enable)?", default=None),
    _feature("source_routes", _NEVER, _NEVER, default=None),
    _feature("directed_broadcasts", *_SPOKEN_BROADCASTS, default=None),
)
VRP5: Final = (
    # Command reference of the S series, V200R: redirects are sent, options obeyed by the processor,
    # directed broadcasts dropped.
    _feature("redirects", "icmp redirect send", "undo icmp redirect send", default=True),
    _feature("source_routes", "undo discard srr", "discard srr", default=True),
    _feature("directed_broadcasts", *_SPOKEN_BROADCASTS, default=False),
)
VRP8: Final = (
    # The CE reference (V300R) says which messages are sent by default, and does not name redirects.
    _feature("redirects", "icmp redirect send", "undo icmp redirect send", default=None),
    # CE command reference (V300R) and NE8000's: packets with options are processed.
    _feature(
        "source_routes",
        "undo ip option source-route disable|ip option source-route enable",
        "ip option source-route disable|undo ip option source-route enable",
        default=True,
    ),
    _feature("directed_broadcasts", *_SPOKEN_BROADCASTS, default=False),
)
INOS_CN: Final = (
    # Cisco's own tests of its Puppet module (NX-OS): on; STIG V-221085 wants the line on each interface.
    _feature("redirects", "ip redirects", "no ip redirects", default=True),
    # CIS benchmark of NX-OS, 3.2.5, and STIG V-221095: on.
    _feature("source_routes", "ip source-route", "no ip source-route", default=True),
    # Nexus 3548 unicast routing command reference: off.
    _feature(
        "directed_broadcasts",
        r"ip directed-broadcast(?: .+)?",
        r"no ip directed-broadcast(?: .+)?",
        default=False,
    ),
)
INOS6: Final = (
    # Centec's own system writes that they are off (its public source), so they are on; of the others it
    # writes nothing.
    _feature("redirects", "ip redirects", "no ip redirects", default=True),
    _feature("source_routes", _NEVER, _NEVER, default=None),
    _feature("directed_broadcasts", _NEVER, _NEVER, default=None),
)


def ip_settings(tree: ConfigTree, features: Sequence[Feature]) -> tuple[IpSetting, ...]:
    """A row per feature and interface that has an IPv4 address and is not shut."""
    blocks = list(_routed(tree))
    everywhere = [(feature, _last(tree.lines, feature)) for feature in features if blocks]
    return tuple(
        _setting(tree, block, name, feature, said) for feature, said in everywhere for block, name in blocks
    )


def _routed(tree: ConfigTree) -> Iterator[tuple[ConfigLine, str]]:
    for block, match in tree.find(rf"interface (?!{_NO_ROUTED_PORT})(\S+(?: \d\S*)?)"):
        addressed = next(block.find(r"ip address .+"), None) is not None
        if addressed and next(block.find("shutdown"), None) is None:
            yield block, match[1].replace(" ", "")


def _setting(
    tree: ConfigTree, block: ConfigLine, name: str, feature: Feature, everywhere: Said | None
) -> IpSetting:
    found = _last(block.children, feature) or everywhere
    line, on = found if found is not None else (None, feature.default)
    seen = tree.seen(block) if line is None else tree.seen(block, line)
    return IpSetting(seen=seen, interface=name, feature=feature.name, on=on, said=line is not None)


def _last(lines: Sequence[ConfigLine], feature: Feature) -> Said | None:
    """The last of these lines that says something of the feature, and whether it turns it on."""
    for line in reversed(lines):
        if feature.on.fullmatch(line.text):
            return line, True
        if feature.off.fullmatch(line.text):
            return line, False
    return None
