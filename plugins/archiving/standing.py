"""A Standing: how a file that is being filed stands to others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from classifiers.parts import Range
from consumers.inbox.spool import Claim
from plugins.batches.parting import Parting
from plugins.masking import mask_id_numbers
from retention.record import Card

_MOST_TITLE = 120


@dataclass(frozen=True)
class Standing:
    """By itself (all is empty), the batch of several documents, or one of those.

    A batch has the `ranges` in which its documents lie. A part has `batch`, the batch's intake id, `part_of`, the
    SHA-256 of its bytes, and its own pages there (from 1, inclusive). `kept_whole` says why a file stays in one piece that looks mixed (Chinese, a
    clause).
    """

    ranges: tuple[Range, ...] = ()
    batch: str = ""
    part_of: str = ""
    first_page: int = 0
    last_page: int = 0
    kept_whole: str = ""

    def parting(self, setting: Parting) -> Parting:
        """How such a file is to be looked at: only a batch is parted, and no part once more."""
        if self.ranges:
            return "split"
        return "propose" if setting == "split" else setting

    def shown_on(self, card: Card) -> Card:
        """The card of such a file. What is to be looked at in a batch, its parts say."""
        if self.ranges:
            title = mask_id_numbers(f"整批扫描件 {card.name}")[:_MOST_TITLE]
            return replace(card, batch=True, title=title, review_reasons=(), dossier_doubt="")
        return replace(card, part_of=self.part_of, first_page=self.first_page, last_page=self.last_page)


BY_ITSELF = Standing()


def place_in_batch(card: Card) -> dict[str, Any]:
    """What register and programs are told of a batch or of a part; nothing of any other record."""
    if card.batch:
        return {"batch": True}
    if card.part_of:
        return {"part_of": card.part_of, "first_page": card.first_page, "last_page": card.last_page}
    return {}


def standing_of(claim: Claim) -> Standing:
    """The standing of a claimed file, as far as the claim tells: by itself, or part of another."""
    return Standing(
        batch=claim.part_of, part_of=claim.whole, first_page=claim.first_page, last_page=claim.last_page
    )
