"""H3C Comware: `7.1.070, Release 6616P05`, also `R6616P05` and `Feature 6710`.

The release number belongs to a product family: this order means something only between versions of
the same product. The forms were learnt from H3C release notes, HPE bulletins and device outputs.
"""

import re

from parsers.versions.version import Version, VersionError

_KINDS = {
    "R": "Release",
    "RELEASE": "Release",
    "F": "Feature",
    "FEATURE": "Feature",
    "E": "ESS",
    "ESS": "ESS",
    "A": "Alpha",
    "ALPHA": "Alpha",
    "BETA": "Beta",
    "DEMO": "Demo",
    "CUSTOMER": "Customer",
}
_FORM = re.compile(
    r"(?:Version\s+)?(?:(?P<major>\d)\.\d+(?:\.\d+)?[,.]?\s*)?"
    r"(?P<kind>Release|Feature|ESS|Alpha|Beta|Demo|Customer|R|F|E|A)\s*"
    r"(?P<number>\d{4})(?:P(?P<patch>\d{4}|\d{2}))?(?P<tail>[A-Z0-9-]+)?",
    re.ASCII | re.IGNORECASE,
)
_SECURITY_BLOCK = 9
"""Release numbers 9000 and above, of firewalls: H3C's release notes order them by patch number alone."""


def parse_base(text: str) -> Version:
    """Read a version; raises VersionError.

    Ordered are versions of one Comware major, one kind of build and one thousand of release numbers:
    whether a Feature or ESS build holds the fixes of a Release is not documented, and the thousands
    stand for different families. A tail that is not `Pnn` (a hot patch `HS09`, a regional `-US`)
    says nothing about order, so a version with one is comparable with itself only.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise VersionError(f"{text!r} 不是 Comware 版本号（形如 Release 6616P05）")
    number = int(match["number"])
    thousand = number // 1000
    block = match["number"] if thousand == _SECURITY_BLOCK else f"{thousand}xxx"
    tail = (match["tail"] or "").upper()
    line = (
        f"Comware {match['major']}" if match["major"] else None,
        f"{_KINDS[match['kind'].upper()]} {block}{f' 后缀 {tail}' if tail else ''}",
    )
    return Version(text.strip(), line, (number, *_patch(match["patch"])))


def _patch(digits: str | None) -> tuple[int, int]:
    """`P2701` is sub-release 01 of P27, and so below P29; no patch is below every patch."""
    if digits is None:
        return 0, 0
    return int(digits[:2]), int(digits[2:] or 0)
