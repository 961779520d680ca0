"""The inspection as JSON for other programs; `inspection.schema.json` describes it."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import singledispatch
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from checks.inspection import Inspection
from checks.verdict import Verdict
from parsers.config_tree import ConfigTree
from parsers.facts import FACT_NAMES, Facts, Known, Partial, Unknown, UnreadLine
from parsers.masking import mask_data, mask_line
from reports.output import write_atomically

SCHEMA_VERSION = 1


def write_json(inspection: Inspection, path: Path) -> None:
    """Write the whole inspection, configurations excepted; equal inspections give equal bytes."""
    text = json.dumps(as_data(inspection), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    # A lone surrogate, left from an undecodable byte, becomes its JSON escape.
    content = text.encode("utf-8", errors="backslashreplace")
    write_atomically(path, lambda draft: draft.write_bytes(content))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    loaded: dict[str, Any] = json.loads((files("reports") / "inspection.schema.json").read_text("utf-8"))
    return loaded


def as_data(inspection: Inspection) -> dict[str, Any]:
    """The inspection in lists, dictionaries, strings and numbers."""
    return {"schema_version": SCHEMA_VERSION} | _fields(inspection)


@singledispatch
def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, str | int | float | None):
        return value
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _fields(value: Any) -> dict[str, Any]:
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}


@_plain.register
def _(value: Enum) -> Any:
    return value.value


@_plain.register
def _(value: date) -> str:
    return value.isoformat()


@_plain.register
def _(value: BaseModel) -> Any:
    # The logo is a path on the machine that made the report.
    return value.model_dump(mode="json", exclude={"logo"})


@_plain.register(tuple)
def _(value: tuple[Any, ...]) -> list[Any]:
    return [_plain(item) for item in value]


@_plain.register(Mapping)
def _(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain(item) for key, item in value.items()}


@_plain.register
def _(value: Known) -> dict[str, Any]:  # type: ignore[type-arg]
    return {"status": "known"} | _fields(value)


@_plain.register
def _(value: Partial) -> dict[str, Any]:  # type: ignore[type-arg]
    return {"status": "partial"} | _fields(value)


@_plain.register
def _(value: Unknown) -> dict[str, Any]:
    return {"status": "unknown"} | _fields(value)


@_plain.register
def _(value: ConfigTree) -> dict[str, Any]:
    # Its lines may hold secrets, which stay in the raw capture alone.
    return {"command": value.command, "capture": value.capture}


@_plain.register
def _(value: Facts) -> dict[str, Any]:
    return {name: mask_data(_plain(getattr(value, name))) for name in FACT_NAMES}


@_plain.register
def _(value: UnreadLine) -> dict[str, Any]:
    return {"command": value.command, "number": value.number, "text": mask_line(value.text)}


@_plain.register
def _(value: Verdict) -> dict[str, Any]:
    return _fields(value) | {"outcome": value.outcome.value, "severity": _plain(value.severity)}
