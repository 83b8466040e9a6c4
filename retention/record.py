"""A Record: a Scan that lies in the DMS, with the labels it was filed under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

PersonalData = Literal["none", "personal", "sensitive"]


@dataclass(frozen=True)
class FactValue:
    """A found value as it is kept with the record. `role` is empty where the paper does not say."""

    name: str
    value: str
    page: int
    quote: str
    role: str = ""


@dataclass(frozen=True)
class Card:
    """What is known of a document: everything but the id that the DMS gives it.

    `document_date` is the day that stands on the paper (None: not found), `filed_on` the day it was
    taken in, `retain_until` the last day it must be kept (None: no cutoff yet, or for ever; the rule
    tells which). `dossier` is a Dossier key, empty while nobody has chosen one; `dossier_doubt` says in
    Chinese why it is missing or not certain, and is empty where it is certain or none is needed;
    `dossier_evidence` are the sentences that it rests on. `pages` counts pages.

    `batch` marks a scanner's file that was filed whole and then parted: its documents are records of their own. Each
    of those names it: `part_of` is the SHA-256 of the batch's bytes, `first_page` and `last_page` are the pages in it
    (from 1, inclusive); empty and 0 for every other record. A batch holds its parts' pages too: it must outlive them.

    `asn` is the archive serial number that is stuck on the paper (None: none); where it is `asn_taken`, another record has
    it, and the DMS is not given it. `duplicate_of` is the id of the record that is probably another scan of the same paper.

    `handed_over` is the day and the receiver of a transfer out of the archive (empty: none): what is here is a copy then.
    """

    sha256: str
    name: str
    media_type: str
    title: str
    pages: int
    category: str
    kind: str
    confidence: float
    review_reasons: tuple[str, ...]
    confidentiality: str
    personal_data: PersonalData
    retention_rule: str
    dossier: str
    customer: str
    unit: str
    document_date: date | None
    filed_on: date
    retain_until: date | None
    facts: tuple[FactValue, ...] = ()
    dossier_doubt: str = ""
    dossier_evidence: tuple[str, ...] = ()
    batch: bool = False
    part_of: str = ""
    first_page: int = 0
    last_page: int = 0
    asn: int | None = None
    asn_taken: bool = False
    duplicate_of: str = ""
    handed_over: str = ""

    @property
    def needs_review(self) -> bool:
        """Whether a person must look at the labels before anyone relies on them."""
        return bool(self.review_reasons)

    @property
    def unassigned(self) -> bool:
        """Whether a person must say to which household it belongs; the labels are another question."""
        return bool(self.dossier_doubt)


@dataclass(frozen=True)
class Record:
    """A Card with its place in the DMS. Identity is (dms_id, sha256), never the id alone."""

    dms_id: str
    card: Card


def by_number(dms_id: str) -> tuple[int, int, str]:
    """The key by which people read a list of ids: numbers as numbers (9, 10, 101), before ids that are none."""
    return (0, int(dms_id), "") if dms_id.isascii() and dms_id.isdecimal() else (1, 0, dms_id)
