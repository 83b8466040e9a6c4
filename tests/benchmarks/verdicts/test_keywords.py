"""Keywords, as anybody would write them down."""

from __future__ import annotations

import pytest

from benchmarks.verdicts.keywords import WORDS, Keywords
from classifiers.labels import CATEGORIES


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("民 事 判 决 书\n原告张三，被告某公司", "litigation"),
        ("报修单\n卫生间渗漏，请派工", "repair"),
        ("今天天气很好", "other"),
        ("认购书\n一\n二\n三\n合同签订后违约责任见买卖合同", "sales"),
    ],
)
def test_the_words_at_the_head_count_more(text: str, category: str) -> None:
    assert Keywords().answer(text).category == category


def test_every_category_has_its_row() -> None:
    assert set(WORDS) == set(CATEGORIES)
