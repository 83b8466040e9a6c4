"""Document types: one for each kind 文种."""

from __future__ import annotations

from plugins.paperless import named
from plugins.paperless.connection import Connection
from plugins.paperless.wording import storable

_RESOURCE = "document_types"


class DocumentTypes:
    """The document types that this account sees."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> int | None:
        """The id of the one with this name."""
        row = named.find(self._connection, _RESOURCE, storable(name))
        return int(row["id"]) if row else None

    def ensure(self, name: str) -> int:
        """The id of the one with this name, which is made where it is missing."""
        found = self.find(name)
        if found is not None:
            return found
        body = {"name": storable(name), "matching_algorithm": 0}
        return int(named.make(self._connection, _RESOURCE, body)["id"])
