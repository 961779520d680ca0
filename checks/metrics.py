"""The measured values that are followed from inspection to inspection."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parsers.facts import (
    Cpu,
    Facts,
    HardwareResource,
    Interface,
    Memory,
    Optic,
    TableUse,
    Temperature,
    Unknown,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One value that one device had at one inspection."""

    name: str
    """One of METRICS; the unit stands in it."""
    object: str
    """Unit, sensor, interface, ... as the checks name it."""
    value: float
    limit: float | None = None
    """Where the device itself sets a limit: of a power the least, of a temperature the most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A value and when the device had it."""

    at: datetime
    """UTC, aware."""
    value: float


Series = Mapping[tuple[str, str], tuple[Sample, ...]]
"""By name and object of the metric: the values of earlier inspections, the oldest first."""


def metrics(facts: Facts) -> Iterator[Metric]:
    """Give every value of a device that is followed; what was read in part counts as far as it goes.

    Of two values with one name and object, which a device should not print, the first counts.
    """
    given: set[tuple[str, str]] = set()
    for fact, read in _OF_FACT.items():
        known = getattr(facts, fact)
        for row in () if isinstance(known, Unknown) else known.value:
            for metric in read(row):
                if (metric.name, metric.object) not in given:
                    given.add((metric.name, metric.object))
                    yield metric


def _cpu(row: Cpu) -> Iterator[Metric]:
    value = row.used_now_pct if row.used_5m_pct is None else row.used_5m_pct
    if value is not None:
        yield Metric(name="cpu_pct", object=row.unit, value=value)


def _memory(row: Memory) -> Iterator[Metric]:
    yield Metric(name="memory_pct", object=row.unit, value=row.used_pct)


def _temperature(row: Temperature) -> Iterator[Metric]:
    where = " ".join(part for part in (str(row.location), row.sensor) if part)
    limit = row.alarm_c if row.warn_c is None else row.warn_c
    yield Metric(name="temperature_c", object=where, value=row.celsius, limit=limit)


def _optic(row: Optic) -> Iterator[Metric]:
    for lane in row.lanes:
        where = row.interface if lane.lane is None else f"{row.interface} lane {lane.lane}"
        if lane.rx_power_dbm is not None:
            least = lane.rx_low_alarm_dbm if lane.rx_low_warn_dbm is None else lane.rx_low_warn_dbm
            yield Metric(name="rx_power_dbm", object=where, value=lane.rx_power_dbm, limit=least)
        if lane.bias_ma is not None:
            yield Metric(name="bias_ma", object=where, value=lane.bias_ma, limit=lane.bias_high_alarm_ma)
        if lane.tx_power_dbm is not None:
            yield Metric(
                name="tx_power_dbm", object=where, value=lane.tx_power_dbm, limit=lane.tx_low_alarm_dbm
            )


def _interface(row: Interface) -> Iterator[Metric]:
    """Errors of both directions since the counters were cleared, of ports that are up."""
    counted = [count for count in (row.in_errors, row.out_errors) if count is not None]
    if counted and row.oper_up:
        yield Metric(name="errors", object=row.name, value=float(sum(counted)))


def _table(row: TableUse) -> Iterator[Metric]:
    if row.capacity:
        yield Metric(name="table_pct", object=row.table, value=100 * row.used / row.capacity)


def _resource(row: HardwareResource) -> Iterator[Metric]:
    where = " ".join(part for part in (str(row.location), row.pool) if part)
    if row.total:
        yield Metric(name="table_pct", object=where, value=100 * row.used / row.total)


_OF_FACT: Mapping[str, Callable[[Any], Iterator[Metric]]] = {
    "cpu": _cpu,
    "memory": _memory,
    "temperatures": _temperature,
    "optics": _optic,
    "interfaces": _interface,
    "table_use": _table,
    "hardware_resources": _resource,
}

METRICS: Mapping[str, tuple[str, str]] = {
    "cpu_pct": ("CPU 利用率", "%"),
    "memory_pct": ("内存利用率", "%"),
    "temperature_c": ("温度", "℃"),
    "rx_power_dbm": ("接收光功率", "dBm"),
    "tx_power_dbm": ("发送光功率", "dBm"),
    "bias_ma": ("偏置电流", "mA"),
    "errors": ("错包累计", "个"),
    "table_pct": ("表项利用率", "%"),
}
"""Chinese name and unit of each."""
