"""The rights on one thing of the server's: its owner, and who else may see and change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Ids = frozenset[int]
_NOBODY: Ids = frozenset()


@dataclass(frozen=True)
class Rights:
    """Owner, and the ids of the users and groups with grants of their own. Who may change may also see; the server
    writes that down as a grant of each sort."""

    owner: int | None
    view_users: Ids = _NOBODY
    view_groups: Ids = _NOBODY
    change_users: Ids = _NOBODY
    change_groups: Ids = _NOBODY

    def body(self) -> dict[str, Any]:
        """What sets these rights and takes all others away.

        Raises ValueError where there is no owner: such a document is seen, and may be taken over, by everybody.
        """
        if self.owner is None:
            raise ValueError("rights without an owner would publish the document")
        return {
            "owner": self.owner,
            "set_permissions": {
                "view": {"users": sorted(self.view_users), "groups": sorted(self.view_groups)},
                "change": {"users": sorted(self.change_users), "groups": sorted(self.change_groups)},
            },
        }


def rights_of(row: Any) -> Rights:
    """The rights of a row that was asked for with `full_perms`."""
    view, change = row["permissions"]["view"], row["permissions"]["change"]
    return Rights(
        row["owner"],
        frozenset(view["users"]),
        frozenset(view["groups"]),
        frozenset(change["users"]),
        frozenset(change["groups"]),
    )


def view_by(groups: Ids) -> dict[str, Any]:
    """What grants sight to these groups on something that is being made."""
    return {"set_permissions": {"view": {"users": [], "groups": sorted(groups)}}}
