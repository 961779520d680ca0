"""Who the device is and how its parts are doing, in NAPALM's shapes.

`-1`, `-1.0` and `""` stand where the device prints nothing (None in the fact).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from agent.napalm.errors import FactUnknownError
from baselines.baseline import load_baseline
from checks.states import standing
from parsers.facts import (
    Cpu,
    Fan,
    Identity,
    Interface,
    Memory,
    Module,
    Optic,
    OpticLane,
    PowerSupply,
    Reason,
    Software,
    Temperature,
    Unknown,
    Uptime,
)

Row = dict[str, Any]
P = TypeVar("P", Fan, PowerSupply)


def facts(
    vendor: str,
    identity: Identity,
    software: Software,
    uptime: Uptime,
    modules: Sequence[Module],
    interfaces: Sequence[Interface],
) -> Row:
    """`get_facts`; a stack has the serial number of every member, in the device's order."""
    chassis = dict.fromkeys(module.serial for module in modules if module.kind == "chassis")
    return {
        "vendor": vendor,
        "model": identity.model,
        "hostname": identity.hostname,
        "fqdn": "",
        "os_version": software.version,
        "serial_number": ", ".join(chassis),
        "uptime": float(uptime.uptime_s),
        "interface_list": [interface.name for interface in interfaces],
    }


def environment(
    fans: Sequence[Fan],
    power_supplies: Sequence[PowerSupply],
    temperatures: Sequence[Temperature],
    cpus: Sequence[Cpu],
    memories: Sequence[Memory],
) -> Row:
    """`get_environment`, with state words judged by the lists of the default baseline.

    Raises FactUnknownError for a word that no list holds, and for a sensor that is given neither a
    limit nor a word: neither is good or bad.
    """
    return {
        "fans": _by_name((_place(fan), {"status": ok}) for fan, ok in _present(fans, "HW-003")),
        "power": _by_name(
            (
                _place(supply),
                {"status": ok, "capacity": _number(supply.capacity_w), "output": _number(supply.output_w)},
            )
            for supply, ok in _present(power_supplies, "HW-001")
        ),
        "temperature": _by_name(_sensor(row, _words("ENV-001")) for row in temperatures),
        "cpu": {index: {"%usage": _load(cpu)} for index, cpu in enumerate(cpus)},
        "memory": _memory(memories),
    }


def _by_name(rows: Iterable[tuple[str, Row]]) -> dict[str, Row]:
    """Raise FactUnknownError rather than let one part take the place of another of the same name."""
    found: dict[str, Row] = {}
    for name, row in rows:
        if name in found:
            raise FactUnknownError(
                Unknown(Reason.UNPARSED, f"two parts of the device are both called {name!r}")
            )
        found[name] = row
    return found


def _words(check: str) -> Mapping[str, Any]:
    return load_baseline().params(check)


def _place(row: Fan | PowerSupply) -> str:
    return f"{row.location} {row.name}".strip()


def _present(rows: Iterable[P], check: str) -> Iterator[tuple[P, bool]]:
    """Each part that is there, and whether the device says that it is well; empty bays are left out."""
    words = _words(check)
    for row in rows:
        word = standing(row.state, words)
        if word == "unlisted":
            raise _unlisted(_place(row), row.state)
        if row.present and word != "absent":
            yield row, word == "ok"


def _sensor(row: Temperature, words: Mapping[str, Any]) -> tuple[str, Row]:
    name = f"{row.location} {row.sensor}".strip()
    word = None if row.state is None else standing(row.state, words)
    limits = [limit for limit in (row.warn_c, row.alarm_c) if limit is not None]
    if word == "unlisted":
        raise _unlisted(name, row.state)
    if word is None and not limits:
        raise FactUnknownError(
            Unknown(Reason.UNSUPPORTED, f"{name} is at {row.celsius:g} C, without limit or state word")
        )
    critical = word == "bad" or (row.alarm_c is not None and row.celsius >= row.alarm_c)
    alert = critical or word == "warn" or any(row.celsius >= limit for limit in limits)
    return name, {"temperature": row.celsius, "is_alert": alert, "is_critical": critical}


def _unlisted(name: str, word: str | None) -> FactUnknownError:
    return FactUnknownError(Unknown(Reason.UNPARSED, f"{name} has the state {word!r}, which no list knows"))


def _load(cpu: Cpu) -> float:
    return _number(cpu.used_5m_pct if cpu.used_5m_pct is not None else cpu.used_now_pct)


def _memory(rows: Sequence[Memory]) -> Row:
    """All units together, in bytes; -1 where one does not print its size, or how much of it is used."""
    return {
        "available_ram": _sum([row.total_bytes for row in rows]),
        "used_ram": _sum([row.used_bytes for row in rows]),
    }


def _sum(counts: Sequence[int | None]) -> int:
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else -1


def optics(rows: Sequence[Optic]) -> Row:
    """`get_optics`; a module without digital diagnosis has no channel."""
    return _by_name(
        (row.interface, {"physical_channels": {"channel": [_channel(lane) for lane in row.lanes]}})
        for row in rows
    )


def _channel(lane: OpticLane) -> Row:
    return {
        "index": lane.lane or 0,
        "state": {
            "input_power": _reading(lane.rx_power_dbm, NO_LIGHT_DBM),
            "output_power": _reading(lane.tx_power_dbm, NO_LIGHT_DBM),
            "laser_bias_current": _reading(lane.bias_ma, -1.0),
        },
    }


NO_LIGHT_DBM = -100.0
"""Where no power is printed; -1 dBm would be a good reading, and JSON has no minus infinity."""


def _reading(value: float | None, missing: float) -> Row:
    """Devices print the present value alone."""
    return {
        "instant": missing if value is None else value,
        "avg": missing,
        "min": missing,
        "max": missing,
    }


def _number(value: float | None) -> float:
    return -1.0 if value is None else float(value)
