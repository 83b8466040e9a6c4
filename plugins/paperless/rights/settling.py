"""Giving a document the rights that its confidentiality asks for.

Principle: the owner is always sent along. The server's own call for many documents takes the owner away where none is
named, and what has no owner is everybody's; so that call is never used.
"""

from __future__ import annotations

from plugins.paperless.client.documents import Document, Documents
from plugins.paperless.client.rights import Rights
from plugins.paperless.rights.level import Marks, highest
from plugins.paperless.rights.readers import Readers
from retention.errors import DmsUnavailable
from retention.record import Card


def due(document: Document, card: Card | None, marks: Marks, readers: Readers) -> Rights:
    """What the rights on a document have to be, from all that bears a level on it."""
    return readers.due(highest(marks.on(document, card), readers.levels))


def settle(documents: Documents, document: Document, wanted: Rights) -> bool:
    """Set the rights where they are others; whether they read back as wanted."""
    if document.rights == wanted:
        return True
    documents.set_shown(document.id, wanted.body())
    return documents.one(document.id, rights=True).rights == wanted


def settle_surely(documents: Documents, document: Document, wanted: Rights) -> None:
    """The same; raises DmsUnavailable where they do not read back."""
    if not settle(documents, document, wanted):
        raise DmsUnavailable(
            f"the rights on document {document.id} do not read back as they were set: look for a workflow in "
            "paperless-ngx that changes owners or permissions"
        )
