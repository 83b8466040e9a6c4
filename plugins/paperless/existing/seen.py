"""What is seen of the labels of a document, in the words that people see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from retention.record import Card

KIND, CATEGORY, LEVEL, DOSSIER, REVIEW = "kind", "category", "level", "dossier", "review"
FIELD = "field:"
"""The labels: document type, tag under 类别, tag under 密级 or field 密级, field 档号, tag 待核; `field:NAME` any other field."""


@dataclass(frozen=True)
class Seen:
    """A document's labels. `categories` are the names of its tags under 类别; `levels` those under 密级, and what stands in
    the field 密级. `fields` are the values of our custom fields that are not empty, by name. `states` are the names of
    the state tags that it bears.

    `sha256` is that of the file that was uploaded, `added` the day on which it was. `card` is our own, None for a
    document that has none. `entry` is the number of the latest entry in its history, None where that is not shown.
    """

    id: int
    title: str
    content: str
    added: date
    kind: str
    categories: tuple[str, ...]
    levels: tuple[str, ...]
    states: frozenset[str]
    fields: Mapping[str, object]
    name: str
    media_type: str
    pages: int
    sha256: str
    may_change: bool
    card: Card | None
    entry: int | None = None

    @property
    def dossier(self) -> str:
        """What stands in the field 档号."""
        return str(self.fields.get("档号") or "")

    @property
    def being_filed(self) -> bool:
        """Whether somebody is just filing it, or was cut off: the checksum goes with the upload, the card comes last."""
        return self.card is None and bool(self.fields.get("原件sha256"))

    def labels(self, ladder: tuple[str, ...]) -> dict[str, str]:
        """What is compared to notice that somebody has changed it: one value each, empty where there is none."""
        return {
            KIND: self.kind,
            CATEGORY: "、".join(self.categories),
            LEVEL: joined(self.levels, ladder),
            DOSSIER: self.dossier,
            REVIEW: "待核" if "待核" in self.states else "",
        }


def joined(levels: Iterable[str], ladder: tuple[str, ...]) -> str:
    """The highest of the levels by a `ladder` that begins with the lowest; all of them where it does not know one."""
    found = list(dict.fromkeys(levels))
    if found and set(found) <= set(ladder):
        return max(found, key=ladder.index)
    return "、".join(found)
