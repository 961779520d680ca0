"""Inspur INOS-CN, numbered as NX-OS: `7.0(3)I7(8)`, `9.3(5)`, `9.3(7a)`.

That an INOS-CN number means the same code as the equal NX-OS number is not documented: these are
compared among INOS-CN versions only.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from parsers.versions.version import Version, VersionError

_FORM = re.compile(
    r"(?:.*\bVersion\s+)?(?P<version>(?P<major>\d+)\.(?P<minor>\d+)\((?P<maintenance>\d+)(?P<letter>[a-z]*)\)"
    r"(?:(?P<train>[A-Z]+)(?P<number>\d*)"
    r"\((?P<rebuild>\d+)(?:\.(?P<interim>\d+))?(?P<rebuild_letter>[a-z]*)\))?)(?:,.*)?",
    re.ASCII,
)
_FIXED_SWITCH = "I/9.x"
"""The line of box switches: train I (7.0(3)I7) was continued as 9.2, 9.3 and 10.x without a train."""
_INTERNAL = 99
"""10.3(99w): a maintenance number that stands for internal builds."""


@dataclass(frozen=True, slots=True, eq=False)
class InosCnVersion(Version):
    """A release."""

    names: ClassVar[tuple[str, ...]] = (
        "主版本",
        "次版本",
        "维护号",
        "维护号字母",
        "系列号",
        "重建号",
        "中间构建号",
        "重建字母",
    )

    @property
    def branch(self) -> tuple[int, ...]:
        """`9.3`, or with a train `7.0(3)I7`."""
        return self.key[:5] if self.key[4] else self.key[:2]


def parse_base(text: str) -> InosCnVersion:
    """Read a version, also out of the line that a device prints; raises VersionError.

    Trains are branches for different hardware and are not ordered against each other, but for the
    one that went on as 9.x. Interim builds such as `7.0(3)I3(0.170)` lie below the first release.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise VersionError(f"{text!r} 不是 INOS-CN 版本号（形如 9.2(3) 或 7.0(3)I7(8)）")
    key = (
        int(match["major"]),
        int(match["minor"]),
        int(match["maintenance"]),
        _letters(match["letter"]),
        int(match["number"] or 0),
        int(match["rebuild"] or 0),
        int(match["interim"] or 0),
        _letters(match["rebuild_letter"] or ""),
    )
    return InosCnVersion(match["version"], (_line(match),), key, written=len(key))


def _line(match: re.Match[str]) -> str:
    major, train = int(match["major"]), match["train"]
    if train is not None:
        return _FIXED_SWITCH if train == "I" else f"{train} 系列"
    if major > 10:
        return "ACI 模式"
    if int(match["maintenance"]) == _INTERNAL:
        return f"{major}.{match['minor']}({_INTERNAL}) 内部构建"
    return _FIXED_SWITCH if major >= 9 else f"{major}.x"


def _letters(letters: str) -> int:
    """A rebuild is above what it rebuilds: 9.3(7) < 9.3(7a) < 9.3(7b)."""
    value = 0
    for letter in letters:
        value = value * 27 + ord(letter) - ord("a") + 1
    return value
