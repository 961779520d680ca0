"""Storage, alarms, processes, power over Ethernet and hardware tables of a Comware 7 switch."""

from typing import Literal

from parsers.comware_config import configuration
from parsers.comware_network import full_name
from parsers.comware_rows import place, printed, required, rows_of
from parsers.facts import (
    Alarm,
    BootInfo,
    Crash,
    Diagnostic,
    FileSystem,
    HardwareResource,
    Location,
    Poe,
    PoePort,
    ProcessLoad,
    StoredFile,
)
from parsers.reader import Outputs
from parsers.storage import kind_of
from parsers.template import Row, UnreadableError

_KB = 1024
# What `display poe interface` calls the ports that supply power, in the line with the sums.
_SUMS = {"State", "on"}
# Comware knows four levels (H3C command reference, Fundamentals, device management).
_SEVERITIES: dict[str, Literal["major", "minor", "warning"]] = {
    "ERROR": "major",
    "WARNING": "warning",
    "NOTICE": "minor",
    "INFO": "minor",
}


def filesystems(outputs: Outputs) -> tuple[FileSystem, ...]:
    """Read the storage that `dir` lists: that of the master alone in an IRF."""
    found = tuple(
        FileSystem(
            seen=row.seen,
            location=Location(),
            name=row["STORAGE"],
            total_bytes=int(row["TOTAL"]) * _KB,
            free_bytes=int(row["FREE"]) * _KB,
            kind=kind_of(row["STORAGE"]),
        )
        for row in _listing(outputs)
        if row["TOTAL"]
    )
    if not found:
        raise UnreadableError("dir: no total and free space, which is always printed")
    return found


def files(outputs: Outputs) -> tuple[StoredFile, ...]:
    """Read the files of the top folder, with the storage in front of the name; folders are left out."""
    rows = [row for row in _listing(outputs) if not row["TOTAL"]]
    for row in rows:
        required(row, "SIZE")
    return tuple(
        StoredFile(seen=row.seen, name=f"{row['STORAGE']}/{row['ENTRY']}", size_bytes=int(row["SIZE"]))
        for row in rows
        if row["SIZE"] != "-"
    )


def _listing(outputs: Outputs) -> tuple[Row, ...]:
    rows = rows_of(outputs.need("dir"))
    for row in rows:
        required(row, "STORAGE")
    return rows


_NOWHERE = ("", "-")
"""For a chassis where there is one, or an alarm of the whole device."""


def alarms(outputs: Outputs) -> tuple[Alarm, ...]:
    """Read the alarms that are there now, with their place in front; nothing is printed without any."""
    return tuple(_alarm(row) for row in outputs.need("display alarm").rows)


def _alarm(row: Row) -> Alarm:
    required(row, "SLOT", "LEVEL")
    if row["LEVEL"] not in _SEVERITIES:
        raise UnreadableError(f"display alarm: level {row['LEVEL']!r}")
    places = (("Chassis", row["CHASSIS"]), ("Slot", row["SLOT"]))
    where = " ".join(f"{word} {number}" for word, number in places if number not in _NOWHERE)
    return Alarm(
        seen=row.seen,
        name=f"{where}: {row['INFO']}" if where else row["INFO"],
        severity=_SEVERITIES[row["LEVEL"]],
    )


def processes(outputs: Outputs) -> tuple[ProcessLoad, ...]:
    """Read each process's average over five minutes, on the master alone in an IRF."""
    return tuple(_process(row) for row in rows_of(outputs.need("display process cpu")))


def _process(row: Row) -> ProcessLoad:
    load = row.decimal("FIVE_MINUTES")
    if load is None:
        raise UnreadableError(f"display process cpu: no load of {row['NAME']}")
    return ProcessLoad(seen=row.seen, name=row["NAME"], cpu_pct=load)


def crashes(outputs: Outputs) -> tuple[Crash, ...]:
    """Read the latest exception of a process, if there was one, on the master."""
    return tuple(
        Crash(seen=row.seen, process=row["PROCESS"], time=row["TIME"] or None)
        for row in outputs.need("display exception context").rows
    )


def diagnostics(outputs: Outputs) -> tuple[Diagnostic, ...]:
    """Read the last result of each test that is on or has run (H3C command reference, GOLD).

    Raises UnreadableError where nothing was printed, or a test lacks its result.
    """
    return tuple(_diagnostic(row) for row in printed(outputs, "display diagnostic result verbose"))


def _diagnostic(row: Row) -> Diagnostic:
    required(row, "RUNS", "FAILURES", "RESULT")
    return Diagnostic(
        seen=row.seen,
        location=place(row),
        name=row["NAME"] if row["CPU"] in {"", "0"} else f"{row['NAME']} CPU {row['CPU']}",
        result=row["RESULT"],
        runs=int(row["RUNS"]),
        failures=int(row["FAILURES"]),
        reason=None if row["REASON"] in {"", "-NA-"} else row["REASON"],
    )


def poe(outputs: Outputs) -> tuple[Poe, ...]:
    """Read power over Ethernet: the budget is what is used and what remains.

    None where the configuration lets no port supply power, which is the default (H3C command
    reference, PoE).
    """
    if not any(line.text.startswith("poe enable") for line in configuration(outputs).walk()):
        return ()
    rows = printed(outputs, "display poe interface")
    sums = [row for row in rows if row["KIND"] in _SUMS]
    if len(sums) != 1:
        raise UnreadableError("display poe interface: no sums, which are always printed")
    used, remaining = sums[0].decimal("USED"), sums[0].decimal("REMAINING")
    if used is None or remaining is None:
        raise UnreadableError("display poe interface: sums without values")
    ports = tuple(_poe_port(row) for row in rows if row["KIND"] not in _SUMS)
    budget = round(used + remaining, 1)
    return (Poe(seen=sums[0].seen, location=Location(), budget_w=budget, used_w=used, ports=ports),)


def _poe_port(row: Row) -> PoePort:
    required(row, "INTERFACE", "STATUS")
    return PoePort(
        interface=full_name(row["INTERFACE"]),
        state=row["STATUS"],
        power_w=row.decimal("POWER"),
        seen=row.seen,
    )


def hardware_resources(outputs: Outputs) -> tuple[HardwareResource, ...]:
    """Read the tables of the switching chips; what is reserved is in use."""
    return tuple(_resource(row) for row in rows_of(outputs.need("display qos-acl resource")))


def _resource(row: Row) -> HardwareResource:
    required(row, "PORTS", "TOTAL", "RESERVED", "CONFIGURED")
    return HardwareResource(
        seen=row.seen,
        location=place(row),
        pool=f"{row['TYPE']} ({row['PORTS']})",
        used=int(row["RESERVED"]) + int(row["CONFIGURED"]),
        total=int(row["TOTAL"]),
    )


def boot(outputs: Outputs) -> tuple[BootInfo, ...]:
    """Read the boot loader and logic of every slot that prints them; several CPLDs are joined by commas."""
    rows = [row for row in rows_of(outputs.need("display version")) if row["BOOTROM"] or row.all("CPLD")]
    if not rows:
        raise UnreadableError("display version: no version of a boot loader or CPLD in it")
    return tuple(
        BootInfo(
            seen=row.seen,
            location=place(row),
            bootrom=row["BOOTROM"] or None,
            cpld=", ".join(row.all("CPLD")) or None,
        )
        for row in rows
    )
