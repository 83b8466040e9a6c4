"""The office's vocabulary as paperless-ngx knows it: what is missing is made, what is there is adopted by
name; nothing is ever renamed, moved or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.document_types import RESOURCE as TYPES
from plugins.paperless.client.document_types import DocumentTypes
from plugins.paperless.client.remembered import Remembered
from plugins.paperless.client.storage_paths import RESOURCE as PATHS
from plugins.paperless.client.storage_paths import StoragePaths
from plugins.paperless.client.wording import storable
from plugins.paperless.custom_fields import LEVEL as LEVEL_FIELD
from plugins.paperless.custom_fields import CustomFields
from plugins.paperless.init import storage
from plugins.paperless.labelled import tags_of
from plugins.paperless.rights.level import Marks
from plugins.paperless.tags import CATEGORY, LEVEL, Tag, Tags, path_of
from plugins.paperless.tags import RESOURCE as TAGS
from retention.dms import Change, Term
from retention.record import Card

STORAGE_RIGHTS = ("view_storagepath", "add_storagepath")
"""What the account needs to give each dossier a folder of its own on the server's disk."""

_PARENTS = {"category": CATEGORY, "level": LEVEL, "state": ""}


@dataclass(frozen=True)
class Place:
    """Where a card's document belongs: the ids of its tags, its document type and the fields, and of the storage path of
    its dossier, where there is one. `above` are the tags that those hang under; the server puts them on by itself."""

    tags: tuple[int, ...]
    document_type: int | None
    fields: Mapping[str, int]
    storage_path: int | None = None
    above: frozenset[int] = frozenset()


class Vocabulary:
    """Tags, document types and custom fields together."""

    def __init__(
        self, connection: Connection, me: Me, fields: CustomFields, categories: Mapping[str, str]
    ) -> None:
        self._me = me
        self._tags = Tags(connection)
        self._types = DocumentTypes(connection)
        self._paths = StoragePaths(connection)
        self._known = Remembered()
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

    def place(self, card: Card, *, anew: bool = False) -> Place:
        """Where the document of `card` belongs; what is missing is made. `anew`: nothing is believed that was looked up
        before."""
        if anew:
            self._known.forget()
        tags = [self._tag(name, parent) for name, parent in tags_of(card, self._categories)]
        return Place(
            tuple(tag.id for tag in tags),
            self._type(card.kind) if storable(card.kind) else None,
            self._fields.ensure(),
            self._storage_path(card.dossier),
            frozenset(tag.parent for tag in tags if tag.parent is not None),
        )

    def levels(self) -> dict[int, str]:
        """The confidentiality levels by the ids of their tags."""
        return self._tags.under(LEVEL)

    def marks(self) -> Marks:
        """What tells how confidential a document is."""
        return Marks(self.levels(), self._fields.id_of(LEVEL_FIELD))

    def _storage_path(self, dossier: str) -> int | None:
        """The storage path of a dossier, which is made where it is missing; None where this account may not, and the
        server names the file in its own way."""
        if not set(STORAGE_RIGHTS) <= self._me.get().may:
            return None
        name = storage.name_of(dossier)

        def ensure() -> int:
            found = self._paths.find(name)
            # For the account's eyes: the key of a customer without a unit holds his name.
            return self._paths.make(name, storage.template_of(dossier), {}) if found is None else found

        return self._known.get(PATHS, name, ensure)

    def _tag(self, name: str, parent: str) -> Tag:
        if parent:
            # All below the same one at once: the next scan has another category, and asking for one takes as long.
            family = self._known.get(TAGS, f"{parent}/", lambda: self._tags.family(parent))
            if storable(name) in family:
                return family[storable(name)]
        return self._known.get(TAGS, name, lambda: self._tags.ensure(name, parent))

    def _type(self, name: str) -> int:
        known = self._known.get(TYPES, "", self._types.all).get(storable(name))
        return known or self._known.get(TYPES, name, lambda: self._types.ensure(name))

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
