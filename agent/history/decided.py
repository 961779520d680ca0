"""What people decided and what was delivered: kept in the store, never made again, taken out by an export."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, tuple_
from sqlalchemy.engine import Engine

from agent.history import schema
from agent.history.database import looking, writing
from baselines.waivers import Waiver
from checks.lifecycle import Decision, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One document handed over."""

    site: str
    deliverable: str
    """What it is by the contract, e.g. `inspection`."""
    run_id: str
    file: str
    sha256: str
    at: datetime


def decisions(engine: Engine, site: str, problems: Iterable[Problem]) -> dict[str, Decision]:
    """Give what was last said of each of these problems, by its id, under whatever name of its device."""
    table = schema.decisions
    with looking(engine) as connection:
        rows = list(connection.execute(select(table).where(table.c.site == site).order_by(table.c.at)))
    said = {(row.device, row.check_id, row.object): row for row in rows}
    found: dict[str, Decision] = {}
    for problem in problems:
        names = (*problem.former_names, problem.device)
        known = [row for name in names if (row := said.get((name, problem.check_id, problem.object)))]
        if known:
            last = max(known, key=lambda row: row.at)
            found[problem.id] = Decision(owner=last.owner, due=last.due, note=last.note)
    return found


def decide(
    engine: Engine, site: str, said: Sequence[tuple[Problem, Decision]], at: datetime, by: str
) -> None:
    """Keep what is said of these problems, in place of what was said before."""
    table = schema.decisions
    rows = [
        {"site": site, "device": p.device, "check_id": p.check_id, "object": p.object, "at": at, "by": by}
        | asdict(decision)
        for p, decision in said
    ]
    keys = [(row["site"], row["device"], row["check_id"], row["object"]) for row in rows]
    if rows:
        with writing(engine) as connection:
            columns = (table.c.site, table.c.device, table.c.check_id, table.c.object)
            connection.execute(delete(table).where(tuple_(*columns).in_(keys)))
            connection.execute(insert(table), rows)


def keep_waivers(
    connection: Connection, site: str, run_id: str, at: datetime, given: Iterable[Waiver]
) -> None:
    """Keep the accepted risks that were given to a run, each once."""
    table = schema.waivers
    known = {row.digest for row in connection.execute(select(table.c.digest).where(table.c.site == site))}
    for waiver in given:
        told = waiver.model_dump(mode="json")
        digest = sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        if digest not in known:
            known.add(digest)
            row = {"site": site, "digest": digest, "waiver": told, "first_run_id": run_id, "at": at}
            connection.execute(insert(table).values(row))


def deliver(engine: Engine, delivery: Delivery) -> bool:
    """Enter a delivery into the ledger; False when it stands there already."""
    table = schema.deliveries
    told = asdict(delivery)
    same = [table.c[name] == told[name] for name in ("run_id", "deliverable", "file", "sha256")]
    with writing(engine) as connection:
        if connection.execute(select(table.c.id).where(*same)).first() is not None:
            return False
        connection.execute(insert(table).values(told))
        return True


def deliveries(engine: Engine, site: str | None = None) -> tuple[Delivery, ...]:
    """Give the ledger, the oldest first."""
    table = schema.deliveries
    columns = [table.c[name] for name in ("site", "deliverable", "run_id", "file", "sha256", "at")]
    wanted = select(*columns).order_by(table.c.at, table.c.id)
    if site is not None:
        wanted = wanted.where(table.c.site == site)
    with looking(engine) as connection:
        return tuple(Delivery(**row) for row in connection.execute(wanted).mappings())


def export(engine: Engine) -> dict[str, list[Mapping[str, Any]]]:
    """Give everything that is never made again, for JSON: times and days as ISO text."""
    with looking(engine) as connection:
        return {
            table.name: [
                {name: _plain(value) for name, value in row.items() if name != "id"}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in schema.DECIDED
        }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
