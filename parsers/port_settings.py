"""What configurations set on switch ports, and against topology changes, in the words of each family.

Comware and VRP speak much alike; the expressions take the words of both, which never mean different things.
A port that has no block of its own is not listed: nothing is set on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import PortSetting, StpProtection

Mode = Literal["access", "trunk", "hybrid", "routed"]
Range = tuple[int, int]

_EVERY_VLAN: Final[Range] = (1, 4094)


@dataclass(frozen=True, slots=True)
class Ports:
    """What the ports of a platform do where nothing is said."""

    mode: Mode | None
    """None: it depends on release or model."""
    name: str
    """Of physical ports and aggregations; nothing is plugged into others."""


COMWARE: Final = Ports(
    "access", r"(?!M-)[A-Z][A-Za-z-]*(?:Ethernet|GigE)\d\S*|(?:Bridge|Route)-Aggregation\d+"
)
VRP5: Final = Ports(None, r"(?:\d*(?:X?Gigabit|Multi|X)?(?:GE|Ethernet)|Eth-Trunk)\d\S*")
VRP8: Final = Ports("access", VRP5.name)

# Of both: what is left out of the name of a port is a subinterface.
_STACKING = r"port (?:group |member-group )?interface (\S+)(?: .*)?"
_SUBINTERFACE: Final = re.compile(r"\.\d+$")
_MODE: Final = re.compile(r"port link-type (access|trunk|hybrid)")
_ROUTED: Final = re.compile(r"undo portswitch|port link-mode route")
_VLAN: Final = re.compile(r"port (?:(?:access|default)|(?:trunk|hybrid) pvid) vlan (\d+)")
_PERMIT: Final = re.compile(r"port trunk (?:permit|allow-pass) vlan (.+)")
_NOT_THE_FIRST: Final = re.compile(r"undo port trunk (?:permit|allow-pass) vlan 1")
_IN_TRUNK: Final = re.compile(r"eth-trunk \d+(?: .*)?")
"""Of VRP: such a port has no type of its own, that of the aggregation holds."""
_EDGE: Final = re.compile(r"stp edged-port(?: enable)?")
_NO_EDGE: Final = re.compile(r"stp edged-port disable|undo stp edged-port(?: enable)?")
_ROOT_GUARD: Final = re.compile(r"stp root-protection")
_BPDU_GUARD: Final = re.compile(r"stp (?:port )?bpdu-protection(?: enable)?")
_STORM: Final = re.compile(
    r"broadcast-suppression \S.*|storm-constrain broadcast .+|storm[- ](?:suppression|control) broadcast .+"
)
_MAC_LIMIT: Final = re.compile(
    r"(?:mac-address max-mac-count|port-security max-mac-(?:count|num)|mac-limit maximum"
    r"|mac-address limit maximum) (\d+)(?: .*)?"
)
_ONE_MAC: Final = re.compile(r"port-security enable")
_SOURCE_GUARD: Final = re.compile(
    r"ip(?:v4)? (?:verify|check) source .+|ip(?:v4)? source check user-bind enable.*"
)
_GLOBAL_EDGE: Final = r"stp edged-port default"
_GLOBAL_BPDU_GUARD: Final = r"stp bpdu-protection"


def spoken_ports(tree: ConfigTree, defaults: Ports) -> tuple[PortSetting, ...]:
    """Read the ports of a Comware or VRP configuration.

    A global BPDU protection works on edge ports. Broadcast is held back where a limit is set, or a
    threshold at which the port is blocked or shut.
    """
    guard = any(tree.find(_GLOBAL_BPDU_GUARD))
    edge = any(tree.find(_GLOBAL_EDGE))
    stacking = _stacking(tree)
    return tuple(
        _spoken(tree, block, name, defaults, guard=guard, edge=edge)
        for block, name in _blocks(tree, defaults.name)
        if name.lower() not in stacking
    )


def _stacking(tree: ConfigTree) -> set[str]:
    """Ports given to stacking, in small letters: they switch nothing, whatever is set on them."""
    blocks = (block for block, _ in tree.find(r"irf-port .+|interface [Ss]tack-[Pp]ort ?\S+"))
    return {match[1].lower() for block in blocks for _, match in block.find(_STACKING)}


def _blocks(tree: ConfigTree, name: str) -> Iterator[tuple[ConfigLine, str]]:
    for block, match in tree.find(rf"interface ({name})"):
        if not _SUBINTERFACE.search(match[1]):
            yield block, match[1]


def _spoken(
    tree: ConfigTree, block: ConfigLine, name: str, defaults: Ports, *, guard: bool, edge: bool
) -> PortSetting:
    said = _last(block, _MODE)
    routed = _says(block, _ROUTED) or name.startswith("Route-")
    unsaid = None if _says(block, _IN_TRUNK) else defaults.mode
    mode: Mode | None = "routed" if routed else _MODES.get(said or "", unsaid)
    is_edge = _says(block, _EDGE) or (edge and not _says(block, _NO_EDGE))
    vlan = _last(block, _VLAN)
    limit = _last(block, _MAC_LIMIT)
    return PortSetting(
        seen=tree.seen(block, *block.children),
        interface=name,
        mode=mode,
        vlan=None if routed else int(vlan or 1),
        allowed_vlans=_spoken_ranges(block) if mode == "trunk" else (),
        edge=is_edge,
        bpdu_guard=_says(block, _BPDU_GUARD) or (guard and is_edge),
        root_guard=_says(block, _ROOT_GUARD),
        storm_control=_says(block, _STORM),
        mac_limit=int(limit) if limit else 1 if _says(block, _ONE_MAC) else None,
        source_guard=_says(block, _SOURCE_GUARD),
    )


_MODES: Final[dict[str, Mode]] = {"access": "access", "trunk": "trunk", "hybrid": "hybrid"}


def _says(block: ConfigLine, form: re.Pattern[str]) -> bool:
    return any(form.fullmatch(line.text) for line in block.children)


def _last(block: ConfigLine, form: re.Pattern[str]) -> str | None:
    found = [match[1] for line in block.children if (match := form.fullmatch(line.text))]
    return found[-1] if found else None


def _spoken_ranges(block: ConfigLine) -> tuple[Range, ...]:
    """Give the VLANs that a trunk lets through: number 1, unless taken out, and those named."""
    ranges: list[Range] = [] if _says(block, _NOT_THE_FIRST) else [(1, 1)]
    for line in block.children:
        if match := _PERMIT.fullmatch(line.text):
            if match[1] == "all":
                ranges.append(_EVERY_VLAN)
            pairs = re.findall(r"(\d+)(?: to (\d+))?", match[1])
            ranges += [(int(first), int(last or first)) for first, last in pairs]
    return _merged(ranges)


def _merged(ranges: list[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def spoken_protection(tree: ConfigTree, *, tc_default: bool) -> StpProtection:
    """Read what Comware and VRP set against false topology changes.

    Protection against floods of TC messages is on by default on Comware (H3C command reference, spanning
    tree; S5500-EI, S12500) and on VRP5 (Quidway S7700 configuration guide), off on VRP8 (CloudEngine
    command reference, `stp tc-protection`): its threshold and interval do not turn it on.
    """
    off = [line for line, _ in tree.find(r"undo stp tc-protection|stp tc-protection disable")]
    on = [line for line, _ in tree.find(r"stp tc-protection(?: enable)?")]
    guard = [line for line, _ in tree.find(_GLOBAL_BPDU_GUARD)]
    return StpProtection(
        seen=tree.seen(*guard, *on, *off),
        bpdu_guard=bool(guard),
        tc_protection=bool(on) or (tc_default and not off),
    )


# --- the NX-OS lineage ----------------------------------------------------------------------------

_NX_PORTS: Final = r"[Ee]thernet\d\S*|port-channel\d+"
_NX_ROUTED: Final = re.compile(r"no switchport")
_NX_MODE: Final = re.compile(r"switchport mode (access|trunk|dot1q-tunnel|fex-fabric)")
_NX_ACCESS: Final = re.compile(r"switchport access vlan (\d+)")
_NX_NATIVE: Final = re.compile(r"switchport trunk native vlan (\d+)")
_NX_ALLOWED: Final = re.compile(r"switchport trunk allowed vlan (?:add )?(\d[\d,-]*|none)")
_NX_EDGE: Final = re.compile(r"spanning-tree port type edge(?: trunk)?")
_NX_NO_EDGE: Final = re.compile(r"spanning-tree port type (?:normal|network)")
_NX_BPDU_GUARD: Final = re.compile(r"spanning-tree bpduguard enable")
_NX_NO_BPDU_GUARD: Final = re.compile(r"spanning-tree bpduguard disable")
_NX_ROOT_GUARD: Final = re.compile(r"spanning-tree guard root")
_NX_STORM: Final = re.compile(r"storm-control broadcast level .+")
_NX_MAC_LIMIT: Final = re.compile(r"switchport port-security maximum (\d+)(?: .*)?")
_NX_ONE_MAC: Final = re.compile(r"switchport port-security")
_NX_SOURCE_GUARD: Final = re.compile(r"ip verify source dhcp-snooping-vlan")
_NX_GLOBAL_EDGE: Final = r"spanning-tree port type edge default"
_NX_GLOBAL_GUARD: Final = r"spanning-tree port type edge bpduguard default"


def listed_ports(tree: ConfigTree) -> tuple[PortSetting, ...]:
    """Read the ports of an NX-OS style configuration.

    A port switches unless `no switchport` stands in its block. A trunk lets every VLAN through unless it
    names some.
    """
    guard = any(tree.find(_NX_GLOBAL_GUARD))
    edge = any(tree.find(_NX_GLOBAL_EDGE))
    return tuple(
        _listed(tree, block, name, guard=guard, edge=edge) for block, name in _blocks(tree, _NX_PORTS)
    )


def _listed(tree: ConfigTree, block: ConfigLine, name: str, *, guard: bool, edge: bool) -> PortSetting:
    routed = _says(block, _NX_ROUTED)
    mode: Mode = "routed" if routed else "trunk" if _last(block, _NX_MODE) == "trunk" else "access"
    is_edge = _says(block, _NX_EDGE) or (edge and not _says(block, _NX_NO_EDGE))
    vlan = _last(block, _NX_NATIVE if mode == "trunk" else _NX_ACCESS)
    limit = _last(block, _NX_MAC_LIMIT)
    return PortSetting(
        seen=tree.seen(block, *block.children),
        interface=name[0].upper() + name[1:] if name.startswith("e") else name,
        mode=mode,
        vlan=None if routed else int(vlan or 1),
        allowed_vlans=_listed_ranges(block) if mode == "trunk" else (),
        edge=is_edge,
        bpdu_guard=_says(block, _NX_BPDU_GUARD)
        or (guard and is_edge and not _says(block, _NX_NO_BPDU_GUARD)),
        root_guard=_says(block, _NX_ROOT_GUARD),
        storm_control=_says(block, _NX_STORM),
        mac_limit=int(limit) if limit else 1 if _says(block, _NX_ONE_MAC) else None,
        source_guard=_says(block, _NX_SOURCE_GUARD),
    )


def _listed_ranges(block: ConfigLine) -> tuple[Range, ...]:
    said = [match[1] for line in block.children if (match := _NX_ALLOWED.fullmatch(line.text))]
    if not said:
        return (_EVERY_VLAN,)
    pairs = re.findall(r"(\d+)(?:-(\d+))?", ",".join(said))
    return _merged([(int(first), int(last or first)) for first, last in pairs])


def listed_protection(tree: ConfigTree) -> StpProtection:
    """Read what an NX-OS style configuration sets; it knows no protection against floods of TC messages."""
    on = [line for line, _ in tree.find(_NX_GLOBAL_GUARD)]
    return StpProtection(seen=tree.seen(*on), bpdu_guard=bool(on), tc_protection=None)


# --- INOS 6 ---------------------------------------------------------------------------------------
# The lines are those that Centec's own system writes (its public source).

_SIX_PORTS: Final = r"eth-\d\S*|agg ?\d+"
_SIX_ROUTED: Final = re.compile(r"no switchport|ip address .+")
_SIX_MODE: Final = re.compile(r"switchport mode (access|trunk|dot1q-tunnel|private-vlan \S+)")
_SIX_VLAN: Final = re.compile(r"switchport (?:access|(?:trunk|dot1q-tunnel) native) vlan (\d+)")
_SIX_ALLOWED: Final = re.compile(r"switchport trunk allowed vlan (?:(all|none)|(?:add )?(\d[\d,-]*))")
_SIX_NOT_THE_FIRST: Final = re.compile(r"switchport trunk allowed vlan (?:none|remove 1)")
_SIX_EDGE: Final = re.compile(r"spanning-tree edgeport")
_SIX_GUARD: Final = re.compile(r"spanning-tree edgeport bpdu-guard enable")
_SIX_NO_GUARD: Final = re.compile(r"spanning-tree edgeport bpdu-guard disable")
_SIX_STORM: Final = re.compile(r"storm-control broadcast (?:level|pps) .+")
_SIX_SOURCE_GUARD: Final = re.compile(r"ip verify source .+")
_SIX_GLOBAL_GUARD: Final = r"spanning-tree edgeport bpdu-guard"


def inos6_ports(tree: ConfigTree) -> tuple[PortSetting, ...]:
    """Read the ports of an INOS 6 configuration.

    A port switches unless `no switchport` stands in its block, and an aggregation unless it has an address.
    A trunk lets VLAN 1 through, unless taken out, and those named. Port security learns one address where
    no number is said; a number without it limits nothing.
    """
    guard = any(tree.find(_SIX_GLOBAL_GUARD))
    return tuple(_six(tree, block, name, guard=guard) for block, name in _blocks(tree, _SIX_PORTS))


def _six(tree: ConfigTree, block: ConfigLine, name: str, *, guard: bool) -> PortSetting:
    routed = _says(block, _SIX_ROUTED)
    mode: Mode = "routed" if routed else "trunk" if _last(block, _SIX_MODE) == "trunk" else "access"
    is_edge = _says(block, _SIX_EDGE)
    vlan = _last(block, _SIX_VLAN)
    limit = _last(block, _NX_MAC_LIMIT) or "1"
    return PortSetting(
        seen=tree.seen(block, *block.children),
        interface=name.replace(" ", ""),
        mode=mode,
        vlan=None if routed else int(vlan or 1),
        allowed_vlans=_six_ranges(block) if mode == "trunk" else (),
        edge=is_edge,
        bpdu_guard=_says(block, _SIX_GUARD) or (guard and is_edge and not _says(block, _SIX_NO_GUARD)),
        root_guard=_says(block, _NX_ROOT_GUARD),
        storm_control=_says(block, _SIX_STORM),
        mac_limit=int(limit) if _says(block, _NX_ONE_MAC) else None,
        source_guard=_says(block, _SIX_SOURCE_GUARD),
    )


def _six_ranges(block: ConfigLine) -> tuple[Range, ...]:
    ranges: list[Range] = [] if _says(block, _SIX_NOT_THE_FIRST) else [(1, 1)]
    for line in block.children:
        if match := _SIX_ALLOWED.fullmatch(line.text):
            if match[1] == "all":
                ranges.append(_EVERY_VLAN)
            pairs = re.findall(r"(\d+)(?:-(\d+))?", match[2] or "")
            ranges += [(int(first), int(last or first)) for first, last in pairs]
    return _merged(ranges)


def inos6_protection(tree: ConfigTree) -> StpProtection:
    """Read what an INOS 6 configuration sets; both protections are off unless a line says otherwise."""
    on = [line for line, _ in tree.find(_SIX_GLOBAL_GUARD)]
    held = [line for line, _ in tree.find(r"spanning-tree tc-protection")]
    return StpProtection(seen=tree.seen(*on, *held), bpdu_guard=bool(on), tc_protection=bool(held))
