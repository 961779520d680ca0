"""What configurations set for routing: authentication of OSPF and BGP, static routes, what groups watch."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Network, NetmaskValueError
from typing import Literal

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import AdjacencyAuth, FhrpTracking, StaticRoute
from parsers.template import UnreadableError

Kind = Literal["none", "plain", "hash"]
_SPOKEN_MODE = re.compile(r"(?:ospf )?authentication-mode (\S+).*")
_IPV4 = re.compile(r"\d+\.\d+\.\d+\.\d+")
_NOWHERE = re.compile(r"null", re.IGNORECASE)
_SPOKEN_DEFAULT, _LISTED_DEFAULT = 60, 1
"""Preference of static routes: command references of H3C and Huawei, and of NX-OS."""


def _kind(word: str) -> Kind:
    if word in ("null", "none"):
        return "none"
    return "plain" if word == "simple" else "hash"


# --- Comware and VRP ------------------------------------------------------------------------------


def spoken_auth(tree: ConfigTree) -> tuple[AdjacencyAuth, ...]:
    """Read areas, interfaces and peers of a Comware or VRP configuration."""
    return (*_spoken_areas(tree), *_spoken_interfaces(tree), *_spoken_peers(tree))


def _spoken_areas(tree: ConfigTree) -> Iterator[AdjacencyAuth]:
    for process, _ in tree.find(r"ospf(?: \d+)?(?: .*)?"):
        for area, match in process.find(r"area (\S+)"):
            said = [(line, m[1]) for line in area.children if (m := _SPOKEN_MODE.fullmatch(line.text))]
            kind = _kind(said[-1][1]) if said else "none"
            seen = tree.seen(process, area, *(line for line, _ in said))
            yield AdjacencyAuth(seen=seen, scope="area", name=match[1], kind=kind)


def _spoken_interfaces(tree: ConfigTree) -> Iterator[AdjacencyAuth]:
    for block, match in tree.find(r"interface (\S.*)"):
        for line, mode in block.find(r"ospf authentication-mode (\S+).*"):
            name = match[1].replace(" ", "")
            yield AdjacencyAuth(
                seen=tree.seen(block, line), scope="interface", name=name, kind=_kind(mode[1])
            )


def _spoken_peers(tree: ConfigTree) -> Iterator[AdjacencyAuth]:
    for process, local in tree.find(r"bgp (\S+)(?: .*)?"):
        lines = list(process.walk())
        said = [(line, line.text.split()) for line in lines if line.text.startswith("peer ")]
        groups = {w[1]: w[3] for _, w in said if w[2:3] == ["group"] and len(w) > 3}
        as_of = {w[1]: w[3] for _, w in said if w[2:3] == ["as-number"] and len(w) > 3}
        kinds = {g[1]: g[2] for line in lines if (g := line.text.split())[0] == "group" and len(g) > 2}
        keyed = {w[1]: line for line, w in said if w[2:3] in (["password"], ["keychain"])}
        first: dict[str, ConfigLine] = {}
        for line, words in said:
            if _IPV4.fullmatch(words[1]):
                first.setdefault(words[1], line)
        for peer, line in first.items():
            group = groups.get(peer, "")
            key = keyed.get(peer) or keyed.get(group)
            remote = as_of.get(peer) or as_of.get(group)
            external = (
                remote != local[1]
                if remote
                else {"external": True, "internal": False}.get(kinds.get(group, ""))
            )
            yield AdjacencyAuth(
                seen=tree.seen(process, line, *([key] if key else [])),
                scope="peer",
                name=peer,
                kind="hash" if key else "none",
                external=external,
            )


def spoken_routes(tree: ConfigTree) -> tuple[StaticRoute, ...]:
    """Read `ip route-static` lines; raises UnreadableError for one whose form is not known."""
    found = []
    for line, match in tree.find(
        r"ip route-static (?!(?:default-preference|recursive|track|bfd|frr|selection)\b)(.*)"
    ):
        words = match[1].split()
        vrf = None
        if words[0] == "vpn-instance":
            vrf, words = words[1], words[2:]
        prefix = _network(line, words[0], words[1] if len(words) > 1 else "")
        rest = words[2:]
        if rest and rest[0] == "vpn-instance":
            rest = rest[2:]
        hop = next((word for word in rest[:3] if _IPV4.fullmatch(word)), None)
        port = None if not rest or rest[0] == hop else rest[0]
        if port is not None and _NOWHERE.match(port):
            continue
        preference = int(rest[rest.index("preference") + 1]) if "preference" in rest else _SPOKEN_DEFAULT
        found.append(
            StaticRoute(
                seen=tree.seen(line),
                prefix=prefix,
                next_hop=hop,
                interface=port,
                preference=preference,
                vrf=vrf,
            )
        )
    return tuple(found)


def spoken_tracking(tree: ConfigTree) -> tuple[FhrpTracking, ...]:
    """Read `vrrp vrid N track ...` below interfaces."""
    found = []
    for block, match in tree.find(r"interface (\S.*)"):
        groups: dict[int, list[ConfigLine]] = {}
        for line, number in block.find(r"vrrp vrid (\d+) (?:virtual-ip|track) .*"):
            groups.setdefault(int(number[1]), []).append(line)
        for group, lines in groups.items():
            tracks = [line for line in lines if " track " in line.text]
            found.append(
                FhrpTracking(
                    seen=tree.seen(block, *lines),
                    interface=match[1].replace(" ", ""),
                    group=group,
                    watched=tuple(line.text.split(" track ", 1)[1] for line in tracks),
                )
            )
    return tuple(found)


def _network(line: ConfigLine, address: str, mask: str) -> str:
    try:
        return str(IPv4Network(f"{address}/{mask}", strict=False))
    except (AddressValueError, NetmaskValueError, ValueError) as error:
        raise UnreadableError(f"line {line.number}: {error}") from None


# --- NX-OS lineage --------------------------------------------------------------------------------


def listed_auth(tree: ConfigTree) -> tuple[AdjacencyAuth, ...]:
    """Read areas, interfaces and peers of an NX-OS-like configuration."""
    return (*_listed_ospf(tree), *_listed_peers(tree))


def _listed_ospf(tree: ConfigTree) -> Iterator[AdjacencyAuth]:
    said: dict[str, tuple[ConfigLine, Kind]] = {}
    for process, _ in tree.find(r"router ospf .*"):
        for line, match in process.find(r"area (\S+) authentication(?: (message-digest))?"):
            said[match[1]] = (line, "hash" if match[2] else "plain")
    for block, name in tree.find(r"interface (\S+)"):
        for line, match in block.find(r"ip router ospf \S+ area (\S+).*"):
            if match[1] not in said:
                said[match[1]] = (line, "none")
        for line, match in block.find(r"ip ospf authentication(?: (message-digest|null|key-chain .*))?"):
            word = match[1] or "simple"
            yield AdjacencyAuth(
                seen=tree.seen(block, line), scope="interface", name=name[1], kind=_kind(word)
            )
    for area, (line, kind) in said.items():
        yield AdjacencyAuth(seen=tree.seen(line), scope="area", name=area, kind=kind)


def _listed_peers(tree: ConfigTree) -> Iterator[AdjacencyAuth]:
    for process, local in tree.find(r"router bgp (\S+)"):
        templates = {match[1]: block for block, match in process.find(r"template peer(?:-session)? (\S+)")}
        blocks = [line for line in process.walk() if line.text.startswith("neighbor ")]
        for block in blocks:
            words = block.text.split()
            if not _IPV4.fullmatch(words[1]):
                continue
            inherited = [
                templates[m[1]]
                for _, m in block.find(r"inherit peer(?:-session)? (\S+)")
                if m[1] in templates
            ]
            lines = [*block.children, *(line for each in inherited for line in each.children)]
            remote = words[3] if words[2:3] == ["remote-as"] else None
            remote = remote or next(
                (x.text.split()[1] for x in lines if x.text.startswith("remote-as ")), None
            )
            keys = [line for line in lines if line.text.startswith("password ")]
            yield AdjacencyAuth(
                seen=tree.seen(process, block, *keys[:1]),
                scope="peer",
                name=words[1],
                kind="hash" if keys else "none",
                external=remote != local[1] if remote else None,
            )


def listed_routes(tree: ConfigTree) -> tuple[StaticRoute, ...]:
    """Read `ip route` lines, those of VRFs in their blocks."""
    found = [_listed_route(tree, line, match[1], None) for line, match in tree.find(r"ip route (\d.*)")]
    for block, vrf in tree.find(r"vrf context (\S+)"):
        found += [
            _listed_route(tree, line, match[1], vrf[1]) for line, match in block.find(r"ip route (\d.*)")
        ]
    return tuple(route for route in found if route is not None)


def _listed_route(tree: ConfigTree, line: ConfigLine, said: str, vrf: str | None) -> StaticRoute | None:
    prefix, *rest = said.split()
    address, _, length = prefix.partition("/")
    hop = next((word for word in rest[:2] if _IPV4.fullmatch(word)), None)
    port = rest[0] if rest and rest[0] != hop else None
    if port is not None and _NOWHERE.match(port):
        return None
    numbers = [
        int(word)
        for i, word in enumerate(rest)
        if word.isdigit() and rest[i - 1] not in ("tag", "track", "name")
    ]
    return StaticRoute(
        seen=tree.seen(line),
        prefix=_network(line, address, length),
        next_hop=hop,
        interface=port,
        preference=numbers[0] if numbers else _LISTED_DEFAULT,
        vrf=vrf,
    )


def listed_tracking(tree: ConfigTree) -> tuple[FhrpTracking, ...]:
    """Read `track ...` below `vrrp N` and `hsrp N`."""
    found = []
    for block, name in tree.find(r"interface (\S+)"):
        for group, match in block.find(r"(?:vrrp|hsrp) (\d+)(?: .*)?"):
            tracks = [line for line, _ in group.find(r"track .+")]
            found.append(
                FhrpTracking(
                    seen=tree.seen(block, group, *tracks),
                    interface=name[1],
                    group=int(match[1]),
                    watched=tuple(line.text.removeprefix("track ") for line in tracks),
                )
            )
    return tuple(found)


# --- INOS 6 ---------------------------------------------------------------------------------------
# The lines are those that Centec's own system writes (its public source).


def inos6_auth(tree: ConfigTree) -> tuple[AdjacencyAuth, ...]:
    """Read areas, interfaces and peers of an INOS 6 configuration."""
    return (*_inos6_ospf(tree), *_inos6_peers(tree))


def _inos6_ospf(tree: ConfigTree) -> Iterator[AdjacencyAuth]:
    """Areas are those of `network` lines."""
    said: dict[str, tuple[ConfigLine, Kind]] = {}
    for process, _ in tree.find(r"router ospf(?: \d+)?"):
        for line, match in process.find(r"area (\S+) authentication(?: (message-digest))?"):
            said[match[1]] = (line, "hash" if match[2] else "plain")
        for line, match in process.find(r"network \S+ area (\S+)"):
            said.setdefault(match[1], (line, "none"))
    for area, (line, kind) in said.items():
        yield AdjacencyAuth(seen=tree.seen(line), scope="area", name=area, kind=kind)
    for block, name in tree.find(r"interface (\S.*)"):
        for line, match in block.find(r"ip ospf authentication(?: (message-digest|null))?"):
            yield AdjacencyAuth(
                seen=tree.seen(block, line),
                scope="interface",
                name=name[1].replace(" ", ""),
                kind=_kind(match[1] or "simple"),
            )


def _inos6_peers(tree: ConfigTree) -> Iterator[AdjacencyAuth]:
    for process, local in tree.find(r"router bgp\s+(\d+)"):
        keys = {match[1]: line for line, match in process.find(r"neighbor (\S+) password .+")}
        for line, match in process.find(r"neighbor (\S+) remote-as (\d+)"):
            key = keys.get(match[1])
            yield AdjacencyAuth(
                seen=tree.seen(process, line, *([key] if key else [])),
                scope="peer",
                name=match[1],
                kind="hash" if key else "none",
                external=match[2] != local[1],
            )


def inos6_routes(tree: ConfigTree) -> tuple[StaticRoute, ...]:
    """Read `ip route` lines; raises UnreadableError for a form that nobody has seen, as of a VRF."""
    for line, _ in tree.find(r"ip route (?!\d+\.\d+\.\d+\.\d+/\d+ ).*"):
        raise UnreadableError(f"{tree.command}: line {line.number}: {line.text!r}")
    return listed_routes(tree)


def inos6_tracking(tree: ConfigTree) -> tuple[FhrpTracking, ...]:
    """Read `track ...` in the blocks `router vrrp N`, which name their interface."""
    found = []
    for block, number in tree.find(r"router vrrp (\d+)"):
        tracks = [line for line, _ in block.find(r"track .+")]
        on = next((match[1] for _, match in block.find(r"interface (\S.*)")), None)
        if on is None:
            continue  # It works nowhere yet.
        found.append(
            FhrpTracking(
                seen=tree.seen(block, *tracks),
                interface=on.replace(" ", ""),
                group=int(number[1]),
                watched=tuple(line.text.removeprefix("track ") for line in tracks),
            )
        )
    return tuple(found)
