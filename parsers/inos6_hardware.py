"""INOS 6: sensors, fans, power supplies, serial numbers and transceivers."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from parsers.facts import Fan, Location, Module, Optic, OpticLane, PowerSupply, Temperature
from parsers.inos6_system import model, only_row, required
from parsers.reach import reach_m
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

_OPTICS: Final = "show transceiver detail"
_ALARMS: Final = {"++": "high-alarm", "+": "high-warning", "--": "low-alarm", "-": "low-warning"}


def _part(outputs: Outputs, column: str) -> tuple[Row, ...]:
    rows = tuple(row for row in outputs.need("show environment").rows if row[column])
    if not rows:
        raise UnreadableError(f"show environment: no {column.lower()} in it")
    return rows


def temperatures(outputs: Outputs) -> tuple[Temperature, ...]:
    """Sensors; the upper alarm is the warning limit, the critical limit the alarm limit."""
    return tuple(
        Temperature(
            seen=row.seen,
            location=Location(),
            sensor=f"Sensor {row['INDEX']} {row['POSITION']}".rstrip(),
            celsius=float(row["TEMPERATURE"]),
            warn_c=row.decimal("UPPER"),
            alarm_c=row.decimal("CRITICAL"),
        )
        for row in _part(outputs, "TEMPERATURE")
    )


def fans(outputs: Outputs) -> tuple[Fan, ...]:
    """Fans (`1-2` is the second of tray 1), and the trays that are missing."""
    trays = [row for row in outputs.need("show environment").rows if row["TRAY"] and _absent(row["TRAY"])]
    return tuple(
        [_fan(row, "Fan", row["FAN"]) for row in _part(outputs, "FAN")]
        + [_fan(row, "Fan tray" if "-" not in row["INDEX"] else "Fan", row["TRAY"]) for row in trays]
    )


def _fan(row: Row, kind: str, state: str) -> Fan:
    return Fan(
        seen=row.seen,
        location=Location(),
        name=f"{kind} {row['INDEX']}",
        present=not _absent(state),
        state=state,
        speed_pct=float(row["SPEED"].rstrip("%")) if row["SPEED"].endswith("%") else None,
    )


def power_supplies(outputs: Outputs) -> tuple[PowerSupply, ...]:
    """Power supplies; one that raises an alarm is not simply OK, whatever its power says."""
    return tuple(_supply(row) for row in _part(outputs, "SUPPLY"))


def _supply(row: Row) -> PowerSupply:
    present = not _absent(row["SUPPLY"])
    state = row["POWER"] if present else row["SUPPLY"]
    alert = present and row["ALERT"].upper() not in {"NO", "NONE", "-", "N/A"}
    return PowerSupply(
        seen=row.seen,
        location=Location(),
        name=f"Power {row['INDEX']}",
        present=present,
        state=f"{state}, Alert {row['ALERT']}" if alert and state.upper() == "OK" else state,
        model=row.maybe("TYPE"),
    )


def _absent(state: str) -> bool:
    return state.upper() == "ABSENT"


def inventory(outputs: Outputs) -> tuple[Module, ...]:
    """The switch itself, and its transceivers where the command for them was answered."""
    row = only_row(outputs, "show version")
    chassis = Module(
        seen=row.seen,
        location=Location(),
        kind="chassis",
        model=model(row),
        serial=required(row, "SERIAL"),
    )
    parsed = outputs.parsed(_OPTICS)
    plugged = () if parsed is None else tuple(part for part in parsed.rows if part.maybe("SERIAL"))
    return (
        chassis,
        *(
            Module(
                seen=part.seen,
                location=Location(port=part["PORT"]),
                kind="optic",
                model=part.maybe("PN"),
                serial=part["SERIAL"],
            )
            for part in plugged
        ),
    )


def optics(outputs: Outputs) -> tuple[Optic, ...]:
    """Transceivers that are plugged in: no others are listed."""
    rows = outputs.need(_OPTICS).rows
    return tuple(_optic(list(group)) for _, group in groupby(rows, key=lambda row: row["PORT"]))


def _optic(rows: Sequence[Row]) -> Optic:
    head, values = rows[0], [row for row in rows if row["QUANTITY"]]
    if head["QUANTITY"]:
        raise UnreadableError(f"{_OPTICS}: values of {head['PORT']}, but nothing of the module itself")
    lanes = tuple(_lane(list(group)) for _, group in groupby(_by_lane(values), key=lambda row: row["LANE"]))
    return Optic(
        seen=head.seen,
        interface=head["PORT"],
        type=head.maybe("TYPE"),
        vendor=head.maybe("VENDOR"),
        serial=head.maybe("SERIAL"),
        wavelength_nm=head.decimal("WAVELENGTH"),
        distance_m=reach_m(head.all("REACH")),
        temperature_c=_first(values, "Temperature"),
        temp_high_alarm_c=_first(values, "Temperature", "HIGH_ALARM"),
        temp_high_warn_c=_first(values, "Temperature", "HIGH_WARN"),
        voltage_v=_first(values, "Voltage"),
        lanes=lanes,
        alarms=tuple(_alarm(row) for row in values if row["FLAG"]) if values else None,
    )


def _by_lane(values: Sequence[Row]) -> list[Row]:
    return sorted(values, key=lambda row: int(row["LANE"] or 0))


def _first(values: Sequence[Row], quantity: str, column: str = "VALUE") -> float | None:
    """Return the module's own value or limit, which is printed again for each lane."""
    return next((_number(row, column) for row in values if row["QUANTITY"] == quantity), None)


def _lane(rows: Sequence[Row]) -> OpticLane:
    by_quantity = {row["QUANTITY"]: row for row in rows}
    received, sent = by_quantity.get("Receive Power"), by_quantity.get("Transmit Power")
    return OpticLane(
        lane=rows[0].integer("LANE"),
        rx_power_dbm=_number(received, "VALUE"),
        tx_power_dbm=_number(sent, "VALUE"),
        bias_ma=_number(by_quantity.get("Current"), "VALUE"),
        bias_high_alarm_ma=_number(by_quantity.get("Current"), "HIGH_ALARM"),
        rx_low_alarm_dbm=_number(received, "LOW_ALARM"),
        rx_high_alarm_dbm=_number(received, "HIGH_ALARM"),
        rx_low_warn_dbm=_number(received, "LOW_WARN"),
        rx_high_warn_dbm=_number(received, "HIGH_WARN"),
        tx_low_alarm_dbm=_number(sent, "LOW_ALARM"),
        tx_high_alarm_dbm=_number(sent, "HIGH_ALARM"),
    )


def _number(row: Row | None, name: str) -> float | None:
    """Read a value; None where it is not printed, and for infinity, which means that there is no light."""
    return None if row is None or row[name].lower().endswith("inf") else row.decimal(name)


def _alarm(row: Row) -> str:
    lane = f"Lane {row['LANE']} " if row["LANE"] else ""
    return f"{lane}{row['QUANTITY']} {_ALARMS[row['FLAG']]}"
