from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classifiers.corpus.writing import fingerprint
from classifiers.errors import BadCorpus
from classifiers.judging import judge
from classifiers.model.learning import learn
from tests.classifiers.model.little import TAXONOMY, TITLES, model, texts
from tests.classifiers.pages import transcript


def test_the_same_corpus_seed_and_date_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        learn(texts(), TAXONOMY, date="2026-01-05", scans=2).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_another_seed_gives_another_model(tmp_path: Path) -> None:
    model().save(tmp_path / "one")
    learn(texts(), TAXONOMY, date="2026-01-05", seed=2, scans=2).save(tmp_path / "other")
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()


def test_a_model_says_where_it_comes_from() -> None:
    about = model().about
    assert (about.corpus, about.texts, about.date) == (fingerprint(texts()), 24, "2026-01-05")
    assert set(about.kinds) == set(TITLES)
    assert about.taxonomy == TAXONOMY.version
    assert 0 < about.figures["category_right"] <= 1


def test_what_was_learnt_is_found_again() -> None:
    page = transcript("报修\n卫生间漏水，墙面发霉脱落，请尽快派师傅上门维修，电话13800001111")
    assert judge(page, TAXONOMY, model()).kind.id == "repair-request"


def test_a_text_of_an_unknown_kind_is_told() -> None:
    with pytest.raises(BadCorpus, match="'receit'"):
        learn((replace(texts()[0], kind="receit"), *texts()[1:]), TAXONOMY, date="2026-01-05")


def test_a_corpus_of_one_maker_is_told() -> None:
    of_one = tuple(text for text in texts() if text.maker == "m0")
    with pytest.raises(BadCorpus, match="two makers"):
        learn(of_one, TAXONOMY, date="2026-01-05")
