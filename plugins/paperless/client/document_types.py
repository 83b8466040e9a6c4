"""Document types: one for each kind 文种."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.paperless.client import named
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.wording import storable

RESOURCE = "document_types"


class DocumentTypes:
    """The document types that this account sees."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> int | None:
        """The id of the one with this name."""
        row = named.find(self._connection, RESOURCE, storable(name))
        return int(row["id"]) if row else None

    def all(self) -> dict[str, int]:
        """The ids of all by their names; of several with one name (one for each owner) the oldest."""
        rows = self._connection.rows(f"{RESOURCE}/", [named.EVERYTHING])
        return {row["name"]: int(row["id"]) for row in sorted(rows, key=lambda row: -int(row["id"]))}

    def ensure(self, name: str, shared: Mapping[str, Any] | None = None) -> int:
        """The id of the one with this name, which is made where it is missing and shown to whom `shared` says."""
        found = self.find(name)
        if found is not None:
            return found
        body = {"name": storable(name), "matching_algorithm": 0, **(shared or {})}
        return int(named.make(self._connection, RESOURCE, body)["id"])
