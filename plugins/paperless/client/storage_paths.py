"""Storage paths: after which template the server names the files it keeps."""

from __future__ import annotations

from typing import Any

from plugins.paperless.client import named
from plugins.paperless.client.connection import Connection

RESOURCE = "storage_paths"


class StoragePaths:
    """The storage paths that this account sees."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> int | None:
        """The id of the one with this name."""
        row = named.find(self._connection, RESOURCE, name)
        return int(row["id"]) if row else None

    def make(self, name: str, template: str, shared: dict[str, Any]) -> int:
        """A new one, that no document gets by itself; `shared` says who may see it."""
        body = {"name": name, "path": template, "matching_algorithm": 0, **shared}
        return int(named.make(self._connection, RESOURCE, body)["id"])
