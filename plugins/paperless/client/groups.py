"""Groups of users; they have no owner, and whoever may see groups sees all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plugins.paperless.client import named
from plugins.paperless.client.connection import Connection

_RESOURCE = "groups"
LONGEST_NAME = 150


@dataclass(frozen=True)
class Group:
    """A group, and what its members may do at all (as `view_document`)."""

    id: int
    name: str
    may: frozenset[str]


class Groups:
    """The groups of the server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Group, ...]:
        """Every group."""
        return tuple(_group(row) for row in self._connection.rows(f"{_RESOURCE}/", [named.EVERYTHING]))

    def make(self, name: str, may: Iterable[str]) -> Group:
        """A new group without members, or the one that somebody else has made meanwhile."""
        body = {"name": name, "permissions": sorted(may)}
        return _group(named.make(self._connection, _RESOURCE, body))


def _group(row: Any) -> Group:
    return Group(int(row["id"]), str(row["name"]), frozenset(row["permissions"]))
