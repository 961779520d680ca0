"""Hiding the secrets that a configuration holds, in everything that leaves the raw capture.

A line says by a word that a secret follows; what follows is replaced, whatever its form (clear,
enciphered, hashed). A value in the form of an enciphered one is replaced wherever it stands. It is better
to hide a harmless word than to show a secret; but what is evidence of something else, the names of
algorithms above all, stays. The words are those of Comware, VRP, NX-OS and INOS 6, by their command
references.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

MASK = "******"

_ALGORITHM = r"(?:hmac-?)?(?:md5|sha\d*(?:[-_]\d+)*)|sm[34]|3?des(?:56|-?168)?|aes[\w-]*"

_KIND = r"(?:(?:line|domain|area|auth|authentication|md5|encrypted|login|shared)-)?"
_RANK = r"(?:\s+(?:level|role|privilege)\s+\S+)?"
_PROTECTION = r"(?:(?:area-|domain-)?authentication-mode|privacy-mode|authentication|auth|privacy|priv|esp)"

# Words after which a secret follows, each as a whole word.
_INTRODUCING = "|".join(
    (
        rf"{_KIND}(?<!aged )password(?:-string)?{_RANK}",
        r"passwd",
        r"pwd",
        r"pass-?phrase",
        r"(?:irreversible-)?cipher",
        r"simple",
        r"plain",
        r"(?:shared-)?secret",
        r"(?:pre-?)?shared?-key",
        r"(?:string|hex|server|secret|access|api|encrypt|encryption|encrypted|radius-encrypt)-key",
        r"(?:authentication|encryption)-hex",
        r"key-(?:string|octet-string|value)",
        r"message-digest-key\s+\d+",
        r"authentication-key",
        r"authentication\s+(?:text|string)",
        r"key-id\s+\S+",
        r"key",
        r"authkey",
        r"(?:wpa-)?psk",
        r"cak",
        r"ckn",
        r"priv",
        r"securityname",
        r"token",
        rf"{_PROTECTION}\s+(?:{_ALGORITHM})",
        r"(?:hmac-)?md5",
        r"(?:hmac-)?sha\d*(?:-\d+)*",
    )
)

# BGP communities are set and matched; those of SNMP are configured.
_COMMUNITY = r"(?<!apply )(?<!match )(?<!set )community(?!\s+complexity-check)(?:\s+name\b)?"

_TRAP_TARGET = (
    r"snmp-server\s+host\s+\S+(?:\s+(?:vrf\s+\S+|traps?|informs?|version|1|2c|3|auth|noauth|priv)(?!\S))*"
)

# Words between the one that introduces and the secret: in which form it is, for what, and to whom.
_BETWEEN = "|".join(
    (
        r"cipher|simple|irreversible-cipher|plain|hash|hex|ascii|text|encrypted|local-keyed-password",
        r"read|write|ro|rw|read-only|read-write",
        r"usual|nonstandard|rfc\d+|is",
        r"authentication|accounting|authorization|encryption|inbound|outbound|ah|local|remote|address|hostname",
        r"wep-?\d+|\d",
        r"(?:\d{1,3}\.){3}\d{1,3}",
        _ALGORITHM,
        _INTRODUCING,
    )
)

_SECRET = r"(?P<secret>(?![:=](?:\s|$))(?:\"[^\"]*\"\S*|'[^']*'\S*|\S+))"  # noqa: S105 (a pattern)

_FOLLOWED = re.compile(
    rf"(?P<before>(?<![\w-])(?P<word>{_COMMUNITY}|{_TRAP_TARGET}|{_INTRODUCING})"
    rf"(?:[\"']?\s*[:=]\s*|\s+)(?P<between>(?:(?:{_BETWEEN})\s+)*+)){_SECRET}",
    re.IGNORECASE,
)
_FOLLOWED_IN_CHINESE = re.compile(rf"(?P<before>(?:密码|口令|密钥|团体字)\s*[:：=是为]?\s*){_SECRET}")

# The number of an OSPF key or an ISIS one may stand between the algorithm and the secret.
_NUMBERED = re.compile(
    rf"(?P<before>(?<![\w-])(?:(?:hmac-?)?(?:md5|sha\d*(?:[-_]\d+)*)|sm3|authentication-key)\s+\d{{1,10}}\s+"
    rf"(?P<between>(?:(?:{_BETWEEN})\s+)*+)){_SECRET}",
    re.IGNORECASE,
)
# Remote monitoring sends its traps with a community.
_RMON_TRAP = re.compile(rf"(?P<before>\s*rmon event \d+ (?:\S+ )*?(?:log-)?trap\s+){_SECRET}", re.IGNORECASE)
_IN_URL = re.compile(r"(?P<before>://[^/\s:@]+:)(?P<secret>\S+)(?=@)")

# Enciphered and hashed values, also where the line was cut: VRP's begin with a mark, all others with `$id$`.
_ENCIPHERED = re.compile(r"(?:%[\^@$#+]%[#@$]|@%@%|(?<![^\s\"'=:])\$[0-9a-z]{1,2}\$)\S+")

# After these, a word above means a mode, a switch or plain English, and not a secret.
_HARMLESS = re.compile(
    r"(?:authentication-mode|privacy-mode|aaa|scheme|password|any|all|acl|group|view|mib-view|name|"
    r"enable[d]?|disable[d]?|type|(?:key-)?chain|v1|v2c|v3|read|write|inbound|outbound|expire|length|history|"
    r"aging|composition|complexity|login-attempt|policy|control|default|none|local|ssh|telnet|"
    r"min-len|alert\S*|update|recovery|suites?|use-vrf|source-interface|filter-vrf|udp-port|"
    r"lifetime|generating|exchanged?|fingerprint|size|pairs?|modulus|rsa|dsa|ecdsa|digest|checksum|"
    r"signature|option|mismatch|auth|authentication|expired|expiration|change[ds]?|incorrect|failed|error|"
    r"not|was|has|must|needs|will|for|of|to|and|or|from|the|in|on|with|"
    rf"{_ALGORITHM})[:,.]?",
    re.IGNORECASE,
)

# With one of these before it, what follows is a secret whatever it looks like.
_CERTAIN = re.compile(r"community|cipher|simple|plain|hash|encrypted|string|\s\d+\s", re.IGNORECASE)

# Lines whose `cipher`, `key` and `md5` choose algorithms, or a key by its number.
_CHOOSING = re.compile(
    r"\s*(?:undo |no )?"
    r"(?:(?:ip )?ssh2? (?:server|client|algorithm|key|ciphers?|macs?)\b|ntp (?:server|peer) )",
    re.IGNORECASE,
)

_BLOCK_BEGINS = re.compile(r"-----BEGIN|public-key-code begin|certificate begin|key format der")
_BLOCK_ENDS = re.compile(r"-----END|public-key-code end|certificate end|key string end")
_COMMUNITY_SHOWN = re.compile(r"\s*community name\s*:", re.IGNORECASE)
_GROUP_SHOWN = re.compile(r"(?P<before>\s*group name\s*:\s*)(?P<secret>\S+)", re.IGNORECASE)


# One of these is in every line that any pattern here can match; looking for them first is quick.
_HINTS = (
    "pass", "pwd", "cipher", "simple", "plain", "secret", "key", "auth", "psk", "cak", "ckn", "priv", "esp",
    "securityname", "token", "md5", "sha", "sm3", "community", "snmp-server", "-hex", "://", "$", "%", "@%@",
    "rmon", "密", "口令", "团体字",
)  # fmt: skip


def mask_line(line: str) -> str:
    """Replace every secret in one line; a line without one comes back as it is."""
    return _mask_line(line, _HINTS)


def _mask_line(line: str, hints: Iterable[str]) -> str:
    folded = line.lower()
    for hint in hints:
        if hint in folded:
            break
    else:
        return line
    line = _RMON_TRAP.sub(_hidden, _IN_URL.sub(_hidden, _ENCIPHERED.sub(MASK, line)))
    if _CHOOSING.match(line):
        return line
    line = _FOLLOWED_IN_CHINESE.sub(_hidden, _NUMBERED.sub(_hidden, line))
    previous = None
    while previous != line:  # a harmless word may be what introduces the next secret
        previous, line = line, _FOLLOWED.sub(_hidden_unless_harmless, line)
    return line


def mask_data(data: Any) -> Any:
    """Replace the secrets in every string of lists and dictionaries; a device may print one anywhere."""
    match data:
        case str():
            return mask_line(data)
        case list() | tuple():
            return [mask_data(item) for item in data]
        case dict():
            return {key: mask_data(item) for key, item in data.items()}
        case _:
            return data


def mask_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Mask line by line; key blocks that span lines are hidden whole."""
    lines = tuple(lines)
    return MaskedLines(lines).part(0, len(lines))


class MaskedLines:
    """The lines of one text, masked where they are asked for."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        whole = "\n".join(lines)
        folded = whole.lower()
        self._hints = [hint for hint in _HINTS if hint in folded]
        spanning = _BLOCK_BEGINS.search(whole) or _BLOCK_ENDS.search(whole) or "community name" in folded
        self._done = bool(spanning)
        self._lines = tuple(_with_blocks(lines, self._hints)) if spanning else lines

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self._lines)

    def part(self, first: int, end: int) -> tuple[str, ...]:
        """Give some lines, without their secrets, as a slice does."""
        lines = self._lines[first:end]
        return lines if self._done else tuple(_mask_line(line, self._hints) for line in lines)


def _with_blocks(lines: Iterable[str], hints: Sequence[str]) -> Iterator[str]:
    """Mask the lines of a text in which some are secret because of the lines before them."""
    inside = False
    of_community = False
    for line in lines:
        begins, ends = _BLOCK_BEGINS.search(line), _BLOCK_ENDS.search(line)
        if inside and not ends:
            yield MASK
        elif of_community and (shown := _GROUP_SHOWN.match(line)):
            # The group that a device makes for a community has its name.
            yield _hidden(shown) + line[shown.end() :]
        else:
            yield _mask_line(line, hints)
        inside = bool(begins) or (inside and not ends)
        of_community = bool(_COMMUNITY_SHOWN.match(line))


def _hidden(match: re.Match[str]) -> str:
    return match["before"] + MASK


def _hidden_unless_harmless(match: re.Match[str]) -> str:
    if _HARMLESS.fullmatch(match["secret"]) and not _CERTAIN.search(match["before"]):
        return match[0]
    return _hidden(match)
