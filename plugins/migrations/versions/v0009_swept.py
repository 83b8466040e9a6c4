"""Documents that lay in the DMS already and were asked for, and what labels they showed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of `plugins.sweeping.tables`."""
    op.create_table(
        "swept",
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("again", sa.Boolean, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("rounds", sa.Integer, nullable=False),
        sa.Column("rounds_on", sa.String(10), nullable=False),
        sa.Column("taken_by", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_swept_state", "swept", ["state"])
    op.create_table(
        "shown_label",
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("label", sa.String(100), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("ours", sa.Boolean, nullable=False),
    )
    op.create_table(
        "looked_for_changes",
        sa.Column("what", sa.String(32), primary_key=True),
        sa.Column("until", sa.String(32), nullable=False),
    )
