"""Custody and personal-data requests: loans, hand-overs, requests, restrictions, who is on which record."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from retention.custody.custody_tables import CUSTODY_TRIGGERS
from retention.requests.request_tables import REQUEST_TRIGGERS

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of `retention.custody.custody_tables` and `retention.requests.request_tables`, with their triggers."""
    _loans()
    _hand_overs()
    _people()
    _requests()
    _restrictions()
    dialect = op.get_bind().dialect.name
    for statement in (*CUSTODY_TRIGGERS[dialect], *REQUEST_TRIGGERS[dialect]):
        op.execute(statement)
    connection = op.get_bind()
    filed = sa.text("SELECT COUNT(*) FROM register WHERE action IN ('filed', 'adopted')")
    if connection.execute(filed).scalar_one():
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        connection.execute(sa.text("INSERT INTO unindexed_people (since) VALUES (:now)"), {"now": now})


def _loans() -> None:
    op.create_table(
        "loan",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("level", sa.String(100), nullable=False),
        *_texts("borrower", "department", "purpose", "approved_by", "lent_by"),
        sa.Column("lent_at", sa.String(32), nullable=False),
        sa.Column("lent_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("renewals", sa.Integer, nullable=False),
        sa.Column("returned_on", sa.Date),
        sa.Column("returned_at", sa.String(32), nullable=False),
        *_texts("returned_by", "condition"),
    )
    op.create_index("ix_loan_key", "loan", ["scope", "key"])
    op.create_index("ix_loan_returned_at", "loan", ["returned_at"])


def _hand_overs() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("sort", sa.String(16), nullable=False),
        *_texts("department", "receiver"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("proposed_at", sa.String(32), nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("given_at", sa.String(32), nullable=False),
        sa.Column("received_by", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("done_at", sa.String(32), nullable=False),
        sa.Column("done_on", sa.Date),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.String(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "hand_over_item",
        sa.Column("hand_over_id", sa.Integer, sa.ForeignKey("hand_over.id"), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("dossier", sa.String(200), nullable=False),
        sa.Column("level", sa.String(100), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("shown_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_hand_over_item_record", "hand_over_item", ["dms_id"])


def _people() -> None:
    op.create_table(
        "person_paper",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
    )
    op.create_index("ix_person_paper_record", "person_paper", ["dms_id"])
    op.create_table("unindexed_people", sa.Column("since", sa.String(32), primary_key=True))


def _requests() -> None:
    op.create_table(
        "personal_request",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("old_digest", sa.String(64), nullable=False),
        sa.Column("masked", sa.String(40), nullable=False),
        *_texts("channel", "words", "received_by"),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        *_texts("extended_because", "checked_how", "checked_by"),
        sa.Column("checked_at", sa.String(32), nullable=False),
        sa.Column("found_at", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("answered_by", sa.Text, nullable=False),
        sa.Column("answered_at", sa.String(32), nullable=False),
        sa.Column("answered_on", sa.Date),
        *_texts("answer", "closed_by"),
        sa.Column("closed_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_personal_request_digest", "personal_request", ["digest"])
    op.create_table(
        "personal_request_item",
        sa.Column("request_id", sa.Integer, sa.ForeignKey("personal_request.id"), primary_key=True),
        sa.Column("dms_id", sa.String(100), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("others", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("appraisal_id", sa.Integer),
    )
    op.create_index("ix_personal_request_item_record", "personal_request_item", ["dms_id"])


def _restrictions() -> None:
    op.create_table(
        "restriction",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("request_id", sa.Integer, sa.ForeignKey("personal_request.id"), nullable=False),
        sa.Column("dms_id", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        *_texts("reason", "who"),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("lifted_by", sa.Text, nullable=False),
        sa.Column("lifted_at", sa.String(32), nullable=False),
        sa.Column("lifted_because", sa.Text, nullable=False),
    )
    op.create_index("ix_restriction_request_id", "restriction", ["request_id"])
    op.create_index("ix_restriction_record", "restriction", ["dms_id"])
    op.create_index("ix_restriction_state", "restriction", ["state"])


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)
