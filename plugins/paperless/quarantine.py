"""Records on their way out: out of everybody's sight by rights and a tag, put back, and removed for good.

Principle that must never break: nothing leaves the server's documents for its trash before it is to be destroyed, and
nothing is destroyed that is not ours, by card and checksum, and in quarantine. The trash is emptied by one document a call, and
what became of it is looked at: also where this account would not see it any more.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence

from plugins.paperless import card_json
from plugins.paperless import custom_fields as field
from plugins.paperless.client.account import Account
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Document, Documents, Version
from plugins.paperless.client.rights import Rights
from plugins.paperless.client.share_links import ShareLinks
from plugins.paperless.client.stored import Stored, stored
from plugins.paperless.client.trash import Trash
from plugins.paperless.disk import Disk
from plugins.paperless.rights.level import Marks
from plugins.paperless.rights.readers import Readers
from plugins.paperless.rights.settling import due, settle_surely
from plugins.paperless.tags import Tags
from plugins.paperless.upload.enclosing import original_in
from plugins.paperless.upload.originals import Originals
from retention.errors import DmsRefused, DmsUnavailable, NoSuchRecord

TAG = "处置隔离"
"""What a document in quarantine bears. Only the archive's account may see the tag, so nobody else puts it on."""
_LOOK_AGAIN = 60.0  # seconds between two looks for the tag, as long as nothing was ever in quarantine


class Quarantine:
    """The quarantine on the server behind `connection`; `me` gives the archive's account."""

    def __init__(
        self,
        connection: Connection,
        documents: Documents,
        fields: field.CustomFields,
        readers: Readers,
        me: Callable[[], Account],
        originals: Originals,
        disk: Disk,
    ) -> None:
        self._connection = connection
        self._documents = documents
        self._fields = fields
        self._readers = readers
        self._me = me
        self._originals = originals
        self._disk = disk
        self._files: dict[int, tuple[Stored, ...]] = {}
        self._tags = Tags(connection)
        self._links = ShareLinks(connection)
        self._trash = Trash(connection)
        self._tag: int | None = None
        self._looked = float("-inf")

    def tag(self) -> int | None:
        """The id of the tag; None where nothing was ever in quarantine here."""
        if self._tag is None and time.monotonic() - self._looked > _LOOK_AGAIN:
            found = self._tags.find(TAG)
            self._tag, self._looked = (found.id if found else None), time.monotonic()
        return self._tag

    def hides(self, document: Document) -> bool:
        """Whether the document is in quarantine."""
        return self.tag() in document.tags

    def close(self, number: int, sha256: str) -> None:
        """Out of sight: first for people, by rights and links, then for this program, by the tag."""
        if self._is_thrown(number, sha256):
            self._trash.restore(number)
        document = self._ours(number, sha256)
        tag = self._tag = self._tags.ensure(TAG).id
        settle_surely(self._documents, document, Rights(self._me().id))
        for link in self._links.of(number):
            self._links.delete(link)
        self._documents.change_tags(number, add=(tag,), remove=())
        if tag not in self._documents.one(number).tags:
            raise DmsUnavailable(f"document {number} does not bear the tag {TAG} that was put on it")

    def open(self, number: int, marks: Marks) -> None:
        """In sight again, for whom its level allows it."""
        document = self._documents.one(number, rights=True)
        card_text = document.fields.get(self._fields.id_of(field.CARD) or 0)
        card = card_json.read(str(card_text), number)[0] if card_text else None
        settle_surely(self._documents, document, due(document, card, marks, self._readers))
        tag = self.tag()
        if tag in document.tags and tag is not None:
            self._documents.change_tags(number, add=(), remove=(tag,))

    def cards(self, numbers: Sequence[int] | None = None) -> dict[int, str]:
        """The cards, as they are written, of what is in quarantine, by id: of these documents, which alone are asked for then, or
        of all."""
        tag, card_field = self.tag(), self._fields.id_of(field.CARD)
        if tag is None or card_field is None:
            return {}
        wanted = self._documents.ids([("tags__id__all", str(tag))]) if numbers is None else sorted(numbers)
        return {
            one.id: str(one.fields[card_field])
            for one in self._documents.each(wanted)
            if tag in one.tags and one.fields.get(card_field)
        }

    def destroy(self, number: int, sha256: str) -> None:
        """Into the trash, and out of it for good; goes on where an earlier call was cut off."""
        try:
            document = self._ours(number, sha256)
        except NoSuchRecord:
            pass
        else:
            if not self.hides(document):
                raise DmsRefused(f"document {number} is not in quarantine: nothing is destroyed")
            if self._originals.checksum(number) != sha256:
                raise DmsRefused(
                    f"the file of document {number} does not have the checksum that it was filed with: nothing is "
                    "destroyed; look what happened to it"
                )
            self._files[number] = tuple(self._kept_of(number))
            self._documents.to_trash(number)
        if self._is_thrown(number, sha256):
            self._trash.remove(number)
        elif self._documents.is_known(number):
            raise DmsRefused(
                f"document {number} belongs to another account now: an administrator gives it back to {self._me().name}, then "
                "restore it and propose it anew"
            )

    def is_gone(self, number: int, sha256: str) -> bool:
        """Whether the server knows it neither as a document, nor in its trash, nor by its checksum, nor as what belongs to
        others. Raises DmsUnavailable where it does not, and its files still lie in a folder that is mounted here."""
        if self._documents.is_known(number) or self._trash.find(number) is not None:
            return False
        if number in self._documents.ids([("checksum__iexact", sha256)]):
            return False
        files = self._files.get(number, (Stored(number, sha256, (f"thumbnails/{number:07}.webp",)),))
        if left := self._disk.left(files):
            raise DmsUnavailable(
                f"paperless-ngx has removed document {number} and its file is still there: {', '.join(map(str, left))}. Remove "
                "it by hand, empty PAPERLESS_EMPTY_TRASH_DIR on the server, and run it again"
            )
        return True

    def versions(self, number: int) -> tuple[str, ...]:
        """The checksums of the files that people have put over the first one, the oldest first."""
        return tuple(one.sha256 for one in self._over(number))

    def _over(self, number: int) -> tuple[Version, ...]:
        return tuple(one for one in self._documents.versions(number) if one.id != number)

    def _kept_of(self, number: int) -> Iterator[Stored]:
        if self._disk != Disk():
            yield from (stored(self._connection, number, one.id) for one in self._documents.versions(number))

    def _is_thrown(self, number: int, sha256: str) -> bool:
        """Whether it lies in the trash; raises DmsRefused where what lies there was not in quarantine, or is other bytes.

        The trash shows no custom fields, so the bytes themselves are asked: the server gives them out from there.
        """
        thrown = self._trash.find(number)
        if thrown is None:
            return False
        kept = b"".join(self._documents.original(number))
        sums = {hashlib.sha256(each).hexdigest() for each in (kept, original_in(kept) or b"")}
        if sha256 not in sums or self.tag() not in thrown.tags:
            raise DmsRefused(
                f"document {number} in the trash holds other bytes than were decided upon, or is not in quarantine"
            )
        return True

    def _ours(self, number: int, sha256: str) -> Document:
        """The document with its rights. Raises NoSuchRecord, DmsRefused where it holds other bytes than those."""
        document = self._documents.one(number, rights=True)
        card_text = document.fields.get(self._fields.id_of(field.CARD) or 0)
        if not card_text:
            raise DmsRefused(f"document {number} bears no card: it was not filed by this program")
        if card_json.read(str(card_text), number)[0].sha256 != sha256:
            raise DmsRefused(f"document {number} holds other bytes than were decided upon")
        return document
