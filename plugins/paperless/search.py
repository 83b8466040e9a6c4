"""From a Query to its Hits: the server narrows down, and every hit is proven here.

The server's full-text search takes 商品房 to be wherever 商品 and 品房 are, and several words for any
of them. Its `?search=` is exact, over title and content as they are stored; `content` sees to it that
nothing is missed that way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plugins.masking import mask_id_numbers
from plugins.paperless import card_json
from plugins.paperless.client.documents import Document, Documents, having
from plugins.paperless.client.wording import storable
from plugins.paperless.content import narrowing, pages_of
from plugins.paperless.rights.level import Marks
from plugins.searching.evened import Evened
from plugins.searching.highlight import highlights
from plugins.searching.score import score
from plugins.searching.words import words_of
from retention.dms import Clearance, Hit, Query
from retention.errors import DmsUnavailable
from retention.record import Card, Record

_FILTERS = ("category", "kind", "confidentiality", "dossier")
_BETWEEN_KEYS = "\0"  # never left in an evened text


def seen(document: Document, card: Card, marks: Marks, clearance: Clearance) -> bool:
    """Whether every level that the document bears is within the clearance."""
    allowed = {storable(level) for level in clearance.levels}
    return card.confidentiality in clearance.levels and set(marks.on(document, card)) <= allowed


def found(
    documents: Documents, card_field: int | None, marks: Marks, query: Query, clearance: Clearance
) -> tuple[Hit, ...]:
    """The best hits first and, among equals, the newest; without words the newest first, with score 0.

    `card_field` is the id of the field 卷宗卡片, None where the server does not have it yet.
    """
    words = words_of(query)
    if query.limit <= 0 or card_field is None:
        return ()
    conditions = [having(card_field)]
    narrowed = narrowing(words)
    if narrowed:
        conditions.append(("search", narrowed))
    hits: list[Hit] = []
    for document in documents.each(documents.ids(conditions), content=bool(words)):
        try:
            card, keys = card_json.read(str(document.fields.get(card_field)), document.id)
        except DmsUnavailable:
            continue  # `record` and `records` tell of a damaged card; it must not stop every search
        if seen(document, card, marks, clearance) and _meets(card, query):
            hits.extend(_hits(document, card, keys, words))
    newest = sorted(hits, key=lambda hit: (hit.record.card.filed_on, int(hit.record.dms_id)), reverse=True)
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


def _hits(document: Document, card: Card, keys: tuple[str, ...], words: tuple[str, ...]) -> Iterator[Hit]:
    record = Record(str(document.id), replace(card, title=mask_id_numbers(card.title)))
    if not words:
        yield Hit(record, 0.0)
        return
    text = Evened("\n".join(pages_of(document.content)))
    title, even_keys = Evened(card.title), [Evened(key) for key in keys]
    plain_keys = _BETWEEN_KEYS.join(key.plain for key in even_keys)
    sources = (title.plain, plain_keys, text.plain)
    if all(any(word in source for source in sources) for word in words):
        yield Hit(record, score(*sources, words), highlights([text, *even_keys, title], words))
