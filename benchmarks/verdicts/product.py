"""The product as a side: facts, labels and dossier of texts that have been read."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.verdicts.case import Answer, Case, Judged
from classifiers import judging
from classifiers.model import learnt
from classifiers.model.learnt import Model
from consumers.errors import Refused
from consumers.transcript import Transcript
from plugins.archiving.card import dossier_doubt, review_reasons
from plugins.archiving.filing import judge
from plugins.settings import Settings
from plugins.teaching.model_in_use import ModelInUse
from plugins.wiring import Rules, open_rules


class Product:
    """What `dossier classify` says of a text; by another model than the shipped one where one is given."""

    def __init__(self, model: Model | None = None) -> None:
        self._settings = Settings()
        # Not the one that an archive on this machine may have learnt for itself.
        judging_by = ModelInUse(model or learnt.shipped(), None)
        self.rules: Rules = replace(open_rules(self._settings), model=judging_by)

    def answers(self, cases: list[Case]) -> Judged:
        """Every case with its answer."""
        return [(case, self.answer(case.transcript)) for case in cases]

    def answer(self, transcript: Transcript) -> Answer:
        """The answer to one text; a refusal (state secret, nothing read) is no category and goes to a person."""
        if not transcript.pages:
            return Answer("refused", 0.0, review=True, asks=True)
        try:
            verdict = judge(transcript, self.rules, self._settings.sure, b"", self._settings.split)
        except Refused as refusal:
            return Answer(f"refused ({refusal.code})", 0.0, review=True, asks=True)
        labels = verdict.labels
        return Answer(
            category=labels.category,
            confidence=labels.confidence,
            kind=self.rules.taxonomy.by_name(labels.kind).id,
            review=labels.needs_review,
            asks=bool(review_reasons(labels, verdict.choice)),
            unassigned=bool(dossier_doubt(labels, verdict.choice)),
        )


class RulesAlone:
    """The product's rules without its model."""

    def __init__(self, product: Product) -> None:
        self._taxonomy = product.rules.taxonomy

    def answers(self, cases: list[Case]) -> Judged:
        """Every case with its answer; nothing goes to a person."""
        found = ((case, judging.judge(case.transcript, self._taxonomy, None)) for case in cases)
        return [(case, Answer(one.kind.category, one.confidence, one.kind.id)) for case, one in found]
