"""INOS-CN: interfaces, optics, aggregation, neighbours, routing and spanning tree."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from parsers.facts import (
    ErrDisabled,
    Interface,
    Lag,
    LagMember,
    LldpNeighbor,
    Optic,
    OpticLane,
    OspfNeighbor,
    Stp,
)
from parsers.inos_config import feature_on, of_every_vrf, process_vrfs, running
from parsers.inos_names import long_name
from parsers.inos_totals import all_there
from parsers.reach import reach_m
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.times import stretch_s

InterfaceKind = Literal["ethernet", "lag", "vlan", "mgmt", "loopback", "other"]
OspfRole = Literal["DR", "BDR", "DROTHER"]
StpMode = Literal["mstp", "rapid-pvst", "pvst", "rstp", "stp"]

_KINDS: dict[str, InterfaceKind] = {
    "Ethernet": "ethernet",
    "port-channel": "lag",
    "Vlan": "vlan",
    "mgmt": "mgmt",
    "loopback": "loopback",
}
_MBPS = {"Gb": 1000, "Mb": 1, "Kb": 0.001}
_STP_MODES: dict[str, StpMode] = {
    "mst": "mstp",
    "rapid-pvst": "rapid-pvst",
    "pvst": "pvst",
    "rstp": "rstp",
    "stp": "stp",
}
_OSPF_ROLES: dict[str, OspfRole] = {"DR": "DR", "BDR": "BDR", "DROTHER": "DROTHER"}


def interfaces(outputs: Outputs) -> tuple[Interface, ...]:
    """Every interface with state and counters; rates are those of the shortest interval."""
    rows = outputs.need("show interface").rows
    if not rows:
        raise UnreadableError("show interface: no interface in it")
    return tuple(_interface(row) for row in rows)


def _interface(row: Row) -> Interface:
    prefix = re.match(r"[A-Za-z-]+", row["NAME"])
    duplex = row["DUPLEX"]
    return Interface(
        seen=row.seen,
        name=row["NAME"],
        kind=_KINDS.get(prefix[0], "other") if prefix else "other",
        admin_up=_admin_up(row),
        oper_up=row["STATE"] == "up",
        protocol_up=row["PROTOCOL"] == "up" if row["PROTOCOL"] else None,
        description=row["DESCRIPTION"] or None,
        speed_mbps=_speed(row),
        duplex="full" if duplex == "full" else "half" if duplex == "half" else None,
        mtu_bytes=row.integer("MTU"),
        mac=row.maybe("MAC"),
        lag=row["LAG"] or None,
        last_flap_s=stretch_s(row["FLAPPED"]) if row["FLAPPED"] else None,
        cleared_s=stretch_s(row["CLEARED"]) if row["CLEARED"] else None,
        in_bytes=_traffic(row, _IN, "BYTES"),
        out_bytes=_traffic(row, _OUT, "BYTES"),
        in_unicast_packets=_traffic(row, _IN, "UNICASTS"),
        out_unicast_packets=_traffic(row, _OUT, "UNICASTS"),
        in_multicast_packets=_traffic(row, _IN, "MULTICASTS"),
        out_multicast_packets=_traffic(row, _OUT, "MULTICASTS"),
        in_broadcast_packets=_traffic(row, _IN, "BROADCASTS"),
        out_broadcast_packets=_traffic(row, _OUT, "BROADCASTS"),
        in_errors=row.integer("IN_ERRORS"),
        out_errors=row.integer("OUT_ERRORS"),
        crc_errors=row.integer("IN_CRC"),
        in_drops=row.integer("IN_DROPS"),
        out_drops=row.integer("OUT_DROPS"),
        in_bps=row.integer("IN_BPS"),
        out_bps=row.integer("OUT_BPS"),
    )


_IN, _OUT = ("rx", "input"), ("tx", "output")


def _traffic(row: Row, way: tuple[str, str], what: str) -> int | None:
    """Read a counter of one way; None where it is not printed once for each way."""
    ways, printed = row.all("WAYS"), row.all(what)
    if len(ways) != len(printed):
        return None
    return next((int(n) for name, n in zip(ways, printed, strict=True) if name.lower() in way), None)


def _admin_up(row: Row) -> bool:
    """Tell by the `admin state` line; 7.3 and VLAN interfaces say it in the reason alone."""
    if row["ADMIN"]:
        return row["ADMIN"] == "up"
    said = f"{row['STATE']} {row['REASON']}".lower()
    return "administratively down" not in said


def _speed(row: Row) -> int | None:
    speed = row.decimal("SPEED")
    return None if speed is None else round(speed * _MBPS[row["SPEED_UNIT"]])


def err_disabled(outputs: Outputs) -> tuple[ErrDisabled, ...]:
    """Ports shut by a protection; usually none, and then the table has no row or is missing."""
    return tuple(
        ErrDisabled(seen=row.seen, interface=long_name(row["PORT"]), reason=row["REASON"])
        for row in outputs.need("show interface status err-disabled").rows
    )


def optics(outputs: Outputs) -> tuple[Optic, ...]:
    """Transceivers that are plugged in; copper ports print that it is not applicable."""
    rows = outputs.need("show interface transceiver details").rows
    grouped = [list(group) for _, group in groupby(rows, key=lambda row: row["INTERFACE"])]
    return tuple(_optic(group) for group in grouped if _plugged(group[0]))


def _plugged(head: Row) -> bool:
    if not head["PRESENT"]:
        raise UnreadableError(f"{head['INTERFACE']}: the output does not say whether a module is present")
    return head["PRESENT"] == "present"


def _optic(rows: Sequence[Row]) -> Optic:
    head = rows[0]
    lanes = tuple(_lane(row) for row in rows if row["RX"])
    return Optic(
        seen=head.seen,
        interface=head["INTERFACE"],
        type=head.maybe("TYPE"),
        vendor=head.maybe("VENDOR"),
        serial=head.maybe("SERIAL"),
        wavelength_nm=head.decimal("WAVELENGTH"),
        distance_m=reach_m(head.all("REACH")),
        temperature_c=_module_value(rows, "TEMPERATURE"),
        temp_high_alarm_c=_module_value(rows, "TEMP_HIGH_ALARM"),
        temp_high_warn_c=_module_value(rows, "TEMP_HIGH_WARN"),
        voltage_v=_module_value(rows, "VOLTAGE"),
        lanes=lanes,
        alarms=tuple(_alarm(row, flag) for row in rows for flag in row.all("FLAGS")) if lanes else None,
    )


def _module_value(rows: Sequence[Row], name: str) -> float | None:
    """Give the first that is printed: it is the module's, though every lane may print it again."""
    return next((value for value in (row.decimal(name) for row in rows) if value is not None), None)


def _alarm(row: Row, flagged: str) -> str:
    """Say which value the device has flagged: `Rx Power low-alarm`."""
    words = {"++": "high-alarm", "+": "high-warning", "--": "low-alarm", "-": "low-warning"}
    quantity = re.split(r"\s{2,}|\s(?=-?\d)", flagged)[0]
    lane = f"Lane {row['LANE']} " if row["LANE"] else ""
    return f"{lane}{quantity} {words[flagged.split()[-1]]}"


def _lane(row: Row) -> OpticLane:
    return OpticLane(
        lane=row.integer("LANE"),
        rx_power_dbm=_power(row, "RX"),
        tx_power_dbm=_power(row, "TX"),
        bias_ma=row.decimal("CURRENT"),
        bias_high_alarm_ma=row.decimal("CURRENT_HIGH_ALARM"),
        rx_low_alarm_dbm=row.decimal("RX_LOW_ALARM"),
        rx_high_alarm_dbm=row.decimal("RX_HIGH_ALARM"),
        rx_low_warn_dbm=row.decimal("RX_LOW_WARN"),
        rx_high_warn_dbm=row.decimal("RX_HIGH_WARN"),
        tx_low_alarm_dbm=row.decimal("TX_LOW_ALARM"),
        tx_high_alarm_dbm=row.decimal("TX_HIGH_ALARM"),
    )


def _power(row: Row, name: str) -> float | None:
    """Read a power in dBm; None for N/A and for -Inf, which both mean that there is no light."""
    return None if row[name].endswith("Inf") else row.decimal(name)


def lags(outputs: Outputs) -> tuple[Lag, ...]:
    """Port-channels with their members; `--` stands for no member."""
    return tuple(
        Lag(
            seen=row.seen,
            name=long_name(row["NAME"]),
            mode="lacp" if row["PROTOCOL"] == "LACP" else "static",
            oper_up="U" in row["FLAGS"],
            members=tuple(_member(printed) for printed in row.all("MEMBERS")),
        )
        for row in outputs.need("show port-channel summary").rows
    )


def _member(printed: str) -> LagMember:
    """Read `Eth1/1(P)`: P carries traffic; D is down; the other flags are up without taking part."""
    name, _, flags = printed.rstrip(")").partition("(")
    up = "P" in flags
    return LagMember(interface=long_name(name), selected=up, oper_up=False if "D" in flags else up or None)


def lldp(outputs: Outputs) -> tuple[LldpNeighbor, ...]:
    """Neighbours; none where the feature is off, as it is by default."""
    if not feature_on(running(outputs), "lldp"):
        return ()
    parsed = outputs.need("show lldp neighbors detail")
    all_there(parsed, r"Total entries displayed:\s*(\d+)")
    return tuple(
        LldpNeighbor(
            seen=row.seen,
            local_port=long_name(row["LOCAL_PORT"]),
            remote_system=row["REMOTE_SYSTEM"],
            remote_port=row["REMOTE_PORT"],
            chassis_id=row.maybe("REMOTE_CHASSIS"),
            port_description=_advertised(row, "PORT_DESCRIPTION"),
            system_description="\n".join(row.all("DESCRIPTION")) or None,
            capabilities=tuple(re.findall(r"\w+", row["CAPABILITIES"])),
            enabled_capabilities=tuple(re.findall(r"\w+", row["ENABLED_CAPABILITIES"])),
            management_address=_advertised(row, "ADDRESS"),
        )
        for row in parsed.rows
    )


def _advertised(row: Row, name: str) -> str | None:
    """Give what a neighbour has told; `null` and `not advertised` stand for what it has not."""
    return None if row[name] in ("null", "not advertised") else row.maybe(name)


def ospf(outputs: Outputs) -> tuple[OspfNeighbor, ...]:
    """Neighbours of all VRFs; none where the feature is off, as it is by default.

    The command without `vrf all` is of the default VRF: enough where no process has another one.
    """
    tree = running(outputs)
    if not feature_on(tree, "ospf"):
        return ()
    parsed = of_every_vrf(outputs, "show ip ospf neighbors", others=process_vrfs("ospf"))
    all_there(parsed, r"Total number of neighbors:\s*(\d+)")
    return tuple(
        OspfNeighbor(
            seen=row.seen,
            router_id=row["NEIGHBOR"],
            interface=long_name(row["INTERFACE"]),
            state="2WAY" if row["STATE"].upper() == "TWOWAY" else row["STATE"].upper(),
            role=_OSPF_ROLES.get(row["ROLE"]),
            up_s=stretch_s(row["UP"]) if row.maybe("UP") else None,
        )
        for row in parsed.rows
    )


def stp(outputs: Outputs) -> Stp:
    """Spanning tree; it is on when at least one instance has an active port or is listed at all."""
    parsed = outputs.need("show spanning-tree summary")
    if not parsed.lines:
        raise UnreadableError("show spanning-tree summary: empty")
    if not parsed.rows:
        if any(line.startswith("No spanning tree instance exists") for line in parsed.lines):
            return Stp(seen=parsed.seen, enabled=False, mode=None)
        raise UnreadableError("show spanning-tree summary: no instance in it")
    row = parsed.rows[0]
    if row["MODE"] not in _STP_MODES:
        raise UnreadableError("show spanning-tree summary: no mode in it")
    return Stp(seen=row.seen, enabled=True, mode=_STP_MODES[row["MODE"]])
