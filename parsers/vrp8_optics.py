"""Transceivers of a VRP8 device with the measurements of each lane."""

import re
from collections.abc import Mapping, Sequence

from parsers.facts import Optic, OpticLane
from parsers.reach import reach_m
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

NO_LIGHT_DBM = -40.0
"""What a module reports when it measures no light at all."""

Lanes = Mapping[int | None, float | None]


def optics(outputs: Outputs) -> tuple[Optic, ...]:
    """Every transceiver that is plugged in; ports without one are not printed."""
    return tuple(_optic(row) for row in outputs.need("display interface transceiver verbose").rows)


def _optic(row: Row) -> Optic:
    return Optic(
        seen=row.seen,
        interface=row["INTERFACE"],
        type=row.maybe("TYPE"),
        vendor=row.maybe("VENDOR"),
        serial=row.maybe("SERIAL"),
        wavelength_nm=row.decimal("WAVELENGTH"),
        distance_m=reach_m(row.all("DISTANCE")),
        certified=uncertified(row.all("ALARMS")),
        temperature_c=row.decimal("TEMPERATURE"),
        voltage_v=row.decimal("VOLTAGE"),
        lanes=_lanes(row),
        alarms=row.all("ALARMS") if row["ALARM_SECTION"] else None,
    )


def uncertified(alarms: Sequence[str]) -> bool | None:
    """Give False where an alarm is `Non-Huawei-Ethernet-Switch-Certified Transceiver`, else None."""
    return False if any(re.search(r"\bnon-huawei\S*-certified", alarm, re.I) for alarm in alarms) else None


def _lanes(row: Row) -> tuple[OpticLane, ...]:
    """One for each lane that is measured; the limits are those of the module and hold for all."""
    if row["DDM"] != "YES":
        return ()
    bias = _by_lane(row, "BIAS")
    received = _by_lane(row, "RX")
    sent = _by_lane(row, "TX")
    if not received or received.keys() != sent.keys():
        raise UnreadableError(f"{row['INTERFACE']}: can be measured, but its measurements are not whole")
    return tuple(
        OpticLane(
            lane=lane,
            rx_power_dbm=_power(received[lane]),
            tx_power_dbm=_power(sent[lane]),
            bias_ma=bias.get(lane),
            bias_high_alarm_ma=row.decimal("BIAS_HIGH"),
            rx_low_alarm_dbm=row.decimal("RX_LOW"),
            rx_high_alarm_dbm=row.decimal("RX_HIGH"),
            rx_low_warn_dbm=row.decimal("RX_LOW_WARN"),
            rx_high_warn_dbm=row.decimal("RX_HIGH_WARN"),
            tx_low_alarm_dbm=row.decimal("TX_LOW"),
            tx_high_alarm_dbm=row.decimal("TX_HIGH"),
        )
        for lane in received
    )


def _power(dbm: float | None) -> float | None:
    return None if dbm is None or dbm <= NO_LIGHT_DBM else dbm


def _by_lane(row: Row, name: str) -> Lanes:
    """Values by lane number; None as the number of the only lane.

    Read from `-2.38`, or over several lines `6.47|6.55 (Lane0|Lane1)`.
    """
    found: dict[int | None, float | None] = {}
    for text in row.all(name):
        form = re.fullmatch(r"([^\s(]+)\s*(?:\(([^)]*)\))?", text)
        values = form[1].split("|") if form else []
        labels = form[2].split("|") if form and form[2] else [None]
        if len(values) != len(labels):
            raise UnreadableError(f"{row['INTERFACE']} {name}: {text!r} does not name each lane")
        found |= dict(zip(_numbers(row, labels), _values(row, values), strict=True))
    return found


def _numbers(row: Row, labels: Sequence[str | None]) -> list[int | None]:
    try:
        return [None if label is None else int(label.removeprefix("Lane")) for label in labels]
    except ValueError:
        raise UnreadableError(f"{row['INTERFACE']}: lanes {labels}") from None


def _values(row: Row, texts: Sequence[str]) -> list[float | None]:
    # Some releases say `-Inf` where others say -40.00.
    if not all(re.fullmatch(r"-?\d+(?:\.\d+)?|--?|N/A|-[Ii]nf", text) for text in texts):
        raise UnreadableError(f"{row['INTERFACE']}: values {texts}")
    return [None if text in ("-", "--", "N/A") else float(text) for text in texts]
