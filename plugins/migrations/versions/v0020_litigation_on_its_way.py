"""Litigation papers on their way into the DMS."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "litigation_on_its_way",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("dossier", sa.String(200), nullable=False),
    )
    op.create_index("ix_litigation_on_its_way_dossier", "litigation_on_its_way", ["dossier"])
