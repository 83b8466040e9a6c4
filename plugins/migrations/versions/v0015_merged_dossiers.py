"""An index on what dossiers were merged into."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_dossier_merged_into", "dossier", ["merged_into"])
