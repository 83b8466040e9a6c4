"""The labels that documents showed after our last look, and which of them we had set."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from plugins.sweeping.tables import shown_label


def remember(connection: sa.Connection, dms_id: str, labels: Mapping[str, str], *, ours: bool) -> None:
    """Write down these labels of a document in the place of what was known of them."""
    if not labels:
        return
    same = (shown_label.c.dms_id == dms_id) & shown_label.c.label.in_(list(labels))
    connection.execute(shown_label.delete().where(same))
    rows = [{"dms_id": dms_id, "label": name, "value": value, "ours": ours} for name, value in labels.items()]
    connection.execute(shown_label.insert(), rows)


def of(connection: sa.Connection, dms_id: str) -> dict[str, tuple[str, bool]]:
    """Each label with what it showed and whether we had set it; nothing for a document that was never looked at."""
    rows = connection.execute(sa.select(shown_label).where(shown_label.c.dms_id == dms_id)).mappings()
    return {row["label"]: (row["value"], bool(row["ours"])) for row in rows}


def ours(connection: sa.Connection, dms_id: str) -> dict[str, str]:
    """The labels that we have set, as text."""
    return {label: value for label, (value, mine) in of(connection, dms_id).items() if mine}


def forget(connection: sa.Connection, dms_id: str) -> None:
    """Remove what is known of a document that is destroyed."""
    connection.execute(shown_label.delete().where(shown_label.c.dms_id == dms_id))
