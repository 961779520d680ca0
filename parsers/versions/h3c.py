"""H3C Comware: `7.1.070, Release 6616P05`, `R6616P05`, `Feature 6710`, `S5130S_EI-CMW710-R6357.ipe`.

The release number belongs to a product family: where both texts name theirs, it must be the same, and
where they do not, the order means something only between versions of the same product. The forms were
learnt from H3C release notes, HPE bulletins and device outputs.
"""

import re
from dataclasses import dataclass, replace
from typing import ClassVar

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
_RELEASE = (
    r"(?P<kind>Release|Feature|ESS|Alpha|Beta|Demo|Customer|R|F|E|A)\s*(?P<number>\d{4})"
    r"(?:P(?P<patch>\d{4}|\d{2}))?(?:HS(?P<hot>\d{2}))?(?P<tail>[A-Z0-9-]+)?"
)
_PRINTED = re.compile(
    r"(?:(?:(?:HPE?|H3C)\s+)?(?:Comware\s+)?(?:Platform\s+)?Software,?\s+)?(?:Software\s+)?(?:Version\s+)?"
    rf"(?:(?P<platform>(?P<major>\d)\.\d+(?:\.\d+)?)[,.]?\s*)?{_RELEASE}",
    re.ASCII | re.IGNORECASE,
)
_IMAGE = re.compile(
    rf"(?:Product\s+Version\s+)?(?P<family>[A-Z0-9_]+)-CMW(?P<major>\d)\d\d-(?:[A-Z]+-)?{_RELEASE}"
    r"(?:\.(?:ipe|bin))?",
    re.ASCII | re.IGNORECASE,
)
_HOT_PATCH = re.compile(
    r"(?:(?P<family>[A-Z0-9_]+)-CMW(?P<major>\d)\d\d-(?:[A-Z]+-)*)?(?<![A-Z0-9])"
    r"(?P<kind>R|F|E)(?P<number>\d{4})(?:P(?P<patch>\d{4}|\d{2}))?HS(?P<hot>\d{2})(?![A-Z0-9])",
    re.ASCII | re.IGNORECASE,
)
_SECURITY_BLOCKS = {"9071", "9671"}
"""Firewalls: H3C's release notes of 2024 list F9071P23 < R9671P2402 < R9671P34 < R9071P3401 as one
sequence, so neither letter nor number counts there, only the P number."""


@dataclass(frozen=True, slots=True, eq=False)
class ComwareVersion(Version):
    """A release, with the number of its hot patch as `patch`."""

    names: ClassVar[tuple[str, ...]] = ("发布号", "P 号前两位", "P 号后两位")


@dataclass(frozen=True, slots=True, eq=False)
class ComwarePatch(Version):
    """A hot patch, numbered anew for each release."""

    names: ClassVar[tuple[str, ...]] = ("热补丁号",)


def parse_base(text: str) -> ComwareVersion:
    """Read a version as printed by a device, named in a notice or in a file; raises VersionError.

    Ordered are versions of one Comware major, one kind of build and one thousand of release numbers:
    whether a Feature or ESS build holds the fixes of a Release is not documented, and the thousands
    stand for different families. A tail that is neither `Pnn` nor `HSnn` (a regional `-US`) says
    nothing about order, so a version with one is comparable with itself only. One release number with
    two platform versions (7.1.064, 7.1.070) belongs to two families.
    """
    plain = text.strip()
    match = _PRINTED.fullmatch(plain) or _IMAGE.fullmatch(plain)
    if match is None:
        raise VersionError(f"{text!r} 不是 Comware 版本号（形如 Release 6616P05）")
    said = match.groupdict()
    tail = (said["tail"] or "").upper()
    line = (
        f"Comware {said['major']}" if said["major"] else None,
        said["family"].upper() if said.get("family") else None,
        f"{_block(said['kind'], said['number'])}{f' 后缀 {tail}' if tail else ''}",
    )
    key = (_weight(said["number"]), *_sub(said["patch"]))
    return ComwareVersion(
        plain,
        line,
        key,
        (said.get("platform"),),
        patch=_number(said["hot"]),
        written=len(key) if said["patch"] else 1,
    )


def find_patch(text: str) -> ComwarePatch | None:
    """Find a hot patch (`R6715HS09`) in its name or in the name of its file; None where there is none."""
    match = _HOT_PATCH.search(text)
    if match is None:
        return None
    sub = f"P{match['patch']}" if match["patch"] else ""
    release = f"{match['kind']}{match['number']}{sub}".upper()
    line = (f"{release} 的热补丁", match["family"].upper() if match["family"] else None)
    return ComwarePatch(match[0], line, _number(match["hot"]), of=replace(parse_base(release), written=3))


def _block(kind: str, number: str) -> str:
    if number in _SECURITY_BLOCKS:
        return "9x71"
    return f"{_KINDS[kind.upper()]} {number[0]}xxx"


def _weight(number: str) -> int:
    return 0 if number in _SECURITY_BLOCKS else int(number)


def _sub(digits: str | None) -> tuple[int, int]:
    """`P2701` is sub-release 01 of P27, and so below P29; no patch is below every patch."""
    if digits is None:
        return 0, 0
    return int(digits[:2]), int(digits[2:] or 0)


def _number(digits: str | None) -> tuple[int, ...]:
    return () if digits is None else (int(digits),)
