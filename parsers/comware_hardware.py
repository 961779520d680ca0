"""What a Comware 7 switch prints of itself and its hardware.

A stack member is a slot to Comware: `Slot 2` of a box switch is member 2 of the IRF. A chassis says
its number in front, `Chassis 1 Slot 0`. Locations keep the device's own words.
"""

import re
from collections.abc import Iterable
from typing import Literal

from parsers.comware_config import configuration
from parsers.comware_rows import place, required, rows_of
from parsers.facts import (
    Board,
    Cpu,
    Fan,
    Identity,
    Location,
    Memory,
    Module,
    PowerSupply,
    Software,
    Temperature,
    Uptime,
)
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

_UPTIME = re.compile(r"(\d+) weeks?, ?(\d+) days?, ?(\d+) hours?, ?(\d+) minutes?")
_SECONDS = (7 * 86400, 86400, 3600, 60)
# Box switches are sold as S5130S-28P-EI, S6520X-54QC-EI, ...; boards of a chassis as LSQ1MPUA, ...
_BOX = re.compile(r"S\d{4}")
_NOT_PRINTED = {"", "NONE"}


def _device(outputs: Outputs) -> Row:
    row = next((row for row in rows_of(outputs.need("display version")) if row["KIND"] == "Comware"), None)
    if row is None:
        raise UnreadableError("display version: no line names the software")
    return row


def identity(outputs: Outputs) -> Identity:
    """Read the model from `display version`, the host name from the configuration's `sysname`."""
    row = _device(outputs)
    required(row, "MODEL")
    names = [match[1] for _, match in configuration(outputs).find(r"sysname (\S+)")]
    if len(names) != 1:
        raise UnreadableError(f"display current-configuration: {len(names)} lines with sysname")
    return Identity(seen=row.seen, hostname=names[0], model=row["MODEL"])


def software(outputs: Outputs) -> Software:
    """Read the release, e.g. `Release 6616P05`, and Comware's own version, e.g. `7.1.070`."""
    row = _device(outputs)
    required(row, "RELEASE", "PLATFORM_VERSION")
    return Software(
        seen=row.seen, os="Comware", version=row["RELEASE"], platform_version=row["PLATFORM_VERSION"]
    )


def uptime(outputs: Outputs) -> Uptime:
    """Read weeks, days, hours and minutes since the start, and the reason of the last restart."""
    row = _device(outputs)
    match = _UPTIME.fullmatch(row["UPTIME"])
    if match is None:
        raise UnreadableError(f"display version: uptime {row['UPTIME']!r}")
    seconds = sum(int(count) * unit for count, unit in zip(match.groups(), _SECONDS, strict=True))
    return Uptime(seen=row.seen, uptime_s=seconds, reset_reason=row.maybe("REBOOT_REASON"))


def boards(outputs: Outputs) -> tuple[Board, ...]:
    """Read `display device`: stack members, main boards, line cards, subcards, and empty slots."""
    return tuple(_board(row) for row in rows_of(outputs.need("display device")))


def _board(row: Row) -> Board:
    model = row["MODEL"] + row["MODEL_MORE"]
    state = row["STATE"]
    chassis, slot, subslot = row.integer("CHASSIS"), row["SLOT"], row.maybe("SUBSLOT")
    is_box = bool(_BOX.match(model)) or model == "MAIN"
    if subslot is not None and not is_box:
        slot = f"{slot}/{subslot}"
    return Board(
        seen=row.seen,
        location=Location(chassis=chassis, slot=slot),
        kind=_kind(row, is_box=is_box),
        model=None if model in {"NONE", "MAIN"} else model,
        present=state != "Absent",
        state=state,
        role=_role(state),
        software_version=_running(row),
    )


def _kind(row: Row, *, is_box: bool) -> Literal["mpu", "lpu", "subcard", "fixed"]:
    if is_box:
        return "fixed"
    if row["SUBSLOT"]:
        return "subcard"
    return "lpu" if _role(row["STATE"]) == "none" else "mpu"


def _role(state: str) -> Literal["master", "standby", "none"]:
    if state == "Master":
        return "master"
    return "standby" if state == "Standby" else "none"


def _running(row: Row) -> str | None:
    """Software and patch of a board as printed, or None where the table says none."""
    version, patch = row["SOFTWARE"] + row["SOFTWARE_MORE"], row["PATCH"]
    if version.upper() in _NOT_PRINTED:
        return None
    return version if patch.upper() in _NOT_PRINTED else f"{version} {patch}"


def inventory(outputs: Outputs) -> tuple[Module, ...]:
    """Read the serial numbers of boards, fans, power supplies and, where it is printed, of optics."""
    parts = [_module(row) for row in rows_of(outputs.need("display device manuinfo"))]
    optics = outputs.parsed("display transceiver manuinfo interface")
    parts += [_optic(row) for row in optics.rows] if optics else []
    return tuple(part for part in parts if part.serial.upper() not in _NOT_PRINTED)


def _module(row: Row) -> Module:
    in_chassis = row.integer("CHASSIS")
    is_bay = bool(row["FAN"] or row["POWER"])
    # In a chassis the fans and power supplies follow the boards, and belong to none of them.
    slot = None if is_bay and in_chassis is not None else row.maybe("SLOT")
    if slot is not None and row["SUBSLOT"]:
        slot = f"{slot}/{row['SUBSLOT']}"
    return Module(
        seen=row.seen,
        location=Location(chassis=in_chassis, slot=slot),
        kind=_module_kind(row),
        model=_said(row["NAME"]),
        serial=row["SERIAL"],
        made_on=_said(row["MADE_ON"]),
    )


def _module_kind(row: Row) -> Literal["chassis", "board", "power", "fan"]:
    if row["FAN"]:
        return "fan"
    if row["POWER"]:
        return "power"
    is_whole = bool(row["WHOLE"]) or not row["SLOT"] or bool(_BOX.match(row["NAME"]))
    return "chassis" if is_whole and not row["SUBSLOT"] else "board"


def _optic(row: Row) -> Module:
    return Module(
        seen=row.seen,
        location=Location(port=row["INTERFACE"]),
        kind="optic",
        model=None,
        serial=row["SERIAL"],
        made_on=row.maybe("MADE_ON"),
    )


def _said(value: str) -> str | None:
    return None if value.upper() in _NOT_PRINTED else value


def cpu(outputs: Outputs) -> tuple[Cpu, ...]:
    """Read the five-minute and five-second load of every processor."""
    return tuple(_cpu(row) for row in rows_of(outputs.need("display cpu-usage")))


def _cpu(row: Row) -> Cpu:
    required(row, "FIVE_MINUTES_PCT", "NOW_PCT")
    unit = "CPU" if row["UNIT"] == "Unit" else row["UNIT"]
    five = row.decimal("FIVE_MINUTES_PCT")
    return Cpu(seen=row.seen, unit=unit, used_5m_pct=five, used_now_pct=row.decimal("NOW_PCT"))


def memory(outputs: Outputs) -> tuple[Memory, ...]:
    """Read memory in use: what is left of 100 after `FreeRatio`, or `Used Rate` as printed."""
    return tuple(_memory(row) for row in rows_of(outputs.need("display memory")))


def _memory(row: Row) -> Memory:
    free, used, total = row.decimal("FREE_PCT"), row.decimal("USED_PCT"), row.integer("TOTAL")
    if free is not None:
        used = round(100 - free, 1)
    if used is None or total is None:
        raise UnreadableError(f"display memory: no ratio at lines {row.seen.lines}")
    # The table with FreeRatio is headed `measured in KB`; the other layout counts bytes.
    scale = 1 if row["TOTAL_IN"] == "bytes" else 1024
    in_use, left = row.integer("USED"), row.integer("FREE")
    return Memory(
        seen=row.seen,
        unit=row["UNIT"] or "Memory",
        used_pct=used,
        total_bytes=total * scale,
        used_bytes=None if in_use is None else in_use * scale,
        free_bytes=None if left is None else left * scale,
    )


def temperatures(outputs: Outputs) -> tuple[Temperature, ...]:
    """Read every sensor of `display environment` with the device's warning and alarm limits."""
    return tuple(_temperature(row) for row in rows_of(outputs.need("display environment")))


def _temperature(row: Row) -> Temperature:
    celsius = row.decimal("CELSIUS")
    if celsius is None:
        raise UnreadableError(f"display environment: no temperature at lines {row.seen.lines}")
    return Temperature(
        seen=row.seen,
        location=place(row),
        sensor=" ".join(row["SENSOR"].split()),
        celsius=celsius,
        warn_c=row.decimal("WARNING"),
        alarm_c=row.decimal("ALARM"),
    )


def fans(outputs: Outputs) -> tuple[Fan, ...]:
    """Read every fan; speeds are printed as levels or revolutions, hence no percentage.

    None where every member says that it has no fans.
    """
    rows = [row for row in rows_of(outputs.need("display fan")) if row["FAN"] != "Fan-less"]
    return tuple(
        Fan(
            seen=row.seen,
            location=place(row),
            name=_fan_name(row),
            present=_present(row),
            state=row["STATE"],
            airflow=_airflow(row),
        )
        for row in _with_state(rows)
    )


def _fan_name(row: Row) -> str:
    """`Fan 1`, `Fan Frame 1`, `Fan-tray 1`, or `Fan-tray 1 Fan 2` for a fan inside a tray."""
    frame = row["FRAME"].capitalize()
    if frame:
        return f"{frame} {row['FAN']}" if frame.startswith("Fan") else f"Fan {frame} {row['FAN']}"
    return f"Fan-tray {row['TRAY']} Fan {row['FAN']}" if row["TRAY"] else f"Fan {row['FAN']}"


def power_supplies(outputs: Outputs) -> tuple[PowerSupply, ...]:
    """Read every power supply slot; an empty one says `Absent`."""
    return tuple(
        PowerSupply(
            seen=row.seen,
            location=place(row),
            name=f"Power {row['POWER']}" if row["POWER"].isdigit() else row["POWER"],
            present=_present(row),
            state=row["STATE"],
            output_w=row.decimal("OUTPUT_W"),
            airflow=_airflow(row),
        )
        for row in _with_state(rows_of(outputs.need("display power")))
    )


def _airflow(row: Row) -> str | None:
    """`port-to-power`, which some models print as `PortToPower`; None where nothing is printed."""
    printed = row.maybe("AIRFLOW")
    return re.sub(r"(?<=[a-z])To(?=[A-Z])", "-to-", printed).lower() if printed else None


def _with_state(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        required(row, "STATE")
        yield row


def _present(row: Row) -> bool:
    return row["STATE"].lower() not in {"absent", "not present"}
