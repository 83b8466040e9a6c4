"""The office's vocabulary as paperless-ngx knows it: what is missing is made, what is there is adopted by
name; nothing is ever renamed, moved or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugins.paperless.connection import Connection
from plugins.paperless.custom_fields import CustomFields
from plugins.paperless.document_types import DocumentTypes
from plugins.paperless.labelled import tags_of
from plugins.paperless.tags import CATEGORY, LEVEL, Tags, path_of
from plugins.paperless.wording import storable
from retention.dms import Change, Term
from retention.record import Card

_PARENTS = {"category": CATEGORY, "level": LEVEL, "state": ""}


@dataclass(frozen=True)
class Place:
    """Where a card's document belongs: the ids of its tags, its document type and the fields."""

    tags: tuple[int, ...]
    document_type: int | None
    fields: Mapping[str, int]


class Vocabulary:
    """Tags, document types and custom fields together."""

    def __init__(self, connection: Connection, fields: CustomFields, categories: Mapping[str, str]) -> None:
        self._tags = Tags(connection)
        self._types = DocumentTypes(connection)
        self._fields = fields
        self._categories = categories

    def adopt(self, terms: Iterable[Term], *, dry_run: bool) -> tuple[Change, ...]:
        """What was made and what was there, in the order of `terms`; with `dry_run` nothing is made.

        The custom fields and the parents 类别 and 密级 are made with them; they are no terms, so no Change
        tells of them.
        """
        changes: dict[tuple[str, str], Change] = {}
        for term in terms:
            key = (term.sort, term.name)
            if key not in changes:
                there = self._adopt(term, dry_run=dry_run)
                changes[key] = Change("keep" if there else "create", term.sort, term.name)
        if dry_run:
            self._fields.missing()  # tells of fields that can't be adopted
        else:
            self._fields.ensure()
        return tuple(changes.values())

    def place(self, card: Card) -> Place:
        """Where the document of `card` belongs; what is missing is made."""
        tags = tuple(self._tags.ensure(name, parent).id for name, parent in tags_of(card, self._categories))
        kind = self._types.ensure(card.kind) if storable(card.kind) else None
        return Place(tags, kind, self._fields.ensure())

    def levels(self) -> dict[int, str]:
        """The confidentiality levels by the ids of their tags."""
        return self._tags.under(LEVEL)

    def _adopt(self, term: Term, *, dry_run: bool) -> bool:
        """Whether it was there."""
        if term.sort == "kind":
            there = self._types.find(term.name) is not None
            if not (there or dry_run):
                self._types.ensure(term.name)
            return there
        parent = _PARENTS[term.sort]
        name = path_of(parent, term.name) if parent else term.name
        there = self._tags.find(name) is not None
        if not (there or dry_run):
            self._tags.ensure(name, parent)
        return there
