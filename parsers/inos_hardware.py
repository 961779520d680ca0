"""INOS-CN: modules, serial numbers, temperature, fans and power supplies."""

from collections import defaultdict
from typing import Literal

from parsers.facts import Board, Fan, Location, Module, PowerSupply, Temperature
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

BoardKind = Literal["mpu", "lpu", "fabric", "subcard", "fixed", "other"]
ModuleKind = Literal["chassis", "board", "power", "fan", "optic", "other"]
_ABSENT = "absent"


def boards(outputs: Outputs) -> tuple[Board, ...]:
    """Modules of `show module`; empty slots are not listed by the device."""
    by_module: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    rows: dict[tuple[str, str], Row] = {}
    for row in outputs.need("show module").rows:
        key = row["UNIT"], row["NUMBER"]
        if row["TYPE"]:
            rows[key] = row
        by_module[key] |= {"SOFTWARE": row["SOFTWARE"]} if row["SOFTWARE"] else {}
    if not rows:
        raise UnreadableError("show module: no module in it")
    return tuple(
        Board(
            seen=row.seen,
            location=Location(slot=number if unit == "Mod" else f"{unit} {number}"),
            kind=_board_kind(unit, row["TYPE"], row["STATUS"]),
            model=row.maybe("MODEL"),
            present=True,
            state=row["STATUS"],
            role=_role(row["STATUS"]),
            software_version=_software(by_module[unit, number]),
        )
        for (unit, number), row in rows.items()
    )


def _software(values: dict[str, str]) -> str | None:
    version = values.get("SOFTWARE", "NA")
    return None if version == "NA" else version


def _board_kind(unit: str, type_: str, state: str) -> BoardKind:
    if unit in ("Xbar", "LFM") or "Fabric" in type_:
        return "fabric"
    if "Supervisor" in type_:
        return "mpu"
    if "Expansion" in type_ or "Daughter" in type_:
        return "subcard"
    if "Ethernet" in type_:
        # On a box switch the ports and the supervisor are one module, and it is the active one.
        return "fixed" if state.startswith("active") else "lpu"
    return "other"


def _role(state: str) -> Literal["master", "standby", "none"]:
    if state.startswith("active"):
        return "master"
    return "standby" if state in ("ha-standby", "standby") else "none"


def inventory(outputs: Outputs) -> tuple[Module, ...]:
    """Parts that carry a serial number; fans of this family mostly do not."""
    rows = outputs.need("show inventory").rows
    if not rows:
        raise UnreadableError("show inventory: no part in it")
    return tuple(_module(row) for row in rows if row.maybe("SERIAL"))


def _module(row: Row) -> Module:
    kind = _part_kind(row["NAME"], row["DESCRIPTION"])
    name, _, number = row["NAME"].rpartition(" ")
    location = Location(slot=number) if name in ("Slot", "Module") else Location(port=row["NAME"])
    return Module(
        seen=row.seen,
        location=Location() if kind == "chassis" else location,
        kind=kind,
        model=row.maybe("PID"),
        serial=row["SERIAL"],
    )


def _part_kind(name: str, description: str) -> ModuleKind:
    if name == "Chassis":
        return "chassis"
    if name.startswith("Ethernet"):
        return "optic"
    words = f"{name} {description}".lower()
    if "power supply" in words:
        return "power"
    if "fan" in words:
        return "fan"
    return "board" if name.startswith(("Slot", "Module")) else "other"


def _environment(outputs: Outputs, word: str, part: str) -> tuple[Row, ...]:
    """Rows of one part, from the command for it alone or from the one that prints them all."""
    parsed = outputs.need(f"show environment {word}", "show environment")
    rows = tuple(row for row in parsed.rows if row.values.get("PART", part) == part)
    if not rows:
        raise UnreadableError(f"{parsed.seen.command}: no {part.lower()} in it")
    return rows


def temperatures(outputs: Outputs) -> tuple[Temperature, ...]:
    """Sensors; the minor threshold is the warning limit, the major one the alarm limit."""
    return tuple(_temperature(row) for row in _environment(outputs, "temperature", "Temperature"))


def _temperature(row: Row) -> Temperature:
    celsius = row.decimal("CURRENT")
    if celsius is None:
        raise UnreadableError(f"{row.seen.command}: sensor {row['SENSOR']} gives no reading")
    return Temperature(
        seen=row.seen,
        location=Location(slot=row["MODULE"]),
        sensor=row["SENSOR"],
        celsius=celsius,
        warn_c=row.decimal("MINOR"),
        alarm_c=row.decimal("MAJOR"),
        state=row["STATUS"],
    )


def fans(outputs: Outputs) -> tuple[Fan, ...]:
    """Fan trays, and the fans inside power supplies; none in a fanless model is not known to exist."""
    return tuple(
        Fan(
            seen=row.seen,
            location=Location(),
            name=row["NAME"],
            present=row["STATUS"].lower() != _ABSENT,
            state=row["STATUS"],
            airflow=(row.maybe("DIRECTION") or "").lower() or None,
        )
        for row in _environment(outputs, "fan", "Fan")
    )


def power_supplies(outputs: Outputs) -> tuple[PowerSupply, ...]:
    """Power supply bays, empty ones included."""
    return tuple(
        PowerSupply(
            seen=row.seen,
            location=Location(),
            name=f"Power Supply {row['NUMBER']}",
            present=row["STATUS"].lower() != _ABSENT,
            state=row["STATUS"],
            model=None if set(row["MODEL"]) == {"-"} else row["MODEL"],
            capacity_w=row.decimal("CAPACITY") or None,  # one that gives nothing prints 0
            output_w=row.decimal("OUTPUT"),
        )
        for row in _environment(outputs, "power", "Power Supply")
    )
