"""Transceivers of a Comware 7 switch: four commands, joined by interface."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from parsers.comware_rows import evidence, required
from parsers.facts import Optic, OpticLane
from parsers.reach import reach_m
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

_CURRENT, _ALARM, _WARNING = (
    "Current diagnostic parameters",
    "Alarm thresholds",
    "Warning thresholds",
)


def optics(outputs: Outputs) -> tuple[Optic, ...]:
    """Read every transceiver present: type, present values per lane with the limits, alarms.

    Evidence of an optic are the lines of `display transceiver diagnosis interface` where it has
    some, else those that name it. None without transceivers: the commands then print only absences.
    """
    present = outputs.need("display transceiver interface").rows
    values = _by_interface(outputs.need("display transceiver diagnosis interface").rows)
    alarms = _by_interface(outputs.need("display transceiver alarm interface").rows)
    made = outputs.parsed("display transceiver manuinfo interface")
    serials = {row["INTERFACE"]: row["SERIAL"] for row in made.rows} if made else {}
    return tuple(_optic(row, values[row["INTERFACE"]], alarms[row["INTERFACE"]], serials) for row in present)


def _by_interface(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["INTERFACE"]].append(row)
    return found


def _optic(row: Row, values: list[Row], alarms: list[Row], serials: Mapping[str, str]) -> Optic:
    required(row, "TYPE")
    current = [value for value in values if value["SECTION"] == _CURRENT]
    if row["DIAGNOSIS"] == "YES" and not current:
        raise UnreadableError(f"{row['INTERFACE']}: says it has digital diagnosis, but no value is printed")
    module = current[0] if current else None
    return Optic(
        seen=evidence(values) if values else row.seen,
        interface=row["INTERFACE"],
        type=row["TYPE"],
        vendor=row.maybe("VENDOR"),
        serial=row.maybe("SERIAL") or serials.get(row["INTERFACE"]) or None,
        wavelength_nm=row.decimal("WAVELENGTH"),
        distance_m=reach_m([row.maybe("DISTANCE") or ""], row["DISTANCE_UNIT"]),
        temperature_c=module.decimal("TEMPERATURE") if module else None,
        temp_high_alarm_c=_limit(values, _ALARM, "High", "TEMPERATURE"),
        temp_high_warn_c=_limit(values, _WARNING, "High", "TEMPERATURE"),
        voltage_v=module.decimal("VOLTAGE") if module else None,
        lanes=_lanes(current, values),
        alarms=alarms[0].all("ALARM") if alarms else None,
    )


def _lanes(current: list[Row], values: list[Row]) -> tuple[OpticLane, ...]:
    """Give the lanes: every row that holds light; the row of the module itself holds none."""
    return tuple(_lane(row, values) for row in current if row["RX"] or row["TX"])


def _lane(row: Row, values: list[Row]) -> OpticLane:
    return OpticLane(
        lane=row.integer("LANE"),
        rx_power_dbm=row.decimal("RX"),
        tx_power_dbm=row.decimal("TX"),
        bias_ma=row.decimal("BIAS"),
        bias_high_alarm_ma=_limit(values, _ALARM, "High", "BIAS"),
        rx_low_alarm_dbm=_limit(values, _ALARM, "Low", "RX"),
        rx_high_alarm_dbm=_limit(values, _ALARM, "High", "RX"),
        rx_low_warn_dbm=_limit(values, _WARNING, "Low", "RX"),
        rx_high_warn_dbm=_limit(values, _WARNING, "High", "RX"),
        tx_low_alarm_dbm=_limit(values, _ALARM, "Low", "TX"),
        tx_high_alarm_dbm=_limit(values, _ALARM, "High", "TX"),
    )


def _limit(values: list[Row], section: str, limit: str, value: str) -> float | None:
    """Give a limit that all lanes have in common; those of the module itself may stand apart."""
    rows = (row for row in values if row["SECTION"] == section and row["LIMIT"] == limit and row[value])
    found = next(rows, None)
    return found.decimal(value) if found else None
