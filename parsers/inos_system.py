"""INOS-CN: what the device is, how it runs, its software packages, clock and log."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from parsers.config_tree import ConfigTree
from parsers.facts import (
    Clock,
    Cpu,
    Identity,
    License,
    LogEvent,
    Memory,
    Ntp,
    NtpSource,
    Patch,
    Software,
    Stack,
    Startup,
    Uptime,
)
from parsers.inos_config import RUNNING, running
from parsers.inos_totals import all_there
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNSYNCHRONISED_STRATUM = 16


def _version(outputs: Outputs) -> Row:
    rows = outputs.need("show version").rows
    if not rows:
        raise UnreadableError("show version: no software version in it")
    return rows[0]


def _required(row: Row, name: str) -> str:
    if value := row.maybe(name):
        return value
    raise UnreadableError(f"{row.seen.command}: no {name.lower().replace('_', ' ')} in it")


def identity(outputs: Outputs) -> Identity:
    """Name and chassis model."""
    row = _version(outputs)
    return Identity(seen=row.seen, hostname=_required(row, "HOSTNAME"), model=_required(row, "MODEL"))


def software(outputs: Outputs) -> Software:
    """The running version, in NX-OS numbering."""
    row = _version(outputs)
    return Software(seen=row.seen, os="INOS-CN", version=row["VERSION"])


def uptime(outputs: Outputs) -> Uptime:
    """Time since the kernel started, and the reason of the last reset."""
    row = _version(outputs)
    parts = [int(_required(row, name)) for name in ("DAYS", "HOURS", "MINUTES", "SECONDS")]
    up = timedelta(days=parts[0], hours=parts[1], minutes=parts[2], seconds=parts[3])
    return Uptime(seen=row.seen, uptime_s=int(up.total_seconds()), reset_reason=row.maybe("RESET_REASON"))


def stack(outputs: Outputs) -> Stack:
    """No stack: this lineage has no stacking (Cisco's NX-OS guides pair switches by vPC instead)."""
    _version(outputs)
    return Stack(enabled=False, members=())


def cpu(outputs: Outputs) -> tuple[Cpu, ...]:
    """Present load of all cores together; the command prints no average."""
    row = _resources(outputs)
    idle = row.decimal("IDLE")
    if idle is None or not 0 <= idle <= 100:
        raise UnreadableError(f"show system resources: idle share {idle} % is impossible")
    return (Cpu(seen=row.seen, unit="CPU", used_5m_pct=None, used_now_pct=round(100 - idle, 2)),)


def memory(outputs: Outputs) -> tuple[Memory, ...]:
    """System memory: the device counts caches as free."""
    row = _resources(outputs)
    total, used, free = (row.integer(f"MEMORY_{what}") for what in ("TOTAL", "USED", "FREE"))
    if not total or used is None or used > total:
        raise UnreadableError(f"show system resources: {used} K of {total} K memory is impossible")
    return (
        Memory(
            seen=row.seen,
            unit="memory",
            used_pct=round(used / total * 100, 2),
            total_bytes=total * 1024,
            used_bytes=used * 1024,
            free_bytes=None if free is None else free * 1024,
            state=row.maybe("MEMORY_STATUS"),
        ),
    )


def _resources(outputs: Outputs) -> Row:
    rows = outputs.need("show system resources").rows
    if not rows:
        raise UnreadableError("show system resources: no CPU states in it")
    return rows[0]


def clock(outputs: Outputs) -> Clock:
    """The clock; its zone's offset is printed by the configuration only."""
    rows = outputs.need("show clock").rows
    if not rows:
        raise UnreadableError("show clock: no time in it")
    row, capture = rows[0], outputs.capture("show clock")
    month, day, year = row["DATE"].split()
    told = _moment(year, month, day, row["TIME"])
    tree = outputs.config(RUNNING) if RUNNING in outputs.captures else None
    zone = _zone(row["ZONE"], tree)
    return Clock(
        seen=row.seen,
        device_time=told.replace(tzinfo=zone),
        asked_at=capture.asked_at,
        round_trip_s=capture.elapsed_s,
        dst=None if tree is None else _is_summer(row["ZONE"], tree),
    )


def _is_summer(name: str, tree: ConfigTree) -> bool:
    """Tell whether the zone is that of `clock summer-time`."""
    return any(match[1] == name for _, match in tree.find(r"clock summer-time (\S+)(?: .*)?"))


def _moment(year: str, month: str, day: str, time: str) -> datetime:
    """Return a naive time; English month names whatever the locale of this process."""
    try:
        seconds, _, fraction = time.partition(".")
        hour, minute, second = (int(part) for part in seconds.split(":"))
        micros = int(fraction[:6].ljust(6, "0")) if fraction else 0
        return datetime(int(year), _MONTHS.index(month) + 1, int(day), hour, minute, second, micros)  # noqa: DTZ001 - the caller knows the zone
    except ValueError:
        raise UnreadableError(f"{year} {month} {day} {time} is not a time") from None


def _zone(name: str, tree: ConfigTree | None) -> timezone | None:
    """Return the zone of this name; None where nothing says its offset (summer time included)."""
    if name in ("UTC", "GMT"):
        return UTC
    if tree is None:
        return None
    for _, match in tree.find(r"clock timezone (\S+) (-?\d+) (\d+)"):
        if match[1] == name:
            hours, minutes = int(match[2]), int(match[3])
            return timezone(timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes))
    return None


def ntp_kind(tree: ConfigTree, address: str) -> Literal["server", "peer"] | None:
    """How the configuration names a time source; None where it does not."""
    said = next(tree.find(rf"ntp (server|peer) (?:mgmt-if )?{re.escape(address)}(?: .*)?"), None)
    return None if said is None else "peer" if said[1][1] == "peer" else "server"


def ntp(outputs: Outputs) -> Ntp:
    """Time sources; the device itself is one stratum below the source it has selected."""
    tree = running(outputs)
    parsed = outputs.need("show ntp peer-status")
    all_there(parsed, r"Total peers\s*:\s*(\d+)")
    sources = tuple(
        NtpSource(
            seen=row.seen,
            address=row["ADDRESS"],
            selected=row["FLAG"] == "*",
            kind=ntp_kind(tree, row["ADDRESS"]),
            stratum=row.integer("STRATUM"),
            reach=int(row["REACH"], 8),
            poll_s=row.integer("POLL_S"),
            delay_s=row.decimal("DELAY"),
        )
        for row in parsed.rows
    )
    selected = [row for row in parsed.rows if row["FLAG"] == "*"]
    configured = any(True for _ in tree.find(r"ntp (?:server|peer) .*"))
    stratum = selected[0].integer("STRATUM") if selected else None
    usable = stratum is not None and stratum < _UNSYNCHRONISED_STRATUM
    return Ntp(
        seen=selected[0].seen if selected else parsed.seen,
        configured=configured,
        synchronized=usable,
        stratum=stratum + 1 if usable and stratum is not None else None,
        sources=sources,
    )


def log_events(outputs: Outputs) -> tuple[LogEvent, ...]:
    """Every record of the log file; it may be empty after `clear logging logfile`."""
    return tuple(
        LogEvent(
            seen=row.seen,
            time=_moment(row["YEAR"], row["MONTH"], row["DAY"], row["TIME"]),
            severity=int(row["SEVERITY"]),
            mnemonic=f"{row['FACILITY']}/{row['MNEMONIC']}",
            text=row["TEXT"],
        )
        for row in outputs.need("show logging logfile").rows
    )


def patches(outputs: Outputs) -> tuple[Patch, ...]:
    """Added packages; only those both active and committed survive a restart."""
    active, committed, inactive = (
        {row["PACKAGE"]: row for row in outputs.need(f"show install {state}").rows}
        for state in ("active", "committed", "inactive")
    )

    def rows() -> Iterator[Patch]:
        for name, row in active.items():
            both = name in committed
            yield Patch(
                seen=row.seen,
                name=name,
                state="Active and Committed" if both else "Active",
                effective=both,
            )
        for state, packages in (("Committed", committed), ("Inactive", inactive)):
            for name, row in packages.items():
                if name not in active:
                    yield Patch(seen=row.seen, name=name, state=state, effective=False)

    return tuple(rows())


def startup(outputs: Outputs) -> Startup:
    """Boot images; the configuration is always the one called startup-config."""
    rows = outputs.need("show boot").rows
    if not rows:
        raise UnreadableError("show boot: no boot variable in it")
    return Startup(
        seen=rows[0].seen,
        image_current=_image(rows, "Current Boot Variables"),
        image_next=_image(rows, "Boot Variables on next reload"),
        config_current="startup-config",
        config_next="startup-config",
    )


def _image(rows: tuple[Row, ...], when: str) -> str | None:
    images = [r["IMAGE"] for r in rows if r["WHEN"] == when and r["KIND"] != "kickstart"]
    return images[0] if images else None


def licenses(outputs: Outputs) -> tuple[License, ...]:
    """Licensed features; a device without any prints an empty table."""
    return tuple(
        License(
            seen=row.seen,
            feature=row["FEATURE"],
            state=row["STATUS"],
            type=_comment(row),
            expires_on=_expiry(row.maybe("EXPIRY")),
        )
        for row in outputs.need("show license usage").rows
    )


def _comment(row: Row) -> str | None:
    """What the last column says: how much of the grace period is left."""
    said = row.maybe("COMMENTS")
    return None if said == "-" else said


def _expiry(printed: str | None) -> str | None:
    """Return an ISO date; None for `Never` and where no date is printed."""
    if printed is None or printed == "Never":
        return None
    words = printed.split()
    day, month = (words[0], words[1]) if words[0].isdigit() else (words[1], words[0])
    return _moment(words[2], month, day, "0:0:0").date().isoformat()
