from __future__ import annotations

from classifiers.evidence import evidence, squeeze
from classifiers.model.features import Features, features
from classifiers.model.weighing import Kinds
from consumers.transcript import Transcript
from tests.classifiers.model.little import TAXONOMY, model
from tests.classifiers.pages import transcript

KINDS = Kinds.of(TAXONOMY)
COLUMNS = {kind: column for column, kind in enumerate(model().about.kinds)}
RECEIPT = transcript("收据\n今收到王某交来购房定金人民币20000元", "附：民事判决书一份")


def _seen(read: Transcript) -> Features:
    return features(read, evidence(read, TAXONOMY), KINDS.ids)


def test_the_kind_that_it_is_has_the_greatest_margin() -> None:
    margins = model().linear.margins(_seen(transcript("收据\n今收到王某交来购房定金人民币20000元")))
    assert int(margins[: len(COLUMNS)].argmax()) == COLUMNS["receipt"]


def test_behind_the_kinds_stand_the_categories() -> None:
    found = model().linear.margins(_seen(RECEIPT))
    assert len(found) == len(COLUMNS) + len(model().about.categories)


def test_reasons_quote_what_stands_on_their_page() -> None:
    reasons = model().linear.reasons(_seen(RECEIPT), COLUMNS["receipt"], COLUMNS["judgment"], "model:receipt")
    assert reasons
    assert all(reason.quote in squeeze(RECEIPT.pages[reason.page - 1].text) for reason in reasons)


def test_the_heaviest_reason_comes_first_and_none_speaks_against() -> None:
    reasons = model().linear.reasons(_seen(RECEIPT), COLUMNS["receipt"], COLUMNS["judgment"], "model:receipt")
    weights = [reason.weight for reason in reasons]
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0
    assert all(reason.page == 1 for reason in reasons[:2])


def test_a_text_without_a_known_gram_has_margins_all_the_same() -> None:
    seen = _seen(transcript("龘靐齉爩"))
    assert len(model().linear.margins(seen)) == len(model().linear.bias)
    assert model().linear.reasons(seen, 0, 1, "model:x") == ()
