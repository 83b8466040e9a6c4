"""Notes: what people, and programs, write on a document beside its labels."""

from __future__ import annotations

from plugins.paperless.client.connection import Connection


class Notes:
    """The notes of documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, number: int) -> tuple[str, ...]:
        """The words of the notes on a document."""
        return tuple(str(row["note"]) for row in self._connection.get(f"documents/{number}/notes/"))

    def add(self, number: int, words: str) -> None:
        """Write a note beside those that are there."""
        self._connection.send("POST", f"documents/{number}/notes/", {"note": words})
