"""Huawei VRP: `V200R019C10SPC800`, with patches `V200R019SPH008` numbered on an axis of their own.

The forms were learnt from Huawei's security notices, NVD entries and `display version` outputs.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from parsers.versions.version import Version, VersionError

# SCP for SPC, a two-digit R, a three-digit C and V5500 occur in published notices. A B number is the
# build of a release: notices never use it. PWE is the export edition of the same code.
_BASE = re.compile(
    r"V(?P<v>\d|\d{3}|5500)R(?P<r>\d{1,3})(?:C(?P<c>\d{1,3})(?:S(?:PC|CP)(?P<spc>[0-9A-Z]\d{2}))?(?:B\d{3})?)?"
    r"(?P<variant>T|PWE|S)?",
    re.ASCII | re.IGNORECASE,
)
_PRINTED = re.compile(r".*\((?:[^()]* )?(?P<version>V\d{3}R\d{3}[0-9A-Z]*)\)", re.ASCII | re.IGNORECASE)
"""The line of `display version`: `VRP (R) software, Version 8.191 (CE12800 V200R019C10SPC800)`."""
_PATCH = re.compile(
    r"V(?P<v>\d|\d{3})R(?P<r>\d{1,3})(?:C(?P<c>\d{1,3}))?(?P<kind>SPH|HP|CP)(?P<number>[0-9A-Z]\d{2,3})"
    r"(?P<variant>T)?(?![0-9A-Z])",
    re.ASCII | re.IGNORECASE,
)
_TYPING_FAULTS = {5500: 500}
"""V5500R001C00 stands in a CPE whose own description says V500R001C00 (CVE-2016-5435)."""
UNNUMBERED = "000"
"""The SPC of a C release that names none: it is below every SPC of it."""


@dataclass(frozen=True, slots=True, eq=False)
class VrpVersion(Version):
    """A base version."""

    names: ClassVar[tuple[str, ...]] = ("R", "C", "SPC", "SPC")

    @property
    def branch(self) -> tuple[int, ...]:
        """R and C: each C release has its own SPCs."""
        return self.key[:2]


@dataclass(frozen=True, slots=True, eq=False)
class VrpPatch(Version):
    """A patch: SPH (accumulated), HP (hot, urgent) or CP (cold, urgent)."""

    names: ClassVar[tuple[str, ...]] = ("补丁号首位", "补丁号")


def parse_base(text: str) -> VrpVersion:
    """Read a base version, also out of the line that the device prints; raises VersionError.

    Without a C part it is less precise than one with; without SPC it is the C release itself, which
    is below every SPC of it.
    """
    printed = _PRINTED.fullmatch(text.strip())
    match = _BASE.fullmatch(printed["version"] if printed else text.strip())
    if match is None:
        raise VersionError(f"{text!r} 不是华为版本号（形如 V200R019C10SPC800）")
    release: tuple[int, ...] = (int(match["r"]),)
    if match["c"] is not None:
        release = (*release, int(match["c"]), *_rank(match["spc"] or UNNUMBERED))
    variant = (match["variant"] or "").upper()
    return VrpVersion(
        match[0],
        (_code_line(match["v"]),),
        release,
        ("" if variant == "PWE" else variant,),
        written=len(release) if match["spc"] else min(len(release), 2),
    )


def find_patch(text: str) -> VrpPatch | None:
    """Find a patch in its name or in the name of its file; None where there is none.

    Patches are ordered within one V, R and kind; where both name a C release, it must be the same.
    Whether HP and CP share a counter is not documented, so they are not ordered against each other.
    """
    match = _PATCH.search(text)
    if match is None:
        return None
    release = f"{_code_line(match['v'])}R{int(match['r']):03}"
    branch = None if match["c"] is None else f"C{int(match['c']):02}"
    line = (f"{release} 的 {match['kind'].upper()} 补丁", branch)
    variant = (match["variant"] or "").upper()
    feature = f"C{match['c']}" if match["c"] else ""
    made_for = parse_base(f"V{match['v']}R{match['r']}{feature}")
    return VrpPatch(match[0], line, _rank(match["number"]), (variant,), of=made_for)


def _code_line(digits: str) -> str:
    """V200, V300, V600, V800, ... are separate code bases; `V2` is short for V200."""
    number = int(digits) * 100 if len(digits) == 1 else int(digits)
    return f"V{_TYPING_FAULTS.get(number, number)}"


def _rank(number: str) -> tuple[int, ...]:
    """The first sign runs from 0 to 9 and then through the letters: SPC900 < SPCa00 < SPCj00."""
    return int(number[0], 36), int(number[1:])
