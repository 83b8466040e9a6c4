"""The tables of retention, with the triggers that keep the register append-only.

The triggers are made with the table by `metadata.create_all`; a migration that makes the table by
other means must execute `REGISTER_TRIGGERS[dialect]` itself.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text, event

metadata = MetaData()

GENESIS = "0" * 64
"""What the first entry of the register names as the hash before it."""

register = Table(
    "register",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("prev", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
)

dossier = Table(
    "dossier",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("title", Text, nullable=False),
    Column("unit", String(100), nullable=False, index=True),
    Column("project", String(100), nullable=False),
    Column("customer", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    # The highest level that a record of it ever had; empty until the first record is confirmed.
    Column("level", String(100), nullable=False, default="", server_default=""),
    # Indexed: who asks what stands in the way asks for all mergers, which are few among many dossiers.
    Column("merged_into", String(200), nullable=False, default="", server_default="", index=True),
)

dossier_number = Table(
    "dossier_number",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(200), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Column("dossier", String(200), nullable=False, index=True),
    Index("ix_dossier_number_record", "dms_id"),
)

merge = Table(
    "dossier_merge",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(200), nullable=False, unique=True),
    Column("target", String(200), nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("begun_at", String(32), nullable=False),
    # Empty until the records to move are known, and until all of them are moved.
    Column("listed_at", String(32), nullable=False),
    Column("done_at", String(32), nullable=False),
)

merge_record = Table(
    "dossier_merge_record",
    metadata,
    Column("merge_id", Integer, ForeignKey("dossier_merge.id"), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    # `todo`, `moved`, `left` (somebody moved it elsewhere) or `gone` (the DMS does not hold it any more).
    Column("state", String(8), nullable=False),
)

# GENESIS is a constant of ours; nothing from outside comes into this statement.
_OUT_OF_ORDER = f"""
NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM register)
OR NEW.prev <> COALESCE((SELECT hash FROM register ORDER BY seq DESC LIMIT 1), '{GENESIS}')
"""  # noqa: S608

REGISTER_TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER register_refuses_update BEFORE UPDATE ON register
        BEGIN SELECT RAISE(ABORT, 'the register is append-only: UPDATE refused'); END""",
        """CREATE TRIGGER register_refuses_delete BEFORE DELETE ON register
        BEGIN SELECT RAISE(ABORT, 'the register is append-only: DELETE refused'); END""",
        # INSERT OR REPLACE deletes rows without firing the trigger above; an entry that must be
        # the next one has nothing to replace.
        f"""CREATE TRIGGER register_refuses_out_of_order BEFORE INSERT ON register WHEN {_OUT_OF_ORDER}
        BEGIN SELECT RAISE(ABORT, 'the register is append-only: not the next entry'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION register_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING MESSAGE = 'the register is append-only: ' || TG_OP || ' refused';
        END $$""",
        """CREATE TRIGGER register_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON register
        FOR EACH STATEMENT EXECUTE FUNCTION register_refuse()""",
        f"""CREATE OR REPLACE FUNCTION register_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {_OUT_OF_ORDER} THEN
                RAISE EXCEPTION 'the register is append-only: not the next entry';
            END IF;
            RETURN NEW;
        END $$""",
        """CREATE TRIGGER register_refuses_out_of_order BEFORE INSERT ON register
        FOR EACH ROW EXECUTE FUNCTION register_in_order()""",
    ),
}
"""What each dialect executes after the register's table was made, in this order."""

for _dialect, _statements in REGISTER_TRIGGERS.items():
    for _statement in _statements:
        _made = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this one untyped
        event.listen(register, "after_create", _made.execute_if(dialect=_dialect))
