"""The product's answers."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.verdicts.case import NOTHING
from benchmarks.verdicts.product import Product
from classifiers.model import learnt
from tests.classifiers.pages import transcript

PRODUCT = Product()


def test_the_kind_is_told_by_its_id() -> None:
    answer = PRODUCT.answer(transcript("民事判决书\n原告：周某\n被告：某公司\n判决如下\n审判员\n书记员"))
    assert (answer.category, answer.kind) == ("litigation", "judgment")


def test_a_doubt_about_the_dossier_alone_is_no_doubt_about_the_labels() -> None:
    answer = PRODUCT.answer(transcript("民事判决书\n原告：周某\n被告：某公司\n判决如下\n审判员\n书记员"))
    assert (answer.review, answer.asks, answer.unassigned) == (False, False, True)


def test_several_households_to_choose_from_are_asked_for_and_the_labels_are_not() -> None:
    text = "民事判决书\n原告：周某\n被告：某公司\n锦绣花园3栋1单元101室、锦绣花园5栋2单元202室\n判决如下\n审判员\n书记员"
    answer = PRODUCT.answer(transcript(text))
    assert (answer.review, answer.asks, answer.unassigned) == (False, True, True)


def test_what_can_not_be_read_or_must_not_enter_goes_to_a_person() -> None:
    assert PRODUCT.answer(NOTHING).review
    assert PRODUCT.answer(transcript("绝密★启用前\n通知")).category == "refused (state-secret)"


def test_another_model_than_the_shipped_one_may_judge() -> None:
    text = transcript("民事判决书\n原告：周某\n被告：某公司\n判决如下\n审判员\n书记员")
    shipped = learnt.shipped()
    still = replace(shipped, weighing=replace(shipped.weighing, doubts=shipped.weighing.doubts * 0))
    assert Product(still).answer(text).confidence == 0.5
    assert Product(shipped).answer(text) == PRODUCT.answer(text)
