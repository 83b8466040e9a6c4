"""Saved views: lists that people open by one click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from plugins.paperless.client import named
from plugins.paperless.client.connection import Connection

RESOURCE = "saved_views"

Rule = Literal["tag", "query", "fields"]
_RULES: dict[Rule, int] = {"tag": 6, "query": 20, "fields": 42}
"""The numbers that the server has for: has this tag; full-text query; query over custom fields."""


@dataclass(frozen=True)
class View:
    """A list: what must hold of its documents, what is shown of them (as `title`, `custom_field_7`), and by which of
    these it is sorted."""

    name: str
    rules: tuple[tuple[Rule, str], ...]
    shown: tuple[str, ...]
    sorted_by: str
    descending: bool


class SavedViews:
    """The saved views that this account sees."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> int | None:
        """The id of the one with this name."""
        row = named.find(self._connection, RESOURCE, name)
        return int(row["id"]) if row else None

    def make(self, view: View, shared: dict[str, Any]) -> int:
        """A new one; `shared` says who may see it."""
        body = {
            "name": view.name,
            "filter_rules": [{"rule_type": _RULES[rule], "value": value} for rule, value in view.rules],
            "display_mode": "table",
            "display_fields": list(view.shown),
            "sort_field": view.sorted_by,
            "sort_reverse": view.descending,
            **shared,
        }
        return int(named.make(self._connection, RESOURCE, body)["id"])
