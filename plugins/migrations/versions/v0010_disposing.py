"""Appraisal and disposal: batches, opinions, quarantine, witnesses, tombstones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from retention.disposing.disposing_tables import DISPOSING_TRIGGERS

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of `retention.disposing.disposing_tables`, with their triggers."""
    _appraisals()
    _disposals()
    _witnesses()
    for statement in DISPOSING_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _appraisals() -> None:
    op.create_table(
        "appraisal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("schedule", sa.String(64), nullable=False),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("proposed_at", sa.String(32), nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("approved_at", sa.String(32), nullable=False),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.String(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "appraisal_item",
        sa.Column("appraisal_id", sa.Integer, sa.ForeignKey("appraisal.id"), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("dossier", sa.String(200), nullable=False),
        sa.Column("confidentiality", sa.String(100), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("rule", sa.String(100), nullable=False),
        sa.Column("rule_name", sa.Text, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("schedule", sa.String(64), nullable=False),
        sa.Column("period", sa.String(32), nullable=False),
        sa.Column("disposition", sa.String(16), nullable=False),
        sa.Column("cutoff_event", sa.String(32), nullable=False),
        sa.Column("cutoff_on", sa.Date, nullable=False),
        sa.Column("retain_until", sa.Date, nullable=False),
        sa.Column("why_zh", sa.Text, nullable=False),
        sa.Column("why_en", sa.Text, nullable=False),
        sa.Column("blocks", sa.Text, nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("kept_until", sa.Date),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_appraisal_item_record", "appraisal_item", ["dms_id"])
    op.create_table(
        "appraisal_opinion",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("appraisal_id", sa.Integer, sa.ForeignKey("appraisal.id"), nullable=False),
        sa.Column("side", sa.String(16), nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("opinion", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("ix_appraisal_opinion_appraisal_id", "appraisal_opinion", ["appraisal_id"])


def _disposals() -> None:
    op.create_table(
        "disposal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("appraisal_id", sa.Integer, sa.ForeignKey("appraisal.id"), nullable=False, unique=True),
        sa.Column("started_by", sa.Text, nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("quarantine_until", sa.Date, nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("manifest_sha256", sa.String(64), nullable=False),
        sa.Column("begun_by", sa.Text, nullable=False),
        sa.Column("begun_at", sa.String(32), nullable=False),
        sa.Column("done_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "disposal_item",
        sa.Column("disposal_id", sa.Integer, sa.ForeignKey("disposal.id"), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("ix_disposal_item_record", "disposal_item", ["dms_id"])
    op.create_table(
        "tombstone",
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("dossier", sa.String(200), nullable=False),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("rule", sa.String(100), nullable=False),
        sa.Column("cutoff_on", sa.Date, nullable=False),
        sa.Column("retain_until", sa.Date, nullable=False),
        sa.Column("appraisal_id", sa.Integer, nullable=False),
        sa.Column("disposal_id", sa.Integer, nullable=False),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("witnesses", sa.Text, nullable=False),
        sa.Column("executed_by", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )


def _witnesses() -> None:
    op.create_table(
        "witness",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("vouched_by", sa.Text, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.create_table(
        "disposal_witness",
        sa.Column("disposal_id", sa.Integer, sa.ForeignKey("disposal.id"), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("manifest_sha256", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
    )
