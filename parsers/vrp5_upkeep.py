"""Licences and alarms of a VRP5 device, the links of its stack and how a split of it would be found."""

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from parsers import vrp_config, vrp_switching
from parsers.facts import Alarm, License, LinkDetection, Mad, StackPort
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.vrp5_rows import none_or, rows, said


def licenses(outputs: Outputs) -> tuple[License, ...]:
    """Items of the active licence file: the state is the file's, type and end are those of the feature.

    The type is COMM, or DEMO for what was given for a trial (Huawei, license introduction of the S series).
    """
    return tuple(
        License(
            seen=row.seen,
            feature=row["ITEM"],
            state=said(row, "STATE"),
            type=row.maybe("AUTHORIZED"),
            expires_on=_expiry(row),
            limit=row.integer("VALUE") if row["TYPE"] == "Resource" else None,
            device_id=row.maybe("DEVICE"),
        )
        for row in rows(outputs, "display license")
    )


def _expiry(row: Row) -> str | None:
    printed = said(row, "EXPIRES")
    if printed.upper() == "PERMANENT":
        return None
    try:
        return date.fromisoformat(printed).isoformat()
    except ValueError:
        raise UnreadableError(f"display license: {printed!r} is no date") from None


_ALARM = re.compile(
    r"(?:Independent|RootCause|nonRootCause)/(?P<raised>\d[^/]*)/[^/]*/0x[0-9A-Fa-f]+/"
    r"(?P<name>[^/]+)/(?P<level>[^/]+)/(?P<state>Start|End)/ ?(?P<description>.*)"
)
_SEVERITIES: dict[str, Literal["critical", "major", "minor", "warning"]] = {
    "Critical": "critical",
    "Major": "major",
    "Minor": "minor",
    "Warning": "warning",
}


def alarms(outputs: Outputs) -> tuple[Alarm, ...]:
    """Alarms that are not cleared: name and description; the head is printed without any, too."""
    parsed = outputs.need("display alarm active")
    return tuple(_alarm(row) for row in none_or(parsed, r"A/B/C/D/E/F/G/H/I/J$"))


def _alarm(row: Row) -> Alarm:
    # Lines were cut at the edge of the screen, where a blank may have stood: it was at the end of a line,
    # and is gone with it. A description that lost one is still the same alarm.
    fields = _ALARM.fullmatch("".join(row.all("PIECES")))
    if fields is None:
        raise UnreadableError(f"display alarm active: alarm {row['SEQUENCE']} is not of the form A/B/.../I")
    if fields["level"] not in _SEVERITIES:
        raise UnreadableError(f"display alarm active: level {fields['level']!r}")
    return Alarm(
        seen=row.seen,
        name=f"{fields['name']} {fields['description']}".strip(),
        severity=_SEVERITIES[fields["level"]],
        raised_at=fields["raised"],
    )


def stack_ports(outputs: Outputs) -> tuple[StackPort, ...]:
    """Stack ports of a stack card, or the member ports of those that are made of service ports.

    A stack port of service ports is up with one member of many; so its members are what is listed.
    """
    found = none_or(outputs.need("display stack port brief"), r" *Stack Port +PHY +Protocol")
    of_members = {row["STACK_PORT"] for row in found if row["MEMBER"]}
    return tuple(
        StackPort(
            seen=row.seen,
            name=f"{row['STACK_PORT']} {row['MEMBER']}".strip(),
            up=row["PHY"] == "up" and row["PROTOCOL"] == "up",
        )
        for row in found
        if row["STACK_PORT"] != "unAllocated" and (row["MEMBER"] or row["STACK_PORT"] not in of_members)
    )


def link_detection(outputs: Outputs) -> tuple[LinkDetection, ...]:
    """DLDP on each port where it is on; `disable` is a port that it has found to work one way only."""
    return tuple(
        LinkDetection(seen=row.seen, interface=row["INTERFACE"], state=said(row, "STATE"))
        for row in none_or(outputs.need("display dldp"), r" *The number of enabled ports is ?: ?0\b")
    )


def mad(outputs: Outputs) -> Mad:
    """Ways that the configuration sets, and whether this part of a split stack has shut its ports."""
    configured = vrp_switching.mad(vrp_config.running(outputs))
    if outputs.parsed("display mad verbose") is None:
        return configured
    row = rows(outputs, "display mad verbose")[0]
    return replace(configured, faulty=said(row, "STATUS") == "Recovery")
