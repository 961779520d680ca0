"""INOS 6: what the device is, how it runs, its boot images, clock, time sources, log and sessions."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from parsers.config_tree import ConfigTree
from parsers.facts import (
    BootInfo,
    Clock,
    Cpu,
    Identity,
    Location,
    LogEvent,
    LoginSession,
    Memory,
    Ntp,
    NtpSource,
    ProcessLoad,
    Software,
    Startup,
    Uptime,
)
from parsers.inos6_config import RUNNING, running
from parsers.inos_system import ntp_kind
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.times import stretch_s, told_without_year

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS: Final = {"YEARS": 365, "WEEKS": 7, "DAYS": 1}
_UNSYNCHRONISED_STRATUM: Final = 16
_SUM: Final = "Total"
_REST: Final = "others"


def only_row(outputs: Outputs, *commands: str) -> Row:
    """Return the one row of an output that cannot be without it; raises UnreadableError."""
    parsed = outputs.need(*commands)
    if not parsed.rows:
        raise UnreadableError(f"{parsed.seen.command}: nothing of what it always prints is in it")
    return parsed.rows[0]


def required(row: Row, name: str) -> str:
    """Return a value that the device always prints; raises UnreadableError."""
    if value := row.maybe(name):
        return value
    raise UnreadableError(f"{row.seen.command}: no {name.lower().replace('_', ' ')} in it")


def model(row: Row) -> str:
    """Return the model: the name of the product, or the hardware's where that begins with it."""
    product, hardware = required(row, "PRODUCT"), row["HARDWARE_TYPE"]
    return hardware if hardware.startswith(product) else product


def identity(outputs: Outputs) -> Identity:
    """Name and model."""
    row = only_row(outputs, "show version")
    return Identity(seen=row.seen, hostname=required(row, "HOSTNAME"), model=model(row))


def software(outputs: Outputs) -> Software:
    """The running version."""
    row = only_row(outputs, "show version")
    return Software(seen=row.seen, os="INOS", version=row["VERSION"])


def uptime(outputs: Outputs) -> Uptime:
    """Time since the start, to the minute; why it started is not printed."""
    row = only_row(outputs, "show version")
    minutes = int(required(row, "MINUTES"))
    days = sum(length * (row.integer(name) or 0) for name, length in _DAYS.items())
    up = timedelta(days=days, hours=row.integer("HOURS") or 0, minutes=minutes)
    return Uptime(seen=row.seen, uptime_s=int(up.total_seconds()))


def boot(outputs: Outputs) -> tuple[BootInfo, ...]:
    """The boot ROM's version, and that of the programmable logic where there is one."""
    row = only_row(outputs, "show version")
    found = BootInfo(
        seen=row.seen, location=Location(), bootrom=required(row, "BOOTROM"), cpld=row.maybe("EPLD")
    )
    return (found,)


def cpu(outputs: Outputs) -> tuple[Cpu, ...]:
    """Load of all cores together: at present, or its averages, by the command that was answered."""
    parsed = outputs.need("show cpu utilization", "show processes cpu history")
    if parsed.seen.command == "show cpu utilization":
        sums = [row for row in parsed.rows if row["PROCESS"] == _SUM]
        if len(sums) != 1:
            raise UnreadableError("show cpu utilization: no sum, which is always printed")
        return (_cpu(sums[0], "LOAD", None),)
    return (_cpu(only_row(outputs, "show processes cpu history"), "FIVE_SECONDS", "FIVE_MINUTES"),)


def _cpu(row: Row, now: str, average: str | None) -> Cpu:
    loads = [row.decimal(now), row.decimal(average) if average else None]
    if loads[0] is None or any(load is not None and load > 100 for load in loads):
        raise UnreadableError(f"{row.seen.command}: a load of {loads} % is impossible")
    return Cpu(seen=row.seen, unit="CPU", used_5m_pct=loads[1], used_now_pct=loads[0])


def processes(outputs: Outputs) -> tuple[ProcessLoad, ...]:
    """Present load of every process that has any."""
    rows = outputs.need("show cpu utilization").rows
    if not any(row["PROCESS"] == _SUM for row in rows):
        raise UnreadableError("show cpu utilization: no sum, so processes may be missing")
    return tuple(
        ProcessLoad(seen=row.seen, name=row["PROCESS"], cpu_pct=float(row["LOAD"]))
        for row in rows
        if row["PROCESS"] not in (_SUM, _REST)
    )


def memory(outputs: Outputs) -> tuple[Memory, ...]:
    """System memory and the share of it that the device calls used."""
    row = only_row(outputs, "show memory summary total")
    total, used, share = row.integer("TOTAL"), row.integer("USED"), row.decimal("USED_PCT")
    if not total or used is None or used > total or share is None or share > 100:
        raise UnreadableError(f"{row.seen.command}: {used} of {total} KB, {share} %, is impossible")
    free = row.integer("FREE")
    return (
        Memory(
            seen=row.seen,
            unit="memory",
            used_pct=share,
            total_bytes=total * 1024,
            used_bytes=used * 1024,
            free_bytes=None if free is None else free * 1024,
        ),
    )


def clock(outputs: Outputs) -> Clock:
    """The clock; its zone's offset is printed by the configuration only."""
    row, capture = only_row(outputs, "show clock"), outputs.capture("show clock")
    told = _told(row)
    tree = outputs.config(RUNNING) if RUNNING in outputs.captures else None
    return Clock(
        seen=row.seen,
        device_time=told.replace(tzinfo=_zone(row["ZONE"], tree)),
        asked_at=capture.asked_at,
        round_trip_s=capture.elapsed_s,
    )


def _told(row: Row) -> datetime:
    """Return what `show clock` says, without its zone."""
    hour, minute, second = (int(part) for part in row["TIME"].split(":"))
    try:
        month = _MONTHS.index(row["MONTH"]) + 1
        return datetime(int(row["YEAR"]), month, int(row["DAY"]), hour, minute, second)  # noqa: DTZ001 - the zone follows
    except ValueError:
        raise UnreadableError(f"show clock: {row['MONTH']} {row['DAY']} {row['TIME']} is no time") from None


def log_events(outputs: Outputs) -> tuple[LogEvent, ...]:
    """Records of the log buffer, which bear no year: the clock tells it."""
    now = _told(only_row(outputs, "show clock"))
    return tuple(
        LogEvent(
            seen=row.seen,
            time=told_without_year(row["MONTH"], row["DAY"], row["TIME"], now),
            severity=int(row["SEVERITY"]),
            mnemonic=row["MODULE"],
            text=row["TEXT"],
        )
        for row in outputs.need("show logging buffer").rows
    )


def login_sessions(outputs: Outputs) -> tuple[LoginSession, ...]:
    """Who is on which line; the console's own address is none."""
    parsed = outputs.need("show users")
    if not any(line.strip() for line in parsed.lines):
        raise UnreadableError("show users: printed nothing, not even its head")
    return tuple(
        LoginSession(
            seen=row.seen,
            line=f"{row['KIND']} {row['NUMBER']}",
            user=row.maybe("USER"),
            address=row.maybe("ADDRESS") if row["KIND"] == "vty" else None,
            idle_s=None if row["IDLE"].startswith("--") else stretch_s(row["IDLE"]),
        )
        for row in parsed.rows
    )


def _zone(name: str, tree: ConfigTree | None) -> timezone | None:
    """Return the zone of this name; None where nothing says its offset (summer time included)."""
    said = [] if tree is None else list(tree.find(r"clock set timezone (\S+) (add|minus) (\d+)(?: (\d+))?.*"))
    for _, match in said:
        if match[1] == name:
            offset = timedelta(hours=int(match[3]), minutes=int(match[4] or 0))
            return timezone(offset if match[2] == "add" else -offset)
    return UTC if name in ("UTC", "GMT") else None


def ntp(outputs: Outputs) -> Ntp:
    """Time sources; the device itself is one stratum below the source it has selected."""
    tree = running(outputs)
    configured = [line for line, _ in tree.find(r"ntp (?:server|peer) .*")]
    if not configured:
        return Ntp(seen=tree.seen(), configured=False, synchronized=False)
    parsed = outputs.need("show ntp associations")
    sources = tuple(_ntp_source(tree, row) for row in parsed.rows)
    selected = [row for row in parsed.rows if row["FLAG"] == "*"]
    stratum = selected[0].integer("STRATUM") if selected else None
    usable = stratum is not None and stratum < _UNSYNCHRONISED_STRATUM
    return Ntp(
        seen=selected[0].seen if selected else parsed.seen,
        configured=True,
        synchronized=usable,
        stratum=stratum + 1 if usable and stratum is not None else None,
        sources=sources,
    )


def _ntp_source(tree: ConfigTree, row: Row) -> NtpSource:
    """Read an association, which has the form of `ntpq -p`: milliseconds, and an octal reach."""
    poll, delay, offset = row["POLL"], row.decimal("DELAY_MS"), row.decimal("OFFSET_MS")
    return NtpSource(
        seen=row.seen,
        address=row["ADDRESS"],
        selected=row["FLAG"] == "*",
        kind=ntp_kind(tree, row["ADDRESS"]),
        stratum=row.integer("STRATUM"),
        reach=int(row["REACH"], 8),
        poll_s=int(poll) if poll.isdigit() else stretch_s(poll),
        delay_s=None if delay is None else round(delay / 1000, 9),
        offset_s=None if offset is None else round(offset / 1000, 9),
    )


def startup(outputs: Outputs) -> Startup:
    """Boot images; the configuration is always the one called startup-config."""
    row = only_row(outputs, "show boot")
    return Startup(
        seen=row.seen,
        image_current=row["CURRENT"],
        image_next=required(row, "NEXT"),
        config_current="startup-config",
        config_next="startup-config",
    )
