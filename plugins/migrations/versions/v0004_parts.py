"""Files that are filed in parts: what was cut out of what, and the divisions that were decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of `consumers.intake` and make the table of `plugins.batches.divisions`."""
    op.add_column("intake", sa.Column("part_of", sa.String(32), nullable=False, server_default=""))
    for name in ("first_page", "last_page"):
        op.add_column("intake", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_intake_part_of", "intake", ["part_of"])
    op.create_table(
        "division",
        sa.Column("intake_id", sa.String(32), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("ranges", sa.Text, nullable=False),
    )
