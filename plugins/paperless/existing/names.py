"""The names of the server's tags, document types and fields as far as labels are made of them, looked up together."""

from __future__ import annotations

from dataclasses import dataclass, field

from plugins.paperless.client import document_types
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.named import EVERYTHING
from plugins.paperless.custom_fields import TYPES, CustomFields
from plugins.paperless.tags import CATEGORY, FILED, LEVEL, TO_CHECK, UNASSIGNED, Tags

TRIGGER, FAILED, PROPOSED = "待标注", "标注失败", "有建议"
"""A person asks for labels; they could not be made; they were proposed and nothing was changed."""
STATES = (TO_CHECK, FILED, UNASSIGNED, TRIGGER, FAILED, PROPOSED)


@dataclass(frozen=True)
class Names:
    """Names by ids."""

    kinds: dict[int, str] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)

    def state(self, name: str) -> int | None:
        """The id of the state tag with this name."""
        return next((number for number, known in self.states.items() if known == name), None)


def names(connection: Connection, fields: CustomFields) -> Names:
    """As they are now."""
    tags = Tags(connection)
    kinds = connection.rows(f"{document_types.RESOURCE}/", [EVERYTHING])
    states = ((tags.find(name), name) for name in STATES)
    ours = ((fields.id_of(name), name) for name in TYPES)
    return Names(
        {int(row["id"]): str(row["name"]) for row in kinds},
        tags.under(CATEGORY),
        tags.under(LEVEL),
        {tag.id: name for tag, name in states if tag is not None},
        {number: name for number, name in ours if number is not None},
    )
