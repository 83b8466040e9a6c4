"""A Leaf: all that one page of a file shows about where documents begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.evidence import evidence, squeeze
from classifiers.parts.card import id_card, near_card
from classifiers.parts.clauses import clauses
from classifiers.parts.ending import ending
from classifiers.parts.opening import Opening, annex, first_words, opening
from classifiers.parts.page_number import PageNumber, page_number
from classifiers.parts.separator import separator, volume_list
from classifiers.taxonomy import Taxonomy, Trait
from consumers.transcript import Page, Transcript

_OWN_NUMBER = re.compile(
    r"^(?:no|编号|单号|票号|收据号码?|合同编号|协议编号|案号)[.:：]*([0-9a-z\-()第号字]{4,30})$|^[(\[（〔【]\d{4}[)\]）〕】].{2,20}号$",
    re.IGNORECASE,
)
_NUMBER_LINES = 8


@dataclass(frozen=True)
class Leaf:
    """What one page shows; strings are the lines that show it, empty where nothing does.

    `separator` is the line of a sheet that parts others; `volume_list` is true where that is a list of
    contents or a cover, which may go on over the page. `near_card` is true of what may be a card's other side.
    `head` is its first lines that say anything, `own_number` the number that a paper bears there.
    `traits` are those that the taxonomy gives its kind.
    """

    number: int
    lines: tuple[str, ...]
    head: tuple[str, ...]
    printed: PageNumber | None
    opening: Opening | None
    annex: str
    separator: str
    volume_list: bool
    card: str
    near_card: bool
    ending: str
    own_number: str
    clauses: dict[int, tuple[int, int]]
    traits: frozenset[Trait]

    @property
    def blank(self) -> bool:
        """Whether next to nothing stands on it: a back side, an empty sheet."""
        return not self.separator and sum(map(len, self.lines)) <= 3

    @property
    def kind(self) -> str:
        """The kind that the page's own title names; empty where there is none."""
        return _kind(self.card, self.opening)


def leaf(page: Page, taxonomy: Taxonomy) -> Leaf:
    """What the page shows."""
    lines = tuple(filter(None, (squeeze(line.text) for line in page.lines)))
    card, title = id_card(lines), opening(page, evidence(Transcript("", (page,)), taxonomy))
    return Leaf(
        number=page.number,
        lines=lines,
        head=first_words(lines),
        printed=page_number(lines),
        opening=title,
        annex=annex(lines),
        separator=separator(lines) or volume_list(lines),
        volume_list=bool(volume_list(lines)),
        card=card,
        near_card=near_card(lines),
        ending=ending(lines),
        own_number=next((line for line in lines[:_NUMBER_LINES] if _OWN_NUMBER.match(line)), ""),
        clauses=clauses(lines),
        traits=taxonomy.traits(_kind(card, title)),
    )


def _kind(card: str, title: Opening | None) -> str:
    if card:
        return "id-card"
    return title.kind if title else ""
