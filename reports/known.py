"""Reading facts for tables: the value, or in words why there is none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable

from checks.inspection import DeviceReport, Inspection
from checks.words import FACT_WORDS, REASON_WORDS
from parsers.facts import Known, Partial, Unknown
from reports import style
from reports.section import note
from reports.tables import Cell, alike, grid


def fact(report: DeviceReport, name: str) -> Known[Any] | Partial[Any] | Unknown:
    """Give a fact of a device by its name; for a device that was not inspected, the reason why."""
    found: Known[Any] | Partial[Any] | Unknown = getattr(report.facts, name)
    if isinstance(found, Unknown) and report.reason is not None:
        return Unknown(report.reason, report.detail)
    return found


def value(report: DeviceReport, name: str) -> Any | None:
    """Give the value of a fact, None where it is not known."""
    found = fact(report, name)
    return None if isinstance(found, Unknown) else found.value


def why_unknown(report: DeviceReport, name: str) -> str:
    """Say in a table cell why a fact is not known, e.g. `未取得（账号权限不足）`."""
    found = fact(report, name)
    return f"未取得（{REASON_WORDS[found.reason]}）" if isinstance(found, Unknown) else ""


def one_line(report: DeviceReport, name: str, say: Callable[[Any], str]) -> str:
    """Say a fact in one table cell, or why it is not known."""
    found = value(report, name)
    return why_unknown(report, name) if found is None else say(found)


DEVICE_SHARE = 0.22
"""Width of the column of device names, relative to all others together."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A table over all devices of one fact; the first column is the device."""

    fact: str
    header: tuple[str, ...]
    shares: tuple[float, ...]
    rows: Callable[[DeviceReport, Any], Iterable[Sequence[Cell]]]
    """Cells after the device's name."""
    wide: bool = False
    joined: bool = False
    """The first cell names an object; a device's objects that are otherwise alike share a row."""
    nothing: str = "设备均报告没有此类对象"
    """Printed when the fact is known everywhere and there are no rows."""


def detail_table(inspection: Inspection, detail: Detail) -> list[Flowable]:
    """Print the table, and below it which of the inspected devices it does not cover and why.

    Devices whose rows do not differ share a row.
    """
    rows: list[list[Cell]] = []
    for report in inspection.devices:
        found = value(report, detail.fact)
        if found is not None:
            own = [[report.device.name, *row] for row in detail.rows(report, found)]
            rows += alike(own, 1) if detail.joined else own
    rows = alike(rows, 0)
    remarks = detail_remarks(inspection, detail.fact)
    header = ("设备", *detail.header)
    shares = (DEVICE_SHARE * sum(detail.shares), *detail.shares)
    if not rows:
        known = any(value(report, detail.fact) is not None for report in inspection.devices)
        said = detail.nothing if known else f"没有取得任何设备的「{FACT_WORDS[detail.fact]}」数据"
        return [note(f"{said}。"), *remarks]
    return [*grid(header, rows, shares, wide=detail.wide, cell=style.CELL_SMALL), *remarks]


def detail_remarks(inspection: Inspection, name: str) -> list[Flowable]:
    """Say of which inspected devices a fact is known in part or not at all, and why."""
    return [*_partly(inspection, name), *_missing(inspection, name)]


def left_out(inspection: Inspection) -> list[Flowable]:
    """Say once, before many tables, which devices none of them covers."""
    names = [report.device.name for report in inspection.devices if not report.reached]
    return [note(f"以下各表不含未能巡检的设备：{'、'.join(names)}。")] if names else []


def _missing(inspection: Inspection, name: str) -> list[Flowable]:
    reasons: dict[str, list[str]] = {}
    for report in inspection.reached:
        found = fact(report, name)
        if isinstance(found, Unknown):
            reasons.setdefault(REASON_WORDS[found.reason], []).append(report.device.name)
    said = "；".join(f"{reason}：{'、'.join(devices)}" for reason, devices in reasons.items())
    return [note(f"未取得数据的设备——{said}。")] if said else []


def _partly(inspection: Inspection, name: str) -> list[Flowable]:
    partly = [r.device.name for r in inspection.devices if isinstance(fact(r, name), Partial)]
    return [note(f"部分回显行未能识别、数据可能不全的设备：{'、'.join(partly)}。")] if partly else []
