"""The scanner's bytes of a document, wherever the server keeps them: as its file, or inside its file."""

from __future__ import annotations

import hashlib

from plugins.paperless.client.documents import Document, Documents
from plugins.paperless.custom_fields import SHA256, CustomFields
from plugins.paperless.upload.enclosing import original_in, without_original
from retention.errors import DmsUnavailable, NoSuchRecord

_PDF = b"%PDF"


class Originals:
    """The files of the server's documents."""

    def __init__(self, documents: Documents, fields: CustomFields) -> None:
        self._documents = documents
        self._fields = fields

    def bytes_of(self, number: int, shown: Document | None = None) -> bytes:
        """The scanner's bytes; of a document that was not filed here, the server's original. `shown` is the document where
        it was asked for a moment ago. Raises NoSuchRecord, and DmsUnavailable where the document is there without its file."""
        document = shown or self._documents.one(number)
        try:
            kept = self._kept(number)
        except NoSuchRecord:
            self._documents.one(number)  # raises where it has gone by now
            raise DmsUnavailable(
                f"paperless-ngx 中有文件 {number} 的条目，其原件却不在服务器的磁盘上：请从备份中恢复。paperless-ngx has document {number}, "
                "and its file is missing on the server's disk: put it back from a backup"
            ) from None
        if not self._may_hold(kept, document):
            return kept
        return original_in(kept) or kept

    def checksum(self, number: int, shown: Document | None = None) -> str:
        """The SHA-256 of these bytes, computed anew."""
        return hashlib.sha256(self.bytes_of(number, shown)).hexdigest()

    def archive(self, number: int) -> bytes | None:
        """The searchable PDF that holds them, without them; None where the server keeps them as they are."""
        document = self._documents.one(number)
        kept = self._kept(number)
        return without_original(kept) if self._may_hold(kept, document) else None

    def _kept(self, number: int) -> bytes:
        return b"".join(self._documents.original(number))

    def _may_hold(self, kept: bytes, document: Document) -> bool:
        """Whether what the server keeps is not what was filed, by the checksum in our field."""
        filed = document.fields.get(self._fields.id_of(SHA256) or 0)
        return bool(filed) and kept.startswith(_PDF) and hashlib.sha256(kept).hexdigest() != filed
