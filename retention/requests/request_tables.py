"""The tables of personal-data requests. Of an ID number only a keyed digest and its masked form are kept.

Requests and restrictions are never deleted: triggers in the database refuse it, beside the code.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from retention.acts import act, moment
from retention.tables import metadata
from retention.triggers import execute_with, refusing_deletion

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
    *act("received"),
    Column("received_on", Date, nullable=False),
    # The last day on which it may be answered.
    Column("due_on", Date, nullable=False),
    Column("extended_because", Text, nullable=False),
    # How the identity was checked, by whom. Empty until then, as are all below.
    Column("checked_how", Text, nullable=False),
    *act("checked"),
    moment("found_at"),
    # `answered` or `refused`.
    Column("outcome", String(16), nullable=False),
    *act("answered"),
    Column("answered_on", Date),
    # The answer, or why it was refused.
    Column("answer", Text, nullable=False),
    *act("closed"),
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
    moment("at"),
    *act("lifted"),
    Column("lifted_because", Text, nullable=False),
    Index("ix_restriction_record", "dms_id"),
    Index("ix_restriction_state", "state"),
)

REQUEST_TRIGGERS = refusing_deletion(
    ("personal_request", "restriction"), "request", "never deleted, close or lift it"
)
"""What each dialect executes after all tables above were made, in this order."""

# `personal_request` is made before `restriction`: the function is there when both triggers call it.
execute_with(REQUEST_TRIGGERS, request, restriction)
