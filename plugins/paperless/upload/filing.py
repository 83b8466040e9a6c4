"""Filing one document: sent once, completed, and known as filed only when it is whole.

Principle: nothing that was filed is ever changed or removed here. What may go to the trash is the second
copy that this very call has just sent, while somebody else was sending the same bytes.

The server takes an upload in several steps of its own and knows no transaction over two requests. So the
checksum's field goes with the upload, and the card's field is set last of all: a document with the first
and without the second is one that a crash has cut off, and whoever files these bytes next completes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from plugins.paperless import card_json, content
from plugins.paperless import custom_fields as field
from plugins.paperless.client.documents import Document, Documents, Upload, with_value
from plugins.paperless.client.tasks import Tasks
from plugins.paperless.client.wording import storable
from plugins.paperless.init.vocabulary import Place, Vocabulary
from plugins.paperless.labelled import fields_of, title_of
from plugins.paperless.rights.level import highest
from plugins.paperless.rights.readers import Readers
from plugins.paperless.rights.settling import due, settle
from plugins.paperless.upload.enclosing import enclosed
from retention.dms import Deposit
from retention.errors import AlreadyFiled, DmsUnavailable
from retention.record import Card

_PAUSE = 0.5

State = Literal["filed", "begun", "foreign"]
"""Ours and whole; ours and cut off, or just under way; put there by somebody else."""


@dataclass(frozen=True)
class Patience:
    """Seconds: for the server to read a file; for another process to complete what it has begun."""

    reading: float = 1800.0
    other: float = 30.0


class Filing:
    """Brings deposits into the server behind `documents`."""

    def __init__(
        self,
        documents: Documents,
        tasks: Tasks,
        vocabulary: Vocabulary,
        fields: field.CustomFields,
        readers: Readers,
        patience: Patience,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._documents = documents
        self._tasks = tasks
        self._vocabulary = vocabulary
        self._fields = fields
        self._readers = readers
        self._patience = patience
        self._sleep = sleep

    def twins(self, sha256: str) -> list[tuple[int, State]]:
        """Every document with these bytes, the oldest first."""
        numbers = set(self._documents.ids([("checksum__iexact", sha256)]))
        mark, card = self._fields.id_of(field.SHA256), self._fields.id_of(field.CARD)
        if mark is not None:
            numbers |= set(self._documents.ids([with_value(mark, sha256)]))
        found = self._documents.each(sorted(numbers))
        return [(document.id, _state(document, mark, card)) for document in found]

    def file(self, deposit: Deposit, original: bytes) -> str:
        """The id of the new document; raises AlreadyFiled."""
        place = self._vocabulary.place(deposit.card)
        held = self._settled(deposit, place, None)
        if held is not None:
            return held
        sha256 = deposit.card.sha256
        under_way = self._tasks.uploading(place.fields[field.SHA256], sha256)
        task = under_way or self._documents.upload(_upload(deposit, original, place))
        number = self._tasks.wait(task, sha256, self._patience.reading)
        settled = self._settled(deposit, place, None if under_way else number)
        if settled is None:
            raise DmsUnavailable(
                f"document {number} has gone again right after paperless-ngx took it in: look for a workflow there "
                "that moves documents to the trash, and for a clean-up of the trash"
            )
        return settled

    def relabel(self, number: int, was: Card, card: Card) -> None:
        """Show `card` where `was` is shown: what differs between the two, and nothing that a person has changed since.

        The card's field comes last: cut off before it, the document counts as not corrected, and doing it again
        completes it. A higher level closes the document before anything of the new card is shown; a lower one opens
        it after all is. The rights on a document that somebody else owns are his.
        """
        old, new = self._vocabulary.place(was), self._vocabulary.place(card)
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
        self._documents.change_tags(
            number, add=set(new.tags) - set(old.tags), remove=set(old.tags) - set(new.tags)
        )
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
            self._set_rights(self._documents.one(number, rights=True), card)

    def _settled(self, deposit: Deposit, place: Place, sent: int | None) -> str | None:
        """The document, completed here; None where the server has no such bytes.

        Of several that send the same bytes at once the one with the lowest id stays. Who has sent another
        waits until it is whole, takes his own away and raises AlreadyFiled; or completes it himself when its
        sender seems to be gone.
        """
        sha256, waited = deposit.card.sha256, 0.0
        while True:
            twins = self.twins(sha256)
            done = [
                number for number, state in twins if state != "begun" and (number != sent or state == "filed")
            ]
            if done:
                self._take_back(sent, done)
                raise AlreadyFiled(str(done[0]), sha256)
            if not twins:
                return None
            first = twins[0][0]
            if first == sent or waited >= self._patience.other:
                break
            self._sleep(_PAUSE)
            waited += _PAUSE
        self._complete(first, deposit, place, ours=first == sent)
        self._take_back(sent, [first])
        return str(first)

    def _complete(self, number: int, deposit: Deposit, place: Place, *, ours: bool) -> None:
        """Put on what an upload can't bring along, the card last, and read all of it back. `ours`: this call has sent
        it, so nobody can have changed its labels yet."""
        card, keys = deposit.card, deposit.keys
        rights = self._readers.due(highest((storable(card.confidentiality),), self._readers.levels))
        text = content.written(deposit.pages, keys, card.title)
        self._documents.set_shown(number, {"content": text, **rights.body()})
        whole = card_json.written(card, keys)
        self._documents.add_fields(number, {place.fields[field.CARD]: whole})
        read_back = self._documents.one(number, content=True, rights=True)
        stored = read_back.fields.get(place.fields[field.CARD])
        if (
            stored != whole
            or content.pages_of(read_back.content) != deposit.pages
            or (ours and not _as_sent(read_back, card, place))
        ):
            raise DmsUnavailable(
                f"document {number} does not read back as it was written: look for a workflow in paperless-ngx that "
                "changes documents when they are added or updated"
            )
        self._set_rights(read_back, card)

    def _set_rights(self, document: Document, card: Card) -> None:
        """Give it the rights that all of its levels ask for: somebody may have raised one meanwhile."""
        if not settle(
            self._documents, document, due(document, card, self._vocabulary.marks(), self._readers)
        ):
            raise DmsUnavailable(
                f"the rights on document {document.id} do not read back as they were set: look for a workflow in "
                "paperless-ngx that changes owners or permissions"
            )

    def _take_back(self, sent: int | None, kept: list[int]) -> None:
        if sent is not None and sent not in kept:
            self._documents.to_trash(sent)


def _state(document: Document, mark: int | None, card: int | None) -> State:
    if document.fields.get(card or 0):
        return "filed"
    return "begun" if document.fields.get(mark or 0) else "foreign"


def _as_sent(document: Document, card: Card, place: Place) -> bool:
    """Whether it bears the labels that were sent; more than these may be on it."""
    values = {place.fields[name]: value for name, value in fields_of(card).items()}
    return (
        document.tags.issuperset(place.tags)
        and document.document_type == place.document_type
        and document.created == _created(card)
        and document.title == title_of(card)
        and all(document.fields.get(number) == value for number, value in values.items())
    )


def _created(card: Card) -> str:
    """The day on the paper, else that of filing. Left to itself the server reads a date off the text, day before
    month, and knows no 年月日."""
    return (card.document_date or card.filed_on).isoformat()


def _upload(deposit: Deposit, original: bytes, place: Place) -> Upload:
    card = deposit.card
    name, media_type, whole = _file(deposit, original)
    return Upload(
        name=name,
        media_type=media_type,
        content=whole,
        title=title_of(card),
        created=_created(card),
        document_type=place.document_type,
        storage_path=place.storage_path,
        tags=place.tags,
        fields={place.fields[name]: value for name, value in fields_of(card).items()},
    )


def _file(deposit: Deposit, original: bytes) -> tuple[str, str, bytes]:
    """What is sent: name, media type and bytes. The original as it is, or inside its searchable PDF."""
    card = deposit.card
    name, media_type = storable(card.name.replace("/", "_")) or "scan", storable(card.media_type)
    if deposit.archive is None:
        return name, media_type, original
    characters = sum(len("".join(page.split())) for page in deposit.pages)
    whole = enclosed(deposit.archive, original, name, media_type, characters=characters, day=card.filed_on)
    if whole is None:
        return name, media_type, original
    return f"{PurePath(name).stem}.pdf", "application/pdf", whole
