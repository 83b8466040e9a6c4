"""An index by which a manifest's checksum is compared at every destruction without reading the manifest."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_disposal_manifest", "disposal", ["manifest_sha256", "begun_at"])
