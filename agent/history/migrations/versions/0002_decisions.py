"""What people decided, and what was delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of what is never made again."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "decisions",
        *(sa.Column(key, sa.Text, primary_key=True) for key in ("site", "device", "check_id", "object")),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_table(
        "waivers",
        *(sa.Column(key, sa.Text, primary_key=True) for key in ("site", "digest")),
        sa.Column("waiver", sa.JSON, nullable=False),
        sa.Column("first_run_id", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("site", "deliverable", "run_id", "file", "sha256")
        ),
        sa.Column("at", moment, nullable=False),
        sa.UniqueConstraint("run_id", "deliverable", "file", "sha256", name="uq_deliveries"),
    )
    op.create_index("ix_deliveries_site_at", "deliveries", ["site", "at"])
