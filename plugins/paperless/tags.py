"""Tags, nested: 类别/<name>, 密级/<name>, and the states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.paperless.client import named
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.wording import storable

CATEGORY, LEVEL = "类别", "密级"
TO_CHECK, FILED, UNASSIGNED, HANDED_OVER = "待核", "已归档", "待归户", "已移交"
INCOMPLETE = "缺件"
"""The dossier lacks a document that it must have."""

RESOURCE = "tags"


@dataclass(frozen=True)
class Tag:
    """A tag of the server. A name is unique for its owner, not within its parent: children bear the
    parent's name in theirs."""

    id: int
    name: str
    parent: int | None = None


class Tags:
    """The tags that this account sees."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> Tag | None:
        """The tag with this name, wherever a person has put it."""
        row = named.find(self._connection, RESOURCE, storable(name))
        return _tag(row) if row else None

    def ensure(self, name: str, parent: str = "", shared: Mapping[str, Any] | None = None) -> Tag:
        """The tag with this name; a new one is put under `parent` and shown to whom `shared` says, an old one stays
        as it is."""
        found = self.find(name)
        if found:
            return found
        # 0: no automatic matching. The default, "any word", never matches inside Chinese text anyway.
        body: dict[str, Any] = {"name": storable(name), "matching_algorithm": 0, **(shared or {})}
        if parent:
            body["parent"] = self.ensure(parent, shared=shared).id
        return _tag(named.make(self._connection, RESOURCE, body))

    def under(self, parent: str) -> dict[int, str]:
        """What the names behind `parent`/ are, by the ids of their tags."""
        head = f"{parent}/"
        return {tag.id: tag.name.removeprefix(head) for tag in self._headed(head)}

    def family(self, parent: str) -> dict[str, Tag]:
        """The tags whose names begin with `parent`/, by these; of several (one for each owner) the oldest."""
        newest_first = sorted(self._headed(f"{parent}/"), key=lambda tag: -tag.id)
        return {tag.name: tag for tag in newest_first}

    def _headed(self, head: str) -> list[Tag]:
        rows = self._connection.rows(f"{RESOURCE}/", [("name__istartswith", head), named.EVERYTHING])
        return [_tag(row) for row in rows if row["name"].startswith(head)]


def _tag(row: Any) -> Tag:
    parent = row.get("parent")
    return Tag(int(row["id"]), str(row["name"]), None if parent is None else int(parent))


def path_of(parent: str, name: str) -> str:
    """The name of the tag for `name` under `parent`."""
    return f"{parent}/{name}"
