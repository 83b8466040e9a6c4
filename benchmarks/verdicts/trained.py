"""Sides that learn categories from labelled texts: paperless-ngx' automatic matching rebuilt, and character n-grams."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from benchmarks.verdicts.case import Answer, Case, Judged

Make = Callable[[], Pipeline]
"""Makes a side that has learnt nothing yet."""

FOLDS = 5
_SEED = 4


@dataclass(frozen=True)
class Lesson:
    """A labelled text to learn from; `document` as in Case."""

    document: str
    text: str
    category: str


def lesson(case: Case) -> Lesson:
    """What is learnt from a case."""
    return Lesson(case.document, case.transcript.text, case.category)


def paperless() -> Pipeline:
    """paperless-ngx' automatic matching, after its description.

    Lower case, only what are letters or digits kept; single words and pairs, of two characters or more, that
    stand in one document of a hundred; one hidden layer of a hundred, stopped at a tolerance of 0.01. Stems
    and stop words are for languages that NLTK knows, and Chinese is none: a run of Han characters is one word.
    It has a class for each document type; here each category is one, `other` too.
    """
    counted = CountVectorizer(preprocessor=_letters, ngram_range=(1, 2), min_df=0.01)
    return make_pipeline(counted, MLPClassifier(tol=0.01, random_state=_SEED))


def ngrams() -> Pipeline:
    """A linear model on runs of one to three characters: what a practised person would try first."""
    weighed = TfidfVectorizer(
        preprocessor=_without_space, analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2
    )
    return make_pipeline(weighed, LogisticRegression(C=20, max_iter=300, class_weight="balanced"))


def learnt(make: Make, lessons: Sequence[Lesson]) -> Trained:
    """The side after its lessons."""
    pipeline = make()
    with warnings.catch_warnings():
        # The perceptron says so where it stops at its usual number of rounds; paperless-ngx' does too.
        warnings.simplefilter("ignore", ConvergenceWarning)
        pipeline.fit([one.text for one in lessons], [one.category for one in lessons])
    return Trained(pipeline)


class Trained:
    """A side that has learnt. It sends nothing to a person: it always answers."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def answers(self, cases: list[Case]) -> Judged:
        """Every case with its answer."""
        if not cases:
            return []
        chances = self._pipeline.predict_proba([case.transcript.text for case in cases])
        classes = [str(name) for name in self._pipeline.classes_]
        return [
            (case, Answer(classes[row.argmax()], float(row.max())))
            for case, row in zip(cases, chances, strict=True)
        ]


def crosswise(make: Make, cases: list[Case], lessons: Sequence[Lesson]) -> Judged:
    """Cases whose own documents are among the lessons: each judged by a side that did not learn from it."""
    names = sorted({_form(one.document) for one in lessons})
    part = {name: number % FOLDS for number, name in enumerate(names)}
    judged: Judged = []
    for fold in range(FOLDS):
        side = learnt(make, [one for one in lessons if part[_form(one.document)] != fold])
        judged += side.answers([case for case in cases if part.get(_form(case.document), 0) == fold])
    return judged


def _form(document: str) -> str:
    """C026 and C026d are one form, filled in twice: who has learnt the one knows the other."""
    return re.sub(r"(?<=\d)[a-z]$", "", document)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)
