"""The groups of each confidentiality level: who may see, who may change."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.paperless.client.groups import Groups
from plugins.paperless.client.wording import storable
from plugins.paperless.rights.readers import CHANGE, SEE, Readers, name_of
from retention.dms import Change

MAY_SEE = (
    "view_document",
    "view_tag",
    "view_documenttype",
    "view_correspondent",
    "view_customfield",
    "view_storagepath",
    "view_savedview",
    "view_note",
    "view_uisettings",
    "add_uisettings",
    "change_uisettings",
)
"""What members of a group may do at all. Which documents they see, each document says for itself; the settings are
those of their own screen."""
MAY_CHANGE = (*MAY_SEE, "change_document", "add_note", "change_note")
"""No right to delete, to share by a link, or to upload: what is filed comes through the inbox."""

SORT = "group"


def make(groups: Groups, readers: Readers, *, dry_run: bool) -> Iterator[Change]:
    """Make the groups that are missing; one Change a group."""
    there = {group.name for group in groups.all()}
    for level in filter(storable, readers.levels):
        for sort, may in ((SEE, MAY_SEE), (CHANGE, MAY_CHANGE)):
            name = name_of(level, sort)
            if name not in there and not dry_run:
                groups.make(name, may)
            yield Change("keep" if name in there else "create", SORT, name)
