"""Filing one document: sent once, completed, and known as filed only when it is whole.

Principle: nothing that was filed is ever changed or removed here. What may go to the trash is the second
copy that this very call has just sent, while somebody else was sending the same bytes.

The server takes an upload in several steps of its own and knows no transaction over two requests. So the
checksum's field goes with the upload, and the card's field is set last of all: a document with the first
and without the second is one that a crash has cut off, and whoever files these bytes next completes it. Until
then it is its uploader's alone: that much the server does by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from plugins.paperless import card_json, content
from plugins.paperless import custom_fields as field
from plugins.paperless.client.documents import Document, Documents, with_serial, with_value
from plugins.paperless.client.tasks import NumberTaken, Tasks
from plugins.paperless.client.wording import storable
from plugins.paperless.init.vocabulary import Place, Vocabulary
from plugins.paperless.rights.level import highest
from plugins.paperless.rights.readers import Readers
from plugins.paperless.rights.settling import due, settle_surely
from plugins.paperless.upload.expected import BELIEVED
from plugins.paperless.upload.form import bears, form_of
from retention.dms import Deposit
from retention.errors import AlreadyFiled, DmsRefused, DmsUnavailable
from retention.record import Card

_PAUSE = 0.5
_LARGEST_SERIAL = 0x7FFFFFFF
"""The server says that it takes twice that, and PostgreSQL then fails with the file."""

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
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._documents = documents
        self._tasks = tasks
        self._vocabulary = vocabulary
        self._fields = fields
        self._readers = readers
        self._patience = patience
        self._sleep = sleep
        self._clock = clock
        self._absent: dict[str, tuple[float, str | None]] = {}
        self._unindexed: set[int] = set()
        self._read_back: tuple[Document, float] | None = None

    def find(self, sha256: str) -> int | None:
        """The oldest whole document with these bytes, None where there is none."""
        twins = self._twins(sha256)
        if not twins:
            now = self._clock()
            fresh = {name: one for name, one in self._absent.copy().items() if now - one[0] <= BELIEVED}
            self._absent = {**fresh, sha256: (now, self._under_way(sha256))}
        whole = next((document for document, state in twins if state != "begun"), None)
        if whole is None:
            return None
        if whole.id in self._unindexed:
            # The server wrote the card and was cut off before it told: a change of nothing has it indexed again.
            self._documents.set_shown(whole.id, {"title": whole.title})
            self._unindexed.discard(whole.id)
        return whole.id

    def _twins(self, sha256: str, sent: int | None = None) -> list[tuple[Document, State]]:
        """Every document with these bytes, the oldest first; once one was sent, those that were filed by us. What
        people upload in that same second is theirs and stays; a moment later nobody would have looked either."""
        found = [] if sent is not None else self._documents.meeting([("checksum__iexact", sha256)])
        mark, card = self._fields.id_of(field.SHA256), self._fields.id_of(field.CARD)
        if mark is not None:
            found += self._documents.meeting([with_value(mark, sha256)])
        once = {document.id: document for document in found}
        return [(once[number], _state(once[number], mark, card)) for number in sorted(once)]

    def file(self, deposit: Deposit, original: bytes) -> str:
        """The id of the new document; raises AlreadyFiled."""
        sha256 = deposit.card.sha256
        place = self._vocabulary.place(deposit.card)
        looked, task = self._absent.pop(sha256, (None, None))
        # Who sends the same bytes in this moment is found after the upload.
        if looked is None or self._clock() - looked > BELIEVED:
            held = self._settled(deposit, place, None)
            if held is not None:
                return held
            task = self._under_way(sha256)
        under_way = task is not None
        try:
            if task is None:
                task, place = self._sent(deposit, original, place, self._free(deposit.card))
            # Another process, or this one before it was cut off: its task may be dead, so others are not kept waiting.
            number = self._tasks.wait(
                task, sha256, self._patience.other if under_way else self._patience.reading
            )
        except NumberTaken:
            if deposit.card.asn is None:
                raise
            # By a document that this account does not see, or one in the trash: the record goes without.
            under_way = False
            task, place = self._sent(deposit, original, place, None)
            number = self._tasks.wait(task, sha256, self._patience.reading)
        settled = self._settled(deposit, place, None if under_way else number)
        if settled is None:
            raise DmsUnavailable(
                f"document {number} has gone again right after paperless-ngx took it in: look for a workflow there "
                "that moves documents to the trash, and for a clean-up of the trash"
            )
        return settled

    def _under_way(self, sha256: str) -> str | None:
        """The task that takes these bytes in at this moment: another process', or that of one which was cut off."""
        mark = self._fields.id_of(field.SHA256)
        return None if mark is None else self._tasks.uploading(mark, sha256)

    def just_read(self, number: int) -> Document | None:
        """The document as it was read back at the end of its filing, if that was a moment ago; told once."""
        kept, self._read_back = self._read_back, None
        if kept is None or kept[0].id != number or self._clock() - kept[1] > BELIEVED:
            return None
        return kept[0]

    def _free(self, card: Card) -> int | None:
        """The card's serial number, unless another record or another document of the server's has it."""
        if card.asn is None or card.asn_taken or not 0 < card.asn <= _LARGEST_SERIAL:
            return None
        return None if self._documents.ids([with_serial(card.asn)]) else card.asn

    def _sent(self, deposit: Deposit, original: bytes, place: Place, serial: int | None) -> tuple[str, Place]:
        """The task of the upload, and the labels that it bears."""
        try:
            return self._documents.upload(form_of(deposit, original, place, serial)), place
        except DmsRefused:
            # A label that was looked up some minutes ago may have been deleted since.
            fresh = self._vocabulary.place(deposit.card, anew=True)
            if fresh == place:
                raise
            return self._documents.upload(form_of(deposit, original, fresh, serial)), fresh

    def _settled(self, deposit: Deposit, place: Place, sent: int | None) -> str | None:
        """The document, completed here; None where the server has no such bytes.

        Of several that send the same bytes at once the one with the lowest id stays. Who has sent another
        waits until it is whole, takes his own away and raises AlreadyFiled; or completes it himself when its
        sender seems to be gone.
        """
        sha256, waited = deposit.card.sha256, 0.0
        while True:
            twins = self._twins(sha256, sent)
            done = [
                twin.id for twin, state in twins if state != "begun" and (twin.id != sent or state == "filed")
            ]
            if done:
                raise AlreadyFiled(str(self._left(sent, done[0], sha256)), sha256)
            if not twins:
                return None
            first = twins[0][0]
            if first.id == sent or waited >= self._patience.other:
                break
            self._sleep(_PAUSE)
            waited += _PAUSE
        self._complete(first, deposit, place, ours=first.id == sent)
        self._take_back(sent, [first.id])
        if first.id == sent:
            self._give_way(sent, {twin.id for twin, _ in twins[1:]}, sha256)
        return str(first.id)

    def _give_way(self, sent: int, rivals: set[int], sha256: str) -> None:
        """Take ours away again where one of `rivals`, which was begun when ours was, is completed beside it.

        Ids do not come into sight in their order: who has sent a rival may have looked when the server still hid ours, and
        does not look again. If he saw ours, he waits for it, and takes his own away. As only the lower one of two ever
        gives way here, one stays.
        """
        waited = 0.0
        while rivals and waited < self._patience.other:
            there = [(twin.id, state) for twin, state in self._twins(sha256, sent) if twin.id in rivals]
            done = [number for number, state in there if state != "begun"]
            if done:
                raise AlreadyFiled(str(self._left(sent, done[-1], sha256)), sha256)
            if not there:
                return
            self._sleep(_PAUSE)
            waited += _PAUSE

    def _left(self, sent: int | None, done: int, sha256: str) -> int:
        """The document that is left when ours is out of the way: `done`, or, of three that were sent at once, the one for
        which that gives way in its turn."""
        if sent is None:
            return done
        self._take_back(sent, [done])
        waited = 0.0
        while waited < self._patience.other:
            others = [(twin.id, state) for twin, state in self._twins(sha256, sent) if twin.id != sent]
            if len(others) == 1 and others[0][1] != "begun":
                return others[0][0]
            self._sleep(_PAUSE)
            waited += _PAUSE
        return done

    def _complete(self, begun: Document, deposit: Deposit, place: Place, *, ours: bool) -> None:
        """Put on what an upload can't bring along, the card last, and read all of it back. `ours`: this call has sent
        it, so nobody can have changed its labels yet."""
        card, keys, number = deposit.card, deposit.keys, begun.id
        rights = self._readers.due(highest((storable(card.confidentiality),), self._readers.levels))
        shown = {"content": content.written(deposit.pages, keys, card.title), **rights.body()}
        whole = card_json.written(card, keys)
        if ours:
            self._unindexed.add(number)
            self._documents.complete(number, shown, {**begun.fields, place.fields[field.CARD]: whole})
            self._unindexed.discard(number)
        else:
            # A person may have set a field since a crash: here the others are left alone.
            self._documents.set_shown(number, shown)
            self._documents.add_fields(number, {place.fields[field.CARD]: whole})
        read_back = self._documents.one(number, content=True, rights=True)
        stored = read_back.fields.get(place.fields[field.CARD])
        if (
            stored != whole
            or content.pages_of(read_back.content) != deposit.pages
            or (ours and not bears(read_back, card, place))
        ):
            raise DmsUnavailable(
                f"document {number} does not read back as it was written: look for a workflow in paperless-ngx that "
                "changes documents when they are added or updated"
            )
        if not (ours and read_back.tags <= {*place.tags, *place.above}):
            # Somebody may have raised the level meanwhile.
            rights = due(read_back, card, self._vocabulary.marks(), self._readers)
        settle_surely(self._documents, read_back, rights)
        self._read_back = read_back, self._clock()

    def _take_back(self, sent: int | None, kept: list[int]) -> None:
        if sent is not None and sent not in kept:
            self._documents.to_trash(sent)


def _state(document: Document, mark: int | None, card: int | None) -> State:
    if document.fields.get(card or 0):
        return "filed"
    return "begun" if document.fields.get(mark or 0) else "foreign"
