"""The corpus is parted by makers."""

from __future__ import annotations

from benchmarks.verdicts import corpus
from classifiers import taxonomy
from classifiers.corpus.writing import Text

TEXTS = tuple(
    Text("receipt", maker, hard=False, lines=("收据", "今收到{buyer}定金"), source=f"{number}")
    for number, maker in enumerate("aabcdefghij")
)


def test_no_maker_stands_on_both_sides() -> None:
    learnt, held = corpus.parted(TEXTS)
    assert {text.maker for text in held} == {"e", "j"}
    assert {text.maker for text in learnt} == set("abcdfghi")


def test_a_text_is_spoilt_so_many_times_under_the_category_of_its_kind() -> None:
    first, second = corpus.cases(TEXTS[:1], taxonomy.load(), 2)
    assert (first.category, first.kinds, first.document) == ("sales", frozenset({"receipt"}), second.document)
    assert first.transcript != second.transcript
