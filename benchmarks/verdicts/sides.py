"""The sides that judge a set, those that learn having learnt only what they are not asked about."""

from __future__ import annotations

import json
from functools import cached_property

from benchmarks.verdicts import corpus, folder, trained
from benchmarks.verdicts.case import Case, Judged
from benchmarks.verdicts.keywords import Keywords
from benchmarks.verdicts.product import Product, RulesAlone
from benchmarks.verdicts.trained import Lesson, Make
from classifiers.model import learning

_TRUE_TEXTS = folder.DEVSET.with_name("documents.jsonl")


class Sides:
    """The product and what stands beside it; `scans` of each text of the corpus are learnt from.

    `devset`: the development set as it was read; where it was not, its true texts are learnt from.
    """

    def __init__(self, product: Product, scans: int, devset: list[Case]) -> None:
        self.product = product
        self._scans = scans
        self._devset = [trained.lesson(case) for case in devset] or _true_texts()

    def judged(self, name: str, cases: list[Case], *, only_product: bool = False) -> dict[str, Judged]:
        """Every case of a set by every side."""
        whole = name != "held-out"
        judged = {"product": (self.product if whole else self._product_of_others).answers(cases)}
        if only_product:
            return judged
        judged["its rules alone"] = RulesAlone(self.product).answers(cases)
        of_corpus = self._paperless if whole else self._paperless_of_others
        judged["paperless-ngx after the corpus"] = of_corpus.answers(cases)
        if self._devset:
            judged["paperless-ngx after the devset"] = self._after_devset(trained.paperless, name, cases)
            judged["character n-grams after the devset"] = self._after_devset(trained.ngrams, name, cases)
        judged["keywords"] = Keywords().answers(cases)
        return judged

    @cached_property
    def _paperless(self) -> trained.Trained:
        """After the whole corpus, the data that the product's model learns from."""
        learnt, held = corpus.parted()
        lessons = corpus.cases([*learnt, *held], self.product.rules.taxonomy, self._scans)
        return trained.learnt(trained.paperless, [trained.lesson(case) for case in lessons])

    @cached_property
    def _paperless_of_others(self) -> trained.Trained:
        """After the corpus without the makers that are held out."""
        lessons = corpus.cases(corpus.parted()[0], self.product.rules.taxonomy, self._scans)
        return trained.learnt(trained.paperless, [trained.lesson(case) for case in lessons])

    @cached_property
    def _product_of_others(self) -> Product:
        """The product with a model that did not learn from the makers that are held out."""
        taxonomy = self.product.rules.taxonomy
        return Product(learning.learn(tuple(corpus.parted()[0]), taxonomy, date="", scans=self._scans))

    def _after_devset(self, make: Make, name: str, cases: list[Case]) -> Judged:
        if name == "devset":
            return trained.crosswise(make, cases, self._devset)
        return trained.learnt(make, self._devset).answers(cases)


def _true_texts() -> list[Lesson]:
    """The development set's true texts; none where it is not there."""
    if not _TRUE_TEXTS.exists():
        return []
    rows = map(json.loads, _TRUE_TEXTS.read_text("utf-8").splitlines())
    return [Lesson(row["id"], row["text"], row["category"]) for row in rows]
