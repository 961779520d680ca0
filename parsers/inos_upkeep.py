"""INOS-CN: sessions, storage, processes, core files, table resources and boot versions."""

from parsers.facts import (
    BootInfo,
    Crash,
    FileSystem,
    HardwareResource,
    Location,
    LoginSession,
    ProcessLoad,
    StoredFile,
)
from parsers.inos_switching import headed
from parsers.reader import Outputs
from parsers.storage import kind_of
from parsers.template import Row, UnreadableError

_RESOURCES = "show hardware access-list resource utilization"
_DAY_S = 86400


def login_sessions(outputs: Outputs) -> tuple[LoginSession, ...]:
    """Everybody who is logged in, with the one who asks."""
    rows = outputs.need("show users").rows
    if not rows:
        raise UnreadableError("show users: not even our own session in it")
    return tuple(
        LoginSession(
            seen=row.seen,
            line=row["LINE"],
            user=row["NAME"],
            address=row["ADDRESS"] or None,
            idle_s=_idle(row["IDLE"]),
        )
        for row in rows
    )


def _idle(printed: str) -> int | None:
    """Seconds: `.` is less than a minute, `old` a day at least, `?` not known."""
    if printed == ".":
        return 0
    if printed == "old":
        return _DAY_S
    hours, colon, minutes = printed.partition(":")
    return int(hours) * 3600 + int(minutes) * 60 if colon else None


# --- storage --------------------------------------------------------------------------------------


def _storage(outputs: Outputs) -> Row:
    """The record of the storage itself, which ends the list."""
    rows = [row for row in outputs.need("dir").rows if row["TOTAL"]]
    if not rows:
        raise UnreadableError("dir: no line with the size of the storage")
    return rows[-1]


def filesystems(outputs: Outputs) -> tuple[FileSystem, ...]:
    """The storage that `dir` shows by itself, the boot flash."""
    row = _storage(outputs)
    free = row.integer("FREE")
    if free is None:
        raise UnreadableError("dir: no line with the free space")
    return (
        FileSystem(
            seen=row.seen,
            location=Location(),
            name=_name(row),
            total_bytes=row.integer("TOTAL"),
            free_bytes=free,
            kind=kind_of(_name(row)),
        ),
    )


def _name(row: Row) -> str:
    name, colon, _ = row["NAME"].partition(":")
    if not colon:
        raise UnreadableError("dir: not said of which storage")
    return name + colon


def files(outputs: Outputs) -> tuple[StoredFile, ...]:
    """Files of the uppermost directory with their paths; directories themselves are left out."""
    storage = _name(_storage(outputs))
    return tuple(
        StoredFile(seen=row.seen, name=f"{storage}/{row['NAME']}", size_bytes=int(row["SIZE"]))
        for row in outputs.need("dir").rows
        if row["SIZE"] and not row["NAME"].endswith("/")
    )


# --- processes ------------------------------------------------------------------------------------


def processes(outputs: Outputs) -> tuple[ProcessLoad, ...]:
    """Load of each process in the last second, or the last five where the table has averages."""
    rows = outputs.need("show processes cpu").rows
    if not rows:
        raise UnreadableError("show processes cpu: no process in it")
    return tuple(ProcessLoad(seen=row.seen, name=row["PROCESS"], cpu_pct=float(row["LOAD"])) for row in rows)


def crashes(outputs: Outputs) -> tuple[Crash, ...]:
    """Core files; usually there is none below the head of the table."""
    parsed = outputs.need("show cores")
    headed(parsed, r"VDC\s+\w+\s+Instance\s+Process-name")
    return tuple(Crash(seen=row.seen, process=row["PROCESS"], time=row["TIME"]) for row in parsed.rows)


def hardware_resources(outputs: Outputs) -> tuple[HardwareResource, ...]:
    """Pools of the ACL hardware by module and instance of the forwarding chip."""
    rows = outputs.need(_RESOURCES).rows
    if not rows:
        raise UnreadableError(f"{_RESOURCES}: no pool in it")
    return tuple(
        HardwareResource(
            seen=row.seen,
            location=Location(slot=row["MODULE"] or None),
            pool=f"{row['POOL']} {row['INSTANCE']}".strip(),
            used=int(row["USED"]),
            total=int(row["USED"]) + int(row["FREE"]),
        )
        for row in rows
    )


def boot(outputs: Outputs) -> tuple[BootInfo, ...]:
    """The BIOS; versions of programmable logic are not printed."""
    rows = outputs.need("show version").rows
    if not rows or not rows[0]["BIOS"]:
        raise UnreadableError("show version: no BIOS in it")
    return (BootInfo(seen=rows[0].seen, location=Location(), bootrom=rows[0]["BIOS"]),)
