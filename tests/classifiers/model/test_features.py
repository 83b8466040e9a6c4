from __future__ import annotations

from classifiers import taxonomy
from classifiers.evidence import evidence
from classifiers.fact import Fact
from classifiers.model.features import RULES, features
from classifiers.model.weighing import Kinds
from tests.classifiers.pages import transcript

TAXONOMY = taxonomy.load()
KINDS = Kinds.of(TAXONOMY).ids
PAGE = transcript("收据\n今收到王某交来定金人民币20000元")


def test_what_the_rules_say_is_summed_up_by_kind_and_sort() -> None:
    found = evidence(PAGE, TAXONOMY)
    said = features(PAGE, found, KINDS).said
    assert said.shape == (len(KINDS), len(RULES))
    assert said.sum() == sum(reason.weight for reasons in found.values() for reason in reasons)


def test_every_sort_of_rule_has_its_column() -> None:
    sorts = {
        reason.rule.split(":")[0]
        for text in (
            "民事判决书\n某区人民法院\n原告 被告 合同编号",
            "认购书\n购房 报修 人民法院",
            "商品房买卖合同范本",
        )
        for reasons in evidence(transcript(text), TAXONOMY).values()
        for reason in reasons
    }
    assert sorts <= set(RULES)


def test_facts_are_counted_by_name_and_by_role() -> None:
    facts = (Fact("amount", "1", 1, "1", 1.0, "deposit"), Fact("amount", "2", 1, "2", 1.0))
    assert features(PAGE, {}, KINDS, facts).facts == {"amount": 2, "amount:deposit": 1}


def test_facts_are_looked_for_where_nobody_has() -> None:
    assert features(PAGE, {}, KINDS).facts["amount"] == 1


def test_length_is_what_was_read() -> None:
    assert features(transcript(""), {}, KINDS).length == 0
    assert features(transcript("收据：12345元"), {}, KINDS).length == 4
