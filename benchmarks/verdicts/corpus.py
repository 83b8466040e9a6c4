"""The committed corpus as cases: what trained sides learn from, and makers that are left out of it."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.verdicts.case import Case
from classifiers.corpus.sheets import scanned
from classifiers.corpus.writing import Text, load
from classifiers.taxonomy import Taxonomy

_PARTS = 5


def cases(texts: Iterable[Text], taxonomy: Taxonomy, scans: int, seed: str = "benchmark") -> list[Case]:
    """Every text, spoilt so many times."""
    category = {kind.id: str(kind.category) for kind in taxonomy.kind}
    return [
        Case(
            name=f"{text.source}, scan {scan}",
            document=text.source,
            transcript=scanned(text, f"{seed}/{scan}"),
            category=category[text.kind],
            kinds=frozenset([text.kind]),
            hard=text.hard,
            look="scan",
        )
        for text in texts
        for scan in range(scans)
    ]


def parted(texts: tuple[Text, ...] | None = None) -> tuple[list[Text], list[Text]]:
    """The texts to learn from, and those of the makers that are held out: about one in five of each kind."""
    makers: dict[str, list[str]] = {}
    learnt: list[Text] = []
    held: list[Text] = []
    for text in texts or load():
        known = makers.setdefault(text.kind, [])
        if text.maker not in known:
            known.append(text.maker)
        (held if known.index(text.maker) % _PARTS == _PARTS - 1 else learnt).append(text)
    return learnt, held
