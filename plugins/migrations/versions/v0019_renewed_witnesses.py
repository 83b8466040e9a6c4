"""When a witness got a new passphrase on the word of others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: whoever is registered already counts as registered for the first time."""
    op.add_column("witness", sa.Column("renewed_at", sa.String(32), nullable=False, server_default=""))
