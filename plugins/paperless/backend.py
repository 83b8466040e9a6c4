"""paperless-ngx as the DMS: the contract `retention.dms.Dms` over its REST API."""

# ruff: noqa: D102 - retention.dms.Dms documents every method of a backend, once

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from plugins.paperless import card_json
from plugins.paperless import custom_fields as field
from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Document, Documents, having
from plugins.paperless.client.login import Login
from plugins.paperless.client.share_links import ShareLinks
from plugins.paperless.client.tasks import Tasks
from plugins.paperless.content import pages_of
from plugins.paperless.disk import Disk
from plugins.paperless.existing.existing import Existing
from plugins.paperless.init.cautions import cautions
from plugins.paperless.init.preparing import Preparing
from plugins.paperless.init.vocabulary import Vocabulary
from plugins.paperless.quarantine import Quarantine
from plugins.paperless.remains import remains
from plugins.paperless.rights.audit import Audit
from plugins.paperless.rights.level import Marks
from plugins.paperless.rights.readers import Readers
from plugins.paperless.search import Search
from plugins.paperless.upload.expected import Expected
from plugins.paperless.upload.filing import Filing, Patience
from plugins.paperless.upload.originals import Originals
from plugins.paperless.upload.relabelling import Relabelling
from retention.dms import Caution, Change, Clearance, Deposit, DmsStatus, Hit, Query, RightsFault, Term
from retention.errors import DmsRefused, NoSuchRecord
from retention.outline import Outline
from retention.record import Card, Record

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID_PLACES = 18


class PaperlessDms:
    """The records that the account of `token` has filed in the paperless-ngx at `url`.

    A document is a Record when it bears our card; others are left alone, and only `find` tells of
    them. `categories` are the names of the categories that people see, by the names on the cards; `disk` is what of the
    server's folders is mounted here.
    """

    name = "paperless"
    keeps_archives = True
    """Its API takes one file a document: the archive version, with the original inside (`upload.enclosing`)."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        login: Login | None = None,
        categories: Mapping[str, str] | None = None,
        levels: tuple[str, ...] = (),
        patience: Patience | None = None,
        disk: Disk | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connection = Connection(url, token, login=login, sleep=sleep)
        self._me = Me(self._connection)
        self._readers = Readers(self._connection, self._me, levels)
        self._documents = Documents(self._connection)
        self._fields = field.CustomFields(self._connection)
        self._originals = Originals(self._documents, self._fields)
        self._vocabulary = Vocabulary(self._connection, self._me, self._fields, categories or {})
        self._preparing = Preparing(self._connection, self._me, self._readers, self._fields, self._vocabulary)
        self.existing = Existing(
            self._connection, self._me, self._documents, self._fields, self._readers.everybody
        )
        self._disk = disk or Disk()
        self._quarantine = Quarantine(
            self._connection,
            self._documents,
            self._fields,
            self._readers,
            self._me.get,
            self._originals,
            self._disk,
        )
        tasks = Tasks(self._connection, sleep)
        limits = patience or Patience()
        self._filing = Filing(
            self._documents, tasks, self._vocabulary, self._fields, self._readers, limits, sleep
        )
        self._expected = Expected(self._filing.find)
        self._relabelling = Relabelling(self._documents, self._vocabulary, self._readers)

    def status(self) -> DmsStatus:
        # Not /api/status/: that asks the workers, takes a second, and is for administrators.
        version = self._connection.headers("tags/?page_size=1").get("X-Version", "unknown")
        detail = f"paperless-ngx at {self._connection.place}, version {self._connection.version} of its API"
        return DmsStatus(self.name, version, detail, self._documents.count())

    def prepare(self, vocabulary: Iterable[Term], *, dry_run: bool = False) -> tuple[Change, ...]:
        return self._preparing.prepare(vocabulary, dry_run=dry_run)

    def cautions(self) -> tuple[Caution, ...]:
        return (
            *self._preparing.cautions(),
            *cautions(self._connection, self._me.get(), self._readers),
        )

    def audit_rights(self, *, repair: bool = False) -> Iterator[RightsFault]:
        links, marks = ShareLinks(self._connection), self._marks()
        card_field = self._fields.id_of(field.CARD)
        audit = Audit(self._documents, links, self._me, self._readers, marks, card_field)
        return audit.run(repair=repair)

    def file(self, deposit: Deposit) -> str:
        name = deposit.original.name
        try:
            original = deposit.original.read_bytes()
        except OSError as error:
            raise DmsRefused(f"{name} can not be read ({error.strerror}): take it in again") from error
        sha256 = hashlib.sha256(original).hexdigest()
        if sha256 != deposit.card.sha256:
            raise DmsRefused(
                f"{name} has the checksum {sha256[:12]}… and not {deposit.card.sha256[:12]}…: it was changed after "
                "it was read; take it in again"
            )
        return self._filing.file(deposit, original)

    def expect(self, sha256: str) -> None:
        if _SHA256.fullmatch(sha256):
            self._expected.begin(sha256)

    def find(self, sha256: str) -> str | None:
        if not _SHA256.fullmatch(sha256):
            return None
        number = self._expected.end(sha256)
        return None if number is None else str(number)

    def checksum(self, dms_id: str) -> str:
        return self._originals.checksum(_number(dms_id))

    def original(self, dms_id: str) -> bytes:
        self._seen(dms_id)
        return self._originals.bytes_of(_number(dms_id))

    def archive(self, dms_id: str) -> bytes | None:
        self.record(dms_id)
        return self._originals.archive(_number(dms_id))

    def record(self, dms_id: str) -> Record:
        return self._record(self._seen(dms_id))

    def confirmed(self, dms_id: str) -> tuple[Record, str]:
        number = _number(dms_id)
        document = self._filing.just_read(number) or self._seen(dms_id)
        return self._record(document), self._originals.checksum(number, document)

    def _record(self, document: Document) -> Record:
        card_field = self._fields.id_of(field.CARD) or 0
        if not document.fields.get(card_field):
            raise NoSuchRecord(
                f"document {document.id} of paperless-ngx bears no card: it was not filed by this program"
            )
        return _record(document, card_field)

    def text(self, dms_id: str) -> tuple[str, ...]:
        return pages_of(self._seen(dms_id, content=True).content)

    def records(self, *ids: str) -> Iterator[Record]:
        card_field = self._fields.id_of(field.CARD)
        if ids:
            numbers = _numbers(ids)
        else:
            numbers = [] if card_field is None else self._documents.ids([having(card_field)])
        found_again = self._documents.each(numbers)
        return (
            _record(document, card_field or 0)
            for document in found_again
            if card_field in document.fields and not self._quarantine.hides(document)
        )

    def outlines(self, *, ended_before: date | None = None) -> Iterator[Outline]:
        del ended_before  # its API filters nothing that costs less than reading the card
        return map(Outline.of, self.records())

    def relabel(self, record: Record, card: Card) -> None:
        if card.sha256 != record.card.sha256:
            raise DmsRefused(f"document {record.dms_id} holds other bytes than the labels speak of")
        if self.record(record.dms_id) != record:
            raise DmsRefused(
                f"document {record.dms_id} was changed by somebody else meanwhile: look at it again, then correct it"
            )
        self._relabelling.relabel(_number(record.dms_id), record.card, card)

    def search(self, query: Query, clearance: Clearance) -> tuple[Hit, ...]:
        search = Search(self._connection, self._documents, self._fields)
        return search.found(query, clearance, self._marks())

    def quarantine(self, dms_id: str, sha256: str) -> None:
        self._quarantine.close(_number(dms_id), sha256)

    def restore(self, dms_id: str) -> None:
        self._quarantine.open(_number(dms_id), self._vocabulary.marks())

    def quarantined(self, *ids: str) -> Iterator[Record]:
        cards = self._quarantine.cards(_numbers(ids) if ids else None)
        return (Record(str(one), card_json.read(cards[one], one)[0]) for one in sorted(cards))

    def quarantined_text(self, dms_id: str) -> tuple[str, ...]:
        document = self._documents.one(_number(dms_id), content=True)
        if not self._quarantine.hides(document):
            raise NoSuchRecord(f"document {dms_id} of paperless-ngx is not in quarantine")
        return pages_of(document.content)

    def versions(self, dms_id: str) -> tuple[str, ...]:
        return self._quarantine.versions(_number(dms_id))

    def destroy(self, dms_id: str, sha256: str) -> None:
        self._quarantine.destroy(_number(dms_id), sha256)

    def is_gone(self, dms_id: str, sha256: str) -> bool:
        return self._quarantine.is_gone(_number(dms_id), sha256)

    def erase_traces(self) -> None:
        """Nothing: the server removes files and index entries itself; `remains` says what it keeps."""

    def remains(self) -> tuple[Caution, ...]:
        audit_log = self._me.get().settings.get("auditlog_enabled") is not False
        return remains(audit_log=audit_log, trash_seen=self._disk.trash is not None)

    def _marks(self) -> Marks:
        return replace(self._vocabulary.marks(), hidden=self._quarantine.tag())

    def _seen(self, dms_id: str, *, content: bool = False) -> Document:
        """The document, unless it is in quarantine; raises NoSuchRecord."""
        document = self._documents.one(_number(dms_id), content=content)
        if self._quarantine.hides(document):
            raise NoSuchRecord(f"document {dms_id} of paperless-ngx is in quarantine")
        return document


def _record(document: Document, card_field: int) -> Record:
    card, _ = card_json.read(str(document.fields[card_field]), document.id)
    return Record(str(document.id), card)


def _numbers(ids: Iterable[str]) -> list[int]:
    """The server's ids in their order; what never was one is left out."""
    return sorted({int(one) for one in ids if _is_number(one)})


def _number(dms_id: str) -> int:
    """The server's id; raises NoSuchRecord for what never was one."""
    if not _is_number(dms_id):
        raise NoSuchRecord(f"paperless-ngx holds no document {dms_id[:40]!r}")
    return int(dms_id)


def _is_number(dms_id: str) -> bool:
    return dms_id.isascii() and dms_id.isdecimal() and len(dms_id) <= _ID_PLACES and dms_id[0] != "0"
