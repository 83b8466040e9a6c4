"""The tables of what is kept how long and what stands in the way: versions of the schedule, the rule of each record,
events, holds, litigation.

Events are append-only and holds are never deleted: triggers in the database refuse it, beside the code.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Date, ForeignKey, Index, Integer, String, Table, Text, event

from retention.tables import metadata

schedule_version = Table(
    "schedule_version",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("version", Text, nullable=False),
    Column("dated", Date, nullable=False),
    # The whole file: what runs under it is computed from it, however long ago it was replaced.
    Column("text", Text, nullable=False),
    Column("first_used_at", String(32), nullable=False),
)

kept_rule = Table(
    "kept_rule",
    metadata,
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("schedule", String(64), ForeignKey("schedule_version.sha256"), nullable=False),
    # Empty: no rule of that version fits.
    Column("rule", String(100), nullable=False),
    Column("why", Text, nullable=False),
    # The rule that its labels bore, before its dossier was asked.
    Column("labelled", String(100), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("category", String(100), nullable=False),
    Column("dossier", String(200), nullable=False),
    # The checksum of the batch whose part it is: a batch must outlive its parts.
    Column("part_of", String(64), nullable=False, index=True),
    Column("since", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Index("ix_kept_rule_dossier", "dossier"),
    Index("ix_kept_rule_rule", "schedule", "rule"),
)

unnoted = Table(
    "unnoted_records",
    metadata,
    # A row stands here while records that were filed before this table was made are not noted yet.
    Column("since", String(32), primary_key=True),
)

happening = Table(
    "happening",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # One of the kinds of `retention.periods.event`, or `withdrawn`: then `withdraws` says which one does not count any more.
    Column("kind", String(32), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("scope", String(8), nullable=False),
    Column("key", String(200), nullable=False),
    Column("evidence", Text, nullable=False),
    # `person`, `csv`, or `label`: then `told_by` is the record whose labels told it.
    Column("source", String(8), nullable=False),
    Column("told_by", String(100), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("withdraws", Integer, ForeignKey("happening.id"), unique=True),
    Index("ix_happening_scope", "scope", "key"),
    Index("ix_happening_told_by", "told_by"),
)

hold = Table(
    "hold",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sort", String(16), nullable=False),
    Column("scope", String(8), nullable=False),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("mandate", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
    # For a query: when what it finds was written down. Empty: not yet, see `retention.blocking.hold`.
    Column("listed_at", String(32), nullable=False),
    # Empty while the hold stands.
    Column("released_at", String(32), nullable=False, index=True),
    Column("released_by", Text, nullable=False),
    Column("release_reason", Text, nullable=False),
    Index("ix_hold_scope", "scope"),
)

hold_record = Table(
    "hold_record",
    metadata,
    Column("hold_id", Integer, ForeignKey("hold.id"), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    # `found` when the hold was placed: held whatever becomes of its labels. `words`: came later, its text has the words.
    Column("why", String(8), primary_key=True),
    Index("ix_hold_record_record", "dms_id"),
)

litigation = Table(
    "litigation",
    metadata,
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    # As it was noted: a dossier that was merged since then is followed when one asks.
    Column("dossier", String(200), nullable=False, index=True),
    Column("dated", Date),
    Column("kind", String(200), nullable=False),
    Column("title", Text, nullable=False),
)

litigation_on_its_way = Table(
    "litigation_on_its_way",
    metadata,
    # Of the bytes that are being filed: which number the DMS gives them nobody knows yet.
    Column("sha256", String(64), primary_key=True),
    Column("dossier", String(200), nullable=False, index=True),
)

KEEPING_TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER happening_refuses_update BEFORE UPDATE ON happening
        BEGIN SELECT RAISE(ABORT, 'events are append-only: UPDATE refused, withdraw it'); END""",
        """CREATE TRIGGER happening_refuses_delete BEFORE DELETE ON happening
        BEGIN SELECT RAISE(ABORT, 'events are append-only: DELETE refused, withdraw it'); END""",
        """CREATE TRIGGER hold_refuses_delete BEFORE DELETE ON hold
        BEGIN SELECT RAISE(ABORT, 'holds are never deleted: release it'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION keeping_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': ' || TG_OP || ' refused: withdraw or release it';
        END $$""",
        """CREATE TRIGGER happening_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON happening
        FOR EACH STATEMENT EXECUTE FUNCTION keeping_refuse()""",
        """CREATE TRIGGER hold_refuses_delete BEFORE DELETE OR TRUNCATE ON hold
        FOR EACH STATEMENT EXECUTE FUNCTION keeping_refuse()""",
    ),
}
"""What each dialect executes after all tables above were made, in this order."""

for _dialect, _statements in KEEPING_TRIGGERS.items():
    for _statement in _statements:
        _made = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this one untyped
        # `happening` is made before `hold`: the function is there when both triggers call it.
        event.listen(
            hold if "ON hold" in _statement else happening, "after_create", _made.execute_if(dialect=_dialect)
        )
