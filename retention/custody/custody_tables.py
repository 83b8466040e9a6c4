"""The tables of loans and hand-overs. A row is never deleted: triggers in the database refuse it, beside the code."""

from __future__ import annotations

from sqlalchemy import DDL, Column, Date, ForeignKey, Index, Integer, String, Table, Text, event

from retention.tables import metadata

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
    Column("lent_by", Text, nullable=False),
    Column("lent_at", String(32), nullable=False),
    Column("lent_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("renewals", Integer, nullable=False),
    # NULL and empty while it is out.
    Column("returned_on", Date),
    Column("returned_at", String(32), nullable=False),
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
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", String(32), nullable=False),
    # Empty until each side has confirmed; `done_at` until both have.
    Column("given_by", Text, nullable=False),
    Column("given_at", String(32), nullable=False),
    Column("received_by", Text, nullable=False),
    Column("received_at", String(32), nullable=False),
    Column("done_at", String(32), nullable=False),
    Column("done_on", Date),
    Column("withdrawn_by", Text, nullable=False),
    Column("withdrawn_at", String(32), nullable=False),
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
    Column("shown_at", String(32), nullable=False),
    Index("ix_hand_over_item_record", "dms_id"),
)

NEVER_DELETED = ("loan", "hand_over", "hand_over_item")

CUSTODY_TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER {name}_refuses_delete BEFORE DELETE ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{name}: custody is never deleted'); END"
        for name in NEVER_DELETED
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION custody_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': custody is never deleted';
        END $$""",
        *(
            f"CREATE TRIGGER {name}_refuses_delete BEFORE DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION custody_refuse()"
            for name in NEVER_DELETED
        ),
    ),
}
"""What each dialect executes after all tables above were made, in this order."""

for _dialect, _statements in CUSTODY_TRIGGERS.items():
    for _statement in _statements:
        _made = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this one untyped
        _about = next((name for name in NEVER_DELETED if f" ON {name} " in _statement), "loan")
        # `loan` is made before the others: the function is there when their triggers call it.
        event.listen(metadata.tables[_about], "after_create", _made.execute_if(dialect=_dialect))
