"""The system of a VRP8 device: who it is, software, time, logs, patches, start-up, licences, stack."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from collector.terminal import decode
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    Clock,
    Identity,
    License,
    LogEvent,
    Ntp,
    NtpSource,
    Patch,
    Software,
    Stack,
    StackMember,
    Startup,
    Uptime,
)
from parsers.reader import Outputs, UnansweredError
from parsers.seen import Seen
from parsers.template import Parsed, Row, UnreadableError
from parsers.vrp_config import RUNNING, running

_SECONDS = {"day": 86400, "hour": 3600, "minute": 60}


def _only(outputs: Outputs, command: str) -> Row:
    """The one record of an output."""
    rows = outputs.need(command).rows
    if not rows:
        raise UnreadableError(f"{command}: nothing was recognised in it")
    return rows[0]


def _said(row: Row, name: str) -> str:
    if not row[name]:
        raise UnreadableError(f"{row.seen.command}: no {name.lower()}")
    return row[name]


def _printed(parsed: Parsed, pattern: str) -> bool:
    return any(re.search(pattern, line) for line in parsed.lines)


# --- identity, software, uptime -------------------------------------------------------------------


def identity(outputs: Outputs) -> Identity:
    """Model of `display version` and the name of the configuration or else of the prompt."""
    row = _only(outputs, "display version")
    name, seen = _hostname(outputs)
    return Identity(seen=seen or row.seen, hostname=name, model=_said(row, "MODEL"))


def _hostname(outputs: Outputs) -> tuple[str, Seen | None]:
    asked = RUNNING in outputs.captures
    if asked:
        tree = outputs.config(RUNNING)
        for line, match in tree.find(r"sysname (\S+)"):
            return match[1], tree.seen(line)
    last = decode(outputs.capture("display version").raw).rstrip().splitlines()[-1]
    if prompt := re.fullmatch(r"<([^<>\s]+)>", last.strip()):
        return prompt[1], None
    if not asked:
        raise UnansweredError((RUNNING,))
    raise UnreadableError("no sysname in the configuration and no prompt")


def software(outputs: Outputs) -> Software:
    """Version of the product and of the VRP under it."""
    row = _only(outputs, "display version")
    return Software(
        seen=row.seen,
        os=row.maybe("OS") or "VRP",
        version=_said(row, "VERSION"),
        platform_version=row.maybe("VRP"),
    )


def uptime(outputs: Outputs) -> Uptime:
    """Time since the device started, to the minute."""
    row = _only(outputs, "display version")
    parts = re.findall(r"(\d+) (day|hour|minute)", _said(row, "UPTIME"))
    return Uptime(seen=row.seen, uptime_s=sum(int(count) * _SECONDS[unit] for count, unit in parts))


# --- stack ----------------------------------------------------------------------------------------

_STACK_ROLES: dict[str, Literal["master", "standby", "slave"]] = {
    "Master": "master",
    "Standby": "standby",
    "Slave": "slave",
}


def stack(outputs: Outputs) -> Stack:
    """Members of the stack; V300R0xx cannot stack, and a device alone lists only itself."""
    parsed = outputs.parsed("display stack")
    if parsed is None:
        version = _said(_only(outputs, "display version"), "VERSION")
        if version.startswith("V3"):
            return Stack(enabled=False, members=())
        raise UnansweredError(("display stack",))
    if not parsed.rows:
        raise UnreadableError("display stack: no member in it")
    members = tuple(
        StackMember(
            seen=row.seen,
            member=int(row["MEMBER"]),
            role=_STACK_ROLES[row["ROLE"]],
            priority=row.integer("PRIORITY"),
            mac=row.maybe("MAC"),
        )
        for row in parsed.rows
    )
    return Stack(enabled=len(members) > 1, members=members)


# --- time and logs --------------------------------------------------------------------------------


def clock(outputs: Outputs) -> Clock:
    """The device's time, with the offset that stands in the time itself or in the zone's line."""
    row = _only(outputs, "display clock")
    capture = outputs.capture("display clock")
    offset = row["OFFSET"] or row["ZONE"].removeprefix("UTC")
    if not offset and row["ZONE"]:
        offset = "+00:00"
    return Clock(
        seen=row.seen,
        device_time=_moment(row["TIME"] + offset, "%Y-%m-%d %H:%M:%S"),
        asked_at=capture.asked_at,
        round_trip_s=capture.elapsed_s,
        dst=bool(row["DST"]),
    )


def _moment(text: str, form: str) -> datetime:
    """Read a time that may end in an offset such as `+08:00`; naive without one."""
    aware = re.search(r"[+-]\d\d:\d\d$", text)
    try:
        return datetime.strptime(text, form + "%z") if aware else datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError:
        raise UnreadableError(f"{text!r} is no time") from None


def ntp(outputs: Outputs) -> Ntp:
    """State of the clock and the sources that the configuration names."""
    row = _only(outputs, "display ntp status")
    tree = running(outputs)
    synchronized = row["STATUS"] == "synchronized"
    sources = tuple(
        NtpSource(
            seen=tree.seen(line),
            address=address,
            selected=synchronized and address == row["REFERENCE"],
            kind=kind,
        )
        for line, kind, address in _time_sources(tree)
    )
    # A clock of its own or one that listens to broadcasts is a source without an address.
    others = any(
        re.match(r"ntp(?:-service)? refclock-master|ntp\S* \S+-client", line.text) for line in tree.walk()
    )
    return Ntp(
        seen=row.seen,
        configured=synchronized or others or bool(sources),
        synchronized=synchronized,
        stratum=row.integer("STRATUM"),
        sources=sources,
    )


def _time_sources(tree: ConfigTree) -> Iterator[tuple[ConfigLine, Literal["server", "peer"], str]]:
    form = re.compile(r"ntp(?:-service)? (?:ipv6 )?unicast-(server|peer) (?:ipv6 |domain )?(\S+).*")
    for line in tree.walk():
        if match := form.fullmatch(line.text):
            yield line, "peer" if match[1] == "peer" else "server", match[2]


def log_events(outputs: Outputs) -> tuple[LogEvent, ...]:
    """Records of the log buffer, in the device's order."""
    parsed = outputs.need("display logbuffer")
    if not parsed.rows and not _printed(parsed, r"^Current messages\s*: 0\s*$"):
        raise UnreadableError("display logbuffer: no record, and not said to be empty")
    return tuple(
        LogEvent(
            seen=row.seen,
            time=_moment(f"{row['TIME']}{row['OFFSET']}", "%b %d %Y %H:%M:%S"),
            severity=int(row["SEVERITY"]),
            mnemonic=f"{row['MODULE']}/{row['EVENT']}",
            text=row["TEXT"],
        )
        for row in parsed.rows
    )


# --- software management --------------------------------------------------------------------------


def patches(outputs: Outputs) -> tuple[Patch, ...]:
    """The patch package; only a running one is in force and survives a restart."""
    parsed = outputs.need("display patch-information")
    if not parsed.rows and not _printed(parsed, r"No patch exists\.|The current state is: Idle"):
        raise UnreadableError("display patch-information: no patch, and not said to be none")
    return tuple(
        Patch(
            seen=row.seen,
            name=row["NAME"].rpartition("/")[2],
            state=_said(row, "STATE"),
            effective=row["STATE"] == "Running",
        )
        for row in parsed.rows
    )


def startup(outputs: Outputs) -> Startup:
    """Boot files of the main board."""
    rows = outputs.need("display startup").rows
    main = next((row for row in rows if row["BOARD"] == "MainBoard"), None)
    if main is None:
        raise UnreadableError("display startup: no main board in it")
    return Startup(
        seen=main.seen,
        image_current=_file(main, "IMAGE_CURRENT"),
        image_next=_file(main, "IMAGE_NEXT"),
        config_current=_file(main, "CONFIG_CURRENT"),
        config_next=_file(main, "CONFIG_NEXT"),
    )


def _file(row: Row, name: str) -> str | None:
    said = _said(row, name)
    return None if said.upper() == "NULL" else said


def licenses(outputs: Outputs) -> tuple[License, ...]:
    """Items of the active licence file; an item without a state of its own has that of the file."""
    rows = outputs.need("display license verbose").rows
    if not rows:
        raise UnreadableError("display license verbose: no item in it")
    return tuple(
        License(
            seen=row.seen,
            feature=row["ITEM"],
            state=row.maybe("STATE") or _said(row, "LICENSE_STATE"),
            expires_on=_expiry(row),
            limit=row.integer("LIMIT") if row["TYPE"] == "Resource" else None,
            used=row.integer("USED") if row["TYPE"] == "Resource" else None,
            device_id=row.maybe("DEVICE"),
        )
        for row in rows
    )


def _expiry(row: Row) -> str | None:
    said = row.maybe("EXPIRES")
    if said is None or said.upper() == "PERMANENT":
        return None
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise UnreadableError(f"{said!r} is no date") from None
