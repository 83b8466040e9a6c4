"""Tests of plugins.searching.score."""

from __future__ import annotations

from plugins.searching.score import score


def test_the_title_is_worth_more_than_the_keys_and_those_more_than_the_text() -> None:
    scores = [score(*places, ["甲"]) for places in (("甲", "", ""), ("", "甲", ""), ("", "", "甲"))]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_oftener_is_better_and_longer_is_worse() -> None:
    assert (
        score("", "", "甲甲乙", ["甲"])
        > score("", "", "甲乙乙", ["甲"])
        > score("", "", "甲" + "乙" * 99, ["甲"])
    )


def test_one_mention_in_a_very_long_document_still_counts() -> None:
    assert score("", "", "甲" + "乙" * 1_000_000, ["甲"]) > 0
