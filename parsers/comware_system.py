"""What a Comware 7 switch prints of its clock, logs, software files and licences."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Literal

from parsers.comware_config import RUNNING, configuration
from parsers.comware_rows import place, required, rows_of
from parsers.config_tree import ConfigTree
from parsers.facts import Clock, License, Location, LogEvent, Ntp, NtpSource, Patch, Startup
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

# Patch packages say so in their name (`...-system-patch-r6616p05h01.bin`) or by the hot patch number
# that ends their version (`...-r6616p05h01.bin`).
_PATCH = re.compile(r"(?:[-_]patch[-_]|h\d{2}\.bin$)", re.IGNORECASE)
_NTP = r"ntp-service (?:ipv6 )?(?:unicast-server|unicast-peer|refclock-master)\b.*"
_NTP_ON_INTERFACE = r"ntp-service (?:ipv6 )?(?:broadcast-client|multicast-client)\b.*"
_SNTP = r"sntp (?:enable|(?:ipv6 )?unicast-server .*)"


def clock(outputs: Outputs) -> Clock:
    """Read the clock with its zone.

    The offset of `Time Zone` is what counts: a zone may be called UTC and be eight hours ahead. In
    summer time the device prints the summer zone's name, and the two offsets add up. Without a
    `Time Zone` line only UTC is known; the time is naive for any other name.
    """
    row = rows_of(outputs.need("display clock"))[0]
    required(row, "TIME", "ZONE", "DATE")
    text = f"{row['DATE']} {row['TIME']}" + ("" if "." in row["TIME"] else ".0")
    moment = _moment(text, "%m/%d/%Y %H:%M:%S.%f")
    offset = _offset(row)
    capture = outputs.capture("display clock")
    return Clock(
        seen=row.seen,
        device_time=moment if offset is None else moment.replace(tzinfo=timezone(offset)),
        asked_at=capture.asked_at,
        round_trip_s=capture.elapsed_s,
        dst=bool(row["SUMMER_ZONE"]) and row["ZONE"] == row["SUMMER_ZONE"],
    )


def _moment(text: str, form: str) -> datetime:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is printed apart, or not at all
    except ValueError:
        raise UnreadableError(f"no such time: {text!r}") from None


def _offset(row: Row) -> timedelta | None:
    if not row["OFFSET"]:
        return timedelta() if row["ZONE"] == "UTC" else None
    offset = _duration(row["OFFSET"]) * (1 if row["OFFSET_SIGN"] == "add" else -1)
    if row["ZONE"] == row["OFFSET_ZONE"]:
        return _within_a_day(offset)
    if row["ZONE"] == row["SUMMER_ZONE"]:
        return _within_a_day(offset + _duration(row["SUMMER_OFFSET"]))
    raise UnreadableError(f"display clock: zone {row['ZONE']!r} is neither the normal nor the summer one")


def _within_a_day(offset: timedelta) -> timedelta:
    if abs(offset) >= timedelta(days=1):
        raise UnreadableError(f"display clock: offset {offset}")
    return offset


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def ntp(outputs: Outputs) -> Ntp:
    """Read time synchronisation.

    Raises UnreadableError where the clock follows SNTP or PTP, which NTP's own status says
    nothing about.
    """
    tree = configuration(outputs)
    _only_ntp(tree)
    row = rows_of(outputs.need("display ntp-service status"))[0]
    sessions = outputs.need("display ntp-service sessions").rows
    in_config = any(tree.find(_NTP)) or any(
        re.fullmatch(_NTP_ON_INTERFACE, line.text) for line in tree.walk()
    )
    sources = tuple(_ntp_source(tree, session) for session in sessions)
    return Ntp(
        seen=row.seen,
        configured=in_config or bool(sources),
        synchronized=row["STATUS"] == "synchronized",
        stratum=row.integer("STRATUM"),
        sources=sources,
    )


def _ntp_source(tree: ConfigTree, row: Row) -> NtpSource:
    """Read a session. Flag 1 is the source that the clock follows; 3 and 4 are survivors and candidates."""
    address, offset, delay = row["ADDRESS"], row.decimal("OFFSET_MS"), row.decimal("DELAY_MS")
    kinds: tuple[Literal["server", "peer"], ...] = ("server", "peer")
    said = rf"ntp-service (?:ipv6 )?unicast-{{}} (?:ipv6 )?{re.escape(address)}(?: .*)?"
    return NtpSource(
        seen=row.seen,
        address=address,
        selected="1" in row["FLAGS"],
        kind=next((kind for kind in kinds if any(tree.find(said.format(kind)))), None),
        stratum=row.integer("STRATUM"),
        reach=_reach(row.integer("REACH")),
        poll_s=row.integer("POLL_S"),
        delay_s=None if delay is None else round(delay / 1000, 9),
        offset_s=None if offset is None else round(offset / 1000, 9),
    )


def _reach(printed: int | None) -> int | None:
    """Read eight bits, which the manuals print in decimal; more than they can hold is nobody's guess."""
    return None if printed is None or printed > 255 else printed


def _only_ntp(tree: ConfigTree) -> None:
    if any(tree.find(_SNTP)):
        raise UnreadableError(f"{RUNNING}: the clock follows SNTP")
    if any(tree.find(r"clock protocol ptp\b.*")):
        raise UnreadableError(f"{RUNNING}: the clock follows PTP")


def log_events(outputs: Outputs) -> tuple[LogEvent, ...]:
    """Read the log buffer, oldest first as printed; times carry no zone.

    Raises UnreadableError when the buffer is off: it then says nothing about what happened.
    """
    rows = rows_of(outputs.need("display logbuffer"))
    state = [row["BUFFER"] for row in rows if row["BUFFER"]]
    if state in (["Disabled"], ["disabled"]):
        raise UnreadableError("display logbuffer: the log buffer is disabled")
    return tuple(_event(row) for row in rows if row["MARK"] == "%")


def _event(row: Row) -> LogEvent:
    required(row, "MONTH", "SEVERITY", "MNEMONIC")
    text = f"{row['YEAR']} {row['MONTH']} {row['DAY']} {row['TIME']}.{int(row['MILLISECONDS']):03}"
    return LogEvent(
        seen=row.seen,
        time=_moment(text, "%Y %b %d %H:%M:%S.%f"),
        severity=int(row["SEVERITY"]),
        mnemonic=f"{row['MODULE']}/{row['MNEMONIC']}",
        text=" ".join(part.strip() for part in (row["TEXT"], *row.all("MORE")) if part.strip()),
    )


def patches(outputs: Outputs) -> tuple[Patch, ...]:
    """Read the patch packages of every slot; one is in force for good when active and committed.

    Raises UnreadableError when `display version` names a patch that no package's name shows.
    """
    active = _packages(rows_of(outputs.need("display install active")))
    committed = _packages(rows_of(outputs.need("display install committed")))
    found = tuple(
        _patch(key, active.get(key), committed.get(key)) for key in dict.fromkeys((*active, *committed))
    )
    running = {row["SLOT_PATCH"] for row in outputs.need("display version").rows} - {"", "None"}
    if running and not found:
        raise UnreadableError(f"no package is known as patch {', '.join(sorted(running))}")
    return found


def _packages(rows: Iterable[Row]) -> dict[tuple[Location, str], Row]:
    return {(place(row), row["IMAGE"]): row for row in rows if _PATCH.search(row["IMAGE"])}


def _patch(key: tuple[Location, str], active: Row | None, committed: Row | None) -> Patch:
    location, image = key
    row = active or committed
    if row is None:
        raise UnreadableError(f"{image} is in neither list")
    words = [word for word, found in (("active", active), ("committed", committed)) if found]
    return Patch(
        seen=row.seen,
        name=re.split(r"[:/]+", image)[-1],
        state=", ".join(words),
        effective=len(words) == 2,
        location=location,
    )


def startup(outputs: Outputs) -> Startup:
    """Read start-up configurations, and the images of the first slot printed, joined by commas."""
    images = rows_of(outputs.need("display boot-loader"))
    first = [image for image in images if place(image) == place(images[0])]
    return startup_with(outputs, _joined(first, "Current"), _joined(first, "Main startup"))


def startup_with(outputs: Outputs, image_current: str | None, image_next: str | None) -> Startup:
    """Read start-up configurations, which go with these images; one that was deleted since is none."""
    row = rows_of(outputs.need("display startup"))[0]
    required(row, "CURRENT", "NEXT_MAIN")
    return Startup(
        seen=row.seen,
        image_current=image_current,
        image_next=image_next,
        config_current=_file(row["CURRENT"]),
        config_next=None if row["MISSING"] else _file(row["NEXT_MAIN"]),
    )


def _joined(images: Iterable[Row], purpose: str) -> str | None:
    return ", ".join(image["IMAGE"] for image in images if image["LIST"] == purpose) or None


def _file(path: str) -> str | None:
    return None if path == "NULL" else path


def licenses(outputs: Outputs) -> tuple[License, ...]:
    """Read the installed licences; days left are counted from the day the device was asked."""
    asked = outputs.capture("display license").started_at
    return tuple(_license(row, asked) for row in outputs.need("display license").rows)


def _license(row: Row, asked: datetime) -> License:
    required(row, "FEATURE", "TYPE")
    days = row.integer("DAYS_LEFT")
    if days is None and "Permanent" not in row["TYPE"]:
        raise UnreadableError(f"display license: no end for licence type {row['TYPE']!r}")
    ends = None if days is None else _plus_days(asked, days)
    return License(
        seen=row.seen, feature=row["FEATURE"], state=row["STATE"], type=row["TYPE"], expires_on=ends
    )


def _plus_days(moment: datetime, days: int) -> str:
    try:
        return (moment + timedelta(days=days)).date().isoformat()
    except OverflowError:
        raise UnreadableError(f"display license: {days} days left") from None
