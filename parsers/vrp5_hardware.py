"""The hardware of a VRP5 device: boards, serial numbers, processors, temperatures, fans, power."""

import re
from collections.abc import Iterable
from typing import Literal

from parsers.facts import (
    Board,
    BootInfo,
    Cpu,
    Fan,
    Location,
    Memory,
    Module,
    PowerSupply,
    ProcessLoad,
    Temperature,
)
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.vrp5_rows import is_chassis, master, none_or, rows, said, some, units

_NOT_A_BOARD = re.compile(r"(PWR|FAN|POWER)\w*")
_ROLES: dict[str, Literal["master", "standby", "none"]] = {"Master": "master", "Standby": "standby"}
_KBYTE = 1024
# How a model says that it has no fans, supplies or sensors of its own; the template knows the sentences.
_NONE = "(Info|Error):"


def boards(outputs: Outputs) -> tuple[Board, ...]:
    """Slots and cards of `display device`; versions of the units from `display version`."""
    found = units(outputs)
    releases = {row["UNIT"]: row.maybe("UNIT_RELEASE") for row in found}
    chassis = is_chassis(found)
    return tuple(
        Board(
            seen=row.seen,
            location=_place(row),
            kind=_kind(row, chassis=chassis),
            model=row.maybe("TYPE"),
            present=row["ONLINE"] == "Present",
            state=row["STATUS"] if row["REGISTER"] == "Registered" else row["REGISTER"],
            role=_role(row, chassis=chassis),
            software_version=releases.get(row["SLOT"]) if row["SUB"] == "-" else None,
        )
        for row in rows(outputs, "display device")
        if not _NOT_A_BOARD.fullmatch(row["SUB"]) and not _NOT_A_BOARD.fullmatch(row["SLOT"])
    )


def _place(row: Row) -> Location:
    sub = row.maybe("SUB")
    return Location(slot=row["SLOT"] if sub is None else f"{row['SLOT']}/{sub}")


def _kind(row: Row, *, chassis: bool) -> Literal["mpu", "lpu", "fabric", "subcard", "fixed", "other"]:
    if row["SUB"] != "-":
        return "subcard"
    if not chassis:
        return "fixed"
    if not row["SLOT"].isdigit():
        return "other"
    if row["ROLE"] in ("Master", "Slave", "Standby"):
        return "mpu"
    return "fabric" if "SFU" in row["TYPE"] else "lpu"


def _role(row: Row, *, chassis: bool) -> Literal["master", "standby", "none"]:
    # The second main board of a chassis is `Slave`; in a stack that is a third member and more.
    if chassis and row["ROLE"] == "Slave" and row["SUB"] == "-":
        return "standby"
    return _ROLES.get(row["ROLE"], "none")


def inventory(outputs: Outputs) -> tuple[Module, ...]:
    """Serial numbers of boxes, boards, power supplies and fans; ESNs where there is nothing better.

    Where the serial numbers come without the type of the part, it is taken from `display device`.
    """
    parsed = outputs.need("display device manufacture-info", "display esn")
    found = some(parsed)
    if parsed.seen.command == "display esn":
        return _esns(found)
    types = {
        (row["SLOT"], row["SUB"].strip("-")): row.maybe("TYPE") for row in rows(outputs, "display device")
    }
    chassis = any(row["SLOT"] == "backplane" for row in found)
    return tuple(
        Module(
            seen=row.seen,
            location=_part_place(row),
            kind=_part_kind(row, chassis=chassis),
            model=row.maybe("TYPE") or types.get((row["SLOT"], row["SUB"].strip("-"))),
            serial=row["SERIAL"],
            made_on=row["MADE_ON"].strip("-") or None,
        )
        for row in found
    )


def _part_place(row: Row) -> Location:
    return Location(slot=row["SLOT"], port=row["SUB"].strip("-") or None)


def _part_kind(row: Row, *, chassis: bool) -> Literal["chassis", "board", "power", "fan", "other"]:
    part = row["SUB"].strip("-") or row["SLOT"]
    if part.startswith(("PWR", "FAN")):
        return "power" if part.startswith("PWR") else "fan"
    if part == "backplane":
        return "chassis"
    return "board" if chassis or row["SUB"].strip("-") else "chassis"


def _esns(found: Iterable[Row]) -> tuple[Module, ...]:
    return tuple(
        Module(
            seen=row.seen,
            location=Location(slot=row["UNIT"].removeprefix("slot ") if "slot" in row["UNIT"] else None),
            kind="chassis",
            model=None,
            serial=row["ESN"],
        )
        for row in found
    )


def cpu(outputs: Outputs) -> tuple[Cpu, ...]:
    """Load of the master's processor; other members of a stack do not show in this output."""
    unit = master(outputs) or "CPU"
    return tuple(
        Cpu(
            seen=row.seen,
            unit=unit + (f" {row['PLANE']} Plane" if row["PLANE"] else ""),
            used_5m_pct=row.decimal("PERCENT"),
            used_now_pct=row.decimal("NOW") if row["NOW"] else row.decimal("FIVE_SECONDS"),
            peak_pct=row.decimal("PEAK"),
            peak_at=row.maybe("PEAK_AT"),
        )
        for row in rows(outputs, "display cpu-usage")
        if not row["TASK"]
    )


_IDLE = "VIDL"


def processes(outputs: Outputs) -> tuple[ProcessLoad, ...]:
    """Tasks of the master's processor by their present share; the idle one is no load."""
    found = tuple(
        ProcessLoad(seen=row.seen, name=row["TASK"], cpu_pct=_number(row, "PERCENT"))
        for row in rows(outputs, "display cpu-usage")
        if row["TASK"] and row["TASK"] != _IDLE
    )
    if not found:
        raise UnreadableError("display cpu-usage: no task in it")
    return found


def boot(outputs: Outputs) -> tuple[BootInfo, ...]:
    """Boot program and programmable logic of each unit that prints a boot program."""
    found = tuple(
        BootInfo(
            seen=row.seen,
            location=Location(slot=row["UNIT"]),
            bootrom=row["BOOTROM"],
            cpld=", ".join(map(" ".join, zip(row.all("LOGIC"), row.all("LOGIC_VERSIONS"), strict=True)))
            or None,
        )
        for row in units(outputs)
        if row["BOOTROM"]
    )
    if not found:
        raise UnreadableError("display version: no BootROM in it")
    return found


def memory(outputs: Outputs) -> tuple[Memory, ...]:
    """Memory of the master; some releases print bytes, some kilobytes."""
    unit = master(outputs) or "memory"
    return tuple(_memory(row, unit) for row in rows(outputs, "display memory-usage"))


def _memory(row: Row, unit: str) -> Memory:
    scale = _KBYTE if row["UNIT"] in ("Kbytes", "KB") else 1
    total, used = row.integer("TOTAL"), row.integer("USED")
    return Memory(
        seen=row.seen,
        unit=unit,
        used_pct=_number(row, "PERCENT"),
        total_bytes=None if total is None else total * scale,
        used_bytes=None if used is None else used * scale,
    )


def _number(row: Row, name: str) -> float:
    value = row.decimal(name)
    if value is None:
        raise UnreadableError(f"{row.seen.command}: no {name.lower()}")
    return value


def temperatures(outputs: Outputs) -> tuple[Temperature, ...]:
    """Sensors with the one upper limit that the device has, which is that of its alarm."""
    parsed = outputs.need("display temperature all", "display environment")
    sensors = parsed.seen.command == "display temperature all"
    return tuple(
        Temperature(
            seen=row.seen,
            location=Location(slot=row["SLOT"] if not sensors else _card(row)),
            sensor=(row.maybe("SENSOR") if sensors else None) or "0",
            celsius=_number(row, "CURRENT"),
            alarm_c=row.decimal("UPPER"),
            state=said(row, "STATUS") if sensors else None,
        )
        for row in none_or(parsed, _NONE)
    )


def _card(row: Row) -> str:
    card = row.maybe("CARD")
    return row["SLOT"] if card is None else f"{row['SLOT']}/{card}"


_NOT_THERE = ("Absent", "NO")


def fans(outputs: Outputs) -> tuple[Fan, ...]:
    """Fans of every slot; none on a model without them, which says so.

    A chassis names no slot, and has no word for a tray's state but that it is registered (S7706, V200R010).
    """
    return tuple(
        Fan(
            seen=row.seen,
            location=Location(slot=row.maybe("SLOT")),
            name=f"FAN{row['FAN']}",
            present=row["ONLINE"] not in _NOT_THERE,
            state=said(row, "STATUS") if row["ONLINE"] not in _NOT_THERE else "Absent",
            speed_pct=row.decimal("SPEED"),
            airflow=(row.maybe("AIRFLOW") or "").lower() or None,
        )
        for row in none_or(outputs.need("display fan"), _NONE)
    )


def power_supplies(outputs: Outputs) -> tuple[PowerSupply, ...]:
    """Power supplies of every slot; a chassis has one row of them and names no slot."""
    return tuple(
        PowerSupply(
            seen=row.seen,
            location=Location(slot=row.maybe("SLOT")),
            name=row["POWER"],
            present=row["ONLINE"] != "Absent",
            state=row["STATE"] if row["ONLINE"] != "Absent" else "Absent",
            capacity_w=row.decimal("RATED_W"),
            output_w=row.decimal("OUTPUT_W"),
        )
        for row in none_or(outputs.need("display power"), _NONE)
    )
