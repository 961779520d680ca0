"""Hardware of a VRP8 device: boards, parts, processors, memory, temperatures, fans, power supplies."""

import re
from typing import Literal

from parsers.facts import Board, Cpu, Fan, Location, Memory, Module, Poe, PowerSupply, Temperature
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

BoardKind = Literal["mpu", "lpu", "fabric", "subcard", "fixed", "other"]
ModuleKind = Literal["chassis", "board", "power", "fan", "optic", "other"]

# A fan or a power supply of a box stands in the card column, one of a chassis in the slot column.
_FAN_OR_POWER = re.compile(r"(?:FAN|PWR)\d+")

_BOARD_KINDS: tuple[tuple[str, BoardKind], ...] = (
    (r"CE-MPU.*", "mpu"),
    (r"CE-SFU.*", "fabric"),
    (r"CE-L.*", "lpu"),
    (r"(?:CE|S)\d.*", "fixed"),
)
_ROLES: dict[str, Literal["master", "standby"]] = {
    "Master": "master",
    "Slave": "standby",
    "Standby": "standby",
}


def _rows(outputs: Outputs, *commands: str) -> tuple[Row, ...]:
    """Rows of an output that cannot be empty on a device that works."""
    parsed = outputs.need(*commands)
    if not parsed.rows:
        raise UnreadableError(f"{parsed.seen.command}: nothing was recognised in it")
    return parsed.rows


def boards(outputs: Outputs) -> tuple[Board, ...]:
    """Slots and subcards of `display device`, without fans and power supplies."""
    rows = _rows(outputs, "display device")
    return tuple(
        _board(row)
        for row in rows
        if not _FAN_OR_POWER.fullmatch(row["CARD"]) and not _FAN_OR_POWER.fullmatch(row["SLOT"])
    )


def _board(row: Row) -> Board:
    card = row.maybe("CARD")
    registered = row["REGISTER"] == "Registered"
    return Board(
        seen=row.seen,
        location=Location(slot=f"{row['SLOT']}/{card}" if card else row["SLOT"]),
        kind="subcard" if card else _board_kind(row["TYPE"]),
        model=row.maybe("TYPE"),
        present=row["ONLINE"] not in ("Absent", "-"),
        state=row["ALARM"] if registered else row["REGISTER"],
        role=_ROLES.get(row["PRIMARY"], "none"),
    )


def _board_kind(model: str) -> BoardKind:
    return next((kind for form, kind in _BOARD_KINDS if re.fullmatch(form, model)), "other")


def inventory(outputs: Outputs) -> tuple[Module, ...]:
    """Parts with a serial number, as either release prints them."""
    rows = _rows(outputs, "display device manufacture-info", "display device elabel brief")
    return tuple(_module(row) for row in rows if row.maybe("SERIAL"))


def _module(row: Row) -> Module:
    sub = row.maybe("SUB")
    return Module(
        seen=row.seen,
        location=Location(slot=row["SLOT"], port=sub),
        kind=_module_kind(sub, row["SLOT"], row["TYPE"]),
        model=row.maybe("TYPE"),
        serial=row["SERIAL"],
        made_on=row.maybe("MADE_ON") if "MADE_ON" in row.values else None,
    )


def _module_kind(sub: str | None, slot: str, model: str) -> ModuleKind:
    name = sub or slot
    if name.startswith("FAN"):
        return "fan"
    if name.startswith("PWR"):
        return "power"
    whole = name == "backplane" or _board_kind(model) == "fixed"
    return "chassis" if whole and sub is None else "board"


def cpu(outputs: Outputs) -> tuple[Cpu, ...]:
    """Load of each control plane processor; its cores and services are in it."""
    rows = _rows(outputs, "display cpu", "display cpu-usage")
    return tuple(
        Cpu(
            seen=row.seen,
            unit=_unit(row, "CPU"),
            used_5m_pct=row.decimal("FIVE_MINUTES"),
            used_now_pct=row.decimal("NOW"),
            peak_pct=row.decimal("PEAK"),
            peak_at=row.maybe("PEAK_AT"),
        )
        for row in rows
    )


def memory(outputs: Outputs) -> tuple[Memory, ...]:
    """Memory of each control plane processor, in the device's own percentage."""
    found = []
    for row in _rows(outputs, "display memory"):
        total_kb, used_kb = row.integer("TOTAL_KB"), row.integer("USED_KB")
        found.append(
            Memory(
                seen=row.seen,
                unit=_unit(row, "memory"),
                used_pct=float(row["USED_PCT"]),
                total_bytes=None if total_kb is None else total_kb * 1024,
                used_bytes=None if used_kb is None else used_kb * 1024,
                state=row.maybe("STATE"),
            )
        )
    return tuple(found)


def _unit(row: Row, alone: str) -> str:
    """Name of a processor; V200R0xx prints no name for the only one."""
    return f"Slot {row['SLOT']} CPU {row['CPU']}" if row["SLOT"] else alone


def temperatures(outputs: Outputs) -> tuple[Temperature, ...]:
    """Every sensor. `warn_c` is the limit of a major alarm, `alarm_c` that of a fatal one.

    A sensor without a reading makes the whole unreadable: nobody could tell how hot it is.
    """
    rows = _rows(outputs, "display device temperature all", "display device temperature")
    return tuple(_temperature(row) for row in rows)


def _temperature(row: Row) -> Temperature:
    celsius = row.decimal("CURRENT")
    if celsius is None:
        raise UnreadableError(f"slot {row['SLOT']} {row['SENSOR']}: no reading")
    return Temperature(
        seen=row.seen,
        location=Location(slot=row["SLOT"]),
        sensor=row["SENSOR"],
        celsius=celsius,
        warn_c=row.decimal("MAJOR"),
        alarm_c=row.decimal("FATAL"),
        state=row.maybe("STATUS"),
    )


def fans(outputs: Outputs) -> tuple[Fan, ...]:
    """Every fan module; the speed is a percentage of the full one."""
    return tuple(_fan(row) for row in _rows(outputs, "display device fan"))


def _fan(row: Row) -> Fan:
    speed = re.match(r"(\d+)%", row["SPEED"])
    return Fan(
        seen=row.seen,
        location=Location(slot=row["SLOT"]),
        name=row["FAN"],
        present=row["PRESENT"] != "NO" and row["STATUS"] not in ("--", "Absent"),
        state=row["STATUS"],
        speed_pct=float(speed[1]) if speed else None,
        airflow=(row.maybe("AIRFLOW") or "").lower() or None,
    )


def power_supplies(outputs: Outputs) -> tuple[PowerSupply, ...]:
    """Every power supply bay; a supply that is there and gives no current says `NotSupply`."""
    rows = _rows(outputs, "display device power")
    airflow = {(row["SLOT"], row["POWER"]): row.maybe("AIRFLOW") for row in rows if row["AIRFLOW"]}
    return tuple(
        PowerSupply(
            seen=row.seen,
            location=Location(slot=row["SLOT"]),
            name=row["POWER"],
            present=row["PRESENT"] == "YES",
            state=row["STATE"],
            capacity_w=row.decimal("RATED_W"),
            output_w=row.decimal("ACTUAL_W"),
            airflow=(airflow.get((row["SLOT"], row["POWER"])) or "").lower() or None,
        )
        for row in rows
        if row["STATE"]
    )


def poe(outputs: Outputs) -> tuple[Poe, ...]:
    """That a CE switch feeds nobody.

    Raises UnreadableError for an S switch, which may: how it prints that was not seen.
    """
    row = _rows(outputs, "display version")[0]
    if not row["MODEL"].startswith("CE"):
        raise UnreadableError(f"{row['MODEL'] or 'the model'} may feed others, and no table of that is known")
    return ()
