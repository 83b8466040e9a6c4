"""The office's vocabulary as paperless-ngx knows it: what is missing is made, what is there is adopted by
name; nothing is ever renamed, moved or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.document_types import DocumentTypes
from plugins.paperless.client.storage_paths import StoragePaths
from plugins.paperless.client.wording import storable
from plugins.paperless.custom_fields import LEVEL as LEVEL_FIELD
from plugins.paperless.custom_fields import CustomFields
from plugins.paperless.init import storage
from plugins.paperless.labelled import tags_of
from plugins.paperless.rights.level import Marks
from plugins.paperless.tags import CATEGORY, LEVEL, Tags, path_of
from retention.dms import Change, Term
from retention.record import Card

STORAGE_RIGHTS = ("view_storagepath", "add_storagepath")
"""What the account needs to give each dossier a folder of its own on the server's disk."""

_PARENTS = {"category": CATEGORY, "level": LEVEL, "state": ""}


@dataclass(frozen=True)
class Place:
    """Where a card's document belongs: the ids of its tags, its document type and the fields, and of the storage path of
    its dossier, where there is one."""

    tags: tuple[int, ...]
    document_type: int | None
    fields: Mapping[str, int]
    storage_path: int | None = None


class Vocabulary:
    """Tags, document types and custom fields together."""

    def __init__(
        self, connection: Connection, me: Me, fields: CustomFields, categories: Mapping[str, str]
    ) -> None:
        self._me = me
        self._tags = Tags(connection)
        self._types = DocumentTypes(connection)
        self._paths = StoragePaths(connection)
        self._path_ids: dict[str, int] = {}
        self._fields = fields
        self._categories = categories

    def adopt(self, terms: Iterable[Term], shared: Mapping[str, Any], *, dry_run: bool) -> tuple[Change, ...]:
        """What was made and what was there, in the order of `terms`; with `dry_run` nothing is made. What is made is
        shown to whom `shared` says.

        The parents 类别 and 密级 are made with their children; they are no terms, so no Change tells of them.
        """
        changes: dict[tuple[str, str], Change] = {}
        for term in terms:
            key = (term.sort, term.name)
            if key not in changes:
                there = self._adopt(term, shared, dry_run=dry_run)
                changes[key] = Change("keep" if there else "create", term.sort, term.name)
        return tuple(changes.values())

    def place(self, card: Card) -> Place:
        """Where the document of `card` belongs; what is missing is made."""
        tags = tuple(self._tags.ensure(name, parent).id for name, parent in tags_of(card, self._categories))
        kind = self._types.ensure(card.kind) if storable(card.kind) else None
        return Place(tags, kind, self._fields.ensure(), self._storage_path(card.dossier))

    def levels(self) -> dict[int, str]:
        """The confidentiality levels by the ids of their tags."""
        return self._tags.under(LEVEL)

    def marks(self) -> Marks:
        """What tells how confidential a document is."""
        return Marks(self.levels(), self._fields.id_of(LEVEL_FIELD))

    def _storage_path(self, dossier: str) -> int | None:
        """The storage path of a dossier, which is made where it is missing; None where this account may not, and the
        server names the file in its own way."""
        name, may = storage.name_of(dossier), self._me.get().may
        if name not in self._path_ids and set(STORAGE_RIGHTS) <= may:
            number = self._paths.find(name)
            if number is None:
                # For the account's eyes: the key of a customer without a unit holds his name.
                number = self._paths.make(name, storage.template_of(dossier), {})
            self._path_ids[name] = number
        return self._path_ids.get(name)

    def _adopt(self, term: Term, shared: Mapping[str, Any], *, dry_run: bool) -> bool:
        """Whether it was there."""
        if term.sort == "kind":
            there = self._types.find(term.name) is not None
            if not (there or dry_run):
                self._types.ensure(term.name, shared)
            return there
        name, parent = tag_of(term)
        there = self._tags.find(name) is not None
        if not (there or dry_run):
            self._tags.ensure(name, parent, shared)
        return there


def tag_of(term: Term) -> tuple[str, str]:
    """The tag for a category, level or state, and the one it hangs under."""
    parent = _PARENTS[term.sort]
    return path_of(parent, term.name) if parent else term.name, parent
