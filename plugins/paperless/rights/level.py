"""How confidential a document of the server's is: all that bears a level on it, and the highest of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugins.paperless.client.documents import Document
from plugins.paperless.client.wording import storable
from retention.record import Card


@dataclass(frozen=True)
class Marks:
    """What tells a level beside the card: the tags 密级/… by their ids, and the id of the field 密级. People raise a
    level in either. `hidden` is the tag of what is in quarantine: that is nobody's to see."""

    tags: Mapping[int, str]
    field: int | None
    hidden: int | None = None

    def hides(self, document: Document) -> bool:
        """Whether the document is in quarantine."""
        return self.hidden in document.tags

    def on(self, document: Document, card: Card | None) -> tuple[str, ...]:
        """Every level that the document bears, as the server writes it; the card's first."""
        borne = [card.confidentiality] if card else []
        borne.append(str(document.fields.get(self.field or 0) or ""))
        borne += [self.tags[tag] for tag in sorted(document.tags) if tag in self.tags]
        return tuple(dict.fromkeys(storable(level) for level in borne if storable(level)))


def highest(borne: Iterable[str], ladder: tuple[str, ...]) -> str | None:
    """The highest of the levels, by a `ladder` that begins with the lowest; None where there is none, or one that the
    ladder does not have: nobody knows then how high it is."""
    names = [storable(name) for name in ladder]
    levels = list(borne)
    if not levels or not set(levels) <= set(names):
        return None
    return ladder[max(names.index(level) for level in levels)]
