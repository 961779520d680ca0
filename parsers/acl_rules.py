"""What the rules of access lists say, and where a configuration puts the lists to use."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import AclRule
from parsers.seen import Seen

_LAST_PORT: Final = 65535
# Names that Comware, VRP and NX-OS give to ports; numbers by IANA.
_PORTS: Final[Mapping[str, int]] = {
    "echo": 7, "discard": 9, "systat": 11, "daytime": 13, "chargen": 19, "ftp-data": 20,
    "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "time": 37, "nicname": 43, "whois": 43, "tacacs": 49,
    "tacacs-ds": 65, "domain": 53, "dns": 53, "bootps": 67, "bootpc": 68, "tftp": 69, "gopher": 70,
    "finger": 79, "www": 80, "http": 80, "hostname": 101, "pop2": 109, "pop3": 110, "sunrpc": 111,
    "ident": 113, "nntp": 119, "ntp": 123, "netbios-ns": 137, "netbios-dgm": 138, "netbios-ssn": 139,
    "netbios-ss": 139, "imap": 143, "snmp": 161, "snmptrap": 162, "xdmcp": 177, "bgp": 179, "irc": 194,
    "dnsix": 195, "mobilip-ag": 434, "mobilip-mn": 435, "mobile-ip": 434, "https": 443, "isakmp": 500,
    "biff": 512, "exec": 512, "login": 513, "who": 513, "cmd": 514, "syslog": 514, "lpd": 515, "talk": 517,
    "rip": 520, "uucp": 540, "klogin": 543, "kshell": 544, "drip": 3949, "nat-t": 4500,
}  # fmt: skip
_PROTOCOLS: Final = {"6": "tcp", "17": "udp", "1": "icmp"}

Range = tuple[int, int]


def ports(words: Sequence[str]) -> tuple[Range, ...] | None:
    """Give the ports that `eq 80`, `range 137 139`, `gt 1023`, `lt 1024` or `neq 22` name, as ranges.

    None where a port goes by a name that is not known here.
    """
    word, *numbers = words
    known = [number for number in map(_port, numbers) if number is not None]
    if len(known) != len(numbers):
        return None
    first, last = known[0], known[-1]
    ranges: dict[str, tuple[Range, ...]] = {
        "range": ((first, last),),
        "eq": ((first, first),),
        "gt": ((first + 1, _LAST_PORT),),
        "lt": ((0, first - 1),),
        "neq": ((0, first - 1), (first + 1, _LAST_PORT)),
    }
    return ranges[word]


def _port(word: str) -> int | None:
    return int(word) if word.isdigit() and int(word) <= _LAST_PORT else _PORTS.get(word.lower())


def protocol(word: str) -> str:
    """Give a protocol by its name where it is one of the usual numbers."""
    return _PROTOCOLS.get(word, word)


_RULE: Final = re.compile(r"rule (?:(\d+) )?(?:name \S+ )?(permit|deny)\b ?(.*)")
_OPERANDS: Final = r"(range \S+ \S+|(?:eq|gt|lt|neq) \S+)"
_EVERY: Final = re.compile(r"any\b|::/0|\S+ 255\.255\.255\.255")
_NO_PROTOCOL: Final = {
    "source",
    "destination",
    "vpn-instance",
    "time-range",
    "fragment",
    "logging",
    "counting",
}


def spoken_rules(block: ConfigLine, tree: ConfigTree) -> tuple[AclRule, ...]:
    """Read the rules of a list on Comware and VRP: `rule 5 deny tcp source ... destination-port eq 445`."""
    matches = ((line, _RULE.fullmatch(line.text)) for line in block.children)
    return tuple(_spoken(tree.seen(line), match) for line, match in matches if match)


def _spoken(seen: Seen, match: re.Match[str]) -> AclRule:
    said = match[3]
    first = said.split(" ", 1)[0]
    named = re.search(rf"\bdestination-port {_OPERANDS}", said)
    return AclRule(
        seen=seen,
        action="permit" if match[2] == "permit" else "deny",
        protocol=protocol(first) if first and first not in _NO_PROTOCOL else "ip",
        any_source=_everyone(said, "source"),
        any_destination=_everyone(said, "destination"),
        destination_ports=ports(named[1].split()) if named else (),
    )


def _everyone(said: str, word: str) -> bool:
    named = re.search(rf"\b{word}(?:-pool|-ip)? (\S+(?: \S+)?)", said)
    return named is None or bool(_EVERY.match(named[1]))


_LISTED: Final = re.compile(r"(?:\d+ )?(permit|deny) (\S+) (.+)")


def listed_rules(block: ConfigLine, tree: ConfigTree) -> tuple[AclRule, ...]:
    """Read the rules of a list of the NX-OS lineage: `10 deny tcp any 192.0.2.0/24 eq 445`."""
    matches = ((line, _LISTED.fullmatch(line.text)) for line in block.children)
    return tuple(_listed(tree.seen(line), match) for line, match in matches if match)


def _listed(seen: Seen, match: re.Match[str]) -> AclRule:
    words = match[3].split()
    any_source, _, rest = _endpoint(words)
    any_destination, wanted, _ = _endpoint(rest)
    return AclRule(
        seen=seen,
        action="permit" if match[1] == "permit" else "deny",
        protocol=protocol(match[2]),
        any_source=any_source,
        any_destination=any_destination,
        destination_ports=wanted,
    )


_ANYWHERE: Final = ("any", "0.0.0.0/0", "::/0")
_WITH_A_NAME: Final = ("host", "addrgroup")


def _endpoint(words: Sequence[str]) -> tuple[bool, tuple[Range, ...] | None, Sequence[str]]:
    """Read one side of a rule: whether it is anybody, its ports, and the words that follow."""
    if not words:
        return True, (), words
    length = 2 if words[0] in _WITH_A_NAME or _is_mask(words) else 1
    anybody = words[0] in _ANYWHERE or (length == 2 and words[1] == "255.255.255.255" and _is_mask(words))
    rest = words[length:]
    if rest and rest[0] in ("eq", "gt", "lt", "neq"):
        return anybody, ports(rest[:2]), rest[2:]
    if rest and rest[0] == "range":
        return anybody, ports(rest[:3]), rest[3:]
    if rest and rest[0] == "portgroup":
        return anybody, None, rest[2:]
    return anybody, (), rest


def _is_mask(words: Sequence[str]) -> bool:
    address = r"\d+\.\d+\.\d+\.\d+"
    return len(words) > 1 and bool(re.fullmatch(address, words[0]) and re.fullmatch(address, words[1]))


# --- where lists are used -------------------------------------------------------------------------

_MENTIONS: Final = re.compile(r"acl|filter|polic|access|\bnat\b|match|access-list")
_ON_TRAFFIC: Final = re.compile(
    r"packet-filter|traffic-(?:filter|secure|limit|policy)|access-group|if-match (?:ipv6 )?acl"
    r"|match access-group|match ip(?:v6)? address|match acl"
)
_WHOLE: Final = (
    "interface ",
    "user-interface ",
    "line ",
    "traffic classifier ",
    "route-policy ",
    "route-map ",
)


@dataclass(frozen=True, slots=True)
class Use:
    """One line that names a list."""

    line: ConfigLine
    place: str
    """The block that it stands in, or the first word of a line without one: secrets may follow that."""

    @property
    def on_traffic(self) -> bool:
        """It filters or classes what passes through, rather than what talks to the device itself."""
        return bool(_ON_TRAFFIC.search(self.line.text))


def uses(tree: ConfigTree, definition: str) -> Mapping[str, tuple[Use, ...]]:
    """Find the lines outside of lists themselves that may name one, by every word in them."""
    head = re.compile(definition)
    found: dict[str, list[Use]] = defaultdict(list)
    for top in tree.lines:
        if head.match(top.text):
            continue
        place = top.text if top.text.startswith(_WHOLE) else top.text.split(" ", 1)[0]
        for line in top.walk():
            if _MENTIONS.search(line.text) and not line.text.startswith("description "):
                use = Use(line, place)
                for word in set(line.text.split()):
                    found[word].append(use)
    return {word: tuple(named) for word, named in found.items()}


def of_names(found: Mapping[str, tuple[Use, ...]], names: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """Give the places where a list of these names is used, each once, and whether one is on traffic."""
    named = [use for name in names for use in found.get(name, ())]
    return tuple(dict.fromkeys(use.place for use in named)), any(use.on_traffic for use in named)
