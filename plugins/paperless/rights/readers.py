"""The groups of users that belong to each confidentiality level, and the rights that follow from a level.

Each level has two groups: 密级/<level>/查阅 may see, 密级/<level>/编辑 may change. A document is open to the groups of
its own level and of every higher one, so a person belongs to one group only: that of the highest level he may see.
"""

from __future__ import annotations

from dataclasses import dataclass

from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.groups import LONGEST_NAME, Groups
from plugins.paperless.client.rights import Ids, Rights
from plugins.paperless.client.wording import storable
from plugins.paperless.tags import LEVEL

SEE, CHANGE = "查阅", "编辑"


@dataclass(frozen=True)
class Circle:
    """The ids of the two groups of a level, None for one that is not there (or that this account may not see)."""

    level: str
    see: int | None
    change: int | None


class Readers:
    """The groups of `levels`, the lowest level first, and what they may do with a document."""

    def __init__(self, connection: Connection, me: Me, levels: tuple[str, ...]) -> None:
        self._groups = Groups(connection)
        self._me = me
        self.levels = levels
        self._circles: tuple[Circle, ...] | None = None
        self._names: dict[int, str] = {}

    def circles(self, *, anew: bool = False) -> tuple[Circle, ...]:
        """Those of each level. They are asked for until all are there, and then no more, unless `anew`."""
        if not self.levels:
            return ()
        if anew or self._circles is None or not all(one.see and one.change for one in self._circles):
            visible = "view_group" in self._me.get().may
            ids = {group.name: group.id for group in self._groups.all()} if visible else {}
            self._names = {number: name for name, number in ids.items()}
            self._circles = tuple(
                Circle(level, ids.get(name_of(level, SEE)), ids.get(name_of(level, CHANGE)))
                for level in self.levels
            )
        return self._circles

    def everybody(self) -> Ids:
        """The groups of all levels."""
        return frozenset(
            group for circle in self.circles() for group in (circle.see, circle.change) if group is not None
        )

    def names(self) -> dict[int, str]:
        """The groups of the server by their ids, as far as this account may see them."""
        self.circles()
        return dict(self._names)

    def due(self, level: str | None) -> Rights:
        """What the rights on a document of that level have to be; of an unknown level, None, the owner's alone."""
        owner = self._me.get().id
        if level is None or level not in self.levels:
            return Rights(owner)
        within = self.circles()[self.levels.index(level) :]
        change = frozenset(circle.change for circle in within if circle.change is not None)
        see = frozenset(circle.see for circle in within if circle.see is not None)
        # The server gives sight to whom it lets change, and tells both grants.
        return Rights(owner, view_groups=see | change, change_groups=change)


def name_of(level: str, sort: str) -> str:
    """The name of a level's group of that sort."""
    return storable(f"{LEVEL}/{level}/{sort}", LONGEST_NAME)
