"""Finding a named thing of the server's (tag, document type, custom field), and making it where it is missing."""

from __future__ import annotations

from typing import Any

from plugins.paperless.client.connection import Connection
from retention.errors import DmsRefused, DmsUnavailable

EVERYTHING = ("page_size", "100000")
"""As many rows on one page as the server gives, so that nothing shifts between pages."""


def find(connection: Connection, resource: str, name: str) -> Any | None:
    """The row with exactly this name, or None; of several (one for each owner) the oldest.

    The server's own `name__iexact` also finds other cases.
    """
    rows = connection.rows(f"{resource}/", [("name__iexact", name), EVERYTHING])
    return min((row for row in rows if row["name"] == name), key=lambda row: int(row["id"]), default=None)


def make(connection: Connection, resource: str, body: dict[str, Any]) -> Any:
    """Make it, or give back the one that somebody else has made meanwhile."""
    try:
        return connection.send("POST", f"{resource}/", body)
    except (DmsRefused, DmsUnavailable):
        # Two at once: the server answers one of them 400, or 500 where only its database notices.
        made = find(connection, resource, body["name"])
        if made is None:
            raise
        return made
