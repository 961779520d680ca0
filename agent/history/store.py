"""The store itself: records of inspections put in, found again, and forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine, Row, Select, Table, delete, insert, select

from agent.history import schema
from agent.history.database import HistoryError, engine_for, looking, writing
from checks.exposure import ExposureState
from checks.metrics import Metric
from checks.record import DeviceRecord, FoundExposure, FoundProblem, InspectionRecord
from checks.verdict import Outcome, Severity
from collector.profile import ProfileName

_RECORD = TypeAdapter(InspectionRecord)


def dump_record(record: InspectionRecord) -> bytes:
    """Write a record as the run folder keeps it: JSON, UTF-8."""
    return _RECORD.dump_json(record)


def load_record(text: bytes) -> InspectionRecord:
    """Read it back; raises HistoryError for what is none."""
    try:
        return _RECORD.validate_json(text)
    except ValidationError as error:
        raise HistoryError(f"no record of an inspection: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run in the list of all."""

    id: str
    site: str
    customer: str
    kind: str
    profile: str
    started_at: datetime
    complete: bool
    interrupted: str
    score: float | None
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One measured value."""

    run: str
    object: str
    at: datetime
    value: float


class History:
    """All inspections that are remembered; to be closed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, data: Path, url: str = "") -> Self:
        """Open the store; raises HistoryError when that cannot be. Empty URL: SQLite in the data folder."""
        return cls(engine_for(url, data))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def record(self, text: bytes) -> None:
        """Remember an inspection, in place of what is remembered of the same run; whole or not at all."""
        self.record_all([text])

    def record_all(self, texts: Iterable[bytes]) -> None:
        """Remember several in one transaction."""
        with writing(self.engine) as connection:
            for text in texts:
                _put(connection, load_record(text), sha256(text).hexdigest())

    def digests(self) -> dict[str, str]:
        """Tell of every run that is remembered the digest of its record."""
        with looking(self.engine) as connection:
            rows = connection.execute(select(schema.runs.c.id, schema.runs.c.digest))
            return {row.id: row.digest for row in rows}

    def runs(self, site: str | None = None, last: int | None = None) -> tuple[RunRow, ...]:
        """List the runs, or the last few, the newest first."""
        columns = [schema.runs.c[each.name] for each in fields(RunRow)]
        wanted = select(*columns).order_by(schema.runs.c.started_at.desc(), schema.runs.c.id.desc())
        if site is not None:
            wanted = wanted.where(schema.runs.c.site == site)
        with looking(self.engine) as connection:
            wanted = wanted.limit(last)
            return tuple(RunRow(**row) for row in connection.execute(wanted).mappings())

    def records(
        self, site: str, *, before: datetime | None = None, measured: int | None = None
    ) -> tuple[InspectionRecord, ...]:
        """Give the inspections of a site, the oldest first: those planned `before` a moment.

        Where `measured` is given, exposures of none of them, and measured values of the last so many only.
        """
        wanted = select(schema.runs).where(schema.runs.c.site == site)
        if before is not None:
            wanted = wanted.where(schema.runs.c.started_at < before)
        wanted = wanted.order_by(schema.runs.c.started_at.desc(), schema.runs.c.id.desc())
        with looking(self.engine) as connection:
            return _records(connection, wanted, measured)

    def sites(self) -> tuple[str, ...]:
        """Name the sites of which inspections are remembered."""
        wanted = select(schema.runs.c.site).distinct().order_by(schema.runs.c.site)
        with looking(self.engine) as connection:
            return tuple(connection.execute(wanted).scalars())

    def values(self, site: str, device: str, metric: str) -> tuple[Value, ...]:
        """Give the values of one metric of a device by its name, by object and then time."""
        metrics, devices, runs = schema.metrics, schema.devices, schema.runs
        wanted = (
            select(runs.c.id, runs.c.started_at, devices.c.collected_at, metrics.c.object, metrics.c.value)
            .join(devices, devices.c.run_id == runs.c.id)
            .join(metrics, metrics.c.device_id == devices.c.id)
            .where(runs.c.site == site, devices.c.name == device, metrics.c.name == metric)
            .order_by(metrics.c.object, runs.c.started_at)
        )
        with looking(self.engine) as connection:
            return tuple(
                Value(run=r.id, object=r.object, at=r.collected_at or r.started_at, value=r.value)
                for r in connection.execute(wanted)
            )

    def get(self, run_id: str) -> InspectionRecord | None:
        """Give one inspection; None when it is not remembered."""
        with looking(self.engine) as connection:
            found = _records(connection, select(schema.runs).where(schema.runs.c.id == run_id))
        return found[0] if found else None

    def forget(self, run_ids: Iterable[str]) -> None:
        """Forget these inspections; what people decided stays."""
        with writing(self.engine) as connection:
            for run_id in run_ids:
                connection.execute(delete(schema.runs).where(schema.runs.c.id == run_id))

    def replace_all(self, texts: Iterable[bytes]) -> None:
        """Remember these inspections and no others, in one transaction; what people decided stays."""
        with writing(self.engine) as connection:
            for table in schema.DERIVED:
                connection.execute(delete(table))
            for text in texts:
                _put(connection, load_record(text), sha256(text).hexdigest())


def open_history(data: Path, url: str = "") -> "closing[History]":
    """Open the store for a `with` block."""
    return closing(History.open(data, url))


# --- writing -------------------------------------------------------------------------------------


def _put(connection: Connection, record: InspectionRecord, digest: str) -> None:
    connection.execute(delete(schema.runs).where(schema.runs.c.id == record.run_id))
    told = {each.name: getattr(record, each.name) for each in fields(record)}
    told |= {"id": told.pop("run_id"), "digest": digest, "profile": record.profile.value}
    told |= {"checks": list(record.checks), "inventory": list(record.inventory)}
    del told["devices"]
    connection.execute(insert(schema.runs).values(told))
    rows = [_device_row(record.run_id, place, device) for place, device in enumerate(record.devices)]
    if not rows:
        return
    put = insert(schema.devices).returning(schema.devices.c.id, sort_by_parameter_order=True)
    numbers = connection.execute(put, rows).scalars().all()
    for table, part in (
        (schema.problems, "problems"),
        (schema.exposures, "exposures"),
        (schema.metrics, "metrics"),
    ):
        found = [
            _row(value) | {"device_id": number, "place": place}
            for number, device in zip(numbers, record.devices, strict=True)
            for place, value in enumerate(getattr(device, part))
        ]
        if found:
            connection.execute(insert(table), found)


def _device_row(run_id: str, place: int, device: DeviceRecord) -> dict[str, Any]:
    told = {
        each.name: getattr(device, each.name)
        for each in fields(device)
        if each.name not in ("problems", "exposures", "metrics")
    }
    told |= {"run_id": run_id, "place": place, "serials": list(device.serials)}
    told |= {"outcomes": {outcome.value: count for outcome, count in device.outcomes.items()}}
    return told | {"unsure": {check: list(objects) for check, objects in device.unsure.items()}}


def _row(value: Any) -> dict[str, Any]:
    """The fields of one that was found, enumerations as their words."""
    told = {each.name: getattr(value, each.name) for each in fields(value)}
    return {name: getattr(each, "value", each) for name, each in told.items()}


# --- reading -------------------------------------------------------------------------------------

_By = dict[int, list[Any]]


def _records(
    connection: Connection, wanted: Select[Any], measured: int | None = None
) -> tuple[InspectionRecord, ...]:
    """The inspections that a query finds, the last row first."""
    rows = list(connection.execute(wanted))[::-1]
    ids = [row.id for row in rows]
    found = connection.execute(
        select(schema.devices)
        .where(schema.devices.c.run_id.in_(ids))
        .order_by(schema.devices.c.run_id, schema.devices.c.place)
    )
    devices: dict[str, list[Row[Any]]] = defaultdict(list)
    for device in found:
        devices[device.run_id].append(device)
    problems = _by_device(connection, schema.problems, ids, _problem)
    exposures = _by_device(connection, schema.exposures, ids if measured is None else [], _exposure)
    metrics = _by_device(
        connection, schema.metrics, ids if measured is None else ids[max(0, len(ids) - measured) :], _metric
    )
    return tuple(
        InspectionRecord(
            run_id=row.id,
            profile=ProfileName(row.profile),
            checks=tuple(row.checks),
            inventory=tuple(row.inventory),
            devices=tuple(_device(each, problems, exposures, metrics) for each in devices[row.id]),
            **_taken(row, InspectionRecord, ("run_id", "profile", "checks", "inventory", "devices")),
        )
        for row in rows
    )


def _taken(row: Row[Any], kind: type[Any], but: Sequence[str]) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(kind) if each.name not in but}


def _by_device(connection: Connection, table: Table, runs: Sequence[str], read: Any) -> _By:
    if not runs:
        return defaultdict(list)
    devices = select(schema.devices.c.id).where(schema.devices.c.run_id.in_(runs))
    # Sorted here: asked to, the database may rather go through the whole table in the order of its key.
    rows = sorted(
        connection.execute(select(table).where(table.c.device_id.in_(devices))), key=lambda row: row.place
    )
    found: _By = defaultdict(list)
    for row in rows:
        found[row.device_id].append(read(row))
    return found


def _device(row: Row[Any], problems: _By, exposures: _By, metrics: _By) -> DeviceRecord:
    known = ("serials", "outcomes", "unsure", "problems", "exposures", "metrics")
    return DeviceRecord(
        serials=tuple(row.serials),
        outcomes={Outcome(word): count for word, count in row.outcomes.items()},
        unsure={check: tuple(objects) for check, objects in row.unsure.items()},
        problems=tuple(problems[row.id]),
        exposures=tuple(exposures[row.id]),
        metrics=tuple(metrics[row.id]),
        **_taken(row, DeviceRecord, known),
    )


def _problem(row: Row[Any]) -> FoundProblem:
    return FoundProblem(
        check_id=row.check_id,
        object=row.object,
        severity=Severity(row.severity),
        message=row.message,
        number=row.number,
        accepted=row.accepted,
    )


def _exposure(row: Row[Any]) -> FoundExposure:
    return FoundExposure(advisory_id=row.advisory_id, state=ExposureState(row.state), severity=row.severity)


def _metric(row: Row[Any]) -> Metric:
    return Metric(name=row.name, object=row.object, value=row.value, limit=row.limit)
