"""What further versions a record in quarantine has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is in quarantine already has none, and a version that is found later keeps it from going."""
    op.add_column("disposal_item", sa.Column("versions", sa.Text, nullable=False, server_default=""))
