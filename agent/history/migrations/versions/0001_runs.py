"""Runs and what was found in them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of what is derived."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("interrupted", sa.Text, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("tool_version", sa.Text, nullable=False),
        sa.Column("checks", sa.JSON, nullable=False),
        sa.Column("inventory", sa.JSON, nullable=False),
    )
    op.create_index("ix_runs_site_started_at", "runs", ["site", "started_at"])
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.Text, _of("devices", "run_id", "runs"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("reached", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("serials", sa.JSON, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("collected_at", moment),
        sa.Column("score", sa.Float),
        sa.Column("outcomes", sa.JSON, nullable=False),
        sa.Column("ledger", sa.JSON, nullable=False),
        sa.Column("unsure", sa.JSON, nullable=False),
    )
    op.create_index("ix_devices_run_id", "devices", ["run_id"])
    op.create_index("ix_devices_name", "devices", ["name"])
    _per_device(
        "problems",
        ("check_id", "object"),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("accepted", sa.Boolean, nullable=False),
    )
    _per_device(
        "exposures",
        ("advisory_id",),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
    )
    _per_device(
        "metrics",
        ("name", "object"),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("limit", sa.Float),
    )


def _per_device(table: str, keys: tuple[str, ...], *columns: "sa.Column[object]") -> None:
    op.create_table(
        table,
        sa.Column("device_id", sa.Integer, _of(table, "device_id", "devices"), primary_key=True),
        *(sa.Column(key, sa.Text, primary_key=True) for key in keys),
        sa.Column("place", sa.Integer, nullable=False),
        *columns,
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{other}.id", ondelete="CASCADE", name=f"fk_{table}_{column}")
