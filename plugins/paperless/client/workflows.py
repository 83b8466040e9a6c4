"""Workflows: what the server does to documents by itself, as far as it touches the archive's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.named import EVERYTHING

_REMOVAL, _TO_TRASH = 2, 6
_RIGHTS_GIVEN = (
    "assign_owner",
    "assign_view_users",
    "assign_view_groups",
    "assign_change_users",
    "assign_change_groups",
)
_RIGHTS_TAKEN = (
    "remove_all_permissions",
    "remove_view_users",
    "remove_view_groups",
    "remove_change_users",
    "remove_change_groups",
)
_LABELS_TAKEN = (
    "remove_all_tags",
    "remove_tags",
    "remove_all_document_types",
    "remove_document_types",
    "remove_all_custom_fields",
    "remove_custom_fields",
)


@dataclass(frozen=True)
class Workflow:
    """A workflow that is switched on, and which of these its actions do: put documents into the trash; take their
    owner away, which shows them to everybody; give or take other rights; take labels away."""

    name: str
    to_trash: bool
    takes_owner: bool
    changes_rights: bool
    takes_labels: bool


class Workflows:
    """The workflows of the server, for whoever may see them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def running(self) -> tuple[Workflow, ...]:
        """Those that are switched on."""
        rows = self._connection.rows("workflows/", [EVERYTHING])
        return tuple(_workflow(row) for row in rows if row["enabled"])


def _workflow(row: Any) -> Workflow:
    actions = row["actions"]
    removals = [action for action in actions if action["type"] == _REMOVAL]
    return Workflow(
        str(row["name"]),
        to_trash=any(action["type"] == _TO_TRASH for action in actions),
        takes_owner=any(action["remove_all_owners"] or action["remove_owners"] for action in removals),
        changes_rights=any(action[name] for action in actions for name in _RIGHTS_GIVEN)
        or any(action[name] for action in removals for name in _RIGHTS_TAKEN),
        takes_labels=any(action[name] for action in removals for name in _LABELS_TAKEN),
    )
