"""The ports of a VRP5 device: interfaces, transceivers, neighbours, link aggregation."""

import re
from typing import Literal

from parsers.facts import ErrDisabled, Interface, Lag, LagMember, LldpNeighbor, Optic, OpticLane
from parsers.reach import reach_m
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.times import since_s
from parsers.vrp5_rows import none_or, rows, said
from parsers.vrp8_optics import uncertified

Kind = Literal["ethernet", "lag", "vlan", "mgmt", "loopback", "other"]

_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"Eth-Trunk\d", "lag"),
    (r"Vlanif\d", "vlan"),
    (r"MEth\d", "mgmt"),
    (r"LoopBack\d", "loopback"),
    (r"(\d+|X?Gigabit|Multi|X)?(GE|Ethernet)\d", "ethernet"),
)
_DUPLEX: dict[str, Literal["full", "half"]] = {"FULL": "full", "HALF": "half"}
_MEGABITS = {"M": 1, "G": 1000}


def interfaces(outputs: Outputs) -> tuple[Interface, ...]:
    """Every interface with state and counters; a largest frame is no MTU."""
    return tuple(_interface(row) for row in rows(outputs, "display interface"))


def _interface(row: Row) -> Interface:
    state = row["STATE"]
    return Interface(
        seen=row.seen,
        name=row["NAME"],
        kind=next((kind for form, kind in _KINDS if re.match(form, row["NAME"])), "other"),
        admin_up=not state.startswith("Administratively"),
        oper_up=state == "UP",
        protocol_up=said(row, "PROTOCOL") == "UP",
        description=row["DESCRIPTION"] or None,
        speed_mbps=_speed_mbps(row),
        duplex=_DUPLEX.get(row["DUPLEX"]),
        mtu_bytes=row.integer("MTU"),
        mac=row.maybe("MAC"),
        last_flap_s=since_s(row["NOW"], row["WENT_UP"], row["WENT_DOWN"]),
        cleared_s=since_s(row["NOW"], row["CLEARED"]),
        in_bytes=row.integer("IN_BYTES"),
        out_bytes=row.integer("OUT_BYTES"),
        in_unicast_packets=row.integer("IN_UNICAST"),
        out_unicast_packets=row.integer("OUT_UNICAST"),
        in_multicast_packets=row.integer("IN_MULTICAST"),
        out_multicast_packets=row.integer("OUT_MULTICAST"),
        in_broadcast_packets=row.integer("IN_BROADCAST"),
        out_broadcast_packets=row.integer("OUT_BROADCAST"),
        in_errors=row.integer("IN_ERRORS"),
        out_errors=row.integer("OUT_ERRORS"),
        crc_errors=row.integer("CRC"),
        in_drops=row.integer("IN_DROPS"),
        out_drops=row.integer("OUT_DROPS"),
        in_bps=_bps(row, "IN"),
        out_bps=_bps(row, "OUT"),
    )


def _bps(row: Row, way: str) -> int | None:
    """Bits in a second, of releases that print bytes too."""
    octets = row.integer(f"{way}_BYTES_S")
    return row.integer(f"{way}_BPS") if octets is None else octets * 8


def _speed_mbps(row: Row) -> int | None:
    """Speed of a port (none while it negotiates), or what a trunk has at present."""
    if bandwidth := row["BANDWIDTH"]:
        return int(bandwidth[:-1]) * _MEGABITS[bandwidth[-1]]
    return None if row["SPEED"] == "AUTO" else row.integer("SPEED")


def err_disabled(outputs: Outputs) -> tuple[ErrDisabled, ...]:
    """Interfaces in the state `ERROR DOWN(reason)`, or shut by loop detection, in words of its own."""
    return tuple(
        ErrDisabled(seen=row.seen, interface=row["NAME"], reason=(match[1] or match[2]).lower())
        for row in rows(outputs, "display interface")
        if (match := re.fullmatch(r"ERROR DOWN ?\(([^)]+)\)|(LOOPBACK-DETECT) DOWN", row["STATE"]))
    )


def optics(outputs: Outputs) -> tuple[Optic, ...]:
    """Transceivers; a device without any prints nothing.

    A module with diagnosis that lists no alarm has none; of one without, nothing is known.
    """
    return tuple(_optic(row) for row in outputs.need("display transceiver verbose").rows)


def _optic(row: Row) -> Optic:
    diagnosed = bool(row.all("RX") or row.all("TX"))
    return Optic(
        seen=row.seen,
        interface=row["INTERFACE"],
        type=row.maybe("TYPE"),
        vendor=row["VENDOR"] or None,
        serial=row["SERIAL"] or None,
        wavelength_nm=_decimal(row["WAVELENGTH"]),
        distance_m=reach_m([row["DISTANCE"]]),
        certified=False if row["PHONY"] == "Yes" else uncertified(row.all("ALARMS")),
        temperature_c=_decimal(row["TEMPERATURE"]),
        temp_high_alarm_c=_decimal(row["TEMP_HIGH"]),
        voltage_v=_decimal(row["VOLTAGE"]),
        lanes=_lanes(row) if diagnosed else (),
        alarms=row.all("ALARMS") if diagnosed or row.all("ALARMS") else None,
    )


def _lanes(row: Row) -> tuple[OpticLane, ...]:
    rx, tx, bias = (_by_lane(row, name) for name in ("RX", "TX", "BIAS"))
    if not len(rx) == len(tx) == len(bias):
        raise UnreadableError(
            f"{row['INTERFACE']}: {len(rx)} lanes receive, {len(tx)} send, {len(bias)} biased"
        )
    return tuple(
        OpticLane(
            lane=lane if len(rx) > 1 else None,
            rx_power_dbm=rx[lane],
            tx_power_dbm=tx[lane],
            bias_ma=bias[lane],
            bias_high_alarm_ma=_decimal(row["BIAS_HIGH"]),
            rx_low_alarm_dbm=_decimal(row["RX_LOW_ALARM"]),
            rx_high_alarm_dbm=_decimal(row["RX_HIGH_ALARM"]),
            rx_low_warn_dbm=_decimal(row["RX_LOW_WARN"]),
            rx_high_warn_dbm=_decimal(row["RX_HIGH_WARN"]),
            tx_low_alarm_dbm=_decimal(row["TX_LOW_ALARM"]),
            tx_high_alarm_dbm=_decimal(row["TX_HIGH_ALARM"]),
        )
        for lane in range(len(rx))
    )


def _by_lane(row: Row, name: str) -> tuple[float | None, ...]:
    return tuple(_decimal(value) for line in row.all(name) for value in line.split("|"))


def _decimal(value: str) -> float | None:
    """Read a number; None where a module prints `-`, `N/A` or nothing."""
    if value.strip("-").upper() in ("", "NA", "N/A"):
        return None
    try:
        return float(value)
    except ValueError:
        raise UnreadableError(f"display transceiver verbose: {value!r} is not a number") from None


def lldp(outputs: Outputs) -> tuple[LldpNeighbor, ...]:
    """Neighbours; one that does not tell its name goes by its chassis."""
    return tuple(
        LldpNeighbor(
            seen=row.seen,
            local_port=said(row, "LOCAL_PORT"),
            remote_system=row["SYSTEM_NAME"] or said(row, "CHASSIS_ID"),
            remote_port=said(row, "PORT_ID"),
            chassis_id=row.maybe("CHASSIS_ID"),
            port_description=row.maybe("PORT_DESCRIPTION"),
            system_description="\n".join(row.all("DESCRIPTION")) or None,
            capabilities=tuple((row.maybe("CAPABILITIES") or "").split()),
            enabled_capabilities=tuple((row.maybe("ENABLED_CAPABILITIES") or "").split()),
            management_address=next(iter(row.all("MANAGEMENT")), None),
        )
        for row in outputs.need("display lldp neighbor").rows
    )


def lags(outputs: Outputs) -> tuple[Lag, ...]:
    """Trunks with their members, which are `Up` and `Down` in manual mode, `Selected` or not in LACP."""
    found = none_or(outputs.need("display eth-trunk"), "Info: No valid trunk")
    return tuple(
        Lag(
            seen=row.seen,
            name=row["TRUNK"],
            mode="lacp" if "LACP" in said(row, "MODE").upper() else "static",
            oper_up=said(row, "STATE").lower() == "up",
            members=tuple(
                _member(name, status)
                for name, status in zip(row.all("MEMBERS"), row.all("STATUSES"), strict=True)
            ),
        )
        for row in found
    )


def _member(name: str, status: str) -> LagMember:
    if status.lower() in ("up", "down"):
        return LagMember(interface=name, selected=status.lower() == "up", oper_up=status.lower() == "up")
    if status.lower() in ("selected", "unselect", "unselected"):
        return LagMember(interface=name, selected=status.lower() == "selected")
    raise UnreadableError(f"display eth-trunk: {name} is {status!r}")
