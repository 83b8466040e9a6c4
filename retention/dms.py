"""The contract with a document-management system: what every backend does, and promises.

Stands here and not with the backends because disposal, which is decided in `retention`, acts on
the DMS through it. The backends and their table are in `plugins.backends`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from retention.outline import Outline
from retention.record import Card, Record


@dataclass(frozen=True)
class Term:
    """One thing of the office's vocabulary that the DMS has to know: `sort` is `category`, `kind`,
    `level` or `state`; `name` is what people see; `parent` is the name it hangs under, if any."""

    sort: str
    name: str
    parent: str = ""


@dataclass(frozen=True)
class Change:
    """What `prepare` did, or would do: `action` is `create`, `keep`, or `share` for something of our own that is shown
    to more groups. `sort` is that of the term, or names a sort of things that this DMS needs beside its terms."""

    action: str
    sort: str
    name: str


@dataclass(frozen=True)
class Deposit:
    """A document on its way into the DMS.

    `original` holds the scanner's bytes, untouched. `pages` is the text of each page. `keys` are
    further strings by which people look for it (the unit in all its spellings, numbers, names). `archive`
    is a PDF that shows the same pages and can be searched, where there is one.
    """

    original: Path
    card: Card
    pages: tuple[str, ...]
    keys: tuple[str, ...] = ()
    archive: Path | None = None


@dataclass(frozen=True)
class Clearance:
    """Whose eyes are looking: the names of the confidentiality levels that they may see."""

    levels: frozenset[str]


@dataclass(frozen=True)
class Query:
    """What is looked for. All given conditions must hold.

    `words` is separated by white space; every word must be in the document (title, text, keys, and what people have
    written on it in the DMS), as an exact run of characters once white space, width and case are evened out; one that
    begins with a building's number (3-2-1201, 3栋) not behind another digit. The dates are days
    on the paper, both inclusive. `unassigned` asks for records whose dossier is missing or not certain.
    `limit` is the greatest number of hits.
    """

    words: str = ""
    category: str = ""
    kind: str = ""
    confidentiality: str = ""
    dossier: str = ""
    dated_from: date | None = None
    dated_to: date | None = None
    needs_review: bool | None = None
    unassigned: bool | None = None
    limit: int = 50


@dataclass(frozen=True)
class Hit:
    """A found record: the greater `score`, the better; `highlights` are quotes around the words,
    with ID numbers masked."""

    record: Record
    score: float
    highlights: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class DmsStatus:
    """What answers: the backend's name, its version, and one line about where and how."""

    name: str
    version: str
    detail: str
    documents: int


@dataclass(frozen=True)
class Caution:
    """A setting of the DMS that hurts the archive: what is so, and what to do about it, in Chinese and English."""

    name: str
    detail: str
    remedy: str


@dataclass(frozen=True)
class RightsFault:
    """Where the rights on a document are not those that its confidentiality asks for.

    `level` is all that the document bears as level. `fault` is one of `no-owner`, `other-owner`, `seen-by-others`,
    `changed-by-others`, `not-seen`, `not-changed`, `share-link`, `unknown-level`, `damaged-card`; `detail` says who.
    """

    dms_id: str
    level: str
    fault: str
    detail: str
    repaired: bool = False


class Dms(Protocol):
    """What every backend does.

    Errors are those of `retention.errors`: `DmsUnavailable` where another try may help, `DmsRefused`
    where it can not. Every method is safe to call from several threads and processes at once.
    """

    name: str
    keeps_archives: bool
    """Whether `file` keeps the archive version of a deposit; where not, nobody needs to make one."""

    def status(self) -> DmsStatus:
        """Say what answers; raises DmsUnavailable with what to do about it."""
        ...

    def prepare(self, vocabulary: Iterable[Term], *, dry_run: bool = False) -> tuple[Change, ...]:
        """Make what is missing of the vocabulary, adopt by name what is there; never renames or
        deletes. A second call changes nothing. With `dry_run` it only tells.

        The first changes are those of `vocabulary`, in its order; others may follow."""
        ...

    def cautions(self) -> tuple[Caution, ...]:
        """Settings of the DMS that hurt the archive, as far as it tells them."""
        ...

    def audit_rights(self, *, repair: bool = False) -> Iterator[RightsFault]:
        """Every document whose rights are not those that its confidentiality asks for. With `repair`, records get the
        rights that they should have, and lose links that they should not have; nothing else is changed. Nothing
        comes from a DMS that knows no rights."""
        ...

    def file(self, deposit: Deposit) -> str:
        """Store the original's bytes and the card, durably, and give back the new id.

        All or nothing: after a crash at any point either the document is there whole or it is not.
        Raises AlreadyFiled where these bytes are held already, DmsRefused where the bytes at
        `deposit.original` do not have the card's checksum.
        """
        ...

    def expect(self, sha256: str) -> None:
        """Tell that bytes are on their way, about which `find` will be asked in some seconds: it may look for them
        meanwhile, and then answers as of that moment. Waits for nothing, raises nothing, need not be called."""
        ...

    def find(self, sha256: str) -> str | None:
        """The id of the document with these bytes, or None."""
        ...

    def checksum(self, dms_id: str) -> str:
        """The SHA-256 of the stored original, computed anew from its bytes; raises NoSuchRecord."""
        ...

    def original(self, dms_id: str) -> bytes:
        """The scanner's bytes as they were filed; raises NoSuchRecord."""
        ...

    def archive(self, dms_id: str) -> bytes | None:
        """The archive version that was filed with the document; None where there was none, or it added nothing to
        the original. Raises NoSuchRecord."""
        ...

    def record(self, dms_id: str) -> Record:
        """The record with this id; raises NoSuchRecord."""
        ...

    def confirmed(self, dms_id: str) -> tuple[Record, str]:
        """What `record` and `checksum` give, for a document that was filed a moment ago: both read back from the DMS after
        the last change of its filing, each once. Raises NoSuchRecord."""
        ...

    def text(self, dms_id: str) -> tuple[str, ...]:
        """The text of each page; raises NoSuchRecord."""
        ...

    def records(self, *ids: str) -> Iterator[Record]:
        """The records in the order of ids, those of `ids` or all, from one consistent look: what is filed meanwhile does
        not shift what is still to come. Of `ids` (some hundred at a time) those that there are."""
        ...

    def outlines(self, *, ended_before: date | None = None) -> Iterator[Outline]:
        """Of every record what the schedule asks, in the order and in the way of `records`: for looking through all.

        With `ended_before` those may be left out whose card gives that day or a later one as the last, unless they are
        parts of a batch: no schedule shortens that."""
        ...

    def relabel(self, record: Record, card: Card) -> None:
        """Put `card` in the place of the record's card, and show it where people see labels; the bytes, the text and
        the search keys stay.

        `record` is what was decided upon: raises DmsRefused where the DMS holds another card by now, or where
        `card` speaks of other bytes; NoSuchRecord. What a person has added beside our labels stays.
        """
        ...

    def search(self, query: Query, clearance: Clearance) -> tuple[Hit, ...]:
        """The best hits first. A record above the clearance is not given, not counted, not hinted at."""
        ...

    def quarantine(self, dms_id: str, sha256: str) -> None:
        """Put the record out of sight: from now on nobody finds, lists or opens it, and `search`, `records`, `record`,
        `text`, `original`, `archive` and `relabel` know no such record. Nothing is destroyed, and `find` and `checksum`
        still know its bytes.

        May be done again. Raises NoSuchRecord, DmsRefused where the DMS holds other bytes under that id.
        """
        ...

    def restore(self, dms_id: str) -> None:
        """Put a record in quarantine back as it was. May be done again. Raises NoSuchRecord."""
        ...

    def quarantined(self, *ids: str) -> Iterator[Record]:
        """The records in quarantine in the order of ids, those of `ids` or all, from one consistent look. What lies in
        a trash is not among them; `quarantine` brings it back from there."""
        ...

    def quarantined_text(self, dms_id: str) -> tuple[str, ...]:
        """The text of each page of a record in quarantine; raises NoSuchRecord."""
        ...

    def versions(self, dms_id: str) -> tuple[str, ...]:
        """The SHA-256 of every further file that the DMS keeps under this id: of versions that people have put over the
        first one, the oldest first. Also in quarantine; they go with the document. Raises NoSuchRecord."""
        ...

    def destroy(self, dms_id: str, sha256: str) -> None:
        """Remove the document for good: its bytes, versions, pictures, text and entries in indexes, and what of it lies in
        a trash. Only `retention.disposing.destroying` may call this.

        Only a record in quarantine, or one that an earlier call has begun to remove, is ever destroyed: raises DmsRefused
        for another one and where other bytes lie under that id. May be done again; where nothing is left, nothing happens.
        """
        ...

    def is_gone(self, dms_id: str, sha256: str) -> bool:
        """Whether nothing of the document is left, in a trash neither, as far as the DMS tells. A document of the same
        bytes that was filed anew, under another id, is another one."""
        ...

    def erase_traces(self) -> None:
        """Erase what destroyed documents may have left in free room of the DMS' own files, where it has such files. Called
        once after many were destroyed; may be done again."""
        ...

    def remains(self) -> tuple[Caution, ...]:
        """What this DMS keeps of destroyed documents where this program does not reach, and what a person does about it."""
        ...
