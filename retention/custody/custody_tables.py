"""The tables of loans and hand-overs. A row is never deleted: triggers in the database refuse it, beside the code."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from retention.acts import act, moment
from retention.tables import metadata
from retention.triggers import execute_with, refusing_deletion

loan = Table(
    "loan",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # `record` or `dossier`; the key is the record's id or the dossier's key as it was then.
    Column("scope", String(8), nullable=False),
    Column("key", String(200), nullable=False),
    # Empty for a dossier.
    Column("sha256", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("category", String(100), nullable=False),
    Column("level", String(100), nullable=False),
    Column("borrower", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    *act("lent"),
    Column("lent_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("renewals", Integer, nullable=False),
    # NULL and empty while it is out.
    Column("returned_on", Date),
    moment("returned_at"),
    Column("returned_by", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Index("ix_loan_key", "scope", "key"),
    Index("ix_loan_returned_at", "returned_at"),
)

hand_over = Table(
    "hand_over",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # `department`: a department gives its papers to the archive. `transfer`: the archive gives what an appraisal has decided.
    Column("sort", String(16), nullable=False),
    Column("department", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    # What the list was when it was written (`retention.custody.hand_over.list_digest`).
    Column("digest", String(64), nullable=False),
    *act("proposed"),
    # Empty until each side has confirmed; `done_at` until both have.
    *act("given"),
    *act("received"),
    moment("done_at"),
    Column("done_on", Date),
    *act("withdrawn"),
    Column("note", Text, nullable=False),
)

hand_over_item = Table(
    "hand_over_item",
    metadata,
    Column("hand_over_id", Integer, ForeignKey("hand_over.id"), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("category", String(100), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("dossier", String(200), nullable=False),
    Column("level", String(100), nullable=False),
    Column("pages", Integer, nullable=False),
    # Empty until the DMS shows that it was handed over.
    moment("shown_at"),
    Index("ix_hand_over_item_record", "dms_id"),
)

CUSTODY_TRIGGERS = refusing_deletion(
    ("loan", "hand_over", "hand_over_item"), "custody", "custody is never deleted"
)
"""What each dialect executes after all tables above were made, in this order."""

# `loan` is made before the others: the function is there when their triggers call it.
execute_with(CUSTODY_TRIGGERS, loan, hand_over, hand_over_item)
