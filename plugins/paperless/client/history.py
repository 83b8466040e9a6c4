"""The history of a document: who has changed what, as far as the server writes it down and this account may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plugins.paperless.client.connection import Connection
from retention.errors import DmsRefused, DmsUnavailable

_DOCUMENT_TYPE, _TAGS, _FIELD = "document_type", "tags", "custom_field"
_NONE = (None, "None", "")


@dataclass(frozen=True)
class Actor:
    """An account of the server's."""

    id: int
    name: str


@dataclass(frozen=True)
class Change:
    """One thing that was changed at `at`; `actor` is None where the server does not tell.

    `what` is `document_type`, `tags`, or `field` with the field's name in `field`. `became` is the new value as the
    server writes it: the id of a document type, empty for none; of a field what stands before the first colon in it;
    of tags nothing. Entries are counted by `entry`, the latest highest.
    """

    entry: int
    at: datetime
    actor: Actor | None
    what: str
    field: str = ""
    became: str = ""


class History:
    """The histories of documents. The right `view_logentry` is needed, and to own the document, or that nobody does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, number: int) -> tuple[Change, ...] | None:
        """The changes that are spoken of here, the oldest first; None where this account may not see them, or the
        server writes none down."""
        try:
            rows = self._connection.get(f"documents/{number}/history/")
        except (DmsRefused, DmsUnavailable):
            # Each document says so for itself: that of another owner is not shown, that of nobody is.
            return None
        changes = (change for row in rows for change in _changes(row))
        return tuple(sorted(changes, key=lambda change: change.entry))


def _changes(row: Any) -> Iterator[Change]:
    actor = Actor(int(row["actor"]["id"]), str(row["actor"]["username"])) if row["actor"] else None
    entry, at = int(row["id"]), datetime.fromisoformat(row["timestamp"])
    for name, told in (row["changes"] or {}).items():
        if isinstance(told, dict) and told.get("type") == _FIELD:
            yield Change(entry, at, actor, "field", str(told["field"]), str(told["value"]))
        elif name == _TAGS:
            yield Change(entry, at, actor, _TAGS)
        elif name == _DOCUMENT_TYPE and isinstance(told, list) and any(one not in _NONE for one in told):
            new = told[-1]
            yield Change(entry, at, actor, _DOCUMENT_TYPE, became="" if new in _NONE else str(new))
