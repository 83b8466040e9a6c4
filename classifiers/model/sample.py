"""Samples: scans of the corpus' texts with what the model sees of them, parted by makers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.corpus.sheets import scanned
from classifiers.corpus.writing import Text
from classifiers.evidence import evidence
from classifiers.model.features import Counts, Floats, features
from classifiers.taxonomy import Taxonomy

FOLDS = 5
_EVERY = 8


@dataclass(frozen=True)
class Sample:
    """One scan: what is seen of it, the column of its kind, and the part of the makers that it falls in.

    `text` is the number of the text that it is a scan of.
    """

    body: Counts
    title: Counts
    layout: NDArray[np.float32]
    facts: Mapping[str, int]
    said: Floats
    length: int
    kind: int
    fold: int
    hard: bool
    text: int


def samples(texts: tuple[Text, ...], taxonomy: Taxonomy, seed: str, scans: int) -> Iterator[Sample]:
    """So many scans of every text, each spoilt in its own way; the same for the same seed."""
    kinds = tuple(kind.id for kind in taxonomy.kind)
    for number, (text, fold) in enumerate(zip(texts, folds(texts), strict=True)):
        for scan in range(scans):
            transcript = scanned(text, f"{seed}/{scan}")
            seen = features(transcript, evidence(transcript, taxonomy), kinds)
            yield Sample(
                seen.body, seen.title, seen.layout, seen.facts, seen.said, seen.length,
                kinds.index(text.kind), fold, text.hard, number,
            )  # fmt: skip


def seen_in(texts: tuple[Text, ...], taxonomy: Taxonomy) -> str:
    """SHA-256 over what rules and finders see in every eighth text, in hexadecimal.

    A model is learnt from what they see: where this has changed since, it has to be learnt anew.
    """
    digest = hashlib.sha256()
    for one in samples(texts[::_EVERY], taxonomy, "seen", 1):
        told = (sorted(one.facts.items()), one.said.round(2).tolist(), one.layout.round(4).tolist())
        digest.update(repr(told).encode())
    return digest.hexdigest()


def folds(texts: Iterable[Text], parts: int = FOLDS) -> list[int]:
    """The part that each text falls in: a maker's texts of one kind together, makers of a kind apart."""
    makers: dict[str, dict[str, int]] = {}
    found = []
    for text in texts:
        known = makers.setdefault(text.kind, {})
        found.append(known.setdefault(text.maker, len(known)) % parts)
    return found
