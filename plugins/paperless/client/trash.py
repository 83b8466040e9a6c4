"""The server's trash: what lies in it, and removing one document from it for good.

Principle that must never break: the call that empties names exactly one document, with its versions where it has some.
Without an id the server empties the whole trash, and it says that all is well also where it could not remove what was named;
so every caller looks afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.named import EVERYTHING

_RESOURCE = "trash"


@dataclass(frozen=True)
class Discarded:
    """A document in the trash, with the ids of its tags; its custom fields the server does not show there. `version_of` is
    the document that it is a version of, None for one that stands for itself."""

    id: int
    tags: frozenset[int]
    version_of: int | None = None


class Trash:
    """The trash as this account sees it: its own documents, and those of nobody."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Discarded, ...]:
        """Everything that lies in it."""
        return tuple(_discarded(row) for row in self._connection.rows(f"{_RESOURCE}/", [EVERYTHING]))

    def find(self, number: int) -> Discarded | None:
        """The document with this id, if it lies in the trash."""
        return next((one for one in self.all() if one.id == number), None)

    def versions_of(self, number: int) -> tuple[int, ...]:
        """The ids of its versions that lie in the trash, each of which the server lists by itself."""
        return tuple(sorted(one.id for one in self.all() if one.version_of == number))

    def restore(self, number: int) -> None:
        """Put this one document back among the others."""
        self._connection.send("POST", f"{_RESOURCE}/", {"action": "restore", "documents": [int(number)]})

    def remove(self, number: int) -> None:
        """Remove this one document for good. That the server answers does not mean that it is gone: look (`find`).

        Its versions are named with it, in the one call that removes all or nothing: they would go anyway, but the server clears
        only what is named out of its audit log, where the text of each version stands.
        """
        those = [*self.versions_of(number), int(number)]
        self._connection.send("POST", f"{_RESOURCE}/", {"action": "empty", "documents": those})


def _discarded(row: Any) -> Discarded:
    root = row.get("root_document")
    tags = frozenset(map(int, row.get("tags") or []))
    return Discarded(int(row["id"]), tags, None if root is None else int(root))
