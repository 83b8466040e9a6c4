"""What is known of documents that were asked for, and of the labels that they showed after our last look."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

swept = sa.Table(
    "swept",
    metadata,
    sa.Column("dms_id", sa.String(100), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("asked_by", sa.String(16), nullable=False),
    sa.Column("again", sa.Boolean, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("rounds", sa.Integer, nullable=False),
    sa.Column("rounds_on", sa.String(10), nullable=False),
    sa.Column("taken_by", sa.String(32), nullable=False),
    sa.Column("until", sa.String(32), nullable=False),
    sa.Column("since", sa.String(32), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index("ix_swept_state", "state"),
)
"""One row a document; see `plugins.sweeping.asked`."""

shown_label = sa.Table(
    "shown_label",
    metadata,
    sa.Column("dms_id", sa.String(100), primary_key=True),
    sa.Column("label", sa.String(100), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("ours", sa.Boolean, nullable=False),
)
"""What a document showed for a label when we last looked, and whether it was we who had set it."""

looked = sa.Table(
    "looked_for_changes",
    metadata,
    sa.Column("what", sa.String(32), primary_key=True),
    sa.Column("until", sa.String(32), nullable=False),
)
"""Up to which moment the changes of people were looked for."""
