"""Leases on the files that wait, whose turn it is, and who changed a file's state from what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of `consumers.intake`; whatever is open waits in the order in which it came."""
    op.add_column("intake", sa.Column("lease_until", sa.String(32), nullable=False, server_default=""))
    op.add_column("intake", sa.Column("deaths", sa.Integer, nullable=False, server_default="0"))
    op.add_column("intake", sa.Column("turn", sa.BigInteger, nullable=True))
    op.execute("UPDATE intake SET turn = 0 WHERE state NOT IN ('confirmed', 'review', 'quarantined')")
    open_ones = sa.text("turn IS NOT NULL")
    op.create_index("ix_intake_turn", "intake", ["turn"], sqlite_where=open_ones, postgresql_where=open_ones)
    op.add_column("intake_event", sa.Column("actor", sa.Text, nullable=False, server_default=""))
    op.add_column("intake_event", sa.Column("before", sa.String(16), nullable=False, server_default=""))
