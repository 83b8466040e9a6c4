"""What goes with an upload: the file, and the labels that the server takes along with it."""

from __future__ import annotations

from pathlib import PurePath

from plugins.paperless.client.documents import Document, Upload
from plugins.paperless.client.wording import storable
from plugins.paperless.init.vocabulary import Place
from plugins.paperless.labelled import fields_of, title_of
from plugins.paperless.upload.enclosing import enclosed
from plugins.paperless_native.brought_along import Brought
from retention.dms import Deposit
from retention.record import Card


def form_of(deposit: Deposit, original: bytes, place: Place, serial: int | None = None) -> Upload:
    """What is sent for a deposit whose file holds `original`; with the archive serial number where the server has it to
    give."""
    card = deposit.card
    name, media_type, whole = _file(deposit, original)
    return Upload(
        name=name,
        media_type=media_type,
        content=whole,
        title=title_of(card),
        created=created_of(card),
        document_type=place.document_type,
        storage_path=place.storage_path,
        tags=place.tags,
        fields={place.fields[name]: value for name, value in fields_of(card).items()},
        serial=serial,
    )


def bears(document: Document, card: Card, place: Place) -> bool:
    """Whether it bears the labels that were sent; more than these may be on it."""
    values = {place.fields[name]: value for name, value in fields_of(card).items()}
    return (
        document.tags.issuperset(place.tags)
        and document.document_type == place.document_type
        and document.created == created_of(card)
        and document.title == title_of(card)
        and all(document.fields.get(number) == value for number, value in values.items())
    )


def created_of(card: Card) -> str:
    """The day on the paper, else that of filing. Left to itself the server reads a date off the text, day before
    month, and knows no 年月日."""
    return (card.document_date or card.filed_on).isoformat()


def _file(deposit: Deposit, original: bytes) -> tuple[str, str, bytes]:
    """What is sent: name, media type and bytes. The original as it is, or inside its searchable PDF."""
    card = deposit.card
    name, media_type = storable(card.name.replace("/", "_")) or "scan", storable(card.media_type)
    if deposit.archive is None:
        return name, media_type, original
    brought = Brought(deposit.pages, card.document_date or card.filed_on)
    whole = enclosed(deposit.archive, original, name, media_type, brought=brought, day=card.filed_on)
    if whole is None:
        return name, media_type, original
    return f"{PurePath(name).stem}.pdf", "application/pdf", whole
