"""What is kept how long: versions of the schedule, the rule of each record, events, holds, litigation."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from retention.keeping_tables import KEEPING_TRIGGERS

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of `retention.keeping_tables`, with their triggers."""
    _rules()
    _events()
    _holds()
    for statement in KEEPING_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT COUNT(*) FROM register WHERE action = 'filed'")).scalar_one():
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        connection.execute(sa.text("INSERT INTO unnoted_records (since) VALUES (:now)"), {"now": now})


def _rules() -> None:
    op.create_table(
        "schedule_version",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("dated", sa.Date, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("first_used_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "kept_rule",
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("schedule", sa.String(64), sa.ForeignKey("schedule_version.sha256"), nullable=False),
        sa.Column("rule", sa.String(100), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("labelled", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("dossier", sa.String(200), nullable=False),
        sa.Column("part_of", sa.String(64), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
    )
    op.create_index("ix_kept_rule_dossier", "kept_rule", ["dossier"])
    op.create_index("ix_kept_rule_part_of", "kept_rule", ["part_of"])
    op.create_index("ix_kept_rule_rule", "kept_rule", ["schedule", "rule"])
    op.create_table("unnoted_records", sa.Column("since", sa.String(32), primary_key=True))


def _events() -> None:
    op.create_table(
        "happening",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("told_by", sa.String(100), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("withdraws", sa.Integer, sa.ForeignKey("happening.id"), unique=True),
    )
    op.create_index("ix_happening_scope", "happening", ["scope", "key"])
    op.create_index("ix_happening_told_by", "happening", ["told_by"])


def _holds() -> None:
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("sort", sa.String(16), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("mandate", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("listed_at", sa.String(32), nullable=False),
        sa.Column("released_at", sa.String(32), nullable=False),
        sa.Column("released_by", sa.Text, nullable=False),
        sa.Column("release_reason", sa.Text, nullable=False),
    )
    op.create_index("ix_hold_scope", "hold", ["scope"])
    op.create_index("ix_hold_released_at", "hold", ["released_at"])
    op.create_table(
        "hold_record",
        sa.Column("hold_id", sa.Integer, sa.ForeignKey("hold.id"), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("why", sa.String(8), primary_key=True),
    )
    op.create_index("ix_hold_record_record", "hold_record", ["dms_id"])
    op.create_table(
        "litigation",
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("dossier", sa.String(200), nullable=False),
        sa.Column("dated", sa.Date),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
    )
    op.create_index("ix_litigation_dossier", "litigation", ["dossier"])
