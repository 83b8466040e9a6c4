"""What the model sees of a document: n-grams, layout, which facts it bears, and what the rules say for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers import facts as finders
from classifiers.fact import Fact
from classifiers.labels import Reason
from classifiers.model.grams import Grams, Passage, grams
from classifiers.model.layout import layout
from consumers.transcript import Transcript

RULES = ("title", "head", "strong", "word", "against")
"""The sorts of rules of `classifiers.evidence`, as the rules of its reasons begin."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """N-grams by their numbers, sorted, and how often each stands there."""

    numbers: NDArray[np.uint32]
    times: NDArray[np.int64]


@dataclass(frozen=True)
class Features:
    """Everything that a verdict rests on.

    `facts` says how many there are of each name, and of each name in a role (`person_name:buyer`): a paper
    that names its parties is one of theirs, one that only talks about such papers names nobody. `said` has
    a row a kind and a column a sort of rule.
    """

    grams: Grams
    body: Counts
    title: Counts
    layout: NDArray[np.float32]
    facts: Mapping[str, int]
    said: Floats

    @property
    def length(self) -> int:
        """How many characters were read, punctuation left out and a number counted as one."""
        return sum(len(passage.places) for passage in self.grams.body)


def features(
    transcript: Transcript,
    found: Mapping[str, tuple[Reason, ...]],
    kinds: tuple[str, ...],
    facts: Iterable[Fact] | None = None,
) -> Features:
    """The features of a document about which the rules `found` what they did, for these kinds.

    `facts` are its own; None where nobody has looked for them yet.
    """
    seen = grams(transcript)
    known = finders.find(transcript) if facts is None else facts
    body, title = _counts(seen.body), _counts(seen.title)
    return Features(seen, body, title, layout(transcript), _counted(known), _said(found, kinds))


def _counted(facts: Iterable[Fact]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for fact in facts:
        counts[fact.name] += 1
        if fact.role:
            counts[f"{fact.name}:{fact.role}"] += 1
    return counts


def _counts(passages: tuple[Passage, ...]) -> Counts:
    if not passages:
        return Counts(np.zeros(0, np.uint32), np.zeros(0, np.int64))
    numbers, times = np.unique(np.concatenate([passage.numbers for passage in passages]), return_counts=True)
    return Counts(numbers, times)


def _said(found: Mapping[str, tuple[Reason, ...]], kinds: tuple[str, ...]) -> Floats:
    said = np.zeros((len(kinds), len(RULES)))
    for row, kind in enumerate(kinds):
        for reason in found.get(kind, ()):
            said[row, RULES.index(reason.rule.split(":", 1)[0])] += reason.weight
    return said
