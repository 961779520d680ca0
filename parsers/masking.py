"""Hiding the secrets that a configuration holds, in everything that leaves the raw capture.

A configuration line says that a secret follows by a keyword; what follows is replaced, whatever
its form (clear, enciphered, hashed). It is better to hide a harmless word than to show a secret.
"""

import re
from collections.abc import Iterable

MASK = "******"

# Words between a keyword and the secret itself, as Comware, VRP, NX-OS and INOS 6 write them.
_FORMS = r"(?:(?:cipher|simple|irreversible-cipher|plain|hash|encrypted|local-keyed-password|[0-9])\s+)*"

_KEYWORDS = "|".join(
    (
        r"irreversible-cipher",
        r"(?:line-)?password(?:-string)?(?:\s+(?:level|role|privilege)\s+\S+)?",
        r"cipher",
        r"simple",
        r"secret",
        r"community(?:\s+(?:read|write|ro|rw))?",
        r"(?:pre-)?shared-key",
        r"authentication-mode\s+(?:md5|sha\S*|hmac\S*)",
        r"privacy-mode\s+(?:des56|3des|aes\S*)",
        r"(?:auth|priv)\s+(?:md5|sha(?:-\S+)?|des|aes-\S+)",
        r"privacy\s+(?:aes|des)",
        r"priv",
        r"key-string",
        r"key-id\s+\S+",
        r"key(?:\s+\d+)?",
        r"(?:hmac-)?md5",
        r"sha2?-?\d*",
        r"authkey",
        r"securityname",
        r"wpa-psk",
    )
)

_SECRET = re.compile(
    rf"(?P<keyword>(?<![\w-])(?:{_KEYWORDS})\s+{_FORMS})(?P<secret>\"[^\"]*\"|'[^']*'|\S+)", re.IGNORECASE
)

# After these words a keyword above means a mode or a switch, not a secret.
_HARMLESS = re.compile(
    r"^(?:authentication-mode|privacy-mode|aaa|scheme|password|any|all|acl|group|view|mib-view|name|"
    r"enable|disable|type|chain|v1|v2c|v3|read|write|inbound|outbound|expire|length|history|"
    r"aging|composition|complexity|login-attempt|policy|control|default|none|local|ssh|telnet)$",
    re.IGNORECASE,
)

# With one of these in front, what follows is a secret whatever it looks like.
_CERTAIN = re.compile(r"community|cipher|simple|hash|encrypted|string|\s\d+\s", re.IGNORECASE)


def mask_line(line: str) -> str:
    """Replace every secret in one line; a line without one comes back as it is."""

    def hide(match: re.Match[str]) -> str:
        if _HARMLESS.match(match["secret"]) and not _CERTAIN.search(match["keyword"]):
            return match[0]
        return match["keyword"] + MASK

    previous = None
    while previous != line:  # a line may hold several, and a keyword may itself have been taken for one
        previous, line = line, _SECRET.sub(hide, line)
    return line


def mask_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Mask line by line; key blocks that span lines are hidden whole."""
    masked = []
    inside = False
    for line in lines:
        begins = re.search(r"-----BEGIN|public-key-code begin|certificate begin|key format der", line)
        ends = re.search(r"-----END|public-key-code end|certificate end|key string end", line)
        if inside and not ends:
            masked.append(MASK)
        else:
            masked.append(mask_line(line))
        inside = bool(begins) or (inside and not ends)
    return tuple(masked)
