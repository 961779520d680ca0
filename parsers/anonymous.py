"""Making an output safe to hand on, in the form it has: for those who write the next template.

A name, an address or a serial number is replaced by another of the same length and the same kinds of
characters, everywhere by the same one, so that tables keep their columns and a template that reads the one
reads the other. What a made-up value stands for cannot be told from it: the key is random and never kept.
Free text cannot be made safe by rule, so `strange_words` lists what a person ought to look at before sending.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from secrets import token_bytes

from parsers.facts import Facts, Unknown
from parsers.masking import MASK, mask_lines

NAMING: Mapping[str, tuple[str, ...]] = {
    "identity": ("hostname",),
    "inventory": ("serial",),
    "interfaces": ("description",),
    "optics": ("serial",),
    "lldp": ("remote_system",),
    "vlans": ("name",),
    "users": ("name",),
    "acls": ("id",),
    "snmp_groups": ("name",),
    "aaa": ("scheme",),
    "login_sessions": ("user",),
    "isis": ("system_id",),
}
"""Fields of facts that name somebody or something of the customer's."""

_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?=[0-9A-Fa-f:]*:[0-9A-Fa-f]*:)(?=\S*[0-9A-Fa-f]{3}|\S*::)[0-9A-Fa-f:]{6,39}(?![\w:])"
)
_MAC = re.compile(
    r"(?<![\w-])(?:[0-9A-Fa-f]{4}([-.])[0-9A-Fa-f]{4}\1[0-9A-Fa-f]{4}"
    r"|[0-9A-Fa-f]{2}([-:.])(?:[0-9A-Fa-f]{2}\2){4}[0-9A-Fa-f]{2})(?![\w-])"
)
# Serial numbers and the like: ten capitals and digits or more, at least three of each, but for VRP versions.
_SERIAL = re.compile(
    r"(?<![\w/.-])(?!V\d{3}R\d{3})(?=(?:\d*[A-Z]){3})(?=(?:[A-Z]*\d){3})[0-9A-Z]{10,}(?![\w/.-])"
)
# What follows to the end of the line is somebody's own words.
_FREE = re.compile(
    r"(?i)^(?P<before>\s*(?:description:?|sysname|hostname|header \S+|banner \S+)\s+)(?P<free>\S.*)$"
)

_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_SHORTEST_NAME = 3
"""A VLAN named `A` must not change every A of the output."""


class Anonymiser:
    """Replaces what tells a customer by, the same value by the same everywhere."""

    def __init__(self, names: Iterable[str], key: bytes | None = None) -> None:
        """Take the names to replace, such as those of `names_in`; the key is only given in tests."""
        self._key = token_bytes(16) if key is None else key
        longest_first = sorted({n for n in names if len(n) >= _SHORTEST_NAME}, key=lambda n: (-len(n), n))
        every = "|".join(re.escape(name) for name in longest_first)
        self._names = re.compile(rf"(?<!\w)(?:{every})(?!\w)") if longest_first else None

    def lines(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Mask secrets and replace the rest, line by line; the number of lines stays."""
        return tuple(self._line(line) for line in mask_lines(lines))

    def _line(self, line: str) -> str:
        free = _FREE.match(line)
        if free:
            return free["before"] + self._word(free["free"])
        line = _MAC.sub(lambda m: self._word(m[0], letters="abcdef"), line)
        line = _IPV4.sub(lambda m: self._ipv4(m[0]), line)
        line = _IPV6.sub(lambda m: self._word(m[0], letters="abcdef"), line)
        line = _SERIAL.sub(lambda m: self._word(m[0]), line)
        return line if self._names is None else self._names.sub(lambda m: self._word(m[0]), line)

    def _word(self, word: str, letters: str = "abcdefghijklmnopqrstuvwxyz") -> str:
        """Another word: a digit for a digit, a letter for a letter of the same case, the rest as it is."""
        if word == MASK:
            return word
        numbers = self._numbers(word)
        made = []
        for char in word:
            if char.isdigit():
                made.append(str(next(numbers) % 10))
            elif char.isalpha():
                other = letters[next(numbers) % len(letters)]
                made.append(other.upper() if char.isupper() else other)
            else:
                made.append(char)
        return "".join(made)

    def _ipv4(self, address: str) -> str:
        """Another address of the same width; masks, wildcards and what means no host stay."""
        octets = [int(part) for part in address.split(".")]
        if max(octets) > 255 or octets[0] in (0, 127, 255) or octets[0] >= 224:
            return address
        numbers = self._numbers(address)
        made = [_as_wide(part, next(numbers)) for part in address.split(".")]
        return ".".join(made)

    def _numbers(self, value: str) -> Iterator[int]:
        """Endless numbers that depend on the value and the key alone."""
        block = 0
        while True:
            yield from blake2b(f"{block}:{value}".encode(), key=self._key, digest_size=64).digest()
            block += 1


def _as_wide(octet: str, number: int) -> str:
    """An octet of as many digits, below 224 so that it may stand first."""
    low, high = {1: (1, 9), 2: (10, 99), 3: (100, 223)}[len(octet)]
    return str(low + number % (high - low + 1))


def names_in(facts: Facts) -> frozenset[str]:
    """Collect what the facts of one device name: itself, neighbours, people, VLANs, serial numbers."""
    found: set[str] = set()
    for name, attributes in NAMING.items():
        fact = getattr(facts, name)
        if isinstance(fact, Unknown):
            continue
        rows = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        found.update(getattr(row, attribute) or "" for row in rows for attribute in attributes)
    return frozenset(found - {""})


def strange_words(lines: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """Words of made-safe lines that no template knows: for a person to look at before handing them on.

    `known` holds words in lower case.
    """
    found = {word for line in lines for word in _WORD.findall(line)}
    return tuple(sorted(word for word in found if word.lower() not in known))
