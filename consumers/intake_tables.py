"""The tables of intake: a row a file, an event a change of state, and the right to file bytes."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa

State = Literal[
    "claimed", "read", "labelled", "sent", "confirmed", "review", "quarantined", "retry", "discarded"
]

FINAL: tuple[State, ...] = ("confirmed", "review", "quarantined", "discarded")
"""States that nothing follows by itself: filed, filed and waiting for a person, set aside, and discarded by a person."""

metadata = sa.MetaData()

intake = sa.Table(
    "intake",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("owner", sa.String(32), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try", sa.String(32), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("dms_id", sa.Text, nullable=False),
    sa.Column("since", sa.String(32), nullable=False),
    sa.Column("part_of", sa.String(32), nullable=False, server_default="", index=True),
    sa.Column("first_page", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_page", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lease_until", sa.String(32), nullable=False, server_default=""),
    sa.Column("deaths", sa.Integer, nullable=False, server_default="0"),
    # When it is its turn (`turn_of`); NULL once nothing is left to do, which keeps the index below as short as the queue.
    sa.Column("turn", sa.BigInteger, nullable=True),
    sa.Index("ix_intake_sha256", "sha256"),
    sa.Index(
        "ix_intake_turn",
        "turn",
        sqlite_where=sa.text("turn IS NOT NULL"),
        postgresql_where=sa.text("turn IS NOT NULL"),
    ),
)

intake_event = sa.Table(
    "intake_event",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("intake_id", sa.String(32), sa.ForeignKey("intake.id"), nullable=False, index=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("actor", sa.Text, nullable=False, server_default=""),
    sa.Column("before", sa.String(16), nullable=False, server_default=""),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)

filing_right = sa.Table(
    "filing_right",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("intake_id", sa.String(32), sa.ForeignKey("intake.id"), nullable=False),
)
