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
    tells which). `dossier` is a Dossier key, empty while nobody has chosen one. `pages` counts pages.
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

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before anyone relies on this."""
        return bool(self.review_reasons)


@dataclass(frozen=True)
class Record:
    """A Card with its place in the DMS. Identity is (dms_id, sha256), never the id alone."""

    dms_id: str
    card: Card
