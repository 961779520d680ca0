"""What several dialects write alike in the blocks of interfaces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import RoutingAuth

Protocol = Literal["isis", "rip", "ospfv3"]


@dataclass(slots=True)
class _Process:
    bare: list[str] = field(default_factory=list)
    protected: list[str] = field(default_factory=list)
    lines: list[ConfigLine] = field(default_factory=list)


def routing_auth(tree: ConfigTree, forms: Mapping[Protocol, tuple[str, str]]) -> tuple[RoutingAuth, ...]:
    """Interfaces on which IS-IS, RIP or OSPFv3 runs, with or without authentication there.

    `forms` gives, by protocol, the line that makes it run, whose group is the process, and the line that
    authenticates. Loopback interfaces have no neighbours and are left out. IS-IS of an area or domain
    authenticates what is told there, not the neighbour: it does not count.
    """
    found: dict[tuple[Protocol, str], _Process] = {}
    for block, match in tree.find(r"interface ((?![Ll]oop[Bb]ack|NULL)\S+)"):
        for protocol, (runs, authenticates) in forms.items():
            for line, said in block.find(runs):
                guard = [child for child, _ in block.find(authenticates)]
                process = found.setdefault((protocol, said[1] or "1"), _Process())
                (process.protected if guard else process.bare).append(match[1])
                process.lines += [line, *guard]
    return tuple(
        RoutingAuth(
            seen=tree.seen(*process.lines),
            protocol=protocol,
            process=name,
            bare=tuple(process.bare),
            protected=tuple(process.protected),
        )
        for (protocol, name), process in found.items()
    )
