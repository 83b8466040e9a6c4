"""The first schema: intake with its events and filing rights, dossiers, the register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from retention.tables import REGISTER_TRIGGERS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table; the register's triggers are those of `retention.tables`."""
    _intake()
    _retention()
    for statement in REGISTER_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _intake() -> None:
    op.create_table(
        "intake",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("dms_id", sa.Text, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
    )
    op.create_index("ix_intake_state", "intake", ["state"])
    op.create_index("ix_intake_sha256", "intake", ["sha256"])
    op.create_table(
        "intake_event",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("intake_id", sa.String(32), sa.ForeignKey("intake.id"), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("ix_intake_event_intake_id", "intake_event", ["intake_id"])
    op.create_table(
        "filing_right",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("intake_id", sa.String(32), sa.ForeignKey("intake.id"), nullable=False),
    )


def _retention() -> None:
    op.create_table(
        "dossier",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("unit", sa.String(100), nullable=False),
        sa.Column("project", sa.String(100), nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
    )
    op.create_index("ix_dossier_unit", "dossier", ["unit"])
    op.create_table(
        "register",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("prev", sa.String(64), nullable=False, unique=True),
        sa.Column("hash", sa.String(64), nullable=False),
    )
