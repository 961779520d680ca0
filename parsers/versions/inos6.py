"""Inspur INOS 6, the Centec lineage: `6.2.27.13`, and `6.6.6.R1.23`, `6.2.27.R5.66T3` of R branches.

The forms are those of switches that a public driver names. What an R branch holds of the builds that
are numbered without one is not documented, so these two are not ordered against each other.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from parsers.versions.version import Version, VersionError

_FORM = re.compile(
    r"(?P<base>\d+\.\d+\.\d+)(?:\.R(?P<branch>\d+)(?:\.(?P<build>\d+)(?P<test>T\d+)?)?|\.(?P<plain>\d+))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, eq=False)
class Inos6Version(Version):
    """A release."""

    names: ClassVar[tuple[str, ...]] = ("第一位", "第二位", "第三位", "第四位", "第五位")

    @property
    def branch(self) -> tuple[int, ...]:
        """The first three numbers."""
        return self.key[:3]


def parse_base(text: str) -> Inos6Version:
    """Read a version; raises VersionError.

    A tail such as `T3` marks another build of the same number.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise VersionError(f"{text!r} 不是 INOS 6 版本号（形如 6.2.27.13 或 6.6.6.R1.23）")
    numbers = (*match["base"].split("."), match["branch"], match["build"], match["plain"])
    branch = "R 分支" if match["branch"] else "非 R 分支" if match["plain"] else None
    key = tuple(int(number) for number in numbers if number is not None)
    return Inos6Version(text.strip(), (branch,), key, (match["test"] or "",), written=len(key))
