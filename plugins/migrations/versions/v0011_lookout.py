"""Who is at work, what filing has cost by stage, and which troubles were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of `plugins.lookout`."""
    op.create_table(
        "presence",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("host", sa.String(64), nullable=False),
        sa.Column("began", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("processes", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("oldest", sa.Float, nullable=False),
    )
    op.create_table(
        "intake_stage",
        sa.Column("stage", sa.String(16), primary_key=True),
        sa.Column("shard", sa.String(2), primary_key=True),
        sa.Column("files", sa.BigInteger, nullable=False),
        sa.Column("pages", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.create_table(
        "alarm",
        sa.Column("trouble", sa.String(32), primary_key=True),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("told", sa.String(32), nullable=False),
        sa.Column("taken", sa.String(32), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
    )
