"""Storage, alarms, processes, table resources, boot versions and sessions of a VRP8 device."""

import re
from collections.abc import Sequence
from typing import Literal

from parsers.facts import (
    Alarm,
    BootInfo,
    FileSystem,
    HardwareResource,
    Location,
    LoginSession,
    ProcessLoad,
    StoredFile,
)
from parsers.reader import Outputs, UnansweredError
from parsers.seen import Seen
from parsers.storage import kind_of
from parsers.template import Parsed, Row, UnreadableError

Severity = Literal["critical", "major", "minor", "warning"]


# --- storage --------------------------------------------------------------------------------------


def filesystems(outputs: Outputs) -> tuple[FileSystem, ...]:
    """The main board's flash; those of other members would have to be asked for by name."""
    found = tuple(
        FileSystem(
            seen=row.seen,
            location=Location(),
            name=_directory(row).rstrip("/"),
            total_bytes=_number(row, "TOTAL_KB") * 1024,
            free_bytes=_number(row, "FREE_KB") * 1024,
            kind=kind_of(_directory(row)),
        )
        for row in outputs.need("dir").rows
        if row["MARK"] == "KB"
    )
    if not found:
        raise UnreadableError("dir: no line with the total size")
    return found


def files(outputs: Outputs) -> tuple[StoredFile, ...]:
    """Files of the uppermost directory with their paths; directories themselves are left out."""
    rows = outputs.need("dir").rows
    if not rows:
        raise UnreadableError("dir: nothing was recognised in it")
    return tuple(
        StoredFile(seen=row.seen, name=_directory(row) + row["NAME"], size_bytes=_number(row, "SIZE"))
        for row in rows
        if row["ATTRIBUTES"].startswith("-")
    )


def _directory(row: Row) -> str:
    if not row["DIRECTORY"]:
        raise UnreadableError("dir: not said of which storage")
    return row["DIRECTORY"]


def _number(row: Row, name: str) -> int:
    value = row.integer(name)
    if value is None:
        raise UnreadableError(f"{row.seen.command}: no {name.lower()}")
    return value


# --- alarms ---------------------------------------------------------------------------------------

_SEVERITIES: dict[str, Severity] = {
    "1": "critical",
    "2": "major",
    "3": "minor",
    "4": "warning",
    "Critical": "critical",
    "Major": "major",
    "Minor": "minor",
    "Warning": "warning",
}


def alarms(outputs: Outputs) -> tuple[Alarm, ...]:
    """Alarms that are not cleared: name or number, and description. Without any, nothing is printed."""
    verbose = outputs.parsed("display alarm active verbose")
    if verbose is None:
        return _alarm_table(outputs.need("display alarm active"))
    if not verbose.rows and any(verbose.lines):
        raise UnreadableError("display alarm active verbose: no alarm in it")
    return tuple(
        Alarm(
            seen=row.seen,
            name=f"{row['NAME']} {row['DESCRIPTION']}".strip(),
            severity=_severity(row, "SEVERITY"),
            raised_at=row.maybe("STARTED"),
        )
        for row in verbose.rows
    )


def _alarm_table(parsed: Parsed) -> tuple[Alarm, ...]:
    heads = (line for line in parsed.lines if line.startswith("Sequence ") and "Description" in line)
    head = next(heads, None)
    if head is None:
        raise UnreadableError("display alarm active: no table in it")
    return tuple(
        Alarm(
            seen=row.seen,
            name=f"{row['ALARM_ID']} {_description(row, parsed.lines, head.index('Description'))}",
            severity=_severity(row, "LEVEL"),
            raised_at=f"{row['DATE']} {row['TIME']}{row['OFFSET']}".strip(),
        )
        for row in parsed.rows
    )


def _severity(row: Row, name: str) -> Severity:
    if row[name] not in _SEVERITIES:
        raise UnreadableError(f"{row.seen.command}: alarm {row['SEQUENCE']} without a severity")
    return _SEVERITIES[row[name]]


def _description(row: Row, lines: Sequence[str], column: int) -> str:
    """Put together what was cut at the edge of its column, with the blanks that stood at a cut."""
    pieces = [lines[number - 1][column:] for number in row.seen.lines]
    said = (piece for piece in row.all("DESCRIPTION"))
    if any(piece and piece.strip() != next(said, None) for piece in pieces):
        raise UnreadableError(f"display alarm active: alarm {row['SEQUENCE']} is out of its columns")
    width = max(len(piece) for piece in pieces)
    return "".join(piece.ljust(width) for piece in pieces).rstrip()


# --- load and resources ---------------------------------------------------------------------------


def processes(outputs: Outputs) -> tuple[ProcessLoad, ...]:
    """Services of the control plane, which V200R0xx prints with the load of the processor.

    Later releases know `display cpu-usage` alone and print none: then they wait for `display cpu`.
    """
    rows = outputs.need("display cpu", "display cpu-usage").rows
    found = []
    for row in rows:
        for said in row.all("SERVICES"):
            name, _, load = said.rpartition(" ")
            found.append(ProcessLoad(seen=row.seen, name=name.strip(), cpu_pct=float(load.removesuffix("%"))))
    if not found and "display cpu" not in outputs.captures:
        raise UnansweredError(("display cpu",))
    if not found:
        raise UnreadableError("display cpu: no services in it")
    return tuple(found)


def hardware_resources(outputs: Outputs) -> tuple[HardwareResource, ...]:
    """Pools of the ACL hardware by chip, pipe and stage; what is reserved does not count as used."""
    rows = outputs.need("display system tcam resource acl").rows
    if not rows:
        raise UnreadableError("display system tcam resource acl: nothing was recognised in it")
    return tuple(
        HardwareResource(
            seen=row.seen,
            location=Location(slot=row["SLOT"]),
            pool=_pool(row),
            used=int(row["USED"]),
            total=int(row["TOTAL"]),
        )
        for row in rows
    )


def _pool(row: Row) -> str:
    pipe = f" pipe {row['PIPE']}" if row["PIPE"] else ""
    return f"chip {row['CHIP']}{pipe} {row['TCAM']} {row['RESOURCE']} {row['STAGE']}"


# --- boot versions --------------------------------------------------------------------------------

_UNIT = re.compile(r"(\S+?) ?(?:\((?:Master|Standby|Slave)\))? (\d+) : uptime is\b.*")
_PART = re.compile(r"\d+\. ?(BIOS|CPLD\d*)\s+Version\s*:\s*(\S+)")


def boot(outputs: Outputs) -> tuple[BootInfo, ...]:
    """BIOS and CPLD of each unit that prints a BIOS; several CPLDs as `CPLD1 102, CPLD2 102`."""
    parsed = outputs.need("display version")
    slot = ""
    parts: dict[str, list[tuple[int, str, str]]] = {}
    for number, line in enumerate(parsed.lines, start=1):
        if unit := _UNIT.fullmatch(line.strip()):
            slot = unit[2]
        elif slot and (part := _PART.fullmatch(line.strip())):
            parts.setdefault(slot, []).append((number, part[1], part[2]))
    found = tuple(
        _boot(parsed.seen, where, said) for where, said in parts.items() if any(p[1] == "BIOS" for p in said)
    )
    if not found:
        raise UnreadableError("display version: no BIOS in it")
    return found


def _boot(seen: Seen, slot: str, said: list[tuple[int, str, str]]) -> BootInfo:
    cplds = [f"{name} {version}" for _, name, version in said if name != "BIOS"]
    return BootInfo(
        seen=Seen(seen.capture, seen.command, tuple(number for number, _, _ in said)),
        location=Location(slot=slot),
        bootrom=next(version for _, name, version in said if name == "BIOS"),
        cpld=", ".join(cplds) or None,
    )


# --- sessions -------------------------------------------------------------------------------------


def login_sessions(outputs: Outputs) -> tuple[LoginSession, ...]:
    """Everybody who is logged in, with the one who asks."""
    rows = outputs.need("display users").rows
    if not rows:
        raise UnreadableError("display users: not even our own session in it")
    return tuple(
        LoginSession(
            seen=row.seen,
            line=" ".join(row["LINE"].split()),
            user=None if row["USER"] == "Unspecified" else row.maybe("USER"),
            address=row.maybe("ADDRESS"),
            idle_s=_idle(row["IDLE"]),
        )
        for row in rows
    )


def _idle(said: str) -> int:
    hours, minutes, seconds = (int(part) for part in said.split(":"))
    return hours * 3600 + minutes * 60 + seconds
