"""The tables of the store. What people decided is apart from what can be made again from run folders.

A change here goes with a new file in `migrations/versions` and its number in HEAD.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

HEAD = "0002"
"""The last migration."""


class Moment(TypeDecorator[datetime]):
    """A point of time: aware in the program, UTC in every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store UTC; raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Give it back aware; SQLite forgets the zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def _of(table: str, *, key: bool = False) -> Column[Any]:
    """A column that names a row of another table and goes with it."""
    kind = Text if table == "runs" else Integer
    return Column(
        f"{table.removesuffix('s')}_id",
        kind,
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=key,
    )


# --- derived: made again from run folders by `xunjian history rebuild` ----------------------------

runs = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # of the record, to see whether it is the same
    Column("site", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("interrupted", Text, nullable=False),
    Column("score", Float),
    Column("grade", Text, nullable=False),
    Column("tool_version", Text, nullable=False),
    Column("checks", JSON, nullable=False),
    Column("inventory", JSON, nullable=False),
    Index(None, "site", "started_at"),
)

devices = Table(
    "devices",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of("runs"),
    Column("place", Integer, nullable=False),  # in the order of the run
    Column("name", Text, nullable=False),
    Column("reached", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("serials", JSON, nullable=False),
    Column("platform", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("collected_at", Moment),
    Column("score", Float),
    Column("outcomes", JSON, nullable=False),
    Column("ledger", JSON, nullable=False),
    Column("unsure", JSON, nullable=False),
    Index(None, "run_id"),
    Index(None, "name"),
)

problems = Table(
    "problems",
    METADATA,
    _of("devices", key=True),
    Column("check_id", Text, primary_key=True),
    Column("object", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("accepted", Boolean, nullable=False),
)

exposures = Table(
    "exposures",
    METADATA,
    _of("devices", key=True),
    Column("advisory_id", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("severity", Text, nullable=False),
)

metrics = Table(
    "metrics",
    METADATA,
    _of("devices", key=True),
    Column("name", Text, primary_key=True),
    Column("object", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("value", Float, nullable=False),
    Column("limit", Float),
)

# --- what people decided, and what was handed over: never made again ------------------------------

decisions = Table(
    "decisions",
    METADATA,
    Column("site", Text, primary_key=True),
    Column("device", Text, primary_key=True),  # as it was called then
    Column("check_id", Text, primary_key=True),
    Column("object", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("due", Date),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),  # account of the machine
)

waivers = Table(
    "waivers",
    METADATA,
    Column("site", Text, primary_key=True),
    Column("digest", Text, primary_key=True),  # of the waiver
    Column("waiver", JSON, nullable=False),
    Column("first_run_id", Text, nullable=False),  # in which it was given
    Column("at", Moment, nullable=False),
)

deliveries = Table(
    "deliveries",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("site", Text, nullable=False),
    Column("deliverable", Text, nullable=False),
    Column("run_id", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("run_id", "deliverable", "file", "sha256", name="uq_deliveries"),
    Index(None, "site", "at"),
)

DERIVED = (metrics, exposures, problems, devices, runs)
"""Each after those that refer to it."""
DECIDED = (decisions, waivers, deliveries)
