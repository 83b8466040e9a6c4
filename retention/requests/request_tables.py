"""The tables of personal-data requests. Of an ID number only a keyed digest and its masked form are kept.

Requests and restrictions are never deleted: triggers in the database refuse it, beside the code.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Date, ForeignKey, Index, Integer, String, Table, Text, event

from retention.tables import metadata

person_paper = Table(
    "person_paper",
    metadata,
    # HMAC-SHA256, in hex, of an ID number on the record, under the archive's secret.
    Column("digest", String(64), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Index("ix_person_paper_record", "dms_id"),
)

unindexed = Table(
    "unindexed_people",
    metadata,
    # A row stands here while records that were filed before the table above was made are not in it yet.
    Column("since", String(32), primary_key=True),
)

request = Table(
    "personal_request",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # See `retention.requests.request`.
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    # Of the 15 places that the number had before 2000, where there is one.
    Column("old_digest", String(64), nullable=False),
    Column("masked", String(40), nullable=False),
    Column("channel", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("received_by", Text, nullable=False),
    Column("received_at", String(32), nullable=False),
    Column("received_on", Date, nullable=False),
    # The last day on which it may be answered.
    Column("due_on", Date, nullable=False),
    Column("extended_because", Text, nullable=False),
    # How the identity was checked, by whom. Empty until then, as are all below.
    Column("checked_how", Text, nullable=False),
    Column("checked_by", Text, nullable=False),
    Column("checked_at", String(32), nullable=False),
    Column("found_at", String(32), nullable=False),
    # `answered` or `refused`.
    Column("outcome", String(16), nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_at", String(32), nullable=False),
    Column("answered_on", Date),
    # The answer, or why it was refused.
    Column("answer", Text, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("closed_at", String(32), nullable=False),
)

request_item = Table(
    "personal_request_item",
    metadata,
    Column("request_id", Integer, ForeignKey("personal_request.id"), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    # `number`, `text` or `name`: by what it was found.
    Column("how", String(8), nullable=False),
    # At least so many other people are on the paper.
    Column("others", Integer, nullable=False),
    # `hint`, `confirmed` or `rejected`.
    Column("state", String(16), nullable=False),
    # The batch in which its destruction was proposed; NULL: none.
    Column("appraisal_id", Integer),
    Index("ix_personal_request_item_record", "dms_id"),
)

restriction = Table(
    "restriction",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("request_id", Integer, ForeignKey("personal_request.id"), nullable=False, index=True),
    Column("dms_id", String(100), nullable=False),
    Column("sha256", String(64), nullable=False),
    # See `retention.requests.restrictions`.
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("lifted_by", Text, nullable=False),
    Column("lifted_at", String(32), nullable=False),
    Column("lifted_because", Text, nullable=False),
    Index("ix_restriction_record", "dms_id"),
    Index("ix_restriction_state", "state"),
)

NEVER_DELETED = ("personal_request", "restriction")

REQUEST_TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER {name}_refuses_delete BEFORE DELETE ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{name}: never deleted, close or lift it'); END"
        for name in NEVER_DELETED
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION request_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': never deleted, close or lift it';
        END $$""",
        *(
            f"CREATE TRIGGER {name}_refuses_delete BEFORE DELETE OR TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION request_refuse()"
            for name in NEVER_DELETED
        ),
    ),
}
"""What each dialect executes after all tables above were made, in this order."""

for _dialect, _statements in REQUEST_TRIGGERS.items():
    for _statement in _statements:
        _made = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this one untyped
        _about = next((name for name in NEVER_DELETED if f" ON {name} " in _statement), NEVER_DELETED[0])
        # `personal_request` is made before `restriction`: the function is there when both triggers call it.
        event.listen(metadata.tables[_about], "after_create", _made.execute_if(dialect=_dialect))
