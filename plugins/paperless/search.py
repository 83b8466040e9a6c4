"""From a Query to its Hits: the server names candidates, and every hit is proven here."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.paperless import card_json
from plugins.paperless import custom_fields as field
from plugins.paperless.candidates import candidates
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Document, Documents
from plugins.paperless.client.wording import storable
from plugins.paperless.content import pages_of
from plugins.paperless.labelled import title_of
from plugins.paperless.rights.level import Marks
from plugins.paperless.written_on import WordFields, word_fields, written_on
from plugins.searching.answer import answer
from plugins.searching.words import words_of
from retention.dms import Clearance, Hit, Query
from retention.errors import DmsUnavailable
from retention.record import Card, Record

_FILTERS = ("category", "kind", "confidentiality", "dossier")
_NO_FIELDS = WordFields({}, {})


def seen(document: Document, card: Card, marks: Marks, clearance: Clearance) -> bool:
    """Whether every level that the document bears is within the clearance."""
    allowed = {storable(level) for level in clearance.levels}
    within = card.confidentiality in clearance.levels and set(marks.on(document, card)) <= allowed
    return within and not marks.hides(document)


@dataclass(frozen=True)
class Search:
    """Searching the records of one account."""

    connection: Connection
    documents: Documents
    fields: field.CustomFields

    def found(self, query: Query, clearance: Clearance, marks: Marks) -> tuple[Hit, ...]:
        """The best hits first and, among equals, the newest; without words the newest first, with score 0."""
        words, card_field = words_of(query), self.fields.id_of(field.CARD)
        if query.limit <= 0 or card_field is None:
            return ()
        fields = word_fields(self.connection) if words else _NO_FIELDS
        numbers = candidates(self.documents, card_field, self.fields.id_of(field.SHA256), fields, words)
        hits: list[Hit] = []
        for document in self.documents.each(numbers, content=bool(words), notes=bool(words)):
            try:
                card, keys = card_json.read(str(document.fields.get(card_field)), document.id)
            except DmsUnavailable:
                continue  # `record` and `records` tell of a damaged card; it must not stop every search
            if seen(document, card, marks, clearance) and _meets(card, query):
                looked_in = (*keys, *written_on(document, card, fields))
                record, pages = Record(str(document.id), card), pages_of(document.content)
                hit = answer(record, looked_in, pages, words, _title(document, card))
                hits += [hit] if hit else []
        newest = sorted(
            hits, key=lambda hit: (hit.record.card.filed_on, int(hit.record.dms_id)), reverse=True
        )
        return tuple(sorted(newest, key=lambda hit: -hit.score)[: query.limit])


def _meets(card: Card, query: Query) -> bool:
    if any(asked and asked != getattr(card, name) for name in _FILTERS if (asked := getattr(query, name))):
        return False
    if query.needs_review is not None and query.needs_review != card.needs_review:
        return False
    if query.unassigned is not None and query.unassigned != card.unassigned:
        return False
    if query.dated_from is None and query.dated_to is None:
        return True
    day = card.document_date
    return day is not None and (query.dated_from or day) <= day <= (query.dated_to or day)


def _title(document: Document, card: Card) -> str:
    """What people read: a title that one of them has given as it is; ours is whole on the card alone."""
    return card.title if document.title == title_of(card) else document.title
