"""A HeldQuery: the conditions of a hold by query, as they are kept; asked of a card, and of a text."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

from retention.errors import BadHold
from retention.households.lineage import Lineage
from retention.record import Record
from retention.register import canonical


@dataclass(frozen=True)
class HeldQuery:
    """All given conditions must hold, as in `retention.dms.Query`; the days are days on the paper, inclusive."""

    words: str = ""
    category: str = ""
    kind: str = ""
    confidentiality: str = ""
    dossier: str = ""
    dated_from: date | None = None
    dated_to: date | None = None

    def written(self) -> str:
        """As canonical JSON; raises BadHold for a query without any condition."""
        told = {name: str(value) for name, value in asdict(self).items() if value}
        if not told:
            raise BadHold("检索条件为空。The query has no condition: give words, --category, --kind ...")
        return canonical(told)

    @classmethod
    def read(cls, text: str) -> Self:
        """What `written` wrote; raises ValueError and TypeError for anything else."""
        return cls(**_told(text))

    def fits_card(self, record: Record, family: Lineage) -> bool:
        """Whether the card is as the query asks; its words are another question. A paper without a day on it fits any
        span of days: it may lie in it."""
        card = record.card
        if self.category not in ("", card.category) or self.kind not in ("", card.kind):
            return False
        if self.confidentiality not in ("", card.confidentiality):
            return False
        if self.dossier and family.home(self.dossier) != family.home(card.dossier):
            return False
        on = card.document_date
        return on is None or (self.dated_from or date.min) <= on <= (self.dated_to or date.max)

    def words_on(self, record: Record, texts: Iterable[str] = ()) -> bool:
        """Whether every word stands on the card (title, name, customer, dossier, facts) or in these texts of it, white
        space, width and case evened out; also across two of them."""
        if not self.words:
            return True
        card = record.card
        own = [card.title, card.name, card.customer, card.dossier, card.unit]
        own += [one.value for one in card.facts]
        # A line end lets no sign grow together with one of the next text, and is taken out with the other white space.
        whole = "\n".join((*own, *texts))
        if _surely_lacks(whole, _ideographs(self.words)):
            return False
        even = _even(whole)
        return all(word in even for word in _words(self.words))


@lru_cache(maxsize=500)
def _told(text: str) -> dict[str, Any]:
    """The conditions of a query; kept, for the same few are asked of every record."""
    told: dict[str, Any] = json.loads(text)
    return told | {
        name: date.fromisoformat(told[name]) for name in ("dated_from", "dated_to") if name in told
    }


@lru_cache(maxsize=500)
def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_even, text.split()))


@lru_cache(maxsize=500)
def _ideographs(text: str) -> str:
    """The common ideographs of the words."""
    return "".join(sign for word in _words(text) for sign in word if "\u4e00" <= sign <= "\u9fff")


def _surely_lacks(text: str, ideographs: str) -> bool:
    """Whether one of these is not in the text, and would not be once it is evened out: of a text that is in NFKC already only
    letters with a case and white space become something else, and no ideograph. It costs a third of evening out."""
    return any(sign not in text for sign in ideographs) and unicodedata.is_normalized("NFKC", text)


def _even(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    packed = "".join(folded.split())
    if packed.isprintable():
        return packed
    return "".join(letter for letter in packed if letter.isprintable())
