"""Whose eyes a report is for: which confidentiality levels they may see, and what is laid over every text.

Where it is not known of which level a text is, only who may see everything sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from retention.blocking.block import Block, BlockCode
from retention.record import Card, Record

HIDDEN = "〔密级以上内容略〕"
"""What is printed in the place of a title, a name or a reason above the reader's level."""

BLOCK_NAMES: dict[BlockCode, tuple[str, str]] = {
    "on-hold": ("冻结", "on hold"),
    "open-debt": ("债权债务未结清", "open debt"),
    "personal-data-restricted": ("个人信息限制处理", "personal data restricted"),
    "on-loan": ("借出未还", "on loan"),
    "handed-over": ("已移交", "handed over"),
    "open-litigation": ("诉讼未结", "open litigation"),
    "labels-in-doubt": ("标注待核", "labels in doubt"),
    "dossier-unassigned": ("待归户", "no household assigned"),
    "parts-kept": ("分件在管", "parts are kept"),
    "kept-by-appraisal": ("鉴定留存", "kept by an appraisal"),
    "not-due": ("未到期", "not due"),
    "not-noted": ("尚未登记", "not noted yet"),
    "not-known": ("无法查明", "not known"),
}
"""What stands in the way, without a word about on whom or by which paper."""


@dataclass(frozen=True)
class Eyes:
    """Who reads: the ladder's levels, the lowest first; those of them that he may see; the level of what concerns a
    customer at all; and `mask`, which takes ID numbers out of every text, whoever reads."""

    ladder: tuple[str, ...]
    levels: frozenset[str]
    floor: str
    mask: Callable[[str], str]

    @property
    def all_seeing(self) -> bool:
        """Whether every level is within his."""
        return self.levels >= set(self.ladder)

    def see(self, level: str) -> bool:
        """Whether he may see what is of that level; a level that the ladder does not have is above all others."""
        return self.all_seeing or level in self.levels

    def read(self, text: str, level: str) -> str:
        """The text as he may read it."""
        return self.mask(text) if self.see(level) or not text else HIDDEN

    def marking(self, levels: Iterable[str]) -> str:
        """What is to be marked on each page: the highest of those of these levels that he sees, the floor at least."""
        seen = {level for level in levels if self.see(level)}
        unknown = sorted(seen - set(self.ladder) - {""})
        if unknown:
            return unknown[-1]
        rank = max(
            (self.ladder.index(level) for level in (*seen, self.floor) if level in self.ladder), default=0
        )
        return self.ladder[rank] if self.ladder else ""

    def card(self, card: Card) -> Card:
        """The card with every text masked; above his level nothing is left of it but level, category and days."""
        if self.see(card.confidentiality):
            return replace(
                card,
                title=self.mask(card.title),
                kind=self.mask(card.kind),
                dossier=self.mask(card.dossier),
                customer=self.mask(card.customer),
                unit=self.mask(card.unit),
            )
        return replace(
            card,
            name="",
            title=HIDDEN,
            kind=HIDDEN,
            dossier=HIDDEN,
            customer=HIDDEN,
            unit=HIDDEN,
            review_reasons=(),
            facts=(),
            dossier_doubt="",
            dossier_evidence=(),
        )

    def record(self, record: Record) -> Record:
        """The record with its card so."""
        return Record(record.dms_id, self.card(record.card))

    def reason(self, told: tuple[str, str], plain: tuple[str, str]) -> tuple[str, str]:
        """The reason; it may quote other papers, of whichever level: who may not see everything gets the plain one."""
        zh, en = told if self.all_seeing else plain
        return self.mask(zh), self.mask(en)

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """What stands in the way; the same holds of what it quotes."""
        if self.all_seeing:
            return tuple(
                Block(one.code, self.mask(one.reason_zh), self.mask(one.reason_en)) for one in blocks
            )
        return tuple(
            Block(one.code, f"暂缓：{BLOCK_NAMES[one.code][0]}", f"blocked: {BLOCK_NAMES[one.code][1]}")
            for one in blocks
        )
