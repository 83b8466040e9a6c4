"""Archive serial numbers, and by what a paper that is scanned again is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of `plugins.archiving.serials` and `plugins.archiving.rescans`."""
    op.create_table(
        "archive_serial",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_table(
        "paper",
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("looks", sa.Text, nullable=False),
    )
    op.create_table(
        "paper_key",
        sa.Column("key", sa.String(20), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
    )
    op.create_index("ix_paper_key_dms_id", "paper_key", ["dms_id"])
