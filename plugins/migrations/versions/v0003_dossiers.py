"""Dossiers: their level, what was merged into what, and the numbers that their records bear."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the tables of `retention.tables`."""
    for name, length in (("level", 100), ("merged_into", 200)):
        op.add_column("dossier", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_table(
        "dossier_number",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.String(200), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("dossier", sa.String(200), nullable=False),
    )
    op.create_index("ix_dossier_number_dossier", "dossier_number", ["dossier"])
    op.create_index("ix_dossier_number_record", "dossier_number", ["dms_id"])
    _merging()


def _merging() -> None:
    op.create_table(
        "dossier_merge",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String(200), nullable=False, unique=True),
        sa.Column("target", sa.String(200), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sa.Column("listed_at", sa.String(32), nullable=False),
        sa.Column("done_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "dossier_merge_record",
        sa.Column("merge_id", sa.Integer, sa.ForeignKey("dossier_merge.id"), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
    )
