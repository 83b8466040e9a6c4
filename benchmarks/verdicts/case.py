"""Case and Answer: a labelled document with its text, and what a side said of it."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.transcript import Transcript

NOTHING = Transcript("0" * 64, ())
"""The text of a file that could not be read."""


@dataclass(frozen=True)
class Case:
    """A document as it was read, and what it is.

    `document` is shared by the scans of one document, which never stand on both sides of a split. `kinds` are
    the ids that are right; empty where the set does not tell. `look` is what the scan went through.
    """

    name: str
    document: str
    transcript: Transcript
    category: str
    kinds: frozenset[str]
    hard: bool
    look: str


@dataclass(frozen=True)
class Answer:
    """What a side said: the category, the kind's id ("" where it tells none), how sure it is of the category.

    `review` is whether a person must look at the labels, `asks` whether at the labels or at several households to
    choose from (`needs_review`), `unassigned` whether somebody must still say to which household it belongs.
    """

    category: str
    confidence: float
    kind: str = ""
    review: bool = False
    asks: bool = False
    unassigned: bool = False


Judged = list[tuple[Case, Answer]]


def right(case: Case, answer: Answer) -> bool:
    """Whether the category is right."""
    return case.category == answer.category


def kind_right(case: Case, answer: Answer) -> bool:
    """Whether the kind is one of those that are right."""
    return answer.kind in case.kinds
