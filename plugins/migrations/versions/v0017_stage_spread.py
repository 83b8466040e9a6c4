"""How long files took in each stage: how many up to which bound, not sums alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table anew, with the bound in its key; of what was summed up before nobody knows it any more (0)."""
    kept = [dict(row) for row in op.get_bind().execute(sa.text("SELECT * FROM intake_stage")).mappings()]
    op.drop_table("intake_stage")
    made = op.create_table(
        "intake_stage",
        sa.Column("stage", sa.String(16), primary_key=True),
        sa.Column("shard", sa.String(2), primary_key=True),
        sa.Column("up_to_ms", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("files", sa.BigInteger, nullable=False),
        sa.Column("pages", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.bulk_insert(made, [row | {"up_to_ms": 0} for row in kept])
