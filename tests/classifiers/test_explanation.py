from __future__ import annotations

import pytest

from classifiers import taxonomy
from classifiers.evidence import squeeze
from classifiers.explanation import explain
from classifiers.judging import judge
from classifiers.model import learnt
from tests.classifiers.pages import transcript

KINDS = taxonomy.load()
SUBSCRIPTION = transcript(
    "商品房认购书\n出卖人：江州置业有限公司 认购人：周文海\n认购人自愿认购锦绣花园6栋1单元803室\n定金人民币贰万元整\n"
    "认购人应于签订本认购书后七日内签订商品房买卖合同。"
)
NOTHING = transcript("")


def test_the_explanation_is_of_the_verdict_itself() -> None:
    found = explain(SUBSCRIPTION, KINDS, learnt.shipped())
    assert found.judgement == judge(SUBSCRIPTION, KINDS, learnt.shipped())


def test_every_rule_that_fired_is_told_heaviest_first() -> None:
    found = explain(SUBSCRIPTION, KINDS, learnt.shipped())
    assert found.rules[0].rule == "title:subscription"
    assert found.rules[0].quote == "商品房认购书"
    weights = [abs(reason.weight) for reason in found.rules]
    assert weights == sorted(weights, reverse=True)


def test_the_stretches_that_weighed_stand_on_the_paper() -> None:
    found = explain(SUBSCRIPTION, KINDS, learnt.shipped())
    whole = squeeze(SUBSCRIPTION.text)
    assert found.grams_for
    assert all(reason.quote in whole for reason in (*found.grams_for, *found.grams_against))
    assert all(reason.weight >= 0 for reason in (*found.grams_for, *found.grams_against))


def test_the_next_best_kinds_are_told_one_of_another_category_among_them() -> None:
    found = explain(SUBSCRIPTION, KINDS, learnt.shipped())
    own = found.judgement.kind
    assert own.id not in {rival.kind.id for rival in found.rivals}
    assert any(rival.kind.category != own.category for rival in found.rivals)
    assert found.chance is not None
    assert all(rival.chance is not None and rival.chance <= found.chance for rival in found.rivals)


@pytest.mark.parametrize("model", [None, learnt.shipped()], ids=["no model", "shipped"])
def test_a_paper_without_text_is_explained_too(model: learnt.Model | None) -> None:
    found = explain(NOTHING, KINDS, model)
    assert (found.judgement.kind.id, found.margins, found.rivals) == ("other", None, ())


def test_without_a_model_the_rules_alone_explain() -> None:
    found = explain(SUBSCRIPTION, KINDS, None)
    assert (found.judgement.kind.id, found.margins, found.grams_for) == ("subscription", None, ())
    assert found.rivals
