"""The tables of appraisal and disposal: what was proposed, decided and approved; what is in quarantine; who witnesses;
what is left of a destroyed record.

A tombstone is written once: triggers in the database refuse to change or remove it, beside the code.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from retention.acts import act, moment
from retention.tables import metadata
from retention.triggers import execute_with

appraisal = Table(
    "appraisal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("as_of", Date, nullable=False),
    # The SHA-256 of the schedule in use; each item names the version that it is kept under.
    Column("schedule", String(64), nullable=False),
    *act("proposed"),
    # Empty until then. A batch is approved or withdrawn, never both.
    *act("approved"),
    *act("withdrawn"),
    Column("note", Text, nullable=False),
)

appraisal_item = Table(
    "appraisal_item",
    metadata,
    Column("appraisal_id", Integer, ForeignKey("appraisal.id"), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("category", String(100), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("dossier", String(200), nullable=False),
    Column("confidentiality", String(100), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("rule", String(100), nullable=False),
    Column("rule_name", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("schedule", String(64), nullable=False),
    Column("period", String(32), nullable=False),
    Column("disposition", String(16), nullable=False),
    Column("cutoff_event", String(32), nullable=False),
    Column("cutoff_on", Date, nullable=False),
    Column("retain_until", Date, nullable=False),
    Column("why_zh", Text, nullable=False),
    Column("why_en", Text, nullable=False),
    # JSON: what stood in the way when it was proposed.
    Column("blocks", Text, nullable=False),
    # Empty until a person decides.
    Column("decision", String(16), nullable=False),
    # The last day of an extension, or of the year for which it stays undetermined; NULL: none, or for ever.
    Column("kept_until", Date),
    *act("decided"),
    Column("reason", Text, nullable=False),
    Index("ix_appraisal_item_record", "dms_id"),
)

appraisal_opinion = Table(
    "appraisal_opinion",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("appraisal_id", Integer, ForeignKey("appraisal.id"), nullable=False, index=True),
    # `archive` or `department`.
    Column("side", String(16), nullable=False),
    Column("department", Text, nullable=False),
    Column("who", Text, nullable=False),
    # `agree` or `disagree`.
    Column("opinion", String(16), nullable=False),
    Column("words", Text, nullable=False),
    # What the decisions were at that time (`retention.appraising.appraisal.decisions_digest`): it speaks of no others.
    Column("digest", String(64), nullable=False),
    moment("at"),
)

disposal = Table(
    "disposal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("appraisal_id", Integer, ForeignKey("appraisal.id"), nullable=False, unique=True),
    *act("started"),
    # The last day of the quarantine.
    Column("quarantine_until", Date, nullable=False),
    # Empty until destruction begins: then the list that both witnesses have confirmed, for good.
    Column("manifest", Text, nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
    *act("begun"),
    # Empty until every item has its outcome.
    moment("done_at"),
    # Both are asked at every destruction, and lie behind the manifest, which may be long.
    Index("ix_disposal_manifest", "manifest_sha256", "begun_at"),
)

disposal_item = Table(
    "disposal_item",
    metadata,
    Column("disposal_id", Integer, ForeignKey("disposal.id"), primary_key=True),
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    # See `retention.disposing.disposal.ItemState`.
    Column("state", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    moment("at"),
    # The checksums of further files that the DMS keeps under that id, separated by blanks.
    Column("versions", Text, nullable=False, server_default=""),
    Index("ix_disposal_item_record", "dms_id"),
)

witness = Table(
    "witness",
    metadata,
    # The name as names are compared (`retention.person.same`), and as it is written.
    Column("key", String(200), primary_key=True),
    Column("name", Text, nullable=False),
    # scrypt of the passphrase, with its salt and cost; see `retention.disposing.witnesses`.
    Column("credential", Text, nullable=False),
    Column("vouched_by", Text, nullable=False),
    moment("since"),
    # Wrong passphrases in a row.
    Column("failures", Integer, nullable=False),
    # When he got a new passphrase on the word of others; empty: never (`retention.disposing.renewing`).
    Column("renewed_at", String(32), nullable=False, server_default=""),
)

disposal_witness = Table(
    "disposal_witness",
    metadata,
    Column("disposal_id", Integer, ForeignKey("disposal.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("name", Text, nullable=False),
    Column("manifest_sha256", String(64), primary_key=True),
    moment("at"),
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("dms_id", String(100), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("dossier", String(200), nullable=False),
    Column("category", String(100), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("rule", String(100), nullable=False),
    Column("cutoff_on", Date, nullable=False),
    Column("retain_until", Date, nullable=False),
    Column("appraisal_id", Integer, nullable=False),
    Column("disposal_id", Integer, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("witnesses", Text, nullable=False),
    Column("executed_by", Text, nullable=False),
    # `destroyed`; `missing`: somebody else had removed it before.
    Column("outcome", String(16), nullable=False),
    moment("at"),
)

DISPOSING_TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER tombstone_refuses_update BEFORE UPDATE ON tombstone
        BEGIN SELECT RAISE(ABORT, 'tombstones are never changed'); END""",
        """CREATE TRIGGER tombstone_refuses_delete BEFORE DELETE ON tombstone
        BEGIN SELECT RAISE(ABORT, 'tombstones are never removed'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION tombstone_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING MESSAGE = 'tombstone: ' || TG_OP || ' refused';
        END $$""",
        """CREATE TRIGGER tombstone_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON tombstone
        FOR EACH STATEMENT EXECUTE FUNCTION tombstone_refuse()""",
    ),
}
"""What each dialect executes after the tables above were made, in this order."""

execute_with(DISPOSING_TRIGGERS, tombstone)
