"""Showing new labels on a document that was filed: only what differs, and nothing that a person has changed."""

from __future__ import annotations

from plugins.paperless import card_json, content
from plugins.paperless import custom_fields as field
from plugins.paperless.client.documents import Documents
from plugins.paperless.client.wording import storable
from plugins.paperless.init.vocabulary import Vocabulary
from plugins.paperless.labelled import fields_of, title_of
from plugins.paperless.rights.level import highest
from plugins.paperless.rights.readers import Readers
from plugins.paperless.rights.settling import due, settle_surely
from retention.record import Card


class Relabelling:
    """Changes the labels on the documents behind `documents`."""

    def __init__(self, documents: Documents, vocabulary: Vocabulary, readers: Readers) -> None:
        self._documents = documents
        self._vocabulary = vocabulary
        self._readers = readers

    def relabel(self, number: int, was: Card, card: Card) -> None:
        """Show `card` where `was` is shown: what differs between the two, and nothing that a person has changed since.

        The card's field comes last: cut off before it, the document counts as not corrected, and doing it again
        completes it. A higher level closes the document before anything of the new card is shown; a lower one opens
        it after all is. The rights on a document that somebody else owns are his.
        """
        old, new = self._vocabulary.place(was, anew=True), self._vocabulary.place(card)
        document = self._documents.one(number, content=True, rights=True)
        _, keys = card_json.read(str(document.fields[old.fields[field.CARD]]), number)
        marks = self._vocabulary.marks()
        borne = (*marks.on(document, was), storable(card.confidentiality))
        rights = self._readers.due(highest(borne, self._readers.levels))
        ours = document.rights is None or document.rights.owner in (None, rights.owner)
        shown: dict[str, object] = {}
        if ours and document.rights != rights:
            shown |= rights.body()
        if document.title in (title_of(was), title_of(card)):
            shown |= {"title": title_of(card)} if document.title != title_of(card) else {}
            pages = content.pages_of(document.content)
            if document.content == content.written(pages, keys, was.title).strip():
                whole = content.written(pages, keys, card.title)
                shown |= {"content": whole} if whole.strip() != document.content else {}
        if old.document_type == document.document_type != new.document_type is not None:
            shown["document_type"] = new.document_type
        if old.storage_path == document.storage_path != new.storage_path:
            shown["storage_path"] = new.storage_path
        if shown:
            self._documents.set_shown(number, shown)
        added, taken = set(new.tags) - set(old.tags), set(old.tags) - set(new.tags)
        if added or taken:
            self._documents.change_tags(number, add=added, remove=taken)
        before, after = fields_of(was), fields_of(card)
        differing = {
            name
            for name in before.keys() | after.keys()
            if before.get(name) != after.get(name)
            and document.fields.get(new.fields[name]) in (before.get(name), after.get(name))
        }
        values = {new.fields[name]: after[name] for name in differing & after.keys()}
        gone = {new.fields[name] for name in differing - after.keys()}
        if values or gone:
            self._documents.add_fields(number, values, remove=gone)
        self._documents.add_fields(number, {new.fields[field.CARD]: card_json.written(card, keys)})
        if ours:
            # Somebody may have raised the level meanwhile.
            shown_now = self._documents.one(number, rights=True)
            settle_surely(
                self._documents, shown_now, due(shown_now, card, self._vocabulary.marks(), self._readers)
            )
